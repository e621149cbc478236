"""The lines of an invoice that bills no order of ours, for below the list: what it asks money for, and for which project."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pmo_tui.records.invoices import Invoice
from pmo_tui.widgets.text_page import TextLine
from pmo_tui.wording.languages import _
from pmo_tui.wording.money import format_money
from pmo_tui.wording.safe import safe

if TYPE_CHECKING:
    from pmo_tui.desk.desk import Desk

MOST = 12
"""So many lines are told; the record has all of them."""


def billed_lines(desk: Desk, invoice: Invoice) -> Iterator[TextLine]:
    """The order that the supplier names, then line by line the amount and the project it is for; nothing where an order is billed."""
    if invoice.order_reference:
        words = _("billed on order {number}, which is not among the orders").format(
            number=safe(invoice.order_reference)
        )
        yield TextLine(((words, "amber"),), invoice.key, 2)
    for place, each in enumerate(invoice.lines[:MOST], 1):
        amount = format_money(each.net, invoice.currency)
        project = desk.lookup.short(each.project) if each.project else _("no project")
        told = f"{amount} · {safe(project)}"
        name = f"  {place} {safe(each.description)}".rstrip()
        yield TextLine(((f"{name}  ", "strong"), (told, "" if each.project else "amber")), invoice.key, 4, "cost")
