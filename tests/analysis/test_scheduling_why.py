"""Every figure of a schedule says what it follows from."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from pmo_tui.analysis.figure import Figure, Source
from pmo_tui.analysis.scheduling import Schedule
from pmo_tui.analysis.scheduling_why import why
from pmo_tui.records.planning import Task
from tests.analysis.scheduling_help import day, figures, task


def sources(plan: Schedule, key: str, name: str = "early_start") -> list[tuple[str, str, object]]:
    return [
        (part.key, part.field or part.label, part.value)
        for part in why(plan, key, name).inputs
        if isinstance(part, Source)
    ]


def test_a_start_names_the_predecessor_and_the_link_that_decide() -> None:
    plan = figures(task("A"), task("B", "1d"), task("C", "1d", "A FS+2d", "B"))
    assert sources(plan, "C") == [("A", "early_finish", day("03-06")), ("C", "Predecessors", "A FS+2d")]
    assert sources(plan, "A") == [("P-1", "start", day("03-02"))]
    figure = why(plan, "C")
    assert (figure.name, figure.value) == ("Early start", day("03-11"))


@pytest.mark.parametrize(
    ("constraint", "on"), [("SNET", "03-11"), ("FNET", "03-12"), ("MSO", "03-11"), ("MFO", "03-12")]
)
def test_a_start_names_the_constraint_that_decides(constraint: str, on: str) -> None:
    plan = figures(task("A", "1d"), task("B", "2d", "A", constraint=constraint, constraint_date=on))
    assert sources(plan, "B") == [("B", "constraint", constraint), ("B", "constraint_date", day(on))]


def test_a_constraint_that_decides_nothing_is_not_named() -> None:
    plan = figures(task("A"), task("B", "2d", "A", constraint="SNET", constraint_date="03-04"))
    assert sources(plan, "B") == [("A", "early_finish", day("03-06")), ("B", "Predecessors", "A FS")]


def test_through_a_summary_the_start_names_what_the_summary_waits_for() -> None:
    rows = [
        task("A", "2d"),
        task("P", None, "A"),
        task("P1", "1d", outline_level=2),
        task("Q", None, constraint="SNET", constraint_date="03-05"),
        task("Q1", "1d", outline_level=2),
    ]
    plan = figures(*rows)
    assert sources(plan, "P1") == [("A", "early_finish", day("03-03")), ("P", "Predecessors", "A FS")]
    assert sources(plan, "P") == [("P1", "early_start", day("03-04"))]
    assert sources(plan, "Q1") == [("Q", "constraint", "SNET"), ("Q", "constraint_date", day("03-05"))]


def test_levelling_delay_status_date_and_as_late_as_possible_are_named() -> None:
    delayed = figures(task("A", "1d"), task("B", "1d", "A", levelling_delay="1d"))
    assert sources(delayed, "B")[-1] == ("B", "levelling_delay", "1d")
    assert len(sources(delayed, "B")) == 3
    late = figures(task("A", "1d", constraint="ALAP"), task("Z", "5d"))
    assert sources(late, "A") == [("A", "constraint", "ALAP"), ("A", "late_start", day("03-06"))]
    after = figures(task("A", "1d"), status=day("03-04"))
    assert sources(after, "A") == [("", "Status date", day("03-04"))]
    undated = figures(task("A", "1d"), start=None)
    assert sources(undated, "A") == [("", "Start of the plan", day("03-02"))]


def test_a_task_that_keeps_its_dates_says_so() -> None:
    plan = figures(
        task("M", "1d", mode="manual", start="03-05", finish="03-05"),
        task("D", "1d", actual_start="03-03", actual_finish="03-04"),
    )
    assert why(plan, "M").formula == "a manual task keeps its dates"
    assert sources(plan, "M") == [("M", "start", day("03-05"))]
    assert sources(plan, "D", "early_finish") == [("D", "actual_finish", day("03-04"))]


def test_a_predecessor_of_another_plan_is_named_with_its_stored_date() -> None:
    other = task("X-1", "1d", start="03-10", finish="03-12")
    plan = figures(task("A", "1d", "X-1"), others={"X-1": other})
    assert sources(plan, "A")[0] == ("X-1", "early_finish", day("03-12"))


def test_a_late_finish_names_successor_deadline_or_the_end_of_the_plan() -> None:
    plan = figures(task("A"), task("B", "2d", "A", deadline="03-11"), task("Z", "15d"))
    assert sources(plan, "A", "late_finish") == [("B", "late_start", day("03-10")), ("B", "Predecessors", "A FS")]
    assert sources(plan, "B", "late_finish") == [("B", "deadline", day("03-11"))]
    assert sources(plan, "Z", "late_finish") == [("", "End of the plan", day("03-20"))]


def test_a_float_goes_down_to_the_dates_it_is_the_difference_of() -> None:
    plan = figures(task("A"), task("B", "2d", "A"), task("C", "1d"))
    figure = why(plan, "C", "total_float")
    assert figure.value == "6d"
    assert [part.name for part in figure.inputs if isinstance(part, Figure)] == [
        "Late start",
        "Early start",
        "Late finish",
        "Early finish",
    ]
    free = why(plan, "A", "free_float")
    assert (free.value, free.inputs[-1]) == ("0d", Source("B", "early_start", day("03-09")))
    assert why(plan, "A", "critical").value is True


def test_every_figure_of_every_kind_of_task_has_a_value_and_a_formula() -> None:
    rows: list[Task] = [
        task("P", None, deadline="03-10"),
        task("A", "2d", outline_level=2, constraint="FNLT", constraint_date="03-04"),
        task("B", "2d", "A SS+1d", outline_level=2, percent_complete=Decimal(50), actual_start="03-03"),
        task("C", "1d", "P", mode="manual", start="03-12", finish="03-12"),
        task("D", "1d", "C", active=False, start="03-12", finish="03-12"),
        task("E", "1d", actual_start="03-02", actual_finish="03-02"),
        task("F", "1d", "E FF", "P SF", constraint="SNLT", constraint_date="03-06"),
        replace(task("G", "1ed", "F"), kind="external", start=date(2026, 3, 9)),
    ]
    plan = figures(*rows)
    for key, scheduled in plan.items():
        for name in (
            "early_start",
            "early_finish",
            "late_start",
            "late_finish",
            "total_float",
            "free_float",
            "critical",
        ):
            figure = why(plan, key, name)
            assert figure.value == getattr(scheduled, name)
            assert figure.formula
            assert len(list(figure.walk())) < 60
