"""Who could do what a request asks for: the function that fits, the hours that are free, the weeks that would be too full."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from pmo_tui.analysis.allocation import Claim, beyond, claim_of, in_week
from pmo_tui.analysis.availability import hours, week_of
from pmo_tui.analysis.periods import DAYS_IN_WEEK, periods_between
from pmo_tui.desk.mentions import likeness
from pmo_tui.records.people import Person
from pmo_tui.records.requests import Request

if TYPE_CHECKING:
    from pmo_tui.desk.desk import Desk
    from pmo_tui.desk.people.sheet import Row, Sheet


@dataclass(frozen=True, slots=True)
class Candidate:
    """A named person for a request: hours free in its weeks, hours it asks of him, in how many weeks it would be too much.

    `fits` says that his function or skills are what is asked for; `named` that the request names him.
    """

    person: str
    name: str
    function: str
    free: Decimal
    asked: Decimal
    weeks_over: int
    weeks: int
    fits: bool
    named: bool


def candidates(desk: Desk, request: Request) -> list[Candidate]:
    """Everybody named who is employed in the weeks of a request: whom it names, then who fits, then who has most time for it."""
    weeks = len(periods_between("week", request.start, request.finish))
    sheet = desk.allocation.sheet(first=request.start, count=weeks)
    proposed = desk.allocation.workforce.all_bookings.get(request.booking or "")
    found = [
        _candidate(row, row.who, sheet, request, None if proposed is None else claim_of(proposed, week_of(row.who)))
        for row in sheet.rows
        if isinstance(row.who, Person) and row.who.kind == "named" and any(cell.available for cell in row.cells)
    ]
    return sorted(found, key=_rank)


def _rank(each: Candidate) -> tuple[bool, bool, int, Decimal, str]:
    return not each.named, not each.fits, each.weeks_over, -each.free, each.name.casefold()


def _candidate(row: Row, who: Person, sheet: Sheet, request: Request, proposed: Claim | None) -> Candidate:
    """What is booked for this request already, as it was proposed, does not stand in its own way."""
    claim = claim_of(request, week_of(who))
    own = proposed if proposed is not None and request.person == row.key else None
    free = asked = over = 0
    for cell, week in zip(row.cells, sheet.periods, strict=True):
        monday = week.start.toordinal()
        booked = cell.booked - (_part(own, own.weighted, monday) if own is not None else 0)
        needed = _part(claim, claim.per_week, monday)
        free += max(0, cell.available - booked)
        asked += needed
        over += needed > 0 and beyond(cell.available, booked + needed, sheet.limit)
    fits = _fits(who, request)
    named = request.person == row.key
    function = who.function or ""
    return Candidate(row.key, who.name, function, hours(free), hours(asked), over, len(row.cells), fits, named)


def _part(claim: Claim, amount: int, monday: int) -> int:
    """What a booking has in the week of a Monday."""
    first, last = max(claim.start, monday), min(claim.finish, monday + DAYS_IN_WEEK - 1)
    return in_week(amount, claim, first, last) if first <= last else 0


def _fits(who: Person, request: Request) -> bool:
    """Whether the role is like the function, or one of the skills asked for is one he has."""
    words = [word.strip() for word in (request.skills or "").split(",") if word.strip()]
    if any(likeness(word, who.skills or "") is not None for word in words):
        return True
    function = who.function or ""
    return likeness(request.role, function) is not None or (
        bool(function) and likeness(function, request.role) is not None
    )
