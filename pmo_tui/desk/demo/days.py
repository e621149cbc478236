"""Working days of the demo: Monday to Friday without the Dutch public holidays."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

from pmo_tui.records.calendars import OFFICE_DAY, Calendar, CalendarException


@cache
def days_off(year: int) -> frozenset[date]:
    """Public holidays in the Netherlands that offices keep: Good Friday is a working day, 5 May is free every fifth year."""
    import holidays

    return frozenset(
        day for day, name in holidays.country_holidays("NL", years=year, language="en_US").items() if "Good" not in name
    )


def is_working(day: date) -> bool:
    """Whether the office is open."""
    return day.weekday() < 5 and day not in days_off(day.year)


def plus(day: date, count: int) -> date:
    """The working day `count` working days after `day` (or the first one at or after it, for 0)."""
    while not is_working(day):
        day += timedelta(1)
    for _ in range(count):
        day += timedelta(1)
        while not is_working(day):
            day += timedelta(1)
    return day


def minus(day: date, count: int) -> date:
    """The working day `count` working days before `day`."""
    for _ in range(count):
        day -= timedelta(1)
        while not is_working(day):
            day -= timedelta(1)
    return day


def office_calendar(years: range) -> Calendar:
    """The calendar of the demo's organisation."""
    free = sorted(day for year in years for day in days_off(year))
    exceptions = [CalendarException(name="Public holiday", start=day, finish=day) for day in free]
    return Calendar(
        name="Office", monday=OFFICE_DAY, tuesday=OFFICE_DAY, wednesday=OFFICE_DAY, thursday=OFFICE_DAY, friday=OFFICE_DAY,
        saturday="", sunday="", exceptions=exceptions,
    )  # fmt: skip
