"""Why a task is scheduled as it is: each figure of a schedule with the predecessors, constraints and dates that decide it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pmo_tui.analysis.figure import Figure, Source
from pmo_tui.analysis.scheduling import Schedule
from pmo_tui.analysis.scheduling_forward import delayed, driving
from pmo_tui.analysis.scheduling_nodes import Node, Tie
from pmo_tui.records.marks import N_
from pmo_tui.records.planning import Link, Task

Inputs = tuple[Figure | Source, ...]
KEEPS: dict[str, str] = {
    "manual": N_("a manual task keeps its dates"),
    "external": N_("a task of another plan keeps its dates"),
    "inactive": N_("an inactive task keeps its dates"),
    "started": N_("a task that is under way keeps its actual start"),
    "done": N_("a task that is done keeps its dates"),
}


def why(plan: Schedule, key: str, name: str = "early_start") -> Figure:
    """The computed field `name` of the task `key`, with what it follows from."""
    return _FIGURES[name](Asked(plan, key))


def link_text(link: Link) -> str:
    """A link by the key of its task: `T-3 FS+2d`."""
    sign = "" if not link.lag or link.lag.startswith("-") else "+"
    return f"{link.task} {link.type}{sign}{link.lag}"


def said_link(key: str, link: Link) -> Source:
    """One of the predecessors of the task `key`."""
    return Source(key, "", link_text(link), N_("Predecessors"))


class Asked:
    """One task of a schedule, with what its figures are made from."""

    def __init__(self, plan: Schedule, key: str) -> None:
        self.plan = plan
        self.place = plan.place(key)
        self.scheduled = plan[key]
        self.node: Node = plan.network.nodes[self.place]
        self.task: Task = self.node.task

    def source(self, field: str) -> Source:
        """A field of the task's record."""
        return Source(self.task.key, field, getattr(self.task, field))

    # ---- early ---------------------------------------------------------------------------------------------------------

    def early_start(self) -> Figure:
        """By links, constraints, the start of the plan; or as the record has it."""
        name, value, state = N_("Early start"), self.scheduled.early_start, self.node.state
        if state in KEEPS:
            field = "actual_start" if self.task.actual_start else "start"
            return Figure(name, value, formula=KEEPS[state], inputs=(self.source(field),))
        if state == "summary":
            return Figure(name, value, formula=N_("the first start under it"), inputs=self._under("early_start", value))
        inputs: Inputs = tuple(self._starts(self.place))
        return Figure(name, value, formula=N_("the latest of what it waits for"), inputs=inputs)

    def _under(self, field: str, value: date) -> Inputs:
        """The tasks under a summary that give it a date."""
        tasks = (self.plan.network.nodes[child].task.key for child in self.node.children)
        return tuple(Source(key, field, value) for key in tasks if getattr(self.plan[key], field) == value)

    def _starts(self, place: int) -> Iterator[Source]:
        """What an automatic task, or the gate it stands behind, could not start before."""
        forward, early = self.plan.passes.forward, self.plan.passes.early
        node = self.plan.network.nodes[place]
        task = node.task
        if place in forward.pins or place in forward.floors or place in forward.finish_floors:
            if self._constraint_decides(place, node):
                yield Source(task.key, "constraint", task.constraint)
                yield Source(task.key, "constraint_date", task.constraint_date)
            if place in forward.pins:
                return
        for tie in driving(forward, early, place):
            yield from self._predecessor(tie)
        for tie in node.incoming:
            if self.plan.network.nodes[tie.source].state == "gate" and self._gate_decides(tie, place):
                yield from self._starts(tie.source)
        if node.state == "auto" and task.constraint == "ALAP":
            yield Source(task.key, "constraint", task.constraint)
            yield Source(task.key, "late_start", self.scheduled.late_start)
        if self._is_start(place, node, forward.floor(node.clock)):
            yield from self._beginning()
        if place in forward.delays:
            yield Source(task.key, "levelling_delay", task.levelling_delay)

    def _is_start(self, place: int, node: Node, position: int) -> bool:
        delay = self.plan.passes.forward.delays.get(place)
        if delay is not None:
            position = delayed(node, position, *delay)
        return position >> 1 == self.plan.passes.early.starts[place] >> 1

    def _constraint_decides(self, place: int, node: Node) -> bool:
        forward = self.plan.passes.forward
        if place in forward.pins:
            return True
        if place in forward.floors:
            return self._is_start(place, node, forward.floors[place])
        return forward.finish_floors[place] >> 1 == self.plan.passes.early.finishes[place] >> 1

    def _gate_decides(self, tie: Tie, place: int) -> bool:
        """Whether a gate's own constraint decides; what it waits for is among the drivers already."""
        early, gate = self.plan.passes.early, self.plan.network.nodes[tie.source]
        if gate.task.constraint_date is None or driving(self.plan.passes.forward, early, tie.source):
            return False
        positions = early.finishes if tie.from_finish else early.starts
        return positions[tie.source] >> 1 == positions[place] >> 1

    def _predecessor(self, tie: Tie) -> Iterator[Source]:
        before = self.plan.network.nodes[tie.source].task
        field = "early_finish" if tie.from_finish else "early_start"
        days = self.plan.get(before.key)
        stored = (before.finish or before.start) if tie.from_finish else (before.start or before.finish)
        yield Source(before.key, field, getattr(days, field) if days else stored)
        if tie.link is not None:
            yield said_link(self.plan.network.nodes[tie.target].task.key, tie.link)

    def _beginning(self) -> Iterator[Source]:
        plan = self.plan.plan
        if plan.status is not None and plan.status >= self.plan.start:
            yield Source("", "", plan.status, N_("Status date"))
        elif plan.start is not None:
            yield Source(self.task.project, "start", plan.start)
        else:
            yield Source("", "", self.plan.start, N_("Start of the plan"))

    def early_finish(self) -> Figure:
        """The start and the duration, or as the record has it."""
        name, value, state = N_("Early finish"), self.scheduled.early_finish, self.node.state
        if state == "summary":
            return Figure(
                name, value, formula=N_("the last finish under it"), inputs=self._under("early_finish", value)
            )
        if state == "started":
            inputs: Inputs = (self.early_start(), self.source("duration"), self.source("remaining_duration"))
            return Figure(name, value, formula=N_("actual start + what was done + what remains"), inputs=inputs)
        if state in KEEPS:
            field = "actual_finish" if self.task.actual_finish else "finish"
            return Figure(name, value, formula=KEEPS[state], inputs=(self.source(field),))
        return Figure(
            name, value, formula=N_("early start + duration"), inputs=(self.early_start(), self.source("duration"))
        )

    # ---- late ----------------------------------------------------------------------------------------------------------

    def late_finish(self) -> Figure:
        """By successors, deadline, constraint, or the end of the plan."""
        name, value, state = N_("Late finish"), self.scheduled.late_finish, self.node.state
        if state == "summary":
            return Figure(
                name, value, formula=N_("the latest late finish under it"), inputs=self._under("late_finish", value)
            )
        if state in ("done", "inactive"):
            return Figure(name, value, formula=KEEPS[state], inputs=(self.source("finish"),))
        formula = N_("the earliest of what waits for it and what limits it")
        return Figure(name, value, formula=formula, inputs=tuple(self._limits()))

    def _limits(self) -> Iterator[Source]:
        backward, node = self.plan.passes.backward, self.node
        finish = backward.late.finishes[self.place]
        for tie in node.outgoing:
            if tie.open:
                bound = backward.bound(tie)
                if bound + (0 if tie.from_finish else node.duration) == finish:
                    yield from self._successor(tie)
        if self.task.deadline and node.clock.worked(node.calendar.last_of(self.task.deadline)) == finish:
            yield self.source("deadline")
        if self.task.constraint in ("MSO", "MFO", "SNLT", "FNLT") and self.task.constraint_date:
            yield self.source("constraint")
            yield self.source("constraint_date")
        above = backward.cap(node.parent)
        if above is not None and node.clock.worked(above) == finish:
            key = self.plan.network.nodes[node.parent].task.key
            yield Source(key, "late_finish", self.plan[key].late_finish)
        if backward.end_on(node.clock) == finish:
            yield Source("", "", self.plan.finish, N_("End of the plan"))

    def _successor(self, tie: Tie) -> Iterator[Source]:
        after = self.plan.network.nodes[tie.target].task
        field = "late_finish" if tie.to_finish else "late_start"
        yield Source(after.key, field, getattr(self.plan[after.key], field))
        if tie.link is not None:
            yield said_link(after.key, tie.link)

    def late_start(self) -> Figure:
        """The late finish less the duration."""
        name, value, state = N_("Late start"), self.scheduled.late_start, self.node.state
        if state == "summary":
            return Figure(
                name, value, formula=N_("the first late start under it"), inputs=self._under("late_start", value)
            )
        if state in ("started", "done", "inactive"):
            return Figure(name, value, formula=KEEPS[state], inputs=(self.source("actual_start"),))
        return Figure(
            name, value, formula=N_("late finish − duration"), inputs=(self.late_finish(), self.source("duration"))
        )

    # ---- floats --------------------------------------------------------------------------------------------------------

    def total_float(self) -> Figure:
        """The smaller of start float and finish float."""
        name, value, state = N_("Total float"), self.scheduled.total_float, self.node.state
        if state == "summary":
            under = (self.plan.network.nodes[child].task.key for child in self.node.children)
            inputs: Inputs = tuple(Source(key, "total_float", self.plan[key].total_float) for key in under)
            return Figure(name, value, formula=N_("the smallest under it"), inputs=inputs)
        if state in ("done", "inactive"):
            return Figure(name, value, formula=KEEPS[state])
        if state == "started":
            formula = N_("late finish − early finish, for it has started")
            return Figure(name, value, formula=formula, inputs=(self.late_finish(), self.early_finish()))
        formula = N_("the smaller of late start − early start and late finish − early finish, in working days")
        inputs = (self.late_start(), self.early_start(), self.late_finish(), self.early_finish())
        return Figure(name, value, formula=formula, inputs=inputs)

    def free_float(self) -> Figure:
        """What the nearest successor leaves."""
        name, value = N_("Free float"), self.scheduled.free_float
        if self.node.state in ("done", "inactive"):
            return Figure(name, value, formula=KEEPS[self.node.state])
        ties = [tie for tie in self.node.outgoing if tie.open]
        if not ties:
            return Figure(
                name, value, formula=N_("nothing waits for it: its total float"), inputs=(self.total_float(),)
            )
        inputs: list[Figure | Source] = [self.early_finish()]
        for tie in ties:
            after = self.plan.network.nodes[tie.target].task.key
            field = "early_finish" if tie.to_finish else "early_start"
            inputs.append(Source(after, field, getattr(self.plan[after], field)))
        return Figure(
            name, value, formula=N_("the smallest room before a successor moves, not below 0"), inputs=tuple(inputs)
        )

    def critical(self) -> Figure:
        """No float left."""
        formula = N_("not done, and no total float")
        return Figure(N_("Critical"), self.scheduled.critical, formula=formula, inputs=(self.total_float(),))


_FIGURES = {
    "early_start": Asked.early_start,
    "early_finish": Asked.early_finish,
    "late_start": Asked.late_start,
    "late_finish": Asked.late_finish,
    "total_float": Asked.total_float,
    "free_float": Asked.free_float,
    "critical": Asked.critical,
}
