"""Figures of every node of the tree: sums over its projects in the node's currency, and only then ratios. No index is averaged."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pmo_tui.analysis import estimate
from pmo_tui.analysis.amounts import HUNDRED, NOTHING, Rates, half_up
from pmo_tui.analysis.exposure import Exposure, together
from pmo_tui.analysis.milestones import Milestone, next_of
from pmo_tui.analysis.project_money import NO_RATE
from pmo_tui.analysis.rag import THRESHOLDS, Child, RollUp, Thresholds, roll_up
from pmo_tui.analysis.standing import Standing
from pmo_tui.records.errors import Said
from pmo_tui.records.projects import ENDED

MONEY = ("cost", "accrual", "prepaid", "open_commitment")
CRITICAL = "critical"
"""The tag that marks a project whose red makes its node red."""


class Tree:
    """portfolio › programme › project › subproject, by `parents`: the key of each node with that of the node above, or None."""

    def __init__(self, parents: Mapping[str, str | None]) -> None:
        self.parents = parents
        self.children: dict[str | None, list[str]] = {}
        for key, parent in parents.items():
            self.children.setdefault(parent if parent in parents else None, []).append(key)

    def above(self, key: str) -> list[str]:
        """The node and all those above it, upwards."""
        found: list[str] = []
        at: str | None = key
        while at is not None and at in self.parents and at not in found:
            found.append(at)
            at = self.parents.get(at)
        return found

    def under(self, node: str | None) -> list[str]:
        """A node and everything under it, each before what is under it; the whole tree for None."""
        found: list[str] = [] if node is None else [node]
        for child in self.children.get(node, ()):
            found += self.under(child)
        return found

    def depth(self, key: str) -> int:
        """How many nodes stand above."""
        return len(self.above(key)) - 1


@dataclass(frozen=True, slots=True)
class Totals:
    """The figures of a node in its currency, each the sum over its projects.

    Amounts are None, with the `reason`, where one is in a currency without a rate. `budget` is None while no project has one. Projects
    that are closed or cancelled keep their money, but have no milestones or risks to look after. `etc` and `eac` are None, with
    `no_estimate`, as long as one of the projects that are not over has no estimate to complete.
    """

    currency: str
    projects: int
    budget: Decimal | None
    cost: Decimal | None
    accrual: Decimal | None
    prepaid: Decimal | None
    open_commitment: Decimal | None
    exposure: Exposure
    rag: RollUp
    late: int
    next_milestone: Milestone | None
    reason: Said | None = None
    etc: Decimal | None = None
    eac: Decimal | None = None
    no_estimate: Said | None = None

    @property
    def available(self) -> Decimal | None:
        """Budget − cost − prepaid − open commitment."""
        parts = (self.cost, self.prepaid, self.open_commitment)
        if self.budget is None or None in parts:
            return None
        return self.budget - sum((part for part in parts if part is not None), NOTHING)

    @property
    def expected_result(self) -> Decimal | None:
        """Budget − estimate at completion, each the sum over the projects."""
        return None if self.budget is None or self.eac is None else self.budget - self.eac

    @property
    def used(self) -> Decimal | None:
        """Cost in per cent of the budget."""
        return half_up(self.cost / self.budget * HUNDRED, 1) if self.budget and self.cost is not None else None


def totals(
    found: Sequence[Standing],
    currency: str,
    rates: Rates,
    today: date,
    thresholds: Thresholds = THRESHOLDS,
    own: Iterable[Exposure] = (),
) -> Totals:
    """The figures of a node with these projects under it; `own` is the exposure to risks of the node itself and of nodes between."""
    living = [each for each in found if each.facts.project.status not in ENDED]
    budgets = [_in(each, each.facts.project.budget, currency, rates) for each in found]
    known = [budget for budget in budgets if budget is not None]
    reason = _missing_rate(found, currency, rates)
    etc, eac, no_estimate = _estimates(found, None if reason else _sum(found, "cost", currency, rates), currency, rates)
    sums: dict[str, Decimal | None] = {name: None if reason else _sum(found, name, currency, rates) for name in MONEY}
    children = [
        Child(each.colour, budget, CRITICAL in each.facts.project.tags)
        for each, budget in zip(found, budgets, strict=True)
    ]
    milestones = (milestone for each in living for milestone in each.facts.milestones)
    return Totals(
        currency=currency,
        projects=len(found),
        budget=sum(known, NOTHING) if known and reason is None else None,
        **sums,
        exposure=together([*(each.facts.exposure for each in living), *own], currency, rates),
        rag=roll_up(children, thresholds),
        late=sum(each.late for each in living),
        next_milestone=next_of(milestones, today),
        reason=reason,
        etc=etc,
        eac=eac,
        no_estimate=no_estimate,
    )


def _estimates(
    found: Sequence[Standing], cost: Decimal | None, currency: str, rates: Rates
) -> tuple[Decimal | None, Decimal | None, Said | None]:
    """What is still to come and the cost at completion; neither where the cost or, with the reason, one of the estimates is not known."""
    without = estimate.missing(each.facts.project for each in found)
    if without:
        return None, None, estimate.none_of(without)
    if cost is None:
        return None, None, None
    left = (_in(each, estimate.to_complete(each.facts.project), currency, rates) for each in found)
    etc = sum((amount for amount in left if amount is not None), NOTHING)
    return etc, cost + etc, None


def _in(each: Standing, amount: Decimal | None, currency: str, rates: Rates) -> Decimal | None:
    if amount is None or each.facts.project.currency == currency:
        return amount
    return rates.convert(amount, each.facts.project.currency, currency)


def _sum(found: Iterable[Standing], name: str, currency: str, rates: Rates) -> Decimal:
    amounts = (_in(each, getattr(each.facts.money, name), currency, rates) for each in found)
    return sum((amount for amount in amounts if amount is not None), NOTHING)


def _missing_rate(found: Iterable[Standing], currency: str, rates: Rates) -> Said | None:
    for each in found:
        project, money = each.facts.project, each.facts.money
        if money.reason is not None:
            return money.reason
        if rates.factor(project.currency, currency) is None:
            return Said(NO_RATE, {"key": project.key, "currency": project.currency, "to": currency})
    return None
