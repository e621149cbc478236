"""The schedule of a plan: early and late dates, floats and the critical path from its tasks, links and calendars.

Dates are inclusive, as on records: a finish is the last working day, a milestone stands on one day. Inside, time is counted in
working minutes (`working_time`), intervals are half open. A date constraint or deadline means its whole day.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from pmo_tui.analysis.scheduling_backward import Backward, Late
from pmo_tui.analysis.scheduling_days import Days, early_days, late_days
from pmo_tui.analysis.scheduling_floats import OVER, Floats
from pmo_tui.analysis.scheduling_forward import Forward, driving
from pmo_tui.analysis.scheduling_network import Network
from pmo_tui.analysis.scheduling_nodes import State
from pmo_tui.analysis.working_time import Calendars, day_at
from pmo_tui.records.planning import Task


@dataclass(frozen=True, slots=True)
class Plan:
    """What a schedule is made from.

    `tasks` are all tasks of one project, `start` and `calendar` the project's own: an undated one begins with its earliest task, else
    `today`; without a calendar the office week counts. With a `status` date, what is not done yet is planned after that day.
    `others` are tasks of other projects that links name: their stored dates count.
    """

    tasks: Sequence[Task]
    calendars: Calendars
    today: date
    start: date | None = None
    calendar: str | None = None
    status: date | None = None
    others: Mapping[str, Task] = field(default_factory=dict)

    def first_day(self) -> date:
        """The day on which the plan begins."""
        starts = [start for task in self.tasks if task.active and (start := task.actual_start or task.start)]
        return self.start or min(starts, default=self.today)


@dataclass(frozen=True, slots=True)
class Scheduled:
    """The figures of one task. Floats are durations in days (`3d`, `-2d`); `drivers` are the predecessors that decide its start.

    `state` says how it got its dates: `auto` by the schedule, `summary` by what stands under it, else (`manual`, `external`,
    `inactive`, `started`, `done`) it keeps dates of its record.
    """

    early_start: date
    early_finish: date
    late_start: date
    late_finish: date
    total_float: str
    free_float: str
    critical: bool
    drivers: tuple[str, ...]
    state: State


class Passes:
    """The early dates of a plan, and the late ones when they are asked for or when some task is as late as possible."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.network = Network(plan.tasks, plan.calendars, plan.calendar, plan.others)
        self.forward = Forward(self.network, plan.first_day(), plan.status)
        self.early = self.forward.run()
        self._backward: Backward | None = None
        late = [place for place, node in enumerate(self.network.nodes) if node.task.constraint == "ALAP"]
        if late:
            latest = {place: self.late.starts[place] for place in late if self.network.nodes[place].state == "auto"}
            self.early = self.forward.run(latest)

    @property
    def backward(self) -> Backward:
        """The backward pass, made once."""
        if self._backward is None:
            self._backward = Backward(self.forward, self.early)
        return self._backward

    @property
    def late(self) -> Late:
        """Late dates."""
        return self.backward.late


class Schedule(Mapping[str, Scheduled]):
    """The schedule of one plan by task key, in plan order. Passes are made at once, a task's figures when they are asked for."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.passes = Passes(plan)
        self.network = self.passes.network
        self.floats = Floats(self.passes.forward, self.passes.early, self.passes.late, self.passes.backward.end)
        self.early_days: Days = early_days(self.network, self.passes.early)
        self.late_days: Days = late_days(self.network, self.passes.early, self.passes.late, self.early_days)
        self._ready: dict[int, Scheduled] = {}

    def __getitem__(self, key: str) -> Scheduled:
        place = self.place(key)
        found = self._ready.get(place)
        if found is None:
            found = self._ready[place] = self._figures(place)
        return found

    def __iter__(self) -> Iterator[str]:
        return (task.key for task in self.network.tasks)

    def __len__(self) -> int:
        return len(self.network.tasks)

    def place(self, key: str) -> int:
        """The row of a task in the plan, from 0; KeyError where it is not in it."""
        place = self.network.places[key]
        if place >= len(self.network.tasks):
            raise KeyError(key)
        return place

    @property
    def start(self) -> date:
        """The first working day of the plan."""
        return day_at(self.passes.forward.project_start)

    @property
    def finish(self) -> date:
        """The day on which the last task finishes."""
        return day_at(max(self.passes.backward.end - 1, self.passes.forward.project_start))

    def _figures(self, place: int) -> Scheduled:
        node = self.network.nodes[place]
        total = self.floats.total(place)
        return Scheduled(
            *self.early_days[place],
            *self.late_days[place],
            node.calendar.days(total),
            node.calendar.days(self.floats.free(place)),
            total <= 0 and self._open(place),
            tuple(
                self.network.nodes[tie.source].task.key
                for tie in driving(self.passes.forward, self.passes.early, place)
            ),
            node.state,
        )

    def _open(self, place: int) -> bool:
        """Whether there is still something to do."""
        node = self.network.nodes[place]
        return any(map(self._open, node.children)) if node.state == "summary" else node.state not in OVER


def schedule(
    tasks: Sequence[Task],
    calendars: Calendars,
    *,
    today: date,
    start: date | None = None,
    calendar: str | None = None,
    status: date | None = None,
    others: Mapping[str, Task] | None = None,
) -> Schedule:
    """The schedule of one project; `Plan` tells what each input means.

    Fault names what cannot be scheduled: a loop of links, a calendar without working time.
    """
    return Schedule(Plan(tasks, calendars, today, start, calendar, status, others or {}))


def reschedule(plan: Schedule) -> dict[str, tuple[date, date]]:
    """New start and finish of every task that gets them by its links or from what stands under it; also of those under way."""
    return {
        task.key: plan.early_days[place]
        for place, task in enumerate(plan.network.tasks)
        if plan.network.nodes[place].state in ("auto", "started", "summary")
    }
