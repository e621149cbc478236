"""Taking files in: what is new, what changes and what does not is known before anything is written; then all of it or nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any, Literal

from msgspec.structs import replace

from pmo_tui.desk.files.doors import COMMAND_LINE, Door
from pmo_tui.desk.files.matcher import Matcher
from pmo_tui.desk.files.namesakes import Namesakes
from pmo_tui.desk.files.new_orders import told_of_orders
from pmo_tui.desk.planning import facts
from pmo_tui.desk.reports.estimates import carries, carry
from pmo_tui.desk.rules import check
from pmo_tui.desk.writing import build, defaults, difference, put_together, without_key
from pmo_tui.exchange.cells import CENT, PRICE
from pmo_tui.exchange.incoming import Batch, Incoming, Share
from pmo_tui.records.base import Record
from pmo_tui.records.documents import Document, document_of
from pmo_tui.records.errors import Fault, Problem, Refused, Said
from pmo_tui.records.invoices import Invoice
from pmo_tui.records.marks import N_
from pmo_tui.records.registers import Register, by_name, references
from pmo_tui.store import Draft
from pmo_tui.wording.languages import _

if TYPE_CHECKING:
    from pmo_tui.desk.desk import Desk

KEY = re.compile(r"\b[A-Z]+-\d+\b")

Progress = Callable[[int, int], None]
"""Called with how much is done, of how much."""
STEP = 64
"""Records from one call to the next."""

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

    def told(self) -> list[tuple[str, Any, Any]]:
        """Each changed field with its old and new value, own fields by their names."""
        found = [(name, self.before.get(name), value) for name, value in self.fields.items() if name != "extra"]
        old, new = self.before.get("extra") or {}, self.fields.get("extra") or {}
        if "extra" in self.fields:
            found += [(name, old.get(name), new.get(name)) for name in {**old, **new} if old.get(name) != new.get(name)]
        return found


@dataclass(slots=True)
class ImportPlan:
    """Everything an import would do. `problems` refuse it; `notes` are told; `gone` are keys that the file no longer holds."""

    source: str
    planned: list[Planned] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    door: Door = COMMAND_LINE

    def count(self, what: What) -> int:
        """How many records are new, changed or unchanged, without those in which something is wrong."""
        wrong = self.wrong
        return sum(item.what == what and item.incoming.place not in wrong for item in self.planned)

    @property
    def wrong(self) -> set[str]:
        """The rows, or other places, in which something is wrong."""
        return {problem.place for problem in self.problems}

    def changes(self) -> list[Planned]:
        """What will be written."""
        return [item for item in self.planned if item.what != "unchanged"]


def plan_import(
    desk: Desk, batches: Sequence[Batch], progress: Progress | None = None, door: Door = COMMAND_LINE
) -> ImportPlan:
    """Compare what files hold with what the store holds. Writes nothing. `progress` is told how many records were compared, and `door`
    has the words for who has to say more."""
    whole, done = sum(len(batch.records) for batch in batches), 0
    plan = ImportPlan(", ".join(batch.source for batch in batches), door=door)
    matcher = Matcher(desk)
    namesakes = Namesakes(matcher, door)
    for batch in batches:
        before = len(plan.planned)
        plan.notes += batch.notes
        plan.problems += batch.problems
        for incoming in batch.records:
            key = matcher.match(incoming)
            matcher.settle(incoming, key)
        for incoming in batch.records:
            _plan_one(desk, plan, matcher, incoming)
            done += 1
            if progress is not None and not done % STEP:
                progress(done, whole)
        plan.notes += namesakes.notes(batch, plan.planned[before:])
        if batch.complete_for:
            plan.gone += _gone(desk, batch, set(matcher.keys.values()))
    plan.notes += told_of_orders(plan.planned)
    rehearse(desk, plan)
    ranks = {place: rank for rank, place in enumerate(place for batch in batches for place in batch.places)}
    plan.problems.sort(key=lambda problem: ranks.get(problem.place, -1))
    return plan


def _plan_one(desk: Desk, plan: ImportPlan, matcher: Matcher, incoming: Incoming) -> None:
    key = matcher.keys[incoming.source_key]
    register = by_name(incoming.register)
    before = desk.record(key)
    if before is not None and not incoming.update:
        plan.planned.append(Planned(incoming, key, "unchanged", {}, {}, before.revision))
        return
    if key in matcher.made:
        _plan_again(plan, incoming, matcher.made[key])
        return
    if before is None and incoming.existing:
        said = Said(
            N_("there is no record {key}; leave the key empty for a new one"), {"key": incoming.match[0]["key"]}
        )
        plan.problems.append(Problem(said, "key", incoming.place))
        return
    given = {**incoming.once, **incoming.values} if before is None else incoming.values
    resolved = matcher.resolve(incoming, given)
    plan.notes += resolved.notes
    if resolved.problems:
        plan.problems += resolved.problems
        return
    _shares_of_weeks(desk, plan, incoming, resolved.values, before)
    values = (
        _in_its_currency(desk, register, resolved.values) if before is None else as_written(resolved.values, before)
    )
    if before is None:
        values["source_key"] = incoming.source_key or None
    elif incoming.row_id:
        values = rows_kept(values, document_of(before), incoming.row_id)
    record = _built(desk, plan, incoming, values, before)
    if record is None:
        return
    after = document_of(record)
    if before is None:
        if isinstance(record, Invoice):
            plan.notes += _number_used(desk, matcher, incoming, record)
        matcher.made[key] = new = Planned(incoming, key, "new", without_key(after), {}, None)
        plan.planned.append(new)
        return
    old = document_of(before)
    fields = difference(old, after)
    if fields and incoming.revision is not None and incoming.revision != before.revision:
        said = Said(N_("{key} was changed after this file was made; export it again"), {"key": key})
        plan.problems.append(Problem(said, "revision", incoming.place))
        return
    found = Planned(incoming, key, "changed" if fields else "unchanged", fields, old, before.revision)
    plan.planned.append(found)
    if fields:
        matcher.made[key] = found


def _shares_of_weeks(
    desk: Desk, plan: ImportPlan, incoming: Incoming, values: dict[str, Any], before: Record | None
) -> None:
    """Per cents of weeks as hours, of the week of whom the record is about."""
    fields = desk.fields(incoming.register)
    for name, value in list(values.items()):
        if isinstance(value, Share):
            who = fields[name].field.share_of
            try:
                values[name] = desk.parse(fields[name], value.text, {who: getattr(before, who, None), **values})
            except Fault as fault:
                plan.problems.append(Problem(fault.reason, name, incoming.place))
                values[name] = getattr(before, name, None)


def _built(
    desk: Desk, plan: ImportPlan, incoming: Incoming, values: Mapping[str, Any], before: Record | None
) -> Record | None:
    """The record as it will be; None where something in it is wrong, which the plan then tells. A planner's own days are told only."""
    make = put_together if incoming.as_planned else build
    try:
        record, problems = make(desk, by_name(incoming.register), values, before)
    except Refused as refused:
        plan.problems += [Problem(each.reason, each.field, incoming.place) for each in refused.problems]
        return None
    if problems:
        plan.problems += [Problem(each.reason, each.field, incoming.place) for each in problems]
        return None
    if incoming.as_planned:
        to_come = facts.problems(record, before, desk.today())
        plan.notes += [Problem(each.reason, each.field, incoming.place).words(_) for each in to_come]
    return record


