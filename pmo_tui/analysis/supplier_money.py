"""What an order cost, what is prepaid, what is still committed, and whether an invoice matches it.

Quantities per order line: qo ordered, qr received, qi invoiced, cumulative and net of credit notes.
cost = min(qr, qi)·p_invoice + max(0, qr − qi)·p_order, of which the second is the accrual; prepaid = max(0, qi − qr)·p_invoice;
open commitment = 0 when closed, else max(0, qo − max(qr, qi))·p_order; order left = max(0, qo − qi)·p_order, not yet invoiced.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from pmo_tui.records.invoices import Invoice, InvoiceLine
from pmo_tui.records.orders import Order, OrderLine, Receipt

NOTHING = Decimal(0)
NOT_COUNTED = frozenset({"returned", "cancelled"})
"""Invoices in these states bill nothing."""


@dataclass(frozen=True, slots=True)
class LineMoney:
    """One order line: quantities, amounts in the order's currency without VAT, and the project they fall on."""

    line: str
    project: str | None
    ordered: Decimal
    received: Decimal
    invoiced: Decimal
    value: Decimal
    cost: Decimal
    accrual: Decimal
    prepaid: Decimal
    open_commitment: Decimal
    order_left: Decimal


def line_name(order: Order, index: int) -> str:
    """How receipts and invoices name a line: its own number, or its place in the order counted from 1."""
    return order.lines[index].line or str(index + 1)


def billed_lines(order: Order, invoices: Iterable[Invoice]) -> Iterator[tuple[Invoice, InvoiceLine, str]]:
    """Invoice lines that bill this order, each with the name of the order line. A one-line order takes lines that name none."""
    only = line_name(order, 0) if len(order.lines) == 1 else ""
    for invoice in invoices:
        if invoice.status in NOT_COUNTED:
            continue
        for line in invoice.lines:
            named = line.order_line or ""
            key, slash, number = named.rpartition("/")
            if (key or invoice.order) == order.key:
                yield invoice, line, (number if slash else named) or only


def money_of(order: Order, receipts: Iterable[Receipt], invoices: Iterable[Invoice]) -> list[LineMoney]:
    """The figures of every line of `order`."""
    received: dict[str, Decimal] = {}
    for receipt in receipts:
        if receipt.order == order.key:
            for taken in receipt.lines:
                received[taken.order_line] = received.get(taken.order_line, NOTHING) + taken.quantity
    billed: dict[str, tuple[Decimal, Decimal]] = {}
    prices = {line_name(order, index): line.price for index, line in enumerate(order.lines)}
    for _, line, name in billed_lines(order, invoices):
        price = prices.get(name)
        quantity = line.quantity if line.quantity is not None else (line.net / price if price else NOTHING)
        so_far = billed.get(name, (NOTHING, NOTHING))
        billed[name] = (so_far[0] + quantity, so_far[1] + line.net)
    return [
        _line_money(order, line, name, received.get(name, NOTHING), billed.get(name, (NOTHING, NOTHING)))
        for index, line in enumerate(order.lines)
        for name in [line_name(order, index)]
    ]


def _line_money(
    order: Order, line: OrderLine, name: str, received: Decimal, billed: tuple[Decimal, Decimal]
) -> LineMoney:
    ordered, price = line.quantity, line.price
    invoiced, net = billed
    paid_price = net / invoiced if invoiced else price
    accrual = max(NOTHING, received - invoiced) * price
    closed = line.closed or order.status in ("closed", "cancelled")
    return LineMoney(
        line=name,
        project=line.project or order.project,
        ordered=ordered,
        received=received,
        invoiced=invoiced,
        value=ordered * price,
        cost=min(received, invoiced) * paid_price + accrual,
        accrual=accrual,
        prepaid=max(NOTHING, invoiced - received) * paid_price,
        open_commitment=NOTHING if closed else max(NOTHING, ordered - max(received, invoiced)) * price,
        order_left=NOTHING if closed else max(NOTHING, ordered - invoiced) * price,
    )


@dataclass(frozen=True, slots=True)
class Match:
    """How an invoice stands against its order: a `badge` for a column and the `reasons` behind it."""

    badge: str
    reasons: tuple[str, ...] = ()


def match(
    invoice: Invoice, order: Order | None, receipts: Iterable[Receipt], invoices: Iterable[Invoice], tolerance: Decimal
) -> Match:
    """Three-way match per order line, cumulative and net of credit notes; `tolerance` on the price is in per cent.

    ordered ≥ received ≥ invoiced, price within tolerance, order open, supplier and currency the same.
    """
    if order is None:
        return Match("no order")
    reasons: list[str] = []
    if invoice.supplier != order.supplier:
        reasons.append("another supplier than on the order")
    if invoice.currency != order.currency:
        reasons.append(f"billed in {invoice.currency}, ordered in {order.currency}")
    if order.status != "open":
        reasons.append(f"the order is {order.status}")
    named = {name for _, _, name in billed_lines(order, [invoice])}
    figures = {line.line: line for line in money_of(order, receipts, invoices)}
    for name in sorted(named):
        line = figures.get(name)
        if line is None:
            reasons.append(f"no line {name} on the order" if name else "no order line named")
        elif line.invoiced > line.ordered:
            reasons.append(f"{_plain(line.invoiced)} billed, {_plain(line.ordered)} ordered")
        elif line.invoiced > line.received:
            reasons.append(f"{_plain(line.invoiced)} billed, {_plain(line.received)} received")
    reasons += list(_prices(invoice, order, tolerance))
    return Match("exception" if reasons else "matched", tuple(dict.fromkeys(reasons)))


def _prices(invoice: Invoice, order: Order, tolerance: Decimal) -> Iterator[str]:
    prices = {line_name(order, index): line.price for index, line in enumerate(order.lines)}
    for _, line, name in billed_lines(order, [invoice]):
        agreed = prices.get(name)
        if agreed and line.quantity:
            billed = line.net / line.quantity
            if abs(billed - agreed) > abs(agreed) * tolerance / 100:
                yield f"price {_plain(billed)}, ordered at {_plain(agreed)}"


def _plain(amount: Decimal) -> str:
    text = f"{amount:.2f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def open_amount(invoice: Invoice) -> Decimal:
    """What is still to pay: payable less paid; nothing for one that is returned, cancelled or paid."""
    if invoice.status in NOT_COUNTED or invoice.status == "paid":
        return NOTHING
    return invoice.payable - invoice.paid
