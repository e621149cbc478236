"""A plan as a network: its tasks as nodes in an order in which every predecessor comes first, its links as ties.

A link from a summary task starts where the tasks under it start or finish. A link to one binds every task under it: the
summary's gate, a node of its own, waits for the predecessors, and the tasks wait for the gate.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from pmo_tui.analysis.scheduling_nodes import Node, State, Tie, node, parents
from pmo_tui.analysis.waiting import in_order, round_trip
from pmo_tui.analysis.working_time import ROUND_THE_CLOCK, Calendars
from pmo_tui.records.errors import Fault
from pmo_tui.records.marks import N_
from pmo_tui.records.planning import Link, Task

START_CONSTRAINTS = frozenset({"SNET", "FNET", "MSO"})
"""Constraints of a summary task that keep the tasks under it from starting early."""


class Network:
    """The nodes of one plan. Places 0 to `len(tasks)` - 1 are its tasks in their order; then linked tasks of other plans and gates."""

    def __init__(
        self,
        tasks: Sequence[Task],
        calendars: Calendars,
        calendar: str | None = None,
        others: Mapping[str, Task] | None = None,
    ) -> None:
        self.tasks = sorted(tasks, key=lambda task: task.position)
        self.calendar = calendars.of(calendar)
        self.places = {task.key: place for place, task in enumerate(self.tasks)}
        above = parents(self.tasks)
        summaries = set(above)
        self.nodes: list[Node] = [
            node(task, calendars, calendar, place in summaries) for place, task in enumerate(self.tasks)
        ]
        for place, parent in enumerate(above):
            self.nodes[place].parent = parent
            if parent >= 0:
                self.nodes[parent].children.append(place)
        self._share_clocks()
        self.gates: dict[int, int] = {}
        self._add_others(calendars, others or {})
        self._add_gates()
        self._add_links()
        self._hand_down()
        self.order = self._ordered()

    # ---- building ------------------------------------------------------------------------------------------------------

    def _add_others(self, calendars: Calendars, others: Mapping[str, Task]) -> None:
        """Tasks of other plans that this one waits for: their stored dates count."""
        for task in self.tasks:
            for link in task.predecessors:
                other = None if link.task in self.places else others.get(link.task)
                if other is not None and (other.start or other.finish):
                    made = node(other, calendars, None)
                    made.state = "inactive" if made.state == "inactive" else "external"
                    self.places[link.task] = len(self.nodes)
                    self.nodes.append(made)

    def _share_clocks(self) -> None:
        """A summary counts on the clock that all under it share, else round the clock, so that it loses no minute of theirs."""
        for each in reversed(self.nodes):
            if each.state == "summary" and each.children:
                clocks = {self.nodes[child].clock for child in each.children}
                each.clock = clocks.pop() if len(clocks) == 1 else ROUND_THE_CLOCK

    def _add_gates(self) -> None:
        for place in range(len(self.tasks)):
            each = self.nodes[place]
            if each.state == "summary" and (each.task.predecessors or each.task.constraint in START_CONSTRAINTS):
                self.gates[place] = len(self.nodes)
                self.nodes.append(Node(each.task, "gate", each.calendar, each.clock))

    def _add_links(self) -> None:
        for place, task in enumerate(self.tasks):
            if self.nodes[place].state == "inactive":
                continue
            for link in task.predecessors:
                source = self.places.get(link.task)
                if source is not None and self.nodes[source].state != "inactive":
                    self._tie(self._made(link, source, self.gates.get(place, place)))

    def _made(self, link: Link, source: int, target: int) -> Tie:
        """A link as a tie, its lag in minutes."""
        before, after = self.nodes[source], self.nodes[target]
        lag, elapsed = 0, False
        if link.lag.endswith("%"):
            elapsed = before.elapsed
            lag = round(before.duration * Decimal(link.lag[:-1]) / 100)
        elif link.lag:
            lag, elapsed = after.calendar.minutes(link.lag)
        plain = before.clock is after.clock is after.calendar and not (elapsed and lag)
        from_finish, to_finish = link.type in ("FS", "FF"), link.type in ("FF", "SF")
        return Tie(source, target, from_finish, to_finish, lag, elapsed, plain, link=link)

    def _tie(self, tie: Tie) -> None:
        tie.open = is_open(self.nodes[tie.source].state, self.nodes[tie.target].state, tie)
        self.nodes[tie.source].outgoing.append(tie)
        self.nodes[tie.target].incoming.append(tie)

    def _hand_down(self) -> None:
        """Ties from each gate to the tasks under its summary, and to the gates of summaries under it."""
        binds_finish: dict[int, bool] = {}
        for summary, gate in self.gates.items():
            above = self._gate_above(summary)
            own = any(tie.to_finish for tie in self.nodes[gate].incoming) or self.nodes[gate].task.constraint == "FNET"
            if above >= 0:
                self._pass_on(above, gate, binds_finish[above])
            binds_finish[gate] = own or (above >= 0 and binds_finish[above])
        if not self.gates:
            return
        for place in range(len(self.tasks)):
            if self.nodes[place].state == "auto":
                above = self._gate_above(place)
                if above >= 0:
                    self._pass_on(above, place, binds_finish[above])

    def _gate_above(self, place: int) -> int:
        """The nearest gate of a summary that the task stands under, -1 where there is none."""
        above = self.nodes[place].parent
        while above >= 0 and above not in self.gates:
            above = self.nodes[above].parent
        return self.gates[above] if above >= 0 else -1

    def _pass_on(self, gate: int, target: int, finish: bool) -> None:
        plain = self.nodes[gate].clock is self.nodes[target].clock
        self._tie(Tie(gate, target, False, False, plain=plain))
        if finish:
            self._tie(Tie(gate, target, True, True, plain=plain))

    # ---- order ---------------------------------------------------------------------------------------------------------

    def _after(self, place: int) -> list[int]:
        """The nodes that wait for this one: linked ones, and the summary it rolls up into."""
        each = self.nodes[place]
        found = [tie.target for tie in each.outgoing]
        if each.parent >= 0 and self.nodes[each.parent].state == "summary":
            found.append(each.parent)
        return found

    def _ordered(self) -> list[int]:
        """Every place after those it waits for; Fault names the tasks of a loop."""
        after = [self._after(place) for place in range(len(self.nodes))]
        ready, stuck = in_order(after)
        if stuck:
            raise self._loop(after, stuck)
        return ready

    def _loop(self, after: list[list[int]], stuck: set[int]) -> Fault:
        """Names the tasks that go round."""
        keys: list[str] = []
        for each in round_trip(after, stuck):
            key = self.nodes[each].task.key
            if not keys or keys[-1] != key:
                keys.append(key)
        template = N_("these tasks wait for one another: {loop}; take one of the links away")
        return Fault(template, loop=" → ".join(keys))


def is_open(source: State, target: State, tie: Tie) -> bool:
    """Whether a link still binds its predecessor: not one to a task that is done, nor one between starts that have happened."""
    if "done" in (source, target):
        return False
    return tie.from_finish or not (source == "started" or (target == "started" and not tie.to_finish))
