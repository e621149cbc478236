"""Taking a baseline: the plan as it stands today, frozen for comparison."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from pmo_tui.desk.planning.planning_board import Board, Boards
from pmo_tui.records.durations import HOURS_PER_DAY, Duration
from pmo_tui.records.errors import WrongUse
from pmo_tui.records.marks import N_
from pmo_tui.records.planning import Baseline, BaselineTask

if TYPE_CHECKING:
    from pmo_tui.desk.desk import Desk

HIGHEST = 10
"""Planners count baselines from 0 to 10."""


def baselines(desk: Desk, project: str) -> list[Baseline]:
    """The baselines of a project, the one taken last at the end."""
    shelf = desk.store.shelf("baselines")
    found = [desk.record(f"BL-{number}") for number in shelf.where("project", project)]
    taken = [each for each in found if isinstance(each, Baseline)]
    return sorted(taken, key=lambda each: (str(each.taken_on or ""), each.number))


def take_baseline(desk: Desk, project: str, name: str, reason: str = "") -> str:
    """Freeze a plan as it stands, every task with the days on its record or else the early ones; returns the baseline's key."""
    board = Boards(desk).of(project)
    if not board.keys:
        raise WrongUse(N_("{project} has no tasks yet: there is nothing to freeze."), project=project)
    numbers = [each.number for each in baselines(desk, project)]
    given = {
        "number": min(HIGHEST, max(numbers, default=-1) + 1),
        "taken_on": desk.today(),
        "tasks": [_row(board, key) for key in board.keys if board.tasks[key].active],
    }
    return desk.add("baselines", {"project": project, "name": name, "reason": reason}, given)


def _row(board: Board, key: str) -> BaselineTask:
    row = board.row(key)
    task = row.task
    return BaselineTask(
        task=key,
        start=row.start,
        finish=row.finish,
        duration=task.duration,
        work=_hours(task.work),
        cost=task.fixed_cost,
    )


def _hours(work: str | None) -> Decimal | None:
    return None if work is None else Duration.parse(work).minutes(HOURS_PER_DAY) / 60
