"""Adding, changing and deleting records: typed text is understood, checked as a whole, and written in one transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from pmo_tui.desk import rules
from pmo_tui.desk.doubtful_numbers import refused
from pmo_tui.desk.money.typed_totals import with_totals
from pmo_tui.desk.own_fields import as_extra, check_definition, missing
from pmo_tui.desk.planning import facts, given_days
from pmo_tui.desk.reports.estimates import carries, carry
from pmo_tui.desk.together.lost_changes import refuse_lost
from pmo_tui.desk.views.list_names import is_list_or_register
from pmo_tui.records.base import Record
from pmo_tui.records.documents import (
    Document,
    document_of,
    record_of,
    unknown_field,
    validated,
)
from pmo_tui.records.errors import Fault, NotFound, PmoError, Problem, Refused
from pmo_tui.records.invoices import Invoice
from pmo_tui.records.marks import N_
from pmo_tui.records.registers import Register, by_name, register_of
from pmo_tui.records.schema import FieldOf
from pmo_tui.store import Draft, Edited

if TYPE_CHECKING:
    from pmo_tui.desk.desk import Desk

GIVEN_BY_THE_STORE = ("key", "revision")
LOOK_AGAIN = N_("Look at it as it is now, then make your change again.")


def understand(
    desk: Desk,
    register: str,
    typed: Mapping[str, str],
    given: Mapping[str, Any],
    known: Mapping[str, Any] | None = None,
) -> tuple[dict[str, Any], list[Problem]]:
    """Canonical values of what was typed and given, and a problem for each that is not understood. `known` helps to read them."""
    fields = desk.fields(register)
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    for name in [*typed, *given]:
        item = fields.get(name)
        if item is None:
            problems.append(Problem(unknown_field(name, fields), name))
        elif item.field.computed or name in GIVEN_BY_THE_STORE:
            problems.append(Problem(N_("is computed and cannot be set"), name))
    bad = {problem.field for problem in problems}
    values.update({name: value for name, value in given.items() if name not in bad})
    for name in sorted((name for name in typed if name not in bad), key=lambda name: _needs_others(fields[name])):
        try:
            values[name] = desk.parse(fields[name], typed[name], {**(known or {}), **values})
            problem = refused(register, name, values[name])
            if problem is not None:
                problems.append(problem)
        except Fault as fault:
            problems.append(Problem(fault.reason, name))
        except ValueError as error:
            problems.append(Problem(str(error), name))
    return values, problems


def _needs_others(item: FieldOf) -> bool:
    """Whether a field is understood by what stands in others: the lines of which plan, a share of whose week."""
    return item.name == "predecessors" or bool(item.field.share_of)


def build(
    desk: Desk, register: Register, values: Mapping[str, Any], before: Record | None = None
) -> tuple[Record, list[Problem]]:
    """The record made of `values` over `before`, and the problems of what it says. Raises Refused for its built-in fields."""
    record, problems = put_together(desk, register, given_days.on_one_day(values, before), before)
    said = [*facts.problems(record, before, desk.today()), *given_days.problems(desk, record, before)]
    return given_days.with_the_end(desk, record, before), problems + said


def put_together(
    desk: Desk, register: Register, values: Mapping[str, Any], before: Record | None = None
) -> tuple[Record, list[Problem]]:
    """As `build`, the days of a plan taken as they are: what somebody else's planner holds is not ours to mend."""
    fields = desk.fields(register.name)
    own: dict[str, FieldOf] = {name: item for name, item in fields.items() if name not in register.fields}
    extra, problems = as_extra(own, {name: value for name, value in values.items() if name in own})
    base: dict[str, Any] = {} if before is None else document_of(before)
    merged_extra = {name: value for name, value in {**base.pop("extra", {}), **extra}.items() if value is not None}
    plain = {name: value for name, value in values.items() if name not in own}
    merged = {name: value for name, value in {**base, **plain}.items() if value is not None}
    if before is None or any(name in own for name in values):
        problems += missing(own, merged_extra)
    if register.name == "fields":
        problems += check_definition(desk.store, merged)
    if register.name == "views" and not is_list_or_register(str(merged.get("of", ""))):
        problems.append(Problem(N_("is neither a register nor a list; they are named as for pmo list"), "of"))
    record = validated(register, {**merged, "extra": merged_extra})
    return (with_totals(record, merged) if before is None and isinstance(record, Invoice) else record), problems


def built(
    desk: Desk, register: Register, values: Mapping[str, Any], before: Record | None, found: list[Problem]
) -> Record:
    """As `build`, with every problem raised at once."""
    try:
        record, problems = build(desk, register, values, before)
    except Refused as refused:
        raise Refused(
            problems=[*found, *(each for each in refused.problems if each.field not in {f.field for f in found})]
        ) from refused
    if found or problems:
        raise Refused(problems=[*found, *problems])
    return record


