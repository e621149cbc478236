"""Where the figures of a cell come from: booked from which bookings, available from which pattern, days off and absences."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from pmo_tui.analysis.allocation import Cause, causes, cells, claim_of
from pmo_tui.analysis.availability import (
    Capacity,
    Different,
    capacity,
    hours,
    plain_capacity,
    week_of,
    whole_weeks,
)
from pmo_tui.analysis.figure import Figure, Source, undefined
from pmo_tui.analysis.periods import Period
from pmo_tui.records.marks import N_
from pmo_tui.records.people import Absence, Booking, Person, System


def load_figure(
    who: Person | System,
    bookings: Sequence[Booking],
    absences: Sequence[Absence],
    different: Different,
    period: Period,
) -> Figure:
    """How full somebody is in a period, in per cent; undefined with its reason where nothing is available."""
    able = capacity(who, absences, different, *whole_weeks(period.start, period.finish))
    claims = [claim_of(booking, week_of(who)) for booking in bookings]
    (cell,) = cells(claims, able, [period])
    booked = _booked(cell.booked, causes(claims, able, period), {booking.key: booking for booking in bookings})
    available = _available(who, absences, different, able, period)
    inputs = (booked, available)
    if cell.percent is None:
        return undefined(N_("Load"), N_("nothing is available in {period}"), "%", inputs, period=period.name)
    return Figure(N_("Load"), cell.percent, "%", N_("booked / available"), inputs)


def _booked(amount: int, parts: Sequence[Cause], bookings: dict[str, Booking]) -> Figure:
    figures = tuple(_of_booking(part, bookings[part.claim.key]) for part in parts)
    return Figure(N_("Booked"), hours(amount), "h", N_("sum of the bookings, soft ones by probability"), figures)


def _of_booking(part: Cause, booking: Booking) -> Figure:
    key = booking.key
    sources = [Source(key, name, getattr(booking, name)) for name in ("hours_per_week", "start", "finish")]
    if not part.claim.hard:
        sources.append(Source(key, "probability", booking.probability))
    return Figure(N_("Booking"), hours(part.booked), "h", N_("hours a week on the days of the pattern"), tuple(sources))


def _available(
    who: Person | System, absences: Sequence[Absence], different: Different, able: Capacity, period: Period
) -> Figure:
    """The pattern, less what the calendar and the absences take away, each as far as it falls into the period."""
    first, last = period.start.toordinal(), period.finish.toordinal()
    window = whole_weeks(period.start, period.finish)
    usual = plain_capacity(week_of(who), *window).between(first, last)
    employed = capacity(who, (), {}, *window).between(first, last)
    open_days = capacity(who, (), different, *window).between(first, last)
    there = able.between(first, last)
    parts = [Figure(N_("Pattern"), hours(usual), "h", N_("hours of each weekday"), _pattern(who))]
    if employed != usual:
        dates = tuple(Source(who.key, name, getattr(who, name)) for name in ("start", "finish") if getattr(who, name))
        parts.append(Figure(N_("Not employed"), hours(employed - usual), "h", "", dates))
    if open_days != employed:
        days = tuple(_day(who, day, different) for day in sorted(different) if first <= day <= last)
        parts.append(Figure(N_("Days off"), hours(open_days - employed), "h", "", days))
    if there != open_days:
        parts.append(Figure(N_("Absence"), hours(there - open_days), "h", "", _away(absences, period)))
    return Figure(N_("Available"), hours(there), "h", N_("pattern − days off − absence"), tuple(parts))


def _pattern(who: Person | System) -> tuple[Source, ...]:
    if isinstance(who, System):
        return (Source(who.key, "capacity", who.capacity),)
    return Source(who.key, "pattern", who.pattern), Source(who.key, "fte", who.fte)


def _day(who: Person | System, day: int, different: Different) -> Source:
    key = (who.calendar or "") if isinstance(who, Person) else ""
    return Source(key, "exceptions" if key else "", date.fromordinal(day), different[day].name)


def _away(absences: Sequence[Absence], period: Period) -> tuple[Source, ...]:
    found = []
    for absence in absences:
        if absence.start <= period.finish and absence.finish >= period.start:
            found += [Source(absence.key, "start", absence.start), Source(absence.key, "finish", absence.finish)]
            if absence.hours_per_day is not None:
                found.append(Source(absence.key, "hours_per_day", Decimal(absence.hours_per_day)))
    return tuple(found)
