"""The backward pass: the latest that each task can finish and start without moving the end of the project or breaking a limit.

FS: finish ≤ start of the successor − lag. SS: start ≤ its start − lag. FF: finish ≤ its finish − lag. SF: start ≤ its finish − lag.
A deadline, FNLT and MFO cap the late finish, SNLT and MSO the late start, so that float can be negative. What a successor that
keeps its dates allows is measured from those dates.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pmo_tui.analysis.scheduling_forward import Early, Forward
from pmo_tui.analysis.scheduling_nodes import HELD, Node, Tie
from pmo_tui.analysis.working_time import WorkingTime, day_at


@dataclass(slots=True)
class Late:
    """Working minutes before late start and late finish by place."""

    starts: list[int]
    finishes: list[int]


class Backward:
    """The pass over a network whose early dates are known."""

    def __init__(self, forward: Forward, early: Early) -> None:
        self.forward = forward
        self.nodes = forward.network.nodes
        self.early = early
        self.end = self._end()
        self._ends: dict[WorkingTime, int] = {}
        count = len(self.nodes)
        self.late = Late([0] * count, [0] * count)
        self._limits = Late([0] * count, [0] * count)
        self._caps: dict[int, int] = {}
        self._start_caps: dict[int, int] = {}
        self._run()

    def _end(self) -> int:
        """The instant at which the last active task finishes."""
        last: dict[WorkingTime, int] = {}
        for place in range(len(self.forward.network.tasks)):
            node = self.nodes[place]
            if node.state not in ("inactive", "summary"):
                finish = self.early.finishes[place]
                if finish > last.get(node.clock, finish - 1):
                    last[node.clock] = finish
        return max((clock.instant(finish) for clock, finish in last.items()), default=self.forward.project_start)

    def end_on(self, clock: WorkingTime) -> int:
        """Working minutes of a clock before the end of the project."""
        if clock not in self._ends:
            self._ends[clock] = clock.worked(self.end)
        return self._ends[clock]

    def bound(self, tie: Tie) -> int:
        """How late a tie lets its source start or finish, by the late dates of its target."""
        limits = self._limits.finishes if tie.to_finish else self._limits.starts
        return back(self.forward, tie, limits[tie.target])

    def cap(self, summary: int) -> int | None:
        """The instant by which all under a summary must be done; None where that is the end of the project."""
        return self._caps.get(summary)

    def _run(self) -> None:
        for place in reversed(self.forward.network.order):
            node = self.nodes[place]
            finish, start = self._allowed(place, node)
            if node.state == "summary":
                self._hand_down(place, node, finish, start)
            elif node.state == "gate":
                self._limits.starts[place], self._limits.finishes[place] = start, finish
            else:
                self._place(place, node, finish, start)
        for place in reversed(range(len(self.forward.network.tasks))):
            if self.nodes[place].state == "summary":
                self._roll_up(place, self.nodes[place])

    # ---- one node ------------------------------------------------------------------------------------------------------

    def _allowed(self, place: int, node: Node) -> tuple[int, int]:
        """How late the node may finish and start, by its successors, its summary, its deadline and its constraint."""
        end = self.end_on(node.clock)
        finish, start = end, end
        if node.parent in self._caps:
            finish = min(finish, node.clock.worked(self._caps[node.parent]))
        if place in self._start_caps:
            start = min(start, node.clock.worked(self._start_caps[place]))
        for tie in node.outgoing:
            if tie.open:
                bound = self.bound(tie)
                if tie.from_finish:
                    if bound < finish:
                        finish = bound
                elif bound < start:
                    start = bound
        if node.task.deadline:
            finish = min(finish, node.clock.worked(node.calendar.last_of(node.task.deadline)))
        if node.task.constraint_date and node.state in ("auto", "started", "summary"):
            finish, start = self._constrained(place, node, node.task.constraint_date, finish, start)
        return finish, start

    def _constrained(self, place: int, node: Node, day: date, finish: int, start: int) -> tuple[int, int]:
        kind = node.task.constraint
        if kind == "FNLT" or (kind == "MFO" and node.state != "auto"):
            return min(finish, node.clock.worked(node.calendar.last_of(day))), start
        if place in self.forward.pins:
            return finish, min(start, self.early.starts[place] >> 1)
        if kind == "SNLT" and node.state != "started":
            return finish, min(start, self._latest_start(place, node, day))
        return finish, start

    def _latest_start(self, place: int, node: Node, day: date) -> int:
        """The beginning of the day, or of the working day before it; later on that day for a task that starts then anyway."""
        last = node.calendar.last_of(day)
        first = node.calendar.first_of(day_at(last - 1))
        if not node.duration and node.state == "auto":
            return node.clock.worked(last)
        early = node.clock.instant(self.early.starts[place])
        return node.clock.worked(early if first <= early < last else first)

    def _place(self, place: int, node: Node, finish: int, start: int) -> None:
        """Late dates from how late it may finish and start; what its predecessors must leave it is kept beside."""
        early_start, early_finish = self.early.starts[place] >> 1, self.early.finishes[place] >> 1
        limits, late = self._limits, self.late
        if node.state == "auto":
            late.finishes[place] = limits.finishes[place] = min(finish, start + node.duration)
            late.starts[place] = limits.starts[place] = late.finishes[place] - node.duration
            return
        if node.state in ("done", "inactive"):
            late.starts[place], late.finishes[place] = early_start, early_finish
        elif node.state == "started":
            late.starts[place], late.finishes[place] = early_start, finish
            limits.starts[place], limits.finishes[place] = finish - node.remaining, finish
            return
        else:
            late.finishes[place] = min(finish, start + early_finish - early_start)
            late.starts[place] = late.finishes[place] - (early_finish - early_start)
        limits.starts[place], limits.finishes[place] = early_start, early_finish

    def _hand_down(self, place: int, node: Node, finish: int, start: int) -> None:
        """A summary is as late as the tasks under it: all must be done by its late finish, the first begun by its late start."""
        if finish < self.end_on(node.clock):
            self._caps[place] = node.clock.resumes(finish)
        if start < self.end_on(node.clock):
            first = first_under(self.nodes, self.early, node)
            if first is not None:
                self._start_caps[first] = node.clock.resumes(start)

    def _roll_up(self, place: int, node: Node) -> None:
        """Late dates of a summary: the first late start and the last late finish under it."""
        counted = [child for child in node.children if self.nodes[child].state != "inactive"]
        if not counted:
            self.late.starts[place], self.late.finishes[place] = (
                self.early.starts[place] >> 1,
                self.early.finishes[place] >> 1,
            )
            return
        if all(self.nodes[child].clock is node.clock for child in counted):
            self.late.starts[place] = min(self.late.starts[child] for child in counted)
            self.late.finishes[place] = max(self.late.finishes[child] for child in counted)
            return
        clocks = [self.nodes[child].clock for child in counted]
        first = min(clock.resumes(self.late.starts[child]) for clock, child in zip(clocks, counted, strict=True))
        last = max(clock.reached(self.late.finishes[child]) for clock, child in zip(clocks, counted, strict=True))
        self.late.starts[place], self.late.finishes[place] = node.clock.worked(first), node.clock.worked(last)


def first_under(nodes: list[Node], early: Early, summary: Node) -> int | None:
    """The place of the task under a summary that decides when it starts: the first to start of those that can move."""
    movable = [child for child in summary.children if nodes[child].state not in HELD]
    return min(movable, key=lambda child: nodes[child].clock.instant(early.starts[child]), default=None)


def back(forward: Forward, tie: Tie, work: int) -> int:
    """How late a tie lets its source start or finish, when its target does so after `work` minutes. Both by their own clocks."""
    delay = forward.delays.get(tie.target) if forward.delays and not tie.to_finish else None
    if tie.plain and delay is None:
        return work - tie.lag
    nodes = forward.network.nodes
    target = nodes[tie.target]
    calendar = target.calendar
    instant = target.clock.resumes(work)
    for minutes, elapsed in (delay or (0, False), (tie.lag, tie.elapsed)):
        if elapsed:
            instant -= minutes
        elif minutes:
            instant = calendar.resumes(calendar.worked(instant) - minutes)
    return nodes[tie.source].clock.worked(instant)
