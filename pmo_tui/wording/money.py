"""Amounts of money: an ISO 4217 currency and a number, `EUR 1,234.50`, in Dutch `EUR 1.234,50`; `typed_money.py` reads what people type."""

from __future__ import annotations

from decimal import Decimal

from pmo_tui.wording.languages import current
from pmo_tui.wording.numbers import BILLION, MILLION, THOUSAND, format_number, round_half_up

_STEPS = ((Decimal(1), "", 10_000), (THOUSAND, "k", 1000), (MILLION, "M", 1000), (BILLION, "bn", 1000))


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


def shortened(text: str, width: int) -> str:
    """An amount as `format_money` writes it, in `width` columns: without cents, then without its currency, then in thousands or millions.

    A figure that is cut off reads as another figure; this one is rounded and says so by its form. What is no amount stays as it is.
    """
    from pmo_tui.wording.not_understood import NotUnderstood
    from pmo_tui.wording.typed_money import parse_money

    try:
        amount, currency = parse_money(text, current())
    except NotUnderstood:
        return text
    tries = (format_money(amount, currency, 0), format_money(amount, None, 0), format_compact(amount))
    return next((shorter for shorter in tries if len(shorter) <= width), tries[-1])
