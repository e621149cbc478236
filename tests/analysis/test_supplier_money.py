"""Figures of an order, worked out by hand, and what always holds between them."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmo_tui.analysis.supplier_money import LineMoney, money_of, open_amount
from tests.analysis.money_help import DAY, billed_line, invoice, of, order, ordered_line, receipt

TEN = order(ordered_line(10, 1000))


def figures(line: LineMoney) -> Any:
    return of(line, "cost accrual prepaid open_commitment order_left")


def test_six_received_and_four_invoiced() -> None:
    [line] = money_of(TEN, [receipt(6)], [invoice(billed_line(4000, 4))])
    assert figures(line) == (6000, 2000, 0, 4000, 6000)


def test_four_more_invoiced_than_received_are_prepaid() -> None:
    bills = [invoice(billed_line(4000, 4)), invoice(billed_line(4000, 4), key="INV-2")]
    [line] = money_of(TEN, [receipt(6)], bills)
    assert of(line, "received invoiced") == (6, 8)
    assert figures(line) == (6000, 0, 2000, 2000, 2000)


def test_a_credit_note_takes_its_quantity_back_however_it_is_signed() -> None:
    for quantity in (-2, 2):
        credit = invoice(billed_line(-2000, quantity), key="INV-2", type="credit")
        [line] = money_of(TEN, [receipt(6)], [invoice(billed_line(8000, 8)), credit])
        assert of(line, "invoiced cost prepaid") == (6, 6000, 0)


def test_returned_and_cancelled_invoices_bill_nothing() -> None:
    bills = [invoice(billed_line(4000, 4), status="returned"), invoice(billed_line(4000, 4), status="cancelled")]
    assert figures(money_of(TEN, [], bills)[0]) == (0, 0, 0, 10000, 10000)


@pytest.mark.parametrize("ended", [{"status": "closed"}, {"status": "cancelled"}, {"status": "draft"}])
def test_an_order_that_is_not_open_commits_to_nothing(ended: dict[str, Any]) -> None:
    [line] = money_of(order(ordered_line(10, 1000), **ended), [receipt(6)], [])
    assert figures(line) == (6000, 6000, 0, 0, 0)


def test_a_closed_line_commits_to_nothing_and_the_others_go_on() -> None:
    both = order(ordered_line(10, 1000, closed=True), ordered_line(2, 500, line="B"))
    one, other = money_of(both, [], [])
    assert [one.open_commitment, other.open_commitment] == [0, 1000]
    assert (one.line, other.line) == ("1", "B")


def test_a_price_above_the_order_is_cost_not_commitment() -> None:
    [line] = money_of(TEN, [receipt(4)], [invoice(billed_line(4400, 4))])
    assert of(line, "cost open_commitment") == (4400, 6000)


def test_an_amount_without_a_quantity_is_measured_by_the_ordered_price() -> None:
    [line] = money_of(TEN, [receipt(3)], [invoice(billed_line(2500))])
    assert of(line, "invoiced accrual") == (Decimal("2.5"), 500)


def test_forty_hours_approved_and_billed_are_cost_once() -> None:
    hours = order(ordered_line(40, 100, unit="HUR"))
    [line] = money_of(hours, [receipt(40)], [invoice(billed_line(4000, 40))])
    assert of(line, "cost accrual") == (4000, 0)


def test_a_line_names_another_order_than_its_invoice() -> None:
    other = order(ordered_line(10, 1000), key="PO-7")
    bill = invoice(billed_line(2000, 2, "PO-7/1"), order="PO-1")
    assert money_of(other, [], [bill])[0].invoiced == 2
    assert money_of(TEN, [], [bill])[0].invoiced == 0


def test_a_line_of_a_one_line_order_need_not_be_named_and_one_with_a_stroke_is_no_order() -> None:
    assert money_of(TEN, [], [invoice(billed_line(1000, 1, None))])[0].invoiced == 1
    odd = order(ordered_line(10, 1000, line="1/2"))
    assert money_of(odd, [], [invoice(billed_line(1000, 1, "1/2"))])[0].invoiced == 1


quantities = st.decimals(0, 1000, places=2)


@given(quantities, quantities, quantities, st.decimals("0.01", 5000, places=2))
def test_cost_prepaid_and_open_make_the_order_where_nothing_varies(
    qo: Decimal, qr: Decimal, qi: Decimal, price: Decimal
) -> None:
    qr, qi = min(qr, qo), min(qi, qo)
    [line] = money_of(order(ordered_line(qo, price)), [receipt(qr)], [invoice(billed_line(qi * price, qi))])
    assert line.cost + line.prepaid + line.open_commitment == line.value
    assert all(amount >= 0 for amount in figures(line))


@given(quantities, quantities, quantities, st.lists(st.decimals(-100, 9000, places=2), min_size=1, max_size=4))
def test_cost_and_prepaid_are_what_was_billed_and_what_is_accrued(
    qo: Decimal, qr: Decimal, qi: Decimal, amounts: list[Decimal]
) -> None:
    bills = [invoice(billed_line(net, qi), key=f"INV-{place}") for place, net in enumerate(amounts)]
    [line] = money_of(order(ordered_line(qo, 7)), [receipt(qr)], bills)
    assert line.cost + line.prepaid == sum(amounts) + line.accrual
    exact = min(line.received, line.invoiced) * line.billed / line.invoiced if line.invoiced else line.billed
    assert abs(line.cost - line.accrual - exact) <= Decimal("0.005")


def test_what_is_open_on_a_day() -> None:
    paid = invoice(billed_line(100), status="paid", paid_on=DAY + timedelta(days=20), received_on=DAY)
    assert open_amount(paid) == 0
    assert open_amount(paid, DAY - timedelta(days=1)) == 0
    assert open_amount(paid, DAY + timedelta(days=19)) == 100
    assert open_amount(paid, DAY + timedelta(days=20)) == 0
    part = invoice(billed_line(100), paid=Decimal(30))
    assert open_amount(part, date(2030, 1, 1)) == 70
    assert open_amount(invoice(billed_line(100), status="returned")) == 0
