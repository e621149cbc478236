"""Every kind of link with every kind of lag, worked by hand on a calendar of March 2026 (the 2nd is a Monday)."""

from __future__ import annotations

from datetime import date

import pytest

from pmo_tui.records.calendars import OFFICE_DAY, Calendar, CalendarException
from pmo_tui.records.errors import Fault
from tests.analysis.scheduling_help import all_early, early, figures, floats, late, milestone, task


@pytest.mark.parametrize(
    ("link", "dates"),
    [
        ("A", "03-09..03-11"),  # A is Monday to Friday; its successor starts on Monday
        ("A FS+1d", "03-10..03-12"),
        ("A FS-1d", "03-06..03-10"),
        ("A FS-2w", "03-02..03-04"),  # not before the project starts
        ("A FS+1ed", "03-09..03-11"),  # Friday evening and a day is Saturday evening
        ("A FS+4ed", "03-11..03-13"),  # Tuesday evening
        ("A FS+40%", "03-11..03-13"),  # 40 % of five days
        ("A FS-20%", "03-06..03-10"),
        ("A FS+4h", "03-09..03-12"),  # from Monday noon
        ("A SS", "03-02..03-04"),
        ("A SS+2d", "03-04..03-06"),
        ("A SS-2d", "03-02..03-04"),
        ("A SS+3ed", "03-05..03-09"),
        ("A FF", "03-04..03-06"),
        ("A FF+1d", "03-05..03-09"),
        ("A FF-1d", "03-03..03-05"),
        ("A FF+50%", "03-06..03-11"),  # to the middle of Wednesday
        ("A SF", "03-02..03-04"),
        ("A SF+4d", "03-03..03-05"),  # finishes when A has run four days
        ("A SF+2w", "03-11..03-13"),
    ],
)
def test_a_task_of_three_days_after_one_of_five(link: str, dates: str) -> None:
    plan = figures(task("A"), task("B", "3d", link))
    assert early(plan["B"]) == dates
    assert early(plan["A"]) == "03-02..03-06"


def test_the_latest_predecessor_decides_and_is_named() -> None:
    plan = figures(task("A"), task("B", "2d"), task("C", "4d"), task("D", "1d", "A", "B", "C SS+5d"))
    assert early(plan["D"]) == "03-09..03-09"
    assert plan["D"].drivers == ("A", "C")
    assert plan["A"].drivers == ()


def test_floats_of_a_small_network() -> None:
    # A 3d → B 5d → D 2d and A → C 2d → D; E 4d stands alone. By hand: project 10 days, 2 to 13 March.
    plan = figures(
        task("A", "3d"), task("B", "5d", "A"), task("C", "2d", "A"), task("D", "2d", "B", "C"), task("E", "4d")
    )
    assert all_early(plan) == {
        "A": "03-02..03-04",
        "B": "03-05..03-11",
        "C": "03-05..03-06",
        "D": "03-12..03-13",
        "E": "03-02..03-05",
    }
    assert floats(plan) == {
        "A": ("0d", "0d"),
        "B": ("0d", "0d"),
        "C": ("3d", "3d"),
        "D": ("0d", "0d"),
        "E": ("6d", "6d"),
    }
    assert [key for key, found in plan.items() if found.critical] == ["A", "B", "D"]
    assert late(plan["C"]) == "03-10..03-11"
    assert late(plan["E"]) == "03-10..03-13"
    assert plan.finish == date(2026, 3, 13)


def test_free_float_is_what_the_nearest_successor_leaves_and_total_float_what_the_project_leaves() -> None:
    # A 2d → B 1d → Z; C 10d → Z. A can slip without moving B not at all, without moving Z seven days.
    plan = figures(task("A", "2d"), task("B", "1d", "A"), task("C", "10d"), task("Z", "1d", "B", "C"))
    assert floats(plan)["A"] == ("7d", "0d")
    assert floats(plan)["B"] == ("7d", "7d")


