"""Rates of exchange on a day, and amounts brought into another currency."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from pmo_tui.analysis.amounts import NO_RATES, Rates, half_up, rates_on, tidy
from pmo_tui.records.exchange_rates import ExchangeRate

DOLLAR = Rates({("USD", "EUR"): Decimal("0.8"), ("GBP", "EUR"): Decimal("1.2")})


def test_there_and_back_and_over_a_third() -> None:
    assert DOLLAR.convert(Decimal(100), "USD", "EUR") == 80
    assert DOLLAR.convert(Decimal(80), "EUR", "USD") == 100
    assert DOLLAR.convert(Decimal(120), "GBP", "USD") == 180
    assert DOLLAR.convert(Decimal("0.333"), "EUR", "EUR") == Decimal("0.333")


def test_without_a_rate_there_is_no_amount() -> None:
    assert NO_RATES.convert(Decimal(1), "USD", "EUR") is None
    assert DOLLAR.convert(Decimal(1), "USD", "JPY") is None


def test_the_last_rate_that_has_begun_holds() -> None:
    rate = ExchangeRate(currency="USD", rate=Decimal("0.9"))
    later = ExchangeRate(currency="USD", rate=Decimal("0.8"), valid_from=date(2026, 7, 1))
    budget = ExchangeRate(currency="USD", rate=Decimal(1), table="budget", valid_from=date(2026, 7, 1))
    records = [later, rate, budget]
    assert rates_on(records, date(2026, 6, 30), "report").factor("USD", "EUR") == Decimal("0.9")
    assert rates_on(records, date(2026, 7, 1), "report").factor("USD", "EUR") == Decimal("0.8")
    assert rates_on(records, date(2026, 7, 1), "budget").factor("USD", "EUR") == 1


@pytest.mark.parametrize(("number", "shown"), [("8.00", "8"), ("1.50", "1.5"), ("1E+2", "100"), ("-0.10", "-0.1")])
def test_numbers_in_sentences(number: str, shown: str) -> None:
    assert str(tidy(Decimal(number))) == shown


def test_a_half_is_rounded_up() -> None:
    assert half_up(Decimal("2.345")) == Decimal("2.35")
    assert half_up(Decimal("-2.345")) == Decimal("-2.35")
