"""The days of a task that its plan gives: typed others are refused, since nothing that waits for it would move with them.

Whoever wants other ones moves the task, which shows what follows, or says what holds it: a constraint, or a mode that keeps its days.
A task that neither waits nor is waited for has the days it is given; so has one that is under way, for these are facts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pmo_tui.records.base import Record
from pmo_tui.records.durations import Duration
from pmo_tui.records.errors import Fault, Problem, Said
from pmo_tui.records.marks import N_
from pmo_tui.records.planning import Task

if TYPE_CHECKING:
    from pmo_tui.analysis.scheduling import Schedule
    from pmo_tui.desk.desk import Desk

DAYS = ("start", "finish")
DECIDING = (
    "duration", "milestone", "predecessors", "mode", "active", "kind", "constraint", "constraint_date", "calendar", "levelling_delay",
    "actual_start", "actual_finish", "actual_duration", "remaining_duration", "percent_complete", "position", "outline_level",
)  # fmt: skip
"""What else of a task its days follow from."""
COMPUTED = ("auto", "summary")


def on_one_day(values: Mapping[str, Any], before: Record | None) -> dict[str, Any]:
    """`values`, where one day of a task that takes no time becomes another one its second day becomes that too."""
    found = dict(values)
    if not isinstance(before, Task) or not before.duration or before.start is None or before.start != before.finish:
        return found
    if found.get("duration", before.duration) != before.duration or Duration.parse(before.duration).amount:
        return found
    changed = [name for name in DAYS if found.get(name, before.start) != before.start]
    if len(changed) == 1:
        found |= dict.fromkeys(DAYS, found[changed[0]])
    return found


def with_the_end(desk: Desk, record: Record, before: Record | None) -> Record:
    """The record, where its duration became another one and its finish did not with the finish that follows from its start.

    What waits for it stays where it is, which the planning board tells of.
    """
    if not isinstance(record, Task) or not isinstance(before, Task) or record.project != before.project:
        return record
    start, duration = record.start, record.duration
    if duration is None or duration == before.duration or start is None or record.finish != before.finish:
        return record
    from pmo_tui.analysis.scheduling_moves import finish_with

    try:
        schedule = desk.plans.schedule(record.project)
        finish = finish_with(schedule, record.key, start, duration) if record.key in schedule else None
    except Fault:
        return record
    return record if finish is None else replace(record, finish=finish)


def problems(desk: Desk, record: Record, before: Record | None) -> list[Problem]:
    """A problem for each day of a task that becomes another one than its plan gives."""
    if not isinstance(record, Task) or not isinstance(before, Task) or record.project != before.project:
        return []
    changed = [name for name in DAYS if getattr(record, name) not in (None, getattr(before, name))]
    schedule = _schedule(desk, record, before) if changed else None
    if schedule is None or not _follows(schedule, record.key):
        return []
    given = dict(zip(DAYS, schedule.early_days[schedule.place(record.key)], strict=True))
    template = N_(
        "follows from the plan, which gives {day}; move the task on the planning board, give it a constraint with its date, or mode manual"
    )
    return [
        Problem(Said(template, {"day": given[name]}), name) for name in changed if getattr(record, name) != given[name]
    ]


def _schedule(desk: Desk, record: Task, before: Task) -> Schedule | None:
    """The schedule with the record as it will be; None where there is none, or where the record waits for what is not there yet."""
    from pmo_tui.analysis.scheduling import Schedule

    try:
        found = desk.plans.schedule(record.project)
        known = {*found, *found.plan.others}
        if record.key not in found or any(link.task not in known for link in record.predecessors):
            return None
        if all(getattr(record, name) == getattr(before, name) for name in DECIDING):
            return found
        as_dated = replace(record, start=before.start, finish=before.finish)
        tasks = [as_dated if task.key == record.key else task for task in found.plan.tasks]
        return Schedule(replace(found.plan, tasks=tasks, start=found.plan.first_day()))
    except Fault:
        return None


def _follows(schedule: Schedule, key: str) -> bool:
    """Whether links, or what stands under it, give a task its days, or others wait for them."""
    node = schedule.network.nodes[schedule.place(key)]
    if node.state not in COMPUTED:
        return False
    return bool(node.children or node.incoming or node.outgoing)