@pytest.mark.parametrize(
    ("link", "total", "free"),
    [
        ("A FS+2d", "5d", "1d"),
        ("A SS+1d", "8d", "4d"),  # only the start of A is bound: by B's late start after 9 days, less the lag
        ("A FF", "10d", "6d"),
        ("A SF+6d", "6d", "2d"),  # B finishes after 8 days, late after 12
    ],
)
def test_float_per_kind_of_link(link: str, total: str, free: str) -> None:
    # A 2d; B 3d not before Monday 9th: from after 5 days to after 8; Z takes 12 days.
    plan = figures(task("A", "2d"), task("B", "3d", link, constraint="SNET", constraint_date="03-09"), task("Z", "12d"))
    assert floats(plan)["A"] == (total, free)


def test_lag_runs_on_the_calendar_of_the_successor() -> None:
    four_days = Calendar(
        key="CAL-4", name="Mon-Thu", monday=OFFICE_DAY, tuesday=OFFICE_DAY, wednesday=OFFICE_DAY, thursday=OFFICE_DAY
    )
    plan = figures(
        task("A"), task("B", "1d", "A FS+1d", calendar="CAL-4"), task("C", "1d", "B FS+1d"), calendars=[four_days]
    )
    assert early(plan["B"]) == "03-10..03-10"  # Monday is the lag
    assert early(plan["C"]) == "03-12..03-12"
    four_then_five = figures(task("A", "4d", calendar="CAL-4"), task("B", "1d", "A"), calendars=[four_days])
    assert early(four_then_five["B"]) == "03-06..03-06"  # a Friday


def test_holidays_are_skipped_by_durations_and_working_lags_but_not_by_elapsed_ones() -> None:
    closed = [CalendarException(start=date(2026, 3, 5), finish=date(2026, 3, 9))]
    office = Calendar(
        key="CAL-1", name="Office", monday=OFFICE_DAY, tuesday=OFFICE_DAY, wednesday=OFFICE_DAY, thursday=OFFICE_DAY,
        friday=OFFICE_DAY, exceptions=closed,
    )  # fmt: skip
    plan = figures(
        task("A", "3d"), task("B", "2d", "A"), task("C", "1d", "A FS+2d"), task("D", "1d", "A FS+6ed"), task("E", "1w", "A"),
        calendars=[office], calendar="CAL-1",
    )  # fmt: skip
    assert all_early(plan) == {
        "A": "03-02..03-04",
        "B": "03-10..03-11",
        "C": "03-12..03-12",
        "D": "03-11..03-11",  # Wednesday the 4th 17:00 and six days is Tuesday the 10th 17:00
        "E": "03-10..03-16",
    }


def test_a_short_day_makes_part_days() -> None:
    # Wednesdays until noon: 2d from Tuesday noon are half of Tuesday, half of Wednesday, all of Thursday.
    week = Calendar(
        key="CAL-1", name="Short Wednesday", monday=OFFICE_DAY, tuesday=OFFICE_DAY, wednesday="08:00-12:00",
        thursday=OFFICE_DAY, friday=OFFICE_DAY,
    )  # fmt: skip
    plan = figures(
        task("A", "1.5d"),
        task("B", "2d", "A"),
        task("C", "1d", "B"),
        task("D", "5d"),
        calendars=[week],
        calendar="CAL-1",
    )
    assert all_early(plan) == {"A": "03-02..03-03", "B": "03-03..03-05", "C": "03-06..03-06", "D": "03-02..03-09"}
    assert plan["D"].total_float == "0d"
    assert plan["C"].total_float == "0.5d"  # until Monday noon


def test_hours_a_day_of_the_calendar_say_how_long_a_day_is() -> None:
    from decimal import Decimal

    short = "08:00-12:00 13:00-16:00"
    week = Calendar(
        key="CAL-7", name="35 hours", monday=short, tuesday=short, wednesday=short, thursday=short, friday=short,
        hours_per_day=Decimal(7), hours_per_week=Decimal(35),
    )  # fmt: skip
    plan = figures(task("A", "1w"), task("B", "3d", "A FS+1d"), task("C", "1d"), calendars=[week], calendar="CAL-7")
    assert all_early(plan) == {"A": "03-02..03-06", "B": "03-10..03-12", "C": "03-02..03-02"}
    assert floats(plan)["C"] == ("8d", "8d")


