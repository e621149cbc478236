"""The links of a plan in MSPDI: four kinds with their lag. A task that depends on itself, directly or round a loop, is refused."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from pmo_tui.exchange.incoming import To
from pmo_tui.exchange.mspdi_part import PER_CENT, TENTHS, Part, Plan, unestimated
from pmo_tui.exchange.mspdi_tasks import PlanTask
from pmo_tui.records.errors import Said
from pmo_tui.records.marks import N_

TYPES = ("FF", "FS", "SF", "SS")
"""By the numbers of MSPDI."""
FINISH_TO_START = 1
LOOPS_NAMED = 10

Before = Mapping[int, list[int]]
"""The UIDs that come before each task, by its UID."""


def read_links(plan: Plan, tasks: Mapping[int, PlanTask]) -> dict[int, list[dict[str, Any]]]:
    """The predecessors of each task, as its record has them. What cannot be kept is told, what contradicts itself refused."""
    found: dict[int, list[dict[str, Any]]] = {}
    before: dict[int, list[int]] = {}
    elsewhere: list[str] = []
    elapsed: list[str] = []
    for uid, task in tasks.items():
        for part in task.part.parts("PredecessorLink"):
            first = part.needed("PredecessorUID")
            if first is None:
                continue
            other = tasks.get(first)
            if other is None or (part.flag("CrossProject") and not other.part.flag("ExternalTask")):
                elsewhere.append(f"{task.said} ← {part.line('CrossProjectName') or first}")
            elif first == uid:
                part.refuse("PredecessorLink", Said(N_("the task {task} depends on itself"), {"task": task.said}))
            else:
                if unestimated(part.integer("LagFormat")) == PER_CENT[1]:
                    elapsed.append(task.said)
                link = {"task": To(other.source_key), "type": _type(part), "lag": _lag(part)}
                if link not in found.setdefault(uid, []):
                    found[uid].append(link)
                    before.setdefault(uid, []).append(first)
    plan.note_several(N_("{count} links to tasks that are not in the file are left out: {names}"), elsewhere)
    plan.note_several(N_("{count} lags in elapsed per cent count as per cent of working time: {names}"), elapsed)
    for loop in islice(loops(before), LOOPS_NAMED):
        words = " → ".join(tasks[uid].said for uid in loop)
        plan.refuse(Said(N_("the links go round in a loop: {loop}"), {"loop": words}), "PredecessorLink")
    return found


def _type(part: Part) -> str:
    code = part.integer("Type")
    if code is None:
        code = FINISH_TO_START
    if not 0 <= code < len(TYPES):
        part.refuse("Type", Said(N_("{code} is not a kind of link; they are 0 to 3"), {"code": code}))
        return TYPES[FINISH_TO_START]
    return TYPES[code]


def _lag(part: Part) -> str:
    """`2d`, `-1d`, `3ed`, `50%`; nothing for none."""
    amount = part.number("LinkLag")
    if not amount:
        return ""
    format_ = part.integer("LagFormat")
    if unestimated(format_) in PER_CENT:
        return f"{amount.normalize():f}%"
    return part.text("LinkLag", amount / TENTHS, part.plan.units.unit(format_)) or ""


def loops(before: Before) -> Iterator[list[int]]:
    """Every loop that one walk meets: its tasks from the first to itself again, each before the next."""
    done: set[int] = set()
    for start in before:
        path: list[int] = []
        place: dict[int, int] = {}
        walk: list[tuple[int, bool]] = [(start, True)]
        while walk:
            uid, enter = walk.pop()
            if not enter:
                done.add(path.pop())
                del place[uid]
            elif uid in place:
                yield [*path[place[uid] :], uid][::-1]
            elif uid not in done:
                place[uid] = len(path)
                path.append(uid)
                walk.append((uid, False))
                walk.extend((first, True) for first in reversed(before.get(uid, [])))
