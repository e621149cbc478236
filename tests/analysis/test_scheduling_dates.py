"""Date constraints, deadlines, negative float, tasks that keep their dates, and progress; worked by hand.

Plans start on Monday 2 March 2026.
"""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.analysis.scheduling_help import all_early, day, early, figures, floats, late, milestone, task


@pytest.mark.parametrize(
    ("constraint", "on", "dates", "total"),
    [
        # B has 3 days after A's five; the plan ends on Friday the 20th (Z, 15 days)
        ("ASAP", None, "03-09..03-11", "7d"),
        ("SNET", "03-11", "03-11..03-13", "5d"),
        ("SNET", "03-03", "03-09..03-11", "7d"),
        ("SNET", "03-14", "03-16..03-18", "2d"),  # a Saturday: from Monday on
        ("FNET", "03-16", "03-12..03-16", "4d"),
        ("FNET", "03-03", "03-09..03-11", "7d"),
        ("FNET", "03-14", "03-12..03-16", "4d"),  # a Saturday: Monday
        ("MSO", "03-12", "03-12..03-16", "0d"),
        ("MSO", "03-04", "03-04..03-06", "-3d"),  # its links would have it start three days later
        ("MFO", "03-17", "03-13..03-17", "0d"),
        ("MFO", "03-10", "03-06..03-10", "-1d"),
        ("SNLT", "03-11", "03-09..03-11", "2d"),
        ("SNLT", "03-09", "03-09..03-11", "0d"),
        ("SNLT", "03-05", "03-09..03-11", "-2d"),
        ("SNLT", "03-15", "03-09..03-11", "4d"),  # a Sunday: Friday
        ("FNLT", "03-13", "03-09..03-11", "2d"),
        ("FNLT", "03-10", "03-09..03-11", "-1d"),
        ("FNLT", "03-15", "03-09..03-11", "2d"),
        ("ALAP", None, "03-18..03-20", "0d"),
    ],
)
def test_each_constraint(constraint: str, on: str | None, dates: str, total: str) -> None:
    plan = figures(task("A"), task("B", "3d", "A", constraint=constraint, constraint_date=on), task("Z", "15d"))
    assert early(plan["B"]) == dates
    assert plan["B"].total_float == total
    assert plan["B"].critical == (total[0] in "-0")


def test_a_broken_must_date_gives_its_predecessor_negative_float() -> None:
    plan = figures(task("A"), task("B", "3d", "A", constraint="MSO", constraint_date="03-04"), task("C", "1d", "B"))
    assert floats(plan)["A"] == ("-3d", "0d")
    assert late(plan["A"]) == "02-25..03-03"
    assert early(plan["C"]) == "03-09..03-09"
    assert plan["C"].total_float == "0d"


def test_a_must_date_that_leaves_room_gives_its_predecessor_that_room() -> None:
    plan = figures(task("A"), task("B", "3d", "A", constraint="MSO", constraint_date="03-12"))
    assert floats(plan) == {"A": ("3d", "3d"), "B": ("0d", "0d")}


def test_a_part_day_still_keeps_to_a_date_constraint_of_the_day() -> None:
    plan = figures(
        task("A", "2.5d"),
        task("On", "1d", "A", constraint="MSO", constraint_date="03-04"),
        task("By", "1d", "A", constraint="SNLT", constraint_date="03-04"),
        milestone("M", "A", constraint="MSO", constraint_date="03-04"),
        milestone("D", "A", deadline="03-04"),
        task("Z", "5d"),
    )
    assert early(plan["On"]) == "03-04..03-05"
    assert {key: each.total_float for key, each in plan.items()} == {
        "A": "0d",
        "On": "0d",
        "By": "0d",
        "M": "0d",
        "D": "0.5d",
        "Z": "0d",
    }


def test_a_deadline_caps_the_late_finish_and_moves_nothing() -> None:
    plan = figures(
        task("A"), task("B", "2d", "A", deadline="03-11"), task("C", "2d", "A", deadline="03-09"), task("Z", "15d")
    )
    assert all_early(plan) == {"A": "03-02..03-06", "B": "03-09..03-10", "C": "03-09..03-10", "Z": "03-02..03-20"}
    assert floats(plan) == {"A": ("-1d", "0d"), "B": ("1d", "1d"), "C": ("-1d", "0d"), "Z": ("0d", "0d")}
    assert [key for key, found in plan.items() if found.critical] == ["A", "C", "Z"]
    assert late(plan["C"]) == "03-06..03-09"


def test_as_late_as_possible_moves_its_successors_no_later_than_they_may() -> None:
    plan = figures(task("A", "2d", constraint="ALAP"), task("B", "1d", "A"), task("Z", "10d"))
    assert all_early(plan) == {"A": "03-11..03-12", "B": "03-13..03-13", "Z": "03-02..03-13"}
    assert floats(plan)["A"] == ("0d", "0d")
    assert floats(plan)["B"] == ("0d", "0d")


