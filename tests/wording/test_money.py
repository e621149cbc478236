"""Amounts with their currency."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmo_tui.wording import languages
from pmo_tui.wording.languages import DUTCH, ENGLISH
from pmo_tui.wording.money import format_compact, format_money, shortened
from pmo_tui.wording.not_understood import Ambiguous, NotUnderstood
from pmo_tui.wording.safe import safe
from pmo_tui.wording.typed_money import CURRENCIES, parse_money

AMOUNTS = st.decimals(min_value=-(10**13), max_value=10**13, places=2, allow_nan=False)


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("€ 1.234,50", "1234.50", "EUR"), ("EUR 10k", "10000", "EUR"), ("$5", "5", "USD"), ("1000 usd", "1000", "USD"),
        ("€ 50,-", "50", "EUR"), ("€50,--", "50", "EUR"), ("€ 1.500,-", "1500", "EUR"), ("-€ 5", "-5", "EUR"), ("€ -5", "-5", "EUR"),
        ("(€ 5)", "-5", "EUR"), ("2,5 mln", "2500000", None), ("2,5 mln eur", "2500000", "EUR"), ("5 miljoen euro", "5000000", "EUR"),
        ("10keur", "10000", "EUR"), ("12 345,00 €", "12345", "EUR"), ("10k", "10000", None), ("-5", "-5", None), ("CHF 1'234.50", "1234.50", "CHF"),
        ("3 ton", "300000", None), ("1,5 ton", "150000", None), ("€ 1.5 ton", "150000", "EUR"), ("3 ton euro", "300000", "EUR"),
        ("-2ton", "-200000", None), ("(3 ton)", "-300000", None), ("EUR 1.234,5 ton", "123450000", "EUR"),
        ("us$ 5", "5", "USD"), ("5 pln", "5", "PLN"), ("1e5", "100000", None),
    ],
)  # fmt: skip
def test_is_understood(text: str, amount: str, currency: str | None) -> None:
    assert parse_money(text) == (Decimal(amount), currency)
    languages.use("nl")
    assert parse_money(text) == (Decimal(amount), currency)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "€",
        "k",
        "NaN",
        "eur nan",
        "EUR 5 USD",
        "--5",
        "- -5",
        "ten",
        "100 kr",
        "€ 1.2.3",
        "ton",
        "€ ton",
        "3 t",
        "3 tons",
        "3 ton 5",
    ],
)
def test_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(NotUnderstood, match="EUR 10k"):
        parse_money(text)


def test_an_unknown_currency_is_named_with_what_it_could_have_been() -> None:
    with pytest.raises(NotUnderstood, match=r"“EUT” .* was it .*EUR"):
        parse_money("100 eut")
    with pytest.raises(NotUnderstood, match="“QQQ”"):
        parse_money("100 qqq")


def test_a_price_that_could_be_two_is_asked_unless_the_marks_are_known() -> None:
    with pytest.raises(Ambiguous):
        parse_money("€ 1.234")
    assert parse_money("€ 1.234", DUTCH) == (Decimal(1234), "EUR")
    with pytest.raises(Ambiguous, match="1234ton"):
        parse_money("1.234 ton")
    assert parse_money("1.234 ton", ENGLISH) == (Decimal(123400), None)


@given(AMOUNTS, st.sampled_from(sorted(CURRENCIES)), st.sampled_from(["en", "nl"]))
def test_what_is_written_is_read_back(amount: Decimal, currency: str, code: str) -> None:
    languages.use(code)
    assert parse_money(format_money(amount, currency)) == (amount, currency)


@given(st.text())
def test_anything_else_is_refused_in_one_way(text: str) -> None:
    said = ""
    try:
        assert parse_money(text)[0].is_finite()
    except NotUnderstood as error:
        said = str(error)
    assert said == safe(said)


def test_is_written_in_both_languages() -> None:
    assert format_money(Decimal("1234.505"), "EUR") == "EUR 1,234.51"
    assert format_money(Decimal("-1234"), "JPY", 0) == "JPY -1,234"
    assert format_money(Decimal("5"), None) == "5.00"
    languages.use("nl")
    assert format_money(Decimal("1234.5"), "EUR") == "EUR 1.234,50"


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        ("0", "0"), ("949.5", "950"), ("9999", "9,999"), ("9999.5", "10k"), ("12345", "12.3k"), ("99950", "100k"), ("123456", "123k"),
        ("999500", "1M"), ("1234567", "1.2M"), ("-340000", "-340k"), ("999600000", "1bn"), ("-0.4", "0"),
    ],
)  # fmt: skip
def test_in_few_columns(amount: str, text: str) -> None:
    assert format_compact(Decimal(amount)) == text


@given(st.decimals(min_value=-(10**11), max_value=10**11, places=2, allow_nan=False))
def test_few_columns_are_seven_at_most_and_nearly_the_amount(amount: Decimal) -> None:
    text = format_compact(amount)
    assert len(text) <= 7
    assert abs(parse_money(text, languages.ENGLISH)[0] - amount) <= max(Decimal(1), abs(amount) / 20)


def test_in_few_columns_with_its_currency_in_dutch(dutch: None) -> None:
    assert format_compact(Decimal(1250000), "EUR") == "EUR 1,3M"


@pytest.mark.parametrize(
    ("width", "shown"),
    [
        (16, "EUR 1,850,000.90"),
        (14, "EUR 1,850,001"),
        (13, "EUR 1,850,001"),
        (12, "1,850,001"),
        (8, "1.9M"),
        (2, "1.9M"),
    ],
)
def test_a_narrow_column_rounds_rather_than_cuts(width: int, shown: str) -> None:
    amount = "EUR 1,850,000.90"
    assert (amount if width >= len(amount) else shortened(amount, width).text) == shown


def test_what_is_no_amount_is_not_shortened() -> None:
    assert shortened("12.5%", 3).text == "12.5%"
    assert shortened("several projects", 3).text == "several projects"


@given(AMOUNTS, st.integers(8, 20))
def test_a_shortened_amount_never_says_another_sign_or_size(amount: Decimal, width: int) -> None:
    shorter = shortened(format_money(amount, "EUR"), width).text
    read, _ = parse_money(shorter, ENGLISH)
    assert abs(read - amount) <= max(Decimal("0.5"), abs(amount) / 15)
    assert read * amount >= 0
