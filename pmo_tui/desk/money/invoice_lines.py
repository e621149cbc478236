"""Saying what a line of an invoice bills: a line of an order, or the projects it is for. One line may be split over several."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from pmo_tui.analysis.amounts import NOTHING, half_up
from pmo_tui.analysis.supplier_money import bills, key_in, line_name, named_lines
from pmo_tui.desk.money.booking_invoices import UNDECIDED
from pmo_tui.desk.money.invoice_defaults import OpenOrder, open_orders
from pmo_tui.desk.money.line_words import Part, parts_of
from pmo_tui.desk.writing import difference
from pmo_tui.records.documents import document_of, record_of, validated
from pmo_tui.records.errors import Fault, NotFound, Problem, Refused
from pmo_tui.records.invoices import Invoice, InvoiceLine
from pmo_tui.records.marks import N_
from pmo_tui.records.orders import Order
from pmo_tui.records.registers import by_name
from pmo_tui.wording.languages import _
from pmo_tui.wording.money import format_money

if TYPE_CHECKING:
    from pmo_tui.desk.desk import Desk
    from pmo_tui.store import Draft

QUANTITY_PLACES = 6


def loose(desk: Desk, invoice: Invoice) -> list[int]:
    """The places, from 0, of lines that name no line of an order, or one that the order has not."""
    return [place for place, line in enumerate(invoice.lines) if not _fits(desk, invoice, line)]


def _fits(desk: Desk, invoice: Invoice, line: InvoiceLine) -> bool:
    key, name = bills(invoice, line)
    order = desk.record(key) if key else None
    if not isinstance(order, Order):
        return False
    lines = named_lines(order)
    return name in lines or (not name and len(lines) == 1)


def candidates(desk: Desk, invoice: Invoice, line: InvoiceLine) -> list[tuple[str, str]]:
    """Order lines that an invoice line may bill, the likeliest first: what is typed for each, and the line in words (raw text)."""
    orders = open_orders(desk, invoice.supplier) if invoice.supplier else []
    own = desk.record(invoice.order) if invoice.order else None
    if isinstance(own, Order) and own.key not in {each.order.key for each in orders}:
        orders.insert(0, OpenOrder(own, tuple(desk.money.lines(own))))
    orders.sort(key=lambda each: each.order.key != invoice.order)
    found = [
        (_unlike(line, each.order, place), f"{each.order.key}/{line_name(each.order, place)}", _described(each, place))
        for each in orders
        for place in range(len(each.order.lines))
    ]
    return [(typed, shown) for _, typed, shown in sorted(found, key=lambda one: one[0])]


def _unlike(line: InvoiceLine, order: Order, place: int) -> int:
    """How little an order line looks like what is billed: the same price, unit and words count for it."""
    ordered = order.lines[place]
    words = set((line.description or "").casefold().split())
    same = (
        line.price is not None and line.price == ordered.price,
        line.unit is not None and line.unit == ordered.unit,
        bool(words & set((ordered.description or "").casefold().split())),
    )
    return len(same) - sum(same)


def _described(found: OpenOrder, place: int) -> str:
    order, money = found.order, found.lines[place]
    left = format_money(money.order_left, order.currency)
    what = order.lines[place].description or order.title
    return f"{order.key}/{money.line}  {what}  " + _("left {left}").format(left=left)


def code_line(desk: Desk, key: str, place: int, text: str) -> int:
    """Say what the line at `place` (from 0) of an invoice bills, and return the sequence.

    `2` or `PO-7/2` is a line of an order; `#HB1` a project; `200 #HB1; 150 #P-2` splits the line. Refused once it is decided about.
    """
    invoice = desk.record(key)
    if not isinstance(invoice, Invoice) or not 0 <= place < len(invoice.lines):
        raise NotFound(N_("There is no line {place} on {key}."), key=key, place=place + 1)
    try:
        after = coded(desk, invoice, place, text)
    except Fault as fault:
        raise Refused(problems=[Problem(fault.reason, f"lines.{place + 1}", key)]) from fault

    def work(draft: Draft) -> None:
        document = draft.get(key)
        now = None if document is None else record_of(by_name("invoices"), document)
        if not isinstance(now, Invoice) or now.revision != invoice.revision:
            raise draft.edited(key, N_("{key} was changed by {author} on {time}."))
        if now.status not in UNDECIDED:
            raise Refused(
                N_("{key} is {status}; what it bills is not changed any more."), key=key, status=_(now.status)
            )
        draft.change(key, difference(document_of(now), document_of(validated(by_name("invoices"), document_of(after)))))

    return desk.store.transact(work)


def coded(desk: Desk, invoice: Invoice, place: int, text: str) -> Invoice:
    """The invoice with one line as `text` says; a Fault says what is not understood."""
    line, text = invoice.lines[place], text.strip()
    order_key, name = (key_in(text), text[len(key_in(text)) + 1 :]) if key_in(text) else (invoice.order or "", text)
    order = desk.record(order_key) if order_key else None
    if isinstance(order, Order) and name in named_lines(order):
        own = invoice.order in (None, order.key)
        ordered = named_lines(order)[name]
        made = replace(
            line,
            order_line=name if own else f"{order.key}/{name}",
            project=line.project or ordered.project or order.project,
            work_package=line.work_package or ordered.work_package,
            cost_type=line.cost_type or ordered.cost_type,
        )
        return replace(invoice, order=invoice.order or order.key, lines=_put(invoice, place, [made]))
    if "#" not in text:
        raise Fault(N_("“{text}” is no line of an order and names no project; write 2, PO-7/2 or #project"), text=text)
    return replace(invoice, lines=_put(invoice, place, _split(line, parts_of(desk, text))))


def _put(invoice: Invoice, place: int, made: list[InvoiceLine]) -> list[InvoiceLine]:
    return [*invoice.lines[:place], *made, *invoice.lines[place + 1 :]]


def _split(line: InvoiceLine, parts: list[Part]) -> list[InvoiceLine]:
    """The line in parts that add up to it; the last one takes what is left where it says no amount."""
    left_net, left_quantity = line.net, line.quantity
    made: list[InvoiceLine] = []
    for number, part in enumerate(parts, 1):
        last = number == len(parts)
        net = part.net if part.net is not None else part.number
        if net is None and not last:
            raise Fault(N_("part {number}: how much of it?"), number=number)
        net = left_net if net is None else net
        if last and net != left_net:
            raise Fault(N_("the parts make {sum}, the line is {net}"), sum=line.net - left_net + net, net=line.net)
        quantity = _share(line, net, left_quantity, last=last)
        left_net -= net
        left_quantity = None if left_quantity is None or quantity is None else left_quantity - quantity
        made.append(replace(line, net=net, quantity=quantity, project=part.project or line.project))
    return made


def _share(line: InvoiceLine, net: Decimal, left: Decimal | None, *, last: bool) -> Decimal | None:
    """The part of a line's quantity that goes with a part of its amount."""
    if line.quantity is None or last:
        return left
    return half_up(line.quantity * net / line.net, QUANTITY_PLACES) if line.net else NOTHING
