"""What an order cost, what is prepaid on it and what is still committed.

Quantities per order line: qo ordered, qr received, qi invoiced, cumulative and net of credit notes.
cost = min(qr, qi)·p_invoice + max(0, qr − qi)·p_order, of which the second is the accrual; prepaid = max(0, qi − qr)·p_invoice;
open commitment = 0 when closed, else max(0, qo − max(qr, qi))·p_order; order left = max(0, qo − qi)·p_order, not yet invoiced.
p_invoice is what was billed in all divided by qi, so that cost + prepaid is always what was billed and the accrual. Hours of
people who send invoices are an order's quantities too: approved hours are what is received.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from msgspec import Struct

from pmo_tui.analysis.amounts import NOTHING, to_cents
from pmo_tui.records.invoices import Invoice, InvoiceLine
from pmo_tui.records.orders import Order, OrderLine, Receipt
from pmo_tui.records.registers import looks_like_key

NOT_COUNTED = frozenset({"returned", "cancelled"})
"""Invoices in these states bill nothing."""
NOT_COMMITTED = frozenset({"draft", "closed", "cancelled"})
"""Orders in these states promise nothing more."""


class Ordered(Struct, frozen=True):
    """An order with what came in on it and the invoices that bill it."""

    order: Order
    receipts: tuple[Receipt, ...] = ()
    invoices: tuple[Invoice, ...] = ()


class LineMoney(Struct, frozen=True):
    """One order line: quantities, amounts in the order's currency without VAT, and the project they fall on.

    `billed` is what invoices ask for it in all; `cost` holds the `accrual`.
    """

    line: str
    project: str | None
    ordered: Decimal
    received: Decimal
    invoiced: Decimal
    billed: Decimal
    value: Decimal
    cost: Decimal
    accrual: Decimal
    prepaid: Decimal
    open_commitment: Decimal
    order_left: Decimal


def line_name(order: Order, index: int) -> str:
    """How receipts and invoices name a line: its own number, or its place in the order counted from 1."""
    return order.lines[index].line or str(index + 1)


def named_lines(order: Order) -> dict[str, OrderLine]:
    """The lines of an order by name."""
    return {line_name(order, index): line for index, line in enumerate(order.lines)}


def key_in(order_line: str) -> str:
    """The order in `PO-7/3`, as a line of an invoice names it; "" where it names only the line."""
    key, _, _ = order_line.rpartition("/")
    return key if looks_like_key(key) else ""


def bills(invoice: Invoice, line: InvoiceLine) -> tuple[str, str]:
    """The order that an invoice line bills, "" for none, and the name it gives the order's line."""
    named = line.order_line or ""
    key = key_in(named)
    return (key, named[len(key) + 1 :]) if key else (invoice.order or "", named)


def orders_of(invoice: Invoice) -> list[str]:
    """The orders that an invoice or its lines name, its own first."""
    found = [invoice.order] if invoice.order else []
    return list(dict.fromkeys([*found, *(key for line in invoice.lines if (key := key_in(line.order_line or "")))]))


def billed_lines(order: Order, invoices: Iterable[Invoice]) -> Iterator[tuple[Invoice, InvoiceLine, str]]:
    """Invoice lines that bill this order, each with the name of the order line. A one-line order takes lines that name none."""
    only = line_name(order, 0) if len(order.lines) == 1 else ""
    for invoice in invoices:
        if invoice.status in NOT_COUNTED:
            continue
        for line in invoice.lines:
            key, name = bills(invoice, line)
            if key == order.key:
                yield invoice, line, name or only


def billed_quantity(invoice: Invoice, line: InvoiceLine, price: Decimal | None) -> Decimal:
    """How much a line bills: its quantity, negative on a credit note; without one what its amount is at the ordered price."""
    if line.quantity is None:
        return line.net / price if price else NOTHING
    wrong_sign = invoice.type == "credit" and line.net < 0 < line.quantity
    return -line.quantity if wrong_sign else line.quantity


def billed_rows(invoice: Invoice) -> list[InvoiceLine]:
    """The lines of an invoice, and each allowance (negative) and charge on the whole as one more."""
    extra = [
        InvoiceLine(
            net=each.amount if each.charge else -each.amount, vat_category=each.vat_category, vat_rate=each.vat_rate
        )
        for each in invoice.allowances
    ]
    return [*invoice.lines, *extra]


def billed_net(invoice: Invoice) -> Decimal:
    """What its lines, allowances and charges make, without VAT (EN 16931, BR-CO-13)."""
    return sum((line.net for line in billed_rows(invoice)), NOTHING)


def received_by(order: Order, receipts: Iterable[Receipt]) -> dict[str, Decimal]:
    """Quantities received or accepted, by order line."""
    found: dict[str, Decimal] = {}
    for receipt in receipts:
        if receipt.order == order.key:
            for taken in receipt.lines:
                found[taken.order_line] = found.get(taken.order_line, NOTHING) + taken.quantity
    return found


def money_of(order: Order, receipts: Iterable[Receipt], invoices: Iterable[Invoice]) -> list[LineMoney]:
    """The figures of every line of `order`."""
    received = received_by(order, receipts)
    lines = named_lines(order)
    billed: dict[str, tuple[Decimal, Decimal]] = {}
    for invoice, line, name in billed_lines(order, invoices):
        ordered = lines.get(name)
        so_far = billed.get(name, (NOTHING, NOTHING))
        quantity = billed_quantity(invoice, line, ordered.price if ordered else None)
        billed[name] = (so_far[0] + quantity, so_far[1] + line.net)
    return [
        _line_money(order, line, name, received.get(name, NOTHING), billed.get(name, (NOTHING, NOTHING)))
        for name, line in lines.items()
    ]


def _line_money(
    order: Order, line: OrderLine, name: str, received: Decimal, billed: tuple[Decimal, Decimal]
) -> LineMoney:
    ordered, price = line.quantity, line.price
    invoiced, net = billed
    accrual = max(NOTHING, received - invoiced) * price
    used = part_used(net, received, invoiced)
    promised = not (line.closed or order.status in NOT_COMMITTED)
    return LineMoney(
        line=name,
        project=line.project or order.project,
        ordered=ordered,
        received=received,
        invoiced=invoiced,
        billed=net,
        value=ordered * price,
        cost=used + accrual,
        accrual=accrual,
        prepaid=net - used,
        open_commitment=max(NOTHING, ordered - max(received, invoiced)) * price if promised else NOTHING,
        order_left=max(NOTHING, ordered - invoiced) * price if promised else NOTHING,
    )


def part_used(net: Decimal, received: Decimal, invoiced: Decimal) -> Decimal:
    """Of an amount billed, min(qr, qi)·p_invoice: what was received for it. The rest is prepaid."""
    if received >= invoiced or not invoiced:
        return net
    return to_cents(net * received / invoiced)


def open_amount(invoice: Invoice, as_of: date | None = None) -> Decimal:
    """What is still to pay: payable less paid; nothing for one that is returned, cancelled or paid.

    With a day: what was still to pay at its end, so that an invoice paid since is open and one that came since is not there.
    """
    if invoice.status in NOT_COUNTED:
        return NOTHING
    if as_of is not None:
        came = invoice.received_on or invoice.issue_date
        if came is not None and came > as_of:
            return NOTHING
        if invoice.paid_on is not None and invoice.paid_on > as_of:
            return invoice.payable
    return NOTHING if invoice.status == "paid" else invoice.payable - invoice.paid
