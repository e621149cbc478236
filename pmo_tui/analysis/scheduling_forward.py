"""The forward pass: the earliest that each task can start and finish, in working time of its own calendar.

FS: start ≥ finish of the predecessor + lag. SS: start ≥ its start + lag. FF: finish ≥ its finish + lag. SF: finish ≥ its start + lag;
for the last two the start follows by the duration backwards. Then no earlier than the project's start and the date constraints
allow, and the levelling delay later.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from pmo_tui.analysis.scheduling_network import Network
from pmo_tui.analysis.scheduling_nodes import HELD, Node, Tie, own_positions
from pmo_tui.analysis.working_time import BEFORE_EVERYTHING, MINUTES_PER_DAY, WorkingTime, midnight

Pin = Callable[[int], int]
"""From where links would have a task start to where its constraint has it start; both are positions."""


@dataclass(slots=True)
class Early:
    """Positions of early start and finish by place. `wanted` is where the links would have a pinned task start."""

    starts: list[int]
    finishes: list[int]
    wanted: dict[int, int] = field(default_factory=dict)


class Forward:
    """What bounds the tasks of a network beside their links, and the pass itself.

    `start` is the first day of the project. After a `status` date no work is planned up to and including that day.
    """

    def __init__(self, network: Network, start: date, status: date | None = None) -> None:
        self.network = network
        self.project_start = network.calendar.first_of(start)
        self.status_end = None if status is None else midnight(status) + MINUTES_PER_DAY
        self._floors: dict[WorkingTime, int] = {}
        self.floors: dict[int, int] = {}
        self.finish_floors: dict[int, int] = {}
        self.pins: dict[int, Pin] = {}
        self.delays: dict[int, tuple[int, bool]] = {}
        for place, node in enumerate(network.nodes):
            if node.state in ("auto", "gate"):
                self._bounds(place, node)

    # ---- bounds --------------------------------------------------------------------------------------------------------

    def floor(self, clock: WorkingTime) -> int:
        """The earliest position at which anything may start on a clock."""
        found = self._floors.get(clock)
        if found is None:
            earliest = self.project_start
            if self.status_end is not None and self.status_end > earliest:
                earliest = clock.next_work(self.status_end)
            found = self._floors[clock] = 2 * clock.worked(earliest) + 1
        return found

    def _bounds(self, place: int, node: Node) -> None:
        task, clock, day = node.task, node.clock, node.task.constraint_date
        if task.levelling_delay and node.state == "auto":
            self.delays[place] = node.calendar.minutes(task.levelling_delay)
        if day is None:
            return
        if task.constraint == "SNET" or (task.constraint == "MSO" and node.state == "gate"):
            self.floors[place] = clock.position(node.calendar.first_of(day))
        elif task.constraint == "FNET":
            self._finish_floor(place, node, day)
        elif task.constraint == "MSO":
            self.pins[place] = _starts_on(node, day)
        elif task.constraint == "MFO" and node.state == "auto":
            last = clock.position(node.calendar.last_of(day))
            pinned = 2 * ((last >> 1) - node.duration) + 1 if node.duration else last
            self.pins[place] = lambda wanted: pinned

    def _finish_floor(self, place: int, node: Node, day: date) -> None:
        """The end of the day, or of the next working one; also for a milestone, which is reached when the day is over."""
        first = node.calendar.first_of(day)
        next_midnight = (first // MINUTES_PER_DAY + 1) * MINUTES_PER_DAY
        last = node.calendar.reached(node.calendar.worked(next_midnight))
        self.finish_floors[place] = node.clock.position(last)

    # ---- the pass ------------------------------------------------------------------------------------------------------

    def run(self, late_starts: Mapping[int, int] | None = None) -> Early:
        """Early dates of every node. Tasks in `late_starts` (as late as possible) start no earlier than that many minutes."""
        nodes = self.network.nodes
        starts, finishes = [BEFORE_EVERYTHING] * len(nodes), [BEFORE_EVERYTHING] * len(nodes)
        early = Early(starts, finishes)
        floors = self.floors
        if late_starts:
            floors = dict(floors)
            for place, work in late_starts.items():
                floors[place] = max(floors.get(place, BEFORE_EVERYTHING), 2 * work + 1)
        for place in self.network.order:
            node = nodes[place]
            if node.state in HELD:
                starts[place], finishes[place] = own_positions(node, self.floor(node.clock), self.status_end)
                continue
            if node.state == "summary":
                starts[place], finishes[place] = self._rolled_up(node, early)
                continue
            start = max(self.floor(node.clock), floors.get(place, BEFORE_EVERYTHING))
            finish = self.finish_floors.get(place, BEFORE_EVERYTHING)
            for tie in node.incoming:
                bound = finishes[tie.source] if tie.from_finish else starts[tie.source]
                if tie.lag or not tie.plain:
                    bound = ahead(nodes, tie, bound)
                if tie.to_finish:
                    if bound > finish:
                        finish = bound
                elif bound > start:
                    start = bound
            if node.state == "gate":
                starts[place], finishes[place] = start, finish
            else:
                starts[place], finishes[place] = self._placed(place, node, start, finish, early)
        return early

    def _placed(self, place: int, node: Node, start: int, finish: int, early: Early) -> tuple[int, int]:
        """Start and finish of a task that may not start before `start` nor finish before `finish`."""
        duration = node.duration
        if place in self.delays:
            start = delayed(node, start, *self.delays[place])
        if not duration:
            start = max(start, finish)
            if place in self.pins:
                early.wanted[place] = start
                start = self.pins[place](start)
            return start, start
        work = max(start >> 1, (finish >> 1) - duration)
        if place in self.pins:
            early.wanted[place] = 2 * work + 1
            work = self.pins[place](2 * work + 1) >> 1
        return 2 * work + 1, 2 * (work + duration)

    def _rolled_up(self, node: Node, early: Early) -> tuple[int, int]:
        """From the first start to the last finish under a summary; its own dates where nothing active stands under it."""
        nodes = self.network.nodes
        counted = [child for child in node.children if nodes[child].state != "inactive"]
        if not counted:
            return own_positions(node, self.floor(node.clock), None)
        if all(nodes[child].clock is node.clock for child in counted):
            return min(early.starts[child] for child in counted), max(early.finishes[child] for child in counted)
        first = min(nodes[child].clock.instant(early.starts[child]) for child in counted)
        last = max(nodes[child].clock.instant(early.finishes[child]) for child in counted)
        return node.clock.position(first), node.clock.position(last)


def _starts_on(node: Node, day: date) -> Pin:
    """At any time of that day when links have it so, else at its beginning."""
    first = node.clock.position(node.calendar.first_of(day))
    last = node.clock.position(node.calendar.last_of(day))
    return lambda wanted: wanted if first <= wanted <= last else first


def ahead(nodes: list[Node], tie: Tie, position: int) -> int:
    """Where a tie has its target start or finish at the earliest, from the position of its source."""
    lag = tie.lag
    if tie.plain:
        if not lag:
            return position
        return (position | 1) - 1 + 2 * lag if lag > 0 else (position | 1) + 2 * lag
    target = nodes[tie.target]
    instant = nodes[tie.source].clock.instant(position)
    instant = instant + lag if tie.elapsed else target.calendar.add(instant, lag)
    return target.clock.position(instant)


def delayed(node: Node, start: int, delay: int, elapsed: bool) -> int:
    """A start put off by the levelling delay."""
    instant = node.clock.instant(start)
    instant = instant + delay if elapsed else node.calendar.add(node.calendar.next_work(instant), delay)
    return node.clock.position(instant)


def driving(forward: Forward, early: Early, place: int) -> list[Tie]:
    """Of the ties into an automatic task those that its early start follows from; through gates, the ties into these."""
    nodes = forward.network.nodes
    node = nodes[place]
    if node.state not in ("auto", "gate"):
        return []
    found: list[Tie] = []
    for tie in node.incoming:
        bound = early.finishes[tie.source] if tie.from_finish else early.starts[tie.source]
        if tie.lag or not tie.plain:
            bound = ahead(nodes, tie, bound)
        if tie.to_finish:
            drives = bound >> 1 == early.finishes[place] >> 1
        else:
            if place in forward.delays:
                bound = delayed(node, bound, *forward.delays[place])
            drives = bound >> 1 == early.starts[place] >> 1
        if drives:
            found += driving(forward, early, tie.source) if nodes[tie.source].state == "gate" else [tie]
    return found