def test_an_elapsed_duration_runs_through_the_weekend() -> None:
    plan = figures(task("A", "4d"), task("Dry", "3ed", "A"), task("B", "1d", "Dry"), task("Z", "10d"))
    assert early(plan["Dry"]) == "03-05..03-08"  # from Thursday 17:00 to Sunday 17:00
    assert early(plan["B"]) == "03-09..03-09"
    # B may start on Friday the 13th, so drying may finish four working days later but only start two later: Tuesday 08:00.
    assert floats(plan)["Dry"] == ("2d", "0d")


def test_a_milestone_stands_on_the_day_its_predecessor_finishes_and_the_next_task_starts_after_it() -> None:
    plan = figures(milestone("Start"), task("A", "5d", "Start"), milestone("Done", "A"), task("B", "1d", "Done"))
    assert all_early(plan) == {
        "Start": "03-02..03-02",
        "A": "03-02..03-06",
        "Done": "03-06..03-06",
        "B": "03-09..03-09",
    }
    assert late(plan["Done"]) == "03-06..03-06"
    assert late(plan["Start"]) == "03-02..03-02"
    assert all(found.critical for found in plan.values())


def test_a_milestone_with_float_has_its_late_day_at_the_end_of_a_day() -> None:
    plan = figures(task("A", "1d"), milestone("M", "A"), task("Z", "5d"))
    assert late(plan["M"]) == "03-06..03-06"
    assert floats(plan)["M"] == ("4d", "4d")


def test_a_milestone_may_have_a_duration() -> None:
    plan = figures(task("Move", "2d", milestone=True), task("B", "1d", "Move"))
    assert early(plan["Move"]) == "03-02..03-03"
    assert early(plan["B"]) == "03-04..03-04"


def test_a_task_without_duration_takes_it_from_its_dates_or_one_day() -> None:
    plan = figures(task("A", None, start="03-05", finish="03-10"), task("B", None), task("M", None, milestone=True))
    assert all_early(plan) == {"A": "03-02..03-05", "B": "03-02..03-02", "M": "03-02..03-02"}


def test_levelling_delay_shifts_the_early_start_and_counts_on_the_way_back() -> None:
    plan = figures(
        task("A", "2d"), task("B", "3d", "A", levelling_delay="2d"), task("C", "1d", "A", levelling_delay="1ed")
    )
    assert early(plan["B"]) == "03-06..03-10"
    assert early(plan["C"]) == "03-05..03-05"  # Tuesday 17:00 goes on on Wednesday 08:00; a day later
    assert floats(plan)["A"] == ("0d", "0d")
    assert late(plan["A"]) == "03-02..03-03"


def test_a_loop_is_refused_and_its_tasks_are_named() -> None:
    with pytest.raises(Fault) as caught:
        figures(
            task("T-1", "1d", "T-4"),
            task("T-2", "1d", "T-1"),
            task("T-3", "1d", "T-1"),
            task("T-4", "1d", "T-2", "T-3"),
        )
    assert "wait for one another" in str(caught.value)
    assert "T-1 → T-" in str(caught.value)
    assert " → T-4 → T-1" in str(caught.value) or "T-4 → T-1 → " in str(caught.value)
    with pytest.raises(Fault, match="T-9"):
        figures(task("T-9", "1d", "T-9"))


def test_links_to_other_plans_count_with_their_stored_dates() -> None:
    other = task("X-1", "1d", start="03-10", finish="03-12")
    plan = figures(task("A", "1d", "X-1"), task("B", "1d", "X-1 SS+1d"), task("C", "1d", "X-2"), others={"X-1": other})
    assert all_early(plan) == {"A": "03-13..03-13", "B": "03-11..03-11", "C": "03-02..03-02"}
    assert plan["A"].drivers == ("X-1",)
    assert list(plan) == ["A", "B", "C"]


def test_an_undated_plan_begins_with_its_earliest_task_else_today() -> None:
    dated = figures(task("A", "1d", start="03-18"), task("B", "1d", start="03-17", active=False), start=None)
    assert early(dated["A"]) == "03-18..03-18"
    undated = figures(task("A", "1d"), start=None, today=date(2026, 3, 28))
    assert early(undated["A"]) == "03-30..03-30"
    assert len(figures()) == 0


def test_far_too_long_a_duration_is_a_fault_not_a_crash() -> None:
    with pytest.raises(Fault, match="beyond the years"):
        dict(figures(task("A", "999999999d")))
