"""What booking an invoice does, told beside its form: the sums, what is left on the order, what is available, whether it matches."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pmo_tui.analysis.booking_effect import Change
from pmo_tui.analysis.estimate import result_trace
from pmo_tui.analysis.invoice_match import MATCHED
from pmo_tui.desk.money.invoice_typing import InvoiceTyping
from pmo_tui.desk.money.invoice_view import GRAVE, badge_text, badge_tone
from pmo_tui.desk.money.typed_invoice import TypedInvoice
from pmo_tui.desk.said import said
from pmo_tui.records.projects import Project
from pmo_tui.widgets.text_page import TextLine, line
from pmo_tui.wording.languages import _
from pmo_tui.wording.money import format_money
from pmo_tui.wording.safe import safe

if TYPE_CHECKING:
    from pmo_tui.desk.desk import Desk

LABEL = 12
TITLE = 24


def booking_lines(desk: Desk, typing: InvoiceTyping, made: TypedInvoice) -> list[TextLine]:
    """The lines; a hint as long as nothing is billed."""
    invoice = made.invoice
    if not invoice.lines:
        return [line(_("Type the supplier; order, lines, VAT and terms follow. ⏎ books it, esc leaves it for later."), "faint")]  # fmt: skip
    return [*_effect(desk, typing, made)]


def _effect(desk: Desk, typing: InvoiceTyping, made: TypedInvoice) -> Iterator[TextLine]:
    invoice = made.invoice
    effect = typing.effect(invoice)
    noticed = typing.noticed(invoice)
    sums = _("net {net} + VAT {vat} = {gross}").format(
        net=format_money(invoice.net, ""), vat=format_money(invoice.vat, ""),
        gross=format_money(invoice.gross, invoice.currency),
    )  # fmt: skip
    if invoice.payable != invoice.gross:
        sums += _(", payable {amount}").format(amount=format_money(invoice.payable, invoice.currency))
    yield _labelled(_("total"), ((sums, "strong"),))
    for flag in invoice.flags:
        yield TextLine(((f"! {safe(flag)}", "amber"),), "", 2)
    for change in effect.order_left:
        yield _labelled(_("order left"), _moved(desk, change))
    for change in effect.available:
        yield _labelled(_("available"), _moved(desk, change))
    for result in dict.fromkeys(_expected(desk, change) for change in effect.expected):
        yield _labelled(_("expected"), result)
    reasons = ", ".join(said(each) for each in effect.match.reasons)
    words = badge_text(effect.match.badge) + (f": {reasons}" if reasons else "")
    yield _labelled(_("match"), ((safe(words), badge_tone(effect.match.badge)),))
    for each in noticed:
        if each.kind != "duplicate" and (each.kind != "suspected" or effect.match.badge != MATCHED):
            yield TextLine(((f"! {safe(said(each.said))}", "red" if each.kind in GRAVE else "amber"),), "", 2)


def _expected(desk: Desk, change: Change) -> tuple[tuple[str, str], ...]:
    """How the result that is expected of a project moves, or why it is not known."""
    if change.before is not None and change.after is not None:
        return _moved(desk, change)
    project = desk.record(change.key)
    assert isinstance(project, Project)
    reason = result_trace(project, desk.money.project(change.key)).reason
    return (("–" + (f" ({safe(said(reason))})" if reason else ""), "faint"),)


def _labelled(label: str, pieces: tuple[tuple[str, str], ...]) -> TextLine:
    return TextLine(((f"{label:<{LABEL}} ", "faint"), *pieces), "", LABEL + 1)


def _moved(desk: Desk, change: Change) -> tuple[tuple[str, str], ...]:
    """`PO-1 Beams  EUR 10,000.00 → 6,000.00`, red where it falls below nothing."""
    title = safe(desk.title(change.key))
    name = f"  {title if len(title) <= TITLE else title[: TITLE - 1] + '…'}  "
    if change.after is None or change.before is None:
        return ((change.key, "key"), (name + _("no budget"), ""))
    before, after = format_money(change.before, change.currency), format_money(change.after, "")
    tone = "red" if change.after < 0 else "green" if change.after >= change.before else ""
    return ((change.key, "key"), (f"{name}{before} → ", ""), (after, tone or "strong"))
