"""The colour of a project by rule, and what it follows from."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from pmo_tui.analysis.expected_finish import Plan
from pmo_tui.analysis.figure import Figure, Source
from pmo_tui.analysis.milestones import Milestone
from pmo_tui.analysis.project_money import ProjectMoney
from pmo_tui.analysis.rag import Thresholds
from pmo_tui.analysis.standing import Standing, standing, time_deviation
from pmo_tui.records.errors import Said
from tests.analysis.standing_help import TODAY, day, facts, project, stands


def dimensions(found: Standing) -> dict[str, Any]:
    return {part.name: part.value for part in found.rag.inputs if isinstance(part, Figure)}


@pytest.mark.parametrize(
    ("cost", "colour"), [(0, "green"), (100_000, "green"), (105_000, "green"), (105_100, "amber"), (110_000, "amber"), (110_100, "red")]
)  # fmt: skip
def test_money(cost: int, colour: str) -> None:
    found = stands(cost)
    assert (found.colour, dimensions(found)["Cost"]) == (colour, colour)
    assert found.available == 100_000 - cost


def test_commitments_count_as_spent() -> None:
    money = ProjectMoney("EUR", cost=Decimal(50_000), prepaid=Decimal(30_000), open_commitment=Decimal(31_000))
    assert stands(money=money).colour == "red"


@pytest.mark.parametrize(("late", "colour"), [(5, "green"), (6, "amber"), (10, "amber"), (11, "red")])
def test_time_by_the_plan_and_by_milestones(late: int, colour: str) -> None:
    by_plan = stands(of=project(finish=day(100)), plan=Plan(day(100 + late)))
    assert dimensions(by_plan)["Time"] == colour
    slipped = Milestone("T-1", "P-1", "Go live", day(20 + late), day(20))
    assert dimensions(stands(milestones=(slipped,)))["Time"] == colour
    reached = Milestone("T-1", "P-1", "Go live", day(-90), day(-200), done=True)
    assert dimensions(stands(milestones=(reached,)))["Time"] == "grey"


OLD = date(2001, 5, 23)


@pytest.mark.parametrize(
    ("plan", "finish", "behind"),
    [
        (Plan(OLD, undone=True), OLD, (TODAY - OLD).days),
        (Plan(OLD, undone=True), None, (TODAY - OLD).days),
        (Plan(OLD, undone=False), OLD, 0),
        (Plan(day(-3), undone=True), day(40), -40),
        (Plan(day(3), undone=True), day(-40), 43),
        (Plan(), day(-40), 40),
        (Plan(), day(40), None),
        (Plan(day(3), undone=True), None, None),
    ],
)
def test_what_is_not_done_ends_today_at_the_earliest(plan: Plan, finish: date | None, behind: int | None) -> None:
    found = time_deviation(facts(of=project(finish=finish), plan=plan), TODAY)
    assert found.value == behind


def test_why_time_is_red_names_today() -> None:
    found = time_deviation(facts(of=project(finish=OLD), plan=Plan(OLD, undone=True)), TODAY)
    told = {(part.label or part.field, part.value) for _, part in found.walk() if isinstance(part, Source)}
    assert told == {("end of the plan", OLD), ("today, since not all is done", TODAY), ("finish", OLD)}


def test_a_project_that_is_over_is_late_by_its_plan_alone() -> None:
    found = time_deviation(facts(of=project(finish=OLD, status="closed"), plan=Plan(OLD, undone=True)), TODAY)
    assert found.value == 0
    assert time_deviation(facts(of=project(finish=OLD, status="cancelled")), TODAY).value is None


@pytest.mark.parametrize(("risk", "colour"), [(10_000, "green"), (10_100, "amber"), (20_100, "red"), (-5, "green")])
def test_risk(risk: int, colour: str) -> None:
    assert dimensions(stands(0, risk))["Risk"] == colour


def test_thresholds_are_the_organisations() -> None:
    found = standing(facts(101_000), TODAY, Thresholds(cost=Decimal(0)))
    assert found.colour == "red"


def test_without_a_budget_money_and_risk_are_grey() -> None:
    found = stands(500, of=project(budget=None))
    assert (dimensions(found)["Cost"], dimensions(found)["Risk"], found.available) == ("grey", "grey", None)


def test_money_that_is_not_known_is_grey_with_its_reason() -> None:
    unknown = ProjectMoney("EUR", None, None, None, None, None, Said("no rate", {}))
    found = stands(money=unknown)
    assert dimensions(found)["Cost"] == "grey"
    assert found.available is None


def test_without_a_good_report_it_is_not_green() -> None:
    assert stands(report=None).colour == "grey"
    assert stands(report=None).reported is False
    assert stands(120_000, report=None).colour == "red"
    assert stands(report=None, of=project(status="approved")).colour == "green"


def test_a_closed_project_is_blue_and_nothing_of_it_is_late() -> None:
    overdue = Milestone("T-1", "P-1", "Go live", day(-3))
    assert stands(milestones=(overdue,)).late == 1
    closed = stands(120_000, milestones=(overdue,), of=project(status="closed"))
    assert (closed.colour, closed.late) == ("blue", 0)
