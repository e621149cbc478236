"""The calendars of a plan in MSPDI: weekdays, days that differ, and what they are based on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from pmo_tui.exchange.incoming import Incoming, To
from pmo_tui.exchange.mspdi_part import Part, Plan
from pmo_tui.exchange.mspdi_recurrence import Span, days_of
from pmo_tui.records.calendars import OFFICE_DAY
from pmo_tui.records.errors import Said
from pmo_tui.records.marks import N_

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
OFFICE_WEEK: tuple[str, ...] = (*(OFFICE_DAY,) * 5, "", "")
"""What MS Project takes for a weekday that a calendar without a base does not mention."""
LONGEST_WORK_WEEK = 1000
"""Days of a period with hours of its own that are written out."""
SUNDAY = 1
"""DayType 1; 2 is Monday, 0 a period (as files had it before 2007)."""

_TIME = re.compile(r"([01][0-9]|2[0-3]|24(?=:00)):([0-5][0-9])(?::[0-9]{2}(?:\.[0-9]+)?)?")


@dataclass(frozen=True, slots=True)
class Different:
    """Days, both included, with other hours than the week's."""

    span: Span
    hours: str
    name: str = ""


@dataclass(eq=False)
class PlanCalendar:
    """A calendar as the file has it. `week` holds only the weekdays that it mentions, Monday being 0."""

    part: Part
    uid: int
    name: str
    is_base: bool
    base: PlanCalendar | None = None
    week: dict[int, str] = field(default_factory=dict)
    different: list[Different] = field(default_factory=list)

    @property
    def own(self) -> bool:
        """Whether it says anything that its base does not."""
        return self.base is None or bool(self.week or self.different)

    @property
    def nearest(self) -> PlanCalendar:
        """This calendar if it says something itself, else the first one below it that does."""
        found = self
        while not found.own and found.base is not None:
            found = found.base
        return found

    @property
    def source_key(self) -> str:
        """The source key of its record, or of the one that says the same."""
        return self.part.plan.key(f"calendar-{self.nearest.uid}")

    @cached_property
    def whole_week(self) -> tuple[str, ...]:
        """The hours of Monday to Sunday, those of the base included. Asked for once all calendars are read."""
        below = OFFICE_WEEK if self.base is None else self.base.whole_week
        return tuple(self.week.get(day, below[day]) for day in range(7))

    @cached_property
    def all_different(self) -> list[Different]:
        """Every day that differs; those of the base where this calendar says nothing itself."""
        if self.base is None:
            return self.different
        return [*self.different, *_elsewhere(self.base.all_different, self.different)]

    def hours(self, day: date) -> str:
        """The working hours of a day."""
        different = (each.hours for each in self.all_different if each.span[0] <= day <= each.span[1])
        return next(different, self.whole_week[day.weekday()])


def read_calendars(plan: Plan) -> dict[int, PlanCalendar]:
    """The calendars by UID; those that say something are records of the batch."""
    found: dict[int, PlanCalendar] = {}
    bases: dict[int, int] = {}
    for part in plan.parts("Calendars"):
        uid = part.needed("UID")
        if uid in found:
            part.refuse("UID", N_("is the UID of two calendars"))
        elif uid is not None:
            base = part.integer("BaseCalendarUID")
            on_base = base is not None and base >= 0
            found[uid] = _calendar(part, uid, is_base=part.flag("IsBaseCalendar", missing=not on_base))
            if base is not None and on_base and not found[uid].is_base:
                bases[uid] = base
    for uid, base in bases.items():
        _put_on(found, uid, base)
    for calendar in found.values():
        if calendar.own:
            plan.batch.records.append(_incoming(plan, calendar))
    return found


def calendar_of(part: Part, calendars: Mapping[int, PlanCalendar]) -> PlanCalendar | None:
    """The calendar that a task, a resource or the plan names; None where it names none, or none that is there."""
    uid = part.integer("CalendarUID")
    if uid is None or uid < 0:
        return None
    if uid not in calendars:
        part.plan.note(N_("{part} has the calendar {uid}, which is not in the file"), part=part.said, uid=uid)
    return calendars.get(uid)


def _put_on(calendars: Mapping[int, PlanCalendar], uid: int, base: int) -> None:
    calendar, above = calendars[uid], calendars.get(base)
    if above is None:
        message = N_("calendar {uid} “{name}” is based on calendar {base}, which is not in the file")
        calendar.part.plan.note(message, uid=uid, name=calendar.name, base=base)
        return
    chain: PlanCalendar | None = above
    while chain is not None:
        if chain is calendar:
            calendar.part.refuse("BaseCalendarUID", N_("the calendar would be based on itself"))
            return
        chain = chain.base
    calendar.base = above


