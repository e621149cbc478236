"""The computed lists of people: who is how full in which week, whose work ends when, where people are missing."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from pmo_tui.analysis.availability import hours
from pmo_tui.analysis.periods import A_DAY, Period, period_of, periods_between
from pmo_tui.desk.people.allocation import COLUMNS
from pmo_tui.desk.people.sheet import Row
from pmo_tui.desk.views.lists import ListDefinition, Values, fields_named
from pmo_tui.records import fields as f
from pmo_tui.records.base import NODES
from pmo_tui.records.marks import N_
from pmo_tui.records.people import Booking, Person
from pmo_tui.records.requests import OPEN_STATUSES

if TYPE_CHECKING:
    from pmo_tui.desk.desk import Desk

A_YEAR = timedelta(weeks=52)
ALARMS = (N_("day"), N_("week"))


# ---- load --------------------------------------------------------------------------------------------------------------


def load_rows(desk: Desk) -> list[Values]:
    """Everybody in each of the 26 weeks from this one, and in any week in which he is booked, a year back to two years ahead.

    By name and week; past weeks stand behind all others.
    """
    first = period_of("week", desk.today()).start
    ahead = first + timedelta(weeks=COLUMNS)
    since, until = _booked_span(desk, first, ahead)
    sheet = desk.allocation.sheet(first=since, count=len(periods_between("week", since, until)))
    rows: list[Values] = []
    past: list[Values] = []
    for row in sheet.rows:
        projects = _projects(desk.allocation.workforce.bookings.get(row.key, ()), sheet.periods)
        for place, period in enumerate(sheet.periods):
            if row.cells[place].booked or first <= period.start < ahead:
                (past if period.start < first else rows).append(_load_row(row, place, period, projects[place]))
    return rows + past


def _booked_span(desk: Desk, first: date, ahead: date) -> tuple[date, date]:
    """The first and the last day that the list covers."""
    bookings = desk.allocation.bookings()
    since = min((booking.start for booking in bookings), default=first)
    until = max((booking.finish for booking in bookings), default=first)
    return min(first, max(since, first - A_YEAR)), max(ahead - A_DAY, min(until, first + 2 * A_YEAR))


def _projects(bookings: tuple[Booking, ...], weeks: tuple[Period, ...]) -> list[list[str]]:
    """On what somebody is booked, week by week."""
    found: list[list[str]] = [[] for _ in weeks]
    monday = weeks[0].start.toordinal()
    for booking in bookings:
        since = max(0, (booking.start.toordinal() - monday) // 7)
        until = min(len(weeks) - 1, (booking.finish.toordinal() - monday) // 7)
        for projects in found[since : until + 1]:
            if booking.project not in projects:
                projects.append(booking.project)
    return found


def _load_row(row: Row, place: int, week: Period, projects: list[str]) -> Values:
    cell = row.cells[place]
    return {
        "person": row.key,
        "week": week.name,
        "available": hours(cell.available),
        "booked": cell.hours,
        "percent": cell.percent,
        "over": hours(cell.over),
        "free": hours(cell.free),
        "soft": hours(cell.soft),
        "alarm": cell.alarm or None,
        "function": getattr(row.who, "function", None),
        "unit": getattr(row.who, "unit", None),
        "projects": projects,
        "start": week.start,
    }


LOAD = ListDefinition(
    "load",
    N_("Load"),
    fields_named(
        person=f.ref(N_("Person"), "people", "systems", shown=True),
        week=f.text(N_("Week"), 8, shown=True),
        available=f.hours(N_("Available"), shown=True),
        booked=f.hours(N_("Booked"), shown=True, help="hard bookings, and soft ones by their probability"),
        percent=f.percent(N_("Per cent"), None, None, shown=True, width=8),
        over=f.hours(N_("Over"), shown=True, help="booked − available"),
        free=f.hours(N_("Free")),
        soft=f.hours(N_("Soft"), help="soft bookings in full"),
        alarm=f.choice(N_("Too much in a"), *ALARMS, width=5, help="a week can be calm and a day in it too full"),
        function=f.text(N_("Function"), 16),
        unit=f.text(N_("Unit"), 12),
        projects=f.several(N_("Projects"), *NODES),
        start=f.day(N_("Monday")),
    ),
    load_rows,
    lambda row: str(row["person"]),
    identity=("person", "week"),
)


# ---- roll-offs ---------------------------------------------------------------------------------------------------------


def roll_off_rows(desk: Desk) -> list[Values]:
    """Whose work on a project ends in the next 30, 60, 90 days."""
    ends = desk.allocation.roll_offs()
    people = desk.allocation.workforce.workers
    return [
        {
            "person": each.person,
            "last_day": each.last_day,
            "within": each.within,
            "project": each.project,
            "freed": each.freed,
            "left": each.left,
            "function": getattr(people.get(each.person), "function", None),
            "until": getattr(people.get(each.person), "finish", None),
            "booking": each.booking,
        }
        for each in ends
    ]


ROLL_OFFS = ListDefinition(
    "roll_offs",
    N_("Coming free"),
    fields_named(
        person=f.ref(N_("Person"), "people", "systems", shown=True),
        last_day=f.day(N_("Last day"), shown=True),
        within=f.integer(N_("Within days"), shown=True),
        project=f.ref(N_("Project"), *NODES, shown=True),
        freed=f.hours(N_("Comes free"), shown=True, help="hours a week"),
        left=f.hours(N_("Still booked"), shown=True, help="hours a week on the day after"),
        function=f.text(N_("Function"), 16, shown=True),
        until=f.day(N_("Leaves on"), help="the last day of a contract"),
        booking=f.ref(N_("Booking"), "bookings"),
    ),
    roll_off_rows,
    lambda row: str(row["booking"]),
    identity=("booking",),
)


# ---- demand ------------------------------------------------------------------------------------------------------------


def demand_rows(desk: Desk) -> list[Values]:
    """Every function in each of the 26 weeks from this one. A row opens an open request for it, or else one of its people."""
    weeks, functions = desk.allocation.demand()
    behind = _behind(desk)
    return [
        {
            "function": function.function or None,
            "week": week.name,
            "capacity": hours(need.capacity),
            "demand": need.demand.hours,
            "percent": need.percent,
            "gap": need.gap.hours,
            "gap_fte": need.gap.fte,
            "booked": hours(need.booked),
            "asked": hours(need.asked),
            "demand_fte": need.demand.fte,
            "start": week.start,
            "record": behind.get(function.function.casefold()),
        }
        for function in functions
        for week, need in zip(weeks, function.needs, strict=True)
    ]


def _behind(desk: Desk) -> dict[str, str]:
    """By function: the request that needs an answer first, or else somebody who has the function."""
    workforce = desk.allocation.workforce
    found: dict[str, str] = {}
    waiting = [request for request in workforce.requests.values() if request.status in OPEN_STATUSES]
    for request in sorted(waiting, key=lambda each: (each.needed_by or each.start, each.start)):
        found.setdefault(request.role.casefold(), request.key)
    for key, who in workforce.workers.items():
        if isinstance(who, Person):
            found.setdefault((who.function or "").casefold(), key)
    return found


DEMAND = ListDefinition(
    "demand",
    N_("Demand and capacity"),
    fields_named(
        function=f.text(N_("Function"), 20, shown=True),
        week=f.text(N_("Week"), 8, shown=True),
        capacity=f.hours(N_("Capacity"), shown=True),
        demand=f.hours(N_("Demand"), shown=True, help="booked and asked"),
        percent=f.percent(N_("Per cent"), None, None, shown=True, width=8, help="demand / capacity"),
        gap=f.number(N_("Gap"), unit="h", shown=True, help="capacity − demand, negative where people are missing"),
        gap_fte=f.number(N_("Gap in FTE"), shown=True, width=10),
        booked=f.hours(N_("Booked")),
        asked=f.hours(N_("Asked"), help="on placeholders, and in open requests"),
        demand_fte=f.number(N_("Demand in FTE")),
        start=f.day(N_("Monday")),
        record=f.ref(N_("Opens"), "requests", "people"),
    ),
    demand_rows,
    lambda row: str(row["record"] or ""),
    identity=("function", "week"),
)
