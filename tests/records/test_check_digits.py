"""Check digits: numbers that are in use fit; one mistyped digit, or two that changed places, does not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmo_tui.records.check_digits import CHECK_DIGITS, LENGTH, doubt_about, iban_doubt, plain, vat_doubt

IBANS = (
    "NL91 ABNA 0417 1643 00",
    "DE89370400440532013000",
    "BE68 5390 0754 7034",
    "GB82WEST12345698765432",
    "NO9386011117947",
)
"""The examples of the registry."""
VAT_NUMBERS = (
    "NL004495445B01", "NL000099998B57", "NL 0044.95.445.B.01", "BE0428759497", "DE136695976", "FR40303265045", "LU15027442",
    "IT00743110157", "DK13585628", "FI20774740", "PL8567346215", "SE123456789701",
)  # fmt: skip


@pytest.mark.parametrize("number", IBANS)
def test_an_iban_in_use_fits(number: str) -> None:
    assert iban_doubt(number) == ""


@given(st.sampled_from(IBANS), st.data())
def test_one_wrong_digit_of_an_iban_is_found(number: str, data: st.DataObject) -> None:
    iban = plain(number)
    place = data.draw(st.sampled_from([i for i, letter in enumerate(iban) if letter.isdecimal() and i >= 2]))
    digit = data.draw(st.sampled_from([each for each in "0123456789" if each != iban[place]]))
    assert iban_doubt(iban[:place] + digit + iban[place + 1 :]) == CHECK_DIGITS


@given(st.sampled_from(IBANS), st.data())
def test_two_digits_that_changed_places_are_found(number: str, data: st.DataObject) -> None:
    iban = plain(number)
    places = [i for i in range(2, len(iban) - 1) if iban[i : i + 2].isdecimal() and iban[i] != iban[i + 1]]
    place = data.draw(st.sampled_from(places))
    assert iban_doubt(iban[:place] + iban[place + 1] + iban[place] + iban[place + 2 :]) == CHECK_DIGITS


def test_a_missing_digit_is_named_as_such() -> None:
    assert iban_doubt("NL91ABNA041716430") == LENGTH
    assert vat_doubt("NL00449544B01") == LENGTH


@pytest.mark.parametrize("number", VAT_NUMBERS)
def test_a_vat_number_in_use_fits_and_a_wrong_digit_is_found(number: str) -> None:
    assert vat_doubt(number) == ""
    whole = plain(number)
    digits = whole[2:11] if whole.startswith("NL") else whole[2:]
    wrong = [
        whole[: 2 + i] + str((int(digit) + 1) % 10) + whole[3 + i :]
        for i, digit in enumerate(digits)
        if digit.isdecimal()
    ]
    found = [each for each in wrong if vat_doubt(each)]
    assert len(found) >= len(wrong) - 1


@given(st.text(max_size=40))
def test_nothing_is_said_of_what_is_no_such_number(text: str) -> None:
    assert doubt_about("title", text) == ""
    assert iban_doubt(text) in ("", LENGTH, CHECK_DIGITS)
    assert vat_doubt(text) in ("", LENGTH, CHECK_DIGITS)


@pytest.mark.parametrize("number", ["P 1234567", "026073209", "", "US12 3456 7890", "ESX1234567X", "XX123"])
def test_accounts_of_another_kind_and_countries_without_a_rule_are_left_alone(number: str) -> None:
    assert vat_doubt(number) == ""
    assert iban_doubt(number) == ""
