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
from pmo_tui.exchange.mspdi_calendars import PlanCalendar, calendar_of
from pmo_tui.exchange.mspdi_hours import WorkingTime
from pmo_tui.exchange.mspdi_part import CENT, Part, Plan, last_day
from pmo_tui.exchange.mspdi_tasks import PlanTask
from pmo_tui.records.errors import Said
from pmo_tui.records.marks import N_

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
    """Somebody, or something, that a plan assigns to tasks."""

    part: Part
    uid: int
    name: str
    calendar: PlanCalendar | None
    proposed: bool
    is_work: bool

    @property
    def source_key(self) -> str:
        """The source key of its record."""
        return self.part.plan.key(f"resource-{self.uid}")


def add_people(
    plan: Plan, calendars: Mapping[int, PlanCalendar], standard: PlanCalendar | None
) -> dict[int, PlanResource]:
    """The resources by UID; those that work are people of the batch."""
    found: dict[int, PlanResource] = {}
    for part in plan.parts("Resources"):
        uid = part.integer("UID")
        if uid is None:
            part.refuse("UID", N_("is needed"))
        elif uid in found:
            part.refuse("UID", N_("is the UID of two resources"))
        elif not part.flag("IsNull") and (uid != 0 or part.line("Name")):
            found[uid] = _resource(part, uid, calendars)
    others = [each.name for each in found.values() if not each.is_work]
    plan.note_several(N_("{count} resources are material, cost or budget and are not booked: {names}"), others)
    names = Counter(each.name.casefold() for each in found.values())
    unrated: list[str] = []
    for each in found.values():
        if each.is_work:
            values = _person(each, standard, unrated)
            ways = [{"email": values["email"]}] if values["email"] else []
            if names[each.name.casefold()] == 1:
                ways.append({"name": each.name})
            incoming = Incoming("people", each.source_key, values, tuple(ways), update=False, place=each.part.place)
            plan.batch.records.append(incoming)
    plan.note_several(N_("{count} rates are left out, since the file does not say their currency: {names}"), unrated)
    return found


def _resource(part: Part, uid: int, calendars: Mapping[int, PlanCalendar]) -> PlanResource:
    kind = part.integer("Type")
    is_work = (WORK if kind is None else kind) == WORK and not part.flag("IsCostResource") and not part.flag("IsBudget")
    name = part.line("Name")
    if not name:
        name = f"#{part.line('ID') or uid}"
        part.plan.note(N_("resource {uid} has no name and is called “{name}”"), uid=uid, name=name)
    calendar = calendar_of(part, calendars)
    proposed = part.integer("BookingType") == PROPOSED
    return PlanResource(part, uid, name, calendar, proposed, is_work)


def _person(resource: PlanResource, standard: PlanCalendar | None, unrated: list[str]) -> dict[str, Any]:
    part = resource.part
    calendar = None if resource.calendar is None else resource.calendar.nearest
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
        "calendar": None if calendar is None or calendar is standard else To(calendar.source_key),
    }
    rate = part.number("StandardRate")
    if rate and part.plan.currency is None:
        unrated.append(resource.name)
    elif rate:
        values |= {"rate": _plain(rate.quantize(RATE, ROUND_HALF_UP)), "rate_currency": part.plan.currency}
    return values


def _plain(number: Decimal) -> Decimal:
    """Without zeros behind the decimal point."""
    return number.quantize(Decimal(1)) if number == number.to_integral_value() else number.normalize()


def add_bookings(
    plan: Plan, tasks: Mapping[int, PlanTask], resources: Mapping[int, PlanResource], standard: PlanCalendar | None
) -> None:
    """The assignments as bookings of the batch; `standard` is the calendar of whoever has none of his own."""
    seen: set[int] = set()
    nobody, unknown, undated = 0, [], []
    hours = WorkingTime(plan, standard)
    for part in plan.parts("Assignments"):
        uid, task_uid, resource_uid = part.integer("UID"), part.integer("TaskUID"), part.integer("ResourceUID")
        if uid is None or uid in seen:
            part.refuse("UID", N_("is needed") if uid is None else N_("is the UID of two assignments"))
            continue
        seen.add(uid)
        task = None if task_uid is None else tasks.get(task_uid)
        resource = None if resource_uid is None else resources.get(resource_uid)
        if resource_uid is None or resource_uid in NOBODY or (resource is None and resource_uid == 0):
            nobody += 1
        elif task is None or resource is None:
            unknown.append(f"{uid}")
        elif resource.is_work and task.active:
            booking = _Booking(part, task, resource)
            if booking.start is None or booking.finish is None:
                undated.append(f"{task.said} {resource.name}")
            else:
                _book(plan, uid, booking, hours)
    if nobody:
        plan.note(N_("{count} assignments name nobody; their work stays with the task"), count=nobody)
    plan.note_several(N_("{count} assignments name a task or resource that is not in the file: {names}"), unknown)
    plan.note_several(N_("{count} assignments have no days and are not booked: {names}"), undated)


class _Booking:
    """An assignment with its days, which are the task's where it has none of its own."""

    def __init__(self, part: Part, task: PlanTask, resource: PlanResource) -> None:
        self.part, self.task, self.resource = part, task, resource
        self.start: datetime | None = part.moment("Start") or task.start
        self.finish: datetime | None = part.moment("Finish") or task.finish


def _book(plan: Plan, uid: int, booking: _Booking, hours: WorkingTime) -> None:
    part, start, finish = booking.part, booking.start, booking.finish
    assert start is not None
    assert finish is not None
    first, last = start.date(), last_day(start, finish)
    assert last is not None
    if last < first:
        part.refuse("Finish", Said(N_("{finish} is before {start}"), {"finish": last, "start": first}))
        return
    minutes = part.minutes("Work")
    proposed = booking.resource.proposed or part.integer("BookingType") == PROPOSED
    values = {
        "person": To(booking.resource.source_key),
        "project": plan.project,
        "task": To(booking.task.source_key),
        "start": first,
        "finish": last,
        "hours_per_week": _hours_per_week(booking, minutes, hours),
        "work": part.work("Work"),
        "status": "soft" if proposed else "hard",
    }
    word = f"assignment-{uid}"
    plan.batch.records.append(Incoming("bookings", plan.key(word), values, plan.match(word), place=part.place))


def _hours_per_week(booking: _Booking, minutes: Decimal | None, hours: WorkingTime) -> Decimal:
    """The work spread evenly over the working time of those days; the units of a full week where there is no such time."""
    units = booking.part.number("Units")
    share = Decimal(1) if units is None else max(units, Decimal(0))
    calendar = booking.resource.calendar
    if minutes is not None and booking.start is not None and booking.finish is not None:
        available = hours.between(calendar, booking.start, booking.finish)
        if available:
            share = max(minutes, Decimal(0)) / available
    return _plain((share * hours.week(calendar) / 60).quantize(CENT, ROUND_HALF_UP))
