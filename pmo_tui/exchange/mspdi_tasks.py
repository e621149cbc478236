"""The tasks of a plan in MSPDI, in the order of its rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import pairwise
from typing import Any

from pmo_tui.exchange.incoming import Incoming, To
from pmo_tui.exchange.mspdi_calendars import PlanCalendar, calendar_of
from pmo_tui.exchange.mspdi_hours import last_working_day
from pmo_tui.exchange.mspdi_part import ESTIMATES, TENTHS, Part, Plan
from pmo_tui.records.durations import WORKING
from pmo_tui.records.errors import Said
from pmo_tui.records.marks import N_
from pmo_tui.records.planning import CONSTRAINTS

WITH_DATE = CONSTRAINTS[2:]
"""Constraints that are nothing without a date."""
FREE_TEXTS = ("StartText", "FinishText", "DurationText")
"""What somebody wrote into a manual task where a day or a duration belongs."""


@dataclass(frozen=True, slots=True)
class PlanTask:
    """A task as the file has it. `row` is the number that its planner sees, `level` its outline level, 0 for the plan as a whole."""

    part: Part
    uid: int
    row: int | None
    name: str
    level: int
    start: datetime | None
    finish: datetime | None
    active: bool

    @property
    def said(self) -> str:
        """How a message names it."""
        return f"{self.uid if self.row is None else self.row} “{self.name}”"

    @property
    def source_key(self) -> str:
        """The source key of its record."""
        return self.part.plan.key(str(self.uid))


def read_tasks(plan: Plan, title: str) -> dict[int, PlanTask]:
    """The tasks by UID in the order of the rows. `title` names the row that stands for the plan as a whole, if it has no name."""
    found: dict[int, PlanTask] = {}
    empty: list[str] = []
    for part in plan.parts("Tasks"):
        if part.flag("IsNull") or not any(part.line(name) for name in ("Name", "Start", "Finish", "Duration")):
            empty.append(part.line("ID") or part.line("UID"))
            continue
        uid = part.needed("UID")
        if uid in found:
            template = N_("is the UID of the task {other} too; export the plan again")
            part.refuse("UID", Said(template, {"other": found[uid].said}))
        elif uid is not None:
            found[uid] = _task(part, uid, title)
    plan.note_several(N_("{count} empty rows are left out: {names}"), empty)
    return _in_order(found)


def _task(part: Part, uid: int, title: str) -> PlanTask:
    row = part.integer("ID")
    level = part.integer("OutlineLevel")
    if level is None:
        level = part.line("OutlineNumber").count(".") + 1
    name = part.line("Name")
    if not name:
        name = title if level == 0 else f"#{uid if row is None else row}"
        if level > 0:
            part.plan.note(N_("row {row} has no name and is called “{name}”"), row=row, name=name)
    start = part.moment("Start") or part.moment("ManualStart")
    finish = part.moment("Finish") or part.moment("ManualFinish")
    return PlanTask(part, uid, row, name, level, start, finish, part.flag("Active", missing=True))


def _in_order(tasks: Mapping[int, PlanTask]) -> dict[int, PlanTask]:
    """By row number where every task has one of its own, else as they stand in the file."""
    if not _numbered(list(tasks.values())):
        return dict(tasks)
    return dict(sorted(tasks.items(), key=lambda item: item[1].row or 0))


def _numbered(tasks: Sequence[PlanTask]) -> bool:
    rows = {task.row for task in tasks}
    return None not in rows and len(rows) == len(tasks)


@dataclass(frozen=True, slots=True)
class PlanDays:
    """The calendars of the file, the plan's own, and those of who works on a task by its UID: they tell which day is its last."""

    calendars: Mapping[int, PlanCalendar]
    standard: PlanCalendar | None
    workers: Mapping[int, Sequence[PlanCalendar]]

    def last(self, task: PlanTask, start: datetime | None, finish: datetime | None) -> date | None:
        """The last day of a task that finishes then. Elapsed time knows no calendars."""
        calendar = calendar_of(task.part, self.calendars) or self.standard
        calendars = self.workers.get(task.uid) or ([] if calendar is None else [calendar])
        unit = task.part.plan.units.unit(task.part.integer("DurationFormat"))
        return last_working_day(start, finish, calendars if unit in WORKING else ())


