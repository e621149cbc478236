"""What an invoice in the making takes from what is known: the supplier, its open orders, its last invoice."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from pmo_tui.analysis.ageing import PAYMENT_DAYS
from pmo_tui.analysis.supplier_money import LineMoney
from pmo_tui.desk.money.line_words import Vat
from pmo_tui.records.errors import NotFound, WrongUse
from pmo_tui.records.invoices import Invoice
from pmo_tui.records.orders import Order
from pmo_tui.records.suppliers import Supplier

if TYPE_CHECKING:
    from datetime import date

    from pmo_tui.desk.desk import Desk


@dataclass(frozen=True, slots=True)
class OpenOrder:
    """An order that can still be billed, with the figures of its lines."""

    order: Order
    lines: tuple[LineMoney, ...]

    @property
    def words(self) -> str:
        """Key, number and title: by what it is found. Raw text."""
        return " ".join(part for part in (self.order.key, self.order.number, self.order.title) if part)

    @property
    def left(self) -> Decimal:
        """What is not yet invoiced."""
        return sum((line.order_left for line in self.lines), Decimal(0))

    @property
    def waiting(self) -> Decimal:
        """What came in and was not billed."""
        return sum((line.accrual for line in self.lines), Decimal(0))


def supplier_meant(desk: Desk, text: str) -> str | None:
    """The key of the supplier that a text names (key, name, registration, VAT number, IBAN, creditor number) or is about to; None for none."""
    text = text.strip()
    if not text:
        return None
    try:
        return desk.find(text, ("suppliers",))
    except (NotFound, WrongUse):
        found = desk.complete(("suppliers",), text, 1)
        return found[0][0] if found else None


def open_orders(desk: Desk, supplier: str) -> list[OpenOrder]:
    """The supplier's open orders of which something is left, the one with most to be billed for first, then the newest."""
    numbers = desk.store.shelf("orders").where("supplier", supplier)
    orders = desk.money.some("orders", numbers, Order)
    found = [OpenOrder(order, tuple(desk.money.lines(order))) for order in orders if order.status == "open"]
    found = [each for each in found if each.left]
    return sorted(found, key=lambda each: (each.waiting, _newest(each.order)), reverse=True)


def _newest(order: Order) -> tuple[str, int]:
    return (order.ordered_on.isoformat() if order.ordered_on else "", int(order.key.rpartition("-")[2]))


def last_invoice(desk: Desk, supplier: str) -> Invoice | None:
    """The invoice of a supplier that was registered last, credit notes left aside."""
    numbers = sorted(desk.store.shelf("invoices").where("supplier", supplier), key=int, reverse=True)
    for number in numbers:
        found = desk.money.some("invoices", [number], Invoice)[0]
        if found.type != "credit" and found.status not in ("cancelled", "returned"):
            return found
    return None


def likely_order(found: list[OpenOrder], last: Invoice | None) -> OpenOrder | None:
    """The order that an invoice is likely to bill: the only one, the one that something came in on, or the last invoice's; else none."""
    waiting = [each for each in found if each.waiting]
    for some in (found, waiting):
        if len(some) == 1:
            return some[0]
    return next((each for each in found if last is not None and each.order.key == last.order), None)


def payment_days(supplier: Supplier | None, last: Invoice | None) -> int:
    """In how many days from receipt an invoice is to be paid: the supplier's term, or the last invoice's, or thirty."""
    if supplier is not None and supplier.payment_days is not None:
        return supplier.payment_days
    if last is not None and last.due_date is not None:
        since: date | None = last.received_on or last.issue_date
        if since is not None and last.due_date >= since:
            return (last.due_date - since).days
    return PAYMENT_DAYS


def usual_vat(last: Invoice | None) -> Vat | None:
    """The VAT that the last invoice bears, where all its lines bear the same."""
    found = {(line.vat_category, line.vat_rate) for line in last.lines} if last is not None else set()
    return found.pop() if len(found) == 1 else None
