"""Rates of VAT by day, and the part of VAT that is a cost."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmo_tui.analysis.amounts import half_up
from pmo_tui.analysis.vat import LODGING, REDUCED, STANDARD, borne, cost_of, in_force, rate_on


def test_seventy_per_cent_recoverable() -> None:
    assert cost_of(Decimal(1000), Decimal(21), Decimal(70)) == Decimal("1063.00")


@pytest.mark.parametrize(
    ("kind", "day", "percent"),
    [
        (STANDARD, date(2012, 9, 30), 19),
        (STANDARD, date(2012, 10, 1), 21),
        (REDUCED, date(2018, 12, 31), 6),
        (REDUCED, date(2019, 1, 1), 9),
        (REDUCED, date(2026, 1, 1), 9),
        (LODGING, date(2025, 12, 31), 9),
        (LODGING, date(2026, 1, 1), 21),
        (STANDARD, date(1999, 1, 1), None),
    ],
)
def test_rates_have_dates(kind: str, day: date, percent: int | None) -> None:
    assert rate_on(kind, day) == percent


def test_what_a_supplier_may_bill_on_a_day() -> None:
    assert in_force(date(2026, 6, 1)) == {0, 9, 21}
    assert in_force(date(2018, 6, 1)) == {0, 6, 21}


def test_in_a_reverse_charge_the_buyer_bears_the_standard_rate() -> None:
    assert borne("AE", Decimal(0), date(2026, 1, 1)) == 21
    assert borne("K", None, None) == 21
    assert borne("E", Decimal(0), date(2026, 1, 1)) == 0
    assert borne("S", Decimal(9), date(2026, 1, 1)) == 9


def test_halves_are_rounded_away_from_nothing() -> None:
    assert cost_of(Decimal("0.50"), Decimal(21), Decimal(0)) == Decimal("0.61")
    assert cost_of(Decimal("-0.50"), Decimal(21), Decimal(0)) == Decimal("-0.61")


@given(st.decimals(-10_000, 10_000, places=2), st.sampled_from([0, 6, 9, 21]), st.decimals(0, 100, places=1))
def test_the_cost_lies_between_net_and_gross(net: Decimal, percent: int, recoverable: Decimal) -> None:
    cost = cost_of(net, Decimal(percent), recoverable)
    gross = half_up(net * (100 + percent) / 100)
    assert min(net, gross) <= cost <= max(net, gross)
    assert cost_of(net, Decimal(percent), Decimal(100)) == net
    assert cost_of(net, Decimal(percent), Decimal(0)) == gross
