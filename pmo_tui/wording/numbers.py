"""Numbers as the language in use writes them; `typed_numbers.py` reads what people type."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal
from functools import cache

from pmo_tui.wording.languages import Language, current

THOUSAND, MILLION, BILLION = Decimal(1000), Decimal(1_000_000), Decimal(1_000_000_000)
_WIDE = Context(prec=80, rounding=ROUND_HALF_UP)
_WIDE_ENOUGH = Context(prec=200)
LONGEST = 60
"""Figures of the longest number that is read, and written out."""


def round_half_up(amount: Decimal, places: int) -> Decimal:
    """`amount` to `places` decimals, a half away from zero, as invoices and the tax office round."""
    return amount.quantize(Decimal(1).scaleb(-places), context=_WIDE)


def format_number(value: Decimal | int | float, places: int | None = None) -> str:
    """`1,234.50`, in Dutch `1.234,50`: to `places` decimals, or with as many as it needs.

    ValueError for NaN and infinity. A number of more than sixty figures keeps its exponent.
    """
    number = value if isinstance(value, Decimal) else Decimal(str(value))
    if not number.is_finite():
        raise ValueError("NaN and infinity are not numbers that can be shown")
    if abs(number.adjusted()) > LONGEST:
        return str(number)
    number = round_half_up(number, places) if places is not None else without_zeros(number)
    text = f"{number if number else abs(number):,f}"
    marks = _marks(current())
    return text if marks is None else text.translate(marks)


def without_zeros(number: Decimal) -> Decimal:
    """The same value without an exponent and without zeros behind the decimal mark."""
    if number == number.to_integral_value():
        return number.quantize(Decimal(1), context=_WIDE_ENOUGH)
    return number.normalize(_WIDE)


@cache
def _marks(language: Language) -> dict[int, str] | None:
    """How the English marks become those of `language`; None where they are the same."""
    if (language.decimal_mark, language.group_mark) == (".", ","):
        return None
    return str.maketrans({".": language.decimal_mark, ",": language.group_mark})
