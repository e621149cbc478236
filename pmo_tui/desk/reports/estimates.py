"""The estimate to complete that comes with a status: which day it is of, and that the newest one stands on the project too."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from pmo_tui.analysis.reporting import period_days
from pmo_tui.records.documents import Document
from pmo_tui.records.projects import Project
from pmo_tui.records.reports import REQUESTED
from pmo_tui.store import Draft
from pmo_tui.wording.languages import _
from pmo_tui.wording.money import format_compact

if TYPE_CHECKING:
    from pmo_tui.desk.desk import Desk

ESTIMATE = ("etc", "etc_on")


def day_of(project: Project, amount: Decimal, declared_on: date) -> date:
    """The day of an estimate that is declared without one: that of the estimate known last while it stays the same."""
    return project.etc_on if project.etc == amount and project.etc_on is not None else declared_on


def doubt_words(desk: Desk, project: Project, amount: Decimal) -> str:
    """What cannot be right about an estimate: that it leaves out some of what is ordered and still to come. Empty where nothing is known
    against it."""
    committed = desk.money.project(project.key).open_commitment
    if committed is None or amount >= committed:
        return ""
    words = _("less than the {amount} still open on orders")
    return words.format(amount=format_compact(committed, project.currency))


def carry(draft: Draft, report: Mapping[str, Any]) -> None:
    """Put the estimate of a report that was just written on its project, in the same transaction, unless a newer one stands there.

    A report that is only asked for carries nothing, nor one in another currency than the project's.
    """
    key = str(report.get("project") or "")
    project = draft.get(key) if key.startswith("P-") else None
    if project is None or report.get("etc") is None or report.get("status") == REQUESTED:
        return
    if report.get("currency", "EUR") != project.get("currency", "EUR"):
        return
    day = _day(report)
    if day and day >= str(project.get("etc_on") or ""):
        fields = {"etc": report["etc"], "etc_on": day}
        draft.change(key, {name: value for name, value in fields.items() if project.get(name) != value})


def carries(register: str, fields: Document) -> bool:
    """Whether a change of a record brings an estimate with it."""
    return register == "reports" and any(name in fields for name in ESTIMATE)


def _day(report: Mapping[str, Any]) -> str:
    """The day of a report's estimate, as documents keep it: its own, that of the declaration, or the last of the period.

    "" where there is no such period, which is refused as a whole.
    """
    known = report.get("etc_on") or report.get("declared_on")
    if known:
        return str(known)
    try:
        return period_days(report["period"])[1].isoformat()
    except ValueError:
        return ""
