"""Invoices that may have come twice, and accounts that are not the supplier's."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from pmo_tui.analysis.supplier_money import NOT_COUNTED
from pmo_tui.records.errors import Said
from pmo_tui.records.marks import N_

Kind = Literal["duplicate", "suspected", "shared_iban", "strange_iban"]
NEAR = timedelta(days=45)
"""So near each other two invoices of the same amount from the same supplier are suspected to be one."""

_SEPARATORS = re.compile(r"[^\w]|_")
_ZEROS = re.compile(r"(?<!\d)0+(?=\d)")


@dataclass(frozen=True, slots=True)
class Billing:
    """What is compared of an invoice."""

    key: str
    number: str
    supplier: str | None
    gross: Decimal
    issued: date | None
    ibans: tuple[str, ...]
    status: str = "registered"


@dataclass(frozen=True, slots=True)
class Suspicion:
    """What is noticed about the invoice `key`: the kind, the invoices or suppliers it is about, and a sentence."""

    key: str
    kind: Kind
    others: tuple[str, ...]
    said: Said


def normalised(number: str) -> str:
    """An invoice number without case, blanks, separators and leading zeros: `inv 0012`, `INV-12` and `Inv.012` are one.

    Zeros lead at the beginning and after letters; inside figures they count, so that 2026-01-11 is not 2026-11-01.
    """
    return _ZEROS.sub("", _SEPARATORS.sub("", number).casefold())


def plain_iban(iban: str) -> str:
    """An account without blanks, in capitals."""
    return re.sub(r"[\W_]", "", iban).upper()


class Ledger:
    """All invoices by what tells them apart. Returned and cancelled ones may come again and are left out."""

    def __init__(self, billings: Iterable[Billing], suppliers: Mapping[str, Iterable[str]]) -> None:
        """`suppliers` are the accounts on each supplier's record."""
        self._known = {key: {plain_iban(iban) for iban in ibans} for key, ibans in suppliers.items()}
        self._numbers: dict[tuple[str, str], list[str]] = defaultdict(list)
        self._amounts: dict[tuple[str, Decimal], list[Billing]] = defaultdict(list)
        self._holders: dict[str, set[str]] = defaultdict(set)
        for supplier, ibans in self._known.items():
            for iban in ibans:
                self._holders[iban].add(supplier)
        for billing in billings:
            if billing.status not in NOT_COUNTED:
                self._add(billing)

    def _add(self, billing: Billing) -> None:
        if billing.supplier is None:
            return
        self._numbers[billing.supplier, normalised(billing.number)].append(billing.key)
        if billing.gross:
            self._amounts[billing.supplier, billing.gross].append(billing)
        for iban in billing.ibans:
            self._holders[plain_iban(iban)].add(billing.supplier)

    def suspicions(self, billing: Billing) -> Iterator[Suspicion]:
        """What is noticed about an invoice, which may be one in the making."""
        if billing.supplier is None or billing.status in NOT_COUNTED:
            return
        twice = self._same_number(billing)
        if twice:
            said = Said(N_("the same number as {others}"), {"others": ", ".join(twice)})
            yield Suspicion(billing.key, "duplicate", twice, said)
        near = self._same_amount(billing, twice)
        if near:
            said = Said(N_("the same amount within 45 days as {others}"), {"others": ", ".join(near)})
            yield Suspicion(billing.key, "suspected", near, said)
        yield from self._accounts(billing, billing.supplier)

    def _same_number(self, billing: Billing) -> tuple[str, ...]:
        found = self._numbers.get((billing.supplier or "", normalised(billing.number)), ())
        return tuple(key for key in found if key != billing.key)

    def _same_amount(self, billing: Billing, twice: tuple[str, ...]) -> tuple[str, ...]:
        found = self._amounts.get((billing.supplier or "", billing.gross), ())
        return tuple(
            other.key
            for other in found
            if other.key != billing.key
            and other.key not in twice
            and billing.issued is not None
            and other.issued is not None
            and abs(billing.issued - other.issued) <= NEAR
        )

    def _accounts(self, billing: Billing, supplier: str) -> Iterator[Suspicion]:
        for iban in dict.fromkeys(plain_iban(iban) for iban in billing.ibans):
            others = tuple(sorted(self._holders.get(iban, set()) - {supplier}))
            if others:
                said = Said(N_("{iban} is an account of {others} too"), {"iban": iban, "others": ", ".join(others)})
                yield Suspicion(billing.key, "shared_iban", others, said)
            if iban not in self._known.get(supplier, ()):
                said = Said(
                    N_("{iban} is not an account on the record of {supplier}"), {"iban": iban, "supplier": supplier}
                )
                yield Suspicion(billing.key, "strange_iban", (supplier,), said)
