"""Orders, receipts and invoices in few words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from pmo_tui.analysis.supplier_money import Ordered
from pmo_tui.records.invoices import Invoice, InvoiceLine
from pmo_tui.records.orders import Order, OrderLine, Receipt, ReceiptLine

DAY = date(2026, 3, 2)


def order(*lines: OrderLine, key: str = "PO-1", **more: Any) -> Order:
    """An order with the supplier SUP-1."""
    return Order(**{"key": key, "title": "Works", "supplier": "SUP-1", "lines": list(lines), **more})


def ordered_line(quantity: object = 10, price: object = 1000, **more: Any) -> OrderLine:
    """A line of so many at a price."""
    return OrderLine(quantity=Decimal(str(quantity)), price=Decimal(str(price)), **more)


def receipt(quantity: object, line: str = "1", order: str = "PO-1", key: str = "REC-1") -> Receipt:
    """So many of a line came in."""
    lines = [ReceiptLine(order_line=line, quantity=Decimal(str(quantity)))]
    return Receipt(key=key, order=order, received_on=DAY, lines=lines)


def billed_line(net: object, quantity: object = None, line: str | None = "1", **more: Any) -> InvoiceLine:
    """A line of an invoice."""
    amount = None if quantity is None else Decimal(str(quantity))
    return InvoiceLine(net=Decimal(str(net)), quantity=amount, order_line=line, **more)


def invoice(*lines: InvoiceLine, key: str = "INV-1", order: str | None = "PO-1", **more: Any) -> Invoice:
    """An invoice of SUP-1; its amounts are those of its lines, without VAT unless it is given."""
    net = sum((line.net for line in lines), Decimal(0))
    vat = more.pop("vat", Decimal(0))
    amounts = {"net": net, "vat": vat, "gross": net + vat, "payable": net + vat}
    base = {"key": key, "number": key, "supplier": "SUP-1", "order": order, "issue_date": DAY, "lines": list(lines)}
    return Invoice(**{**base, **amounts, **more})


def ordered(order: Order, received: Sequence[Receipt] = (), billed: Sequence[Invoice] = ()) -> Ordered:
    """An order with what belongs to it."""
    return Ordered(order, tuple(received), tuple(billed))


def of(thing: object, names: str) -> Any:
    """Several attributes at once, to be compared with what was worked out by hand."""
    return tuple(getattr(thing, name) for name in names.split())
