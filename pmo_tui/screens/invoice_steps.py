"""What is done with the invoice under the cursor or the marked ones, each with as few questions as it needs."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from pmo_tui.desk.money import booking_invoices as booking
from pmo_tui.desk.money.booking_invoices import Decided
from pmo_tui.desk.money.decided_words import read_decider, read_payment
from pmo_tui.desk.money.invoice_questions import budget_holders, questions, send
from pmo_tui.desk.money.invoice_view import sign
from pmo_tui.records.invoices import Invoice
from pmo_tui.records.orders import Order
from pmo_tui.screens.invoice_receipts import InvoiceReceipts
from pmo_tui.wording.languages import _
from pmo_tui.wording.safe import safe
from pmo_tui.wording.shown_days import format_date

if TYPE_CHECKING:
    from pmo_tui.widgets.prompt import Offer

SHOWN = 3
"""So many keys are named in a question."""
LABEL = 30
Then = Callable[[str], Coroutine[Any, Any, None]]


@dataclass(frozen=True, slots=True)
class Decision:
    """A step that somebody decides: which, how it is done, and what stands before the name of whoever decides (translated)."""

    what: str
    do: Callable[..., int]
    label: str


class InvoiceSteps(InvoiceReceipts):
    """The list with what is done to invoices. Every answer can be taken back with `u`."""

    # ---- decisions ---------------------------------------------------------------------------------------------------------

    async def action_approve(self) -> None:
        """The budget holder approved."""
        await self.attempt(lambda: self._ask_who(Decision("approved", booking.approve, _("approved by"))))

    async def action_accept(self) -> None:
        """The budget holder accepts what does not match."""
        await self.attempt(
            lambda: self._ask_why(Decision("accepted", booking.accept, _("accepted by")), _("accepted, because"))
        )

    async def action_dispute(self) -> None:
        """The invoice is contested."""
        await self.attempt(
            lambda: self._ask_why(Decision("disputed", booking.dispute, _("disputed by")), _("disputed, because"))
        )

    async def action_send_back(self) -> None:
        """The invoice goes back to the supplier."""
        await self.attempt(
            lambda: self._ask_why(Decision("returned", booking.send_back, _("sent back by")), _("sent back, because"))
        )

    def _ask_why(self, decision: Decision, why: str) -> None:
        """Ask for the reason, then who decided. What was answered about the one invoice is offered as the reason."""
        keys = self._invoices()
        booking.check(self.desk, keys, decision.what)
        steps = self._invoice().steps if len(keys) == 1 else []
        answered = [step.reason or "" for step in steps if step.what == "answered"]

        async def reasoned(reason: str) -> None:
            self._ask_who(decision, reason.strip(), keys)

        self.ask(reasoned, self._labelled(keys, why), answered[-1] if answered else "", wrong=_reason_needed, offered=True)  # fmt: skip

    def _ask_who(self, decision: Decision, reason: str = "", keys: Sequence[str] | None = None) -> None:
        keys = keys or self._invoices()
        booking.check(self.desk, keys, decision.what)
        usual = self._usual_decider(keys)

        async def decided(text: str) -> None:
            by, on = read_decider(self.desk, text, usual)
            await self._decide(keys, decision, Decided(by, on, reason))

        label = decision.label if usual or len(keys) == 1 else _("{label} (their budget holders differ)").format(label=decision.label)  # fmt: skip
        self._ask_person(decided, self._warned(keys) + self._labelled(keys, label), keys)

    async def _decide(self, keys: Sequence[str], decision: Decision, decided: Decided) -> None:
        as_usual = decided.by == self._usual_decider(keys)
        await self.write(lambda: decision.do(self.desk, keys, decided))
        self.repeatable(keys, lambda here, others: here._decide_alike(others, decision, decided, as_usual=as_usual))
        self._say_done(decision.label, keys, decided.by)

    async def _decide_alike(self, keys: Sequence[str], decision: Decision, decided: Decided, *, as_usual: bool) -> None:
        """The same about other invoices: what the usual one decided is decided by who that is for these; somebody else only decides
        where he may. Asks who it was where nobody is known."""
        holders = self._holders(keys)
        by = self._usual_decider(keys) if as_usual else decided.by if decided.by in holders else None
        if by:
            await self._decide(keys, decision, replace(decided, by=by))
        else:
            self._ask_who(decision, decided.reason, keys)

    def _holders(self, keys: Sequence[str]) -> list[str]:
        """Who may decide about every one of the invoices, the likeliest for the first of them first."""
        records = [record for key in keys if isinstance(record := self.desk.record(key), Invoice)]
        first, *others = [budget_holders(self.desk, invoice) for invoice in records] or [[]]
        return [person for person in first if all(person in some for some in others)]

    def _usual_decider(self, keys: Sequence[str]) -> str | None:
        """Who usually decides about the invoices; None where nobody does, or where it is not one and the same for all."""
        usual = {self._likeliest(key) for key in keys}
        return usual.pop() if len(usual) == 1 else None

    def _likeliest(self, key: str) -> str | None:
        return next(iter(self._holders([key])), None)

    def _ask_person(self, then: Then, label: str, keys: Sequence[str]) -> None:
        """Ask who, and when; the usual one is offered, and stands where only a day is typed."""
        usual = self._usual_decider(keys)

        def wrong(text: str) -> str:
            try:
                by, _on = read_decider(self.desk, text, usual)
            except ValueError as error:
                return safe(error)
            return (
                "" if by and text.strip() else _("Who? The budget holder decides; a name, and behind a comma the day.")
            )

        name = self.desk.title(usual) if usual else ""
        self.ask(then, label, name, offers=lambda text: self._people(text, keys), wrong=wrong, offered=True)

    def _warned(self, keys: Sequence[str]) -> str:
        """The gravest of what was noticed about the invoices, before somebody decides."""
        records = [record for key in keys if isinstance(record := self.desk.record(key), Invoice)]
        mark = sign([each for invoice in records for each in self.desk.exceptions.noticed(invoice)])
        return f"{mark} " if mark else ""

    def _say_done(self, label: str, keys: Sequence[str], by: str | None) -> None:
        who = self.desk.title(by) if by else "–"
        words = self.keyed(
            _("{keys}: {what} {who}, recorded by {me}; {undo} takes it back"),
            keys=_named(keys),
            what=label,
            who=safe(who),
            me=safe(self.desk.title(self.desk.me())),
        )
        if by == self.desk.me():
            words += " " + _("(one person decided and recorded it)")
        self.say(words)

    def _labelled(self, keys: Sequence[str], label: str) -> str:
        return f"{_named(keys)}: {label}"

    def _people(self, text: str, keys: Sequence[str]) -> list[Offer]:
        """Whoever else may decide, then people of that name."""
        name = text.rpartition(",")[0] if "," in text else text
        holders = [(key, self.desk.title(key)) for key in self._holders(keys)]
        found = holders if any(title == name for _key, title in holders) else self.desk.complete(("people",), name, 6)
        return [(title, f"{key}  {safe(title)}") for key, title in found if title != name]

    # ---- payment and credit ------------------------------------------------------------------------------------------------

    async def action_paid(self) -> None:
        """Finance paid."""
        await self.attempt(self._paid)

    def _paid(self) -> None:
        keys = self._invoices()
        booking.check(self.desk, keys, "paid")

        async def paid(text: str) -> None:
            on, amount = read_payment(self.desk, text)
            await self._pay(keys, Decided(on=on), amount)

        label = self._labelled(keys, _("paid on (and how much)"))
        self.ask(paid, label, self.desk.today().isoformat(), wrong=self._no_payment, offered=True)

    async def _pay(self, keys: Sequence[str], decided: Decided, amount: Decimal | None) -> None:
        await self.write(lambda: booking.pay(self.desk, keys, decided, amount))
        if amount is None:
            self.repeatable(keys, lambda here, others: here._pay(others, decided, None))
        words = _("{keys}: paid by finance, recorded by {me}; {undo} takes it back")
        self.say(self.keyed(words, keys=_named(keys), me=safe(self.desk.title(self.desk.me()))))

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
        from pmo_tui.desk.money.typed_invoice import mirrored

        booking.check(self.desk, [invoice.key], "credited")

        if booking.credited_by(self.desk, invoice):
            self.start(self._mark_credited(invoice.key))
            return None
        order = self.desk.record(invoice.order) if invoice.order else None
        return self.book(mirrored(invoice, order if isinstance(order, Order) else None))

    async def _mark_credited(self, key: str) -> None:
        await self.write(lambda: booking.credit(self.desk, key))
        self.say(self.keyed(_("{key} is credited; {undo} takes it back"), key=key))

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
        usual = self._usual_decider([invoice.key])

        async def sent(text: str) -> None:
            to, _on = read_decider(self.desk, text, usual)
            action = await self.write(lambda: send(self.desk, invoice.key, str(to)))
            due = self.desk.values(action)["due"]
            words = _("{key}: {name} asked until {day} ({action}); message in 9")
            self.say(words.format(key=invoice.key, name=safe(self.desk.title(str(to))), day=format_date(due), action=action))  # fmt: skip

        self._ask_person(sent, self._labelled([invoice.key], _("send to")), [invoice.key])

    def _ask_answer(self, invoice: Invoice, owner: str | None) -> None:
        name = self.desk.title(owner) if owner else "–"

        async def answered(text: str) -> None:
            await self.write(lambda: booking.answer(self.desk, invoice.key, Decided(owner, reason=text.strip())))
            self.say(self.keyed(_("{key}: the answer of {name} is on record; {accept} accepts, {approve} approves"), key=invoice.key, name=safe(name)))  # fmt: skip

        label = self._labelled([invoice.key], _("answer of {name}").format(name=safe(name)[:LABEL]))
        self.ask(answered, label, wrong=_reason_needed)


def _reason_needed(text: str) -> str:
    return "" if text.strip() else _("Why? A reason is needed.")


def _named(keys: Sequence[str]) -> str:
    return ", ".join(keys[:SHOWN]) + (f" … ({len(keys)})" if len(keys) > SHOWN else "")
