"""What somebody can work on each day: the working pattern, less holidays, less absences.

Amounts are whole seconds, so that sums are exact and quick; `hours` turns them into hours for people.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from itertools import accumulate, pairwise

from pmo_tui.analysis.amounts import half_up, tidy
from pmo_tui.analysis.periods import DAYS_IN_WEEK, WORKING_DAYS
from pmo_tui.analysis.working_time import WEEKDAYS, shifts
from pmo_tui.records.base import Record
from pmo_tui.records.calendars import Calendar
from pmo_tui.records.people import FULL_TIME, FULL_TIME_HOURS, Absence, Person, System

SECONDS_PER_HOUR = 3600

Week = tuple[int, ...]
"""Seconds of Monday to Sunday."""


def seconds(hours: Decimal) -> int:
    """Hours as whole seconds, a half rounded up."""
    return int((hours * SECONDS_PER_HOUR).to_integral_value(ROUND_HALF_UP))


@lru_cache(maxsize=1 << 12)
def hours(amount: int) -> Decimal:
    """Seconds as hours, to a hundredth, without zeros behind the decimal mark."""
    return tidy(half_up(Decimal(amount) / SECONDS_PER_HOUR))


@lru_cache(maxsize=1 << 10)
def even_week(per_week: Decimal) -> Week:
    """So many hours a week in equal parts on Monday to Friday."""
    total = seconds(per_week)
    upto = [total * day // WORKING_DAYS for day in range(WORKING_DAYS + 1)]
    return (*(after - before for before, after in pairwise(upto)), 0, 0)


@lru_cache(maxsize=1 << 10)
def pattern_of(pattern: str, fte: Decimal) -> Week:
    """The week of a person. A pattern left at full time is scaled by the fte; any other says it already."""
    share = fte if pattern == FULL_TIME else Decimal(1)
    return tuple(seconds(Decimal(part) * share) for part in pattern.split())


def week_of(who: Person | System) -> Week:
    """The working week of a person, or of a system: its capacity on Monday to Friday."""
    if isinstance(who, System):
        return even_week(who.capacity)
    return pattern_of(who.pattern, who.fte)


def weekly_hours(who: Person | System) -> Decimal:
    """The hours of a usual week."""
    return hours(sum(week_of(who)))


def share_of_week(per_week: Decimal, who: Record | None) -> Decimal | None:
    """Hours a week in per cent of somebody's usual week, to a tenth; None where he has no hours, or is neither person nor system."""
    whole = sum(week_of(who)) if isinstance(who, Person | System) else 0
    return tidy(half_up(100 * per_week * SECONDS_PER_HOUR / whole, 1)) if whole else None


def shift_seconds(text: str, name: str = "") -> int:
    """The working time in `08:00-12:00 13:00-17:00`. Fault, naming the calendar `name`, where that is no time of day."""
    return sum(end - start for start, end in shifts(text, name)) * 60


@dataclass(frozen=True, slots=True)
class DifferentDay:
    """A day that differs from the week: `work` seconds at most, or `extra` working time on what is a day off."""

    name: str
    work: int = 0
    extra: bool = False

    def of(self, usual: int) -> int:
        """What somebody who usually works `usual` seconds on such a weekday works on this day."""
        return self.work if self.extra else min(usual, self.work)


Different = Mapping[int, DifferentDay]
"""Days that differ by `date.toordinal`."""


def different_days(calendar: Calendar, calendars: Mapping[str, Calendar], first: int, last: int) -> Different:
    """The exceptions of a calendar and of those it is based on, from ordinal `first` to `last`. The nearest wins.

    A day off frees everybody. Hours on a day that the calendar works shorten it, for whoever works then. Hours on a day
    that the calendar has off are extra working time, for everybody. Fault where hours are no times of day.
    """
    found: dict[int, DifferentDay] = {}
    chain = _with_bases(calendar, calendars)
    usual = _usual_week(chain)
    for each in reversed(chain):
        for exception in each.exceptions:
            work = shift_seconds(exception.hours, each.name)
            name = exception.name or each.name
            start, finish = max(first, exception.start.toordinal()), min(last, exception.finish.toordinal())
            for day in range(start, finish + 1):
                extra = work > 0 and not usual[(day - 1) % DAYS_IN_WEEK]
                found[day] = DifferentDay(name, work, extra)
    return found


