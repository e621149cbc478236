"""What the project managers of the demo estimate to complete: what their story will cost in all, less what it has cost so far."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from pmo_tui.analysis.amounts import Rates
from pmo_tui.analysis.project_money import project_money, shares_of, without_order
from pmo_tui.analysis.supplier_money import NOT_COUNTED, Ordered
from pmo_tui.desk.demo.stories import Story
from pmo_tui.records.invoices import Invoice
from pmo_tui.records.orders import Order, Receipt

STEP = Decimal(500)
"""Estimates are round."""
VAT = Decimal("0.21")


@dataclass(slots=True)
class Spent:
    """The supplier money of one project, as it was made; orders by key."""

    orders: dict[str, Order] = field(default_factory=dict)
    receipts: list[Receipt] = field(default_factory=list)
    invoices: list[Invoice] = field(default_factory=list)


def estimate(project: str, story: Story, spent: Spent, rates: Rates) -> Decimal | None:
    """What is still to come of a project: what its story plans, and at least what is ordered; small ones of the second programme
    estimate nothing."""
    if story.profile == "light" and story.under == 1:
        return None
    counted = [each for each in spent.invoices if each.status not in NOT_COUNTED]
    shares = [share for key in spent.orders for share in shares_of(_ordered(spent, key, counted))]
    shares += without_order(each for each in counted if each.order is None)
    money = project_money((each for each in shares if each.project == project), "EUR", Decimal(story.vat), rates)
    assert money.cost is not None
    assert money.spoken_for is not None
    gross = 1 + VAT * (100 - story.vat) / 100
    whole = max(story.budget * Decimal(str(round(story.spend, 3))) * gross, money.spoken_for)
    return -(-(whole - money.cost) // STEP) * STEP


def _ordered(spent: Spent, key: str, invoices: Iterable[Invoice]) -> Ordered:
    receipts = tuple(each for each in spent.receipts if each.order == key)
    return Ordered(spent.orders[key], receipts, tuple(each for each in invoices if each.order == key))