def test_manual_inactive_and_external_tasks_keep_their_dates() -> None:
    plan = figures(
        task("A"),
        task("M", "2d", "A", mode="manual", start="03-04", finish="03-05"),
        task("I", "2d", "A", active=False, start="04-01", finish="04-02"),
        task("X", "2d", kind="external", start="03-11", finish="03-12"),
        task("B", "1d", "M"),
        task("C", "1d", "I"),
        task("D", "1d", "X"),
    )
    assert all_early(plan) == {
        "A": "03-02..03-06",
        "M": "03-04..03-05",
        "I": "04-01..04-02",
        "X": "03-11..03-12",
        "B": "03-06..03-06",
        "C": "03-02..03-02",  # a link from an inactive task binds nothing
        "D": "03-13..03-13",
    }
    assert [found.state for found in plan.values()] == [
        "auto",
        "manual",
        "inactive",
        "external",
        "auto",
        "auto",
        "auto",
    ]
    assert floats(plan)["A"] == ("-3d", "0d")  # it would have to finish before the manual task starts
    assert floats(plan)["M"] == ("5d", "0d")
    assert not plan["I"].critical


def test_a_manual_task_may_lack_a_date_or_both() -> None:
    plan = figures(
        task("S", "3d", mode="manual", start="03-05"),
        task("F", "3d", mode="manual", finish="03-10"),
        task("N", "3d", mode="manual"),
        task("W", "1d", mode="manual", start="03-07", finish="03-08"),
    )
    assert all_early(plan) == {"S": "03-05..03-09", "F": "03-06..03-10", "N": "03-02..03-04", "W": "03-07..03-08"}


def test_a_milestone_that_keeps_its_day_lets_what_waits_for_it_start_after_what_led_to_it() -> None:
    plan = figures(
        milestone("Kick-off", mode="manual", start="03-04", finish="03-04"),
        task("A", "2d", "Kick-off"),
        milestone("Accepted", "A", mode="manual", finish="03-10"),
        task("B", "1d", "Accepted"),
        milestone("Paid", "A", actual_finish="03-06"),
        task("C", "1d", "Paid"),
    )
    assert all_early(plan) == {
        "Kick-off": "03-04..03-04",
        "A": "03-04..03-05",
        "Accepted": "03-10..03-10",
        "B": "03-11..03-11",
        "Paid": "03-06..03-06",
        "C": "03-09..03-09",
    }
    assert late(plan["Accepted"]) == "03-10..03-10"


def test_an_inactive_task_without_dates_stands_at_the_start_and_binds_nothing() -> None:
    plan = figures(task("I", "3d", active=False), task("A", "1d", "I"))
    assert all_early(plan) == {"I": "03-02..03-04", "A": "03-02..03-02"}
    assert plan.finish == day("03-02")


@pytest.mark.parametrize(
    ("constraint", "dates", "total"),
    [
        ("FNET", "03-11..03-11", "2d"),
        ("SNLT", "03-02..03-02", "7.5d"),
        ("FNLT", "03-02..03-02", "7.5d"),
        ("MFO", "03-11..03-11", "0d"),
    ],
)
def test_a_milestone_may_stand_anywhere_on_the_day_of_its_constraint(constraint: str, dates: str, total: str) -> None:
    # A takes until Monday noon, Z ends on Friday the 13th
    rows = [task("A", "0.5d"), milestone("M", "A", constraint=constraint, constraint_date="03-11"), task("Z", "10d")]
    plan = figures(*rows)
    assert early(plan["M"]) == dates
    assert plan["M"].total_float == total


def test_a_done_task_keeps_its_dates_and_a_started_one_its_start() -> None:
    plan = figures(
        task("D", "5d", actual_start="03-03", actual_finish="03-04", percent_complete=Decimal(100)),
        task("S", "5d", "D FS+5d", actual_start="03-05", percent_complete=Decimal(40)),
        task("R", "5d", actual_start="03-05", actual_duration="2d", remaining_duration="6d"),
        task("N", "1d", "D"),
        task("F", "1d", "S"),
    )
    assert all_early(plan) == {
        "D": "03-03..03-04",
        "S": "03-05..03-11",
        "R": "03-05..03-16",
        "N": "03-05..03-05",
        "F": "03-12..03-12",
    }
    assert floats(plan)["D"] == ("0d", "0d")
    assert not plan["D"].critical
    assert floats(plan)["S"] == ("2d", "0d")  # finish float: the plan ends on the 16th
    assert late(plan["S"]) == "03-05..03-13"
    assert plan["R"].critical


def test_a_full_per_cent_without_actual_finish_is_done_and_some_per_cent_is_started() -> None:
    plan = figures(
        task("D", "5d", start="03-03", finish="03-05", percent_complete=Decimal(100)),
        task("S", "5d", start="03-04", finish="03-13", percent_complete=Decimal(10)),
    )
    assert [found.state for found in plan.values()] == ["done", "started"]
    assert all_early(plan) == {"D": "03-03..03-05", "S": "03-04..03-10"}


def test_a_status_date_puts_what_is_not_done_after_it() -> None:
    plan = figures(
        task("D", "5d", actual_start="03-02", actual_finish="03-04"),
        task("S", "5d", actual_start="03-02", percent_complete=Decimal(60)),
        task("L", "2d", "D"),
        task("F", "2d", "L"),
        task("M", "1d", mode="manual", start="03-04", finish="03-04"),
        status=day("03-10"),
    )
    assert all_early(plan) == {
        "D": "03-02..03-04",
        "S": "03-02..03-12",  # three days done, two left from the 11th
        "L": "03-11..03-12",
        "F": "03-13..03-16",
        "M": "03-04..03-04",
    }


def test_a_finished_successor_no_longer_binds() -> None:
    plan = figures(task("A"), task("B", "1d", "A", actual_start="03-03", actual_finish="03-03"), task("Z", "10d"))
    assert floats(plan)["A"] == ("5d", "5d")
