"""Whether an invoice matches its order: a three-way match per order line, cumulative and net of credit notes.

ordered ≥ received ≥ invoiced, price within tolerance, order open, supplier and currency the same. Services match on what was
accepted. An invoice is held against those registered before it and against every credit note. What is paid is its own sum, so that
this has to be the sum of its lines. With or without an order, a number that its supplier used before has to be accepted too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from msgspec import Struct, field

from pmo_tui.analysis.amounts import HUNDRED, Amount, Price, tidy
from pmo_tui.analysis.supplier_money import (
    NOT_COUNTED,
    LineMoney,
    Ordered,
    billed_lines,
    billed_net,
    billed_quantity,
    money_of,
    named_lines,
)
from pmo_tui.records.errors import Said
from pmo_tui.records.invoices import MATCHES, SUM_TOLERANCE, Invoice, InvoiceLine
from pmo_tui.records.marks import N_
from pmo_tui.records.orders import Order, OrderLine

NO_ORDER, EXCEPTION, MATCHED = MATCHES
SAME_NUMBER = N_("the same number as {others}")
UNDECIDED = ("registered", "disputed")
"""Invoices in these states still need their order to be open; an order may be closed once its invoices are approved."""


class Tolerance(Struct, frozen=True):
    """By how much a billed price may differ from the ordered one: in per cent of the price, and in money per invoice line.

    None is no such limit; where both are given, both must hold.
    """

    percent: Decimal | None = None
    amount: Decimal | None = None

    def stricter(self, other: Tolerance | None) -> Tolerance:
        """Of each limit the lower one."""
        if other is None:
            return self
        return Tolerance(_lower(self.percent, other.percent), _lower(self.amount, other.amount))

    def allows(self, billed: Decimal, expected: Decimal) -> bool:
        """Whether an amount billed for a line may stand for the one expected. Without any limit only the same may."""
        difference = abs(billed - expected)
        if self.percent is None and self.amount is None:
            return not difference
        in_percent = self.percent is None or difference <= abs(expected) * self.percent / HUNDRED
        return in_percent and (self.amount is None or difference <= self.amount)


def _lower(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    return other if one is None else one if other is None else min(one, other)


class Tolerances(Struct, frozen=True):
    """What the organisation allows, what was agreed with the supplier, and by category (an order line's cost type)."""

    organisation: Tolerance = Tolerance(Decimal(2))
    supplier: Tolerance | None = None
    categories: Mapping[str, Tolerance] = field(default_factory=dict)

    def of(self, line: OrderLine) -> Tolerance:
        """The tolerance of an order line: the strictest of the three."""
        return self.organisation.stricter(self.supplier).stricter(self.categories.get(line.cost_type or ""))


class Match(Struct, frozen=True):
    """How an invoice stands against its orders: a `badge` for a column and the `reasons` behind it, marked for translation."""

    badge: str
    reasons: tuple[Said, ...] = ()


def match(invoice: Invoice, orders: Sequence[Ordered], tolerances: Tolerances) -> Match:
    """The match of `invoice` with the orders that it or one of its lines names. One that bills nothing any more (returned,
    cancelled) is looked at as if it did."""
    if not orders:
        return Match(NO_ORDER)
    if invoice.status in NOT_COUNTED:
        invoice = replace(invoice, status=UNDECIDED[0])
    found = [*_sums(invoice), *(reason for ordered in orders for reason in _reasons(invoice, ordered, tolerances))]
    distinct = {reason.words(): reason for reason in found}
    return Match(EXCEPTION if distinct else MATCHED, tuple(distinct.values()))


def with_numbers_used(found: Match, keys: Sequence[str]) -> Match:
    """The match of an invoice whose number others of its supplier have already: an exception too, order or not. One reason each."""
    if not keys:
        return found
    return Match(EXCEPTION, (*found.reasons, *(number_used(key) for key in keys)))


def number_used(key: str) -> Said:
    """The reason of the match that another invoice has the number."""
    return Said(SAME_NUMBER, {"others": key})


def _sums(invoice: Invoice) -> Iterator[Said]:
    """Where the invoice's own sums, by which it is paid, are not those of its lines, by which it is held against orders. A gross
    amount of 0 is one that nobody gave."""

    def differ(template: str, **amounts: Decimal) -> Iterator[Said]:
        one, other = amounts.values()
        if abs(one - other) >= SUM_TOLERANCE:
            yield Said(template, {name: Amount(amount, invoice.currency) for name, amount in amounts.items()})

    if not invoice.lines:
        yield Said(N_("no line says what is billed"), {})
    else:
        yield from differ(N_("lines {lines}, net {net}"), lines=billed_net(invoice), net=invoice.net)
    if invoice.gross:
        yield from differ(N_("net and VAT {sum}, gross {gross}"), sum=invoice.net + invoice.vat, gross=invoice.gross)
        due = invoice.gross - invoice.prepaid + invoice.rounding
        yield from differ(N_("to be paid {sum} by gross, payable {payable}"), sum=due, payable=invoice.payable)


def _reasons(invoice: Invoice, ordered: Ordered, tolerances: Tolerances) -> Iterator[Said]:
    order = ordered.order
    if invoice.supplier != order.supplier:
        yield Said(N_("another supplier than on {order}"), {"order": order.key})
    if invoice.currency != order.currency:
        yield Said(
            N_("billed in {billed}, ordered in {ordered}"), {"billed": invoice.currency, "ordered": order.currency}
        )
    if order.status != "open" and invoice.status in UNDECIDED:
        yield Said(ORDER_STATES[order.status], {"order": order.key})
    lines = named_lines(order)
    money = {line.line: line for line in money_of(order, ordered.receipts, _until(invoice, ordered.invoices))}
    for name, billed in _by_line(order, invoice).items():
        line = lines.get(name)
        if line is None:
            yield (
                Said(N_("no order line is named"), {})
                if not name
                else Said(N_("{order} has no line {line}"), {"order": order.key, "line": name})
            )
            continue
        yield from _quantities(money[name])
        for each in billed:
            yield from _terms(invoice, each, line, tolerances.of(line))


ORDER_STATES = {
    "draft": N_("{order} is a draft"),
    "closed": N_("{order} is closed"),
    "cancelled": N_("{order} is cancelled"),
}


def _by_line(order: Order, invoice: Invoice) -> dict[str, list[InvoiceLine]]:
    found: dict[str, list[InvoiceLine]] = {}
    for _, line, name in billed_lines(order, [invoice]):
        found.setdefault(name, []).append(line)
    return found


def _until(invoice: Invoice, others: Iterable[Invoice]) -> list[Invoice]:
    """The invoice with those registered before it, and the credit notes: what is billed so far when it is looked at."""
    place = place_of(invoice.key)
    kept = [
        other
        for other in others
        if other.key != invoice.key and (place_of(other.key) < place or other.type == "credit")
    ]
    return [*kept, invoice]


def place_of(key: str) -> float:
    """Invoices stand in the order of their keys; one in the making is last."""
    number = key.rpartition("-")[2]
    return int(number) if number.isdecimal() else float("inf")


def _quantities(line: LineMoney) -> Iterator[Said]:
    billed = tidy(line.invoiced)
    if line.invoiced > line.ordered:
        yield Said(N_("{billed} billed, {ordered} ordered"), {"billed": billed, "ordered": tidy(line.ordered)})
    elif line.invoiced > line.received:
        yield Said(N_("{billed} billed, {received} received"), {"billed": billed, "received": tidy(line.received)})


def _terms(invoice: Invoice, line: InvoiceLine, ordered: OrderLine, tolerance: Tolerance) -> Iterator[Said]:
    if line.unit and ordered.unit and line.unit.casefold() != ordered.unit.casefold():
        yield Said(N_("billed per {billed}, ordered per {ordered}"), {"billed": line.unit, "ordered": ordered.unit})
        return
    quantity = billed_quantity(invoice, line, ordered.price)
    if quantity and not tolerance.allows(line.net, quantity * ordered.price):
        prices = {"billed": line.net / quantity, "ordered": ordered.price}
        yield Said(
            N_("price {billed}, ordered at {ordered}"),
            {name: Price(tidy(round(price, 4))) for name, price in prices.items()},
        )