def _with_bases(calendar: Calendar, calendars: Mapping[str, Calendar]) -> list[Calendar]:
    """The calendar, the one it is based on, and so on."""
    chain = [calendar]
    while (base := calendars.get(chain[-1].base or "")) is not None and base not in chain:
        chain.append(base)
    return chain


def _usual_week(chain: Sequence[Calendar]) -> Week:
    """What the calendar works each weekday; a mere list of days off, which says nothing of the week, Monday to Friday."""
    said = [next((each for calendar in chain if (each := getattr(calendar, day))), "") for day in WEEKDAYS]
    return tuple(shift_seconds(text, chain[0].name) for text in said) if any(said) else even_week(FULL_TIME_HOURS)


@dataclass(slots=True)
class Capacity:
    """What one person or system can work on each day of a window of whole weeks.

    `first` is the ordinal of the Monday it begins with, `week` the usual pattern, `days` the seconds of each day and
    `sums[i]` those of the days before day `i`.
    """

    first: int
    week: Week
    days: list[int]
    sums: list[int]

    @property
    def last(self) -> int:
        """The ordinal of the Sunday it ends with."""
        return self.first + len(self.days) - 1

    def between(self, first: int, last: int) -> int:
        """The seconds available from one ordinal up to and including the other; both lie in the window."""
        return self.sums[last - self.first + 1] - self.sums[first - self.first]


def whole_weeks(start: date, finish: date) -> tuple[int, int]:
    """The ordinals of the Monday and the Sunday of the whole weeks around a span of days."""
    first, last = start.toordinal(), finish.toordinal()
    return first - (first - 1) % DAYS_IN_WEEK, last + (-last) % DAYS_IN_WEEK


def plain_capacity(week: Week, first: int, last: int) -> Capacity:
    """A pattern without holidays and absences, from ordinal `first`, a Monday, to `last`, a Sunday."""
    return _summed(first, week, list(week) * ((last - first + 1) // DAYS_IN_WEEK))


def capacity(
    who: Person | System, absences: Iterable[Absence], different: Different, first: int, last: int
) -> Capacity:
    """What `who` can work from ordinal `first`, a Monday, to `last`, a Sunday: pattern − holidays − absences.

    Nothing outside a person's `start` and `finish`. A system is there on holidays too: `different` is not for it.
    """
    week = week_of(who)
    days = list(week) * ((last - first + 1) // DAYS_IN_WEEK)
    if isinstance(who, Person):
        for day, differs in different.items():
            if first <= day <= last:
                days[day - first] = differs.of(days[day - first])
        for absence in absences:
            _take_out(days, absence, first, last)
        _outside(days, who, first, last)
    return _summed(first, week, days)


def _summed(first: int, week: Week, days: list[int]) -> Capacity:
    return Capacity(first, week, days, [0, *accumulate(days)])


def _take_out(days: list[int], absence: Absence, first: int, last: int) -> None:
    """Whole days, or so many hours of each day."""
    away = None if absence.hours_per_day is None else seconds(absence.hours_per_day)
    for day in range(max(first, absence.start.toordinal()), min(last, absence.finish.toordinal()) + 1):
        days[day - first] = 0 if away is None else max(0, days[day - first] - away)


def _outside(days: list[int], who: Person, first: int, last: int) -> None:
    if who.start is not None:
        before = min(len(days), max(0, who.start.toordinal() - first))
        days[:before] = [0] * before
    if who.finish is not None:
        after = min(len(days), max(0, last - who.finish.toordinal()))
        days[len(days) - after :] = [0] * after
