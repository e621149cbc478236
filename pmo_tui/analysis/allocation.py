"""Who is booked for how much of what he can work, and on what: bookings spread over days, weeks and months.

A booking is so many hours a week. A week it covers whole takes them all, whatever holidays are in it; a week it covers in
part takes the share of the working pattern that its days have. Inside a week the hours stand on the days somebody is there,
in proportion to what he can work (when he is there on none, on those of his pattern), so that a holiday in the middle of a
booking is not an overload of that day. A booking that touches no day of the pattern, such as a weekend's migration, stands in
equal parts on its own days. Amounts are whole seconds: what a booking has in a period is the sum of its days, exactly.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import accumulate
from typing import Literal, NamedTuple

from pmo_tui.analysis.amounts import half_up, tidy
from pmo_tui.analysis.availability import Capacity, Week, hours, seconds
from pmo_tui.analysis.periods import DAYS_IN_WEEK, Granularity, Period
from pmo_tui.records.people import Booking
from pmo_tui.records.requests import Request

TOLERANCE = 60
"""Seconds by which a period may be over before it is called so: what rounding can make of many small bookings."""
ALL_OF_IT = 100
"""Over-allocation begins above so many per cent of what is available."""
HARD, SOFT, WEIGHTED = range(3)
Alarm = Literal["", "day", "week", "month"]


class Cell(NamedTuple):
    """What one person has in one period, in seconds.

    `hard` and `soft` are booked in full, `booked` is hard and soft by its probability. `alarm` names the test that fails: the
    period's own, or else that of a week or day inside it, which a calm sum can hide.
    """

    available: int = 0
    hard: int = 0
    soft: int = 0
    booked: int = 0
    alarm: Alarm = ""

    @property
    def free(self) -> int:
        """What can still be booked."""
        return max(0, self.available - self.booked)

    @property
    def over(self) -> int:
        """How much more is booked than there is."""
        return max(0, self.booked - self.available)

    @property
    def percent(self) -> Decimal | None:
        """What is booked of what is available, to a tenth; None where nothing is available."""
        if not self.available:
            return None
        return tidy(half_up(Decimal(100 * self.booked) / self.available, 1))

    @property
    def hours(self) -> Decimal:
        """What is booked, in hours."""
        return hours(self.booked)


class Claim(NamedTuple):
    """A booking as it is counted with: its days as ordinals, the seconds of a whole week, and these by its probability.

    `shares[n]` is the part of a week that its first `n` days have: of the pattern, or of the booking's own days where it
    touches none of those; `shares[7]` is the whole.
    """

    key: str
    project: str
    start: int
    finish: int
    per_week: int
    weighted: int
    hard: bool
    shares: tuple[int, ...]


class Cause(NamedTuple):
    """A booking's part in a period, in seconds: in full, and by its probability."""

    claim: Claim
    full: int
    booked: int


EVEN_WEEK: Week = (1, 1, 1, 1, 1, 0, 0)


def claim_of(work: Booking | Request, week: Week) -> Claim:
    """A booking of somebody whose pattern is `week`; a request is counted like a hard booking."""
    start, finish = work.start.toordinal(), work.finish.toordinal()
    shape = week if any(week) else EVEN_WEEK
    if finish - start < DAYS_IN_WEEK:
        touched = {(day - 1) % DAYS_IN_WEEK for day in range(start, finish + 1)}
        if not any(shape[weekday] for weekday in touched):
            shape = tuple(int(weekday in touched) for weekday in range(DAYS_IN_WEEK))
    per_week = weighted = seconds(work.hours_per_week)
    hard = not isinstance(work, Booking) or work.status == "hard"
    if isinstance(work, Booking) and not hard:
        weighted = seconds(work.hours_per_week * work.probability / 100)
    return Claim(work.key, work.project, start, finish, per_week, weighted, hard, _shares(shape))


@lru_cache(maxsize=1 << 10)
def _shares(shape: Week) -> tuple[int, ...]:
    return (0, *accumulate(shape))


