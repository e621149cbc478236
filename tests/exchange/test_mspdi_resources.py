"""Resources and assignments of a plan as people and bookings."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmo_tui.analysis.allocation import claim_of, in_week
from pmo_tui.analysis.availability import pattern_of
from pmo_tui.exchange.mspdi_calendars import OFFICE_WEEK
from pmo_tui.exchange.mspdi_hours import between, hours_per_week
from pmo_tui.records.people import FULL_TIME, Booking
from tests.exchange.mspdi_help import (
    calendar,
    exception,
    of,
    office_week,
    plan,
    problems,
    read,
    tag,
    task,
    to,
    weekday,
)


def resource(uid: int, name: str | None = "Jan", *inside: str, **values: object) -> str:
    return tag(
        "Resource", *inside, **({"UID": uid, "ID": uid, "Name": name, "Type": 1, "IsNull": 0, "MaxUnits": 1} | values)
    )


def assignment(uid: int, task_uid: int = 1, resource_uid: int = 1, *inside: str, **values: object) -> str:
    return tag("Assignment", *inside, **({"UID": uid, "TaskUID": task_uid, "ResourceUID": resource_uid} | values))


def people(*resources: str, **head: Any) -> dict[str, dict[str, Any]]:
    return {each.values["name"]: each.values for each in of(read(plan(resources="".join(resources), **head)), "people")}


WEEK = task(1, "Build", Start="2026-03-02T08:00:00", Finish="2026-03-06T17:00:00", Duration="PT40H0M0S")


def booked(*assignments: str, resources: str = "", calendars: str = "", tasks: str = WEEK) -> list[dict[str, Any]]:
    data = plan(tasks, resources=resources or resource(1), assignments="".join(assignments), calendars=calendars)
    return [each.values for each in of(read(data), "bookings")]


def test_who_works_is_found_by_email_or_name_and_never_changed() -> None:
    batch = read(
        plan(
            resources=resource(1, "Jan de Vries", EmailAddress="jan@example.org", Group="Delta")
            + resource(2, "Tester", IsGeneric=1)
        )
    )
    first, second = of(batch, "people")
    assert first.source_key == "msproject:plan.xml#resource-1"
    assert first.match == ({"email": "jan@example.org"}, {"name": "Jan de Vries"})
    assert not first.update
    assert (first.values["unit"], first.values["kind"], first.values["fte"]) == ("Delta", "named", 1)
    assert (second.values["kind"], second.match) == ("placeholder", ({"name": "Tester"},))


def test_two_of_the_same_name_are_not_taken_for_one() -> None:
    batch = read(plan(resources=resource(1, "Jan") + resource(2, "JAN")))
    assert [each.match for each in of(batch, "people")] == [(), ()]


def test_units_are_fractions_and_rates_are_an_hour() -> None:
    found = people(
        resource(1, "Half", MaxUnits="0.5", StandardRate="7.99999999999999911182", StandardRateFormat=3),
        resource(2, "Year", StandardRate="16.82692307692307", StandardRateFormat=7),
        resource(3, "Free", StandardRate=0, MaxUnits=None),
    )
    assert (found["Half"]["fte"], found["Half"]["rate"], found["Half"]["rate_currency"]) == (Decimal("0.5"), 8, "EUR")
    assert found["Year"]["rate"] == Decimal("16.8269")
    assert "rate" not in found["Free"]
    assert found["Free"]["fte"] == 1


def test_a_rate_without_its_currency_is_left_out_and_told() -> None:
    batch = read(plan(resources=resource(1, StandardRate=80), CurrencyCode=None, CurrencySymbol="$"))
    assert "rate" not in of(batch, "people")[0].values
    assert any("1 rates are left out, since the file does not say their currency: Jan" in note for note in batch.notes)


def test_material_cost_budget_null_and_the_nameless_first_resource() -> None:
    others = resource(2, "Concrete", Type=0) + resource(3, "Travel", Type=2) + resource(4, "Trip", IsCostResource=1)
    more = resource(5, "Budget", IsBudget=1) + resource(6, "Null", IsNull=1) + resource(0, None) + resource(7, None)
    batch = read(
        plan(
            WEEK,
            resources=resource(1, MaxUnits=12) + others + more,
            assignments=assignment(1, 1, 2) + assignment(2, 1, 0),
        )
    )
    found = {each.values["name"]: each.values for each in of(batch, "people")}
    assert list(found) == ["Jan", "#7"]
    assert found["Jan"]["fte"] == 10
    assert of(batch, "bookings") == []
    notes = "\n".join(batch.notes)
    assert "4 resources are material, cost or budget and are not booked: Concrete, Travel, Trip, Budget" in notes
    assert "resource 7 has no name and is called “#7”" in notes
    assert "the resource “Jan” has 12 units" in notes
    assert "1 assignments name nobody" in notes


def test_the_calendar_of_a_resource_is_its_own_its_bases_or_none() -> None:
    calendars = (
        calendar(1, "Standard", office_week())
        + calendar(2, "Four days", office_week(without=6))
        + calendar(3, "Like all", IsBaseCalendar=0, BaseCalendarUID=1)
        + calendar(4, "Like some", IsBaseCalendar=0, BaseCalendarUID=2)
        + calendar(
            5, "Own", tag("Exceptions", exception("2026-05-04", "2026-05-08")), IsBaseCalendar=0, BaseCalendarUID=1
        )
    )
    resources = [resource(uid, f"{uid}", CalendarUID=uid) for uid in (1, 3, 4, 5)]
    batch = read(plan(calendars=calendars, resources="".join(resources)))
    assert [each.values["calendar"] for each in of(batch, "people")] == [None, None, to("calendar-2"), to("calendar-5")]


def test_an_assignment_is_a_booking_with_its_days_and_work() -> None:
    data = plan(
        WEEK, resources=resource(1),
        assignments=assignment(7, Units="0.5", Work="PT20H0M0S", Start="2026-03-02T08:00:00", Finish="2026-03-06T17:00:00"),
    )  # fmt: skip
    (booking,) = of(read(data), "bookings")
    assert booking.source_key == "msproject:plan.xml#assignment-7"
    assert booking.values == {
        "person": to("resource-1"), "project": to("project"), "task": to("1"), "start": date(2026, 3, 2),
        "finish": date(2026, 3, 6), "hours_per_week": Decimal(20), "work": "20h", "status": "hard",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("values", "hours"),
    [
        ({"Work": "PT40H0M0S", "Units": "1"}, "40"),
        ({"Work": "PT10H0M0S", "Units": "1"}, "10"),
        ({"Work": "PT8H0M0S", "Units": "1", "Start": "2026-03-03T08:00:00", "Finish": "2026-03-03T17:00:00"}, "40"),
        ({"Work": "PT4H0M0S", "Units": "1", "Start": "2026-03-03T13:00:00", "Finish": "2026-03-04T12:00:00"}, "10"),
        ({"Work": "PT60H0M0S", "Start": "2026-03-02T08:00:00", "Finish": "2026-03-20T17:00:00"}, "20"),
        ({"Units": "0.25"}, "10"),
        ({}, "40"),
        ({"Work": "PT0H0M0S", "Units": "1"}, "0"),
        ({"Work": "PT8H0M0S", "Units": "0.3", "Start": "2026-03-07T08:00:00", "Finish": "2026-03-08T17:00:00"}, "8"),
        ({"Work": "PT1H0M0S", "Start": "2026-03-03T08:00:00", "Finish": "2026-03-03T09:00:00"}, "5"),
        ({"Work": "PT10H0M0S", "Start": "2026-03-02T08:00:00", "Finish": "2026-03-04T17:00:00"}, "16.67"),
    ],
)
def test_hours_a_week_come_from_the_work_or_else_the_units(values: dict[str, Any], hours: str) -> None:
    assert booked(assignment(1, **values))[0]["hours_per_week"] == Decimal(hours)


def test_hours_a_week_follow_the_persons_own_week() -> None:
    calendars = calendar(1, "Standard", office_week()) + calendar(
        2, "Own", tag("WeekDays", weekday(6, None)), tag("Exceptions", exception("2026-03-02", "2026-03-02")),
        IsBaseCalendar=0, BaseCalendarUID=1,
    )  # fmt: skip
    found = booked(assignment(1, Work="PT24H0M0S"), calendars=calendars, resources=resource(1, CalendarUID=2))
    assert found[0]["hours_per_week"] == 24, "a holiday does not make the other weeks busier"


def test_a_person_works_the_week_of_the_calendar() -> None:
    four = calendar(1, "Standard", office_week(without=6))
    found = people(resource(1, "All"), resource(2, "Half", MaxUnits="0.5"), calendars=four)
    assert (found["All"]["pattern"], found["Half"]["pattern"]) == ("8 8 8 8 0 0 0", "4 4 4 4 0 0 0")
    assert "pattern" not in people(resource(1, "Usual", MaxUnits="0.5"))["Usual"]


NIGHTS = ("23:00-24:00", *("00:00-03:00 04:00-08:00 23:00-24:00",) * 4, "00:00-03:00 04:00-08:00", "")


def test_nights_of_full_time_are_full_time() -> None:
    start, finish = datetime(2003, 1, 7, 23), datetime(2003, 1, 14, 8)
    assert hours_per_week(Decimal(40 * 60), None, NIGHTS, start, finish) == 40
    assert hours_per_week(Decimal(300 * 60), None, NIGHTS, start, datetime(2003, 3, 18, 8)) == 30


WEEKS = st.sampled_from([OFFICE_WEEK, NIGHTS, (*("09:00-13:00",) * 3, "", "", "", "10:00-11:30")])
MOMENTS = st.lists(st.integers(0, 363 * 24 * 60), min_size=3, max_size=6).map(
    lambda minutes: [datetime(2026, 1, 1) + timedelta(minutes=each) for each in sorted(minutes)]
)


@given(WEEKS, MOMENTS)
def test_working_time_adds_up(week: tuple[str, ...], moments: list[datetime]) -> None:
    parts = [between(week, first, last) for first, last in pairwise(moments)]
    assert all(part >= 0 for part in parts)
    assert sum(parts) == between(week, moments[0], moments[-1])


@given(
    first=st.integers(0, 6),
    days=st.integers(1, 7),
    work=st.integers(0, 6000),
)
def test_the_load_of_a_short_booking_is_its_work(first: int, days: int, work: int) -> None:
    start = datetime(2026, 3, 2, 9) + timedelta(days=first)
    finish = start.replace(hour=16) + timedelta(days=days - 1)
    rate = hours_per_week(Decimal(work), None, OFFICE_WEEK, start, finish)
    booking = Booking(person="PER-1", project="P-1", start=start.date(), finish=finish.date(), hours_per_week=rate)
    claim = claim_of(booking, pattern_of(FULL_TIME, Decimal(1)))
    day = start.date().toordinal()
    seconds = sum(in_week(claim.per_week, claim, each, each) for each in range(day, day + days))
    assert abs(seconds / 60 - work) <= 1


def test_proposed_bookings_are_soft() -> None:
    resources = resource(1) + resource(2, "Piet", BookingType=1)
    found = booked(assignment(1, BookingType=1), assignment(2), assignment(3, 1, 2), resources=resources)
    assert [each["status"] for each in found] == ["soft", "hard", "soft"]


def test_what_is_not_booked_is_told() -> None:
    tasks = WEEK + task(2, "Later", Start=None, Finish=None) + task(3, "Cancelled", Active=0)
    assignments = (
        assignment(1, 1, -65535) + assignment(2, 9, 1) + assignment(3, 1, 9) + assignment(4, 2, 1) + assignment(5, 3, 1)
    )
    batch = read(plan(tasks, resources=resource(1), assignments=assignments))
    assert of(batch, "bookings") == []
    notes = "\n".join(batch.notes)
    assert "1 assignments name nobody; their work stays with the task" in notes
    assert "2 assignments name a task or resource that is not in the file: 2, 3" in notes
    assert "1 assignments have no days and are not booked: 2 “Later” Jan" in notes
    assert "1 tasks are inactive; they keep their dates and book nobody" in notes


def test_wrong_resources_and_assignments_are_refused() -> None:
    found = problems(
        plan(
            WEEK,
            resources=resource(1) + resource(1, "Again") + resource(2, MaxUnits="all"),
            assignments=assignment(1) + assignment(1) + assignment(2, Start="2026-03-09T08:00:00", Finish="2026-03-06T17:00:00")
            + assignment(3, Work="much") + tag("Assignment", TaskUID=1, ResourceUID=1),
        )
    )  # fmt: skip
    assert found == [
        "plan.xml, Resource 1, row 1: UID: is the UID of two resources",
        "plan.xml, Resource 2, row 2: MaxUnits: “all” is not a number that a plan could hold",
        "plan.xml, Assignment 1: UID: is the UID of two assignments",
        "plan.xml, Assignment 2: Finish: 2026-03-06 is before 2026-03-09",
        "plan.xml, Assignment 3: Work: “much” is not a duration as XML writes it: PT40H0M0S",
        "plan.xml, Assignment: UID: is needed",
    ]
