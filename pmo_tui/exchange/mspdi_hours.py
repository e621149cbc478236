"""How much working time lies between two moments, by the calendars of a plan in MSPDI."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from itertools import accumulate

from pmo_tui.exchange.mspdi_calendars import OFFICE_WEEK, PlanCalendar, hours_on
from pmo_tui.exchange.mspdi_part import Plan

LONGEST = 50 * 366
"""Days of a plan that are looked at one by one."""
MIDNIGHT = 24 * 60


class WorkingTime:
    """Minutes of work between two moments and in a week. `standard` is the calendar of whoever has none of his own."""

    def __init__(self, plan: Plan, standard: PlanCalendar | None) -> None:
        self.standard = standard
        self._span = _span(plan)
        self._days: dict[int, tuple[list[str], list[int]]] = {}

    def week(self, calendar: PlanCalendar | None) -> int:
        """The minutes of a week without exceptions."""
        found = calendar or self.standard
        return sum(minutes_in(hours) for hours in (OFFICE_WEEK if found is None else found.whole_week()))

    def between(self, calendar: PlanCalendar | None, start: datetime, finish: datetime) -> int:
        """Working minutes from `start` to `finish`; none where that lies outside of what can be told."""
        found = calendar or self.standard
        if found is None or self._span is None or not self._span[0] <= start.date() <= finish.date() <= self._span[1]:
            return 0
        hours, before = self._counted(found)
        first, last = (start.date() - self._span[0]).days, (finish.date() - self._span[0]).days
        return before[last] - before[first] + _until(hours[last], finish) - _until(hours[first], start)

    def _counted(self, calendar: PlanCalendar) -> tuple[list[str], list[int]]:
        """The hours of each day of the plan, and the minutes that lie before it."""
        assert self._span is not None
        if calendar.uid not in self._days:
            hours = hours_on(calendar, *self._span)
            self._days[calendar.uid] = (hours, list(accumulate(map(minutes_in, hours), initial=0)))
        return self._days[calendar.uid]


def _span(plan: Plan) -> tuple[date, date] | None:
    """The first and the last day of all bookings of the plan, None where that is longer than any plan."""
    days: list[date] = []
    for section in ("Tasks", "Assignments"):
        for part in plan.parts(section):
            days += [moment.date() for name in ("Start", "Finish") if (moment := part.moment(name))]
    if not days or (max(days) - min(days)).days > LONGEST:
        return None
    return min(days), max(days)


@lru_cache(maxsize=512)
def _shifts(hours: str) -> tuple[tuple[int, int], ...]:
    """From and to in minutes after midnight; a shift that ends before it starts ends at midnight."""
    found = []
    for shift in hours.split():
        first, last = (int(clock[:2]) * 60 + int(clock[3:]) for clock in shift.split("-"))
        found.append((first, last if last > first else MIDNIGHT))
    return tuple(found)


@lru_cache(maxsize=512)
def minutes_in(hours: str) -> int:
    """The working minutes of `08:00-12:00 13:00-17:00`."""
    return sum(last - first for first, last in _shifts(hours))


def _until(hours: str, moment: datetime) -> int:
    """The working minutes of that day before the moment."""
    now = moment.hour * 60 + moment.minute
    return sum(min(last, now) - first for first, last in _shifts(hours) if first < now)
