"""Working-time arithmetic against cases worked by hand and against a count minute by minute."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmo_tui.analysis.working_time import (
    MINUTES_PER_DAY,
    OFFICE_WEEK,
    ROUND_THE_CLOCK,
    Calendars,
    WorkingTime,
    day_at,
    midnight,
    working_time,
)
from pmo_tui.records.calendars import Calendar, CalendarException
from pmo_tui.records.errors import Fault

OFFICE = working_time(OFFICE_WEEK)
EARLY, LATE = "06:00-14:00", "22:00-06:00"


def at(text: str) -> int:
    """`2026-03-06 17:00` as an instant."""
    day, time = text.split()
    return midnight(date.fromisoformat(day)) + int(time[:2]) * 60 + int(time[3:])


def said(instant: int) -> str:
    """An instant as `2026-03-06 17:00`."""
    minute = instant % MINUTES_PER_DAY
    return f"{day_at(instant)} {minute // 60:02}:{minute % 60:02}"


def holiday(first: str, last: str = "", hours: str = "") -> CalendarException:
    return CalendarException(start=date.fromisoformat(first), finish=date.fromisoformat(last or first), hours=hours)


@pytest.mark.parametrize(
    ("start", "minutes", "reached"),
    [
        ("2026-03-06 08:00", 480, "2026-03-06 17:00"),  # a Friday: the end of the day, not Monday morning
        ("2026-03-06 08:00", 481, "2026-03-09 08:01"),
        ("2026-03-06 08:00", 240, "2026-03-06 12:00"),  # over the lunch break
        ("2026-03-06 08:00", 241, "2026-03-06 13:01"),
        ("2026-03-07 10:00", 60, "2026-03-09 09:00"),  # from a Saturday
        ("2026-03-06 17:00", 10 * 480, "2026-03-20 17:00"),  # two weeks
        ("2026-03-09 08:00", -1, "2026-03-06 16:59"),
        ("2026-03-06 17:00", -480, "2026-03-06 08:00"),
        ("2026-03-06 17:00", -960, "2026-03-05 08:00"),
        ("2026-03-07 10:00", 0, "2026-03-07 10:00"),
    ],
)
def test_minutes_are_added_in_the_office_week(start: str, minutes: int, reached: str) -> None:
    assert said(OFFICE.add(at(start), minutes)) == reached
    assert OFFICE.between(at(start), at(reached)) == minutes


def test_a_holiday_is_not_worked_and_an_extra_saturday_is() -> None:
    week = Calendar(
        name="Office",
        base="CAL-1",
        exceptions=[holiday("2026-04-27"), holiday("2026-04-25", hours="09:00-12:00")],
    )
    clock = working_time(week, [OFFICE_WEEK])
    assert said(clock.add(at("2026-04-24 08:00"), 480 + 180)) == "2026-04-25 12:00"
    assert said(clock.add(at("2026-04-24 08:00"), 480 + 181)) == "2026-04-28 08:01"
    assert clock.working_minutes(date(2026, 4, 27)) == 0
    assert clock.working_minutes(date(2026, 4, 25)) == 180


def test_a_day_with_hours_of_its_own_inside_a_long_closure() -> None:
    exceptions = [holiday("2026-12-21", "2027-01-03"), holiday("2026-12-28", hours="08:00-10:00")]
    clock = working_time(Calendar(name="Closed", exceptions=exceptions), [OFFICE_WEEK])
    assert said(clock.add(at("2026-12-18 17:00"), 121)) == "2027-01-04 08:01"


def test_exceptions_of_the_base_hold_unless_the_calendar_has_its_own() -> None:
    base = Calendar(
        key="CAL-1", name="Base", monday=EARLY, tuesday=EARLY, exceptions=[holiday("2026-06-01", "2026-06-02")]
    )
    own = Calendar(
        key="CAL-2", name="Own", base="CAL-1", monday="", exceptions=[holiday("2026-06-02", hours="08:00-09:00")]
    )
    clock = Calendars([base, own]).of("CAL-2")
    june = [clock.working_minutes(date(2026, 6, day)) for day in (1, 2, 8, 9)]
    assert june == [0, 60, 0, 480]


def test_a_night_shift_goes_on_after_midnight() -> None:
    clock = working_time(Calendar(name="Night", monday=LATE, sunday=LATE))
    assert (
        clock.working_minutes(date(2026, 3, 9)) == 360 + 120
    )  # Monday: the rest of Sunday's shift, and its own beginning
    assert said(clock.add(at("2026-03-09 22:00"), 480)) == "2026-03-10 06:00"
    assert said(clock.next_work(at("2026-03-10 06:00"))) == "2026-03-15 22:00"


def test_durations_are_read_by_the_hours_of_the_calendar() -> None:
    seven = working_time(Calendar(name="36 hours", hours_per_day=Decimal("7.2"), hours_per_week=Decimal(36)))
    assert [seven.minutes(text) for text in ("1d", "1w", "1mo", "90m", "2ed")] == [
        (432, False),
        (2160, False),
        (8640, False),
        (90, False),
        (2880, True),
    ]
    assert [OFFICE.days(minutes) for minutes in (1440, -960, 240, 0, 100)] == ["3d", "-2d", "0.5d", "0d", "100m"]


def test_a_calendar_without_working_time_says_so() -> None:
    clock = Calendars([Calendar(key="CAL-1", name="Empty")]).of("CAL-1")
    with pytest.raises(Fault, match="calendar Empty has no working time"):
        clock.add(at("2026-03-06 08:00"), 1)


def test_a_calendar_that_is_only_exceptions_ends_with_them() -> None:
    exceptions = [holiday("2026-03-07", "2026-03-08", "10:00-12:00")]
    clock = working_time(Calendar(name="One weekend", exceptions=exceptions))
    assert said(clock.add(at("2026-01-01 00:00"), 240)) == "2026-03-08 12:00"
    with pytest.raises(Fault, match="One weekend"):
        clock.add(at("2026-01-01 00:00"), 241)


@pytest.mark.parametrize(
    ("calendars", "words"),
    [
        ([], "there is no calendar CAL-1"),
        (
            [Calendar(key="CAL-1", name="A", base="CAL-2"), Calendar(key="CAL-2", name="B", base="CAL-1")],
            "based on itself",
        ),
        ([Calendar(key="CAL-1", name="A", monday="08:00-17:75")], "not a time of the day"),
        ([Calendar(key="CAL-1", name="A", hours_per_day=Decimal(0))], "must be above 0"),
    ],
)
def test_what_is_wrong_with_a_calendar_is_said(calendars: list[Calendar], words: str) -> None:
    with pytest.raises(Fault, match=words):
        Calendars(calendars).of("CAL-1")


def test_a_day_beyond_the_year_9999_is_a_fault() -> None:
    with pytest.raises(Fault, match="beyond the years"):
        day_at(OFFICE.add(at("2026-03-06 08:00"), 10**12))


HOURS = st.sampled_from(
    ["", "08:00-12:00 13:00-17:00", "00:00-24:00", "06:00-14:00", "09:30-12:15", "00:00-08:00 20:00-00:00"]
)
FIRST_DAY = date(2026, 2, 20)


@st.composite
def calendars(draw: st.DrawFn) -> list[Calendar]:
    """A calendar with some working time, on a base that may lack it, with exceptions that may overlap."""

    def exceptions() -> list[CalendarException]:
        spans = draw(st.lists(st.tuples(st.integers(-5, 40), st.integers(0, 12), HOURS), max_size=4))
        return [
            CalendarException(
                start=FIRST_DAY + timedelta(first), finish=FIRST_DAY + timedelta(first + length), hours=hours
            )
            for first, length, hours in spans
        ]

    own = Calendar(
        name="own",
        monday="08:00-12:00",
        tuesday=draw(st.none() | HOURS),
        thursday=draw(st.none() | HOURS),
        sunday=draw(st.none() | HOURS),
        exceptions=exceptions(),
    )
    base = Calendar(name="base", wednesday=draw(HOURS), thursday=draw(HOURS), exceptions=exceptions())
    return [own, base]


class ByTheMinute:
    """The same arithmetic by looking at every single minute."""

    def __init__(self, line: list[Calendar]) -> None:
        self.line = line

    def hours(self, day: date) -> str:
        for calendar in self.line:
            for exception in reversed(calendar.exceptions):
                if exception.start <= day <= exception.finish:
                    return exception.hours
        weekday = day.strftime("%A").lower()
        return next((hours for each in self.line if (hours := getattr(each, weekday)) is not None), "")

    def works(self, instant: int) -> bool:
        minute = instant % MINUTES_PER_DAY
        for part in self.hours(day_at(instant)).split():
            start, end = (int(time[:2]) * 60 + int(time[3:]) for time in part.split("-"))
            if start <= minute < (end or MINUTES_PER_DAY):
                return True
        return False

    def add(self, instant: int, minutes: int) -> int:
        while minutes:
            minutes -= self.works(instant)
            instant += 1
        return instant


@given(calendars(), st.integers(0, 20 * MINUTES_PER_DAY), st.integers(0, 2000))
def test_it_agrees_with_a_count_minute_by_minute(line: list[Calendar], start: int, minutes: int) -> None:
    clock, slow = working_time(line[0], line[1:]), ByTheMinute(line)
    start += midnight(FIRST_DAY)
    reached = clock.add(start, minutes)
    assert reached == slow.add(start, minutes)
    next_work = clock.next_work(start)
    assert slow.works(next_work)
    assert not any(slow.works(instant) for instant in range(start, next_work))


INSTANTS = st.integers(0, 400 * MINUTES_PER_DAY).map(lambda minutes: midnight(FIRST_DAY) + minutes)


@given(calendars(), INSTANTS, st.integers(-(10**6), 10**6))
def test_what_is_added_lies_between_and_is_taken_away_again(line: list[Calendar], start: int, minutes: int) -> None:
    clock = working_time(line[0], line[1:])
    reached = clock.add(start, minutes)
    assert clock.between(start, reached) == minutes
    assert clock.next_work(clock.subtract(reached, minutes)) == clock.next_work(start)


@given(calendars(), INSTANTS, INSTANTS, st.integers(-5000, 5000), st.integers(0, 5000))
def test_later_and_longer_never_end_earlier(
    line: list[Calendar], one: int, other: int, minutes: int, more: int
) -> None:
    clock = working_time(line[0], line[1:])
    first, second = sorted((one, other))
    assert clock.add(first, minutes) <= clock.add(second, minutes)
    assert clock.add(first, minutes) <= clock.add(first, minutes + more)


@given(INSTANTS, st.integers(-(10**6), 10**6))
def test_elapsed_time_is_the_clock(instant: int, minutes: int) -> None:
    assert ROUND_THE_CLOCK.add(instant, minutes) == instant + minutes


def test_the_calendar_of_a_plan_is_made_once() -> None:
    calendars = Calendars([Calendar(key="CAL-1", name="A", monday=EARLY)])
    assert calendars.of("CAL-1") is calendars.of("CAL-1")
    assert isinstance(calendars.of(None), WorkingTime)
