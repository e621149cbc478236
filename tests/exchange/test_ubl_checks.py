"""Figures of an e-invoice that do not follow from each other are flagged, and never refuse it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmo_tui.exchange.ubl_checks import expected_net, total_flags
from pmo_tui.records.invoices import SUM_TOLERANCE
from tests.exchange.ubl_help import Line, changed, invoice, read, record, values


def flags(*lines: Line) -> list[str]:
    found: list[str] = values(invoice(*lines)).get("flags", [])
    return found


@pytest.mark.parametrize(
    ("line", "flagged"),
    [
        (Line("4", "50.00", billed="200.00"), False),
        (Line("4", "50.00", billed="200.01"), False),
        (Line("4", "50.00", billed="199.99"), False),
        (Line("4", "50.00", billed="200.02"), True),
        (Line("4", "50.00", billed="199.98"), True),
        (Line("3.00001", "0.1234", billed="0.37"), False),
        (Line("200", "50.00", base="100", billed="100.00"), False),
        (Line("200", "50.00", base="100", billed="10000.00"), True),
        (Line("4", "50.00", allowance="12.00", charge="10.00", billed="198.00"), False),
        (Line("4", "50.00", allowance="12.00", charge="10.00", billed="200.00"), True),
        (Line("-1", "25.00", billed="-25.00"), False),
        (Line("-1", "25.00", billed="25.00"), True),
    ],
)
def test_a_line_is_flagged_from_two_cents_on(line: Line, flagged: bool) -> None:
    assert bool(flags(line)) == flagged


def test_a_flag_names_the_line_and_both_amounts() -> None:
    found = flags(Line(), Line("4", "254.00", billed="100.00"))
    assert found == ["line 2: net 100.00 billed, 1016.00 by quantity and price"]


def test_the_officer_is_told_and_the_invoice_comes_in() -> None:
    batch = read(invoice(Line("4", "254.00", billed="100.00")))
    assert any("bill.xml: line 1" in note for note in batch.notes)
    assert record(batch).values.get("status") is None


def test_a_credit_notes_line_is_held_to_the_same() -> None:
    assert "flags" not in values(invoice(Line(allowance="10.00"), kind="CreditNote"))
    assert values(invoice(Line(billed="150.00"), kind="CreditNote"))["flags"] == [
        "line 1: net -150.00 billed, -200.00 by quantity and price"
    ]


@pytest.mark.parametrize("base", ["0", "-1"])
def test_a_price_for_no_units_is_flagged_and_not_divided_by(base: str) -> None:
    found = values(invoice(Line(base=base, billed="200.00")))
    assert found["flags"] == [f"line 1: price is for {base} units; 1 is taken"]
    assert "base_quantity" not in found["lines"][0]


def test_a_price_in_another_unit_than_the_quantity_is_flagged() -> None:
    text = changed(invoice(Line(base="1")), 'BaseQuantity unitCode="HUR"', 'BaseQuantity unitCode="DAY"')
    assert values(text)["flags"] == ["line 1: billed in HUR, priced in DAY"]


def test_a_vat_category_of_another_world_is_flagged_and_left_out() -> None:
    found = values(invoice(Line(category="B")), accept_broken=True)
    assert "VAT category B is not one of EN 16931" in found["flags"]
    assert "vat_category" not in found["lines"][0]
    assert found.get("vat_totals", []) == []


AMOUNTS = st.decimals(-(10**6), 10**6, places=2)
POSITIVE = st.decimals("0.01", 10**4, places=2)


@given(AMOUNTS, POSITIVE, st.integers(1, 1000), AMOUNTS, AMOUNTS)
def test_what_follows_from_a_line_turns_with_its_sign_and_scales_with_its_base(
    quantity: Decimal, price: Decimal, base: int, allowance: Decimal, charge: Decimal
) -> None:
    line: dict[str, Any] = {"quantity": quantity, "price": price, "allowance": allowance, "charge": charge}
    net = expected_net(line)
    assert net == quantity * price - allowance + charge
    credit = {"quantity": -quantity, "price": price, "allowance": -allowance, "charge": -charge}
    assert expected_net(credit) == -net
    scaled = expected_net({**line, "price": price * base, "base_quantity": Decimal(base)})
    assert scaled is not None
    assert abs(scaled - net) < SUM_TOLERANCE / 100


@given(AMOUNTS, AMOUNTS, AMOUNTS, AMOUNTS)
def test_payable_is_gross_less_prepaid_plus_rounding(
    gross: Decimal, prepaid: Decimal, rounding: Decimal, payable: Decimal
) -> None:
    found = total_flags(
        {"gross": gross, "prepaid": prepaid, "rounding": rounding, "payable": payable, "payment_means": []}
    )
    assert bool(found) == (payable != gross - prepaid + rounding)


def test_payments_that_do_not_add_up_are_flagged() -> None:
    means = [{"amount": Decimal(60)}, {"amount": Decimal("39.99")}]
    amounts = {"gross": Decimal(100), "prepaid": Decimal(0), "rounding": Decimal(0), "payable": Decimal(100)}
    assert total_flags({**amounts, "payment_means": means}) == ["payable 100.00 billed, payments of 99.99"]
