"""How a project stands: its colour per dimension from money, plan and risks, beside what was declared."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from msgspec import Struct

from pmo_tui.analysis import estimate
from pmo_tui.analysis.amounts import HUNDRED, half_up
from pmo_tui.analysis.expected_finish import NO_PLAN, Plan, ending
from pmo_tui.analysis.exposure import Exposure
from pmo_tui.analysis.figure import Figure, Source, undefined
from pmo_tui.analysis.milestones import Milestone, worst_slip
from pmo_tui.analysis.project_money import ProjectMoney, available
from pmo_tui.analysis.rag import THRESHOLDS, Thresholds, dimension, overall
from pmo_tui.analysis.reporting import is_good
from pmo_tui.records.marks import N_
from pmo_tui.records.projects import ENDED, Project
from pmo_tui.records.raid import Risk
from pmo_tui.records.reports import Report

RUNNING = frozenset({"active", "closing"})
"""Projects in these states report."""


class Facts(Struct, frozen=True):
    """What a project's standing follows from; `report` is the last one that says something."""

    project: Project
    money: ProjectMoney
    exposure: Exposure
    milestones: tuple[Milestone, ...] = ()
    plan: Plan = NO_PLAN
    report: Report | None = None
    risks: tuple[Risk, ...] = ()


class Standing(Struct, frozen=True):
    """A project as it stands on a day: what it has available, its colour by rule with the dimensions behind it."""

    facts: Facts
    available: Decimal | None
    rag: Figure
    reported: bool
    late: int

    @property
    def eac(self) -> Decimal | None:
        """The estimate at completion; None where nobody estimates it."""
        return estimate.at_completion(self.facts.project, self.facts.money)

    @property
    def expected_result(self) -> Decimal | None:
        """The budget less the estimate at completion."""
        return estimate.result(self.facts.project, self.facts.money)

    @property
    def colour(self) -> str:
        """The colour by rule."""
        return str(self.rag.value)


def standing(facts: Facts, today: date, thresholds: Thresholds = THRESHOLDS) -> Standing:
    """How a project stands on a day."""
    reported = is_good(facts.report, today)
    dimensions = (
        dimension(N_("Cost"), cost_deviation(facts), thresholds.cost, thresholds),
        dimension(N_("Time"), time_deviation(facts, today), thresholds.time, thresholds),
        dimension(N_("Risk"), risk_deviation(facts), thresholds.risk, thresholds),
    )
    closed = facts.project.status in ENDED
    late = sum(1 for each in facts.milestones if each.days_late(today))
    return Standing(
        facts,
        available(facts.project.budget, facts.money),
        overall(dimensions, closed=closed, reported=reported or facts.project.status not in RUNNING),
        reported,
        0 if closed else late,
    )


def cost_deviation(facts: Facts) -> Figure:
    """How far the forecast is above the budget, in per cent of it; negative below.

    The forecast is the estimate at completion, and at least what is spoken for: cost, prepaid and open commitment.
    """
    name, project, money = N_("Over budget"), facts.project, facts.money
    budget = Source(project.key, "budget", project.budget)
    if money.spoken_for is None:
        return Figure(name, None, "%", inputs=(budget,), reason=money.reason)
    spoken = Source(project.key, "", money.spoken_for, N_("cost + prepaid + open commitment"))
    if not project.budget:
        return undefined(name, N_("there is no budget"), "%", (budget, spoken))
    expected = estimate.at_completion_trace(project, money)
    if isinstance(expected.value, Decimal) and expected.value > money.spoken_for:
        value = half_up((expected.value - project.budget) / project.budget * HUNDRED, 1)
        return Figure(name, value, "%", N_("(estimate at completion − budget) / budget"), (expected, budget))
    value = half_up((money.spoken_for - project.budget) / project.budget * HUNDRED, 1)
    return Figure(name, value, "%", N_("(cost + prepaid + open commitment − budget) / budget"), (spoken, budget))


def time_deviation(facts: Facts, today: date) -> Figure:
    """Days behind: the expected end after the project's finish, or the worst slip of an open milestone, whichever is more."""
    name = N_("Days behind")
    found: list[tuple[int, tuple[Figure | Source, ...]]] = []
    end = ending(facts.project, facts.plan, today)
    if end is not None:
        found.append((end.days, (end.expected, end.agreed)))
    slip = worst_slip(facts.milestones, today)
    if slip is not None:
        days, milestone = slip
        expected = milestone.expected(today)
        inputs = (
            Source(milestone.key, "finish", expected),
            Source(milestone.key, "baseline_finish", milestone.baseline),
        )
        found.append((days, inputs))
    if not found:
        return undefined(name, N_("there is neither a plan with a finish nor a baseline"), "d")
    most, why = max(found, key=lambda pair: pair[0])
    return Figure(name, most, "d", N_("expected − agreed, the worst of plan and milestones"), why)


def risk_deviation(facts: Facts) -> Figure:
    """Net exposure of the open risks in per cent of the budget."""
    name, project, found = N_("Exposure of the budget"), facts.project, facts.exposure
    budget = Source(project.key, "budget", project.budget)
    net = Source(project.key, "", found.net, N_("exposure: threats − opportunities"))
    if not project.budget:
        return undefined(name, N_("there is no budget"), "%", (net, budget))
    return Figure(name, half_up(found.net / project.budget * HUNDRED, 1), "%", N_("exposure / budget"), (net, budget))
