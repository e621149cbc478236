"""The plans in the store: which task stands on which line, its baseline, and its schedule, kept until something in it changes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

import msgspec

from pmo_tui.desk.touched import Kept
from pmo_tui.records.documents import ready
from pmo_tui.records.errors import Fault, NotFound
from pmo_tui.records.marks import N_
from pmo_tui.records.planning import Baseline, Task

if TYPE_CHECKING:
    from pmo_tui.analysis.figure import Figure
    from pmo_tui.analysis.scheduling import Schedule, Scheduled
    from pmo_tui.analysis.scheduling_moves import Change, Impact
    from pmo_tui.analysis.working_time import Calendars
    from pmo_tui.desk.desk import Desk


RECENT = 8
"""How many whole schedules are kept; of the others only the figures of their tasks, which take a tenth of the room."""


class Place(msgspec.Struct):
    """What of a task says where it stands."""

    project: str = ""
    position: int = 0
    outline_level: int = 1


class ProjectPlan:
    """The plan of one project as it stood when it was made: its lines, and what follows from it once that is asked for."""

    def __init__(self, desk: Desk, project: str) -> None:
        shelf = desk.store.shelf("tasks")
        place = msgspec.json.Decoder(Place).decode
        places = {number: place(shelf.raw(number)) for number in shelf.where("project", project)}
        order = sorted(places, key=lambda number: (places[number].position, int(number)))
        self.project = project
        self.keys = [f"T-{number}" for number in order]
        self.lines = _lines(self.keys, [places[number].outline_level for number in order])
        self.schedule: Schedule | Fault | None = None
        self.figures: dict[str, Scheduled] | None = None
        self._raws = [shelf.raw(number) for number in order]
        self._linked: list[str] = []
        self._stands_on: list[object] = []

    def refresh(self, desk: Desk) -> None:
        """Forget what was made when a calendar, or a task of another plan that this one waits for, is another one by now."""
        if self._stands_on and any(
            old is not new for old, new in zip(self._stands_on, self._ground(desk), strict=True)
        ):
            self.schedule = self.figures = None

    def _ground(self, desk: Desk) -> list[object]:
        return [desk.plans.calendars(), *(_raw(desk, key) for key in self._linked)]

    def make_schedule(self, desk: Desk) -> Schedule | Fault:
        """Schedule the plan, or find out why that cannot be done."""
        from pmo_tui.analysis.scheduling import schedule

        decode = msgspec.json.Decoder(ready(Task)).decode
        tasks = [decode(raw) for raw in self._raws]
        self._linked = sorted(
            {link.task for task in tasks for link in task.predecessors if link.task not in self.lines}
        )
        self._stands_on = self._ground(desk)
        others = {key: task for key in self._linked if isinstance(task := desk.record(key), Task)}
        record: Any = desk.record(self.project)
        start, calendar = getattr(record, "start", None), getattr(record, "calendar", None)
        try:
            found: Schedule | Fault = schedule(
                tasks, desk.plans.calendars(), today=desk.today(), start=start, calendar=calendar, others=others
            )
        except Fault as fault:
            found = fault
        self.schedule = found
        return found


def _lines(keys: list[str], levels: list[int]) -> dict[str, int]:
    """Lines from 1; the row of the plan itself, on level 0, is line 0."""
    count, found = 0, {}
    for key, level in zip(keys, levels, strict=True):
        count += level > 0
        found[key] = count if level else 0
    return found


def _raw(desk: Desk, key: str) -> object:
    shelf = desk.store.shelf("tasks")
    number = key.rpartition("-")[2]
    return shelf.raw(number) if number in shelf else None


class Plans:
    """Plans by project. Lines count from 1 in the order of `position`, as in a planner; the plan's own row (level 0) is line 0."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._plans = Kept(desk.touched, lambda project: ProjectPlan(desk, project))
        self._recent: dict[str, ProjectPlan] = {}
        self._project_of = msgspec.json.Decoder(Place).decode
        self._calendars: tuple[int, Calendars] | None = None
        self._baselines: tuple[int, dict[str, Any]] = (-1, {})

    # ---- lines ---------------------------------------------------------------------------------------------------------

    def keys(self, project: str) -> list[str]:
        """The tasks of a project in the order of its plan."""
        return self._plans.get(project).keys

    def lines(self, project: str) -> Mapping[str, int]:
        """The line of each task of a project."""
        return self._plans.get(project).lines

    def line(self, key: str) -> int | None:
        """The line of a task in its plan, from 1; 0 for the row that stands for the plan itself."""
        project = self.project(key)
        return None if project is None else self._plans.get(project).lines.get(key)

    def on_line(self, project: str, line: int) -> str:
        """The task on a line of a plan; Fault says how many lines there are."""
        lines = self._plans.get(project).lines
        found = next((key for key, each in lines.items() if each == line), None)
        if found is None or line < 1:
            count = max(lines.values(), default=0)
            raise Fault(N_("there is no line {line}; this plan has {count}"), line=line, count=count)
        return found

    def project(self, key: str) -> str | None:
        """The project of a task; None where there is no such task."""
        raw = _raw(self.desk, key)
        return None if raw is None else self._project_of(raw).project  # type: ignore[arg-type]

    # ---- schedules -----------------------------------------------------------------------------------------------------

    def calendars(self) -> Calendars:
        """The working calendars, ready for plans."""
        from pmo_tui.analysis.working_time import Calendars
        from pmo_tui.records.calendars import Calendar

        version = self.desk.store.version("calendars")
        if self._calendars is None or self._calendars[0] != version:
            shelf = self.desk.store.shelf("calendars")
            decode = msgspec.json.Decoder(ready(Calendar)).decode
            self._calendars = (version, Calendars(decode(shelf.raw(number)) for number in shelf.numbers()))
        return self._calendars[1]

    def schedule(self, project: str) -> Schedule:
        """The schedule of a project. Fault says why it cannot be scheduled: a loop of links, a calendar without working time."""
        found = self._schedule(project)
        if isinstance(found, Fault):
            raise found
        return found

    def _schedule(self, project: str) -> Schedule | Fault:
        plan = self._plans.get(project)
        plan.refresh(self.desk)
        if plan.schedule is not None:
            return plan.schedule
        self._recent.pop(project, None)
        self._recent[project] = plan
        if len(self._recent) > RECENT:
            self._recent.pop(next(iter(self._recent))).schedule = None
        return plan.make_schedule(self.desk)

    def scheduled(self, key: str) -> Scheduled | None:
        """All computed figures of a task; None where its plan cannot be scheduled."""
        project = self.project(key)
        return None if project is None else self.figures(project).get(key)

    def figures(self, project: str) -> Mapping[str, Scheduled]:
        """The computed figures of all tasks of a project, in the order of its plan; empty where it cannot be scheduled."""
        plan = self._plans.get(project)
        plan.refresh(self.desk)
        if plan.figures is None:
            found = self._schedule(project)
            plan.figures = {} if isinstance(found, Fault) else dict(found)
        return plan.figures

    def figure(self, task: Task, name: str) -> Any:
        """A computed figure of a task, such as `early_start`; None where its plan cannot be scheduled (`why` tells)."""
        found = self.figures(task.project).get(task.key)
        return None if found is None else getattr(found, name)

    def why(self, key: str, name: str) -> Figure:
        """A computed figure of a task with what it follows from; undefined, with the reason, where its plan has no schedule."""
        from pmo_tui.analysis.figure import Figure
        from pmo_tui.analysis.scheduling_why import why

        try:
            return why(self.schedule(self._project(key)), key, name)
        except Fault as fault:
            return Figure(Task.computed[name].label, None, reason=fault.reason)

    def impact(self, changes: Mapping[str, Change]) -> Impact:
        """What moves when tasks of one plan are changed, before anything is written. Fault says what cannot be done."""
        from pmo_tui.analysis.scheduling_moves import impact

        projects = {self._project(key) for key in changes}
        if len(projects) != 1:
            raise Fault(N_("tasks of one plan can be moved at once, not of several"))
        return impact(self.schedule(projects.pop()), changes)

    def reschedule(self, project: str, status: date | None = None) -> dict[str, tuple[date, date]]:
        """New start and finish of the tasks whose record has others than their links give; what is not done after `status`."""
        from dataclasses import replace

        from pmo_tui.analysis.scheduling import Schedule, reschedule

        found = self.schedule(project)
        if status is not None:
            found = Schedule(replace(found.plan, status=status))
        stored = {task.key: (task.start, task.finish) for task in found.plan.tasks}
        return {key: days for key, days in reschedule(found).items() if stored[key] != days}

    def _project(self, key: str) -> str:
        project = self.project(key)
        if project is None:
            raise NotFound(N_("There is no task {key}."), key=key)
        return project

    # ---- baselines -----------------------------------------------------------------------------------------------------

    def baseline(self, task: Task, figure: str) -> Any:
        """`start` or `finish` of a task in the baseline taken last; None where it is in none."""
        row = self.baseline_rows().get(task.key)
        return None if row is None else getattr(row, figure)

    def baseline_rows(self) -> Mapping[str, Any]:
        """Each task as it is in the baseline taken last that it is in."""
        version = self.desk.store.version("baselines")
        if self._baselines[0] != version:
            shelf = self.desk.store.shelf("baselines")
            found: dict[str, Any] = {}
            taken = [msgspec.json.decode(shelf.raw(number), type=Baseline) for number in shelf.numbers()]
            for baseline in sorted(taken, key=lambda each: (str(each.taken_on or ""), each.number)):
                found |= {row.task: row for row in baseline.tasks}
            self._baselines = (version, found)
        return self._baselines[1]
