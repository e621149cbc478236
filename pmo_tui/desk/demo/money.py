"""One project's supplier money: orders, receipts and invoices, most of which match and some of which do not."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from random import Random

from pmo_tui.desk.demo.days import plus
from pmo_tui.records.documents import document_of
from pmo_tui.records.invoices import Invoice, InvoiceLine, PaymentMeans, VatTotal
from pmo_tui.records.orders import Order, OrderLine, Receipt, ReceiptLine
from pmo_tui.records.projects import Project
from pmo_tui.store import Draft
from pmo_tui.wording.numbers import round_half_up

WORK = (
    ("Design hours", "HUR", 95),
    ("Construction works", "LS", 12_500),
    ("Licences", "C62", 240),
    ("Testing days", "DAY", 820),
)
VAT = Decimal(21)


class MoneyMaker:
    """Makes the orders of projects and what came of them."""

    def __init__(
        self, draft: Draft, random: Random, suppliers: list[tuple[str, str]], accepters: list[str], today: date
    ) -> None:
        self.draft = draft
        self.random = random
        self.suppliers = suppliers
        self.accepters = accepters
        self.today = today
        self.number = 0

    def make(self, key: str, project: Project, orders: int) -> None:
        """Orders for about 60 % of the budget, each with receipts and invoices up to today."""
        for place in range(orders):
            supplier, iban = self.random.choice(self.suppliers)
            share = (project.budget or Decimal(50_000)) * Decimal(6) / Decimal(10 * orders)
            order = self._order(key, project, supplier, place, share)
            order_key = self.draft.add("orders", document_of(order))
            self._deliver(order_key, order, iban)

    def _order(self, key: str, project: Project, supplier: str, place: int, share: Decimal) -> Order:
        lines = []
        for number in range(1, self.random.randint(2, 4)):
            description, unit, price = self.random.choice(WORK)
            quantity = max(Decimal(4), (share / 2 / price).quantize(Decimal(1)))
            lines.append(
                OrderLine(
                    line=str(number), description=description, quantity=quantity, unit=unit, price=Decimal(price), project=key,
                    vat_category="S", vat_rate=VAT, cost_type="external",
                )
            )  # fmt: skip
        ordered = plus((project.start or self.today) + timedelta(days=20 + 30 * place), 0)
        title = f"{lines[0].description} {project.short_name or project.name}"
        return Order(
            title=title, number=f"45{self.random.randint(10000, 99999)}", supplier=supplier, project=key, ordered_on=ordered,
            delivery=plus(ordered, 90), lines=lines, cost_centre=str(self.random.randint(4100, 4190)),
        )  # fmt: skip

    def _deliver(self, key: str, order: Order, iban: str) -> None:
        """Up to three deliveries of a quarter each, every one billed; now and then more is billed than came in."""
        day = order.ordered_on or self.today
        for part in range(1, 4):
            day = plus(day, self.random.randint(15, 30))
            if day > self.today:
                return
            quantities = {line.line or "": (line.quantity / 4).quantize(Decimal("0.01")) for line in order.lines}
            accepter = self.random.choice(self.accepters)
            rows = [ReceiptLine(order_line=name, quantity=quantity) for name, quantity in quantities.items()]
            receipt = Receipt(order=key, received_on=day, accepted_by=accepter, reference=f"AB-{part}", lines=rows)
            if self.random.random() > 0.08:
                self.draft.add("receipts", document_of(receipt))
            self._bill(key, order, iban, plus(day, self.random.randint(2, 12)), quantities, accepter)

    def _bill(
        self, key: str, order: Order, iban: str, day: date, quantities: dict[str, Decimal], approver: str
    ) -> None:
        if day > self.today:
            return
        self.number += 1
        lines = []
        for line in order.lines:
            quantity = quantities[line.line or ""]
            price = line.price * Decimal("1.05") if self.random.random() < 0.04 else line.price
            lines.append(
                InvoiceLine(
                    line=line.line, description=line.description, quantity=quantity, unit=line.unit, price=price,
                    net=round_half_up(quantity * price, 2), vat_category="S", vat_rate=VAT, order_line=line.line,
                    project=line.project, cost_type="external",
                )
            )  # fmt: skip
        net = sum((line.net for line in lines), Decimal(0))
        vat = round_half_up(net * VAT / 100, 2)
        age = (self.today - day).days
        status = "paid" if age > 45 and self.random.random() > 0.1 else "approved" if age > 14 else "registered"
        approved = status in ("approved", "paid")
        invoice = Invoice(
            number=f"{day.year}-{self.number:05}", supplier=order.supplier, order=key, order_reference=order.number,
            status=status, received_on=plus(day, 1), issue_date=day, due_date=day + timedelta(days=30), net=net, vat=vat,
            gross=net + vat, payable=net + vat, paid=net + vat if status == "paid" else Decimal(0), iban=iban, lines=lines,
            vat_totals=[VatTotal(category="S", rate=VAT, taxable=net, amount=vat)],
            payment_means=[PaymentMeans(iban=iban, code="58", reference=f"{self.number:016}")],
            approved_by=approver if approved else None, approved_on=min(plus(day, 8), self.today) if approved else None,
            paid_on=min(plus(day, 25), self.today) if status == "paid" else None,
        )  # fmt: skip
        self.draft.add("invoices", document_of(invoice))
