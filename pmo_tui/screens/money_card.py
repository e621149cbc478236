"""What stands under the list about the record under the cursor: contract, order, receipts, invoices and projects, with their figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from pmo_tui.analysis.estimate import result_trace
from pmo_tui.analysis.exceptions import SETTLED
from pmo_tui.analysis.invoice_match import EXCEPTION
from pmo_tui.analysis.supplier_money import LineMoney, Ordered, line_name
from pmo_tui.desk.money.invoice_questions import questions
from pmo_tui.desk.money.invoice_view import GRAVE, badge, badge_text, badge_tone
from pmo_tui.desk.money.money_chain import order_keys
from pmo_tui.desk.said import said
from pmo_tui.records.invoices import Invoice, InvoiceStep
from pmo_tui.records.marks import N_
from pmo_tui.records.orders import Order, Receipt
from pmo_tui.records.projects import Project
from pmo_tui.records.suppliers import Contract, Supplier
from pmo_tui.screens.billed_lines import billed_lines
from pmo_tui.widgets.cutting import fit, width_of
from pmo_tui.widgets.text_page import TextLine, line
from pmo_tui.wording.languages import _
from pmo_tui.wording.money import format_money
from pmo_tui.wording.numbers import format_number
from pmo_tui.wording.safe import safe as whole
from pmo_tui.wording.shown_days import format_date

if TYPE_CHECKING:
    from pmo_tui.desk.desk import Desk

LABELS = (N_("order"), N_("receipts"), N_("invoices"), N_("project"), N_("contract"), N_("expected"))
MOST = 12
"""So many receipts, orders or invoices are named; the record has all of them."""
LONGEST = 300
QUANTITIES = (("ordered", N_("ordered")), ("received", N_("received")), ("invoiced", N_("invoiced")))
AMOUNTS = (
    ("cost", N_("cost")),
    ("accrual", N_("accrual")),
    ("prepaid", N_("prepaid")),
    ("open_commitment", N_("open")),
    ("order_left", N_("left")),
)
"""The figures of an order line in the order in which they are read."""
ALWAYS = frozenset({"cost", "order_left"})


def safe(value: object) -> str:
    """Safe text, no longer than the card has room for."""
    text = whole(value)
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def card(desk: Desk, key: str | None) -> list[TextLine]:
    """The chain of a record; nothing where there is none."""
    record = desk.record(key) if key else None
    if isinstance(record, Invoice):
        return [*_invoice(desk, record)]
    if isinstance(record, Order):
        projects = _of_order(record)
        return [*_order(desk, record.key), *_projects(desk, projects), *_results(desk, projects)]
    if isinstance(record, Receipt):
        return [*_receipt(desk, record), *_order(desk, record.order)]
    if isinstance(record, Contract):
        return [*_contract(desk, record), *_orders(desk, record.key)]
    if isinstance(record, Supplier):
        return [*_supplier(desk, record), *_orders(desk, record.key)]
    return []


def _labelled(label: str, pieces: Iterable[tuple[str, str]], target: str = "", figure: str = "") -> TextLine:
    width = max(width_of(_(each)) for each in LABELS)
    return TextLine(((fit(label, width) + " ", "faint"), *pieces), target, width + 1, figure)


# ---- invoices ----------------------------------------------------------------------------------------------------------


def _invoice(desk: Desk, invoice: Invoice) -> Iterator[TextLine]:
    yield _head(desk, invoice)
    name = badge(desk, invoice)
    reasons = [said(each) for each in desk.money.match(invoice.key).reasons] if name != "no order" else []
    words = badge_text(name) + (": " + ", ".join(reasons) if reasons else "")
    yield TextLine(((safe(words), badge_tone(name)),), invoice.key, 2, "match")
    for each in desk.exceptions.noticed(invoice):
        tone = "red" if each.kind in GRAVE else "amber"
        others = [_other(desk, other) for other in each.others]
        text = said(each.said) + (" – " + "; ".join(others) if others else "")
        yield TextLine(((f"! {safe(text)}", tone),), each.others[0] if each.others else "", 2)
    yield from _asked(desk, invoice)
    steps = [*_steps(desk, invoice)]
    yield from steps[:1]
    yield from _projects(desk, desk.exceptions.projects_of(invoice))
    orders = order_keys(desk, invoice.key)
    for key in orders:
        yield from _order(desk, key)
    if not orders:
        yield from billed_lines(desk, invoice)
    yield from _contract_of(desk, invoice)
    yield from steps[1:]
    yield from _results(desk, desk.exceptions.projects_of(invoice))


def _head(desk: Desk, invoice: Invoice) -> TextLine:
    supplier = desk.title(invoice.supplier) if invoice.supplier else "–"
    open_ = desk.computed(invoice.key, "open")
    payable = format_money(invoice.payable, invoice.currency)
    parts = [safe(invoice.number), safe(supplier), _(invoice.status), payable]
    if open_ != invoice.payable:
        parts.append(_("open {amount}").format(amount=format_money(open_, invoice.currency)))
    return TextLine(((invoice.key, "key"), ("  " + " · ".join(parts), "")), invoice.key, 2, "open")


def _other(desk: Desk, key: str) -> str:
    record = desk.record(key)
    if isinstance(record, Invoice):
        day = format_date(record.issue_date) if record.issue_date else "–"
        return f"{key} {record.number} {day} {format_money(record.gross, record.currency)} {_(record.status)}"
    return f"{key} {desk.title(key)}"


def _asked(desk: Desk, invoice: Invoice) -> Iterator[TextLine]:
    """Who is still to answer."""
    for action in questions(desk, invoice.key):
        words = _("asked {name}, answer due {day}").format(
            name=desk.title(action.owner) if action.owner else "–", day=format_date(action.due) if action.due else "–"
        )
        yield TextLine(((f"? {safe(words)}", "amber"), (f"  {action.key}", "key")), action.key, 2)


def _steps(desk: Desk, invoice: Invoice) -> Iterator[TextLine]:
    """What was decided and done, the newest first."""
    for step in reversed(invoice.steps):
        yield TextLine(((f"· {safe(step_words(desk, invoice, step))}", "amber" if step.own else ""),), invoice.key, 2)


def step_words(desk: Desk, invoice: Invoice, step: InvoiceStep) -> str:
    """A step in a sentence: what, by whom, when, who recorded it, why. Raw text."""
    who = desk.title(step.by) if step.by else _(step.party) if step.party else "–"
    words = _("{what} by {who} on {day}, recorded by {recorder}").format(
        what=_(step.what), who=who, day=format_date(step.on), recorder=desk.title(desk.person(step.recorded_by))
    )
    if step.own:
        words += " " + _("(one person)")
    if step.amount is not None and step.what in ("paid", "credited"):
        words += f", {format_money(step.amount, invoice.currency)}"
    return words + (f": {step.reason}" if step.reason else "")


def _contract_of(desk: Desk, invoice: Invoice) -> Iterator[TextLine]:
    keys = [invoice.contract, *((desk.store.get(key) or {}).get("contract") for key in order_keys(desk, invoice.key))]
    for key in dict.fromkeys(key for key in keys if key):
        record = desk.record(key)
        if isinstance(record, Contract):
            yield from _contract(desk, record)


# ---- orders ------------------------------------------------------------------------------------------------------------


def _order(desk: Desk, key: str) -> Iterator[TextLine]:
    ordered = desk.money.ordered(key)
    if ordered is None:
        return
    order = ordered.order
    lines = desk.money.lines(order)
    left = _("left {left}").format(left=format_money(desk.money.total(order, "order_left"), order.currency))
    words = " · ".join(part for part in (safe(order.title), safe(order.number), _(order.status), left) if part)
    yield _labelled(_("order"), ((order.key, "key"), (f"  {words}", "")), order.key, "order_left")
    for place, money in enumerate(lines):
        described = f"{line_name(order, place)} {order.lines[place].description or ''}".strip()
        counts = " · ".join(f"{format_number(getattr(money, name))} {_(label)}" for name, label in QUANTITIES)
        yield TextLine(((f"  {safe(described)}  ", "strong"), (counts, "")), order.key, 4, "cost")
        yield line("    " + _amounts(money), "", order.key, 4, "cost")
    yield from _came_in(desk, ordered)


def _amounts(money: LineMoney) -> str:
    """The figures of a line; of those that may be nothing only what there is."""
    found = [(name, label, getattr(money, name)) for name, label in AMOUNTS]
    return "  ".join(f"{_(label)} {format_money(amount, '')}" for name, label, amount in found if amount or name in ALWAYS)  # fmt: skip


def _came_in(desk: Desk, ordered: Ordered) -> Iterator[TextLine]:
    """The receipts on an order and the invoices that bill it."""
    receipts = [
        f"{each.key} {format_date(each.received_on)} "
        + " ".join(f"{taken.order_line}:{format_number(taken.quantity)}" for taken in each.lines)
        for each in ordered.receipts
    ]
    yield _labelled(_("receipts"), ((_some(receipts), ""),), ordered.receipts[-1].key if receipts else "")
    invoices = [
        f"{each.key} {each.number} {format_money(each.net, each.currency)} {_(each.status)}"
        for each in ordered.invoices
    ]
    yield _labelled(_("invoices"), ((_some(invoices), ""),), ordered.invoices[-1].key if invoices else "")


def _some(found: list[str]) -> str:
    """The last ones, safe, and how many there are before them."""
    if not found:
        return _("none yet")
    before = len(found) - MOST
    shown = " · ".join(safe(each) for each in found[-MOST:])
    return _("{count} before · {shown}").format(count=before, shown=shown) if before > 0 else shown


def _orders(desk: Desk, key: str) -> Iterator[TextLine]:
    """The orders under a contract or with a supplier."""
    keys = order_keys(desk, key)
    for order in keys[:MOST]:
        left = desk.computed(order, "order_left")
        document = desk.store.get(order) or {}
        money = format_money(left, str(document.get("currency") or "EUR"))
        words = f"  {document.get('title')} · {_(str(document.get('status') or 'open'))} · " + _("left {left}").format(left=money)  # fmt: skip
        yield _labelled(_("order"), ((order, "key"), (safe(words), "")), order, "order_left")
    if len(keys) > MOST:
        yield line(_("  … and {count} more").format(count=len(keys) - MOST), "faint")


def _of_order(order: Order) -> list[str]:
    found = [*(each.project or order.project for each in order.lines), order.project]
    return list(dict.fromkeys(each for each in found if each))


# ---- what it is paid from, and the others ------------------------------------------------------------------------------


def _projects(desk: Desk, keys: Iterable[str]) -> Iterator[TextLine]:
    """What is available in each project."""
    for key in keys:
        project = desk.record(key)
        if not isinstance(project, Project):
            continue
        available = desk.computed(key, "available")
        shown = format_money(available, project.currency) if available is not None else _("no budget")
        tone = "red" if available is not None and available < 0 else ""
        pieces = (
            (key, "key"),
            (f"  {safe(project.name)} · ", ""),
            (_("available {amount}").format(amount=shown), tone),
        )
        yield _labelled(_("project"), pieces, key, "available")


def _results(desk: Desk, keys: Iterable[str]) -> Iterator[TextLine]:
    """The result that is expected of each project, or why it is not known."""
    for key in keys:
        project = desk.record(key)
        if isinstance(project, Project):
            yield _labelled(_("expected"), ((key, "key"), *_result(desk, project)), key, "expected_result")


def _result(desk: Desk, project: Project) -> tuple[tuple[str, str], ...]:
    """The expected result and the day of the estimate that it rests on; or why there is none."""
    result = result_trace(project, desk.money.project(project.key))
    if not isinstance(result.value, Decimal):
        return ((safe(f"  –{f' ({said(result.reason)})' if result.reason else ''}"), "faint"),)
    shown = ("  " + format_money(result.value, project.currency), "red" if result.value < 0 else "")
    if project.etc_on is None:
        return (shown,)
    return (shown, (" · " + _("estimate of {day}").format(day=format_date(project.etc_on)), "faint"))


def _receipt(desk: Desk, receipt: Receipt) -> Iterator[TextLine]:
    who = desk.title(receipt.accepted_by) if receipt.accepted_by else "–"
    words = _("accepted by {who} on {day}").format(who=who, day=format_date(receipt.received_on))
    yield TextLine(((receipt.key, "key"), (f"  {safe(words)} {safe(receipt.reference)}".rstrip(), "")), receipt.key, 2)


def _contract(desk: Desk, contract: Contract) -> Iterator[TextLine]:
    parts = [safe(contract.title), safe(contract.number), _(contract.status)]
    if contract.value is not None:
        parts.append(format_money(contract.value, contract.currency))
    if contract.finish is not None:
        parts.append(_("until {day}").format(day=format_date(contract.finish)))
    if contract.notice_by is not None:
        parts.append(_("notice by {day}").format(day=format_date(contract.notice_by)))
    words = " · ".join(part for part in parts if part)
    yield _labelled(_("contract"), ((contract.key, "key"), (f"  {words}", "")), contract.key, "value")


def _supplier(desk: Desk, supplier: Supplier) -> Iterator[TextLine]:
    days = supplier.payment_days
    parts = [
        safe(supplier.name), safe(supplier.registration), _(supplier.status), safe(", ".join(supplier.ibans)),
        _("pays in {days} days").format(days=days) if days is not None else "",
    ]  # fmt: skip
    yield TextLine(
        ((supplier.key, "key"), ("  " + " · ".join(part for part in parts if part), "")), supplier.key, 2, "open"
    )
    numbers = desk.store.shelf("invoices").where("supplier", supplier.key)
    bills = desk.money.some("invoices", numbers, Invoice)
    open_ = [each for each in bills if each.status not in SETTLED]
    wrong = sum(1 for each in open_ if desk.money.match(each.key).badge == EXCEPTION)
    words = _("{count} to be settled, {wrong} do not match").format(count=len(open_), wrong=wrong)
    yield _labelled(_("invoices"), ((words, "amber" if wrong else ""),), open_[0].key if open_ else "")
