"""Rules that go beyond one field: dates in order, no task before itself, no project inside itself, codes used once.

They run inside the lock on the records as they will be, for every transaction, undo and redo included, so that two officers
cannot break one together.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, cast

from pmo_tui.analysis.reporting import good_until
from pmo_tui.records.base import Record
from pmo_tui.records.documents import record_of
from pmo_tui.records.errors import Problem, Refused, Said
from pmo_tui.records.invoices import Invoice
from pmo_tui.records.marks import N_
from pmo_tui.records.planning import Baseline
from pmo_tui.records.registers import Register, register_of
from pmo_tui.records.reports import ISSUED, Report
from pmo_tui.store import Draft

if TYPE_CHECKING:
    from pmo_tui.records.planning import Task

PLACE_IN_PLAN = ("predecessors", "position", "outline_level", "project", "mode", "active")
PERIODS = (
    ("start", "finish"), ("period_start", "period_end"), ("actual_start", "actual_finish"), ("issue_date", "paid_on"),
)  # fmt: skip
"""Days in order. What is paid before there is an invoice is told by the invoice, as prepaid."""
FREEZING = ("issued_on", "head_sum", "content")
"""What a report has from being issued; without all three of them the issue is taken back."""


def check(draft: Draft, keys: Sequence[str]) -> None:
    """Refused when one of the records that a transaction wrote breaks a rule, naming record, field and reason."""
    problems: list[Problem] = []
    tasks: list[str] = []
    for key in keys:
        document = draft.get(key)
        if document is None:
            continue
        register = register_of(key)
        record = record_of(register, document)
        problems += [*_periods(record), *_code(draft, register, record), *_own_parent(draft, record)]
        if register.name == "tasks":
            tasks.append(key)
        if isinstance(record, Report):
            problems += _period(record)
    problems += _loops(draft, tasks) or _loops_through_summaries(draft, tasks)
    problems += _issued(draft, keys)
    if problems:
        raise Refused(problems=problems)


def _periods(record: Any) -> Iterator[Problem]:
    for first, last in PERIODS:
        start, finish = getattr(record, first, None), getattr(record, last, None)
        if isinstance(start, date) and isinstance(finish, date) and finish < start:
            yield Problem(Said(N_("{finish} is before {start}"), {"finish": finish, "start": start}), last, record.key)


def _code(draft: Draft, register: Register, record: Record) -> Iterator[Problem]:
    if record.code:
        others = [key for key in draft.find(register.name, "code", record.code) if key != record.key]
        if others:
            said = Said(N_("“{code}” is the code of {other} already"), {"code": record.code, "other": others[0]})
            yield Problem(said, "code", record.key)


def _own_parent(draft: Draft, record: Any) -> Iterator[Problem]:
    name = "parent" if hasattr(record, "parent") else "base"
    above = getattr(record, name, None)
    chain = [record.key]
    while above and above not in chain[1:]:
        chain.append(above)
        if above == record.key:
            yield Problem(
                Said(N_("would stand inside itself: {chain}"), {"chain": " › ".join(chain)}), name, record.key
            )
            return
        above = (draft.get(above) or {}).get(name)


def _loops(draft: Draft, tasks: Sequence[str]) -> list[Problem]:
    """One problem for the first loop of links through any of `tasks`, its tasks named in order; one walk for all of them."""
    done: set[str] = set()
    for first in tasks:
        if first in done:
            continue
        path: list[str] = []
        on_path: set[str] = set()
        walk: list[tuple[str, bool]] = [(first, True)]
        while walk:
            key, enter = walk.pop()
            if not enter:
                path.pop()
                on_path.discard(key)
                done.add(key)
                continue
            if key in on_path:
                return [_loop([*path[path.index(key) :], key])]
            if key in done:
                continue
            path.append(key)
            on_path.add(key)
            walk.append((key, False))
            walk.extend((link["task"], True) for link in (draft.get(key) or {}).get("predecessors", ()))
    return []


def _loops_through_summaries(draft: Draft, tasks: Sequence[str]) -> list[Problem]:
    """A problem for a plan whose order or links a transaction changed so that tasks wait for the summary they stand under."""
    if not tasks:
        return []
    from pmo_tui.analysis.scheduling_loops import loop_in

    plans = {
        after["project"]
        for key, before, after in draft.written()
        if after is not None and key.startswith("T-") and _moved(before or {}, after)
    }
    for project in sorted(plans):
        keys = draft.find("tasks", "project", project)
        found = loop_in([cast("Task", record_of(register_of(key), draft.get(key) or {})) for key in keys])
        if found:
            said = Said(N_("makes a loop of links: {loop}"), {"loop": " → ".join(found)})
            return [Problem(said, "predecessors", found[0])]
    return []


def _moved(before: dict[str, Any], after: dict[str, Any]) -> bool:
    """Whether a task got other links, or another place in a plan; a new one without links waits for nothing."""
    if not before:
        return bool(after.get("predecessors"))
    return any(before.get(name) != after.get(name) for name in PLACE_IN_PLAN)


def _loop(chain: list[str]) -> Problem:
    if len(chain) == 2:
        return Problem(N_("a task cannot depend on itself"), "predecessors", chain[0])
    said = Said(N_("makes a loop of links: {loop}"), {"loop": " → ".join(reversed(chain))})
    return Problem(said, "predecessors", chain[0])


def _period(report: Report) -> Iterator[Problem]:
    """A week 53 of a year that has none is no period."""
    try:
        good_until(report.period)
    except (ValueError, OverflowError):
        yield Problem(Said(N_("there is no period {period}"), {"period": report.period}), "period", report.key)


def _issued(draft: Draft, keys: Sequence[str]) -> Iterator[Problem]:
    """An issued report stays as it is, whoever writes; only what issued it can be taken back, as a whole."""
    if not any(key.startswith("REP-") for key in keys):
        return
    for key, before, after in draft.written():
        frozen = key.startswith("REP-") and before is not None and before.get("status") == ISSUED
        if frozen and before and after and _kept(before) != _kept(after) and not _taken_back(after):
            yield Problem(N_("is issued, and a snapshot is never edited"), "status", key)


def _taken_back(document: dict[str, Any]) -> bool:
    return document.get("status") != ISSUED and not any(document.get(name) for name in FREEZING)


def _kept(document: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in document.items() if name != "revision"}


def refuse_delete(before: Record) -> None:
    """Refused for a report that was issued: what others hold in their hands stays."""
    if isinstance(before, Report) and before.status == ISSUED:
        hint = N_("pmo undo takes back what issued it, on the same day and by the same person.")
        raise Refused(N_("{key} is issued and is never deleted."), hint, key=before.key)


def refuse_unsigned(before: Record, after: Record) -> None:
    """Refused where an approval is typed that does not say who gave it."""
    if (
        isinstance(before, Invoice)
        and isinstance(after, Invoice)
        and after.status == "approved" != before.status
        and not after.approved_by
    ):
        reason = Said(N_("an approval says who gave it: in approved_by, or approve the invoice on its screen"), {})
        raise Refused(problems=[Problem(reason, "status", after.key)])


def refuse_change(before: Record) -> None:
    """Refused where a record is a snapshot: a baseline, or a report that was issued."""
    if isinstance(before, Baseline) or (isinstance(before, Report) and before.status == ISSUED):
        message = N_("{key} is a snapshot and is never edited.")
        raise Refused(message, N_("Make a new one: the old one stays for comparison."), key=before.key)
