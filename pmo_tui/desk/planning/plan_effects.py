"""What a change of a plan does to each task that moves: from which days to which, and what it becomes by that."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from pmo_tui.analysis.working_time import MINUTES_PER_DAY, midnight
from pmo_tui.records.marks import N_
from pmo_tui.records.planning import Task

if TYPE_CHECKING:
    from pmo_tui.analysis.scheduling import Schedule
    from pmo_tui.analysis.scheduling_moves import Impact, Move
    from pmo_tui.desk.desk import Desk

CRITICAL, EASED = N_("critical now"), N_("no longer critical")
OVER_DEADLINE, IN_TIME = N_("over its deadline"), N_("within its deadline")
BEHIND, CAUGHT_UP = N_("behind the baseline"), N_("as in the baseline")
IN_THE_PAST = N_("in the past")
AGAINST = N_("against its constraint")
WORSE = frozenset({CRITICAL, OVER_DEADLINE, BEHIND, IN_THE_PAST, AGAINST})
"""What a task becomes that an officer must know of before keeping a move."""


@dataclass(frozen=True, slots=True)
class Effect:
    """A task that moves. `becomes` tells what changes by that, in the words above; `days` are the calendar days by which its finish moves.

    `new_duration` is that of a summary, which follows from its days; None where the duration stays.
    """

    key: str
    name: str
    line: int
    old_start: date
    old_finish: date
    new_start: date
    new_finish: date
    days: int
    becomes: tuple[str, ...]
    milestone: bool
    new_duration: str | None = None

    @property
    def worse(self) -> bool:
        """Whether it becomes something that must be known."""
        return not WORSE.isdisjoint(self.becomes)


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A task of another plan that waits for one that moves."""

    key: str
    project: str
    waits_for: str


def effects(desk: Desk, before: Schedule, after: Schedule, found: Impact) -> tuple[Effect, ...]:
    """The tasks that move, in plan order."""
    return tuple(_effect(desk, before, after, move) for move in found.moves)


def _effect(desk: Desk, before: Schedule, after: Schedule, move: Move) -> Effect:
    node = after.network.nodes[after.place(move.key)]
    duration = None
    if node.state == "summary" and node.task.duration:
        first, last = midnight(move.new_start), midnight(move.new_finish) + MINUTES_PER_DAY
        duration = node.calendar.days(node.calendar.between(first, last))
    return Effect(
        move.key,
        move.name,
        desk.plans.line(move.key) or 0,
        move.old_start,
        move.old_finish,
        move.new_start,
        move.new_finish,
        move.days,
        tuple(_becomes(desk, before, after, move, node.task)),
        node.task.milestone,
        duration if duration != node.task.duration else None,
    )


def _becomes(desk: Desk, before: Schedule, after: Schedule, move: Move, task: Task) -> Iterator[str]:
    was, is_now = before[move.key], after[move.key]
    if was.critical != is_now.critical:
        yield CRITICAL if is_now.critical else EASED
    if task.deadline is not None:
        over = move.new_finish > task.deadline
        if over != (move.old_finish > task.deadline):
            yield OVER_DEADLINE if over else IN_TIME
    agreed = desk.plans.baseline(task, "finish")
    if agreed is not None:
        behind = move.new_finish > agreed
        if behind != (move.old_finish > agreed):
            yield BEHIND if behind else CAUGHT_UP
    if move.new_finish < desk.today() <= move.old_finish:
        yield IN_THE_PAST
    if _against(task, move.new_start, move.new_finish) and not _against(task, move.old_start, move.old_finish):
        yield AGAINST


def _against(task: Task, start: date, finish: date) -> bool:
    """Whether days break the constraint of a task."""
    day = task.constraint_date
    if day is None:
        return False
    return {
        "MSO": start != day, "MFO": finish != day, "SNET": start < day, "SNLT": start > day, "FNET": finish < day, "FNLT": finish > day,
    }.get(task.constraint, False)  # fmt: skip


def elsewhere(desk: Desk, project: str, found: Impact) -> tuple[Elsewhere, ...]:
    """The tasks of other plans that wait for one that moves."""
    shelf = desk.store.shelf("tasks")
    waiting = []
    for move in found.moves:
        for number in shelf.where("predecessors.task", move.key):
            other = desk.plans.project(f"T-{number}")
            if other is not None and other != project:
                waiting.append(Elsewhere(f"T-{number}", other, move.key))
    return tuple(waiting)
