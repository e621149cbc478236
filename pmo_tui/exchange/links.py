"""The rows of a plan among each other: their order, and predecessors in planner's notation (`3`, `3FS+2d`, `T-12SS`).

A number is a line of the same plan: the one that a row's `line` column gives, else the row's place among those of its project.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from pmo_tui.exchange.cells import reference
from pmo_tui.exchange.incoming import Find, To
from pmo_tui.records.errors import Fault
from pmo_tui.records.marks import N_
from pmo_tui.records.registers import by_name
from pmo_tui.records.schema import fields_of

if TYPE_CHECKING:
    from pmo_tui.exchange.rows import Row


def settle_plan(rows: Sequence[Row]) -> None:
    """Give new tasks their position in the file's order, and turn every predecessor into the task it names.

    A row that follows a rejected one is rejected too, and says so.
    """
    lines = _lines(rows)
    follows: list[tuple[Row, Row]] = []
    for row in rows:
        if row.links is None or row.problems:
            continue
        try:
            row.values["predecessors"] = _links(row, lines, follows)
        except Fault as fault:
            row.refuse("predecessors", fault.reason)
    _spread(follows)


def _lines(rows: Sequence[Row]) -> dict[tuple[str, int], Row]:
    lines: dict[tuple[str, int], Row] = {}
    counts: dict[str, int] = {}
    for row in rows:
        counts[row.project] = place = counts.get(row.project, 0) + 1
        if row.key is None:
            row.values.setdefault("position", place)
        lines.setdefault((row.project, row.line or place), row)
    return lines


def _links(row: Row, lines: dict[tuple[str, int], Row], follows: list[tuple[Row, Row]]) -> list[dict[str, Any]]:
    from pmo_tui.wording.predecessors import parse_predecessors

    found = []
    for typed in parse_predecessors(row.links or ""):
        plan, colon, line = typed.reference.rpartition(":")
        before = _task(row, plan.casefold() if colon else row.project, line, lines, follows)
        found.append({"task": before, "type": typed.type, "lag": typed.lag})
    return found


def _task(
    row: Row, project: str, line: str, lines: dict[tuple[str, int], Row], follows: list[tuple[Row, Row]]
) -> To | Find:
    if not line.isdecimal():
        task = next(item.row for name, item in by_name("tasks").fields.items() if name == "predecessors")
        assert task is not None
        return reference(line, fields_of(task)["task"])
    other = lines.get((project, int(line)))
    if other is None:
        raise Fault(N_("line {line} is not in this file; give the task's key, such as T-12"), line=line)
    if other is row:
        raise Fault(N_("the task follows itself"))
    follows.append((row, other))
    return Find(("tasks",), other.key, (), "problem") if other.key else To(other.source_key)


def _spread(follows: Sequence[tuple[Row, Row]]) -> None:
    """Reject whatever follows a rejected row, at any distance."""
    after: dict[int, list[Row]] = {}
    for row, other in follows:
        after.setdefault(id(other), []).append(row)
    waiting = [other for _row, other in follows if other.problems]
    while waiting:
        for row in after.pop(id(waiting.pop()), ()):
            if not row.problems:
                row.refuse("predecessors", N_("a task that it follows is in a row that is rejected"))
                waiting.append(row)