def _plan_again(plan: ImportPlan, incoming: Incoming, first: Planned) -> None:
    """A record that this import writes already: named once more it stays as it is; described once more it cannot be told which is right."""
    if incoming.update:
        said = Said(N_("is the same record as in {place}; take one of them in"), {"place": first.incoming.place})
        plan.problems.append(Problem(said, "", incoming.place))
    else:
        plan.planned.append(Planned(incoming, first.key, "unchanged", {}, {}, None))


def _in_its_currency(desk: Desk, register: Register, values: dict[str, Any]) -> dict[str, Any]:
    """`values` of a new record; a report's estimate is in its project's currency where it names none."""
    return {**defaults(desk, register, values), **values} if register.name == "reports" else values


def _number_used(desk: Desk, matcher: Matcher, incoming: Incoming, invoice: Invoice) -> list[str]:
    """That an invoice has the number of one that is there, or that the same import brings: it is taken in, and is an exception."""
    from pmo_tui.desk.exceptions import billing

    billed = replace(billing(invoice), key=matcher.keys[incoming.source_key])
    others = [*desk.exceptions.ledger().used_by(billed)]
    for each in matcher.billed.suspicions(billed):
        if each.kind == "duplicate":
            others += [matcher.made[key].incoming.place for key in each.others]
    matcher.billed.put(billed.key, billed)
    template = N_(
        "{place}: the supplier used the number {number} before, in {others}; it waits until somebody accepts that"
    )
    words = _(template).format(place=incoming.place, number=invoice.number, others=", ".join(others))
    return [words] if others else []


