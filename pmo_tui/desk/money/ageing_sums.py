"""What is owed by age over a part of the work, in one currency: the line over the list of invoices."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from pmo_tui.analysis.amounts import NOTHING, Rates
from pmo_tui.analysis.figure import Figure, Source
from pmo_tui.desk.raid.risk_log import HOME, node_of
from pmo_tui.records.errors import Said
from pmo_tui.records.invoices import BUCKETS
from pmo_tui.records.marks import N_

if TYPE_CHECKING:
    from pmo_tui.desk.desk import Desk

FIELDS = ("key", "number", "bucket", "open", "currency", "days_late")


@dataclass(frozen=True, slots=True)
class OpenInvoice:
    """One open invoice: its amount as billed and in the currency of the sums, None where no rate leads there."""

    key: str
    number: str
    bucket: str
    amount: Decimal
    currency: str
    converted: Decimal | None
    days_late: int


@dataclass(frozen=True, slots=True)
class AgeingSums:
    """Open amounts by bucket. Those in a currency without a rate are left out, and `left_out` names them."""

    currency: str
    invoices: tuple[OpenInvoice, ...]

    @property
    def left_out(self) -> tuple[str, ...]:
        """The keys of invoices that are in no sum."""
        return tuple(each.key for each in self.invoices if each.converted is None)

    def of(self, bucket: str) -> tuple[Decimal, int]:
        """The sum of a bucket, and how many invoices are in it."""
        found = [each for each in self.invoices if each.bucket == bucket]
        return sum((each.converted or NOTHING for each in found), NOTHING), len(found)

    @property
    def due_today(self) -> int:
        """How many are due today."""
        return sum(1 for each in self.invoices if not each.days_late and each.bucket == BUCKETS[0])

    def figure(self, bucket: str) -> Figure:
        """The sum of a bucket with the invoices that it is made of, the largest first."""
        found = sorted((each for each in self.invoices if each.bucket == bucket), key=lambda each: -abs(each.converted or NOTHING))  # fmt: skip
        parts = tuple(self._part(each) for each in found)
        formula = N_("sum of what is open on each invoice of that age")
        return Figure(bucket, self.of(bucket)[0], self.currency, formula, parts)

    def _part(self, each: OpenInvoice) -> Figure | Source:
        source = Source(each.key, "open", each.amount, each.number)
        if each.converted is None:
            said = Said(N_("there is no exchange rate from {currency}"), {"currency": each.currency})
            return Figure(each.key, None, self.currency, "", (source,), said)
        if each.currency == self.currency:
            return source
        return Figure(each.key, each.converted, self.currency, N_("at the rate of exchange"), (source,))


def ageing_sums(desk: Desk, scope: str = "", only: Iterable[str] | None = None) -> AgeingSums:
    """The open invoices of a part of the work by age, in the currency of that node, or the one that most of them are in.

    `only` are the keys of those that count; None for all of them.
    """
    view = desk.view("ageing", scope)
    rows = [view.values(i, FIELDS) for i in range(len(view))]
    if only is not None:
        kept = set(only)
        rows = [row for row in rows if row["key"] in kept]
    currency = _currency(desk, scope, Counter(row["currency"] for row in rows))
    rates = desk.money.rates()
    return AgeingSums(currency, tuple(_open(row, currency, rates) for row in rows))


def _open(row: dict[str, object], currency: str, rates: Rates) -> OpenInvoice:
    amount, own = row["open"], str(row["currency"])
    assert isinstance(amount, Decimal)
    late = row["days_late"]
    return OpenInvoice(
        str(row["key"]), str(row["number"]), str(row["bucket"]), amount, own, rates.convert(amount, own, currency),
        late if isinstance(late, int) else 0,
    )  # fmt: skip


def _currency(desk: Desk, scope: str, found: Counter[str]) -> str:
    node = desk.store.get(node_of(desk, scope)) or {}
    return str(node.get("currency") or (found.most_common(1)[0][0] if found else HOME))
