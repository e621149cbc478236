"""What the planning board shows of one project: its tasks as an outline, with dates, baseline, critical path and links."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from pmo_tui.analysis.milestones import Milestone
from pmo_tui.analysis.scheduling_nodes import State, parents, state_of
from pmo_tui.desk.touched import Kept
from pmo_tui.records.documents import record_of
from pmo_tui.records.errors import Fault, NotFound, Said
from pmo_tui.records.marks import N_
from pmo_tui.records.planning import Link, Task
from pmo_tui.records.registers import by_name

if TYPE_CHECKING:
    from pmo_tui.analysis.scheduling import Schedule, Scheduled
    from pmo_tui.desk.desk import Desk

ALL_DONE = Decimal(100)
LOOK_AHEAD = 4
"""Weeks that are looked ahead where nothing else is said."""


@dataclass(frozen=True, slots=True)
class Tie:
    """A link from the task `first` to `second`, as the record of the second has it."""

    first: str
    second: str
    link: Link


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One task as the board shows it.

    `start` and `finish` are the days on its record, or the early ones where it has none. `slip` counts the days behind the baseline,
    going on for one that is late; `days_late` those since it should have been finished. `strays` tells that its days are not those
    that its links give.
    """

    task: Task
    line: int
    depth: int
    summary: bool
    state: State
    start: date | None
    finish: date | None
    done: bool
    critical: bool
    baseline: tuple[date, date] | None
    slip: int | None
    days_late: int
    strays: bool
    total_float: str


