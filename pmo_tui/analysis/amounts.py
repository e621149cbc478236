"""Rounding of amounts, and money in several currencies brought into one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pmo_tui.records.exchange_rates import ExchangeRate

from msgspec import Struct

NOTHING = Decimal(0)
ONE = Decimal(1)
HUNDRED = Decimal(100)
_WIDE = Context(prec=60, rounding=ROUND_HALF_UP)


def half_up(amount: Decimal, places: int = 2) -> Decimal:
    """`amount` to `places` decimals, a half away from zero, as invoices and the tax office round."""
    return amount.quantize(ONE.scaleb(-places), context=_WIDE)


def to_cents(amount: Decimal) -> Decimal:
    """`amount` rounded to the cent where it has more decimals, and as it is written where it has not."""
    rounded = half_up(amount)
    return amount if amount == rounded else rounded


def tidy(number: Decimal) -> Decimal:
    """The same number without zeros behind the decimal mark and without an exponent, so that it reads well in a sentence."""
    if number == number.to_integral_value():
        return Decimal(int(number))
    return number.normalize(_WIDE)


class Rates(Struct, frozen=True):
    """How much of one currency another is worth: `table[of, to]` units of `to` for one of `of`."""

    table: Mapping[tuple[str, str], Decimal]

    def factor(self, of: str, to: str) -> Decimal | None:
        """By what an amount in `of` is multiplied to be one in `to`: by a rate, by its inverse, or over one other currency."""
        if of == to:
            return ONE
        direct = self._direct(of, to)
        if direct is not None:
            return direct
        between = sorted({each for pair in self.table if of in pair for each in pair} - {of})
        for other in between:
            first, second = self._direct(of, other), self._direct(other, to)
            if first is not None and second is not None:
                return first * second
        return None

    def _direct(self, of: str, to: str) -> Decimal | None:
        if (of, to) in self.table:
            return self.table[of, to]
        back = self.table.get((to, of))
        return ONE / back if back else None

    def convert(self, amount: Decimal, of: str, to: str) -> Decimal | None:
        """The amount in the other currency, to the cent; as it is within one currency; None where no rate leads there."""
        factor = self.factor(of, to)
        if factor is None:
            return None
        return amount if factor is ONE else half_up(amount * factor)


NO_RATES = Rates({})


def rates_on(records: Iterable[ExchangeRate], day: date, name: str) -> Rates:
    """The rates of the table called `name` as they stand on a day: of each pair the last one that has begun."""
    found: dict[tuple[str, str], tuple[date, Decimal]] = {}
    for record in records:
        begun = record.valid_from or date.min
        pair = (record.currency, record.to)
        if record.table == name and begun <= day and (pair not in found or begun >= found[pair][0]):
            found[pair] = (begun, record.rate)
    return Rates({pair: rate for pair, (_, rate) in found.items()})


class Price(Decimal):
    """What one unit costs, as a value in a sentence: shown with two decimals at least."""


class Amount(Struct, frozen=True):
    """An amount with its currency, as a value in a sentence."""

    amount: Decimal
    currency: str

    def __str__(self) -> str:
        return f"{self.currency} {half_up(self.amount)}"
