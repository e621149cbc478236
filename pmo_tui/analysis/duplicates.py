"""Invoices that may have come twice, and accounts that are not the supplier's."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from msgspec import Struct

from pmo_tui.analysis.invoice_match import SAME_NUMBER, UNDECIDED, place_of
from pmo_tui.analysis.supplier_money import NOT_COUNTED
from pmo_tui.records.errors import Said
from pmo_tui.records.marks import N_

Kind = Literal["duplicate", "suspected", "shared_iban", "strange_iban"]
NEAR = timedelta(days=45)
"""So near each other two invoices of the same amount from the same supplier are suspected to be one."""

_SEPARATORS = re.compile(r"[^\w]|_")
_ZEROS = re.compile(r"(?<!\d)0+(?=\d)")
_GROUPS = re.compile(r"\d+|[^\W\d_]+")
CREDIT, CORRECTIVE, CREDITED = "credit", "corrective", "credited"


class Billing(Struct, frozen=True):
    """What is compared of an invoice. One that was paid and then credited has the status `credited` here."""

    key: str
    number: str
    supplier: str | None
    gross: Decimal
    issued: date | None
    ibans: tuple[str, ...]
    status: str = "registered"
    type: str = "invoice"
    original: str | None = None


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


def forms(number: str) -> frozenset[str]:
    """A number as it is compared: written together, and with its groups of figures apart. Two numbers that share a form are one.

    Written together `2026-57` is `202657`; with the groups apart zeros lead each of them, so that it is `2026/00057` too.
    """
    apart, before = "", ""
    for group in _GROUPS.findall(number.casefold()):
        figures = group.isdecimal()
        apart += ("-" if figures and before.isdecimal() else "") + (_ZEROS.sub("", group) if figures else group)
        before = group
    return frozenset((normalised(number), apart))


def same_number(one: str, other: str) -> bool:
    """Whether two numbers differ in nothing but case, blanks, separators and leading zeros."""
    return not forms(one).isdisjoint(forms(other))


def plain_iban(iban: str) -> str:
    """An account without blanks, in capitals."""
    return re.sub(r"[\W_]", "", iban).upper()


class _Entry(Struct, frozen=True):
    """A billing with its number and accounts in the form in which they are compared."""

    billing: Billing
    numbers: frozenset[str]
    ibans: tuple[str, ...]


def _entry(billing: Billing) -> _Entry:
    ibans = dict.fromkeys(plain_iban(iban) for iban in billing.ibans)
    return _Entry(billing, forms(billing.number), tuple(ibans))


def _apart(one: Billing, other: Billing) -> bool:
    """Whether two invoices of one number are no duplicates: a credit note beside an invoice, one that was credited, and a correction
    of the other."""
    if (one.type == CREDIT) != (other.type == CREDIT) or CREDITED in (one.status, other.status):
        return True
    return any(
        later.type == CORRECTIVE and later.original and same_number(later.original, earlier.number)
        for later, earlier in ((one, other), (other, one))
    )


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
            for form in old.numbers:
                self._numbers[supplier, form].remove(key)
            self._amounts[supplier, old.billing.gross].remove(key)
            for iban in old.ibans:
                self._holders[iban][supplier] -= 1
        if billing is None or billing.supplier is None or billing.status in NOT_COUNTED:
            return
        entry = self._entries[key] = _entry(billing)
        for form in entry.numbers:
            self._numbers[billing.supplier, form].append(key)
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

    def used_by(self, billing: Billing) -> tuple[str, ...]:
        """Whose number an invoice, which may be one in the making, has: what somebody has to accept before it is approved.

        Those that were registered before it; as long as nothing is decided about it also those that were approved before it.
        """
        if billing.supplier is None or billing.status in NOT_COUNTED:
            return ()
        return tuple(
            key
            for key in self._twice(_entry(billing), billing.supplier)
            if place_of(key) < place_of(billing.key)
            or (billing.status in UNDECIDED and self._entries[key].billing.status not in UNDECIDED)
        )

    def number_used_by(self, key: str) -> tuple[str, ...]:
        """Whose number an invoice has that was taken in."""
        entry = self._entries.get(key)
        return () if entry is None else self.used_by(entry.billing)

    def _twice(self, entry: _Entry, supplier: str) -> tuple[str, ...]:
        """The invoices of a supplier that have the number of one."""
        found = dict.fromkeys(key for form in entry.numbers for key in self._numbers.get((supplier, form), ()))
        return tuple(
            key
            for key in sorted(found, key=place_of)
            if key != entry.billing.key and not _apart(entry.billing, self._entries[key].billing)
        )

    def _noticed(self, entry: _Entry, supplier: str) -> Iterator[Suspicion]:
        key = entry.billing.key
        twice = self._twice(entry, supplier)
        if twice:
            said = Said(SAME_NUMBER, {"others": ", ".join(twice)})
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
