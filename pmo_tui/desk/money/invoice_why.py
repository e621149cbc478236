"""Why an invoice is in an age, what was noticed about it, and whether what does not match was accepted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pmo_tui.analysis.figure import Figure, Source
from pmo_tui.analysis.invoice_steps import accepted
from pmo_tui.records.marks import N_

if TYPE_CHECKING:
    from pmo_tui.desk.desk import Desk


def bucket(desk: Desk, invoice: Any) -> Figure:
    """The age of what is open."""
    found = desk.exceptions.aged(invoice)
    name = N_("Past due")
    status = Source(invoice.key, "status", invoice.status)
    if desk.computed(invoice.key, "bucket") is None or found is None:
        return Figure(name, None, "", N_("nothing is open, or it is settled"), (status,))
    days = Figure(N_("Days late"), found.days_late, "d", N_("today − due day; due today is 0"), (
        Source(invoice.key, "due_date", found.due),
    ))  # fmt: skip
    formula = N_("current up to 0 days, then up to 30, 60, 90; what is disputed stands apart")
    return Figure(name, found.bucket, "", formula, (days, status))


def noticed(desk: Desk, invoice: Any) -> Figure:
    """What may be wrong with an invoice, and the others that say so."""
    found = desk.exceptions.noticed(invoice)
    parts: list[Figure | Source] = []
    for each in found:
        others = tuple(_other(desk, key) for key in each.others)
        parts.append(Figure(N_("Reason"), None, "", "", others, each.said))
    formula = N_("the same number, or amount within 45 days, of the same supplier; accounts that are not on its record")
    return Figure(N_("Noticed"), len(found), "", formula, tuple(parts))


def _other(desk: Desk, key: str) -> Source:
    """The number of another invoice, or the name of a supplier."""
    name = "number" if key.startswith("INV-") else "name"
    return Source(key, name, (desk.store.get(key) or {}).get(name))


def acceptance(desk: Desk, invoice: Any) -> Figure:
    """Whether every reason of the match was accepted, and by whom."""
    reasons = desk.money.match(invoice.key).reasons
    parts: list[Figure | Source] = [Figure(N_("Reason"), None, reason=reason) for reason in reasons]
    for place, step in enumerate(invoice.steps, 1):
        if step.what == "accepted":
            names = ("by", "on", "reason", "about", "amount")
            parts += [Source(invoice.key, f"steps.{place}.{name}", getattr(step, name)) for name in names]
    formula = N_("every reason was accepted, for the net amount that the invoice still has")
    return Figure(N_("Accepted"), accepted(invoice, reasons), "", formula, tuple(parts))
