"""What is done with the invoice under the cursor or the marked ones, each with as few questions as it needs."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, Any

from pmo_tui.desk import booking_invoices as booking
from pmo_tui.desk.booking_invoices import Decided
from pmo_tui.desk.decided_words import read_decider, read_payment
from pmo_tui.desk.invoice_lines import candidates, code_line, coded, loose
from pmo_tui.desk.invoice_questions import budget_holders, questions, send
from pmo_tui.desk.invoice_view import sign
from pmo_tui.desk.money_chain import order_keys
from pmo_tui.desk.receiving import accepter, missing, read_delivery, receive, typed_delivery
from pmo_tui.records.errors import WrongUse
from pmo_tui.records.invoices import Invoice
from pmo_tui.records.marks import N_
from pmo_tui.records.orders import Order
from pmo_tui.screens.money_registers import MoneyRegisters
from pmo_tui.wording.dates import format_date
from pmo_tui.wording.languages import _
from pmo_tui.wording.money import format_money
from pmo_tui.wording.numbers import format_number
from pmo_tui.wording.safe import safe
from pmo_tui.wording.suggest import fuzzy

if TYPE_CHECKING:
    from datetime import date

    from pmo_tui.widgets.prompt import Offer

SHOWN = 3
"""So many keys are named in a question."""
LABEL = 30


class InvoiceSteps(MoneyRegisters):
    """The list with what is done to invoices. Every answer can be taken back with `u`."""

    def _invoices(self) -> list[str]:
        """The chosen invoices; WrongUse where the list is of something else."""
        if self.register != "invoices":
            raise WrongUse(N_("That is done with invoices."), N_("tab goes to them."))
        return self._keys()

    def _invoice(self) -> Invoice:
        record = self.desk.record(self._invoices()[0])
        if not isinstance(record, Invoice):
            raise WrongUse(N_("That invoice is gone."))
        return record

    # ---- decisions ---------------------------------------------------------------------------------------------------------

    async def action_approve(self) -> None:
        """The budget holder approved."""
        await self.attempt(lambda: self._ask_who(_("approved by"), booking.approve))

    async def action_accept(self) -> None:
        """The budget holder accepts what does not match."""
        await self.attempt(lambda: self._ask_why(_("accepted, because"), _("accepted by"), booking.accept))

    async def action_dispute(self) -> None:
        """The invoice is contested."""
        await self.attempt(lambda: self._ask_why(_("disputed, because"), _("disputed by"), booking.dispute))

    async def action_send_back(self) -> None:
        """The invoice goes back to the supplier."""
        await self.attempt(lambda: self._ask_why(_("sent back, because"), _("sent back by"), booking.send_back))

    def _ask_why(self, why: str, who: str, do: Callable[..., int]) -> None:
        """Ask for the reason, then who decided. What was answered about the invoice is offered as the reason."""
        keys = self._invoices()
        answered = [step.reason or "" for step in self._invoice().steps if step.what == "answered"]

        async def reasoned(reason: str) -> None:
            self._ask_who(who, do, reason.strip(), keys)

        self.ask(reasoned, self._labelled(keys, why), answered[-1] if answered else "", wrong=_reason_needed)

    def _ask_who(self, label: str, do: Callable[..., int], reason: str = "", keys: Sequence[str] | None = None) -> None:
        keys = keys or self._invoices()
        holders = budget_holders(self.desk, self._invoice())
        name = self.desk.title(holders[0]) if holders else ""

        async def decided(text: str) -> None:
            by, on = read_decider(self.desk, text)
            await self.write(lambda: do(self.desk, keys, Decided(by, on, reason)))
            self._say_done(label, keys, by)

        warned = self._warned(keys)
        self.ask(decided, warned + self._labelled(keys, label), name, offers=self._people, wrong=self._no_decider)

    def _warned(self, keys: Sequence[str]) -> str:
        """What was noticed about the first invoice, before somebody decides."""
        record = self.desk.record(keys[0])
        mark = sign(self.desk.exceptions.noticed(record)) if isinstance(record, Invoice) else ""
        return f"{mark} " if mark else ""

    def _say_done(self, label: str, keys: Sequence[str], by: str | None) -> None:
        who = self.desk.title(by) if by else "–"
        words = _("{keys}: {what} {who}, recorded by {me}; u takes it back").format(
            keys=_named(keys), what=label, who=safe(who), me=safe(self.desk.author)
        )
        if by == self.desk.me():
            words += " " + _("(one person decided and recorded it)")
        self.say(words)

    def _labelled(self, keys: Sequence[str], label: str) -> str:
        return f"{_named(keys)}: {label}"

    def _people(self, text: str) -> list[Offer]:
        """People of that name, whoever is likely to decide first."""
        name = text.rpartition(",")[0] if "," in text else text
        if any(self.desk.title(key) == name for key in budget_holders(self.desk, self._invoice())):
            return []
        return [(title, f"{key}  {safe(title)}") for key, title in self.desk.complete(("people",), name, 6) if title != text]  # fmt: skip

    def _no_decider(self, text: str) -> str:
        try:
            by, _on = read_decider(self.desk, text)
        except ValueError as error:
            return safe(error)
        return "" if by else _("Who? The budget holder decides; a name, and behind a comma the day.")

    # ---- payment and credit ------------------------------------------------------------------------------------------------

    async def action_paid(self) -> None:
        """Finance paid."""
        await self.attempt(self._paid)

    def _paid(self) -> None:
        keys = self._invoices()

        async def paid(text: str) -> None:
            on, amount = read_payment(self.desk, text)
            await self.write(lambda: booking.pay(self.desk, keys, Decided(on=on), amount))
            words = _("{keys}: paid by finance, recorded by {me}; u takes it back")
            self.say(words.format(keys=_named(keys), me=safe(self.desk.author)))

        label = self._labelled(keys, _("paid on (and how much)"))
        self.ask(paid, label, self.desk.today().isoformat(), wrong=self._no_payment)

    def _no_payment(self, text: str) -> str:
        try:
            read_payment(self.desk, text)
        except ValueError as error:
            return safe(error)
        return ""

    async def action_credited(self) -> None:
        """Mark it as credited where a credit note covers it, else book the credit note."""
        await self.attempt(lambda: self._credited(self._invoice()))

    def _credited(self, invoice: Invoice) -> Awaitable[Any] | None:
        from pmo_tui.desk.typed_invoice import mirrored

        if booking.credited_by(self.desk, invoice):
            self.start(self._mark_credited(invoice.key))
            return None
        return self.book(mirrored(invoice))

    async def _mark_credited(self, key: str) -> None:
        await self.write(lambda: booking.credit(self.desk, key))
        self.say(_("{key} is credited; u takes it back").format(key=key))

    def book(self, values: dict[str, str]) -> Awaitable[Any]:
        """Open the form of an invoice; the screen knows how."""
        raise NotImplementedError

    # ---- asking the budget holder --------------------------------------------------------------------------------------------

    async def action_ask_holder(self) -> None:
        """Send the invoice to the budget holder, or record what was answered."""
        await self.attempt(self._ask_holder)

    def _ask_holder(self) -> None:
        invoice = self._invoice()
        asked = questions(self.desk, invoice.key)
        if asked:
            self._ask_answer(invoice, asked[0].owner)
            return
        holders = budget_holders(self.desk, invoice)

        async def sent(text: str) -> None:
            to, _on = read_decider(self.desk, text)
            action = await self.write(lambda: send(self.desk, invoice.key, str(to)))
            due = self.desk.values(action)["due"]
            words = _("{key}: {name} asked until {day} ({action}); message in 9")
            self.say(words.format(key=invoice.key, name=safe(self.desk.title(str(to))), day=format_date(due), action=action))  # fmt: skip

        name = self.desk.title(holders[0]) if holders else ""
        self.ask(sent, self._labelled([invoice.key], _("send to")), name, offers=self._people, wrong=self._no_decider)

    def _ask_answer(self, invoice: Invoice, owner: str | None) -> None:
        name = self.desk.title(owner) if owner else "–"

        async def answered(text: str) -> None:
            await self.write(lambda: booking.answer(self.desk, invoice.key, Decided(owner, reason=text.strip())))
            self.say(_("{key}: the answer of {name} is on record; k accepts, a approves").format(key=invoice.key, name=safe(name)))  # fmt: skip

        label = self._labelled([invoice.key], _("answer of {name}").format(name=safe(name)[:LABEL]))
        self.ask(answered, label, wrong=_reason_needed)

    # ---- receipts and lines --------------------------------------------------------------------------------------------------

    async def action_receipt(self) -> None:
        """Book what came in on the order."""
        await self.attempt(self._receipt)

    def _receipt(self) -> None:
        key = self._key()
        orders = order_keys(self.desk, key)
        order = self.desk.record(orders[0]) if orders else None
        if not isinstance(order, Order):
            raise WrongUse(N_("{key} has no order to receive on."), N_("m says which order it bills."), key=key)
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
            self.say(_("{key} booked on {order}; u takes it back").format(key=made, order=order.key))

        label = _("{order} came in").format(order=order.key)
        self.ask(came_in, label, typed_delivery(still), wrong=wrong, offers=lambda text: self._understood(order, text))

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
            raise WrongUse(N_("{key} has no lines."), N_("e adds them."), key=invoice.key)
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
        self.ask(said, label, own, wrong=wrong, offers=lambda text: [each for each in fuzzy(text, found) if each[0] != text][:6])  # fmt: skip


def _reason_needed(text: str) -> str:
    return "" if text.strip() else _("Why? A reason is needed.")


def _named(keys: Sequence[str]) -> str:
    return ", ".join(keys[:SHOWN]) + (f" … ({len(keys)})" if len(keys) > SHOWN else "")
