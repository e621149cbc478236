"""What would relieve somebody who has too much in a period: proposals with their effect. Nothing is changed here.

Three kinds for each booking that is part of the trouble: somebody else with the same function takes it over from then on, it is moved
to later weeks, or it gets fewer hours from then on. A proposal is made only where it leaves fewer weeks with too much and gives
nobody a new one, as far as the window of weeks goes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import ROUND_FLOOR, Decimal
from typing import Literal, NamedTuple

from pmo_tui.analysis.allocation import Claim, cells, claim_of, spread
from pmo_tui.analysis.availability import Capacity, hours
from pmo_tui.analysis.periods import A_DAY, DAYS_IN_WEEK, Period
from pmo_tui.records.people import Booking

Kind = Literal["hand_over", "later", "less"]
KINDS: tuple[Kind, ...] = ("hand_over", "later", "less")
FURTHEST = 26
"""So many weeks a booking is moved at most."""
STEP = Decimal("0.5")
"""Fewer hours a week are proposed in steps of half an hour."""


class Loaded(NamedTuple):
    """Somebody with all bookings, and what he can work in the window of weeks."""

    key: str
    bookings: tuple[Booking, ...]
    capacity: Capacity


class Proposal(NamedTuple):
    """A change of one booking from the day `since` on: who has it then, moved by how many days, with how many hours a week.

    `relieved` are the seconds that the period has less; `before` and `after` the weeks of the window in which it is too much.
    """

    kind: Kind
    booking: str
    person: str
    since: date
    shift: int
    hours_per_week: Decimal
    relieved: int
    before: int
    after: int


def proposals(
    who: Loaded, others: Iterable[Loaded], period: Period, weeks: Sequence[Period], today: date, limit: int
) -> list[Proposal]:
    """What would relieve `who` in a period, best first. `weeks` stand side by side in the windows of all capacities.

    `others` are who could take a booking over. A booking that has begun is not moved, and keeps what lies before the period.
    """
    situation = _Situation(who, tuple(others), period, weeks, today, limit)
    found = [each for booking in situation.causes() for each in situation.of(booking)]
    return sorted(found, key=lambda each: (each.after, KINDS.index(each.kind), -each.relieved, each.booking))


class _Situation:
    """The person in trouble, and what the proposals are measured against."""

    def __init__(
        self,
        who: Loaded,
        others: tuple[Loaded, ...],
        period: Period,
        weeks: Sequence[Period],
        today: date,
        limit: int,
    ) -> None:
        self.who, self.others, self.period, self.weeks = who, others, period, weeks
        self.today, self.limit = today, limit
        self.claims = {booking.key: claim_of(booking, who.capacity.week) for booking in who.bookings}
        self.alarms = self._alarms(self.claims.values(), who.capacity)

    def _alarms(self, claims: Iterable[Claim], capacity: Capacity) -> set[int]:
        """The places of the weeks in which there is too much."""
        found = cells([*claims], capacity, self.weeks, self.limit)
        return {place for place, cell in enumerate(found) if cell.alarm}

    def _part(self, claim: Claim) -> int:
        first, last = self.period.start.toordinal(), self.period.finish.toordinal()
        return spread(claim.weighted, claim, self.who.capacity, first, last)

    def causes(self) -> list[Booking]:
        """The bookings that are part of the period."""
        return [booking for booking in self.who.bookings if self._part(self.claims[booking.key])]

    def of(self, booking: Booking) -> Iterator[Proposal]:
        """What can be done about one booking."""
        for made in (self._handed_over(booking), self._later(booking), self._less(booking)):
            if made is not None and made.after < made.before:
                yield made

    def _proposal(
        self,
        kind: Kind,
        booking: Booking,
        rest: Sequence[Booking],
        person: str = "",
        shift: int = 0,
        per_week: Decimal | None = None,
    ) -> Proposal:
        """`rest` is what `who` keeps of the booking: none, one or two."""
        claims = [claim for key, claim in self.claims.items() if key != booking.key]
        left = [claim_of(each, self.who.capacity.week) for each in rest]
        relieved = self._part(self.claims[booking.key]) - sum(self._part(claim) for claim in left)
        after = len(self._alarms([*claims, *left], self.who.capacity))
        amount = booking.hours_per_week if per_week is None else per_week
        return Proposal(
            kind,
            booking.key,
            person or self.who.key,
            self._since(booking),
            shift,
            amount,
            relieved,
            len(self.alarms),
            after,
        )

    def _since(self, booking: Booking) -> date:
        return max(booking.start, self.period.start)

    def _before(self, booking: Booking) -> list[Booking]:
        """What lies before the period stays as it is."""
        since = self._since(booking)
        return [replace(booking, finish=since - A_DAY)] if booking.start < since else []

    def _handed_over(self, booking: Booking) -> Proposal | None:
        """Whoever of the others has most time left with it, and no week that is too full because of it."""
        since = self._since(booking)
        best: tuple[int, str] | None = None
        for other in self.others:
            own = [claim_of(each, other.capacity.week) for each in other.bookings]
            taken = claim_of(replace(booking, start=since), other.capacity.week)
            if not self._alarms([*own, taken], other.capacity) <= self._alarms(own, other.capacity):
                continue
            free = sum(cell.free for cell in cells([*own, taken], other.capacity, self.weeks, self.limit))
            if best is None or free > best[0]:
                best = (free, other.key)
        return None if best is None else self._proposal("hand_over", booking, self._before(booking), person=best[1])

    def _later(self, booking: Booking) -> Proposal | None:
        """The first weeks behind the period in which it is in nobody's way."""
        if booking.start < max(self.today, self.period.start):
            return None
        rest = [claim for key, claim in self.claims.items() if key != booking.key]
        without = self._alarms(rest, self.who.capacity)
        for weeks in range(1, FURTHEST + 1):
            shift = timedelta(days=DAYS_IN_WEEK * weeks)
            moved = replace(booking, start=booking.start + shift, finish=booking.finish + shift)
            if moved.finish > self.weeks[-1].finish:
                return None
            if moved.start <= self.period.finish:
                continue
            if self._alarms([*rest, claim_of(moved, self.who.capacity.week)], self.who.capacity) <= without:
                return self._proposal("later", booking, [moved], shift=shift.days)
        return None

    def _less(self, booking: Booking) -> Proposal | None:
        """As many hours a week as leave no week of it too full."""
        claim = self.claims[booking.key]
        since = self._since(booking).toordinal()
        share = Decimal(1)
        for week, cell in zip(
            self.weeks, cells([*self.claims.values()], self.who.capacity, self.weeks, self.limit), strict=True
        ):
            part = spread(
                claim.weighted, claim, self.who.capacity, max(since, week.start.toordinal()), week.finish.toordinal()
            )
            excess = cell.booked - cell.available * self.limit // 100
            if part and excess > 0:
                share = min(share, 1 - Decimal(excess) / part)
        fewer = (hours(claim.per_week) * share / STEP).to_integral_value(ROUND_FLOOR) * STEP
        if fewer <= 0 or fewer >= booking.hours_per_week:
            return None
        rest = [*self._before(booking), replace(booking, start=self._since(booking), hours_per_week=fewer)]
        return self._proposal("less", booking, rest, per_week=fewer)
