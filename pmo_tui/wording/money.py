"""Amounts of money: an ISO 4217 currency and a number, `EUR 1,234.50`, in Dutch `EUR 1.234,50`; `typed_money.py` reads what people type."""

from __future__ import annotations

from decimal import Decimal

from msgspec import Struct

from pmo_tui.wording.languages import current
from pmo_tui.wording.numbers import BILLION, MILLION, THOUSAND, format_number, round_half_up

_STEPS = ((Decimal(1), "", 10_000), (THOUSAND, "k", 1000), (MILLION, "M", 1000), (BILLION, "bn", 1000))
COMPACT = 3
"""The shortest form of an amount."""


def format_money(amount: Decimal, currency: str | None, places: int = 2) -> str:
    """`EUR 1,234.50`, rounded half up; the number alone when no currency is given."""
    number = format_number(amount, places)
    return f"{currency} {number}" if currency else number


def format_compact(amount: Decimal, currency: str | None = None) -> str:
    """The amount in seven columns at most, for a narrow table: `9,950`, `12.5k`, `1.2M`, `-340k`. Rounded: not to be added up."""
    for unit, letter, limit in _STEPS:
        scaled = abs(amount) / unit
        rounded = round_half_up(scaled, 1 if unit > 1 and round_half_up(scaled, 1) < 100 else 0)
        if rounded < limit or unit == BILLION:
            text = format_number(-rounded if amount < 0 else rounded) + letter
            return f"{currency} {text}" if currency else text
    raise AssertionError("the last step takes every amount")


class Shortened(Struct, frozen=True):
    """An amount written shorter: in which of the forms, from 0 for as it was, and whether it is one of a currency."""

    text: str
    form: int = 0
    of_currency: bool = False


def shortened(text: str, width: int, least: int = 1) -> Shortened:
    """An amount as `format_money` writes it, in the first form from `least` on that `width` columns hold: 1 without cents, 2 without its
    currency too, 3 in thousands or millions.

    A figure that is cut off reads as another figure; this one is rounded and says so by its form. What is no amount stays as it is; so does one that would be rounded to nothing.
    """
    from pmo_tui.wording.not_understood import NotUnderstood
    from pmo_tui.wording.typed_money import parse_money

    try:
        amount, currency = parse_money(text, current())
    except NotUnderstood:
        return Shortened(text)
    if amount and not round_half_up(amount, 0) and len(text) <= width:
        return Shortened(text)
    for form in range(least, COMPACT):
        shorter = format_money(amount, currency if form == 1 else None, 0)
        if len(shorter) <= width:
            return Shortened(shorter, form, currency is not None)
    return Shortened(format_compact(amount), COMPACT, currency is not None)
