"""Moving a task and seeing what moves with it, before anything is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from pmo_tui.analysis.scheduling import Passes, Schedule
from pmo_tui.analysis.scheduling_days import early_days
from pmo_tui.analysis.scheduling_nodes import Node
from pmo_tui.analysis.working_time import ROUND_THE_CLOCK, WorkingTime, day_at
from pmo_tui.records.errors import Fault
from pmo_tui.records.marks import N_
from pmo_tui.records.planning import Task

FURTHEST_SHIFT = 10_000
"""Working days by which a task may be shifted at once."""


@dataclass(frozen=True, slots=True)
class Change:
    """What is asked of one task: a new `start`, or a `shift` by working days (earlier when negative), and a new `duration`.

    An automatic task takes its new start as a constraint, start no earlier than; one that must start or finish on a day takes it
    as that day. A milestone that stood at the end of its day stands at the end of the new one: finish no earlier than, so that what
    waits for it keeps its distance. A manual task takes it as it is.
    """

    start: date | None = None
    shift: int = 0
    duration: str | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """A task whose dates move, from the dates on its record to those it would get."""

    key: str
    name: str
    old_start: date
    old_finish: date
    new_start: date
    new_finish: date

    @property
    def days(self) -> int:
        """Calendar days by which its finish moves, as slips are counted everywhere; negative when it comes earlier."""
        return (self.new_finish - self.old_finish).days


@dataclass(frozen=True, slots=True)
class Impact:
    """What a change would do: the `changed` records as they would be kept, and all that moves, in plan order."""

    changed: tuple[Task, ...]
    moves: tuple[Move, ...]
    old_finish: date
    new_finish: date


def impact(plan: Schedule, changes: Mapping[str, Change]) -> Impact:
    """What moves when tasks of a plan change; Fault where one of them cannot. Whatever would move anyway is not listed."""
    return effect(plan, {key: _changed(plan, plan.place(key), change) for key, change in changes.items()})


def effect(plan: Schedule, changed: Mapping[str, Task]) -> Impact:
    """What moves when records of a plan become other ones: with other links, another mode. Fault where that makes a loop."""
    tasks = [changed.get(task.key, task) for task in plan.plan.tasks]
    passes = Passes(replace(plan.plan, tasks=tasks, start=plan.plan.first_day()))
    after = early_days(passes.network, passes.early)
    moves: list[Move] = []
    for place, task in enumerate(plan.network.tasks):
        before = plan.early_days[place]
        if before == after[place] and task.key not in changed:
            continue
        old_start, old_finish = task.start or before[0], task.finish or before[1]
        if (old_start, old_finish) != after[place]:
            moves.append(Move(task.key, task.name, old_start, old_finish, *after[place]))
    new_finish = max((finish for _, finish in after), default=plan.finish)
    old_finish = max((finish for _, finish in plan.early_days), default=plan.finish)
    return Impact(tuple(changed.values()), tuple(moves), old_finish, new_finish)


def _changed(plan: Schedule, place: int, change: Change) -> Task:
    """The record of a task as the change would have it."""
    task, node = plan.network.tasks[place], plan.network.nodes[place]
    if change.duration is not None:
        task = _with_duration(task, node, change.duration)
    start = change.start
    if start is None and change.shift:
        start = shifted(node.calendar, task.start or plan.early_days[place][0], change.shift)
    if start is None:
        return task
    if node.state in ("auto", "summary"):
        return _constrained(task, node, plan.early_days[place], start, ends_its_day(plan, place))
    return _with_start(task, node, plan.early_days[place], start)


def ends_its_day(plan: Schedule, place: int) -> bool:
    """Whether a task without duration stands where the work of its day is over, so that what waits for it starts on the next."""
    node, day = plan.network.nodes[place], plan.early_days[place][1]
    if node.duration or node.state != "auto":
        return False
    return node.clock.instant(plan.passes.early.finishes[place]) == node.calendar.last_of(day)


def _with_duration(task: Task, node: Node, duration: str) -> Task:
    if node.state == "done":
        raise Fault(N_("{key} is done: its dates are facts"), key=task.key)
    if node.state == "summary":
        raise Fault(N_("{key} is a summary task: its duration follows from the tasks under it"), key=task.key)
    minutes, elapsed = node.calendar.minutes(duration)
    if minutes < 0:
        raise Fault(N_("{key}: a duration cannot be negative"), key=task.key)
    remaining = task.remaining_duration
    if remaining and not elapsed:
        remaining = node.calendar.days(max(0, minutes - (node.duration - node.remaining)))
    finish = task.finish
    if node.state == "manual" and task.start:
        finish = _last_day(node, task.start, minutes, elapsed)
    return replace(task, duration=duration, remaining_duration=remaining, finish=finish)


def _last_day(node: Node, start: date, minutes: int, elapsed: bool, first: int | None = None) -> date:
    """The day on which `minutes` from a day on are over, from the beginning of its work or from the minute `first` of its clock."""
    if minutes <= 0:
        return start
    clock = ROUND_THE_CLOCK if elapsed else node.calendar
    return clock.finish_day((clock.worked(node.calendar.first_of(start)) if first is None else first) + minutes)


def finish_with(plan: Schedule, key: str, start: date, duration: str) -> date | None:
    """The last day of a task that takes a `duration` from its `start` on, at the hour that its links give on that day.

    None for a task whose days do not follow from its duration: one that is done, a summary, one that is switched off or of elsewhere.
    """
    place = plan.place(key)
    node = plan.network.nodes[place]
    if node.state not in ("auto", "started", "manual"):
        return None
    minutes, elapsed = node.calendar.minutes(duration)
    as_planned = node.state != "manual" and plan.early_days[place][0] == start and elapsed == node.elapsed
    return _last_day(node, start, minutes, elapsed, plan.passes.early.starts[place] >> 1 if as_planned else None)


def duration_until(plan: Schedule, key: str, finish: date) -> str:
    """How long a task takes that ends on a day and starts as it does; Fault where that leaves it no time."""
    place = plan.place(key)
    node, start = plan.network.nodes[place], plan.network.tasks[place].start or plan.early_days[place][0]
    if finish < start:
        raise Fault(N_("{key} starts on {start}: move it, to finish on {day}"), key=key, start=start, day=finish)
    if node.elapsed and finish > start:
        return f"{(finish - start).days}ed"
    calendar = node.calendar
    as_planned = node.state != "manual" and plan.early_days[place][0] == start and not node.elapsed
    first = plan.passes.early.starts[place] >> 1 if as_planned else calendar.worked(calendar.first_of(start))
    minutes = calendar.worked(calendar.last_of(finish)) - first
    if minutes <= 0:
        raise Fault(N_("{key} has no working time from {start} to {day}"), key=key, start=start, day=finish)
    return calendar.days(minutes)


def _with_start(task: Task, node: Node, days: tuple[date, date], start: date) -> Task:
    if node.state in ("started", "done"):
        template = N_("{key} started on {day}: that is a fact. Change its remaining duration, or what comes after it")
        raise Fault(template, key=task.key, day=days[0])
    calendar = node.calendar
    by = days_between(calendar, days[0], start)
    return replace(
        task, start=start, finish=start if days[0] == days[1] else max(start, shifted(calendar, days[1], by))
    )


def _constrained(task: Task, node: Node, days: tuple[date, date], start: date, at_end: bool) -> Task:
    if task.constraint == "MFO" and task.constraint_date:
        day = shifted(node.calendar, task.constraint_date, days_between(node.calendar, days[0], start))
        return replace(task, constraint_date=day)
    if at_end:
        constraint = "MFO" if task.constraint == "MSO" else "FNET"
    else:
        constraint = "MSO" if task.constraint == "MSO" else "SNET"
    return replace(task, constraint=constraint, constraint_date=start)


def shifted(calendar: WorkingTime, day: date, by: int) -> date:
    """The working day so many working days after a day, or before it when negative; for 0 the day itself."""
    if abs(by) > FURTHEST_SHIFT:
        raise Fault(N_("a task can be shifted by {limit} working days at most"), limit=FURTHEST_SHIFT)
    for _ in range(by):
        day = day_at(calendar.first_of(day + timedelta(1)))
    for _ in range(-by):
        day = day_at(calendar.last_of(day - timedelta(1)) - 1)
    return day


def days_between(calendar: WorkingTime, first: date, last: date) -> int:
    """How many working days `last` is after `first`; negative when it is before."""
    if last < first:
        return -days_between(calendar, last, first)
    count = 0
    while first < last and count <= FURTHEST_SHIFT:
        first = day_at(calendar.first_of(first + timedelta(1)))
        count += first <= last
    return count
