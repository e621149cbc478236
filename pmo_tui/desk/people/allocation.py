"""People by days, weeks or months: how full they are, because of what, who booked it, who comes free, where people are missing.

Rows are kept by what they were made of: after a change only those whose person, bookings, absences or calendar it touched are made
anew. A long list may be made beside the keys, so windows are made by one thread at a time.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from threading import Lock
from typing import TYPE_CHECKING, Any, NamedTuple

from pmo_tui.analysis import allocation as analysis
from pmo_tui.analysis import staffing
from pmo_tui.analysis.allocation import Cell, Claim, claim_of
from pmo_tui.analysis.allocation_figures import load_figure
from pmo_tui.analysis.availability import Capacity, capacity, hours, whole_weeks
from pmo_tui.analysis.figure import Figure
from pmo_tui.analysis.periods import Granularity, Period, periods_from
from pmo_tui.analysis.staffing import HORIZONS, Crowd, FunctionNeed, RollOff
from pmo_tui.desk.people.holidays import employer
from pmo_tui.desk.people.sheet import EVERYBODY, Order, Row, Scope, Sheet, name_order, over_order
from pmo_tui.desk.people.workforce import Worker, Workforce
from pmo_tui.desk.views.scope import nodes
from pmo_tui.records.errors import NotFound
from pmo_tui.records.marks import N_
from pmo_tui.records.people import Booking, Person

if TYPE_CHECKING:
    from pmo_tui.desk.desk import Desk

COLUMNS = 26
"""Half a year of weeks."""
WINDOWS_KEPT = 6


class Author(NamedTuple):
    """Who wrote a record last, and when (UTC)."""

    author: str
    login: str
    time: datetime


@dataclass(frozen=True, slots=True)
class CauseLine:
    """A booking that a cell is made of: its part in the period (by probability, and in full) and who wrote it last."""

    booking: Booking
    hours: Decimal
    full: Decimal
    written: Author | None


class _Made(NamedTuple):
    """A row as it was made, and what of."""

    inputs: tuple[Any, ...]
    cells: list[Cell]
    claims: list[Claim]
    capacity: Capacity


class Allocation:
    """Bookings against what people can work, for one desk; its configuration says what is too much, and which days are off."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.workforce = Workforce(desk.store, employer(desk.config))
        self._windows: dict[tuple[tuple[Period, ...], int], dict[str, _Made]] = {}
        self._authors: dict[int, Author] = {}
        self._making = Lock()

    # ---- the sheet -----------------------------------------------------------------------------------------------------

    def sheet(
        self,
        scope: Scope = EVERYBODY,
        granularity: Granularity = "week",
        first: date | None = None,
        count: int = COLUMNS,
        *,
        order: Order = "name",
        limit: int | None = None,
    ) -> Sheet:
        """`count` periods from the one that `first` (or today) lies in, for whoever is in `scope`.

        By name, or with order `over` first those whose alarm is the greatest. Somebody who has left and is booked on nothing is
        not in it. `limit` is the per cent above which somebody is over, where that is not the configured one.
        """
        limit = limit or self.desk.config.over_percent
        periods = periods_from(granularity, first or self.desk.today(), count)
        with self._making:
            self.workforce.refresh()
            made = self._window(periods, limit)
        below = frozenset(nodes(self.desk, scope.project.removeprefix("@"))) if scope.project else frozenset[str]()
        rows = [self._row(key, who, made[key], below, periods) for key, who in self._in_scope(scope, below, periods)]
        rows.sort(key=over_order if order == "over" else name_order)
        return Sheet(scope, periods, tuple(rows), limit)

    def _window(self, periods: tuple[Period, ...], limit: int) -> dict[str, _Made]:
        """The rows of everybody for these periods, made where they were not yet or may have changed."""
        made = self._windows.pop((periods, limit), {})
        span = whole_weeks(periods[0].start, periods[-1].finish)
        for key, who in self.workforce.workers.items():
            inputs = self._inputs(key, who, span)
            kept = made.get(key)
            if kept is None or kept.inputs != inputs:
                made[key] = self._make(inputs, span, periods, limit)
        self._windows[periods, limit] = made
        while len(self._windows) > WINDOWS_KEPT:
            del self._windows[next(iter(self._windows))]
        return made

    def _inputs(self, key: str, who: Worker, span: tuple[int, int]) -> tuple[Any, ...]:
        workforce = self.workforce
        off = workforce.different(who, *span)
        return who, workforce.bookings.get(key, ()), workforce.absences.get(key, ()), off

    def _make(self, inputs: tuple[Any, ...], span: tuple[int, int], periods: Sequence[Period], limit: int) -> _Made:
        who, bookings, absences, off = inputs
        able = capacity(who, absences, off, *span)
        claims = [claim_of(booking, able.week) for booking in bookings]
        return _Made(inputs, analysis.cells(claims, able, periods, limit), claims, able)

    def _in_scope(self, scope: Scope, below: frozenset[str], periods: Sequence[Period]) -> Iterator[tuple[str, Worker]]:
        first, last = periods[0].start, periods[-1].finish
        unit, function = scope.unit.casefold(), scope.function.casefold()
        for key, who in self.workforce.workers.items():
            booked = [
                each for each in self.workforce.bookings.get(key, ()) if each.start <= last and each.finish >= first
            ]
            if below and not any(each.project in below for each in booked):
                continue
            if unit and unit != (getattr(who, "unit", None) or "").casefold():
                continue
            if function and function != (getattr(who, "function", None) or "").casefold():
                continue
            if isinstance(who, Person) and not booked and not _employed(who, first, last):
                continue
            yield key, who

    def _row(self, key: str, who: Worker, made: _Made, below: frozenset[str], periods: Sequence[Period]) -> Row:
        inside = made.cells
        if below:
            inside = analysis.cells([claim for claim in made.claims if claim.project in below], made.capacity, periods)
        return Row(key, who.name, who, tuple(made.cells), tuple(cell.booked for cell in inside))

    # ---- one cell ------------------------------------------------------------------------------------------------------

    def causes(self, who: str, period: Period) -> list[CauseLine]:
        """The bookings that make up what somebody is booked for in a period, the largest first, with who wrote each last."""
        worker, bookings = self._worker(who)
        able = self._capacity(worker, period)
        by_key = {booking.key: booking for booking in bookings}
        claims = [claim_of(booking, able.week) for booking in bookings]
        return [
            CauseLine(
                by_key[part.claim.key], hours(part.booked), hours(part.full), self.written(by_key[part.claim.key])
            )
            for part in analysis.causes(claims, able, period)
        ]

    def figure(self, who: str, period: Period) -> Figure:
        """How full somebody is in a period, down to bookings, pattern, days off and absences."""
        worker, bookings = self._worker(who)
        off = self.workforce.different(worker, *whole_weeks(period.start, period.finish))
        return load_figure(worker, bookings, self.workforce.absences.get(who, ()), off, period)

    def written(self, booking: Booking) -> Author | None:
        """Who wrote a booking last, and when, by the journal."""
        revision = booking.revision
        if revision not in self._authors:
            transaction = next(iter(self.desk.store.since(revision - 1)), None)
            if transaction is None or transaction.sequence != revision:
                return None
            self._authors[revision] = Author(transaction.author, transaction.login, transaction.time)
        return self._authors[revision]

    def _worker(self, key: str) -> tuple[Worker, tuple[Booking, ...]]:
        self.workforce.refresh()
        worker = self.workforce.workers.get(key)
        if worker is None:
            raise NotFound(N_("There is no person or system {key}."), N_("pmo list people shows them."), key=key)
        return worker, self.workforce.bookings.get(key, ())

    def _capacity(self, worker: Worker, period: Period) -> Capacity:
        span = whole_weeks(period.start, period.finish)
        off = self.workforce.different(worker, *span)
        return capacity(worker, self.workforce.absences.get(worker.key, ()), off, *span)

    # ---- looking ahead -------------------------------------------------------------------------------------------------

    def roll_offs(self, horizons: Sequence[int] = HORIZONS) -> list[RollOff]:
        """Whose work on a project ends within so many days from today, the soonest first."""
        return staffing.roll_offs(self.bookings(), self.desk.today(), horizons)

    def crowds(self, first: date, last: date, most: int | None = None) -> list[Crowd]:
        """When people are on more than `most` (or the configured number of) projects at once between two days, the fullest first."""
        people = [each for each in self.bookings() if each.person.startswith("PER-")]
        return staffing.crowds(people, first, last, most or self.desk.config.most_projects)

    def demand(
        self, granularity: Granularity = "week", first: date | None = None, count: int = COLUMNS
    ) -> tuple[tuple[Period, ...], list[FunctionNeed]]:
        """Demand against capacity by function: the periods, and what is needed in each."""
        sheet = self.sheet(granularity=granularity, first=first, count=count)
        people = [(row.who, row.cells) for row in sheet.rows if isinstance(row.who, Person)]
        return sheet.periods, staffing.demand(people, self.workforce.requests.values(), sheet.periods)

    def bookings(self) -> Collection[Booking]:
        """All bookings there are."""
        self.workforce.refresh()
        return self.workforce.all_bookings.values()


def _employed(who: Person, first: date, last: date) -> bool:
    return (who.start is None or who.start <= last) and (who.finish is None or who.finish >= first)
