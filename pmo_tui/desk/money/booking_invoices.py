"""What is done with supplier invoices beyond changing a field: booked, accepted, approved, disputed, returned, credited, paid.

The officer decides none of it. Each step on record says who decided, on which day and why, and who wrote it down; where the two are
one person it is refused, or with `small_firm` in the configuration it shows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from pmo_tui.analysis.amounts import NOTHING
from pmo_tui.analysis.duplicates import same_number
from pmo_tui.analysis.invoice_match import EXCEPTION
from pmo_tui.analysis.invoice_steps import FINANCE, TO_BE_PAID, accepted, reasons_text
from pmo_tui.analysis.supplier_money import NOT_COUNTED
from pmo_tui.desk.said import said
from pmo_tui.desk.writing import difference, without_key
from pmo_tui.records.documents import document_of, record_of, validated
from pmo_tui.records.errors import NotFound, Refused
from pmo_tui.records.invoices import Invoice, InvoiceStep
from pmo_tui.records.marks import N_
from pmo_tui.records.registers import by_name
from pmo_tui.wording.languages import _

if TYPE_CHECKING:
    from pmo_tui.desk.desk import Desk
    from pmo_tui.store import Draft

APPROVAL = "approval"
"""The tag of actions that ask a budget holder about an invoice."""
SUPPLIER = N_("supplier")
"""The party that credits."""
UNDECIDED = ("registered", "disputed")
"""In these states an invoice waits for the budget holder."""
UNPAID = (*UNDECIDED, *TO_BE_PAID)
FROM: dict[str, tuple[str, ...]] = {
    "answered": UNPAID,
    "accepted": UNPAID,
    "approved": UNDECIDED,
    "disputed": ("registered", *TO_BE_PAID),
    "returned": UNPAID,
    "paid": TO_BE_PAID,
    "credited": (*UNPAID, "paid"),
}
"""The states from which each step can be taken."""
HINTS = {
    "paid": N_("The budget holder's approval comes first."),
    "accepted": N_("It waits for nobody's answer any more."),
}


@dataclass(frozen=True, slots=True)
class Decided:
    """Who decided (the key of a person, or a party such as finance), on which day, today by default, and why."""

    by: str | None = None
    on: date | None = None
    reason: str = ""
    party: str = ""


def accept(desk: Desk, keys: Sequence[str], decided: Decided) -> int:
    """Somebody else than the officer accepts what does not match, with a reason; what was disputed no longer is."""
    _needs_reason(decided)
    _by_another(desk, decided)

    def change(invoice: Invoice, step: InvoiceStep) -> Invoice:
        made = replace(step, about=reasons_text(desk.money.match(invoice.key).reasons), amount=invoice.net)
        status = "registered" if invoice.status == "disputed" else invoice.status
        return replace(invoice, status=status, steps=[*invoice.steps, made])

    return _record(desk, keys, "accepted", decided, change)


def approve(desk: Desk, keys: Sequence[str], decided: Decided) -> int:
    """The budget holder approves. Refused where something does not match that nobody accepted."""
    _by_another(desk, decided)

    def change(invoice: Invoice, step: InvoiceStep) -> Invoice:
        made = replace(step, amount=invoice.payable)
        return replace(
            invoice, status="approved", approved_by=step.by, approved_on=step.on, steps=[*invoice.steps, made]
        )

    return _record(desk, keys, "approved", decided, change)


def dispute(desk: Desk, keys: Sequence[str], decided: Decided) -> int:
    """The invoice is contested and stands apart until it is accepted, credited or returned."""
    _needs_reason(decided)
    return _record(desk, keys, "disputed", decided, _to("disputed"))


def send_back(desk: Desk, keys: Sequence[str], decided: Decided) -> int:
    """The invoice goes back to the supplier: it bills nothing any more and may come again."""
    _needs_reason(decided)
    return _record(desk, keys, "returned", decided, _to("returned"))


def pay(desk: Desk, keys: Sequence[str], decided: Decided, amount: Decimal | None = None) -> int:
    """Finance paid what is open, or an `amount` of one invoice; it is paid once nothing is left."""
    if amount is not None and len(keys) > 1:
        raise Refused(N_("How much of which? An amount is paid of one invoice at a time."))

    def change(invoice: Invoice, step: InvoiceStep) -> Invoice:
        left = invoice.payable - invoice.paid
        given = left if amount is None else amount
        wrong = _no_payment(given, left) if amount is not None else ""
        if wrong:
            raise Refused(wrong, key=invoice.key, amount=given, left=left)
        status = "paid" if given == left else invoice.status
        made = replace(step, amount=given, party=step.party or (None if step.by else FINANCE))
        return replace(invoice, status=status, paid=invoice.paid + given, paid_on=step.on, steps=[*invoice.steps, made])

    return _record(desk, keys, "paid", decided, change)


def _no_payment(amount: Decimal, left: Decimal) -> str:
    """Why an amount cannot be paid of what is left, which is below 0 of a credit note; empty where it can."""
    if not amount:
        return N_("0 pays nothing of {key}; {left} is open.")
    if amount < 0 <= left:
        return N_("{amount} is below 0, and {left} is to be paid of {key}. What comes back is booked as a credit note.")
    if left < 0 < amount:
        return N_("{amount} is above 0, and {key} is a credit note: {left} is open.")
    return N_("{amount} is more than what is open of {key}, {left}.") if abs(amount) > abs(left) else ""


def answer(desk: Desk, key: str, decided: Decided) -> int:
    """What somebody who was asked about an invoice said, without deciding."""
    _needs_reason(decided)
    return _record(desk, [key], "answered", decided, _to(""))


def credit(desk: Desk, key: str) -> int:
    """Mark an invoice as credited, where credit notes on it cover what it asks."""

    def work(draft: Draft) -> None:
        invoice = _invoice(draft, key)
        if not _credited(desk, draft, invoice):
            raise Refused(
                N_("No credit note covers {key}."), N_("Book it first; it names the number it credits."), key=key
            )

    return desk.store.transact(work, note="credited")


def book(desk: Desk, invoice: Invoice) -> str:
    """Write a new invoice or credit note and return its key; what a credit note covers is credited with it."""
    keys: list[str] = []

    def work(draft: Draft) -> None:
        document = document_of(validated(by_name("invoices"), without_key(document_of(invoice))))
        keys[:] = [draft.add("invoices", document)]
        if invoice.type == "credit" and invoice.original:
            for number in draft.find("invoices", "supplier", invoice.supplier):
                original = _invoice(draft, number)
                if original.type != "credit" and same_number(original.number, invoice.original):
                    _credited(desk, draft, original)

    desk.store.transact(work)
    return keys[0]


def check(desk: Desk, keys: Sequence[str], what: str) -> None:
    """Refused where one of the invoices cannot take a step as it is now: what is asked before anybody is asked who decided."""
    for key in keys:
        record = desk.record(key)
        if isinstance(record, Invoice):
            _check(desk, record, what)


# ---- how a step is taken -----------------------------------------------------------------------------------------------


def _to(status: str) -> Callable[[Invoice, InvoiceStep], Invoice]:
    """Only the state changes, or nothing."""
    return lambda invoice, step: replace(invoice, status=status or invoice.status, steps=[*invoice.steps, step])


def _record(
    desk: Desk,
    keys: Sequence[str],
    what: str,
    decided: Decided,
    change: Callable[[Invoice, InvoiceStep], Invoice],
) -> int:
    """Take the same step on several invoices in one transaction; questions that its decider was asked about them are answered."""
    step = step_of(desk, what, decided)

    def work(draft: Draft) -> None:
        for key in keys:
            invoice = _invoice(draft, key)
            _check(desk, invoice, what)
            _write(draft, invoice, change(invoice, step))
            for action in open_questions(draft, key):
                if (draft.get(action) or {}).get("owner") == decided.by:
                    draft.change(action, {"status": "done", "done_on": step.on.isoformat()})

    return desk.store.transact(work, note=what)


def step_of(desk: Desk, what: str, decided: Decided) -> InvoiceStep:
    """The step as it goes on record. Refused for a day to come, or for nobody."""
    on = decided.on or desk.today()
    if on > desk.today():
        raise Refused(N_("{day} is still to come."), N_("A decision is recorded once it is taken."), day=on)
    return InvoiceStep(
        what=what, on=on, by=decided.by or None, party=decided.party or None, recorded_by=desk.author,
        own=decided.by == desk.me(), reason=decided.reason or None,
    )  # fmt: skip


def open_questions(draft: Draft, key: str) -> list[str]:
    """The open actions that ask somebody about an invoice."""
    found = [(action, draft.get(action) or {}) for action in draft.find("actions", "about", key)]
    return [
        action for action, document in found if document.get("status", "open") == "open" and APPROVAL in document.get("tags", ())
    ]  # fmt: skip


def _needs_reason(decided: Decided) -> None:
    if not decided.reason.strip():
        raise Refused(N_("Why? A reason is needed."))


def _by_another(desk: Desk, decided: Decided) -> None:
    """Who decides is a person, and not the one who records it, unless the firm is small."""
    if not decided.by:
        raise Refused(N_("Who decided? Name a person."))
    if decided.by == desk.me() and not desk.config.small_firm:
        raise Refused(
            N_("{name} would decide and record it in one person."),
            N_("The budget holder decides; in a small firm set small_firm = true in the configuration, and it shows."),
            name=desk.title(decided.by),
        )


def _invoice(draft: Draft, key: str) -> Invoice:
    document = draft.get(key)
    invoice = None if document is None or not key.startswith("INV-") else record_of(by_name("invoices"), document)
    if not isinstance(invoice, Invoice):
        raise NotFound(N_("There is no invoice {key}."), N_("pmo list invoices shows them."), key=key)
    return invoice


def _check(desk: Desk, invoice: Invoice, what: str) -> None:
    if invoice.status not in FROM[what]:
        raise Refused(
            N_("{key} is {status}; it cannot be {what}."), HINTS.get(what, ""),
            key=invoice.key, status=_(invoice.status), what=_(what),
        )  # fmt: skip
    found = desk.money.match(invoice.key)
    if what == "accepted" and found.badge != EXCEPTION:
        raise Refused(N_("There is nothing to accept: {key} is {match}."), key=invoice.key, match=_(found.badge))
    if what == "approved" and found.badge == EXCEPTION and not accepted(invoice, found.reasons):
        raise Refused(
            N_("{key} does not match: {reasons}."),
            N_("It is accepted with a reason first, or disputed, or returned."),
            key=invoice.key,
            reasons=", ".join(said(each) for each in found.reasons),
        )


def _write(draft: Draft, before: Invoice, after: Invoice) -> None:
    old = document_of(before)
    draft.change(before.key, difference(old, document_of(validated(by_name("invoices"), document_of(after)))))


def credited_by(desk: Desk, invoice: Invoice) -> list[Invoice]:
    """The credit notes on an invoice, where they cover what it asks; empty where they do not."""
    numbers = desk.store.shelf("invoices").where("supplier", invoice.supplier)
    return _covering(invoice, desk.money.some("invoices", numbers, Invoice))


def _covering(invoice: Invoice, bills: Iterable[Invoice]) -> list[Invoice]:
    notes = [
        note
        for note in bills
        if note.type == "credit" and note.status not in NOT_COUNTED and same_number(note.original or "", invoice.number)
    ]
    return notes if invoice.payable + sum((note.payable for note in notes), NOTHING) <= 0 else []


def _credited(desk: Desk, draft: Draft, invoice: Invoice) -> bool:
    """Mark an invoice as credited where credit notes of its supplier cover it; whether they do. A paid one stays paid."""
    if invoice.status not in FROM["credited"]:
        return False
    notes = _covering(invoice, (_invoice(draft, key) for key in draft.find("invoices", "supplier", invoice.supplier)))
    if not notes:
        return False
    step = replace(
        step_of(desk, "credited", Decided(party=SUPPLIER)),
        about=", ".join(note.key for note in notes),
        amount=sum((note.payable for note in notes), NOTHING),
    )
    status = "paid" if invoice.status == "paid" else "credited"
    _write(draft, invoice, replace(invoice, status=status, steps=[*invoice.steps, step]))
    return True
