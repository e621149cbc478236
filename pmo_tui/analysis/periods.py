"""Spans of time as columns: days, ISO weeks, calendar months; both ends of a period belong to it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal, NamedTuple

Granularity = Literal["day", "week", "month"]
GRANULARITIES: tuple[Granularity, ...] = ("day", "week", "month")
DAYS_IN_WEEK = 7
WORKING_DAYS = 5
"""Monday to Friday: how full time is spread over a week."""
A_DAY = timedelta(days=1)


class Period(NamedTuple):
    """A day, a week from Monday to Sunday, or a month; `finish` is its last day."""

    granularity: Granularity
    start: date
    finish: date

    @property
    def name(self) -> str:
        """How it is written in files and filters: `2026-11-25`, `2026-w48`, `2026-11`."""
        if self.granularity == "day":
            return self.start.isoformat()
        if self.granularity == "month":
            return f"{self.start:%Y-%m}"
        year, week, _ = self.start.isocalendar()
        return f"{year}-w{week:02}"

    @property
    def days(self) -> int:
        """How many days it has, weekends included."""
        return (self.finish - self.start).days + 1


def period_of(granularity: Granularity, day: date) -> Period:
    """The day, week or month that `day` lies in. A week belongs to the year of its Thursday (ISO 8601)."""
    if granularity == "day":
        return Period("day", day, day)
    if granularity == "week":
        monday = day - timedelta(days=day.weekday())
        return Period("week", monday, monday + timedelta(days=DAYS_IN_WEEK - 1))
    start = day.replace(day=1)
    next_month = (start + timedelta(days=31)).replace(day=1)
    return Period("month", start, next_month - A_DAY)


def periods_from(granularity: Granularity, day: date, count: int) -> tuple[Period, ...]:
    """`count` periods side by side, the first the one that `day` lies in."""
    found: list[Period] = []
    for _ in range(count):
        found.append(period_of(granularity, day))
        day = found[-1].finish + A_DAY
    return tuple(found)


def periods_between(granularity: Granularity, first: date, last: date) -> tuple[Period, ...]:
    """The periods that `first`, `last` and everything between them lie in."""
    found: list[Period] = []
    while first <= last:
        found.append(period_of(granularity, first))
        first = found[-1].finish + A_DAY
    return tuple(found)


def working_days(start: date, finish: date) -> int:
    """Mondays to Fridays from `start` up to and including `finish`, whatever holidays there are."""
    return _weekdays_before(finish.toordinal() + 1) - _weekdays_before(start.toordinal())


def _weekdays_before(ordinal: int) -> int:
    """Mondays to Fridays before a day. Day 1 of the calendar, as `date.toordinal` counts, is a Monday."""
    weeks, days = divmod(ordinal - 1, DAYS_IN_WEEK)
    return weeks * WORKING_DAYS + min(days, WORKING_DAYS)
