"""Rules that go beyond one field: dates in order, no task before itself, no project inside itself, codes used once.

They run inside the lock on the records as they will be, for every transaction, undo and redo included, so that two officers
cannot break one together.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from pmo_tui.records.base import Record
from pmo_tui.records.documents import record_of
from pmo_tui.records.errors import Problem, Refused, Said
from pmo_tui.records.marks import N_
from pmo_tui.records.planning import Baseline
from pmo_tui.records.registers import Register, register_of
from pmo_tui.records.reports import Report
from pmo_tui.store import Draft

PERIODS = (("start", "finish"), ("period_start", "period_end"), ("actual_start", "actual_finish"))


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
    problems += _loops(draft, tasks)
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


def _loop(chain: list[str]) -> Problem:
    if len(chain) == 2:
        return Problem(N_("a task cannot depend on itself"), "predecessors", chain[0])
    said = Said(N_("makes a loop of links: {loop}"), {"loop": " → ".join(reversed(chain))})
    return Problem(said, "predecessors", chain[0])


def refuse_change(before: Record) -> None:
    """Refused where a record is a snapshot: a baseline, or a report that was issued."""
    if isinstance(before, Baseline) or (isinstance(before, Report) and before.status == "issued"):
        message = N_("{key} is a snapshot and is never edited.")
        raise Refused(message, N_("Make a new one: the old one stays for comparison."), key=before.key)
