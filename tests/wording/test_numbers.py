"""Numbers read the same whoever wrote them, and the one that could be two is asked."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmo_tui.wording import languages
from pmo_tui.wording.languages import DUTCH, ENGLISH
from pmo_tui.wording.not_understood import Ambiguous, NotUnderstood
from pmo_tui.wording.numbers import format_number, round_half_up
from pmo_tui.wording.safe import safe
from pmo_tui.wording.typed_numbers import parse_number

AMOUNTS = st.decimals(min_value=-(10**14), max_value=10**14, places=2, allow_nan=False)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1234.5", "1234.5"), ("1234,5", "1234.5"), ("1,234.50", "1234.50"), ("1.234,50", "1234.50"), ("12", "12"),
        ("1 234,50", "1234.50"), ("1\xa0234,50", "1234.50"), ("1\u202f234.50", "1234.50"), ("1'234.50", "1234.50"),
        ("1’234’567", "1234567"), ("1.234.567", "1234567"), ("1,234,567.891", "1234567.891"), ("10k", "10000"),
        ("2.5M", "2500000"), ("2,5 mln", "2500000"), ("1,5 miljard", "1500000000"), ("3 bn", "3000000000"),
        ("10 000k", "10000000"), ("-5", "-5"), ("−5", "-5"), ("+5", "5"), ("(12.50)", "-12.50"), (".5", "0.5"), ("0.500", "0.5"),
        ("0,125", "0.125"), ("1234.567", "1234.567"), ("1.5E+06", "1500000"), ("1e5", "100000"), (" 7 ", "7"),
        ("2066075.5899999999", "2066075.5899999999"),
    ],
)  # fmt: skip
def test_is_understood(text: str, number: str) -> None:
    assert parse_number(text) == Decimal(number)


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "nan", "inf", "-Infinity", "abc", "1.", ".", "1.2.3", "1,23,456", "1.234,567,890", "1 2", "12 345'678", "--5",
        "5x", "٣", "1e400", "1_000", "0x10", "5%", "½", "²", "(", "()", "1" * 80,
    ],
)  # fmt: skip
def test_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(NotUnderstood, match=r"write it as 1234\.50"):
        parse_number(text)


@pytest.mark.parametrize("text", ["1.234", "1,234", "12.345", "123,456", "-1.234", "1.234k", "(1.234)"])
def test_what_could_be_two_numbers_is_asked(text: str) -> None:
    with pytest.raises(Ambiguous) as caught:
        parse_number(text)
    assert text.strip("-()") in str(caught.value)


def test_both_readings_are_named_and_what_is_offered_is_understood() -> None:
    with pytest.raises(Ambiguous) as caught:
        parse_number("1.234")
    assert "1234 or 1.234" in str(caught.value)
    assert "1.2340" in str(caught.value)
    assert parse_number("1.2340") == Decimal("1.234")


def test_a_caller_who_knows_the_marks_is_not_asked() -> None:
    assert parse_number("1.234", DUTCH) == 1234
    assert parse_number("1.234", ENGLISH) == Decimal("1.234")
    assert parse_number("1,234", DUTCH) == Decimal("1.234")
    assert parse_number("1,234", ENGLISH) == 1234


@given(AMOUNTS, st.sampled_from(["en", "nl"]))
def test_what_is_written_is_read_back(amount: Decimal, code: str) -> None:
    languages.use(code)
    assert parse_number(format_number(amount, 2)) == amount


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=6, allow_nan=False), st.sampled_from([ENGLISH, DUTCH]))
def test_with_as_many_decimals_as_needed_nothing_is_lost(amount: Decimal, language: languages.Language) -> None:
    languages.use(language.code)
    assert parse_number(format_number(amount), language) == amount


@given(st.text())
def test_anything_else_is_refused_in_one_way(text: str) -> None:
    said = ""
    try:
        assert parse_number(text).is_finite()
    except NotUnderstood as error:
        said = str(error)
    assert said == safe(said)


@pytest.mark.parametrize(
    ("value", "places", "english", "dutch"),
    [
        (Decimal("1234.5"), 2, "1,234.50", "1.234,50"),
        (Decimal("1234.50"), None, "1,234.5", "1.234,5"),
        (1234567, None, "1,234,567", "1.234.567"),
        (0.1, 2, "0.10", "0,10"),
        (Decimal("-0.001"), 2, "0.00", "0,00"),
        (Decimal("1E+6"), None, "1,000,000", "1.000.000"),
        (Decimal("2.5"), 0, "3", "3"),
        (Decimal("-2.5"), 0, "-3", "-3"),
        (Decimal("1E+400"), 2, "1E+400", "1E+400"),
    ],
)
def test_is_written(value: Decimal | int | float, places: int | None, english: str, dutch: str) -> None:
    assert format_number(value, places) == english
    languages.use("nl")
    assert format_number(value, places) == dutch


@pytest.mark.parametrize("value", [float("nan"), float("inf"), Decimal("sNaN"), Decimal("-Infinity")])
def test_nan_and_infinity_are_not_written(value: Decimal | float) -> None:
    with pytest.raises(ValueError, match="NaN"):
        format_number(value)


@pytest.mark.parametrize(
    ("amount", "places", "rounded"),
    [
        ("2.675", 2, "2.68"),
        ("-2.675", 2, "-2.68"),
        ("0.125", 2, "0.13"),
        ("1063.004999", 2, "1063.00"),
        ("15", -1, "2E+1"),
    ],
)
def test_a_half_is_rounded_away_from_zero(amount: str, places: int, rounded: str) -> None:
    assert str(round_half_up(Decimal(amount), places)) == rounded
