"""Whether the links of a plan come round through its summaries: a task that waits for the summary it stands under, and the like."""

from __future__ import annotations

from collections.abc import Sequence

from pmo_tui.analysis.scheduling_nodes import parents, state_of
from pmo_tui.analysis.waiting import in_order, round_trip
from pmo_tui.records.planning import Task


def loop_in(tasks: Sequence[Task]) -> list[str]:
    """The keys of tasks of one plan that wait for one another, the first of them again at the end; empty where none do.

    A summary waits for all that stands under it; what stands under it waits for what the summary waits for. So it is
    scheduled, see `Network`; links to other plans are left out.
    """
    rows = sorted(tasks, key=lambda task: task.position)
    after = _waiting(rows)
    _ready, stuck = in_order(after)
    return [rows[place % len(rows)].key for place in _round_trip(after, stuck)] if stuck else []


def _waiting(rows: Sequence[Task]) -> list[list[int]]:
    """By place the places that wait for it; behind the rows stand, in the same order, the gates of summaries."""
    above, count = parents(rows), len(rows)
    summaries = set(above)
    states = [state_of(task, place in summaries) for place, task in enumerate(rows)]
    places = {task.key: place for place, task in enumerate(rows)}
    after: list[list[int]] = [[] for _ in range(2 * count)]
    for place, task in enumerate(rows):
        if states[place] == "inactive":
            continue
        target = place + count if states[place] == "summary" else place
        for link in task.predecessors:
            source = places.get(link.task)
            if source is not None and states[source] != "inactive":
                after[source].append(target)
        parent = above[place]
        if parent >= 0 and states[parent] == "summary":
            after[place].append(parent)
        while parent >= 0 and states[parent] != "summary":
            parent = above[parent]
        if parent >= 0 and states[place] in ("auto", "summary"):
            after[parent + count].append(target)
    return after


def _round_trip(after: Sequence[Sequence[int]], stuck: set[int]) -> list[int]:
    """The round, a summary and its gate as one."""
    found = round_trip(after, stuck)
    count = len(after) // 2
    return [each for i, each in enumerate(found) if i == 0 or each % count != found[i - 1] % count]