def _calendar(part: Part, uid: int, *, is_base: bool) -> PlanCalendar:
    calendar = PlanCalendar(part, uid, part.line("Name") or f"{uid}", is_base)
    periods: list[Different] = []
    for day in part.parts("WeekDays", "WeekDay"):
        kind = day.integer("DayType")
        if kind == 0:
            periods += _different(day, named=is_base)
        elif kind is not None and 1 <= kind <= 7:
            calendar.week[_weekday(kind)] = hours_of(day)
        else:
            day.refuse("DayType", N_("a weekday is a number from 1 to 7, 1 being Sunday"))
    exceptions = [
        each for exception in part.parts("Exceptions", "Exception") for each in _different(exception, named=is_base)
    ]
    calendar.different = exceptions or periods
    for weeks in part.parts("WorkWeeks", "WorkWeek"):
        calendar.different += _elsewhere(_work_week(weeks), calendar.different)
    return calendar


def _weekday(kind: int) -> int:
    return (kind + 5) % 7


def hours_of(part: Part) -> str:
    """The working hours of a day: `08:00-12:00 13:00-17:00`, nothing for a day off, an office day where none are said."""
    if not part.flag("DayWorking"):
        return ""
    shifts = []
    for shift in part.parts("WorkingTimes", "WorkingTime"):
        first, last = _time(shift, "FromTime"), _time(shift, "ToTime")
        if first and last:
            shifts.append(f"{first}-{'24:00' if last == '00:00' else last}")
    return " ".join(sorted(shifts)) or OFFICE_DAY


def _time(part: Part, name: str) -> str:
    text = part.line(name)
    found = _TIME.fullmatch(text.rpartition("T")[2])
    if text and found is None:
        part.refuse(name, Said(N_("“{text}” is not a time of day, written as 08:00:00"), {"text": text}))
    return "" if found is None else f"{found[1]}:{found[2]}"


def _different(part: Part, *, named: bool) -> list[Different]:
    """The days that an exception speaks of. Of a resource's own calendar the name stays out: why somebody is away is nobody's business."""
    hours = hours_of(part)
    name = part.line("Name") if named else ""
    return [Different(span, hours, name) for span in days_of(part)]


def _work_week(part: Part) -> list[Different]:
    """A period with a week of its own, written out: one entry for each run of days with the same hours."""
    week = {_weekday(day.integer("DayType") or SUNDAY): hours_of(day) for day in part.parts("WeekDays", "WeekDay")}
    found: list[Different] = []
    for first, last in days_of(part):
        if (last - first).days >= LONGEST_WORK_WEEK:
            message = N_("the working week “{name}” lasts longer than {days} days and is not taken over")
            part.plan.note(message, name=part.line("Name"), days=LONGEST_WORK_WEEK)
            continue
        for day in (first + timedelta(days=after) for after in range((last - first).days + 1)):
            hours = week.get(day.weekday())
            if hours is None:
                continue
            if found and found[-1].hours == hours and found[-1].span[1] + timedelta(days=1) == day:
                found[-1] = Different((found[-1].span[0], day), hours, found[-1].name)
            else:
                found.append(Different((day, day), hours, part.line("Name")))
    return found


def _elsewhere(different: Iterable[Different], taken: Iterable[Different]) -> list[Different]:
    """Those of `different` that are not in `taken`, cut where they are in part."""
    found = list(different)
    for other in taken:
        found = [piece for each in found for piece in _without(each, other.span)]
    return found


def _without(each: Different, taken: Span) -> list[Different]:
    first, last = each.span
    if taken[1] < first or last < taken[0]:
        return [each]
    pieces = []
    if first < taken[0]:
        pieces.append(Different((first, taken[0] - timedelta(days=1)), each.hours, each.name))
    if taken[1] < last:
        pieces.append(Different((taken[1] + timedelta(days=1), last), each.hours, each.name))
    return pieces


def _incoming(plan: Plan, calendar: PlanCalendar) -> Incoming:
    """A record cannot say that a weekday is off on which its base works; such a calendar stands alone, with all that its base says."""
    base = calendar.base
    alone = base is not None and any(not hours and base.whole_week[day] for day, hours in calendar.week.items())
    week: Mapping[int, str] = calendar.week
    different = calendar.different
    if base is None or alone:
        week, different = dict(enumerate(calendar.whole_week)), calendar.all_different
    values: dict[str, Any] = {name: week.get(day) or None for day, name in enumerate(WEEKDAYS)}
    values |= {
        "name": calendar.name,
        "base": None if base is None or alone else To(base.source_key),
        "hours_per_day": plan.units.hours_per_day,
        "hours_per_week": plan.units.hours_per_week,
        "days_per_month": plan.units.days_per_month,
        "exceptions": [_exception(each) for each in different],
    }
    word = f"calendar-{calendar.uid}"
    return Incoming("calendars", plan.key(word), values, plan.match(word), place=calendar.part.place)


def _exception(each: Different) -> dict[str, Any]:
    first, last = each.span
    return {"name": each.name or None, "start": first, "finish": last, "hours": each.hours}
