"""The working time of MSPDI in whole days and weeks: the last day of a task, and how many hours a week an assignment books.

A booking is so many hours in every week, holidays or not; of a week that it covers in part it takes the share that its whole days
have of the person's week. So exceptions do not count here, and a task of one hour books one hour, not a day.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from pmo_tui.exchange.mspdi_calendars import PlanCalendar
from pmo_tui.exchange.mspdi_part import CENT, last_day

MIDNIGHT = 24 * 60
DAYS = 7
Week = Sequence[str]
"""The working hours of Monday to Sunday: `08:00-12:00 13:00-17:00`."""


def hours_per_week(
    work: Decimal | None, units: Decimal | None, week: Week, start: datetime, finish: datetime
) -> Decimal:
    """Hours a week of somebody with that week, of `work` in minutes or else of `units`, 1 being full time.

    From a week on the moments count: five nights of full time are full time, though they touch seven days. Work on days that the week
    has off stands as it is.
    """
    whole = Decimal(minutes_of(week))
    if work is None:
        found = whole * (Decimal(1) if units is None else max(units, Decimal(0)))
    else:
        last = last_day(start, finish) or finish.date()
        days = (last - start.date()).days + 1
        available = between(week, start, finish) if days > DAYS else _whole_days(week, start.weekday(), days)
        found = max(work, Decimal(0)) * (whole / available if available else Decimal(DAYS) / max(days, DAYS))
    return plain((found / 60).quantize(CENT, ROUND_HALF_UP))


def last_working_day(start: datetime | None, finish: datetime | None, calendars: Sequence[PlanCalendar]) -> date | None:
    """The last day that something belongs to which is worked on by those calendars.

    A finish on Monday at eight, before anybody has begun, is the end of Friday.
    """
    last = last_day(start, finish)
    if last is None or finish is None or start is None or last != finish.date() or last <= start.date():
        return last
    if not calendars or not all(_is_about_to_begin(calendar.hours(last), finish) for calendar in calendars):
        return last
    while last > start.date():
        last -= timedelta(days=1)
        if any(calendar.hours(last) for calendar in calendars):
            break
    return last


def _is_about_to_begin(hours: str, moment: datetime) -> bool:
    """Whether that day is worked, but not yet."""
    return bool(hours) and not _until(hours, moment)


def pattern(week: Week, units: Decimal = Decimal(1)) -> str:
    """The hours of Monday to Sunday as a person has them: `8 8 8 8 0 0 0`."""
    return " ".join(f"{plain((minutes_in(hours) * units / 60).quantize(CENT, ROUND_HALF_UP)):f}" for hours in week)


def plain(number: Decimal) -> Decimal:
    """Without zeros behind the decimal point."""
    return number.quantize(Decimal(1)) if number == number.to_integral_value() else number.normalize()


def minutes_of(week: Week) -> int:
    """The working minutes of a week."""
    return sum(map(minutes_in, week))


def between(week: Week, start: datetime, finish: datetime) -> int:
    """The working minutes from one moment to a later one."""
    days = (finish.date() - start.date()).days
    before = _until(week[start.weekday()], start)
    return _whole_days(week, start.weekday(), days) - before + _until(week[finish.weekday()], finish)


def _whole_days(week: Week, weekday: int, days: int) -> int:
    """The working minutes of so many days from that weekday on."""
    weeks, rest = divmod(days, DAYS)
    return weeks * minutes_of(week) + sum(minutes_in(week[(weekday + day) % DAYS]) for day in range(rest))


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
    """The working minutes of a day."""
    return sum(last - first for first, last in _shifts(hours))


def _until(hours: str, moment: datetime) -> int:
    """The working minutes of that day before the moment."""
    now = moment.hour * 60 + moment.minute
    return sum(min(last, now) - first for first, last in _shifts(hours) if first < now)
