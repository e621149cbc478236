"""Who comes free, who is on too many projects, where people are missing; and how full somebody is, with its reasons."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from pmo_tui.analysis.allocation import Cell, cells, claim_of
from pmo_tui.analysis.allocation_figures import load_figure
from pmo_tui.analysis.availability import capacity, different_days, week_of, whole_weeks
from pmo_tui.analysis.figure import Figure, Source
from pmo_tui.analysis.periods import Period, period_of, periods_from
from pmo_tui.analysis.staffing import Load, crowds, demand, full_time, roll_offs
from pmo_tui.records.calendars import Calendar, CalendarException
from pmo_tui.records.people import Absence, Booking, Person
from pmo_tui.records.requests import Request

TODAY = date(2026, 11, 25)
WEEK = period_of("week", TODAY)


def booking(number: int, project: str, start: int, finish: int, hours: str = "16", **more: Any) -> Booking:
    """A booking from so many days after today to so many."""
    return Booking(
        key=f"BKG-{number}", person=more.pop("person", "PER-1"), project=project, hours_per_week=Decimal(hours),
        start=TODAY + timedelta(start), finish=TODAY + timedelta(finish), **more,
    )  # fmt: skip


# ---- coming free -------------------------------------------------------------------------------------------------------


def test_who_comes_free_within_30_60_and_90_days_and_what_he_still_has() -> None:
    found = roll_offs(
        [
            booking(1, "P-1", -30, 10),
            booking(2, "P-2", -30, 60, "8"),
            booking(3, "P-3", -30, 100),
            booking(4, "P-1", -9, -1),
            booking(5, "P-9", 0, 45, "20", person="PER-2", status="soft", probability=Decimal(50)),
        ],
        TODAY,
    )
    assert [(each.booking, each.within, float(each.freed), float(each.left)) for each in found] == [
        ("BKG-1", 30, 16, 24),
        ("BKG-5", 60, 10, 0),
        ("BKG-2", 60, 8, 16),
    ]


def test_what_ends_today_ends_and_what_ended_yesterday_does_not() -> None:
    ends = [booking(1, "P-1", -30, 0), booking(2, "P-2", -30, -1), booking(3, "P-3", -30, 91)]
    assert [each.booking for each in roll_offs(ends, TODAY)] == ["BKG-1"]


def test_work_that_goes_on_in_another_booking_is_no_end() -> None:
    whole = [booking(1, "P-1", -30, 10), booking(2, "P-1", 13, 40)]
    assert [each.booking for each in roll_offs(whole, TODAY)] == ["BKG-2"]
    with_a_gap = [booking(1, "P-1", -30, 10), booking(2, "P-1", 25, 40)]
    assert [each.booking for each in roll_offs(with_a_gap, TODAY)] == ["BKG-1", "BKG-2"]


# ---- too many projects -------------------------------------------------------------------------------------------------


def test_the_days_on_which_somebody_is_on_too_many_projects() -> None:
    own = [
        booking(1, "P-1", -10, 40), booking(2, "P-2", -10, 40), booking(3, "P-3", 5, 40), booking(4, "P-4", 10, 14),
        booking(5, "P-4", 12, 20), booking(6, "P-1", 0, 40),
    ]  # fmt: skip
    found = crowds(own, TODAY, TODAY + timedelta(60))
    assert [(each.start - TODAY, each.finish - TODAY) for each in found] == [
        (timedelta(10), timedelta(11)), (timedelta(12), timedelta(14)), (timedelta(15), timedelta(20)),
    ]  # fmt: skip
    assert {each.projects for each in found} == {("P-1", "P-2", "P-3", "P-4")}
    assert not crowds(own, TODAY, TODAY + timedelta(60), most=4)


# ---- demand and capacity -----------------------------------------------------------------------------------------------


def row(person: Person, bookings: list[Booking], periods: tuple[Period, ...]) -> tuple[Person, list[Cell]]:
    able = capacity(person, (), {}, *whole_weeks(periods[0].start, periods[-1].finish))
    return person, cells([claim_of(each, week_of(person)) for each in bookings], able, periods)


def test_demand_against_capacity_in_hours_per_cent_and_fte() -> None:
    """Two testers, 40 and 32 h; 50 booked, 16 on a placeholder, 20 asked: 86 h against 72, 14 h short."""
    periods = (WEEK,)
    rows = [
        row(Person(key="PER-1", name="Jan", function="Tester"), [booking(1, "P-1", -30, 30, "30")], periods),
        row(
            Person(key="PER-2", name="Esra", function="tester", pattern="8 8 8 8 0 0 0"),
            [booking(2, "P-1", -30, 30, "20")],
            periods,
        ),
        row(
            Person(key="PER-3", name="Tester N.N.", function="Tester", kind="placeholder"),
            [booking(3, "P-2", -30, 30, "32", status="soft", probability=Decimal(50))],
            periods,
        ),
        row(Person(key="PER-4", name="Olaf", function="Architect"), [], periods),
    ]
    asked = Request(
        key="REQ-1",
        role="TESTER",
        project="P-1",
        start=WEEK.start,
        finish=WEEK.finish,
        hours_per_week=Decimal(20),
        status="submitted",
    )
    silent = [
        Request(
            key="REQ-2",
            role="Tester",
            project="P-1",
            start=WEEK.start,
            finish=WEEK.finish,
            hours_per_week=Decimal(20),
            status=each,
        )
        for each in ("draft", "booked", "rejected", "released")
    ]
    architects, testers = demand(rows, [asked, *silent], periods)
    assert (architects.function, testers.function) == ("Architect", "Tester")
    (need,) = testers.needs
    assert [Load(need.capacity, need.full_time).hours, need.demand.hours, need.gap.hours] == [72, 86, -14]
    assert [need.demand.fte, need.demand.percent, need.gap.fte] == [Decimal("2.15"), 215, Decimal("-0.35")]
    assert need.percent == Decimal("119.4")
    assert architects.needs[0].percent == 0


def test_a_function_without_people_has_a_demand_and_no_per_cent() -> None:
    asked = Request(
        key="REQ-1", role="Hydrologist", project="P-1", start=TODAY, finish=TODAY + timedelta(60), hours_per_week=Decimal(40),
        status="proposed",
    )  # fmt: skip
    (found,) = demand([], [asked], periods_from("week", TODAY, 2))
    assert [need.demand.hours for need in found.needs] == [24, 40]
    assert {need.percent for need in found.needs} == {None}


@given(st.integers(0, 10**6), st.dates(date(2000, 1, 1), date(2099, 1, 1)), st.sampled_from(["week", "month"]))
def test_hours_per_cent_and_fte_are_the_same_amount(amount: int, day: date, granularity: Any) -> None:
    period = period_of(granularity, day)
    load = Load(amount, full_time(period))
    assert load.fte is not None
    assert load.percent is not None
    assert abs(load.fte * 100 - load.percent) <= Decimal("0.56")
    assert abs(load.fte * full_time(period) / 3600 - load.hours) <= Decimal("0.011") * full_time(period) / 3600


def test_nobody_is_full_time_on_a_sunday() -> None:
    sunday = Load(3600, full_time(period_of("day", date(2026, 11, 29))))
    assert [sunday.hours, sunday.fte, sunday.percent] == [1, None, None]


# ---- why -----------------------------------------------------------------------------------------------------------------

ASCENSION = date(2027, 5, 6)
JAN = Person(key="PER-1", name="Jan", pattern="8 8 8 8 0 0 0", calendar="CAL-1")
OFFICE = Calendar(
    key="CAL-1", name="Office", exceptions=[CalendarException(name="Ascension Day", start=ASCENSION, finish=ASCENSION)]
)


def load_in_ascension_week(*absences: Absence) -> Figure:
    period = period_of("week", ASCENSION)
    off = different_days(OFFICE, {}, *whole_weeks(period.start, period.finish))
    half = [
        booking(1, "P-1", 0, 365, "12"),
        booking(2, "P-2", 0, 365, "8", status="soft", probability=Decimal(50)),
    ]
    return load_figure(JAN, half, absences, off, period)


def test_a_load_says_which_bookings_and_which_days_it_comes_from() -> None:
    figure = load_in_ascension_week()
    assert (figure.value, figure.unit) == (Decimal("66.7"), "%")
    said = {(part.name, part.value) for _, part in figure.walk() if isinstance(part, Figure)}
    assert said == {
        ("Load", Decimal("66.7")), ("Booked", Decimal(16)), ("Booking", Decimal(12)), ("Booking", Decimal(4)),
        ("Available", Decimal(24)), ("Pattern", Decimal(32)), ("Days off", Decimal(-8)),
    }  # fmt: skip
    sources = {(part.key, part.field, part.value) for _, part in figure.walk() if isinstance(part, Source)}
    assert ("BKG-2", "probability", Decimal(50)) in sources
    assert ("CAL-1", "exceptions", ASCENSION) in sources
    assert ("PER-1", "pattern", "8 8 8 8 0 0 0") in sources


def test_a_load_without_anybody_there_is_undefined_and_says_why() -> None:
    away = Absence(key="ABS-7", person="PER-1", start=ASCENSION - timedelta(3), finish=ASCENSION + timedelta(3))
    figure = load_in_ascension_week(away)
    assert figure.value is None
    assert figure.reason is not None
    assert figure.reason.words() == "nothing is available in 2027-w18"
    assert any(isinstance(part, Source) and part.key == "ABS-7" for _, part in figure.walk())


def test_who_is_not_employed_yet_is_not_absent() -> None:
    comes = Person(key="PER-1", name="Jan", start=date(2026, 11, 25))
    figure = load_figure(comes, [], [], {}, WEEK)
    parts = {part.name: part.value for _, part in figure.walk() if isinstance(part, Figure)}
    assert parts == {"Load": 0, "Booked": 0, "Available": 24, "Pattern": 40, "Not employed": -16}
