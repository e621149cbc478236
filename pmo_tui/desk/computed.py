"""Which analysis answers for which computed field, with what it needs from the store; kept until that changes.

One line a field in `COMPUTED`; the fields themselves are described in the record classes.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import msgspec

from pmo_tui.analysis import risks, supplier_money
from pmo_tui.analysis.supplier_money import LineMoney, Match
from pmo_tui.records.base import Record
from pmo_tui.records.invoices import Invoice
from pmo_tui.records.orders import Order, Receipt

if TYPE_CHECKING:
    from pmo_tui.desk.desk import Desk

PRICE_TOLERANCE = Decimal(2)
"""Per cent by which a billed price may differ from the ordered one, where the supplier's record does not say."""


class Money:
    """Orders, receipts and invoices brought together; remade when one of the three registers changes."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._version: tuple[int, ...] = ()
        self._billing: dict[str, list[Invoice]] = {}
        self._received: dict[str, list[Receipt]] = {}
        self._lines: dict[str, list[LineMoney]] = {}
        self._projects: dict[str, Decimal] | None = None

    def _fresh(self) -> None:
        store = self.desk.store
        version = (
            store.version("orders"),
            store.version("receipts"),
            store.version("invoices"),
            store.version("projects"),
        )
        if version == self._version:
            return
        self._version, self._lines, self._projects = version, {}, None
        self._billing, self._received = {}, {}
        for invoice in _all(self.desk, "invoices", Invoice):
            named = {
                line.order_line.rpartition("/")[0]
                for line in invoice.lines
                if line.order_line and "/" in line.order_line
            }
            for order in named | ({invoice.order} if invoice.order else set()):
                self._billing.setdefault(order, []).append(invoice)
        for receipt in _all(self.desk, "receipts", Receipt):
            self._received.setdefault(receipt.order, []).append(receipt)

    def lines(self, order: Order) -> list[LineMoney]:
        """The figures of each line of an order."""
        self._fresh()
        if order.key not in self._lines:
            self._lines[order.key] = supplier_money.money_of(
                order, self._received.get(order.key, ()), self._billing.get(order.key, ())
            )
        return self._lines[order.key]

    def total(self, order: Order, figure: str) -> Decimal:
        """The sum of one figure over the lines of an order, in its currency."""
        return sum((getattr(line, figure) for line in self.lines(order)), Decimal(0))

    def match(self, invoice: Invoice) -> Match:
        """How the invoice stands against its order."""
        self._fresh()
        order = self.desk.record(invoice.order) if invoice.order else None
        if not isinstance(order, Order):
            return supplier_money.match(invoice, None, (), (), PRICE_TOLERANCE)
        supplier = self.desk.record(order.supplier)
        agreed = getattr(supplier, "price_tolerance", None)
        tolerance = PRICE_TOLERANCE if agreed is None else min(agreed, PRICE_TOLERANCE)
        return supplier_money.match(
            invoice, order, self._received.get(order.key, ()), self._billing.get(order.key, ()), tolerance
        )

    def spent(self, project: str) -> Decimal:
        """Cost, prepaid and open commitment of a project: its order lines, and invoices that bill no order."""
        self._fresh()
        if self._projects is None:
            self._projects = {}
            for order in _all(self.desk, "orders", Order):
                for line in self.lines(order):
                    self._book(line.project, line.cost + line.prepaid + line.open_commitment)
            for invoice in _all(self.desk, "invoices", Invoice):
                if invoice.order is None and invoice.status not in supplier_money.NOT_COUNTED:
                    for billed in invoice.lines:
                        self._book(billed.project, billed.net)
        return self._projects.get(project, Decimal(0))

    def _book(self, project: str | None, amount: Decimal) -> None:
        if project and self._projects is not None:
            self._projects[project] = self._projects.get(project, Decimal(0)) + amount


def _all(desk: Desk, register: str, cls: type[Any]) -> list[Any]:
    shelf = desk.store.shelf(register)
    decode = msgspec.json.Decoder(cls).decode
    return [decode(shelf.raw(number)) for number in shelf.numbers()]


def invoice_project(record: Any) -> str | None:
    """The project of an invoice's lines: one key, or “several”."""
    named = {line.project for line in record.lines if line.project}
    return None if not named else named.pop() if len(named) == 1 else "several"


def _order(figure: str) -> Callable[[Desk, Any], Any]:
    return lambda desk, order: desk.money.total(order, figure)


def _available(desk: Desk, project: Any) -> Decimal | None:
    return None if project.budget is None else project.budget - desk.money.spent(project.key)


def _scheduled(figure: str) -> Callable[[Desk, Any], Any]:
    return lambda desk, task: desk.plans.figure(task, figure)


COMPUTED: dict[tuple[str, str], Callable[[Desk, Any], Any]] = {
    ("risks", "score"): lambda desk, risk: risks.score(risk),
    ("risks", "band"): lambda desk, risk: risks.band(risks.score(risk)),
    ("orders", "value"): _order("value"),
    ("orders", "cost"): _order("cost"),
    ("orders", "accrual"): _order("accrual"),
    ("orders", "prepaid"): _order("prepaid"),
    ("orders", "open_commitment"): _order("open_commitment"),
    ("orders", "order_left"): _order("order_left"),
    ("invoices", "project"): lambda desk, invoice: invoice_project(invoice),
    ("invoices", "open"): lambda desk, invoice: supplier_money.open_amount(invoice),
    ("invoices", "match"): lambda desk, invoice: desk.money.match(invoice).badge,
    ("projects", "available"): _available,
    ("tasks", "line"): lambda desk, task: desk.plans.line(task.key),
    ("tasks", "baseline_start"): lambda desk, task: desk.plans.baseline(task, "start"),
    ("tasks", "baseline_finish"): lambda desk, task: desk.plans.baseline(task, "finish"),
} | {
    ("tasks", name): _scheduled(name)
    for name in ("early_start", "early_finish", "late_start", "late_finish", "total_float", "free_float", "critical")
}


def compute(desk: Desk, register: str, record: Record, name: str) -> Any:
    """The value of a computed field of `record`."""
    return COMPUTED[register, name](desk, record)