def _finishes(tasks: Sequence[PlanTask], days: PlanDays) -> dict[int, date | None]:
    """The last days by UID. A summary ends no earlier than what stands under it, which somebody may work on at night."""
    found: dict[int, date | None] = {}
    latest: dict[int, date] = {}
    for task in reversed(tasks):
        last = days.last(task, task.start, task.finish)
        under = [latest.pop(level) for level in list(latest) if level > task.level]
        if last is not None and task.finish is not None and under:
            last = max(last, min(max(under), task.finish.date()))
        found[task.uid] = last
        beside = [latest[task.level]] if task.level in latest else []
        if known := [*under, *beside, *([last] if last else [])]:
            latest[task.level] = max(known)
    return found


def add_tasks(
    plan: Plan, tasks: Mapping[int, PlanTask], days: PlanDays, links: Mapping[int, list[dict[str, Any]]]
) -> None:
    """Put the tasks into the batch; what is special about some is told."""
    ordered = list(tasks.values())
    above = {one.uid for one, other in pairwise(ordered) if other.level > one.level}
    points = {task.uid for task in ordered if task.uid not in above and _is_point(task)}
    by_row = _numbered(ordered)
    finishes = _finishes(ordered, days)
    for place, task in enumerate(ordered, 1):
        values = {
            "project": plan.project,
            "name": task.name,
            "position": task.row if by_row else place,
            "outline_level": task.level,
            "summary": task.uid in above or task.part.flag("Summary"),
            "predecessors": links.get(task.uid, []),
            **_dates(task, finishes[task.uid], days),
            **_amounts(task.part),
            **_rules(task, days.calendars),
            "milestone": task.part.flag("Milestone", missing=task.uid in points),
        }
        if notes := task.part.lines("Notes"):
            values["notes"] = notes
        word = str(task.uid)
        ways = plan.match(word)
        plan.batch.records.append(
            Incoming("tasks", plan.key(word), values, ways, as_planned=True, place=task.part.place)
        )
    _tell(plan, ordered)
    unmarked = [task.said for task in ordered if task.uid in points and not task.part.flag("Milestone", missing=True)]
    plan.note_several(_POINTS, unmarked)


def _is_point(task: PlanTask) -> bool:
    """Whether it takes no time and may be a milestone: it is, unless the file says otherwise, as in MS Project itself."""
    return task.level > 0 and not task.part.flag("Summary") and task.part.minutes("Duration") == 0


def _dates(task: PlanTask, finish: date | None, days: PlanDays) -> dict[str, Any]:
    part = task.part
    actual_start, actual_finish = part.moment("ActualStart"), part.moment("ActualFinish")
    found: dict[str, Any] = {
        "start": None if task.start is None else task.start.date(),
        "finish": finish,
        "actual_start": None if actual_start is None else actual_start.date(),
        "actual_finish": days.last(task, actual_start, actual_finish),
        "deadline": part.day("Deadline"),
    }
    for first, last, name in (("start", "finish", "Finish"), ("actual_start", "actual_finish", "ActualFinish")):
        if found[first] is not None and found[last] is not None and found[last] < found[first]:
            said = Said(N_("{finish} is before {start}"), {"finish": found[last], "start": found[first]})
            part.refuse(name, said)
    return found


def _amounts(part: Part) -> dict[str, Any]:
    format_ = part.integer("DurationFormat")
    duration = part.duration("Duration", format_)
    if duration is None:
        duration = part.duration("ManualDuration", part.integer("FreeformDurationFormat"))
    cost = part.money("FixedCost")
    return {
        "duration": duration,
        "estimated": part.flag("Estimated") or format_ in ESTIMATES,
        "actual_duration": part.duration("ActualDuration", format_),
        "remaining_duration": part.duration("RemainingDuration", format_),
        "percent_complete": part.number("PercentComplete") or 0,
        "work": part.work("Work"),
        "actual_work": part.work("ActualWork"),
        "remaining_work": part.work("RemainingWork"),
        "fixed_cost": cost,
        "currency": None if cost is None else part.plan.currency,
    }