def as_written(values: Mapping[str, Any], before: Record) -> dict[str, Any]:
    """`values`, an amount that is the same as before written as before: a spreadsheet takes the last zero of 12.50 away."""
    found = dict(values)
    for name, value in values.items():
        if isinstance(value, Decimal):
            old = before.extra.get(name, getattr(before, name, None))
            if old is not None and is_same_amount(Decimal(old), value):
                found[name] = Decimal(old)
    return found


def is_same_amount(old: Decimal, new: Decimal) -> bool:
    """Whether `new` is what a spreadsheet makes of `old`: the same, the same binary figure, or its cents where it has more decimals than a
    price is written with."""
    if old == new or float(old) == float(new):
        return True
    exponent = old.as_tuple().exponent
    return isinstance(exponent, int) and exponent < PRICE and old.quantize(CENT, ROUND_HALF_UP) == new


def rows_kept(values: Mapping[str, Any], before: Document, row_id: str) -> dict[str, Any]:
    """`values`, its rows laid over those of the record that have the same `row_id`."""
    found = dict(values)
    for name, rows in values.items():
        if isinstance(rows, list) and rows and isinstance(rows[0], dict):
            known = {row[row_id]: row for row in before.get(name, ()) if row_id in row}
            found[name] = [{**known.get(row.get(row_id), {}), **row} for row in rows]
    return found


def _gone(desk: Desk, batch: Batch, here: set[str]) -> list[str]:
    """The keys of the records that came from such a file before and are not among those that are `here`."""
    found = []
    for name in {incoming.register for incoming in batch.records}:
        column = desk.columns.column(name, desk.fields(name)["source_key"])
        prefix = by_name(name).prefix
        keys = (
            f"{prefix}-{number}"
            for number, source in column.items()
            if source and source.startswith(batch.complete_for)
        )
        found += [key for key in keys if key not in here]
    return found


def rehearse(desk: Desk, plan: ImportPlan) -> None:
    """Try the rules that go beyond one record on everything together, without the lock: what they refuse is named by file and row."""
    changes = plan.changes()
    if not changes:
        return
    draft = Draft(desk.store.at(desk.store.head()), lambda key: None)
    given = lay(draft, changes)
    try:
        check(draft, [key for key, _before, _after in draft.written()])
    except Refused as refused:
        places = {given.get(item.key, item.key): item.incoming.place for item in changes}
        titles = {given[item.key]: _title(item) for item in changes if item.key in given}
        plan.problems += [_placed(problem, places, titles) for problem in refused.problems]


def _title(item: Planned) -> str:
    """How a record is called that has no key yet."""
    title = item.fields.get(by_name(item.incoming.register).cls.title_field)
    return f"“{title}”" if title else item.incoming.place


def _placed(problem: Problem, places: Mapping[str, str], titles: Mapping[str, str]) -> Problem:
    """A problem of the rules at the row it comes from; keys that are not given yet are replaced by titles."""

    def told(value: object) -> object:
        return KEY.sub(lambda found: titles.get(found[0], found[0]), value) if isinstance(value, str) else value

    said = Said(problem.reason.template, {name: told(value) for name, value in problem.reason.values.items()})
    return Problem(said, problem.field, places.get(problem.place, problem.place))


def carry_out(desk: Desk, plan: ImportPlan) -> int:
    """Write a plan in one transaction and return its sequence; Refused when the plan has problems, Conflict when it is stale."""
    if plan.problems:
        raise Refused(
            N_("Nothing was imported."),
            N_("Mend what is named in the file."),
            plan.problems,
        )
    changes = plan.changes()
    if not changes:
        return desk.store.head()
    given: dict[str, str] = {}

    def work(draft: Draft) -> None:
        given.update(lay(draft, changes))

    sequence = desk.store.transact(work, note=_("import {source}").format(source=plan.source), kind="import")
    for item in changes:
        item.fields = with_keys(item.incoming.register, item.fields, given)
        item.key = given.get(item.key, item.key)
    return sequence


def lay(draft: Draft, changes: Sequence[Planned]) -> dict[str, str]:
    """Write planned changes into a draft; the keys that new records got, by their provisional ones."""
    keys = {item.key: draft.new_key(item.incoming.register) for item in changes if item.what == "new"}
    for item in changes:
        fields = with_keys(item.incoming.register, item.fields, keys)
        if item.what == "new":
            draft.add(item.incoming.register, fields, keys[item.key])
        else:
            draft.change(item.key, fields, item.revision)
        if carries(item.incoming.register, fields):
            carry(draft, draft.get(keys.get(item.key, item.key)) or {})
    return keys


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
