"""Records of any register as something to write to somebody about: who is to act on them, and by when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from pmo_tui.analysis.invoice_steps import FINANCE, TO_BE_PAID
from pmo_tui.analysis.reporting import period_days
from pmo_tui.desk.agenda import Entry
from pmo_tui.desk.reports.message_text import NO_DAY
from pmo_tui.desk.reports.outbox import status_item
from pmo_tui.records.base import NODES
from pmo_tui.records.marks import N_
from pmo_tui.records.orders import Order
from pmo_tui.records.registers import register_of
from pmo_tui.records.reports import Report

if TYPE_CHECKING:
    from pmo_tui.desk.desk import Desk


@dataclass(frozen=True, slots=True)
class About:
    """How records of a register are written about: what kind of thing they are, their day, and the fields that name who is to act.

    Where none does it is the manager of the project.
    """

    kind: str
    day: str = ""
    who: tuple[str, ...] = ()


ABOUT: dict[str, About] = {
    "tasks": About(N_("milestone"), "finish", ("owner",)),
    "actions": About(N_("action"), "due", ("owner",)),
    "issues": About(N_("issue"), "due", ("owner",)),
    "risks": About(N_("review"), "next_review", ("owner",)),
    "decisions": About(N_("decision"), "due", ("recorded_by",)),
    "gates": About(N_("gate"), "planned_on"),
    "requests": About(N_("request"), "needed_by", ("requested_by",)),
    "contracts": About(N_("notice"), "notice_by", ("owner",)),
    "orders": About(N_("order"), "", ("budget_holder",)),
    "invoices": About(N_("invoice"), "due_date", ("budget_holder",)),
}
OTHERS = About(N_("record"), "", ("owner", "manager", "person"))


def items_about(desk: Desk, keys: Iterable[str]) -> list[Entry]:
    """An item for each record. A project, programme or portfolio, or a report about one, is asked for its status."""
    return [_item(desk, key) for key in dict.fromkeys(keys)]


def _item(desk: Desk, key: str) -> Entry:
    register = register_of(key).name
    if register in NODES:
        return status_item(desk, key)
    record: Any = desk.record(key)
    if isinstance(record, Report):
        return status_item(desk, record.project, period_days(record.period)[0])
    about = ABOUT.get(register, OTHERS)
    day = getattr(record, about.day, None) if about.day else None
    today = desk.today()
    late = max(0, (today - day).days) if isinstance(day, date) else 0
    project = _project(desk, record)
    who, party = _waits_for(desk, record, about, project)
    return Entry(about.kind, day or NO_DAY, late, key, desk.title(key), project, who, party)


def _waits_for(desk: Desk, record: Any, about: About, project: str | None) -> tuple[str | None, str]:
    """Who is to act, and the party where that is no person: an invoice that was decided about is paid by finance."""
    from pmo_tui.records.invoices import Invoice

    if isinstance(record, Invoice) and record.status in TO_BE_PAID:
        return None, FINANCE
    return _who(desk, record, about, project), ""


def _project(desk: Desk, record: Any) -> str | None:
    from pmo_tui.records.invoices import Invoice

    if isinstance(record, Invoice):
        return desk.exceptions.project_of(record)
    return getattr(record, "project", None)


def _who(desk: Desk, record: Any, about: About, project: str | None) -> str | None:
    order = desk.record(record.order) if getattr(record, "order", None) else None
    for source in (record, order if isinstance(order, Order) else None):
        for name in about.who:
            found = getattr(source, name, None)
            if isinstance(found, str):
                return found
    manager = getattr(desk.portfolio.node(project), "manager", None) if project else None
    return manager if isinstance(manager, str) else None
