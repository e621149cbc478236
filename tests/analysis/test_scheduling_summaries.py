"""Summary tasks: what they roll up, and what links, constraints and deadlines of theirs do to the tasks under them; worked by hand.

Plans start on Monday 2 March 2026.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from pmo_tui.records.planning import Task
from tests.analysis.scheduling_help import all_early, early, figures, floats, late, task


def outline(*rows: tuple[int, Task]) -> list[Task]:
    return [replace(each, outline_level=level) for level, each in rows]


def test_a_summary_runs_from_its_first_start_to_its_last_finish() -> None:
    plan = figures(
        *outline(
            (1, task("P", None, summary=True)),
            (2, task("P1", "2d")),
            (2, task("Q", None, summary=True)),
            (3, task("Q1", "3d", "P1")),
            (3, task("Q2", "1d", "P1")),
            (2, task("I", "1d", active=False, start="05-01", finish="05-01")),
            (1, task("Z", "9d")),
        )
    )
    assert early(plan["P"]) == "03-02..03-06"
    assert early(plan["Q"]) == "03-04..03-06"
    assert late(plan["P"]) == "03-06..03-12"
    assert floats(plan)["Q"] == ("4d", "4d")
    assert plan["Q"].state == "summary"
    assert not plan["P"].critical


def test_a_summary_is_critical_when_a_task_under_it_is() -> None:
    plan = figures(*outline((1, task("P", None)), (2, task("P1", "2d")), (2, task("P2", "3d"))))
    assert plan["P"].critical
    assert plan["P"].total_float == "0d"


@pytest.mark.parametrize(
    ("link", "dates"),
    [
        ("A", "03-05..03-06"),
        ("A FS+1d", "03-06..03-09"),
        ("A SS+1d", "03-03..03-04"),
        ("A FF+2d", "03-05..03-06"),  # each task under it finishes at the earliest two days after A
        ("A SF+4d", "03-04..03-05"),
    ],
)
def test_a_link_to_a_summary_binds_the_tasks_under_it(link: str, dates: str) -> None:
    plan = figures(
        *outline(
            (1, task("A", "3d")),
            (1, task("P", None, link)),
            (2, task("P1", "2d")),
            (2, task("P2", "1d")),
            (1, task("Z", "9d")),
        )
    )
    assert early(plan["P1"]) == dates
    assert plan["P1"].drivers == ("A",)
    assert early(plan["P"])[:5] == min(early(plan["P1"])[:5], early(plan["P2"])[:5])


@pytest.mark.parametrize(
    ("link", "dates"),
    [
        ("P", "03-09..03-09"),
        ("P FS-1d", "03-06..03-06"),
        ("P SS+1d", "03-05..03-05"),
        ("P FF", "03-06..03-06"),
        ("P SF+3d", "03-06..03-06"),
    ],
)
def test_a_link_from_a_summary_counts_from_its_first_start_or_last_finish(link: str, dates: str) -> None:
    plan = figures(
        *outline(
            (1, task("A", "2d")),
            (1, task("P", None, "A")),
            (2, task("P1", "1d")),
            (2, task("P2", "3d")),
            (1, task("B", "1d", link)),
        )
    )
    assert early(plan["P"]) == "03-04..03-06"
    assert early(plan["B"]) == dates
    assert plan["B"].drivers == ("P",)


def test_floats_go_through_a_summary() -> None:
    # A 2d → P (P1 1d, P2 3d) → B 1d; Z 10d. By hand: P2 ends after 5 days, B after 6, so all have 4 days, P1 two more.
    plan = figures(
        *outline(
            (1, task("A", "2d")),
            (1, task("P", None, "A")),
            (2, task("P1", "1d")),
            (2, task("P2", "3d")),
            (1, task("B", "1d", "P")),
            (1, task("Z", "10d")),
        )
    )
    assert floats(plan) == {
        "A": ("4d", "0d"),
        "P": ("4d", "0d"),
        "P1": ("6d", "2d"),
        "P2": ("4d", "0d"),
        "B": ("4d", "4d"),
        "Z": ("0d", "0d"),
    }


def test_nested_summaries_hand_their_predecessors_down() -> None:
    plan = figures(
        *outline(
            (1, task("A", "2d")),
            (1, task("B", "4d")),
            (1, task("P", None, "A")),
            (2, task("Q", None, "B FF+1d")),
            (3, task("Q1", "1d")),
            (2, task("P1", "1d")),
            (2, task("P2", "1d", mode="manual", start="03-02", finish="03-02")),
        )
    )
    assert all_early(plan) == {
        "A": "03-02..03-03",
        "B": "03-02..03-05",
        "P": "03-02..03-06",
        "Q": "03-06..03-06",
        "Q1": "03-06..03-06",
        "P1": "03-04..03-04",
        "P2": "03-02..03-02",
    }


def test_constraints_and_deadlines_of_a_summary_hold_for_the_tasks_under_it() -> None:
    plan = figures(
        *outline(
            (1, task("P", None, constraint="SNET", constraint_date="03-04", deadline="03-06")),
            (2, task("P1", "2d")),
            (2, task("P2", "4d")),
            (1, task("Z", "10d")),
        )
    )
    assert early(plan["P1"]) == "03-04..03-05"
    assert floats(plan) == {"P": ("-1d", "0d"), "P1": ("1d", "1d"), "P2": ("-1d", "0d"), "Z": ("0d", "0d")}


def test_a_summary_with_nothing_active_under_it_keeps_its_dates() -> None:
    rows = [
        (1, task("P", None, start="03-04", finish="03-06")),
        (2, task("I", "1d", active=False)),
        (1, task("B", "1d", "P")),
    ]
    plan = figures(*outline(*rows))
    assert all_early(plan) == {"P": "03-04..03-06", "I": "03-02..03-02", "B": "03-09..03-09"}
    assert late(plan["P"]) == "03-04..03-06"
    assert not plan["P"].critical


def test_what_leads_to_a_summary_without_automatic_tasks_has_float_to_the_end() -> None:
    rows = [
        (1, task("A", "1d")),
        (1, task("P", None, "A")),
        (2, task("M", "1d", mode="manual", start="03-03", finish="03-06")),
    ]
    plan = figures(*outline(*rows))
    assert floats(plan)["A"] == ("4d", "4d")
    assert floats(plan)["P"] == ("0d", "0d")


def test_a_manual_summary_keeps_its_dates_and_its_tasks_follow_their_links() -> None:
    plan = figures(
        *outline(
            (1, task("P", None, mode="manual", start="03-02", finish="03-10")),
            (2, task("P1", "2d")),
            (1, task("B", "1d", "P")),
        )
    )
    assert all_early(plan) == {"P": "03-02..03-10", "P1": "03-02..03-03", "B": "03-11..03-11"}
