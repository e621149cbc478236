"""The computed lists of what asks for attention: open invoices by age, and exceptions with the rule that they break."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pmo_tui.analysis.exceptions import RULES
from pmo_tui.desk.views.lists import ListDefinition, Values, fields_named
from pmo_tui.records import fields as f
from pmo_tui.records.base import NODES
from pmo_tui.records.invoices import BUCKETS, MATCHES, Invoice
from pmo_tui.records.invoices import STATUSES as INVOICE_STATUSES
from pmo_tui.records.marks import N_
from pmo_tui.records.registers import register_of

if TYPE_CHECKING:
    from pmo_tui.desk.desk import Desk


# ---- ageing ------------------------------------------------------------------------------------------------------------


def ageing_rows(desk: Desk) -> list[Values]:
    """Every invoice of which something is open today, with the bucket it is in."""
    return [row for invoice in desk.exceptions.unsettled() if (row := _aged_row(desk, invoice)) is not None]


def _aged_row(desk: Desk, invoice: Invoice) -> Values | None:
    found = desk.exceptions.aged(invoice)
    if found is None:
        return None
    projects = desk.exceptions.projects_of(invoice)
    return {
        "key": invoice.key,
        "number": invoice.number,
        "supplier": invoice.supplier,
        "bucket": found.bucket,
        "open": found.open,
        "due_date": found.due,
        "days_late": found.days_late,
        "status": invoice.status,
        "match": desk.money.match(invoice.key).badge,
        "order": invoice.order,
        "project": projects[0] if len(projects) == 1 else None,
        "projects": projects,
        "issue_date": invoice.issue_date,
        "budget_holder": _budget_holder(desk, invoice),
        "currency": invoice.currency,
    }


def _budget_holder(desk: Desk, invoice: Invoice) -> str | None:
    """Who holds the budget of the order that an invoice bills."""
    ordered = desk.money.ordered(invoice.order) if invoice.order else None
    return None if ordered is None else ordered.order.budget_holder


AGEING = ListDefinition(
    "ageing",
    N_("Ageing"),
    fields_named(
        key=f.text(N_("Key"), 8, shown=True),
        number=f.text(N_("Number"), 16, shown=True),
        supplier=f.ref(N_("Supplier"), "suppliers", shown=True),
        bucket=f.choice(N_("Past due"), *BUCKETS, shown=True),
        open=f.money(N_("Open"), shown=True),
        due_date=f.day(N_("Due"), shown=True),
        days_late=f.integer(N_("Days late"), shown=True),
        status=f.choice(N_("Status"), *INVOICE_STATUSES, shown=True),
        match=f.choice(N_("Match"), *MATCHES, width=10),
        order=f.ref(N_("Order"), "orders"),
        project=f.ref(N_("Project"), "projects"),
        projects=f.several(N_("Projects"), "projects"),
        issue_date=f.day(N_("Issued")),
        budget_holder=f.ref(N_("Budget holder"), "people"),
        currency=f.currency(),
    ),
    ageing_rows,
    lambda row: str(row["key"]),
    order="-days_late",
)


# ---- exceptions --------------------------------------------------------------------------------------------------------


def exception_rows(desk: Desk) -> list[Values]:
    """Every finding: the record, the rule that it breaks, and the sentence."""
    rows: list[Values] = []
    nodes: dict[str, Any] = {key: node for key, node, *_ in desk.portfolio.every()}
    for finding in desk.exceptions.findings():
        project = nodes.get(finding.project or "")
        rows.append({
            "record": finding.key,
            "rule": finding.rule,
            "text": desk.exceptions.sentence(finding),
            "project": finding.project,
            "days": finding.days,
            "register": register_of(finding.key).name,
            "manager": getattr(project, "manager", None),
            "officer": getattr(project, "officer", None),
        })  # fmt: skip
    return rows


EXCEPTIONS = ListDefinition(
    "exceptions",
    N_("Exceptions"),
    fields_named(
        record=f.text(N_("Record"), 8, shown=True),
        rule=f.choice(N_("Rule"), *RULES, width=15, shown=True),
        text=f.text(N_("What is wrong"), 50, shown=True),
        project=f.ref(N_("Project"), *NODES, shown=True),
        days=f.integer(N_("Days"), shown=True, help="how long already"),
        register=f.text(N_("Register"), 12),
        manager=f.ref(N_("Manager"), "people"),
        officer=f.ref(N_("Officer"), "people"),
    ),
    exception_rows,
    lambda row: str(row["record"]),
    identity=("record", "rule", "text"),
    order="rule,-days",
)
