"""Who comes free, who is on too many projects at once, and where more people are asked for than there are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from pmo_tui.analysis.allocation import Cell, claim_of, spread
from pmo_tui.analysis.amounts import half_up, tidy
from pmo_tui.analysis.availability import even_week, hours, plain_capacity, seconds, whole_weeks
from pmo_tui.analysis.periods import WORKING_DAYS, Period, working_days
from pmo_tui.records.people import FULL_TIME_HOURS, Booking, Person
from pmo_tui.records.requests import OPEN_STATUSES, Request

HORIZONS = (30, 60, 90)
"""Within so many days somebody comes free: the steps in which resource managers look ahead."""
MOST_PROJECTS = 3
"""On so many projects at once somebody can still work, where the organisation does not say otherwise."""
A_DAY = timedelta(days=1)


class Load(NamedTuple):
    """An amount of work in a period, with what one full-time equivalent works in it, both in seconds."""

    amount: int
    full_time: int

    @property
    def hours(self) -> Decimal:
        """In hours, to a hundredth."""
        return hours(self.amount)

    @property
    def fte(self) -> Decimal | None:
        """In full-time equivalents, to a hundredth; None for a period without a working day."""
        return tidy(half_up(Decimal(self.amount) / self.full_time)) if self.full_time else None

    @property
    def percent(self) -> Decimal | None:
        """In per cent of one full-time equivalent, to a tenth; None for a period without a working day."""
        return tidy(half_up(Decimal(100 * self.amount) / self.full_time, 1)) if self.full_time else None


def full_time(period: Period, per_week: Decimal = FULL_TIME_HOURS) -> int:
    """What a full-time equivalent works in a period, in seconds: a fifth of the week each Monday to Friday, holidays too."""
    return seconds(per_week) * working_days(period.start, period.finish) // WORKING_DAYS


# ---- coming free -------------------------------------------------------------------------------------------------------


class RollOff(NamedTuple):
    """Somebody whose work on a project ends: the last day, within how many days that is, and hours a week by probability.

    `freed` ends with the booking; `left` is what is still booked on the day after.
    """

    person: str
    project: str
    booking: str
    last_day: date
    within: int
    freed: Decimal
    left: Decimal


def roll_offs(bookings: Iterable[Booking], today: date, horizons: Sequence[int] = HORIZONS) -> list[RollOff]:
    """Whose bookings end from `today` on within the last of `horizons`, the soonest first.

    A booking that another one for the same person and project goes on after is not an end.
    """
    by_person: dict[str, list[Booking]] = {}
    for booking in bookings:
        by_person.setdefault(booking.person, []).append(booking)
    found = []
    for own in by_person.values():
        for booking in own:
            days = (booking.finish - today).days
            within = next((horizon for horizon in horizons if 0 <= days <= horizon), None)
            if within is None or any(_goes_on(booking, other) for other in own):
                continue
            left = sum((_weekly(other) for other in own if _covers(other, booking.finish)), Decimal(0))
            found.append(
                RollOff(booking.person, booking.project, booking.key, booking.finish, within, _weekly(booking), left)
            )
    return sorted(found, key=lambda each: (each.last_day, each.person, each.booking))


def _goes_on(booking: Booking, other: Booking) -> bool:
    """Whether `other` carries the work of `booking` on, after a weekend or holiday at most."""
    soon = booking.finish + timedelta(days=7)
    return other.project == booking.project and other.finish > booking.finish and other.start <= soon


def _covers(other: Booking, day: date) -> bool:
    return other.start <= day + A_DAY and other.finish > day


def _weekly(booking: Booking) -> Decimal:
    """Hours a week by probability."""
    share = booking.probability if booking.status == "soft" else Decimal(100)
    return tidy(half_up(booking.hours_per_week * share / 100))


# ---- too many projects -------------------------------------------------------------------------------------------------


class Crowd(NamedTuple):
    """A stretch of days on which somebody is booked on the same, too many projects."""

    person: str
    start: date
    finish: date
    projects: tuple[str, ...]


def crowds(bookings: Iterable[Booking], first: date, last: date, most: int = MOST_PROJECTS) -> list[Crowd]:
    """When people are on more than `most` projects at once between two days, soft bookings counted; the fullest first."""
    by_person: dict[str, list[Booking]] = {}
    for booking in bookings:
        if booking.start <= last and booking.finish >= first:
            by_person.setdefault(booking.person, []).append(booking)
    found = [
        Crowd(person, start, finish, projects)
        for person, own in by_person.items()
        if len(own) > most
        for start, finish, projects in _stretches(own, first, last)
        if len(projects) > most
    ]
    return sorted(found, key=lambda each: (-len(each.projects), each.start, each.person))


def _stretches(bookings: Sequence[Booking], first: date, last: date) -> Iterator[tuple[date, date, tuple[str, ...]]]:
    """The days between two, cut where a booking begins or has ended, each stretch with the projects of it."""
    edges = {first}
    for booking in bookings:
        edges.update(day for day in (booking.start, booking.finish + A_DAY) if first < day <= last)
    cuts = sorted(edges)
    for start, after in zip(cuts, [*cuts[1:], last + A_DAY], strict=True):
        projects = {booking.project for booking in bookings if booking.start <= start <= booking.finish}
        yield start, after - A_DAY, tuple(sorted(projects))


# ---- demand and capacity -----------------------------------------------------------------------------------------------


class Need(NamedTuple):
    """One function in one period, in seconds: what its people can work, what of that is booked, and what is asked beside it.

    `asked` is what is booked on placeholders, by probability, and what open requests ask for.
    """

    capacity: int
    booked: int
    asked: int
    full_time: int

    @property
    def demand(self) -> Load:
        """All that is to be done: booked and asked."""
        return Load(self.booked + self.asked, self.full_time)

    @property
    def gap(self) -> Load:
        """Capacity less demand: negative where people are missing."""
        return Load(self.capacity - self.booked - self.asked, self.full_time)

    @property
    def percent(self) -> Decimal | None:
        """Demand in per cent of capacity, to a tenth; None where there is nobody."""
        demand = 100 * (self.booked + self.asked)
        return tidy(half_up(Decimal(demand) / self.capacity, 1)) if self.capacity else None


class FunctionNeed(NamedTuple):
    """A function (empty: people without one) with what is needed of it, period by period."""

    function: str
    needs: tuple[Need, ...]


def demand(
    rows: Iterable[tuple[Person, Sequence[Cell]]],
    requests: Iterable[Request],
    periods: Sequence[Period],
    per_week: Decimal = FULL_TIME_HOURS,
) -> list[FunctionNeed]:
    """Demand against capacity by function, in the order of their names.

    `rows` are people and placeholders with their cells for `periods`. Of the requests those count that wait for an answer:
    a draft is not sent, one with a booking, soft or hard, is among the bookings.
    """
    whole = [full_time(period, per_week) for period in periods]
    sums: dict[str, list[list[int]]] = {}
    names: dict[str, str] = {}

    def of(function: str) -> list[list[int]]:
        names.setdefault(function.casefold(), function)
        return sums.setdefault(function.casefold(), [[0, 0, 0] for _ in periods])

    for person, cells in rows:
        placeholder = person.kind == "placeholder"
        for sum_, cell in zip(of(person.function or (person.name if placeholder else "")), cells, strict=True):
            sum_[0] += 0 if placeholder else cell.available
            sum_[2 if placeholder else 1] += cell.booked
    for request in requests:
        if request.status in OPEN_STATUSES and request.booking is None:
            for sum_, amount in zip(of(request.role), _asked(request, periods), strict=True):
                sum_[2] += amount
    return [
        FunctionNeed(
            names[folded],
            tuple(Need(sum_[0], sum_[1], sum_[2], each) for sum_, each in zip(sums[folded], whole, strict=True)),
        )
        for folded in sorted(sums)
    ]


def _asked(request: Request, periods: Sequence[Period]) -> list[int]:
    """What a request asks for in each period, as if of somebody full-time without holidays."""
    week = even_week(FULL_TIME_HOURS)
    claim = claim_of(request, week)
    capacity = plain_capacity(week, *whole_weeks(periods[0].start, periods[-1].finish))
    spans = [(period.start.toordinal(), period.finish.toordinal()) for period in periods]
    return [spread(claim.per_week, claim, capacity, first, last) for first, last in spans]
