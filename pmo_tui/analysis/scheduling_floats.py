"""Float: how far a task can slip, in working minutes of its calendar.

Total float is the smaller of late start − early start and late finish − early finish; of a started task the second alone. Free float is the
smallest room that a link leaves before its successor, or the end of the plan, moves, not below 0; without an open successor it is the
total float.
"""

from __future__ import annotations

from collections.abc import Iterator

from pmo_tui.analysis.scheduling_backward import Late, back, first_under
from pmo_tui.analysis.scheduling_forward import Early, Forward
from pmo_tui.analysis.scheduling_nodes import Node, Tie
from pmo_tui.analysis.working_time import WorkingTime

OVER = frozenset({"done", "inactive"})
"""States that have no float left to speak of."""


class Floats:
    """Floats of a network whose early and late dates are known, each worked out when asked for. `end` is the plan's last instant."""

    def __init__(self, forward: Forward, early: Early, late: Late, end: int) -> None:
        self.forward = forward
        self.end = end
        self.nodes = forward.network.nodes
        self.early = early
        self.late = late
        self._ends: dict[WorkingTime, int] = {}
        self._firsts: dict[int, int | None] = {}
        self._totals: dict[int, int] = {}

    def total(self, place: int) -> int:
        """The total float; of a summary task the smallest under it."""
        found = self._totals.get(place)
        if found is None:
            found = self._totals[place] = self._total(place, self.nodes[place])
        return found

    def _total(self, place: int, node: Node) -> int:
        if node.state in OVER:
            return 0
        if node.state == "summary":
            under = [self.total(child) for child in node.children if self.nodes[child].state not in OVER]
            return min(under, default=0)
        early, late = self.early, self.late
        by_finish = room(node, early.finishes[place] >> 1, late.finishes[place])
        if node.state == "started":
            return by_finish
        start = early.wanted.get(place, early.starts[place])
        return min(by_finish, room(node, start >> 1, late.starts[place]))

    def free(self, place: int) -> int:
        """The free float."""
        node = self.nodes[place]
        if node.state in OVER:
            return 0
        rooms = list(self._rooms(place, node))
        if not rooms:
            return max(0, self.total(place))
        return max(0, min(self._room(place, node, self._end_on(node.clock), True), *rooms))

    def _room(self, place: int, node: Node, bound: int, of_finish: bool) -> int:
        """How far the task can slip until its finish, or its start, is at `bound`; an elapsed one with both ends counted."""
        starts_at, ends_at = self.early.starts[place] >> 1, self.early.finishes[place] >> 1
        length = ends_at - starts_at
        finish = bound if of_finish else bound + length
        by_finish = room(node, ends_at, finish)
        if node.clock is node.calendar:
            return by_finish
        return min(by_finish, room(node, starts_at, finish - length))

    def _end_on(self, clock: WorkingTime) -> int:
        found = self._ends.get(clock)
        if found is None:
            found = self._ends[clock] = clock.worked(self.end)
        return found

    def _rooms(self, place: int, node: Node) -> Iterator[int]:
        """The room before each link would move its successor: own links, and those of the summaries it stands under."""
        for tie in node.outgoing:
            if tie.open:
                yield self._room(place, node, self._bound(tie), tie.from_finish)
        above, below, leads = node.parent, place, True
        while above >= 0 and self.nodes[above].state == "summary":
            summary = self.nodes[above]
            leads = leads and self._first_under(above) == below
            for tie in summary.outgoing:
                if tie.open and (tie.from_finish or leads):
                    latest = node.clock.worked(summary.clock.resumes(self._bound(tie)))
                    yield self._room(place, node, latest, tie.from_finish)
            above, below = summary.parent, above

    def _first_under(self, summary: int) -> int | None:
        if summary not in self._firsts:
            self._firsts[summary] = first_under(self.nodes, self.early, self.nodes[summary])
        return self._firsts[summary]

    def _bound(self, tie: Tie) -> int:
        """How late the source of a tie may be while its target keeps its early dates."""
        target = self.nodes[tie.target]
        if target.state == "gate":
            through = [each for each in target.outgoing if each.from_finish == tie.to_finish]
            if not through:
                return back(self.forward, tie, self._end_on(target.clock))
            return back(self.forward, tie, min(self._bound(each) for each in through))
        position = self.early.finishes[tie.target] if tie.to_finish else self.early.starts[tie.target]
        return back(self.forward, tie, position >> 1)


def room(node: Node, early: int, late: int) -> int:
    """Working minutes from one count of the node's clock to another; for an elapsed task on its working calendar."""
    if node.clock is node.calendar:
        return late - early
    return node.calendar.between(node.clock.resumes(early), node.clock.resumes(late))
