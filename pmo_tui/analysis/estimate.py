"""What a project will have cost when it is done, by its manager's estimate, and what will be left of its budget then.

EAC = AC + ETC, bottom-up (PMI; ISO 21508): AC is the cost up to now, the accrual in it and what is prepaid not; ETC is what is still
to come, what is ordered and not received in it. Expected result = BAC − EAC. A project that is over costs what it has cost.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from pmo_tui.analysis.figure import Figure, Source
from pmo_tui.analysis.project_money import NO_BUDGET, ProjectMoney
from pmo_tui.records.errors import Said
from pmo_tui.records.marks import N_
from pmo_tui.records.projects import ENDED, Project

NO_ESTIMATE = N_("there is no estimate to complete yet")
NONE_OF = N_("no estimate to complete yet: {projects}")
MOST_NAMED = 5
"""So many projects without an estimate are named; of the others it is said how many there are."""
FORMULA_EAC = N_("cost + estimate to complete")
FORMULA_ENDED = N_("the project is over: what it cost")
FORMULA_RESULT = N_("budget − estimate at completion")


def to_complete(project: Project) -> Decimal | None:
    """What is still to come: the estimate known last, nothing where the project is over, None where nobody estimates it."""
    return Decimal(0) if project.status in ENDED else project.etc


def at_completion(project: Project, money: ProjectMoney) -> Decimal | None:
    """The cost at completion in the project's currency; None where it has no estimate, or its cost cannot be told."""
    left = to_complete(project)
    return None if left is None or money.cost is None else money.cost + left


def result(project: Project, money: ProjectMoney) -> Decimal | None:
    """What will be left of the budget; negative where it will not do."""
    cost = at_completion(project, money)
    return None if cost is None or project.budget is None else project.budget - cost


def missing(found: Iterable[Project]) -> list[str]:
    """The keys of the projects that nobody estimates and that are not over."""
    return [project.key for project in found if to_complete(project) is None]


def none_of(keys: list[str]) -> Said:
    """Why a sum over projects has no estimate: the first of those without one, and how many they are."""
    named = ", ".join(keys[:MOST_NAMED]) + (f" … ({len(keys)})" if len(keys) > MOST_NAMED else "")
    return Said(NONE_OF, {"projects": named})


# ---- with what they follow from ----------------------------------------------------------------------------------------


def at_completion_trace(project: Project, money: ProjectMoney, cost: Figure | None = None) -> Figure:
    """The estimate at completion; `cost` is the figure of the cost with what that follows from, where it is known."""
    name = N_("Estimate at completion")
    spent: Figure | Source = cost or Source(project.key, "cost", money.cost)
    if money.cost is None:
        return Figure(name, None, project.currency, "", (spent,), money.reason)
    if project.status in ENDED:
        return Figure(name, money.cost, project.currency, FORMULA_ENDED, (spent,))
    inputs = (spent, Source(project.key, "etc", project.etc), Source(project.key, "etc_on", project.etc_on))
    if project.etc is None:
        return Figure(name, None, project.currency, "", (spent,), Said(NO_ESTIMATE, {}))
    return Figure(name, at_completion(project, money), project.currency, FORMULA_EAC, inputs)


def result_trace(project: Project, money: ProjectMoney, cost: Figure | None = None) -> Figure:
    """The expected result; undefined as long as nobody estimates what is still to come."""
    name, value = N_("Expected result"), result(project, money)
    inputs = (Source(project.key, "budget", project.budget), at_completion_trace(project, money, cost))
    if value is not None:
        return Figure(name, value, project.currency, FORMULA_RESULT, inputs)
    reason = inputs[1].reason if inputs[1].value is None else NO_BUDGET
    return Figure(name, None, project.currency, "", inputs, reason)
