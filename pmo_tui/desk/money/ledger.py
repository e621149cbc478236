"""Orders, receipts and invoices of the store brought together: per order, per invoice, per project; kept until they change."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from pmo_tui.analysis.amounts import NOTHING, Rates, rates_on
from pmo_tui.analysis.project_money import ProjectMoney, Share, project_money, shares_of, without_order
from pmo_tui.analysis.supplier_money import LineMoney, Ordered, line_name, money_of, orders_of
from pmo_tui.desk.touched import Kept
from pmo_tui.records.base import Record
from pmo_tui.records.documents import ready
from pmo_tui.records.exchange_rates import REPORT, ExchangeRate
from pmo_tui.records.invoices import Invoice
from pmo_tui.records.orders import Order, Receipt
from pmo_tui.records.projects import Project
from pmo_tui.records.suppliers import Supplier

if TYPE_CHECKING:
    from pmo_tui.analysis.booking_effect import Effect
    from pmo_tui.analysis.invoice_match import Match, Tolerances
    from pmo_tui.desk.desk import Desk

R = TypeVar("R", bound=Record)


class Money:
    """What orders cost, what projects have left, and how invoices match."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._ordered = Kept(desk.touched, self._bring_together)
        self._lines = Kept(desk.touched, self._line_money)
        self._shares = Kept(desk.touched, self._order_shares)
        self._projects = Kept(desk.touched, self._project_money)
        self._matches = Kept(desk.touched, self._match)
        self._decoders: dict[type[Any], msgspec.json.Decoder[Any]] = {}
        self._rates: tuple[tuple[int, int], Rates] | None = None

    # ---- orders --------------------------------------------------------------------------------------------------------

    def ordered(self, key: str) -> Ordered | None:
        """An order with its receipts and the invoices that bill it; None where there is no such order."""
        return self._ordered.get(key)

    def lines(self, order: Order) -> list[LineMoney]:
        """The figures of each line of an order."""
        return self._lines.get(order.key)

    def total(self, order: Order, figure: str) -> Decimal:
        """The sum of one figure over the lines of an order, in its currency."""
        return sum((getattr(line, figure) for line in self.lines(order)), NOTHING)

    def _bring_together(self, key: str) -> Ordered | None:
        order = self.desk.record(key)
        if not isinstance(order, Order):
            return None
        store = self.desk.store
        billing = set(store.shelf("invoices").where("order", key))
        for index in range(len(order.lines)):
            billing.update(store.shelf("invoices").where("lines.order_line", f"{key}/{line_name(order, index)}"))
        receipts = self.some("receipts", store.shelf("receipts").where("order", key), Receipt)
        invoices = self.some("invoices", sorted(billing, key=int), Invoice)
        return Ordered(order, tuple(receipts), tuple(invoices))

    def some(self, register: str, numbers: Iterable[str], cls: type[R]) -> list[R]:
        """Records of a register by number."""
        shelf = self.desk.store.shelf(register)
        if cls not in self._decoders:
            self._decoders[cls] = msgspec.json.Decoder(ready(cls))
        decode = self._decoders[cls].decode
        return [decode(shelf.raw(number)) for number in numbers]

    def _line_money(self, key: str) -> list[LineMoney]:
        found = self.ordered(key)
        return money_of(found.order, found.receipts, found.invoices) if found else []

    def _order_shares(self, key: str) -> list[Share]:
        found = self.ordered(key)
        return shares_of(found, self._lines.get(key)) if found else []

    # ---- invoices ------------------------------------------------------------------------------------------------------

    def match(self, key: str) -> Match:
        """How the invoice with that key stands against its orders, and whether its number was used before."""
        from pmo_tui.analysis.invoice_match import with_numbers_used

        return with_numbers_used(self.order_match(key), self.desk.exceptions.ledger().number_used_by(key))

    def order_match(self, key: str) -> Match:
        """How the invoice with that key stands against its orders alone."""
        return self._matches.get(key)

    def _match(self, key: str) -> Match:
        from pmo_tui.analysis.invoice_match import NO_ORDER, Match, match

        invoice = self.desk.record(key)
        if not isinstance(invoice, Invoice):
            return Match(NO_ORDER)
        return match(invoice, self.billed(invoice), self.tolerances(invoice))

    def billed(self, invoice: Invoice) -> list[Ordered]:
        """The orders that an invoice or its lines name."""
        return [found for key in orders_of(invoice) if (found := self.ordered(key)) is not None]

    def tolerances(self, invoice: Invoice) -> Tolerances:
        """What a billed price may differ by: for the organisation, by category, and as was agreed with the supplier."""
        from pmo_tui.analysis.invoice_match import Tolerance, Tolerances
        from pmo_tui.desk.house_rules import price_tolerances

        house, categories = price_tolerances(self.desk.config.tolerances)
        supplier = self.desk.record(invoice.supplier) if invoice.supplier else None
        agreed = supplier.price_tolerance if isinstance(supplier, Supplier) else None
        return Tolerances(house, None if agreed is None else Tolerance(agreed), categories)

    def effect(self, invoice: Invoice) -> Effect:
        """What booking an invoice does to order left and available, also before it is written."""
        from pmo_tui.analysis.booking_effect import effect
        from pmo_tui.analysis.invoice_match import with_numbers_used
        from pmo_tui.desk.exceptions import billing

        orders = self.billed(invoice)
        named = {line.project for line in invoice.lines} | {
            line.project or ordered.order.project for ordered in orders for line in ordered.order.lines
        }
        projects = {
            key: (record, self.shares(key))
            for key in sorted(each for each in named if each)
            if isinstance(record := self.desk.record(key), Project)
        }
        found = effect(invoice, orders, projects, self.tolerances(invoice), self.rates())
        used = self.desk.exceptions.ledger().used_by(billing(invoice))
        return replace(found, match=with_numbers_used(found.match, used))

    # ---- projects ------------------------------------------------------------------------------------------------------

    def shares(self, project: str) -> list[Share]:
        """What of orders, and of invoices without one, falls on a project."""
        store = self.desk.store
        orders = {
            f"PO-{number}"
            for path in ("lines.project", "project")
            for number in store.shelf("orders").where(path, project)
        }
        invoices = self.some("invoices", store.shelf("invoices").where("lines.project", project), Invoice)
        orders.update(key for invoice in invoices for key in orders_of(invoice))
        found = [*(share for key in sorted(orders) for share in self._shares.get(key)), *without_order(invoices)]
        return [share for share in found if share.project == project]

    def project(self, key: str) -> ProjectMoney:
        """A project's cost, prepaid and open commitment in its currency."""
        return self._projects.get(key)

    def _project_money(self, key: str) -> ProjectMoney:
        project: Any = self.desk.record(key)
        if not isinstance(project, Project):
            return ProjectMoney("EUR")
        return project_money(self.shares(key), project.currency, project.vat_recoverable, self.rates())

    def rates(self) -> Rates:
        """The rates of exchange that sums are made by, as they stand today."""
        today, store = self.desk.today(), self.desk.store
        at = (store.version("exchange_rates"), today.toordinal())
        if self._rates is None or self._rates[0] != at:
            records = self.some("exchange_rates", store.shelf("exchange_rates").numbers(), ExchangeRate)
            self._rates = (at, rates_on(records, today, REPORT))
        return self._rates[1]