def _rules(task: PlanTask, calendars: Mapping[int, PlanCalendar]) -> dict[str, Any]:
    part = task.part
    constraint, day = _constraint(task)
    priority = part.integer("Priority")
    return {
        "wbs": part.line("WBS" if part.has("WBS") else "OutlineNumber") or None,
        "mode": "manual" if part.flag("Manual") else "auto",
        "active": task.active,
        "kind": _kind(part),
        "constraint": constraint,
        "constraint_date": day,
        "calendar": _calendar(task, calendars),
        "levelling_delay": _levelling_delay(part),
        "priority": 500 if priority is None else priority,
    }


def _kind(part: Part) -> str:
    if part.flag("ExternalTask") or part.flag("IsSubproject"):
        return "external"
    return "recurring" if part.flag("Recurring") else "task"


def _constraint(task: PlanTask) -> tuple[str, Any]:
    code = task.part.integer("ConstraintType") or 0
    if not 0 <= code < len(CONSTRAINTS):
        task.part.refuse("ConstraintType", Said(N_("{code} is not a constraint; they are 0 to 7"), {"code": code}))
        return CONSTRAINTS[0], None
    constraint, day = CONSTRAINTS[code], None
    if constraint in WITH_DATE:
        day = task.part.day("ConstraintDate")
        if day is None:
            message = N_("the task {task} has the constraint {constraint} without a day; it starts as soon as it can")
            task.part.plan.note(message, task=task.said, constraint=constraint)
            return CONSTRAINTS[0], None
    return constraint, day


def _calendar(task: PlanTask, calendars: Mapping[int, PlanCalendar]) -> To | None:
    calendar = calendar_of(task.part, calendars)
    return None if calendar is None else To(calendar.source_key)


def _levelling_delay(part: Part) -> str | None:
    tenths = part.integer("LevelingDelay")
    if not tenths:
        return None
    unit = part.plan.units.unit(part.integer("LevelingDelayFormat"), "ed")
    return part.text("LevelingDelay", Decimal(tenths) / TENTHS, unit)


def _tell(plan: Plan, tasks: Sequence[PlanTask]) -> None:
    """What a planner should know of rows that are not plain tasks."""
    named: dict[str, list[str]] = {}
    for task in tasks:
        part = task.part
        if part.flag("ExternalTask"):
            named.setdefault(_EXTERNAL, []).append(_with_file(task, "ExternalTaskProject"))
        elif part.flag("IsSubproject"):
            named.setdefault(_SUBPROJECT, []).append(_with_file(task, "SubprojectName"))
        elif part.flag("Recurring"):
            named.setdefault(_RECURRING, []).append(task.said)
        if not task.active:
            named.setdefault(_INACTIVE, []).append(task.said)
        if part.flag("Manual") and any(part.line(name) for name in FREE_TEXTS):
            named.setdefault(_FREE_TEXT, []).append(task.said)
    for template, names in named.items():
        plan.note_several(template, names)


def _with_file(task: PlanTask, name: str) -> str:
    file = task.part.line(name)
    return f"{task.said} ({file})" if file else task.said


_EXTERNAL = N_("{count} rows stand for tasks of other plans and keep their dates: {names}")
_SUBPROJECT = N_("{count} rows are plans of their own and keep their dates; import those as well: {names}")
_RECURRING = N_("{count} rows are recurring tasks; each occurrence is a task of its own: {names}")
_INACTIVE = N_("{count} tasks are inactive; they keep their dates and book nobody: {names}")
_POINTS = N_(
    "{count} tasks of no duration are not marked as milestones; only marked ones go to calendars and reports, so mark those that are: {names}"
)
_FREE_TEXT = N_("{count} manual tasks have words instead of a day or duration; what was scheduled is taken: {names}")
