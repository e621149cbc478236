"""How old what is owed is: open amounts by days past due, as of any day, disputed ones apart."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal

from msgspec import Struct

from pmo_tui.analysis.amounts import NOTHING
from pmo_tui.analysis.figure import Figure, Source, total, undefined
from pmo_tui.analysis.supplier_money import open_amount
from pmo_tui.records.invoices import BUCKETS, Invoice
from pmo_tui.records.marks import N_

DISPUTED = BUCKETS[-1]
UPPER = ((0, BUCKETS[0]), (30, BUCKETS[1]), (60, BUCKETS[2]), (90, BUCKETS[3]))
PAYMENT_DAYS = 30
"""The term where neither invoice nor supplier says one: the longest that a large buyer may ask of a small supplier."""


class Aged(Struct, frozen=True):
    """An invoice that is not paid in full: what is open, since when it is due, how many days past that (negative before)."""

    invoice: Invoice
    open: Decimal
    due: date | None
    days_late: int
    bucket: str


def due_date(invoice: Invoice, payment_days: int | None = None) -> date | None:
    """When an invoice is to be paid: as it says, or so many days after it came in; None where none of its days is known."""
    if invoice.due_date is not None:
        return invoice.due_date
    came = invoice.received_on or invoice.issue_date
    return None if came is None else came + timedelta(days=PAYMENT_DAYS if payment_days is None else payment_days)


def bucket(days_late: int) -> str:
    """The bucket of an amount so many days past due."""
    return next((name for upper, name in UPPER if days_late <= upper), BUCKETS[4])


def aged(invoice: Invoice, as_of: date, payment_days: int | None = None) -> Aged | None:
    """How an invoice stands at the end of a day; None where nothing is open. Without any day it counts as current."""
    amount = open_amount(invoice, as_of)
    if not amount:
        return None
    due = due_date(invoice, payment_days)
    days = (as_of - due).days if due is not None else 0
    return Aged(invoice, amount, due, days, DISPUTED if invoice.status == DISPUTED else bucket(days))


def totals(found: Iterable[Aged], by: Callable[[Aged], str]) -> dict[str, dict[str, Decimal]]:
    """Open amounts by bucket for each group that `by` tells, such as supplier and currency. Every bucket is there."""
    sums: dict[str, dict[str, Decimal]] = {}
    for each in found:
        row = sums.setdefault(by(each), dict.fromkeys(BUCKETS, NOTHING))
        row[each.bucket] += each.open
    return sums


def owed_trace(found: Iterable[Aged]) -> Figure:
    """What is owed, bucket by bucket, down to the invoices; undefined where that is in several currencies."""
    name, known = N_("Open"), list(found)
    sums = totals(known, lambda each: each.invoice.currency)
    parts = tuple(
        Figure(
            bucket,
            amount,
            currency,
            N_("sum of the open invoices of that age"),
            tuple(_sources(known, currency, bucket)),
        )
        for currency, row in sorted(sums.items())
        for bucket, amount in row.items()
        if amount
    )
    if len(sums) > 1:
        return undefined(name, N_("it is in several currencies"), "", parts)
    return total(name, parts, next(iter(sums), ""), N_("sum over the ages"))


def _sources(found: Iterable[Aged], currency: str, bucket: str) -> Iterator[Source]:
    for each in found:
        if each.bucket == bucket and each.invoice.currency == currency:
            yield Source(each.invoice.key, "open", each.open)
