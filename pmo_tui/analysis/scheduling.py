"""The schedule of a plan: early and late dates, floats and the critical path from its tasks, links and calendars.

Dates are inclusive, as on records: a finish is the last working day, a milestone stands on one day. Inside, time is counted in
working minutes (`working_time`), intervals are half open. A date constraint or deadline means its whole day.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pmo_tui.analysis.scheduling_backward import Backward
from pmo_tui.analysis.scheduling_floats import OVER, Floats
from pmo_tui.analysis.scheduling_forward import Early, Forward, ahead, delayed
from pmo_tui.analysis.scheduling_network import Network
from pmo_tui.analysis.scheduling_nodes import Node, State, Tie, own_dates
from pmo_tui.analysis.working_time import Calendars, day_at
from pmo_tui.records.planning import Task


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


class Schedule(Mapping[str, Scheduled]):
    """The schedule of one plan by task key, in plan order. Both passes are made at once, a task's figures when asked for."""

    def __init__(self, network: Network, start: date, status: date | None = None) -> None:
        self.network = network
        self.forward = Forward(network, start, status)
        self.early = self.forward.run()
        self.backward = Backward(self.forward, self.early)
        self.late = self.backward.run()
        as_late_as_possible = {
            place: self.late.starts[place]
            for place, node in enumerate(network.nodes)
            if node.task.constraint == "ALAP" and node.state == "auto"
        }
        if as_late_as_possible:
            self.early = self.forward.run(as_late_as_possible)
        self.floats = Floats(self.forward, self.early, self.late, self.backward.end)
        self._ready: dict[int, Scheduled] = {}

    def __getitem__(self, key: str) -> Scheduled:
        place = self.network.places[key]
        if place >= len(self.network.tasks):
            raise KeyError(key)
        return self._at(place)

    def __iter__(self) -> Iterator[str]:
        return (task.key for task in self.network.tasks)

    def __len__(self) -> int:
        return len(self.network.tasks)

    @property
    def start(self) -> date:
        """The first day of the plan, as it was given or found."""
        return day_at(self.forward.project_start)

    @property
    def finish(self) -> date:
        """The day on which the last task finishes."""
        return day_at(max(self.backward.end - 1, self.forward.project_start))

    # ---- one task ------------------------------------------------------------------------------------------------------

    def _at(self, place: int) -> Scheduled:
        found = self._ready.get(place)
        if found is None:
            node = self.network.nodes[place]
            total = self.floats.total(place)
            early_start, early_finish = self.early_days(place)
            late_start, late_finish = self._late_days(place, node, early_start, early_finish)
            found = self._ready[place] = Scheduled(
                early_start,
                early_finish,
                late_start,
                late_finish,
                node.calendar.days(total),
                node.calendar.days(self.floats.free(place)),
                total <= 0 and self._open(place, node),
                tuple(self.network.nodes[tie.source].task.key for tie in self.driving(place)),
                node.state,
            )
        return found

    def _open(self, place: int, node: Node) -> bool:
        """Whether there is still something to do."""
        if node.state == "summary":
            return any(self._open(child, self.network.nodes[child]) for child in node.children)
        return node.state not in OVER

    def early_days(self, place: int) -> tuple[date, date]:
        """Early start and finish of the task at a place."""
        return early_days(self.network, self.early, place)

    def _late_days(self, place: int, node: Node, early_start: date, early_finish: date) -> tuple[date, date]:
        if node.state == "summary":
            under = [self._at(child) for child in node.children if self.network.nodes[child].state != "inactive"]
            if under:
                return min(each.late_start for each in under), max(each.late_finish for each in under)
        if node.state in OVER:
            return early_start, early_finish
        start, finish = self.late.starts[place], self.late.finishes[place]
        same_finish = finish == self.early.finishes[place] >> 1
        if same_finish and (start == finish or node.state != "auto"):
            return early_start, early_finish
        late_finish = day_at(node.clock.reached(finish) - 1)
        if node.state == "started":
            return early_start, late_finish
        return (late_finish if start == finish else day_at(node.clock.resumes(start))), late_finish

    def driving(self, place: int) -> list[Tie]:
        """The ties of the predecessors that decide the early start; of a summary task those its gate waits for."""
        return driving(self.forward, self.early, place)


def early_days(network: Network, early: Early, place: int) -> tuple[date, date]:
    """Early start and finish as days: of the record where it keeps them, of a summary from what stands under it."""
    node = network.nodes[place]
    if node.state == "summary":
        under = [
            early_days(network, early, child) for child in node.children if network.nodes[child].state != "inactive"
        ]
        if under:
            return min(start for start, _ in under), max(finish for _, finish in under)
    start, finish = own_dates(node.task, node.state) if node.state not in ("auto", "summary") else (None, None)
    first, last = early.starts[place], early.finishes[place]
    if first == last:
        day = start or finish or day_at(node.clock.instant(first) - (1 - (first & 1)))
        return day, finish or day
    return start or day_at(node.clock.resumes(first >> 1)), finish or day_at(node.clock.reached(last >> 1) - 1)


def driving(forward: Forward, early: Early, place: int) -> list[Tie]:
    """Of the ties into an automatic task those that its early start follows from; through gates, the ties into these."""
    nodes = forward.network.nodes
    node = nodes[place]
    if node.state not in ("auto", "gate"):
        return []
    found: list[Tie] = []
    for tie in node.incoming:
        bound = ahead(nodes, tie, early.finishes[tie.source] if tie.from_finish else early.starts[tie.source])
        if tie.to_finish:
            drives = bound >> 1 == early.finishes[place] >> 1
        else:
            if place in forward.delays:
                bound = delayed(node, bound, *forward.delays[place])
            drives = bound >> 1 == early.starts[place] >> 1
        if drives:
            found += driving(forward, early, tie.source) if nodes[tie.source].state == "gate" else [tie]
    return found


def first_day(tasks: Sequence[Task], today: date) -> date:
    """Where an undated plan begins: with its earliest start, else today."""
    starts = [start for task in tasks if task.active and (start := task.actual_start or task.start)]
    return min(starts, default=today)


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
    """The schedule of one project.

    `tasks` are all tasks of the project, `start` and `calendar` the project's own (an undated one begins with its earliest task, else
    `today`; without a calendar the office week counts). With a `status` date, what is not done yet is planned after that day.
    `others` are tasks of other projects that links name: their stored dates count. Fault names what cannot be scheduled:
    a loop of links, a calendar without working time.
    """
    network = Network(tasks, calendars, calendar, others)
    return Schedule(network, start or first_day(tasks, today), status)
