"""The figures of nodes are those of their projects, summed."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmo_tui.analysis.amounts import NO_RATES, Rates
from pmo_tui.analysis.milestones import Milestone
from pmo_tui.analysis.portfolio import Totals, Tree, totals
from pmo_tui.analysis.project_money import ProjectMoney
from pmo_tui.analysis.standing import Standing
from pmo_tui.records.errors import Said
from tests.analysis.standing_help import TODAY, day, project, stands

TREE = Tree(
    {
        "PF-1": None,
        "PG-1": "PF-1",
        "PG-2": "PF-1",
        "P-1": "PG-1",
        "P-2": "P-1",
        "P-3": "PG-2",
        "P-4": None,
        "P-5": "PF-9",
    }
)


def test_the_tree() -> None:
    assert TREE.under("PG-1") == ["PG-1", "P-1", "P-2"]
    assert TREE.under(None) == ["PF-1", "PG-1", "P-1", "P-2", "PG-2", "P-3", "P-4", "P-5"]
    assert TREE.above("P-2") == ["P-2", "P-1", "PG-1", "PF-1"]
    assert (TREE.depth("PF-1"), TREE.depth("P-2"), TREE.depth("P-5")) == (0, 3, 0)


def summed(found: list[Standing], rates: Rates = NO_RATES) -> Totals:
    return totals(found, "EUR", rates, TODAY)


def test_sums_then_ratios() -> None:
    one = stands(50_000)
    other = stands(0, of=project(key="P-2", budget=Decimal(900_000)))
    node = summed([one, other])
    assert (node.budget, node.cost, node.available) == (Decimal(1_000_000), Decimal(50_000), Decimal(950_000))
    assert node.used == 5  # not the mean of 50 and 0


def test_other_currencies_are_brought_into_one_or_nothing_is_said() -> None:
    dollars = stands(1000, of=project(key="P-2", currency="USD", budget=Decimal(2000)))
    node = summed([stands(1000), dollars], Rates({("USD", "EUR"): Decimal("0.5")}))
    assert (node.cost, node.budget) == (Decimal(1500), Decimal(101_000))
    unknown = summed([stands(1000), dollars])
    assert (unknown.cost, unknown.budget, unknown.available, unknown.used) == (None, None, None, None)
    assert unknown.reason is not None
    assert "P-2" in unknown.reason.words()


def test_a_reason_below_is_a_reason_above() -> None:
    lost = stands(money=ProjectMoney("EUR", None, None, None, None, None, Said("PO-1 holds USD", {})))
    node = summed([lost, stands(1000)])
    assert node.cost is None
    assert node.reason is not None
    assert node.reason.words() == "PO-1 holds USD"


def test_what_is_over_is_not_looked_after_but_was_paid() -> None:
    overdue = Milestone("T-1", "P-1", "Go live", day(-3))
    closed = stands(500, 700, milestones=(overdue,), of=project(status="closed"))
    node = summed([closed, stands(1)])
    assert (node.cost, node.late, node.exposure.threats) == (Decimal(501), 0, Decimal(0))
    assert dict(node.rag.counts) == {"blue": 1, "green": 1}


def test_the_next_milestone_is_the_first_of_all() -> None:
    later = Milestone("T-1", "P-1", "Go live", day(9))
    sooner = Milestone("T-2", "P-2", "Start", day(4))
    coming = summed([stands(milestones=(later,)), stands(milestones=(sooner,))]).next_milestone
    assert coming is sooner


def test_a_critical_project_colours_its_node() -> None:
    small = project(budget=Decimal(10), tags=["critical"])
    large = project(key="P-2", budget=Decimal(10**7))
    assert summed([stands(99, of=small), stands(of=large)]).rag.rag == "red"


def test_an_empty_node() -> None:
    node = summed([])
    assert (node.budget, node.cost, node.available, node.rag.rag) == (None, Decimal(0), None, "grey")


cents = st.decimals(0, 10**6, places=2)


@st.composite
def standings(draw: Any) -> Standing:
    money = ProjectMoney("EUR", *(draw(cents) for _ in range(4)))
    of = project(budget=draw(st.none() | cents), status=draw(st.sampled_from(["active", "closed"])))
    return stands(0, draw(st.integers(0, 1000)), money=money, of=of)


@pytest.mark.parametrize("name", ["cost", "accrual", "prepaid", "open_commitment", "budget"])
@given(st.lists(standings(), max_size=6), st.lists(standings(), max_size=6))
def test_a_portfolio_is_the_sum_of_its_programmes_and_of_its_projects(
    name: str, one: list[Standing], other: list[Standing]
) -> None:
    def amount(node: Totals) -> Decimal:
        return getattr(node, name) or Decimal(0)

    both = summed(one + other)
    assert amount(both) == amount(summed(one)) + amount(summed(other))
    assert amount(both) == sum(amount(summed([each])) for each in one + other)
    assert both.late == summed(one).late + summed(other).late
    assert both.exposure.net == summed(one).exposure.net + summed(other).exposure.net
