"""The resources and assignments of a plan in MSPDI: people, and what they are booked for.

A person is known by e-mail or name across plans, and found or added but never changed: a plan's resource sheet is not the register
of people. Units are fractions of full time; rates are for an hour, whatever the format they are shown in.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from pmo_tui.exchange.incoming import Incoming, To
from pmo_tui.exchange.mspdi_calendars import OFFICE_WEEK, PlanCalendar, calendar_of
from pmo_tui.exchange.mspdi_hours import Week, hours_per_week, last_working_day, pattern, plain
from pmo_tui.exchange.mspdi_part import Part, Plan
from pmo_tui.exchange.mspdi_tasks import PlanTask
from pmo_tui.records.errors import Said
from pmo_tui.records.marks import N_
from pmo_tui.records.people import FULL_TIME

WORK = 1
"""Resource type; 0 is material, 2 cost."""
PROPOSED = 1
"""Booking type; 0 is committed."""
NOBODY = (-65535, -65536)
"""The resource of work that is assigned to nobody."""
MOST_FTE = Decimal(10)
RATE = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class PlanResource:
    """Somebody, or something, that a plan assigns to tasks. `calendar` is its own, its base's, or the plan's, which is `standard`."""

    part: Part
    uid: int
    name: str
    calendar: PlanCalendar | None
    standard: bool
    proposed: bool
    is_work: bool

    @property
    def source_key(self) -> str:
        """The source key of its record."""
        return self.part.plan.key(f"resource-{self.uid}")

    @property
    def week(self) -> Week:
        """What it works from Monday to Sunday."""
        return OFFICE_WEEK if self.calendar is None else self.calendar.whole_week

    @property
    def calendars(self) -> list[PlanCalendar]:
        """The calendars by which its days are told."""
        return [] if self.calendar is None else [self.calendar]


def add_people(
    plan: Plan, calendars: Mapping[int, PlanCalendar], standard: PlanCalendar | None
) -> dict[int, PlanResource]:
    """The resources by UID; those that work are people of the batch."""
    found: dict[int, PlanResource] = {}
    for part in plan.parts("Resources"):
        uid = part.needed("UID")
        if uid in found:
            part.refuse("UID", N_("is the UID of two resources"))
        elif uid is not None and not part.flag("IsNull") and (uid != 0 or part.line("Name")):
            found[uid] = _resource(part, uid, calendars, standard)
    others = [each.name for each in found.values() if not each.is_work]
    plan.note_several(N_("{count} resources are material, cost or budget and are not booked: {names}"), others)
    names = Counter(each.name.casefold() for each in found.values())
    unrated: list[str] = []
    for each in found.values():
        if each.is_work:
            values = _person(each, unrated)
            ways = [{"email": values["email"]}] if values["email"] else []
            if names[each.name.casefold()] == 1:
                ways.append({"name": each.name})
            incoming = Incoming("people", each.source_key, values, tuple(ways), update=False, place=each.part.place)
            plan.batch.records.append(incoming)
    plan.note_several(N_("{count} rates are left out, since the file does not say their currency: {names}"), unrated)
    return found


def _resource(
    part: Part, uid: int, calendars: Mapping[int, PlanCalendar], standard: PlanCalendar | None
) -> PlanResource:
    kind = part.integer("Type")
    is_work = (WORK if kind is None else kind) == WORK and not part.flag("IsCostResource") and not part.flag("IsBudget")
    name = part.line("Name")
    if not name:
        name = f"#{part.line('ID') or uid}"
        part.plan.note(N_("resource {uid} has no name and is called “{name}”"), uid=uid, name=name)
    calendar = calendar_of(part, calendars) or standard
    nearest = None if calendar is None else calendar.nearest
    return PlanResource(part, uid, name, nearest, nearest is standard, part.integer("BookingType") == PROPOSED, is_work)


def _person(resource: PlanResource, unrated: list[str]) -> dict[str, Any]:
    part = resource.part
    units = part.number("MaxUnits")
    if units is not None and units > MOST_FTE:
        message = N_("the resource “{name}” has {units} units; a person has ten at most, and is given ten")
        part.plan.note(message, name=resource.name, units=units)
        units = MOST_FTE
    values: dict[str, Any] = {
        "name": resource.name,
        "email": part.line("EmailAddress") or None,
        "unit": part.line("Group") or None,
        "kind": "placeholder" if part.flag("IsGeneric") else "named",
        "fte": Decimal(1) if units is None else units,
        "calendar": None if resource.calendar is None or resource.standard else To(resource.calendar.source_key),
    }
    if pattern(resource.week) != FULL_TIME:
        values["pattern"] = pattern(resource.week, values["fte"])
    rate = part.number("StandardRate")
    if rate and part.plan.currency is None:
        unrated.append(resource.name)
    elif rate:
        values |= {"rate": plain(rate.quantize(RATE, ROUND_HALF_UP)), "rate_currency": part.plan.currency}
    return values


def workers(plan: Plan, resources: Mapping[int, PlanResource]) -> dict[int, list[PlanCalendar]]:
    """The calendars of those who work on a task, by its UID."""
    found: dict[int, list[PlanCalendar]] = {}
    for part in plan.parts("Assignments"):
        task_uid, resource = part.integer("TaskUID"), resources.get(part.integer("ResourceUID") or 0)
        if task_uid is not None and resource is not None and resource.is_work:
            found.setdefault(task_uid, []).extend(resource.calendars)
    return found


def add_bookings(plan: Plan, tasks: Mapping[int, PlanTask], resources: Mapping[int, PlanResource]) -> None:
    """The assignments as bookings of the batch."""
    seen: set[int] = set()
    nobody, unknown, undated = 0, [], []
    for part in plan.parts("Assignments"):
        uid, task_uid, resource_uid = part.needed("UID"), part.integer("TaskUID"), part.integer("ResourceUID")
        if uid is None or uid in seen:
            if uid is not None:
                part.refuse("UID", N_("is the UID of two assignments"))
            continue
        seen.add(uid)
        task = None if task_uid is None else tasks.get(task_uid)
        resource = None if resource_uid is None else resources.get(resource_uid)
        if resource_uid is None or resource_uid in NOBODY or (resource is None and resource_uid == 0):
            nobody += 1
        elif task is None or resource is None:
            unknown.append(f"{uid}")
        elif resource.is_work and task.active:
            start, finish = part.moment("Start") or task.start, part.moment("Finish") or task.finish
            if start is None or finish is None:
                undated.append(f"{task.said} {resource.name}")
            else:
                _book(part, uid, task, resource, start, finish)
    if nobody:
        plan.note(N_("{count} assignments name nobody; their work stays with the task"), count=nobody)
    plan.note_several(N_("{count} assignments name a task or resource that is not in the file: {names}"), unknown)
    plan.note_several(N_("{count} assignments have no days and are not booked: {names}"), undated)


def _book(part: Part, uid: int, task: PlanTask, resource: PlanResource, start: datetime, finish: datetime) -> None:
    plan = part.plan
    first, last = start.date(), last_working_day(start, finish, resource.calendars) or finish.date()
    if last < first:
        part.refuse("Finish", Said(N_("{finish} is before {start}"), {"finish": last, "start": first}))
        return
    values = {
        "person": To(resource.source_key),
        "project": plan.project,
        "task": To(task.source_key),
        "start": first,
        "finish": last,
        "hours_per_week": hours_per_week(part.minutes("Work"), part.number("Units"), resource.week, start, finish),
        "work": part.work("Work"),
        "status": "soft" if resource.proposed or part.integer("BookingType") == PROPOSED else "hard",
    }
    word = f"assignment-{uid}"
    plan.batch.records.append(Incoming("bookings", plan.key(word), values, plan.match(word), place=part.place))