class Board:
    """The plan of one project as it stood when it was made; its schedule and rows follow when they are asked for."""

    def __init__(self, desk: Desk, project: str) -> None:
        self.desk = desk
        self.project = project
        self.keys = desk.plans.keys(project)
        self.tasks: Mapping[str, Task] = {task.key: task for task in _tasks(desk, self.keys)}
        self.places = {key: place for place, key in enumerate(self.keys)}
        above = parents(list(self.tasks.values()))
        self.parents = {
            key: self.keys[place] if place >= 0 else None for key, place in zip(self.keys, above, strict=True)
        }
        self.summaries = {key for key in self.parents.values() if key is not None}
        self.ties: dict[str, list[Tie]] = {}
        for task in self.tasks.values():
            for link in task.predecessors:
                tie = Tie(link.task, task.key, link)
                self.ties.setdefault(link.task, []).append(tie)
                self.ties.setdefault(task.key, []).append(tie)
        self._rows: dict[str, BoardRow] = {}
        self._strays: list[str] | None = None
        self._stands_on: tuple[object, ...] = ()

    # ---- the outline ---------------------------------------------------------------------------------------------------

    def above(self, key: str) -> Iterator[str]:
        """The summaries that a task stands under, nearest first."""
        found = self.parents.get(key)
        while found is not None:
            yield found
            found = self.parents.get(found)

    def under(self, key: str) -> list[str]:
        """A task and all that stand under it, in order."""
        place = self.places[key]
        level = self.tasks[key].outline_level
        end = place + 1
        while end < len(self.keys) and self.tasks[self.keys[end]].outline_level > level:
            end += 1
        return self.keys[place:end]

    def under_none_of(self, folded: set[str]) -> Iterator[str]:
        """The tasks that show while some summaries are folded."""
        hidden: set[str] = set()
        for key in self.keys:
            parent = self.parents[key]
            if parent is not None and (parent in hidden or parent in folded):
                hidden.add(key)
            else:
                yield key

    # ---- the schedule ----------------------------------------------------------------------------------------------------

    def schedule(self) -> Schedule | None:
        """The schedule, None where there is none (`trouble` says why)."""
        try:
            return self.desk.plans.schedule(self.project)
        except Fault:
            return None

    def trouble(self) -> Said | None:
        """Why the plan cannot be scheduled; None where it can."""
        try:
            self.desk.plans.schedule(self.project)
        except Fault as fault:
            return fault.reason
        return None

    def row(self, key: str) -> BoardRow:
        """One task as it stands today."""
        schedule = self._fresh()
        found = self._rows.get(key)
        if found is None:
            found = self._rows[key] = self._made(self.tasks[key], schedule)
        return found

    def _fresh(self) -> Schedule | None:
        """The schedule; rows are forgotten when it, the day or a baseline is another one."""
        schedule = self.schedule()
        stands_on = (schedule, self.desk.today(), self.desk.store.version("baselines"))
        if not self._stands_on or stands_on[0] is not self._stands_on[0] or stands_on[1:] != self._stands_on[1:]:
            self._stands_on, self._rows, self._strays = stands_on, {}, None
        return schedule

    def _made(self, task: Task, schedule: Schedule | None) -> BoardRow:
        today, plans = self.desk.today(), self.desk.plans
        figures: Scheduled | None = schedule[task.key] if schedule is not None else None
        start = task.start or (figures.early_start if figures else None)
        finish = task.finish or (figures.early_finish if figures else None)
        agreed = plans.baseline(task, "start"), plans.baseline(task, "finish")
        done = is_done(task)
        stands = Milestone(task.key, task.project, task.name, task.actual_finish or finish, agreed[1], done)
        state = state_of(task, task.key in self.summaries)
        return BoardRow(
            task=task,
            line=plans.line(task.key) or 0,
            depth=sum(1 for _ in self.above(task.key)),
            summary=task.key in self.summaries,
            state=state,
            start=start,
            finish=finish,
            done=done,
            critical=figures is not None and figures.critical,
            baseline=(agreed[0] or agreed[1], agreed[1] or agreed[0]) if any(agreed) else None,
            slip=stands.slip(today) if task.active else None,
            days_late=stands.days_late(today) if task.active else 0,
            strays=schedule is not None and self._is_stray(task, schedule),
            total_float=figures.total_float if figures else "",
        )

    def strays(self) -> list[str]:
        """The tasks whose days are not those that their links give."""
        schedule = self._fresh()
        if self._strays is None:
            self._strays = [
                key for key in self.keys if schedule is not None and self._is_stray(self.tasks[key], schedule)
            ]
        return self._strays

    def _is_stray(self, task: Task, schedule: Schedule) -> bool:
        if task.start is None or task.finish is None:
            return False
        return schedule.early_days[schedule.place(task.key)] != (task.start, task.finish)

    def span(self) -> tuple[date, date]:
        """The first and the last day of anything in the plan: bars, baselines, deadlines; today where there is nothing."""
        schedule, plans = self._fresh(), self.desk.plans
        days: list[date | None] = []
        for task in self.tasks.values():
            early = schedule.early_days[schedule.place(task.key)] if schedule is not None else (None, None)
            days += [task.start or early[0], task.finish or early[1], task.deadline]
            days += [plans.baseline(task, "start"), plans.baseline(task, "finish")]
        found = [day for day in days if day is not None]
        return min(found, default=self.desk.today()), max(found, default=self.desk.today())

    def day_off(self) -> Callable[[date], bool]:
        """Tells for a day whether nobody works on the project's calendar; weekends where that has none that can be read."""
        record: Any = self.desk.record(self.project)
        try:
            calendar = self.desk.plans.calendars().of(getattr(record, "calendar", None))
        except Fault:
            return lambda day: day.weekday() > 4
        return lambda day: not calendar.working_minutes(day)


def _tasks(desk: Desk, keys: Sequence[str]) -> Iterator[Task]:
    register = by_name("tasks")
    for key in keys:
        document = desk.store.get(key)
        if document is not None:
            found = record_of(register, document)
            assert isinstance(found, Task)
            yield found


def is_done(task: Task) -> bool:
    """Whether nothing of it is left to do."""
    return task.actual_finish is not None or task.percent_complete >= ALL_DONE


class Boards:
    """The boards of all projects, each kept until something in its plan changes."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._kept = Kept(desk.touched, lambda project: Board(desk, project))

    def of(self, project: str) -> Board:
        """The board of a project."""
        return self._kept.get(project)

    def of_task(self, key: str) -> Board:
        """The board of the project that a task belongs to; NotFound where there is no such task."""
        project = self.desk.plans.project(key)
        if project is None:
            raise NotFound(N_("There is no task {key}."), key=key)
        return self.of(project)
