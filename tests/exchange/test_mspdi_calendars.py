"""The calendars of a plan: weekdays, bases, exceptions that come back, weeks of their own."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from pmo_tui.exchange.mspdi_calendars import WEEKDAYS
from tests.exchange.mspdi_help import (
    OFFICE,
    calendar,
    exception,
    of,
    office_week,
    period,
    plan,
    problems,
    read,
    tag,
    task,
    tasks_of,
    to,
    weekday,
)

DAY = "08:00-12:00 13:00-17:00"


def calendars_of(*calendars: str, **head: Any) -> dict[str, dict[str, Any]]:
    batch = read(plan(task(1), calendars="".join(calendars), **head))
    return {incoming.values["name"]: incoming.values for incoming in of(batch, "calendars")}


def week(values: dict[str, Any]) -> list[str | None]:
    return [values[name] for name in WEEKDAYS]


def exceptions_of(*exceptions: str) -> list[tuple[str | None, date, date, str]]:
    found = calendars_of(calendar(1, "Standard", office_week(), tag("Exceptions", *exceptions)))
    return [(each["name"], each["start"], each["finish"], each["hours"]) for each in found["Standard"]["exceptions"]]


def test_weekdays_and_hours() -> None:
    night = "00:00 03:00 04:00 08:00 23:00 00:00"
    whole = "00:00 00:00"
    found = calendars_of(
        calendar(1, "Standard", office_week()),
        calendar(2, "Night", tag("WeekDays", *(weekday(kind, night if kind > 2 else whole) for kind in range(1, 8)))),
    )
    assert week(found["Standard"]) == [DAY] * 5 + [None, None]
    assert week(found["Night"]) == ["00:00-24:00", *["00:00-03:00 04:00-08:00 23:00-24:00"] * 5, "00:00-24:00"]


def test_what_is_not_said_is_an_office_week() -> None:
    found = calendars_of(
        calendar(1, "Nothing"),
        calendar(2, "No hours", tag("WeekDays", tag("WeekDay", DayType=7, DayWorking=1), weekday(2, None))),
    )
    assert week(found["Nothing"]) == [DAY] * 5 + [None, None]
    assert week(found["No hours"]) == [None, DAY, DAY, DAY, DAY, DAY, None]


def test_a_calendar_on_a_base_says_only_what_differs() -> None:
    found = calendars_of(
        calendar(1, "Standard", office_week(), tag("Exceptions", exception("2026-04-27", "2026-04-27", Name="King's Day"))),
        calendar(2, "Longer", tag("WeekDays", weekday(6, "08:00 20:00")), IsBaseCalendar=0, BaseCalendarUID=1),
    )  # fmt: skip
    assert found["Longer"]["base"] == to("calendar-1")
    assert week(found["Longer"]) == [None, None, None, None, "08:00-20:00", None, None]
    assert found["Longer"]["exceptions"] == []


def test_a_day_off_that_the_base_works_makes_a_calendar_of_its_own() -> None:
    found = calendars_of(
        calendar(1, "Standard", office_week(), tag(
            "Exceptions", exception("2026-12-24", "2026-12-28", Name="Christmas"), exception("2026-04-27", "2026-04-27", Name="King's Day"),
        )),
        calendar(2, "Jan", tag("WeekDays", weekday(6, None)), tag("Exceptions", exception("2026-12-25", "2026-12-26", OFFICE)),
                 IsBaseCalendar=0, BaseCalendarUID=1),
    )  # fmt: skip
    jan = found["Jan"]
    assert jan["base"] is None
    assert week(jan) == [DAY] * 4 + [None, None, None]
    assert [(each["start"], each["finish"], each["hours"]) for each in jan["exceptions"]] == [
        (date(2026, 12, 25), date(2026, 12, 26), DAY),
        (date(2026, 12, 24), date(2026, 12, 24), ""),
        (date(2026, 12, 27), date(2026, 12, 28), ""),
        (date(2026, 4, 27), date(2026, 4, 27), ""),
    ]


def test_why_somebody_is_away_is_not_kept() -> None:
    found = calendars_of(
        calendar(1, "Standard", office_week()),
        calendar(3, "Jan", tag("Exceptions", exception("2026-05-04", "2026-05-08", Name="Hospital")), IsBaseCalendar=0, BaseCalendarUID=1),
    )  # fmt: skip
    assert [each["name"] for each in found["Jan"]["exceptions"]] == [None]
    assert "Hospital" not in str(found)


def test_a_calendar_that_says_nothing_is_its_base() -> None:
    calendars = (
        calendar(1, "Standard", office_week())
        + calendar(2, "Night", tag("WeekDays", weekday(2, "22:00 23:00")))
        + calendar(3, "Copy", IsBaseCalendar=0, BaseCalendarUID=2)
    )
    batch = read(plan(task(1, CalendarUID=3), task(2, CalendarUID=-1), task(3, CalendarUID=2), calendars=calendars))
    assert [each.values["name"] for each in of(batch, "calendars")] == ["Standard", "Night"]
    assert [values["calendar"] for values in tasks_of(batch).values()] == [to("calendar-2"), None, to("calendar-2")]


def test_exceptions_are_days_off_or_hours() -> None:
    assert exceptions_of(
        exception(
            "2026-12-25", "2026-12-26", Name="Christmas", Type=1, Period=1, Occurrences=2, EnteredByOccurrences=0
        ),
        exception("2026-12-24", "2026-12-24", "08:00 12:00", Name="Christmas Eve", Type=1),
    ) == [
        ("Christmas", date(2026, 12, 25), date(2026, 12, 26), ""),
        ("Christmas Eve", date(2026, 12, 24), date(2026, 12, 24), "08:00-12:00"),
    ]


def test_exceptions_as_older_files_have_them() -> None:
    old = tag("WeekDay", period("2026-04-27", "2026-04-27"), DayType=0, DayWorking=0)
    days = tag("WeekDays", weekday(2), old)
    assert calendars_of(calendar(1, "A", days))["A"]["exceptions"][0]["start"] == date(2026, 4, 27)
    both = calendars_of(
        calendar(1, "A", days, tag("Exceptions", exception("2026-04-27", "2026-04-27", Name="King's Day")))
    )
    assert [each["name"] for each in both["A"]["exceptions"]] == ["King's Day"]


@pytest.mark.parametrize(
    ("first", "last", "rule", "days"),
    [
        ("2026-01-01", "2028-12-31", {"Type": 2, "Month": 11, "MonthDay": 25}, ["2026-12-25", "2027-12-25", "2028-12-25"]),
        ("2024-01-01", "2028-12-31", {"Type": 2, "Month": 1, "MonthDay": 29}, ["2024-02-29", "2028-02-29"]),
        ("2026-01-01", "2027-12-31", {"Type": 3, "Month": 4, "MonthItem": 4, "MonthPosition": 4}, ["2026-05-25", "2027-05-31"]),
        ("2026-01-10", "2026-06-30", {"Type": 4, "MonthDay": 5, "Period": 2}, ["2026-03-05", "2026-05-05"]),
        ("2026-01-01", "2026-03-31", {"Type": 5, "MonthItem": 8, "MonthPosition": 0}, ["2026-01-02", "2026-02-06", "2026-03-06"]),
        ("2026-01-01", "2026-02-28", {"Type": 5, "MonthItem": 1, "MonthPosition": 4}, ["2026-01-30", "2026-02-27"]),
        ("2026-01-01", "2026-01-31", {"Type": 5, "MonthItem": 2, "MonthPosition": 1}, ["2026-01-04"]),
        ("2026-01-01", "2026-01-31", {"Type": 5, "MonthItem": 0, "MonthPosition": 4}, ["2026-01-31"]),
        ("2026-03-02", "2026-03-29", {"Type": 6, "DaysOfWeek": 2 + 32, "Period": 2}, ["2026-03-02", "2026-03-06", "2026-03-16", "2026-03-20"]),
        ("2026-03-02", "2026-03-10", {"Type": 1, "Period": 4}, ["2026-03-02", "2026-03-06", "2026-03-10"]),
        ("2026-03-06", "2026-03-09", {"Type": 8}, ["2026-03-06", "2026-03-09"]),
        ("2026-01-01", "2040-12-31", {"Type": 2, "Month": 0, "MonthDay": 1, "EnteredByOccurrences": 1, "Occurrences": 2}, ["2026-01-01", "2027-01-01"]),
    ],
)  # fmt: skip
def test_exceptions_that_come_back_are_written_out(
    first: str, last: str, rule: dict[str, Any], days: list[str]
) -> None:
    found = exceptions_of(exception(first, last, **rule))
    assert [(start.isoformat(), finish.isoformat()) for _name, start, finish, _hours in found] == [
        (day, day) for day in days
    ]


def test_an_exception_that_never_ends_stops_and_says_so() -> None:
    rule = exception("2026-01-01", "9999-12-31", Type=6, DaysOfWeek=127, Name="Daily")
    batch = read(plan(task(1), calendars=calendar(1, "Standard", office_week(), tag("Exceptions", rule))))
    assert len(of(batch, "calendars")[0].values["exceptions"]) == 1000
    assert any("“Daily” comes back more than 1000 times" in note for note in batch.notes)


def test_a_week_of_its_own_is_written_out_around_the_exceptions() -> None:
    summer = tag(
        "WorkWeek", period("2026-07-06", "2026-07-19"), tag("WeekDays", *(weekday(kind, "07:00 11:00") for kind in (2, 3)), weekday(6, None)),
        Name="Summer",
    )  # fmt: skip
    found = calendars_of(
        calendar(1, "A", office_week(), tag("Exceptions", exception("2026-07-07", "2026-07-07", Name="Party")), tag("WorkWeeks", summer))
    )  # fmt: skip
    assert [(each["name"], each["start"].day, each["finish"].day, each["hours"]) for each in found["A"]["exceptions"]] == [
        ("Party", 7, 7, ""), ("Summer", 6, 6, "07:00-11:00"), ("Summer", 10, 10, ""),
        ("Summer", 13, 14, "07:00-11:00"), ("Summer", 17, 17, ""),
    ]  # fmt: skip


def test_wrong_calendars_are_refused_or_told() -> None:
    wrong = (
        calendar(1, "A", tag("WeekDays", weekday(2, "25:00 26:00"), weekday(9)), tag("Exceptions", exception("2026-02-30", "2026-03-01"))),
        calendar(1, "B"),
        calendar(5, "C", IsBaseCalendar=0, BaseCalendarUID=6),
        calendar(6, "D", IsBaseCalendar=0, BaseCalendarUID=5),
        calendar(8, "F", tag("Exceptions", exception("2026-03-05", "2026-03-01"), tag("Exception", tag("TimePeriod", FromDate="2026-03-01T00:00:00")))),
    )  # fmt: skip
    found = problems(plan(task(1), calendars="".join(wrong)))
    for words in (
        "plan.xml, Calendar 1: FromTime: “25:00:00” is not a time of day",
        "plan.xml, Calendar 1: DayType: a weekday is a number from 1 to 7",
        "plan.xml, Calendar 1: FromDate: “2026-02-30T00:00:00” is not a day",
        "plan.xml, Calendar 1: UID: is the UID of two calendars",
        "plan.xml, Calendar 6: BaseCalendarUID: the calendar would be based on itself",
        "plan.xml, Calendar 8: ToDate: 2026-03-01 is before 2026-03-05",
        "plan.xml, Calendar 8: TimePeriod: a day that differs needs FromDate and ToDate",
    ):
        assert any(problem.startswith(words) for problem in found), words
    missing = read(plan(task(1, CalendarUID=44), calendars=calendar(2, "C", IsBaseCalendar=0, BaseCalendarUID=9)))
    notes = "\n".join(missing.notes)
    assert "calendar 2 “C” is based on calendar 9, which is not in the file" in notes
    assert notes.count("Task 1, row 1 has the calendar 44, which is not in the file") == 1
    assert "Project has the calendar 1, which is not in the file" in notes


def test_a_given_project_is_told_of_an_unusual_calendar() -> None:
    usual = read(plan(task(1)), project="P-1")
    assert usual.notes == []
    batch = read(plan(task(1), calendars=calendar(1, "Four days", office_week(without=6))), project="P-1")
    assert any("the plan was made on the calendar “Four days”" in note for note in batch.notes)
