"""Receipts on an order: what is missing on it, what was typed of a delivery, and its booking."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from pmo_tui.analysis.amounts import NOTHING, tidy
from pmo_tui.analysis.supplier_money import LineMoney, billed_lines, named_lines
from pmo_tui.desk.money.decided_words import person_meant
from pmo_tui.desk.money.invoice_questions import holders_of_order
from pmo_tui.desk.writing import without_key
from pmo_tui.records.documents import document_of, record_of, validated
from pmo_tui.records.errors import Fault, NotFound, Refused
from pmo_tui.records.invoices import Invoice
from pmo_tui.records.marks import N_
from pmo_tui.records.orders import Order
from pmo_tui.records.registers import by_name
from pmo_tui.wording.dates import parse_date
from pmo_tui.wording.languages import _
from pmo_tui.wording.typed_numbers import parse_number

if TYPE_CHECKING:
    from pmo_tui.desk.desk import Desk
    from pmo_tui.store import Draft

RECEIVES = ("open",)
"""Orders in these states take deliveries."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """What came in or was accepted: quantities by order line, on which day, accepted by whom, under which reference."""

    quantities: dict[str, Decimal] = field(default_factory=dict)
    on: date | None = None
    accepted_by: str | None = None
    reference: str = ""


def missing(desk: Desk, order: Order, invoice: Invoice | None = None) -> dict[str, Decimal]:
    """What is still to come in on each line: of the lines that an invoice bills what it bills too much, else what was ordered."""
    lines = {each.line: each for each in desk.money.lines(order)}
    if invoice is not None:
        billed = {name for _, _, name in billed_lines(order, [invoice]) if name in lines}
        short = {name: lines[name].invoiced - lines[name].received for name in lines if name in billed}
        found = {name: tidy(quantity) for name, quantity in short.items() if quantity > 0}
        if found:
            return found
    return {name: tidy(_left(each)) for name, each in lines.items() if _left(each) > 0}


def _left(line: LineMoney) -> Decimal:
    return line.ordered - line.received


def typed_delivery(quantities: Mapping[str, Decimal]) -> str:
    """Quantities as they are typed: `1:4 2:10`."""
    return " ".join(f"{name}:{format(quantity, 'f')}" for name, quantity in quantities.items())


def read_delivery(desk: Desk, order: Order, text: str) -> Delivery:
    """What `1:4 2:10 @jan fri AB-12` says: quantities by line (`4` alone on an order of one line), who accepted it, when, the reference."""
    lines = named_lines(order)
    quantities: dict[str, Decimal] = {}
    on: date | None = None
    accepted_by: str | None = None
    words: list[str] = []
    for word in text.split():
        name, colon, number = word.rpartition(":")
        if colon and number:
            _know(order, lines, name)
            quantities[name] = quantities.get(name, NOTHING) + parse_number(number)
        elif word.startswith("@"):
            accepted_by = person_meant(desk, word[1:])
        elif len(lines) == 1 and not quantities and _is_number(word):
            quantities[next(iter(lines))] = parse_number(word)
        elif (day := _day(desk, word)) is not None:
            on = day
        else:
            words.append(word)
    if not any(quantities.values()):
        raise Fault(N_("how much of which line? 1:4 2:10"))
    kept = {name: quantity for name, quantity in quantities.items() if quantity}
    return Delivery(kept, on, accepted_by, " ".join(words))


def _know(order: Order, lines: Mapping[str, object], name: str) -> None:
    if name not in lines:
        raise Fault(N_("{order} has no line {line}; it has {lines}"), order=order.key, line=name, lines=", ".join(lines))  # fmt: skip


def _is_number(word: str) -> bool:
    try:
        parse_number(word)
    except ValueError:
        return False
    return True


def _day(desk: Desk, word: str) -> date | None:
    try:
        return parse_date(word, desk.today())
    except ValueError:
        return None


def accepter(desk: Desk, order: Order) -> str | None:
    """Who accepts a delivery on an order unless somebody else is named: whoever answers for the order."""
    return next((person for person in holders_of_order(desk, order) if desk.store.get(person)), None)


def receive(desk: Desk, order_key: str, delivery: Delivery) -> str:
    """Book a delivery on an open order and return the receipt's key. What goes back is a negative quantity."""
    on = delivery.on or desk.today()
    if on > desk.today():
        raise Refused(N_("{day} is still to come."), N_("A delivery is booked once it is there."), day=on)
    keys: list[str] = []

    def work(draft: Draft) -> None:
        document = draft.get(order_key)
        order = None if document is None or not order_key.startswith("PO-") else record_of(by_name("orders"), document)
        if not isinstance(order, Order):
            raise NotFound(N_("There is no order {key}."), N_("pmo list orders shows them."), key=order_key)
        if order.status not in RECEIVES:
            raise Refused(N_("{key} is {status}; nothing comes in on it."), N_("Set its status to open first."), key=order_key, status=_(order.status))  # fmt: skip
        _check(desk, order, delivery)
        values = {
            "order": order_key,
            "received_on": on,
            "accepted_by": delivery.accepted_by or accepter(desk, order),
            "reference": delivery.reference or None,
            "lines": [{"order_line": name, "quantity": amount} for name, amount in delivery.quantities.items()],
        }
        keys[:] = [draft.add("receipts", without_key(document_of(validated(by_name("receipts"), values))))]

    desk.store.transact(work)
    return keys[0]


def _check(desk: Desk, order: Order, delivery: Delivery) -> None:
    lines = {each.line: each for each in desk.money.lines(order)}
    for name, quantity in delivery.quantities.items():
        if name not in lines:
            raise Refused(N_("{order} has no line {line}."), order=order.key, line=name)
        if lines[name].received + quantity < 0:
            raise Refused(N_("Only {received} of line {line} came in."), line=name, received=tidy(lines[name].received))