def in_week(amount: int, claim: Claim, first: int, last: int) -> int:
    """What a booking of `amount` a week has from ordinal `first` to `last`, days of one week that it covers."""
    shares = claim.shares
    return _rounded(amount * (shares[(last - 1) % 7 + 1] - shares[(first - 1) % 7]), shares[7])


def _rounded(amount: int, parts: int) -> int:
    """Divided, a half rounded up."""
    return (2 * amount + parts) // (2 * parts)


def spread(amount: int, claim: Claim, capacity: Capacity, first: int, last: int) -> int:
    """What a booking of `amount` a week has from ordinal `first` to `last`, which lie in the window of `capacity`."""
    first, last = max(first, claim.start), min(last, claim.finish)
    if first > last:
        return 0
    weeks = (last - 1) // DAYS_IN_WEEK - (first - 1) // DAYS_IN_WEEK
    if not weeks:
        return _part(amount, claim, capacity, first, last)
    sunday, monday = first + (-first) % DAYS_IN_WEEK, last - (last - 1) % DAYS_IN_WEEK
    head, tail = _part(amount, claim, capacity, first, sunday), _part(amount, claim, capacity, monday, last)
    return head + (weeks - 1) * amount + tail


def _part(amount: int, claim: Claim, capacity: Capacity, first: int, last: int) -> int:
    """The same for days of one week: the week's hours up to the last of them, less those before the first."""
    monday = first - (first - 1) % DAYS_IN_WEEK
    begin, end = max(claim.start, monday), min(claim.finish, monday + DAYS_IN_WEEK - 1)
    total = in_week(amount, claim, begin, end)
    if first == begin and last == end:
        return total
    there = capacity.between(begin, end)
    if there:
        until, before = capacity.between(begin, last), capacity.between(begin, first - 1) if first > begin else 0
    else:
        shares, offset = claim.shares, claim.shares[begin - monday]
        there = shares[end - monday + 1] - offset
        until, before = shares[last - monday + 1] - offset, shares[first - monday] - offset
    return _rounded(total * until, there) - _rounded(total * before, there) if there else 0


def cells(claims: Sequence[Claim], capacity: Capacity, periods: Sequence[Period], limit: int = ALL_OF_IT) -> list[Cell]:
    """A person's row: a cell for each of `periods`, which stand side by side in the window of `capacity`.

    `limit` is the per cent of what is available above which somebody is over.
    """
    granularity: Granularity = periods[0].granularity
    if granularity == "week":
        return _weeks(claims, capacity, periods[0].start.toordinal(), len(periods), limit)
    spans = [(period.start.toordinal(), period.finish.toordinal()) for period in periods]
    hard, soft, weighted = ([0] * len(spans) for _ in range(3))
    for claim in claims:
        for place, (first, last) in enumerate(spans):
            if claim.start > last or claim.finish < first:
                continue
            full = spread(claim.per_week, claim, capacity, first, last)
            if claim.hard:
                hard[place] += full
            else:
                soft[place] += full
                weighted[place] += spread(claim.weighted, claim, capacity, first, last)
    found = []
    for place, (first, last) in enumerate(spans):
        available, booked = capacity.between(first, last), hard[place] + weighted[place]
        alarm: Alarm = granularity if beyond(available, booked, limit) else ""
        found.append(Cell(available, hard[place], soft[place], booked, alarm))
    return _with_weeks(found, claims, capacity, spans, limit) if granularity == "month" else found


def beyond(available: int, booked: int, limit: int) -> bool:
    """Whether more is booked than `limit` per cent of what is available."""
    return booked > available * limit // 100 + TOLERANCE


