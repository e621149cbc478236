"""Value added tax: the rates in force on a day, what the buyer bears, and the part of it that is a cost.

Rates of the Netherlands: standard 19 % from 2001, 21 % from October 2012; reduced 6 % until the end of 2018, 9 % since; lodging
leaves the reduced rate on 1 January 2026, culture, media and sport stay in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from msgspec import Struct

from pmo_tui.analysis.amounts import HUNDRED, NOTHING, half_up

STANDARD, REDUCED, LODGING, ZERO = "standard", "reduced", "lodging", "zero"
SELF_ASSESSED = frozenset({"AE", "K"})
"""Categories in which the buyer owes the VAT himself: reverse charge and purchases within the Union (EN 16931)."""


class VatRate(Struct, frozen=True):
    """`percent` of the price, for one kind of supply, from a day on."""

    kind: str
    percent: Decimal
    since: date


DUTCH: tuple[VatRate, ...] = (
    VatRate(STANDARD, Decimal(19), date(2001, 1, 1)),
    VatRate(STANDARD, Decimal(21), date(2012, 10, 1)),
    VatRate(REDUCED, Decimal(6), date(2001, 1, 1)),
    VatRate(REDUCED, Decimal(9), date(2019, 1, 1)),
    VatRate(LODGING, Decimal(6), date(2001, 1, 1)),
    VatRate(LODGING, Decimal(9), date(2019, 1, 1)),
    VatRate(LODGING, Decimal(21), date(2026, 1, 1)),
    VatRate(ZERO, NOTHING, date(2001, 1, 1)),
)


def rate_on(kind: str, day: date, rates: Sequence[VatRate] = DUTCH) -> Decimal | None:
    """The rate in per cent of a kind of supply on a day; None where none had begun."""
    begun = [rate for rate in rates if rate.kind == kind and rate.since <= day]
    return max(begun, key=lambda rate: rate.since).percent if begun else None


def in_force(day: date, rates: Sequence[VatRate] = DUTCH) -> frozenset[Decimal]:
    """Every rate that a supplier may bill on a day."""
    found = {rate_on(kind, day, rates) for kind in {rate.kind for rate in rates}}
    return frozenset(rate for rate in found if rate is not None)


def borne(category: str | None, billed: Decimal | None, day: date | None) -> Decimal:
    """The VAT in per cent that a buyer bears: what is billed, or the standard rate where he owes it himself."""
    if category in SELF_ASSESSED and not billed:
        return rate_on(STANDARD, day or date.max) or NOTHING
    return billed or NOTHING


def not_recovered(net: Decimal, percent: Decimal, recoverable: Decimal) -> Decimal:
    """The VAT on an amount that is a cost: VAT × (1 − recoverable), where `recoverable` is a share in per cent. Not rounded."""
    return net * percent / HUNDRED * (HUNDRED - recoverable) / HUNDRED


def cost_of(net: Decimal, percent: Decimal, recoverable: Decimal) -> Decimal:
    """What an amount without VAT costs: net + VAT × (1 − recoverable), to the cent."""
    return half_up(net + not_recovered(net, percent, recoverable))
