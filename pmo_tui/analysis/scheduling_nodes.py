"""The tasks of a plan as a schedule needs them: what moves and what keeps its dates, on which clock, for how many minutes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

from pmo_tui.analysis.working_time import MINUTES_PER_DAY, ROUND_THE_CLOCK, Calendars, WorkingTime, midnight
from pmo_tui.records.planning import Link, Task

State = Literal["auto", "started", "done", "manual", "external", "inactive", "summary", "gate"]
"""How a node gets its dates. `auto` by the schedule; `summary` from what stands under it; `started`, `done`, `manual`, `external` and
`inactive` from the record. A `gate` is no task: it hands what a summary task waits for to the tasks under it."""
HELD: frozenset[State] = frozenset({"started", "done", "manual", "external", "inactive"})
"""States in which links and constraints do not move the start."""
ALL_DONE = Decimal(100)


@dataclass(slots=True)
class Tie:
    """A link between two nodes by their places. `lag` is in minutes: of the target's calendar, or of the clock if `elapsed`.

    `plain` ties stay on one clock, so that their arithmetic is addition. Only `open` ones bind their source; `link` is the record's.
    """

    source: int
    target: int
    from_finish: bool
    to_finish: bool
    lag: int = 0
    elapsed: bool = False
    plain: bool = True
    open: bool = True
    link: Link | None = None


@dataclass(slots=True)
class Node:
    """A task in the network. `clock` counts its duration: `calendar`, or round the clock for an elapsed duration."""

    task: Task
    state: State
    calendar: WorkingTime
    clock: WorkingTime
    duration: int = 0
    remaining: int = 0
    elapsed: bool = False
    parent: int = -1
    children: list[int] = field(default_factory=list)
    incoming: list[Tie] = field(default_factory=list)
    outgoing: list[Tie] = field(default_factory=list)


def parents(tasks: Sequence[Task]) -> list[int]:
    """For each task the place of the one it stands under, by outline level; -1 at the top."""
    found: list[int] = []
    above: list[int] = []
    for place, task in enumerate(tasks):
        while above and tasks[above[-1]].outline_level >= task.outline_level:
            above.pop()
        found.append(above[-1] if above else -1)
        above.append(place)
    return found


def node(task: Task, calendars: Calendars, project_calendar: str | None, summary: bool = False) -> Node:
    """What the schedule needs to know of one task."""
    calendar = calendars.of(task.calendar or project_calendar)
    state = state_of(task, summary)
    if state == "summary":
        minutes, elapsed = calendar.minutes(task.duration) if task.duration else (0, False)
    else:
        minutes, elapsed = length(task, calendar)
    made = Node(task, state, calendar, ROUND_THE_CLOCK if elapsed else calendar, minutes, minutes, elapsed)
    if state == "started":
        _progress(made)
    return made


def state_of(task: Task, summary: bool = False) -> State:
    """How the task gets its dates."""
    dated = task.start is not None or task.finish is not None
    if not task.active:
        return "inactive"
    if task.kind == "external" and dated:
        return "external"
    if summary:
        return "manual" if task.mode == "manual" and dated else "summary"
    if task.actual_finish or (task.percent_complete >= ALL_DONE and task.finish):
        return "done"
    if task.mode == "manual" and dated:
        return "manual"
    if task.actual_start or (task.percent_complete and task.start):
        return "started"
    return "auto"


def length(task: Task, calendar: WorkingTime) -> tuple[int, bool]:
    """The duration in minutes, and whether it is elapsed: as given, else from start to finish, else one day; a milestone none."""
    if task.duration:
        minutes, elapsed = calendar.minutes(task.duration)
        return max(0, minutes), elapsed
    if task.milestone:
        return 0, False
    if task.start and task.finish and task.finish >= task.start:
        return calendar.between(midnight(task.start), midnight(task.finish) + MINUTES_PER_DAY), False
    return calendar.minutes("1d")


def _progress(node: Node) -> None:
    """Of a task that is under way: what is still to do, and with what is done the whole duration."""
    task, whole = node.task, node.duration
    node.remaining = _given(node, task.remaining_duration)
    if node.remaining < 0:
        node.remaining = round(whole * (ALL_DONE - min(task.percent_complete, ALL_DONE)) / 100)
    done = _given(node, task.actual_duration)
    node.duration = node.remaining + (max(0, whole - node.remaining) if done < 0 else done)


def _given(node: Node, text: str | None) -> int:
    """A part of the duration in minutes; -1 where none is given, or one on the other kind of clock."""
    if not text:
        return -1
    minutes, on_the_clock = node.calendar.minutes(text)
    return max(0, minutes) if on_the_clock == node.elapsed else -1


def own_positions(node: Node, no_earlier: int, status_end: int | None) -> tuple[int, int]:
    """The positions of a task that keeps its dates, from the record; without any date from `no_earlier` on.

    A finish is the end of its day. A milestone stands at the end of its day when something leads to it, else at the beginning.
    """
    task, clock = node.task, node.clock
    start, finish = own_dates(task, node.state)
    if node.state == "started":
        return _under_way(node, start, status_end)
    if start is None and finish is None:
        work = no_earlier >> 1
        return 2 * work + 1, 2 * (work + node.duration)
    if not node.duration and (start == finish or start is None or finish is None):
        day = finish or start
        assert day is not None
        at_end = bool(task.predecessors)
        at = clock.position(node.calendar.last_of(day) if at_end else node.calendar.first_of(day))
        return at, at
    first = clock.worked(node.calendar.first_of(start)) if start else None
    last = clock.worked(node.calendar.last_of(finish)) if finish else None
    if first is None:
        assert last is not None
        first = last - node.duration
    if last is None:
        last = first + node.duration
    return 2 * first + 1, 2 * last


def _under_way(node: Node, start: date | None, status_end: int | None) -> tuple[int, int]:
    assert start is not None
    first = node.clock.worked(node.calendar.first_of(start))
    resume = first + node.duration - node.remaining
    if status_end is not None and node.remaining:
        resume = max(resume, node.clock.worked(status_end))
    return 2 * first + 1, 2 * (resume + node.remaining) if node.duration else 2 * first + 1


def own_dates(task: Task, state: State) -> tuple[date | None, date | None]:
    """Start and finish that a task keeps, as its record has them; the finish of a started one is not among them."""
    if state == "started":
        return task.actual_start or task.start, None
    if state == "done":
        return task.actual_start or task.start or task.actual_finish, task.actual_finish or task.finish
    return task.start, task.finish
