"""What came in on an order, and what the lines of an invoice bill, asked for on the screen of invoices."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from pmo_tui.desk.money.invoice_lines import candidates, code_line, coded, loose
from pmo_tui.desk.money.money_chain import order_keys
from pmo_tui.desk.money.receiving import accepter, missing, read_delivery, receive, typed_delivery
from pmo_tui.records.errors import WrongUse
from pmo_tui.records.invoices import Invoice
from pmo_tui.records.marks import N_
from pmo_tui.records.orders import Order
from pmo_tui.screens.money_registers import MoneyRegisters
from pmo_tui.wording.languages import _
from pmo_tui.wording.money import format_money
from pmo_tui.wording.numbers import format_number
from pmo_tui.wording.safe import safe
from pmo_tui.wording.shown_days import format_date
from pmo_tui.wording.suggest import fuzzy

if TYPE_CHECKING:
    from datetime import date

    from pmo_tui.widgets.prompt import Offer

LABEL = 30
"""So long a description may stand in a question."""


class InvoiceReceipts(MoneyRegisters):
    """The list with receipts booked on orders and lines of invoices matched."""

    def _invoices(self) -> list[str]:
        """The chosen invoices; WrongUse where the list is of something else."""
        if self.register != "invoices":
            raise WrongUse(
                N_("That is done with invoices."), N_("{money_next} goes to them."), **self.named("money_next")
            )
        return self._keys()

    def _invoice(self) -> Invoice:
        record = self.desk.record(self._invoices()[0])
        if not isinstance(record, Invoice):
            raise WrongUse(N_("That invoice is gone."))
        return record

    async def action_receipt(self) -> None:
        """Book what came in on the order."""
        await self.attempt(self._receipt)

    def _receipt(self) -> None:
        key = self._key()
        orders = order_keys(self.desk, key)
        order = self.desk.record(orders[0]) if orders else None
        if not isinstance(order, Order):
            raise WrongUse(
                N_("{key} has no order to receive on."),
                N_("{match_lines} says which order it bills."),
                key=key,
                **self.named("match_lines"),
            )
        record = self.desk.record(key)
        still = missing(self.desk, order, record if isinstance(record, Invoice) else None)

        def wrong(text: str) -> str:
            try:
                read_delivery(self.desk, order, text)
            except ValueError as error:
                return safe(error)
            return ""

        async def came_in(text: str) -> None:
            delivery = read_delivery(self.desk, order, text)
            made = await self.write(lambda: receive(self.desk, order.key, delivery))
            self.say(self.keyed(_("{key} booked on {order}; {undo} takes it back"), key=made, order=order.key))

        label = _("{order} came in").format(order=order.key)
        offers = partial(self._understood, order)
        self.ask(came_in, label, typed_delivery(still), wrong=wrong, offers=offers, offered=True)

    def _understood(self, order: Order, text: str) -> list[Offer]:
        """A delivery as it was understood."""
        try:
            delivery = read_delivery(self.desk, order, text)
        except ValueError:
            return [("", _("1:4 2:10 @accepted-by day reference"))] if not text else []
        by = delivery.accepted_by or accepter(self.desk, order)
        lines = {each.line: each for each in self.desk.money.lines(order)}
        parts = [
            _("line {line}: {quantity}, then {received} of {ordered}").format(
                line=safe(name), quantity=format_number(quantity),
                received=format_number(lines[name].received + quantity), ordered=format_number(lines[name].ordered),
            )
            for name, quantity in delivery.quantities.items()
        ]  # fmt: skip
        on: date = delivery.on or self.desk.today()
        who = self.desk.title(by) if by else "–"
        parts.append(_("accepted by {who} on {day}").format(who=safe(who), day=format_date(on)))
        return [(text, "= " + " · ".join(parts))]

    async def action_match_lines(self) -> None:
        """Say what each line bills: those that name no order line, or else all of them."""
        await self.attempt(self._match_lines)

    def _match_lines(self) -> None:
        invoice = self._invoice()
        places = loose(self.desk, invoice) or list(range(len(invoice.lines)))
        if not places:
            raise WrongUse(N_("{key} has no lines."), N_("{edit} adds them."), key=invoice.key, **self.named("edit"))
        self._ask_line(invoice.key, places)

    def _ask_line(self, key: str, places: Sequence[int]) -> None:
        invoice = self.desk.record(key)
        if not places or not isinstance(invoice, Invoice) or places[0] >= len(invoice.lines):
            return
        place = places[0]
        line = invoice.lines[place]
        found = [(typed, safe(shown)) for typed, shown in candidates(self.desk, invoice, line)]

        def wrong(text: str) -> str:
            try:
                coded(self.desk, invoice, place, text)
            except ValueError as error:
                return safe(error)
            return ""

        async def said(text: str) -> None:
            await self.write(lambda: code_line(self.desk, key, place, text))
            added = len(getattr(self.desk.record(key), "lines", ())) - len(invoice.lines)
            self.say(_("line {line} of {key}: {text}").format(line=place + 1, key=key, text=safe(text)))
            self._ask_line(key, [each + added for each in places[1:]])

        amount = format_money(line.net, invoice.currency)
        label = _("line {line} {what} {amount} bills").format(line=place + 1, what=safe(line.description)[:LABEL], amount=amount)  # fmt: skip
        own = line.order_line or (found[0][0] if found else "")
        self.ask(said, label, own, wrong=wrong, offers=lambda text: [each for each in fuzzy(text, found) if each[0] != text][:6], offered=True)  # fmt: skip