def _with_weeks(
    months: list[Cell], claims: Sequence[Claim], capacity: Capacity, spans: Sequence[tuple[int, int]], limit: int
) -> list[Cell]:
    """Months that are calm as a whole, with the alarm of a week or day in them."""
    monday = spans[0][0] - (spans[0][0] - 1) % DAYS_IN_WEEK
    count = (spans[-1][1] - monday) // DAYS_IN_WEEK + 1
    weeks = _weeks(claims, capacity, monday, count, limit)
    found = []
    for month, (first, last) in zip(months, spans, strict=True):
        inside = [week.alarm for week in weeks[(first - monday) // 7 : (last - monday) // 7 + 1]]
        alarm: Alarm = month.alarm or ("week" if "week" in inside else "day" if "day" in inside else "")
        found.append(month._replace(alarm=alarm))
    return found


def _weeks(claims: Sequence[Claim], capacity: Capacity, monday: int, count: int, limit: int) -> list[Cell]:
    """Cells of ISO weeks. A booking's first and last week are added by their share, those between as a step up and down."""
    sunday = monday + count * DAYS_IN_WEEK - 1
    steps = [[0] * (count + 1) for _ in range(3)]
    cut: dict[int, list[Claim]] = {}
    for claim in claims:
        first, last = max(claim.start, monday), min(claim.finish, sunday)
        if first > last:
            continue
        kinds = ((HARD, claim.per_week),) if claim.hard else ((SOFT, claim.per_week), (WEIGHTED, claim.weighted))
        for kind, amount in kinds:
            for since, until, has in _stretches(amount, claim, first, last, monday):
                steps[kind][since] += has
                steps[kind][until] -= has
                if has != amount and kind != SOFT:
                    cut.setdefault(since, []).append(claim)
    hard, soft, weighted = (list(accumulate(step)) for step in steps)
    found = []
    for week in range(count):
        start = monday + week * DAYS_IN_WEEK
        available, booked = capacity.between(start, start + DAYS_IN_WEEK - 1), hard[week] + weighted[week]
        alarm: Alarm = "week" if beyond(available, booked, limit) else ""
        if not alarm and week in cut and _day_over(booked, cut[week], capacity, start, limit):
            alarm = "day"
        found.append(Cell(available, hard[week], soft[week], booked, alarm))
    return found


def _stretches(amount: int, claim: Claim, first: int, last: int, monday: int) -> Iterator[tuple[int, int, int]]:
    """What a booking has in its first week, in each of those between, and in its last: (since, until, seconds)."""
    since, until = (first - monday) // DAYS_IN_WEEK, (last - monday) // DAYS_IN_WEEK
    if since == until:
        yield since, since + 1, in_week(amount, claim, first, last)
        return
    yield since, since + 1, in_week(amount, claim, first, first + (-first) % DAYS_IN_WEEK)
    yield since + 1, until, amount
    yield until, until + 1, in_week(amount, claim, last - (last - 1) % DAYS_IN_WEEK, last)


def _day_over(booked: int, cut: Sequence[Claim], capacity: Capacity, monday: int, limit: int) -> bool:
    """Whether a day of a calm week is over. Only the bookings that begin or end in it (`cut`) make its days differ."""
    sunday = monday + DAYS_IN_WEEK - 1
    whole = booked - sum(spread(claim.weighted, claim, capacity, monday, sunday) for claim in cut)
    week = capacity.between(monday, sunday)
    for day in range(monday, sunday + 1):
        there = capacity.between(day, day)
        here = sum(spread(claim.weighted, claim, capacity, day, day) for claim in cut)
        if beyond(there, here + (whole * there // week if week else 0), limit):
            return True
    return False


def causes(claims: Iterable[Claim], capacity: Capacity, period: Period) -> list[Cause]:
    """The bookings that make up a cell, the largest first; what they have booked adds up to what the cell has."""
    first, last = period.start.toordinal(), period.finish.toordinal()
    found = []
    for claim in claims:
        if claim.start <= last and claim.finish >= first:
            full = spread(claim.per_week, claim, capacity, first, last)
            booked = full if claim.hard else spread(claim.weighted, claim, capacity, first, last)
            found.append(Cause(claim, full, booked))
    return sorted(found, key=lambda cause: (-cause.booked, cause.claim.start, cause.claim.key))


def added(rows: Iterable[Sequence[Cell]]) -> list[Cell]:
    """The sum of several rows, period by period. Who of them is over does not show in it: free hours of others hide that."""
    return [Cell(*(sum(cell[place] for cell in column) for place in range(4))) for column in zip(*rows, strict=True)]
