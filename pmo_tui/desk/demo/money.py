"""One project's supplier money: orders, receipts and invoices up to today, most of which match and some of which do not."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from pmo_tui.desk.demo.days import WorkingDays
from pmo_tui.desk.demo.estimates import Spent
from pmo_tui.desk.demo.plan import Plan, Span
from pmo_tui.desk.demo.stories import Story
from pmo_tui.desk.demo.words import WORKS
from pmo_tui.records.documents import document_of
from pmo_tui.records.invoices import Invoice, InvoiceLine, InvoiceStep, PaymentMeans, VatTotal
from pmo_tui.records.orders import Order, OrderLine, Receipt, ReceiptLine
from pmo_tui.store import Draft
from pmo_tui.wording.numbers import round_half_up

VAT = Decimal(21)
CENT = Decimal("0.01")
DOLLAR = Decimal("0.92")
"""What a dollar is worth in the demo."""


@dataclass(frozen=True, slots=True)
class Article:
    """What is ordered: price of one unit; whole units only when `whole`."""

    name: str
    unit: str
    price: int
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Buy:
    """An order of a plan: from which trade, which share of the budget in per cent, placed in which phase, delivered until which."""

    title: str
    trade: str
    share: int
    phase: int
    until: int
    articles: tuple[Article, ...]


BUYS: dict[bool, tuple[Buy, ...]] = {
    True: (
        Buy("Engineering", "engineering", 14, 1, 2, (Article("Engineering hours", "HUR", 98), Article("Site survey", "LS", 8_400, True))),
        Buy("Construction works", "works", 60, 3, 3, (Article("Construction works", "DAY", 3_150), Article("Extra soil, tonnes", "TNE", 38))),
        Buy("Installations", "installations", 18, 3, 4, (Article("Installations", "C62", 2_450, True), Article("Fitting hours", "HUR", 72))),
        Buy("Planting and paving", "planting", 8, 5, 5, (Article("Planting and paving", "MTK", 46),)),
    ),
    False: (
        Buy("Licences and configuration", "software", 44, 3, 4, (Article("Configuration days", "DAY", 890), Article("Licences", "C62", 240, True))),
        Buy("Process design", "engineering", 16, 1, 2, (Article("Consultancy hours", "HUR", 110),)),
        Buy("Hosting", "hosting", 12, 3, 5, (Article("Hosting, virtual machines a month", "C62", 65, True),)),
        Buy("Acceptance test", "testing", 14, 4, 4, (Article("Test days", "DAY", 760), Article("Test tooling", "LS", 3_900, True))),
        Buy("Training", "training", 14, 5, 5, (Article("Training days", "DAY", 980), Article("Course books", "C62", 35, True))),
    ),
}  # fmt: skip


@dataclass(slots=True)
class Party:
    """A supplier as the money needs it: key, account, days to pay, the framework contract where there is one."""

    key: str
    name: str
    trade: str
    iban: str
    terms: int
    contract: str | None = None
    currency: str = "EUR"


@dataclass(slots=True)
class Delivered:
    """A delivery: the days on which it came and is billed, and the quantity of each order line."""

    day: date
    billed: date
    quantities: dict[str, Decimal]


class MoneyMaker:
    """Makes the orders of projects and what came of them. `number` counts the invoices of the whole demo, `spent` is what the last
    project was given."""

    def __init__(self, random: Random, days: WorkingDays, today: date, parties: list[Party], login: str) -> None:
        self.random = random
        self.days = days
        self.today = today
        self.parties = {party.trade: party for party in parties}
        self.login = login
        self.number = 0
        self.spent = Spent()

    def make(self, draft: Draft, project: str, story: Story, plan: Plan, holder: str, accepters: list[str]) -> None:
        """The orders of a plan's phases that have begun; `holder` is the budget holder, `accepters` take deliveries.

        What is odd about the money of a story happens with the last bill of the order that was billed last.
        """
        self.spent = Spent()
        placed = []
        for buy in BUYS[story.kind == WORKS]:
            first, last = _phase(plan, buy.phase), _phase(plan, buy.until)
            ordered = self.days.plus(first.actual[0] - timedelta(days=20), self.random.randint(0, 6))
            if ordered <= self.today:
                placed.append((buy, first.actual[0], last.actual[1], ordered))
        share = sum(buy.share for buy, *_ in placed) if story.cause == "cost" else 100
        orders = []
        for buy, first_day, last_day, ordered in placed:
            abroad = story.orders == "dollars" and buy.trade == "hosting"
            party = self.parties["cloud" if abroad else buy.trade]
            amount = Decimal(story.budget) * buy.share / share * Decimal(str(round(story.spend, 3)))
            order = self._order(project, story, buy, party, amount, ordered, last_day, holder)
            key = draft.add("orders", document_of(order))
            self.spent.orders[key] = replace(order, key=key)
            orders.append((key, order, party, self._deliveries(order, max(first_day, ordered), last_day)))
        billed = [key for key, _, _, deliveries in orders if deliveries and self._billed_by(deliveries[0])]
        for key, order, party, deliveries in orders:
            special = story.orders if billed and key == billed[-1] else ""
            self._deliver(draft, key, order, party, deliveries, holder, accepters, special)
        if story.orders == "unordered":
            self._unordered(draft, project, holder)

    def _order(
        self,
        project: str,
        story: Story,
        buy: Buy,
        party: Party,
        amount: Decimal,
        ordered: date,
        delivery: date,
        holder: str,
    ) -> Order:
        if party.currency == "USD":
            amount /= DOLLAR
        lines = []
        for number, article in enumerate(buy.articles, 1):
            share = Decimal(1) if len(buy.articles) == 1 else Decimal("0.85") if number == 1 else Decimal("0.15")
            quantity = max(Decimal(1), (amount * share / article.price).quantize(Decimal(1)))
            lines.append(
                OrderLine(
                    line=str(number), description=article.name, quantity=quantity, unit=article.unit, price=Decimal(article.price),
                    net=quantity * article.price, project=project, vat_category="S", vat_rate=VAT, cost_type="external", delivery=delivery,
                )
            )  # fmt: skip
        return Order(
            title=f"{buy.title} {story.short}", number=f"45{self.random.randint(10000, 99999)}", supplier=party.key, project=project,
            contract=party.contract, ordered_on=ordered, delivery=delivery, lines=lines, budget_holder=holder, currency=party.currency,
            cost_centre=str(4100 + self.random.randint(0, 90)), status="open",
        )  # fmt: skip

    def _billed_by(self, delivery: Delivered) -> bool:
        return delivery.billed <= self.today

    def _deliver(
        self, draft: Draft, key: str, order: Order, party: Party, deliveries: list[Delivered], holder: str, accepters: list[str], special: str
    ) -> None:  # fmt: skip
        """What came in, each delivery billed some days later; the last bill is the odd one."""
        bills = [delivery for delivery in deliveries if self._billed_by(delivery)]
        for place, delivery in enumerate(deliveries, 1):
            newest = bool(bills) and delivery is bills[-1]
            if not (newest and special == "ahead"):
                lines = [
                    ReceiptLine(order_line=name, quantity=quantity) for name, quantity in delivery.quantities.items()
                ]
                receipt = Receipt(
                    order=key,
                    received_on=delivery.day,
                    accepted_by=self.random.choice(accepters),
                    reference=f"AB-{key[3:]}-{place}",
                    lines=lines,
                )
                draft.add("receipts", document_of(receipt))
                self.spent.receipts.append(receipt)
            if delivery in bills:
                self._bill(
                    draft, key, order, party, delivery.billed, delivery.quantities, holder, special if newest else ""
                )

    def _deliveries(self, order: Order, first: date, last: date) -> list[Delivered]:
        whole = max(20, (last - first).days)
        had = {line.line or "": Decimal(0) for line in order.lines}
        found: list[Delivered] = []
        day = first
        while day < last:
            day = min(last, day + timedelta(days=self.random.randint(26, 38)))
            if day > self.today:
                break
            gone = (
                Decimal(1)
                if day == last
                else Decimal((day - first).days) / whole * Decimal(str(self.random.uniform(0.92, 1.0)))
            )
            quantities = {}
            for line in order.lines:
                name = line.line or ""
                until = (line.quantity * gone).quantize(Decimal(1) if line.unit in ("C62", "LS") else Decimal("0.5"))
                if until > had[name]:
                    quantities[name] = until - had[name]
                    had[name] = until
            if quantities:
                came = min(self.days.plus(day, 0), self.today)
                found.append(Delivered(came, self.days.plus(came, self.random.randint(2, 9)), quantities))
        return found

    def _bill(
        self,
        draft: Draft,
        key: str,
        order: Order,
        party: Party,
        day: date,
        quantities: dict[str, Decimal],
        holder: str,
        special: str,
    ) -> None:
        dearer = Decimal("1.06") if special == "disputed" else Decimal(1)
        lines = [
            InvoiceLine(
                line=line.line, description=line.description, quantity=quantities[line.line or ""], unit=line.unit, price=line.price * dearer,
                net=round_half_up(quantities[line.line or ""] * line.price * dearer, 2), vat_category="S", vat_rate=VAT,
                order_line=line.line, project=line.project, cost_type="external", cost_centre=order.cost_centre,
            )
            for line in order.lines
            if line.line in quantities
        ]  # fmt: skip
        status = {"disputed": "disputed", "returned": "returned"}.get(special) or self._status(day, party)
        number = self._write(draft, party, key, order, lines, day, status, holder)
        if special == "twice":
            self._write(draft, party, key, order, lines, day, "registered", holder, number.replace("-0", "/"))
        if special == "credit" and lines[0].quantity is not None:
            back = min(Decimal(2), lines[0].quantity)
            credit = InvoiceLine(
                line="1", description=f"Returned: {lines[0].description}", quantity=-back, unit=lines[0].unit, price=lines[0].price,
                net=-round_half_up(back * (lines[0].price or Decimal(0)), 2), vat_category="S", vat_rate=VAT, order_line=lines[0].order_line,
                project=lines[0].project, cost_type="external", cost_centre=order.cost_centre,
            )  # fmt: skip
            later = min(self.days.plus(day, 6), self.today)
            self._write(draft, party, key, order, [credit], later, "approved", holder, original=number)

    def _unordered(self, draft: Draft, project: str, holder: str) -> None:
        """A bill for which nobody made an order."""
        party = self.parties["training"]
        line = InvoiceLine(
            line="1", description="Workshop for the counter staff", quantity=Decimal(3), unit="DAY", price=Decimal(1150), net=Decimal(3450),
            vat_category="S", vat_rate=VAT, project=project, cost_type="external",
        )  # fmt: skip
        self._write(draft, party, None, None, [line], self.days.minus(self.today, 7), "registered", holder)

    def _status(self, day: date, party: Party) -> str:
        age = (self.today - day).days
        if age > party.terms + 8:
            return "approved" if age < 90 and self.random.random() < 0.15 else "paid"
        return "approved" if age > 12 else "registered"

    def _write(
        self, draft: Draft, party: Party, key: str | None, order: Order | None, lines: list[InvoiceLine], day: date, status: str, holder: str,
        number: str = "", original: str | None = None,
    ) -> str:  # fmt: skip
        self.number += 1
        number = number or f"{day.year}-{self.number:05}"
        received = min(self.days.plus(day, 1), self.today)
        net = sum((line.net for line in lines), Decimal(0))
        vat = round_half_up(net * VAT / 100, 2)
        gross = net + vat
        paid_on = (
            min(self.days.plus(day + timedelta(days=party.terms - 4), 0), self.today) if status == "paid" else None
        )
        approved_on = (
            min(self.days.plus(received, 6), self.today, paid_on or self.today)
            if status in ("approved", "paid")
            else None
        )
        invoice = Invoice(
            number=number, type="credit" if original else "invoice", original=original, supplier=party.key, order=key,
            order_reference=order.number if order else None, contract=order.contract if order else None, status=status, received_on=received,
            issue_date=day, due_date=received + timedelta(days=party.terms), net=net, vat=vat, gross=gross, payable=gross,
            paid=gross if paid_on else Decimal(0), iban=party.iban, lines=lines, currency=party.currency,
            vat_totals=[VatTotal(category="S", rate=VAT, taxable=net, amount=vat)],
            payment_means=[PaymentMeans(iban=party.iban, code="58", reference=f"{self.number:016}")],
            approved_by=holder if approved_on else None, approved_on=approved_on, paid_on=paid_on,
            flags=["no order number of ours on it"] if status == "returned" else [],
            steps=self._steps(status, received, approved_on, paid_on, holder, gross),
        )  # fmt: skip
        draft.add("invoices", document_of(invoice))
        self.spent.invoices.append(invoice)
        return number

    def _steps(
        self, status: str, received: date, approved_on: date | None, paid_on: date | None, holder: str, gross: Decimal
    ) -> list[InvoiceStep]:
        steps = []
        if approved_on:
            steps.append(InvoiceStep(what="approved", on=approved_on, by=holder, recorded_by=self.login))
        if paid_on:
            steps.append(InvoiceStep(what="paid", on=paid_on, party="finance", recorded_by=self.login, amount=gross))
        after = min(self.days.plus(received, 3), self.today)
        if status == "disputed":
            reason = "The price is 6 % above the order."
            steps.append(InvoiceStep(what="disputed", on=after, by=holder, recorded_by=self.login, reason=reason))
        if status == "returned":
            reason = "Our order number is missing."
            steps.append(InvoiceStep(what="returned", on=after, by=holder, recorded_by=self.login, reason=reason))
        return steps


def _phase(plan: Plan, place: int) -> Span:
    return plan.phases[min(place, len(plan.phases) - 1)]
