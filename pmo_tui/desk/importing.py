"""Taking files in: what is new, what changes and what does not is known before anything is written; then all of it or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from pmo_tui.desk.writing import build, difference, without_key
from pmo_tui.exchange.incoming import Batch, Find, Incoming, To
from pmo_tui.records.documents import Document, document_of
from pmo_tui.records.errors import NotFound, Problem, Refused, Said, WrongUse
from pmo_tui.records.marks import N_
from pmo_tui.records.registers import by_name, references
from pmo_tui.store import Draft
from pmo_tui.wording.languages import _

if TYPE_CHECKING:
    from pmo_tui.desk.desk import Desk

What = Literal["new", "changed", "unchanged"]


@dataclass(slots=True)
class Planned:
    """What one incoming record will do: `key` is provisional while it is new; `fields` is what is written, `before` what was there."""

    incoming: Incoming
    key: str
    what: What
    fields: Document
    before: Document
    revision: int | None


@dataclass(slots=True)
class ImportPlan:
    """Everything an import would do. `problems` refuse it; `notes` are told; `gone` are keys that the file no longer holds."""

    source: str
    planned: list[Planned] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)

    def count(self, what: What) -> int:
        """How many records are new, changed or unchanged."""
        return sum(item.what == what for item in self.planned)


def plan_import(desk: Desk, batches: Sequence[Batch]) -> ImportPlan:
    """Compare what files hold with what the store holds. Writes nothing."""
    plan = ImportPlan(", ".join(batch.source for batch in batches))
    matcher = Matcher(desk)
    for batch in batches:
        plan.notes += batch.notes
        plan.problems += batch.problems
        for incoming in batch.records:
            key = matcher.match(incoming)
            matcher.settle(incoming, key)
        for incoming in batch.records:
            _plan_one(desk, plan, matcher, incoming)
        if batch.complete_for:
            plan.gone += _gone(desk, batch)
    return plan


def _plan_one(desk: Desk, plan: ImportPlan, matcher: Matcher, incoming: Incoming) -> None:
    key = matcher.keys[incoming.source_key]
    register = by_name(incoming.register)
    before = desk.record(key)
    if before is not None and not incoming.update:
        plan.planned.append(Planned(incoming, key, "unchanged", {}, {}, before.revision))
        return
    if key in matcher.made:
        _plan_again(plan, incoming, key, matcher.made[key])
        return
    if before is None and incoming.existing:
        said = Said(
            N_("there is no record {key}; leave the key empty for a new one"), {"key": incoming.match[0]["key"]}
        )
        plan.problems.append(Problem(said, "key", incoming.place))
        return
    given = {**incoming.once, **incoming.values} if before is None else incoming.values
    values = {name: matcher.resolved(value, incoming, name, plan) for name, value in given.items()}
    if before is None:
        values["source_key"] = incoming.source_key or None
    elif incoming.row_id:
        values = rows_kept(values, document_of(before), incoming.row_id)
    try:
        record, problems = build(desk, register, values, before)
    except Refused as refused:
        plan.problems += [Problem(each.reason, each.field, incoming.place) for each in refused.problems]
        return
    if problems:
        plan.problems += [Problem(each.reason, each.field, incoming.place) for each in problems]
        return
    after = document_of(record)
    if before is None:
        plan.planned.append(Planned(incoming, key, "new", without_key(after), {}, None))
        matcher.made[key] = incoming.place
        return
    old = document_of(before)
    fields = difference(old, after)
    if fields and incoming.revision is not None and incoming.revision != before.revision:
        said = Said(N_("{key} was changed after this file was made; export it again"), {"key": key})
        plan.problems.append(Problem(said, "revision", incoming.place))
        return
    plan.planned.append(Planned(incoming, key, "changed" if fields else "unchanged", fields, old, before.revision))


def _plan_again(plan: ImportPlan, incoming: Incoming, key: str, place: str) -> None:
    """A record that this import makes already: named once more it stays as it is; described once more it cannot be told which is right."""
    if incoming.update:
        said = Said(N_("is the same record as in {place}; take one of them in"), {"place": place})
        plan.problems.append(Problem(said, "", incoming.place))
    else:
        plan.planned.append(Planned(incoming, key, "unchanged", {}, {}, None))


def rows_kept(values: Mapping[str, Any], before: Document, row_id: str) -> dict[str, Any]:
    """`values`, its rows laid over those of the record that have the same `row_id`."""
    found = dict(values)
    for name, rows in values.items():
        if isinstance(rows, list) and rows and isinstance(rows[0], dict):
            known = {row[row_id]: row for row in before.get(name, ()) if row_id in row}
            found[name] = [{**known.get(row.get(row_id), {}), **row} for row in rows]
    return found


def _gone(desk: Desk, batch: Batch) -> list[str]:
    here = {incoming.source_key for incoming in batch.records}
    found = []
    for name in {incoming.register for incoming in batch.records}:
        column = desk.columns.column(name, desk.fields(name)["source_key"])
        prefix = by_name(name).prefix
        found += [
            f"{prefix}-{number}"
            for number, source in column.items()
            if source and source.startswith(batch.complete_for) and source not in here
        ]
    return found


def carry_out(desk: Desk, plan: ImportPlan) -> int:
    """Write a plan in one transaction and return its sequence; Refused when the plan has problems, Conflict when it is stale."""
    if plan.problems:
        raise Refused(
            N_("Nothing was imported."),
            N_("Mend the file, or use --reject for the rows that are wrong."),
            plan.problems,
        )
    work_to_do = [item for item in plan.planned if item.what != "unchanged"]
    if not work_to_do:
        return desk.store.head()

    def work(draft: Draft) -> None:
        keys = {item.key: draft.new_key(item.incoming.register) for item in work_to_do if item.what == "new"}
        for item in work_to_do:
            fields = with_keys(item.incoming.register, item.fields, keys)
            if item.what == "new":
                draft.add(item.incoming.register, fields, keys[item.key])
            else:
                draft.change(item.key, fields, item.revision)
        for item in work_to_do:
            item.key = keys.get(item.key, item.key)

    return desk.store.transact(work, note=_("import {source}").format(source=plan.source), kind="import")


def with_keys(register: str, document: Document, keys: Mapping[str, str]) -> Document:
    """A document in which provisional keys are replaced by those that the store gave."""
    found = dict(document)
    for reference in references(register):
        head, _dot, rest = reference.path.partition(".")
        if found.get(head) is not None:
            found[head] = _replaced(found[head], rest, keys)
    return found


def _replaced(value: Any, path: str, keys: Mapping[str, str]) -> Any:
    if isinstance(value, list):
        return [_replaced(item, path, keys) for item in value]
    if isinstance(value, dict):
        head, _dot, rest = path.partition(".")
        return {**value, head: _replaced(value[head], rest, keys)} if value.get(head) is not None else value
    return keys.get(value, value)


class Matcher:
    """Finds the record that an incoming one is: by source key, then by what it is called. Knows those planned before it too."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.keys: dict[str, str] = {}
        self.made: dict[str, str] = {}
        self._indexes: dict[tuple[str, tuple[str, ...]], dict[tuple[str, ...], str]] = {}
        self._new: list[tuple[Incoming, str]] = []

    def match(self, incoming: Incoming) -> str | None:
        """The key of the record that `incoming` is, None where it is new."""
        if incoming.source_key in self.keys:
            return self.keys[incoming.source_key]
        if incoming.source_key:
            found = self.desk.store.shelf(incoming.register).where("source_key", incoming.source_key)
            if found:
                return f"{by_name(incoming.register).prefix}-{found[0]}"
        for way in incoming.match:
            wanted = tuple(
                folded(self.keys.get(value.source_key, "") if isinstance(value, To) else value)
                for value in way.values()
            )
            if all(wanted):
                key = self._index(incoming.register, tuple(way)).get(wanted)
                if key is not None:
                    return key
        return None

    def settle(self, incoming: Incoming, key: str | None) -> None:
        """Remember which record `incoming` is; a new one gets a provisional key and can be matched by those after it."""
        if key is None:
            key = f"{by_name(incoming.register).prefix}-?{len(self._new) + 1}"
            self._new.append((incoming, key))
            for (register, names), index in self._indexes.items():
                if register == incoming.register:
                    self._enter_new(index, names, incoming, key)
        self.keys[incoming.source_key] = key

    def _enter_new(
        self, index: dict[tuple[str, ...], str], names: tuple[str, ...], incoming: Incoming, key: str
    ) -> None:
        _enter(index, names, {name: self._plain(incoming.values.get(name)) for name in names}, key)

    def _plain(self, value: Any) -> Any:
        return self.keys.get(value.source_key) if isinstance(value, To) else value

    def _index(self, register: str, names: tuple[str, ...]) -> dict[tuple[str, ...], str]:
        if (register, names) not in self._indexes:
            index: dict[tuple[str, ...], str] = {}
            prefix = by_name(register).prefix
            for number, document in self.desk.store.shelf(register).items():
                key = f"{prefix}-{number}"
                _enter(index, names, {**document, "key": key}, key)
            for incoming, key in self._new:
                if incoming.register == register:
                    self._enter_new(index, names, incoming, key)
            self._indexes[register, names] = index
        return self._indexes[register, names]

    def resolved(self, value: Any, incoming: Incoming, name: str, plan: ImportPlan) -> Any:
        """A value with every `To` and `Find` inside it turned into a key."""
        if isinstance(value, To):
            return self.keys.get(value.source_key)
        if isinstance(value, Find):
            return self._found(value, incoming, name, plan)
        if isinstance(value, list):
            items = [self.resolved(item, incoming, name, plan) for item in value]
            return [
                item
                for item, raw in zip(items, value, strict=True)
                if item is not None or not isinstance(raw, To | Find)
            ]
        if isinstance(value, dict):
            return {key: self.resolved(inner, incoming, f"{name}.{key}", plan) for key, inner in value.items()}
        return value

    def _found(self, wanted: Find, incoming: Incoming, name: str, plan: ImportPlan) -> str | None:
        for register in wanted.registers:
            for by in ("key", "code", *wanted.by):
                if by in by_name(register).fields:
                    key = self._index(register, (by,)).get((folded(wanted.text),))
                    if key is not None:
                        return key
        try:
            return self.desk.find(wanted.text, wanted.registers)
        except (NotFound, WrongUse) as error:
            if wanted.missing == "problem":
                plan.problems.append(Problem(error.message, name, incoming.place))
            else:
                plan.notes.append(": ".join(part for part in (incoming.place, name, error.message.words(_)) if part))
        return None


def _enter(index: dict[tuple[str, ...], str], names: tuple[str, ...], document: Mapping[str, Any], key: str) -> None:
    ways: Iterable[tuple[str, ...]]
    values = [document.get(name) for name in names]
    if len(values) == 1 and isinstance(values[0], list):
        ways = [(folded(item),) for item in values[0]]
    else:
        ways = [tuple(folded(value) for value in values)]
    for way in ways:
        if all(way):
            index.setdefault(way, key)


def folded(value: Any) -> str:
    """Text as matching compares it: without case and surrounding blanks."""
    return "" if value is None else " ".join(str(value).casefold().split())
