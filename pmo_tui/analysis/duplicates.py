"""Invoices that may have come twice, and accounts that are not the supplier's."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from msgspec import Struct

from pmo_tui.analysis.supplier_money import NOT_COUNTED
from pmo_tui.records.errors import Said
from pmo_tui.records.marks import N_

Kind = Literal["duplicate", "suspected", "shared_iban", "strange_iban"]
NEAR = timedelta(days=45)
"""So near each other two invoices of the same amount from the same supplier are suspected to be one."""

_SEPARATORS = re.compile(r"[^\w]|_")
_ZEROS = re.compile(r"(?<!\d)0+(?=\d)")


class Billing(Struct, frozen=True):
    """What is compared of an invoice."""

    key: str
    number: str
    supplier: str | None
    gross: Decimal
    issued: date | None
    ibans: tuple[str, ...]
    status: str = "registered"


class Suspicion(Struct, frozen=True):
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


class _Entry(Struct, frozen=True):
    """A billing with its number and accounts in the form in which they are compared."""

    billing: Billing
    number: str
    ibans: tuple[str, ...]


def _entry(billing: Billing) -> _Entry:
    ibans = dict.fromkeys(plain_iban(iban) for iban in billing.ibans)
    return _Entry(billing, normalised(billing.number), tuple(ibans))


class Ledger:
    """All invoices by what tells them apart. Returned and cancelled ones may come again and are left out."""

    def __init__(self, billings: Iterable[Billing], suppliers: Mapping[str, Iterable[str]]) -> None:
        """`suppliers` are the accounts on each supplier's record."""
        self._known = {key: {plain_iban(iban) for iban in ibans} for key, ibans in suppliers.items()}
        self._entries: dict[str, _Entry] = {}
        self._numbers: dict[tuple[str, str], list[str]] = defaultdict(list)
        self._amounts: dict[tuple[str, Decimal], list[str]] = defaultdict(list)
        self._holders: dict[str, Counter[str]] = defaultdict(Counter)
        for supplier, ibans in self._known.items():
            for iban in ibans:
                self._holders[iban][supplier] += 1
        for billing in billings:
            self.put(billing.key, billing)

    def put(self, key: str, billing: Billing | None) -> None:
        """Take in how an invoice is now; None where it is gone."""
        old = self._entries.pop(key, None)
        if old is not None:
            supplier = old.billing.supplier or ""
            self._numbers[supplier, old.number].remove(key)
            self._amounts[supplier, old.billing.gross].remove(key)
            for iban in old.ibans:
                self._holders[iban][supplier] -= 1
        if billing is None or billing.supplier is None or billing.status in NOT_COUNTED:
            return
        entry = self._entries[key] = _entry(billing)
        self._numbers[billing.supplier, entry.number].append(key)
        self._amounts[billing.supplier, billing.gross].append(key)
        for iban in entry.ibans:
            self._holders[iban][billing.supplier] += 1

    def suspicions(self, billing: Billing) -> Iterator[Suspicion]:
        """What is noticed about an invoice, which may be one in the making."""
        if billing.supplier is not None and billing.status not in NOT_COUNTED:
            yield from self._noticed(_entry(billing), billing.supplier)

    def noticed(self, key: str) -> list[Suspicion]:
        """What is noticed about an invoice that was taken in."""
        entry = self._entries.get(key)
        return [] if entry is None else [*self._noticed(entry, entry.billing.supplier or "")]

    def _noticed(self, entry: _Entry, supplier: str) -> Iterator[Suspicion]:
        key = entry.billing.key
        twice = tuple(other for other in self._numbers.get((supplier, entry.number), ()) if other != key)
        if twice:
            said = Said(N_("the same number as {others}"), {"others": ", ".join(twice)})
            yield Suspicion(key, "duplicate", twice, said)
        near = self._same_amount(entry.billing, supplier, twice)
        if near:
            said = Said(N_("the same amount within 45 days as {others}"), {"others": ", ".join(near)})
            yield Suspicion(key, "suspected", near, said)
        for iban in entry.ibans:
            yield from self._account(key, iban, supplier)

    def _same_amount(self, billing: Billing, supplier: str, twice: tuple[str, ...]) -> tuple[str, ...]:
        found = self._amounts.get((supplier, billing.gross), ())
        if billing.issued is None or not billing.gross or not found:
            return ()
        return tuple(
            key
            for key in found
            if key != billing.key
            and key not in twice
            and (other := self._entries[key].billing.issued) is not None
            and abs(billing.issued - other) <= NEAR
        )

    def _account(self, key: str, iban: str, supplier: str) -> Iterator[Suspicion]:
        others = tuple(sorted(other for other, times in self._holders[iban].items() if times and other != supplier))
        if others:
            said = Said(N_("{iban} is an account of {others} too"), {"iban": iban, "others": ", ".join(others)})
            yield Suspicion(key, "shared_iban", others, said)
        if iban not in self._known.get(supplier, ()):
            said = Said(
                N_("{iban} is not an account on the record of {supplier}"), {"iban": iban, "supplier": supplier}
            )
            yield Suspicion(key, "strange_iban", (supplier,), said)