def add(desk: Desk, register_name: str, typed: Mapping[str, str], given: Mapping[str, Any]) -> str:
    """Write a new record and return its key; Refused names every field that is wrong."""
    register = by_name(register_name)
    values, problems = understand(desk, register_name, typed, given)
    record = built(desk, register, {**defaults(desk, register, values), **values}, None, problems)
    document = without_key(document_of(record))
    keys: list[str] = []

    def work(draft: Draft) -> None:
        key = draft.add(register.name, dict(document))
        keys[:] = [key]
        if carries(register.name, document):
            carry(draft, document)

    desk.store.transact(work)
    return keys[0]


def defaults(desk: Desk, register: Register, values: Mapping[str, Any]) -> dict[str, Any]:
    """What a new record takes from its surroundings: a task the next line of its plan, money its project's currency."""
    found: dict[str, Any] = {}
    project = desk.record(values["project"]) if isinstance(values.get("project"), str) else None
    if register.name == "tasks" and project is not None:
        lines = desk.plan_lines(project.key)
        last = desk.record(lines[-1]) if lines else None
        found["position"] = getattr(last, "position", 0) + 1
        found["outline_level"] = (
            getattr(last, "outline_level", 1)
            if last and not getattr(last, "summary", False)
            else getattr(last, "outline_level", 0) + 1
        )
    if "currency" in register.fields and project is not None:
        found["currency"] = getattr(project, "currency", None)
    return found


def without_key(document: Document) -> Document:
    """A document as a new one is handed to the store, which gives key and revision."""
    return {name: value for name, value in document.items() if name not in GIVEN_BY_THE_STORE}


def change(
    desk: Desk,
    keys: Sequence[str],
    typed: Mapping[str, str],
    given: Mapping[str, Any],
    revisions: Mapping[str, int],
    *,
    each_field: bool = False,
) -> int:
    """Change records alike in one transaction and return its sequence; as `change_each`."""
    return change_each(desk, dict.fromkeys(keys, typed), given, revisions, each_field=each_field)


def change_each(
    desk: Desk,
    changes: Mapping[str, Mapping[str, str]],
    given: Mapping[str, Any],
    revisions: Mapping[str, int],
    *,
    each_field: bool = False,
) -> int:
    """Change records in one transaction, each by its own typed texts and all by what is given; returns its sequence.

    The change is laid over each record as it stands inside the lock. A record with a revision in `revisions` must still have it:
    Conflict otherwise. With `each_field` only the fields that are changed here must still be as they were in that revision.
    """
    plans = []
    for key, typed in changes.items():
        register = register_of(key)
        before = desk.record(key)
        if before is None:
            raise gone(desk, key, key in revisions)
        entered = [name for name, item in desk.fields(register.name).items() if not item.field.computed]
        values, problems = understand(desk, register.name, typed, given, desk.values(key, entered))
        built(desk, register, values, before, problems)
        plans.append((key, register, values))

    def work(draft: Draft) -> None:
        if each_field:
            refuse_lost(desk, [(key, values, revisions[key]) for key, _register, values in plans if key in revisions])
        for key, register, values in plans:
            document = draft.get(key)
            if document is None:
                raise gone(desk, key, key in revisions)
            before = record_of(register, document)
            rules.refuse_change(before)
            made = built(desk, register, values, before, [])
            rules.refuse_unsigned(before, made)
            fields = difference(document, document_of(made))
            if fields or key in revisions:
                draft.change(key, fields, None if each_field else revisions.get(key))
                if carries(register.name, fields):
                    carry(draft, draft.get(key) or {})

    return desk.store.transact(work)


def gone(desk: Desk, key: str, looked_at: bool) -> PmoError:
    """That there is no such record; Edited with whoever deleted it, where it was looked at before."""
    last = None
    if looked_at:
        last = max(desk.store.history(key), key=lambda transaction: transaction.sequence, default=None)
    if last is None:
        return NotFound(
            N_("There is no record {key}."), N_("It may have been deleted: pmo history {key} tells."), key=key
        )
    return Edited(
        N_("{key} was deleted by {author} on {time}."), LOOK_AGAIN, key=key, author=last.author, sequence=last.sequence,
        time=last.time,
    )  # fmt: skip


def difference(before: Document, after: Document) -> Document:
    """The fields of `after` that differ from `before`; None for one that is gone."""
    names = [name for name in {**before, **after} if name not in GIVEN_BY_THE_STORE]
    return {name: after.get(name) for name in names if before.get(name) != after.get(name)}


def delete(desk: Desk, keys: Sequence[str], revisions: Mapping[str, int]) -> int:
    """Delete records in one transaction; Conflict names who still refers to one of them."""

    def work(draft: Draft) -> None:
        for key in keys:
            document = draft.get(key)
            if document is None:
                raise NotFound(
                    N_("There is no record {key}."), N_("It may have been deleted: pmo history {key} tells."), key=key
                )
            if register_of(key).name == "reports":
                rules.refuse_delete(record_of(register_of(key), document))
            draft.delete(key, revisions.get(key))

    return desk.store.transact(work)
