"""Who is booked for how much of what he can work: worked by hand, and what must hold for any bookings."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmo_tui.analysis.allocation import Cell, added, causes, cells, claim_of, spread
from pmo_tui.analysis.availability import Capacity, Different, capacity, different_days, hours, week_of, whole_weeks
from pmo_tui.analysis.periods import GRANULARITIES, Granularity, Period, period_of, periods_between, periods_from
from pmo_tui.records.calendars import OFFICE_DAY, Calendar, CalendarException
from pmo_tui.records.people import Absence, Booking, Person, System

MON_TO_THU = "8 8 8 8 0 0 0"
ASCENSION = date(2027, 5, 6)
OFFICE_WEEK: dict[str, Any] = dict.fromkeys(("monday", "tuesday", "wednesday", "thursday", "friday"), OFFICE_DAY)


def person(pattern: str = "8 8 8 8 8 0 0", **more: Any) -> Person:
    return Person(key="PER-1", name="Jan", pattern=pattern, **more)


def booking(hours_per_week: str, start: date, finish: date, number: int = 1, **more: Any) -> Booking:
    return Booking(
        key=f"BKG-{number}", person="PER-1", project=more.pop("project", "P-1"), start=start, finish=finish,
        hours_per_week=Decimal(hours_per_week), **more,
    )  # fmt: skip


def office(*days: date, hours: str = "", **more: Any) -> Calendar:
    exceptions = [CalendarException(name="closed", start=day, finish=day, hours=hours) for day in days]
    return Calendar(key="CAL-1", name="Office", exceptions=exceptions, **{**OFFICE_WEEK, **more})


def row(
    who: Person | System,
    bookings: list[Booking],
    periods: tuple[Period, ...],
    *,
    calendar: Calendar | None = None,
    absences: tuple[Absence, ...] = (),
    limit: int = 100,
) -> list[Cell]:
    return cells(
        [claim_of(each, week_of(who)) for each in bookings], there(who, periods, calendar, absences), periods, limit
    )


def there(
    who: Person | System,
    periods: tuple[Period, ...],
    calendar: Calendar | None = None,
    absences: tuple[Absence, ...] = (),
) -> Capacity:
    first, last = whole_weeks(periods[0].start, periods[-1].finish)
    off: Different = {} if calendar is None else different_days(calendar, {calendar.key: calendar}, first, last)
    return capacity(who, absences, off, first, last)


def h(amount: int) -> float:
    """Seconds as hours, to be compared with figures worked by hand."""
    return float(hours(amount))


def percent(cell: Cell) -> float | None:
    return None if cell.percent is None else float(cell.percent)


def amounts(cell: Cell) -> tuple[int, ...]:
    return cell.available, cell.hard, cell.soft, cell.booked


def weeks(day: date, count: int = 1) -> tuple[Period, ...]:
    return periods_from("week", day, count)


# ---- by hand -----------------------------------------------------------------------------------------------------------


def test_half_of_a_32_hour_person_in_the_week_of_ascension_thursday() -> None:
    half = booking("16", date(2027, 4, 5), date(2027, 6, 25))
    usual, ascension = row(person(MON_TO_THU), [half], weeks(date(2027, 4, 26), 2), calendar=office(ASCENSION))
    assert (h(usual.available), h(usual.booked), percent(usual)) == (32, 16, 50)
    assert (h(ascension.available), h(ascension.booked), percent(ascension)) == (24, 16, 66.7)
    assert (h(ascension.free), ascension.over, ascension.alarm) == (8, 0, "")


def test_hours_move_from_the_holiday_to_the_days_one_is_there() -> None:
    half = booking("16", date(2027, 4, 5), date(2027, 6, 25))
    days = periods_between("day", date(2027, 5, 3), date(2027, 5, 9))
    found = row(person(MON_TO_THU), [half], days, calendar=office(ASCENSION))
    assert [h(cell.booked) for cell in found] == [5.33] * 3 + [0] * 4
    assert sum(cell.booked for cell in found) == 16 * 3600
    assert not any(cell.alarm for cell in found)


def test_a_week_cut_by_the_start_takes_the_share_of_its_pattern_days() -> None:
    wednesday = booking("32", date(2026, 11, 25), date(2026, 12, 31))
    first, second = row(person(MON_TO_THU), [wednesday], weeks(date(2026, 11, 23), 2))
    assert (h(first.booked), h(second.booked)) == (16, 32)


def test_a_soft_booking_weighs_by_its_probability() -> None:
    firm = booking("24", date(2026, 11, 23), date(2026, 11, 27))
    maybe = booking("20", date(2026, 11, 23), date(2026, 11, 27), 2, status="soft", probability=Decimal(60))
    (cell,) = row(person(), [firm, maybe], weeks(date(2026, 11, 23)))
    assert (h(cell.hard), h(cell.soft), h(cell.booked), h(cell.free)) == (24, 20, 36, 4)
    assert percent(cell) == 90


def test_over_by_how_much_and_from_which_limit() -> None:
    full = booking("44", date(2026, 11, 23), date(2026, 11, 27))
    (cell,) = row(person(), [full], weeks(date(2026, 11, 23)))
    assert (h(cell.over), percent(cell), cell.alarm, cell.free) == (4, 110, "week", 0)
    (lenient,) = row(person(), [full], weeks(date(2026, 11, 23)), limit=110)
    assert (lenient.alarm, h(lenient.over)) == ("", 4)


def test_two_days_of_double_work_in_a_calm_week_ring_on_the_day() -> None:
    """20 h a week all week, 32 of 40 on Monday and Tuesday alone: 12.8 + 20 h in the week, 10.4 h on the Monday."""
    steady = booking("20", date(2026, 11, 16), date(2026, 12, 4))
    burst = booking("32", date(2026, 11, 23), date(2026, 11, 24), 2)
    who = person()
    before, now, after = row(who, [steady, burst], weeks(date(2026, 11, 16), 3))
    assert (before.alarm, now.alarm, after.alarm) == ("", "day", "")
    assert h(now.booked) == 32.8
    monday, _, wednesday = row(who, [steady, burst], periods_from("day", date(2026, 11, 23), 3))
    assert (h(monday.booked), monday.alarm, h(wednesday.booked)) == (10.4, "day", 4)


def test_a_calm_month_hides_neither_a_week_nor_a_day() -> None:
    who, months = person(), periods_from("month", date(2026, 11, 1), 1)
    one_week = booking("60", date(2026, 11, 16), date(2026, 11, 20))
    two_days = booking("48", date(2026, 11, 16), date(2026, 11, 17))
    assert [cell.alarm for cell in row(who, [one_week], months)] == ["week"]
    assert [cell.alarm for cell in row(who, [two_days], months)] == ["day"]


def test_nobody_there_has_no_percent_but_all_the_hours() -> None:
    away = Absence(key="ABS-1", person="PER-1", start=date(2026, 11, 23), finish=date(2026, 11, 29))
    (cell,) = row(person(), [booking("8", date(2026, 11, 1), date(2026, 12, 31))], weeks(away.start), absences=(away,))
    assert (cell.available, percent(cell), h(cell.booked), h(cell.over)) == (0, None, 8, 8)
    assert cell.alarm == "week"


def test_some_hours_a_day_away() -> None:
    mornings = Absence(
        key="ABS-1", person="PER-1", start=date(2026, 11, 24), finish=date(2026, 11, 25), hours_per_day=Decimal(3)
    )
    (cell,) = row(person(), [], weeks(date(2026, 11, 23)), absences=(mornings,))
    assert h(cell.available) == 34


def test_nobody_works_before_he_comes_and_after_he_leaves() -> None:
    freelancer = person(start=date(2026, 11, 25), finish=date(2026, 12, 1))
    assert [h(cell.available) for cell in row(freelancer, [], weeks(date(2026, 11, 16), 4))] == [0, 24, 16, 0]


def test_a_booking_that_touches_no_pattern_day_stands_on_its_own_days() -> None:
    weekend = booking("16", date(2026, 11, 28), date(2026, 11, 29))
    days = row(person(), [weekend], periods_from("day", date(2026, 11, 27), 3))
    assert [h(cell.booked) for cell in days] == [0, 8, 8]
    (week,) = row(person(), [weekend], weeks(date(2026, 11, 23)))
    assert h(week.booked) == 16


def test_a_pattern_left_at_full_time_is_scaled_by_the_fte() -> None:
    assert [h(each) for each in week_of(person(fte=Decimal("0.5")))] == [4] * 5 + [0] * 2
    assert sum(week_of(person(MON_TO_THU, fte=Decimal("0.8")))) == 32 * 3600


def test_a_system_has_its_capacity_on_weekdays_whatever_the_holidays() -> None:
    lab = System(key="SYS-1", name="Lab", capacity=Decimal(60))
    found = row(
        lab, [booking("45", date(2027, 5, 3), date(2027, 5, 9))], weeks(date(2027, 5, 3)), calendar=office(ASCENSION)
    )
    assert [(h(cell.available), percent(cell)) for cell in found] == [(60, 75)]


@pytest.mark.parametrize(
    ("pattern", "calendar", "expected"),
    [
        ("8 8 8 8 8 0 0", office(date(2026, 12, 24), hours="08:00-12:00"), [8, 8, 8, 4, 8, 0, 0]),
        ("8 8 8 0 0 0 0", office(date(2026, 12, 24), hours="08:00-12:00"), [8, 8, 8, 0, 0, 0, 0]),
        ("8 8 8 8 0 0 0", office(date(2026, 12, 26), hours="09:00-15:00"), [8, 8, 8, 8, 0, 6, 0]),
        ("0 0 0 0 0 8 8", office(date(2026, 12, 26)), [0, 0, 0, 0, 0, 0, 8]),
        ("8 8 8 0 0 0 0", Calendar(key="CAL-1", name="Off", exceptions=office(date(2026, 12, 24), hours="08:00-12:00").exceptions),
         [8, 8, 8, 0, 0, 0, 0]),
    ],
    ids=["half day", "half day of somebody who is off", "extra Saturday", "Saturday worker's holiday", "list without a week"],
)  # fmt: skip
def test_what_the_calendar_changes(pattern: str, calendar: Calendar, expected: list[int]) -> None:
    days = periods_from("day", date(2026, 12, 21), 7)
    assert [h(cell.available) for cell in row(person(pattern), [], days, calendar=calendar)] == expected


def test_a_calendar_has_the_exceptions_of_its_base_and_may_take_them_back() -> None:
    base = office(date(2026, 12, 24), date(2026, 12, 25))
    own = Calendar(
        key="CAL-2", name="Shop", base="CAL-1",
        exceptions=[CalendarException(start=date(2026, 12, 24), finish=date(2026, 12, 24), hours=OFFICE_DAY)],
    )  # fmt: skip
    first, last = whole_weeks(date(2026, 12, 21), date(2026, 12, 27))
    off = different_days(own, {"CAL-1": base, "CAL-2": own}, first, last)
    assert [h(each) for each in capacity(person(), (), off, first, last).days] == [8, 8, 8, 8, 0, 0, 0]


def test_causes_stand_by_size_and_the_largest_is_named_with_its_project() -> None:
    bookings = [
        booking("8", date(2026, 11, 23), date(2026, 12, 31), 1, project="P-1"),
        booking("24", date(2026, 11, 1), date(2026, 12, 31), 2, project="P-2"),
        booking("30", date(2026, 11, 1), date(2026, 12, 31), 3, project="P-3", status="soft", probability=Decimal(50)),
        booking("40", date(2026, 12, 1), date(2026, 12, 31), 4, project="P-4"),
    ]
    who, columns = person(), weeks(date(2026, 11, 23))
    found = causes([claim_of(each, week_of(who)) for each in bookings], there(who, columns), columns[0])
    assert [(cause.claim.project, h(cause.full), h(cause.booked), cause.claim.hard) for cause in found] == [
        ("P-2", 24, 24, True),
        ("P-3", 30, 15, False),
        ("P-1", 8, 8, True),
    ]


def test_a_team_is_the_sum_of_its_people() -> None:
    columns = weeks(date(2026, 11, 23), 2)
    one = row(person(), [booking("50", date(2026, 11, 23), date(2026, 11, 27))], columns)
    other = row(person(MON_TO_THU), [], columns)
    assert [(h(cell.available), h(cell.booked)) for cell in added([one, other])] == [(72, 50), (72, 0)]


# ---- for any bookings ----------------------------------------------------------------------------------------------------

FIRST = date(2026, 11, 2)
NEAR = st.dates(FIRST - timedelta(30), FIRST + timedelta(150))
HOURS = st.decimals(0, 60, places=2)


@st.composite
def spans(draw: st.DrawFn) -> tuple[date, date]:
    start = draw(NEAR)
    return start, start + timedelta(draw(st.integers(0, 120)))


@st.composite
def bookings(draw: st.DrawFn) -> list[Booking]:
    found = []
    for number in range(draw(st.integers(0, 5))):
        start, finish = draw(spans())
        status = draw(st.sampled_from(("hard", "soft")))
        probability = draw(st.decimals(0, 100, places=1))
        found.append(booking(str(draw(HOURS)), start, finish, number, status=status, probability=probability))
    return found


PATTERNS = st.lists(st.sampled_from(["0", "4", "7.6", "8", "9"]), min_size=7, max_size=7).map(" ".join)


@st.composite
def absences(draw: st.DrawFn) -> tuple[Absence, ...]:
    found = []
    for start, finish in draw(st.lists(spans(), max_size=2)):
        away = draw(st.none() | st.decimals(0, 9, places=1))
        found.append(Absence(key="ABS-1", person="PER-1", start=start, finish=finish, hours_per_day=away))
    return tuple(found)


@given(PATTERNS, bookings(), absences(), st.sampled_from(GRANULARITIES))
def test_a_cell_is_the_sum_of_its_bookings(
    pattern: str, booked: list[Booking], away: tuple[Absence, ...], granularity: Granularity
) -> None:
    who, columns = person(pattern), periods_from(granularity, FIRST, 8)
    capacity = there(who, columns, office(ASCENSION, FIRST), away)
    claims = [claim_of(each, week_of(who)) for each in booked]
    for cell, column in zip(cells(claims, capacity, columns), columns, strict=True):
        parts = causes(claims, capacity, column)
        assert cell.booked == sum(part.booked for part in parts)
        assert cell.hard == sum(part.full for part in parts if part.claim.hard)
        assert cell.soft == sum(part.full for part in parts if not part.claim.hard)
        assert cell.free == 0 or cell.over == 0
        assert (percent(cell) is None) == (cell.available == 0)


@given(PATTERNS, bookings(), absences(), st.integers(1, 12))
def test_weeks_and_days_of_the_same_range_add_up_to_the_same(
    pattern: str, booked: list[Booking], away: tuple[Absence, ...], count: int
) -> None:
    who, columns = person(pattern), weeks(FIRST, count)
    days = periods_between("day", columns[0].start, columns[-1].finish)
    by_week = row(who, booked, columns, absences=away)
    by_day = row(who, booked, days, absences=away)
    for place, week in enumerate(by_week):
        inside = by_day[place * 7 : place * 7 + 7]
        assert amounts(week) == tuple(map(sum, zip(*map(amounts, inside), strict=True)))
        if not week.alarm:
            assert all(day.booked - day.available <= 60 + len(booked) for day in inside)


@given(PATTERNS, bookings(), absences())
def test_months_and_days_of_the_same_range_add_up_to_the_same(
    pattern: str, booked: list[Booking], away: tuple[Absence, ...]
) -> None:
    who, months = person(pattern), periods_from("month", FIRST, 4)
    days = periods_between("day", months[0].start, months[-1].finish)
    by_day = dict(zip((day.start for day in days), row(who, booked, days, absences=away), strict=True))
    for month, cell in zip(months, row(who, booked, months, absences=away), strict=True):
        inside = [each for day, each in by_day.items() if month.start <= day <= month.finish]
        assert amounts(cell) == tuple(map(sum, zip(*map(amounts, inside), strict=True)))


@given(PATTERNS, HOURS, absences(), NEAR)
def test_a_whole_week_of_a_booking_loses_nothing(
    pattern: str, per_week: Decimal, away: tuple[Absence, ...], day: date
) -> None:
    who, (week,) = person(pattern), weeks(day)
    claim = claim_of(booking(str(per_week), week.start, week.finish), week_of(who))
    capacity = there(who, (week,), office(FIRST), away)
    first, last = week.start.toordinal(), week.finish.toordinal()
    by_day = [spread(claim.per_week, claim, capacity, each, each) for each in range(first, last + 1)]
    assert sum(by_day) == claim.per_week == per_week * 3600
    assert all(part >= 0 for part in by_day)


@given(st.sampled_from(GRANULARITIES), NEAR)
def test_nothing_is_booked_outside_a_booking(granularity: Granularity, day: date) -> None:
    column = period_of(granularity, day)
    late = booking("40", column.finish + timedelta(1), column.finish + timedelta(40))
    early = booking("40", column.start - timedelta(40), column.start - timedelta(1), 2)
    (cell,) = row(person(), [late, early], (column,))
    assert (cell.booked, cell.alarm) == (0, "")
