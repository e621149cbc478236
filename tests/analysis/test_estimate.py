"""Cost at completion and expected result, worked out by hand."""

from __future__ import annotations

import dataclasses
from decimal import Decimal
from typing import Any

import msgspec
import pytest

from pmo_tui.analysis.amounts import NO_RATES, Rates
from pmo_tui.analysis.booking_effect import Change, effect
from pmo_tui.analysis.estimate import at_completion_trace, result, result_trace
from pmo_tui.analysis.exceptions import Limits, of_project
from pmo_tui.analysis.invoice_match import Tolerances
from pmo_tui.analysis.portfolio import Totals, totals
from pmo_tui.analysis.project_money import ProjectMoney, project_money, shares_of
from pmo_tui.analysis.standing import Standing, cost_deviation
from pmo_tui.records.projects import Project
from tests.analysis.money_help import billed_line, invoice, order, ordered, ordered_line, receipt
from tests.analysis.standing_help import TODAY, facts, project, stands

FILE = ordered(order(ordered_line(), project="P-1"), [receipt(6)], [invoice(billed_line(4000, 4))])
"""10 × 1,000 ordered, 6 received, 4 invoiced: cost 6,000 with an accrual of 2,000, nothing prepaid."""


def estimated(etc: object, **more: Any) -> Project:
    return project(etc=None if etc is None else Decimal(str(etc)), etc_on=TODAY, **more)


def test_cost_with_the_accrual_and_what_is_still_to_come() -> None:
    found = project_money(shares_of(FILE), "EUR", Decimal(100), NO_RATES)
    traced = result_trace(estimated(5000, budget=Decimal(20_000)), found)
    completion = traced.inputs[1]
    assert completion.value == 11_000  # 6,000 + 5,000
    assert (traced.value, traced.formula) == (9000, "budget − estimate at completion")


def test_what_is_prepaid_is_no_cost_yet() -> None:
    more = msgspec.structs.replace(FILE, invoices=(*FILE.invoices, invoice(billed_line(4000, 4), key="INV-2")))
    found = project_money(shares_of(more), "EUR", Decimal(100), NO_RATES)
    assert (found.cost, found.prepaid) == (Decimal(6000), Decimal(2000))
    assert result(estimated(5000, budget=Decimal(20_000)), found) == 9000


@pytest.mark.parametrize(
    ("of", "why"),
    [
        (estimated(None), "there is no estimate to complete yet"),
        (estimated(5, budget=None), "there is no budget"),
    ],
)
def test_undefined_says_why(of: Project, why: str) -> None:
    traced = result_trace(of, ProjectMoney("EUR", cost=Decimal(10)))
    assert traced.value is None
    assert traced.reason is not None
    assert traced.reason.words() == why


def test_what_is_over_cost_what_it_cost() -> None:
    closed = estimated(70_000, status="closed")
    assert at_completion_trace(closed, ProjectMoney("EUR", cost=Decimal(90_000))).value == 90_000
    assert result(dataclasses.replace(closed, etc=None), ProjectMoney("EUR", cost=Decimal(90_000))) == 10_000


# ---- nodes -------------------------------------------------------------------------------------------------------------


def summed(*found: Standing, rates: Rates = NO_RATES) -> Totals:
    return totals(found, "EUR", rates, TODAY)


def test_a_node_sums_first_and_then_derives() -> None:
    node = summed(
        stands(10_000, of=estimated(50_000)),  # result 40,000
        stands(1000, of=estimated(1000, key="P-2", currency="USD", budget=Decimal(4000))),  # USD 2,000
        rates=Rates({("USD", "EUR"): Decimal("0.5")}),
    )
    assert (node.etc, node.eac, node.expected_result) == (Decimal(50_500), Decimal(61_000), Decimal(41_000))


def test_a_node_names_the_projects_without_an_estimate() -> None:
    many = [stands(1, of=estimated(None, key=f"P-{place}")) for place in range(1, 8)]
    node = summed(*many, stands(1, of=estimated(None, key="P-9", status="closed")))
    assert (node.etc, node.eac, node.expected_result) == (None, None, None)
    assert node.no_estimate is not None
    assert node.no_estimate.words() == "no estimate to complete yet: P-1, P-2, P-3, P-4, P-5 … (7)"


# ---- what follows from it ----------------------------------------------------------------------------------------------


def test_an_invoice_that_adds_to_the_cost_lowers_the_result_that_is_expected() -> None:
    bill = invoice(billed_line(300, None, None, project="P-1"), key="", order=None)
    of = estimated(5000, budget=Decimal(20_000))
    found = effect(bill, [], {"P-1": (of, shares_of(FILE))}, Tolerances(), NO_RATES)
    assert found.expected == (Change("P-1", "EUR", Decimal(9000), Decimal(8700)),)
    received = effect(invoice(billed_line(2000, 2), key=""), [FILE], {"P-1": (of, shares_of(FILE))}, Tolerances(), NO_RATES)  # fmt: skip
    assert received.expected == (Change("P-1", "EUR", Decimal(9000), Decimal(9000)),)  # it was accrued already


@pytest.mark.parametrize(("etc", "breaks"), [(60_000, False), (60_001, True)])
def test_a_result_below_the_tolerance_is_an_exception(etc: int, breaks: bool) -> None:
    found = of_project(stands(50_000, of=estimated(etc)), TODAY, Limits())
    said = [each.said.words() for each in found if each.rule == "result_below"]
    assert said == (["EUR 10001.00 over budget at completion, tolerated is 10 %"] if breaks else [])


def test_the_colour_of_cost_goes_by_the_worse_of_estimate_and_what_is_spoken_for() -> None:
    assert cost_deviation(facts(50_000, of=estimated(58_000))).value == 8
    assert cost_deviation(facts(50_000, of=estimated(0))).value == -50
    ordered_more = ProjectMoney("EUR", cost=Decimal(50_000), open_commitment=Decimal(55_000))
    assert cost_deviation(facts(money=ordered_more, of=estimated(52_000))).value == 5
