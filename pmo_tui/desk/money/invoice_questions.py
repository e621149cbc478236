"""Asking the budget holder about an invoice: whom, in which words, and until when."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from pmo_tui.analysis.supplier_money import LineMoney, line_name, orders_of
from pmo_tui.desk.money.booking_invoices import APPROVAL, UNPAID
from pmo_tui.desk.said import said
from pmo_tui.desk.writing import without_key
from pmo_tui.records.documents import document_of, validated
from pmo_tui.records.errors import NotFound, Refused
from pmo_tui.records.invoices import Invoice
from pmo_tui.records.marks import N_
from pmo_tui.records.orders import Order
from pmo_tui.records.raid import Action
from pmo_tui.records.registers import by_name, looks_like_key
from pmo_tui.wording.languages import _
from pmo_tui.wording.money import format_money
from pmo_tui.wording.numbers import format_number
from pmo_tui.wording.shown_days import format_date

if TYPE_CHECKING:
    from pmo_tui.desk.desk import Desk
    from pmo_tui.store import Draft

ANSWER_WITHIN = 3
"""Working days that a budget holder is given."""
WEEKEND = 5


def holders_of_order(desk: Desk, order: Order) -> Iterator[str]:
    """Who answers for an order: its budget holder, then the sponsors and managers of the projects it serves."""
    if order.budget_holder:
        yield order.budget_holder
    projects = [order.project, *(line.project for line in order.lines)]
    yield from holders_of_projects(desk, projects)


def holders_of_projects(desk: Desk, projects: Sequence[str | None]) -> Iterator[str]:
    """The sponsors of some projects, then their managers."""
    found = [desk.store.get(key) or {} for key in dict.fromkeys(projects) if key]
    for field in ("sponsor", "manager"):
        yield from (str(project[field]) for project in found if project.get(field))


def budget_holders(desk: Desk, invoice: Invoice) -> list[str]:
    """Keys of the people who may decide about an invoice, the likeliest first; whoever works here is left to the others."""
    found: list[str] = []
    for key in orders_of(invoice):
        order = desk.record(key)
        if isinstance(order, Order):
            found += holders_of_order(desk, order)
    found += holders_of_projects(desk, [line.project for line in invoice.lines])
    me = desk.me()
    found = [person for person in dict.fromkeys(found) if desk.store.get(person)]
    return sorted(found, key=lambda person: person == me) if desk.config.small_firm else [p for p in found if p != me]


def questions(desk: Desk, key: str) -> list[Action]:
    """The actions that ask somebody about an invoice and are not answered."""
    numbers = desk.store.shelf("actions").where("about", key)
    found = desk.money.some("actions", numbers, Action)
    return [action for action in found if action.status == "open" and APPROVAL in action.tags]


def send(desk: Desk, key: str, to: str) -> str:
    """Ask the person `to` about an invoice: an action of his until in three working days, and the message to him. The action's key."""
    invoice = desk.record(key)
    if not isinstance(invoice, Invoice):
        raise NotFound(N_("There is no invoice {key}."), N_("pmo list invoices shows them."), key=key)
    if invoice.status not in UNPAID:
        raise Refused(N_("{key} is {status}; nobody has to answer."), key=key, status=_(invoice.status))
    for action in questions(desk, key):
        if action.owner == to:
            hint = N_("Record the answer, or wait for it until {due}.")
            name = desk.title(to)
            raise Refused(
                N_("{name} was asked already: {action}."), hint, name=name, action=action.key, due=action.due or "–"
            )
    due = working_days_on(desk.today(), ANSWER_WITHIN)
    projects = desk.exceptions.projects_of(invoice)
    action_values = {
        "title": subject(desk, invoice),
        "owner": to,
        "about": key,
        "due": due,
        "project": projects[0] if len(projects) == 1 else None,
        "tags": [APPROVAL],
    }
    action_document = without_key(document_of(validated(by_name("actions"), action_values)))
    me = desk.me()
    keys: list[str] = []

    def work(draft: Draft) -> None:
        keys[:] = [draft.add("actions", dict(action_document))]
        letter = {
            "to": to,
            "address": (draft.get(to) or {}).get("email"),
            "subject": action_values["title"],
            "about": [key, keys[0]],
            "on": desk.today(),
            "prepared_by": me if looks_like_key(me) else None,
            "text": message(desk, invoice, to, due),
        }
        draft.add("messages", without_key(document_of(validated(by_name("messages"), letter))))

    desk.store.transact(work, note="sent to the budget holder")
    return keys[0]


def working_days_on(day: date, count: int) -> date:
    """So many days on, Saturdays and Sundays not counted."""
    while count:
        day += timedelta(days=1)
        count -= day.weekday() < WEEKEND
    return day


# ---- words -------------------------------------------------------------------------------------------------------------


def subject(desk: Desk, invoice: Invoice) -> str:
    """What the message is about, in the language in use."""
    supplier = desk.title(invoice.supplier) if invoice.supplier else "–"
    amount = format_money(invoice.payable, invoice.currency)
    words = _("Approve invoice {number} of {supplier}, {amount}?")
    return one_line(words.format(number=invoice.number, supplier=supplier, amount=amount))


def one_line(text: str) -> str:
    """Text without ends of lines and other controls, as a title has to be."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())


def message(desk: Desk, invoice: Invoice, to: str, due: date) -> str:
    """The whole message: what is billed, on which order, what does not match, what can be answered and until when."""
    lines = [_("{name},").format(name=desk.title(to)), "", *_about(desk, invoice)]
    reasons = [said(each) for each in desk.money.order_match(invoice.key).reasons]
    noticed = [said(each.said) for each in desk.exceptions.noticed(invoice)]
    if reasons:
        lines += ["", _("It does not match its order: {reasons}.").format(reasons=", ".join(reasons))]
    lines += [_("Noticed: {what}.").format(what=each) for each in noticed]
    day = format_date(due, "long")
    lines += ["", _("Please answer until {day}: approve it, accept it with a reason, dispute it or send it back.").format(day=day)]  # fmt: skip
    return "\n".join(lines)


def _about(desk: Desk, invoice: Invoice) -> Iterator[str]:
    yield subject(desk, invoice)
    due = desk.exceptions.aged(invoice)
    if due is not None and due.due is not None:
        yield _("To be paid by {day}").format(day=format_date(due.due, "long"))
    for ordered in desk.money.billed(invoice):
        order = ordered.order
        yield _("On {order} {title}:").format(order=order.number or order.key, title=order.title)
        for place, money in enumerate(desk.money.lines(order)):
            words = _("{line} {what}: {ordered} ordered, {received} received, {invoiced} invoiced, left {left}")
            description = order.lines[place].description or ""
            yield "  " + words.format(line=line_name(order, place), what=description, **_quantities(order, money))


def _quantities(order: Order, money: LineMoney) -> dict[str, str]:
    return {name: format_number(getattr(money, name)) for name in ("ordered", "received", "invoiced")} | {
        "left": format_money(money.order_left, order.currency)
    }
