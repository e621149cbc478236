"""What the steps on record say of an invoice: whether what does not match was accepted."""

from __future__ import annotations

from collections.abc import Sequence

from pmo_tui.records.errors import Said
from pmo_tui.records.invoices import Invoice
from pmo_tui.records.marks import N_

FINANCE = N_("finance")
"""The party that pays."""
TO_BE_PAID = ("approved", "payable")
"""In these states all is decided about an invoice: it waits for finance, and for no person."""
BETWEEN = "; "
"""Stands between the reasons of a match in a step that accepts them."""


def reasons_text(reasons: Sequence[Said]) -> str:
    """The reasons of a match as a step keeps them: in English, whatever language is in use."""
    return BETWEEN.join(reason.words() for reason in reasons)


def accepted(invoice: Invoice, reasons: Sequence[Said]) -> bool:
    """Whether every one of the reasons was accepted, for the amount that the invoice still has. Without reasons there is nothing to accept."""
    known: set[str] = set()
    for step in invoice.steps:
        if step.what == "accepted" and step.amount == invoice.net:
            known.update((step.about or "").split(BETWEEN))
    return bool(reasons) and all(reason.words() in known for reason in reasons)
