"""Days that differ from a calendar's week, written out: MSPDI gives a period, or a rule by which a day comes back within it.

Types 1 and 7 are every so many days, 8 every working weekday, 2 and 3 every year, 4 and 5 every month, 6 every week; 3 and 5 by position
(“the last Monday”). Anything else is the period itself.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice

from pmo_tui.exchange.mspdi_part import Part, last_day
from pmo_tui.records.errors import Said
from pmo_tui.records.marks import N_

Span = tuple[date, date]
"""First and last day."""
MOST = 1000
"""Days that a rule is written out to."""
LAST = 4
"""MonthPosition: 0 the first … 3 the fourth, 4 the last."""


def days_of(part: Part) -> list[Span]:
    """The spans of days that an exception (or any part with a `TimePeriod`) speaks of, in order."""
    period = next(iter(part.parts("TimePeriod")), None)
    begin = None if period is None else period.moment("FromDate")
    end = None if period is None else last_day(begin, period.moment("ToDate"))
    if begin is None or end is None:
        if period is not None and not (period.line("FromDate") and period.line("ToDate")):
            part.refuse("TimePeriod", N_("a day that differs needs FromDate and ToDate"))
        return []
    first, last = begin.date(), end
    if last < first:
        part.refuse("ToDate", Said(N_("{finish} is before {start}"), {"finish": last, "start": first}))
        return []
    return _spans(part, first, last)


def _spans(part: Part, first: date, last: date) -> list[Span]:
    days = _rule(part, first, last)
    if days is None:
        return [(first, last)]
    times = part.integer("Occurrences") or 0
    within: Iterator[date] = (day for day in days if first <= day <= last)
    if times > 0 and part.flag("EnteredByOccurrences"):
        within = islice(within, times)
    found = list(islice(within, MOST + 1))
    if len(found) > MOST:
        message = N_("“{name}” comes back more than {most} times; only so many are taken over")
        part.plan.note(message, name=part.line("Name"), most=MOST)
    return [(day, day) for day in found[:MOST]]


def _rule(part: Part, first: date, last: date) -> Iterator[date] | None:
    """The days that a rule names from `first` on; None where the period itself is meant."""
    kind = part.integer("Type") or 0
    period = max(part.integer("Period") or 1, 1)
    if kind in (1, 7):
        return None if period == 1 else _every(first, last, period)
    if kind == 8:
        return (day for day in _every(first, last, 1) if day.weekday() < calendar.SATURDAY)
    if kind == 6:
        return _weekly(first, last, period, part.integer("DaysOfWeek") or 0)
    if kind in (2, 3, 4, 5):
        return _monthly(part, first, last, period, by_position=kind in (3, 5), yearly=kind in (2, 3))
    return None


def _every(first: date, last: date, period: int) -> Iterator[date]:
    day: date | None = first
    while day is not None and day <= last:
        yield day
        day = _later(day, period)


def _later(day: date, days: int) -> date | None:
    left = (date.max - day).days
    return None if days > left else day + timedelta(days=days)


def _weekly(first: date, last: date, period: int, mask: int) -> Iterator[date]:
    """`mask` adds 1 for Sunday, 2 for Monday … 64 for Saturday; weeks begin on Sunday, as the mask does."""
    sunday = first.toordinal() - (first.weekday() + 1) % 7
    for day in _every(first, last, 1):
        week, place = divmod(day.toordinal() - sunday, 7)
        if week % period == 0 and mask >> place & 1:
            yield day


def _monthly(part: Part, first: date, last: date, period: int, *, by_position: bool, yearly: bool) -> Iterator[date]:
    month = part.integer("Month") or 0
    step = 12 * period if yearly else period
    start = first.year * 12 + (month if yearly else first.month - 1)
    for number in range(start, last.year * 12 + last.month, step):
        year, month_of_year = divmod(number, 12)
        if by_position:
            day = _by_position(
                year, month_of_year + 1, part.integer("MonthItem") or 0, part.integer("MonthPosition") or 0
            )
        else:
            day = _in_month(year, month_of_year + 1, part.integer("MonthDay") or 0)
        if day is not None:
            yield day


def _in_month(year: int, month: int, day: int) -> date | None:
    return date(year, month, day) if 1 <= day <= calendar.monthrange(year, month)[1] else None


def _by_position(year: int, month: int, item: int, position: int) -> date | None:
    """The first … fourth or last day (item 0), weekday (1), weekend day (2), Sunday (3) … Saturday (9) of a month."""
    days = [date(year, month, day) for day in range(1, calendar.monthrange(year, month)[1] + 1)]
    if item == 1:
        days = [day for day in days if day.weekday() < calendar.SATURDAY]
    elif item == 2:
        days = [day for day in days if day.weekday() >= calendar.SATURDAY]
    elif item >= 3:
        days = [day for day in days if (day.weekday() + 1) % 7 == item - 3]
    place = len(days) - 1 if position == LAST else position
    return days[place] if 0 <= place < len(days) else None
