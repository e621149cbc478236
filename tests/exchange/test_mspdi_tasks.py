"""The tasks of a plan: outline and order, durations in the unit they were given in, marks, constraints, money and notes."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmo_tui.exchange.mspdi_part import UNITS
from pmo_tui.records.durations import Duration
from tests.exchange.mspdi_help import (
    calendar,
    exception,
    of,
    office_week,
    one_task,
    plan,
    problems,
    read,
    tag,
    task,
    tasks_of,
    to,
    weekday,
)


def test_outline_order_and_wbs_follow_the_rows() -> None:
    data = plan(
        task(7, "Build", ID=2, OutlineLevel=2, WBS="A.1"),
        task(0, "", ID=0, Name=None, OutlineLevel=0, WBS="0"),
        task(3, "Phase", ID=1, OutlineLevel=1, WBS="A", Summary=0),
        task(9, "Test", ID=4, OutlineLevel=2, WBS=None, OutlineNumber="1.2"),
        task(8, "After", ID=5, OutlineLevel=None, WBS=None, OutlineNumber="2", Summary=1),
    )
    found = tasks_of(read(data))
    assert list(found) == [0, 3, 7, 9, 8]
    assert [values["position"] for values in found.values()] == [0, 1, 2, 4, 5]
    assert [values["outline_level"] for values in found.values()] == [0, 1, 2, 2, 1]
    assert [values["wbs"] for values in found.values()] == ["0", "A", "A.1", "1.2", "2"]
    assert [values["summary"] for values in found.values()] == [True, True, False, False, True]
    assert found[0]["name"] == "Harbour"


def test_without_row_numbers_the_file_gives_the_order() -> None:
    found = tasks_of(read(plan(task(5, ID=None), task(2, ID=None), task(9, ID=None))))
    assert [(uid, values["position"]) for uid, values in found.items()] == [(5, 1), (2, 2), (9, 3)]
    twice = tasks_of(read(plan(task(5, ID=3), task(2, ID=3))))
    assert [(uid, values["position"]) for uid, values in twice.items()] == [(5, 1), (2, 2)]


@pytest.mark.parametrize(
    ("iso", "format_", "text", "estimated"),
    [
        ("PT40H0M0S", 7, "5d", False),
        ("PT40H0M0S", 5, "40h", False),
        ("PT40H0M0S", 9, "1w", False),
        ("PT40H0M0S", 3, "2400m", False),
        ("PT160H0M0S", 11, "1mo", False),
        ("PT120H0M0S", 8, "5ed", False),
        ("PT168H0M0S", 10, "1ew", False),
        ("PT720H0M0S", 12, "1emo", False),
        ("PT2H0M0S", 6, "2eh", False),
        ("PT0H1M0S", 4, "1em", False),
        ("PT40H0M0S", 39, "5d", True),
        ("PT120H0M0S", 40, "5ed", True),
        ("PT80H0M0S", 41, "2w", True),
        ("PT4H0M0S", 7, "0.5d", False),
        ("PT1H20M0S", 7, "80m", False),
        ("PT0H0M0S", 7, "0d", False),
        ("PT8H0M0S", 21, "1d", False),
        ("PT8H0M0S", 53, "1d", True),
        ("PT8H0M0S", None, "1d", False),
    ],
)
def test_a_duration_keeps_its_unit(iso: str, format_: int | None, text: str, estimated: bool) -> None:
    values = one_task(Duration=iso, DurationFormat=format_)
    assert (values["duration"], values["estimated"]) == (text, estimated)


def test_the_file_says_how_long_its_days_and_weeks_are_and_which_unit_is_usual() -> None:
    data = plan(
        task(1, Duration="PT36H0M0S", DurationFormat=7),
        task(2, Duration="PT36H0M0S", DurationFormat=9),
        task(3, Duration="PT7H12M0S", DurationFormat=21),
        task(4, Duration="PT7H12M0S", DurationFormat=21, Estimated=1),
        MinutesPerDay=432,
        MinutesPerWeek=2160,
        DurationFormat=9,
    )
    found = tasks_of(read(data))
    assert [values["duration"] for values in found.values()] == ["5d", "1w", "0.2w", "0.2w"]
    assert [values["estimated"] for values in found.values()] == [False, False, False, True]
    standard = of(read(data), "calendars")[0].values
    assert (standard["hours_per_day"], standard["hours_per_week"]) == (Decimal("7.2"), Decimal(36))


@given(minutes=st.integers(0, 600_000), format_=st.sampled_from([*UNITS, *(code + 32 for code in UNITS)]))
def test_no_minute_of_a_duration_is_lost(minutes: int, format_: int) -> None:
    iso = f"PT{minutes // 60}H{minutes % 60}M0S"
    duration = Duration.parse(one_task(Duration=iso, DurationFormat=format_)["duration"])
    assert duration.minutes() == minutes
    assert duration.elapsed == (UNITS[format_ - 32 if format_ > 34 else format_].startswith("e"))


def test_what_is_done_and_what_remains() -> None:
    values = one_task(
        PercentComplete=40, ActualStart="2026-03-02T09:00:00", ActualDuration="PT16H0M0S", RemainingDuration="PT24H0M0S",
        Duration="PT40H0M0S", Work="PT60H0M0S", ActualWork="PT20H30M0S", RemainingWork="PT39H30M0S",
    )  # fmt: skip
    assert values["percent_complete"] == 40
    assert (values["actual_start"], values["actual_finish"]) == (date(2026, 3, 2), None)
    assert (values["actual_duration"], values["remaining_duration"]) == ("2d", "3d")
    assert (values["work"], values["actual_work"], values["remaining_work"]) == ("60h", "20.5h", "39.5h")


def test_a_milestone_is_a_flag_and_no_matter_of_length() -> None:
    assert one_task(Milestone=1, Duration="PT16H0M0S")["milestone"] is True
    assert one_task(Milestone=0, Duration="PT0H0M0S")["milestone"] is False


def test_what_takes_no_time_is_a_milestone_unless_the_file_says_otherwise() -> None:
    none = "PT0H0M0S"
    assert one_task(Duration=none)["milestone"] is True
    assert one_task(Duration=none, Milestone="")["milestone"] is True
    assert one_task()["milestone"] is False
    assert one_task(Duration=none, Summary=1)["milestone"] is False
    whole = tasks_of(
        read(
            plan(
                task(0, "Whole", OutlineLevel=0, Duration=none),
                task(1, "Phase", Duration=none),
                task(2, OutlineLevel=2),
            )
        )
    )
    assert [values["milestone"] for values in whole.values()] == [False, False, False]


def test_points_that_are_no_milestones_are_told() -> None:
    none = "PT0H0M0S"
    tasks = [
        task(1, "Phase", Duration=none, Milestone=0), task(2, "Signed", OutlineLevel=2, Duration=none, Milestone=0),
        task(3, "Opened", OutlineLevel=2, Duration=none, Milestone="false"), task(4, "Handed over", OutlineLevel=2, Duration=none, Milestone=1),
        task(5, "Built", OutlineLevel=2, Milestone=0), task(6, "Left open", OutlineLevel=2, Duration=none),
    ]  # fmt: skip
    batch = read(plan(*tasks))
    assert [values["milestone"] for values in tasks_of(batch).values()] == [False, False, False, True, False, True]
    told = [note for note in batch.notes if "milestones" in note]
    assert told == [
        "plan.xml: 2 tasks of no duration are not marked as milestones; only marked ones go to calendars and reports, so mark those that are: "
        "2 “Signed”, 3 “Opened”"
    ]
    assert not any("milestones" in note for note in read(plan(*tasks[3:])).notes)


def test_dates_are_days_and_midnight_ends_the_day_before() -> None:
    values = one_task(Start="2026-03-02T00:00:00", Finish="2026-03-05T00:00:00")
    assert (values["start"], values["finish"]) == (date(2026, 3, 2), date(2026, 3, 4))
    values = one_task(Start="2026-03-02T00:00:00", Finish="2026-03-02T00:00:00")
    assert (values["start"], values["finish"]) == (date(2026, 3, 2), date(2026, 3, 2))
    assert one_task(ActualFinish="1970-01-01T01:00:00")["actual_finish"] is None


def finishes(*tasks: str, **more: Any) -> list[date | None]:
    return [values["finish"] for values in tasks_of(read(plan(*tasks, **more))).values()]


MONDAY_AT_EIGHT = {"Start": "2026-03-06T08:00:00", "Finish": "2026-03-09T08:00:00"}


def test_a_finish_before_anybody_has_begun_is_the_working_day_before() -> None:
    holiday = calendar(1, "Standard", office_week(), tag("Exceptions", exception("2026-04-27", "2026-04-27")))
    assert finishes(task(1, **MONDAY_AT_EIGHT)) == [date(2026, 3, 6)]
    assert finishes(task(1, Start="2026-04-24T08:00:00", Finish="2026-04-28T08:00:00"), calendars=holiday) == [
        date(2026, 4, 24)
    ]
    assert finishes(task(1, Start="2026-03-09T08:00:00", Finish="2026-03-09T08:00:00")) == [date(2026, 3, 9)]
    assert finishes(task(1, Start="2026-03-06T08:00:00", Finish="2026-03-09T09:00:00")) == [date(2026, 3, 9)]
    assert finishes(task(1, Start="2026-03-06T08:00:00", Finish="2026-03-08T08:00:00")) == [date(2026, 3, 8)], "by hand"
    assert finishes(task(1, DurationFormat=8, **MONDAY_AT_EIGHT)) == [date(2026, 3, 9)], "elapsed time has no calendar"


def test_who_works_at_night_has_worked_by_then_and_so_has_what_it_is_part_of() -> None:
    night = calendar(1, "Standard", office_week()) + calendar(
        2, "Night", tag("WeekDays", *(weekday(kind, "00:00 08:00") for kind in range(1, 8)))
    )
    rows = [
        task(1, "Phase", **MONDAY_AT_EIGHT),
        task(2, "Guard", OutlineLevel=2, **MONDAY_AT_EIGHT),
        task(3, "After", **MONDAY_AT_EIGHT),
    ]
    guard = {
        "resources": tag("Resource", UID=1, ID=1, Name="Jan", Type=1, CalendarUID=2),
        "assignments": tag("Assignment", UID=1, TaskUID=2, ResourceUID=1),
    }
    assert finishes(*rows, calendars=night, **guard) == [date(2026, 3, 9), date(2026, 3, 9), date(2026, 3, 6)]
    assert finishes(*rows, calendars=night) == [date(2026, 3, 6)] * 3
    booking = of(read(plan(*rows, calendars=night, **guard)), "bookings")[0]
    assert booking.values["finish"] == date(2026, 3, 9)
    own = task(1, CalendarUID=2, **MONDAY_AT_EIGHT)
    assert finishes(own, calendars=night) == [date(2026, 3, 9)]


@pytest.mark.parametrize(
    ("code", "constraint"),
    [(0, "ASAP"), (1, "ALAP"), (2, "MSO"), (3, "MFO"), (4, "SNET"), (5, "SNLT"), (6, "FNET"), (7, "FNLT")],
)
def test_constraints_with_their_day(code: int, constraint: str) -> None:
    values = one_task(ConstraintType=code, ConstraintDate="2026-04-01T08:00:00", Deadline="2026-05-01T17:00:00")
    day = date(2026, 4, 1) if code > 1 else None
    assert (values["constraint"], values["constraint_date"]) == (constraint, day)
    assert values["deadline"] == date(2026, 5, 1)


def test_a_constraint_without_its_day_is_told() -> None:
    batch = read(plan(task(4, "Pour", ConstraintType=4)))
    assert tasks_of(batch)[4]["constraint"] == "ASAP"
    assert any("4 “Pour” has the constraint SNET without a day" in note for note in batch.notes)


def test_manual_and_inactive_tasks_keep_their_dates_and_are_marked() -> None:
    data = plan(
        task(1, "By hand", Manual=1, Start=None, Finish=None, Duration=None, ManualStart="2026-03-05T08:00:00",
             ManualFinish="2026-03-06T17:00:00", ManualDuration="PT16H0M0S", FreeformDurationFormat=7),
        task(2, "Soon", Manual=1, StartText="after Easter"),
        task(3, "Cancelled", Active=0, Start="2026-06-01T08:00:00", Finish="2026-06-02T17:00:00"),
    )  # fmt: skip
    batch = read(data)
    found = tasks_of(batch)
    assert [(values["mode"], values["active"]) for values in found.values()] == [
        ("manual", True), ("manual", True), ("auto", False),
    ]  # fmt: skip
    assert (found[1]["start"], found[1]["finish"], found[1]["duration"]) == (date(2026, 3, 5), date(2026, 3, 6), "2d")
    assert (found[3]["start"], found[3]["finish"]) == (date(2026, 6, 1), date(2026, 6, 2))
    notes = "\n".join(batch.notes)
    assert "1 manual tasks have words instead of a day or duration; what was scheduled is taken: 2 “Soon”" in notes
    assert "1 tasks are inactive; they keep their dates and book nobody: 3 “Cancelled”" in notes


@pytest.mark.parametrize(
    ("tenths", "format_", "text"),
    [(4800, 7, "1d"), (14400, 8, "1ed"), (14400, None, "1ed"), (0, 7, None), (600, 5, "1h")],
)
def test_levelling_delay_in_tenths_of_a_minute(tenths: int, format_: int | None, text: str | None) -> None:
    assert one_task(LevelingDelay=tenths, LevelingDelayFormat=format_)["levelling_delay"] == text


def test_priority_fixed_cost_currency_and_notes() -> None:
    values = one_task(Priority=900, FixedCost=123456, Notes="\nfirst\r\nsecond\t·\n")
    assert values["priority"] == 900
    assert (values["fixed_cost"], values["currency"]) == (Decimal("1234.56"), "EUR")
    assert values["notes"] == "first\nsecond\t·"
    values = one_task(FixedCost=0)
    assert (values["fixed_cost"], values["currency"], values["priority"]) == (None, None, 500)
    assert "notes" not in values, "an officer's own notes are left alone"


def test_a_sign_of_several_currencies_is_asked() -> None:
    batch = read(plan(task(1, FixedCost=100), CurrencyCode=None, CurrencySymbol="$"))
    assert (tasks_of(batch)[1]["fixed_cost"], tasks_of(batch)[1]["currency"]) == (Decimal(1), None)
    assert "currency" not in of(batch, "projects")[0].values
    assert any("“$”, which may be several currencies" in note for note in batch.notes)
    euro = read(plan(task(1, FixedCost=100), CurrencyCode=None, CurrencySymbol="€"))
    assert tasks_of(euro)[1]["currency"] == "EUR"
    assert of(euro, "projects")[0].values["currency"] == "EUR"


def test_recurring_external_null_and_empty_rows_are_named() -> None:
    data = plan(
        task(1, "Weekly", Recurring=1, Summary=1),
        task(2, "Weekly 1", OutlineLevel=2),
        task(3, "Their part", ExternalTask=1, ExternalTaskProject="C:\\other.mpp"),
        task(4, "Inserted", IsSubproject=1, SubprojectName="sub.mpp"),
        task(5, IsNull=1),
        tag("Task", UID=6, ID=6),
        task(7, Name=None),
    )
    batch = read(data)
    found = tasks_of(batch)
    assert {uid: values["kind"] for uid, values in found.items()} == {
        1: "recurring", 2: "task", 3: "external", 4: "external", 7: "task",
    }  # fmt: skip
    assert found[7]["name"] == "#7"
    notes = "\n".join(batch.notes)
    assert "1 rows are recurring tasks; each occurrence is a task of its own: 1 “Weekly”" in notes
    assert "1 rows stand for tasks of other plans and keep their dates: 3 “Their part” (C:\\other.mpp)" in notes
    assert "1 rows are plans of their own and keep their dates; import those as well: 4 “Inserted” (sub.mpp)" in notes
    assert "2 empty rows are left out: 5, 6" in notes
    assert "row 7 has no name and is called “#7”" in notes


def test_names_stand_on_one_line() -> None:
    assert one_task("First \n\t half")["name"] == "First half"


def test_the_project_is_made_by_the_file_or_given() -> None:
    batch = read(plan(task(1), StartDate="2026-03-02T08:00:00", FinishDate="2026-09-01T00:00:00", Manager="Jan"))
    project = of(batch, "projects")[0]
    assert batch.records[0] is project
    assert project.source_key == "msproject:plan.xml#project"
    assert project.values["name"] == "Harbour"
    assert (project.values["start"], project.values["finish"]) == (date(2026, 3, 2), date(2026, 8, 31))
    assert project.values["calendar"] == to("calendar-1")
    assert project.values["manager"].text == "Jan"
    assert not project.update
    assert tasks_of(batch)[1]["project"] == to("project")
    assert batch.complete_for == ("msproject:plan.xml#",)
    given = read(plan(task(1)), project="P-3")
    assert of(given, "projects") == []
    assert of(given, "tasks")[0].values["project"] == "P-3"
    assert of(given, "tasks")[0].source_key == "msproject:P-3:plan.xml#1"
    assert given.complete_for == ("msproject:P-3:plan.xml#",)


@pytest.mark.parametrize(
    ("title", "top", "name"),
    [("Harbour", "Top", "Harbour"), ("Project1", "Top", "Top"), (None, "Top", "Top"), ("", None, "plan")],
)
def test_what_the_project_is_called(title: str | None, top: str | None, name: str) -> None:
    batch = read(plan(task(0, Name=top, OutlineLevel=0), Title=title))
    assert of(batch, "projects")[0].values["name"] == name


def test_what_is_not_taken_over_is_told() -> None:
    attributes = tag("ExtendedAttributes", tag("ExtendedAttribute", FieldID=11, FieldName="Text1", Alias="Cost owner"))
    data = plan(
        task(1, "", tag("ExtendedAttribute", FieldID=11, Value="x"), tag("ExtendedAttribute", FieldID=12, Value="y")),
        inside=attributes,
        ScheduleFromStart=0,
    )
    notes = "\n".join(read(data).notes)
    assert "2 fields of the planner's own are not taken over: Cost owner, 12" in notes
    assert "scheduled backwards" in notes
    assert "there are no tasks in this plan" in "\n".join(read(plan()).notes)


def test_wrong_values_are_refused_with_task_row_and_field_all_at_once() -> None:
    data = plan(
        task(1, ID=11, Start="2026-02-30T08:00:00"),
        task(2, ID=12, Duration="5 days", PercentComplete="half", ConstraintType=9, Milestone="maybe"),
        task(3, ID=13, Start="2026-03-03T08:00:00", Finish="2026-03-02T17:00:00"),
        task(4, ID=14, FixedCost="NaN", Priority="1.5", ActualStart="2026-03-03T08:00:00", ActualFinish="2026-03-01T17:00:00"),
        task(7, ID=17, Duration="-PT8H0M0S"),
        task(5, ID=15, UID="x"),
        task(6, ID=16, UID=None),
    )  # fmt: skip
    found = problems(data)
    for words in (
        "plan.xml, Task 1, row 11: Start: “2026-02-30T08:00:00” is not a day of the calendar",
        "plan.xml, Task 2, row 12: Duration: “5 days” is not a duration",
        "plan.xml, Task 2, row 12: PercentComplete: “half” is not a number",
        "plan.xml, Task 2, row 12: ConstraintType: 9 is not a constraint",
        "plan.xml, Task 2, row 12: Milestone: “maybe” is neither 0 nor 1",
        "plan.xml, Task 7, row 17: Duration: “-PT8H0M0S” is not a duration",
        "plan.xml, Task 3, row 13: Finish: 2026-03-02 is before 2026-03-03",
        "plan.xml, Task 4, row 14: FixedCost: “NaN” is not a number",
        "plan.xml, Task 4, row 14: Priority: “1.5” is not a whole number",
        "plan.xml, Task 4, row 14: ActualFinish: 2026-03-01 is before 2026-03-03",
        "plan.xml, Task x, row 15: UID: “x” is not a whole number",
        "plan.xml, Task, row 16: UID: is needed",
    ):
        assert any(problem.startswith(words) for problem in found), words
    assert len(found) == len(set(found))


def test_a_uid_twice_is_refused_with_both_rows() -> None:
    found = problems(plan(task(1, "One"), task(1, "Two", ID=2)))
    assert found == ["plan.xml, Task 1, row 2: UID: is the UID of the task 1 “One” too; export the plan again"]
