"""From positions in working time to the days that people read: a finish is the last working day, a milestone stands on one day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from pmo_tui.analysis.scheduling_backward import Late
from pmo_tui.analysis.scheduling_floats import OVER
from pmo_tui.analysis.scheduling_forward import Early
from pmo_tui.analysis.scheduling_network import Network
from pmo_tui.analysis.scheduling_nodes import Node, own_dates

Days = list[tuple[date, date]]
"""First and last day of each task, by place."""


def early_days(network: Network, early: Early) -> Days:
    """Early start and finish: of the record where a task keeps them, of a summary from what stands under it."""
    return _rolled_up(network, lambda place, node: _early(node, early.starts[place], early.finishes[place]))


def late_days(network: Network, early: Early, late: Late, early_by_place: Days) -> Days:
    """Late start and finish. A task without float has the same days early and late, also where a day ends and the next begins."""

    def days(place: int, node: Node) -> tuple[date, date]:
        if node.state in OVER:
            return early_by_place[place]
        start, finish = late.starts[place], late.finishes[place]
        if finish == early.finishes[place] >> 1 and (start == finish or node.state != "auto"):
            return early_by_place[place]
        last = node.clock.finish_day(finish)
        if node.state == "started":
            return early_by_place[place][0], last
        return (last if start == finish else node.clock.start_day(start)), last

    return _rolled_up(network, days)


def _rolled_up(network: Network, days: Callable[[int, Node], tuple[date, date]]) -> Days:
    nodes = network.nodes
    count = len(network.tasks)
    found: Days = [(date.min, date.max)] * count
    for place in reversed(range(count)):
        node = nodes[place]
        under = (
            [child for child in node.children if nodes[child].state != "inactive"] if node.state == "summary" else []
        )
        if under:
            found[place] = min(found[child][0] for child in under), max(found[child][1] for child in under)
        else:
            found[place] = days(place, node)
    return found


def _early(node: Node, first: int, last: int) -> tuple[date, date]:
    start, finish = own_dates(node.task, node.state) if node.state not in ("auto", "summary") else (None, None)
    clock, work = node.clock, first >> 1
    if first == last:
        day = start or finish or (clock.start_day(work) if first & 1 else clock.finish_day(work))
        return day, finish or day
    return start or clock.start_day(work), finish or clock.finish_day(last >> 1)
