"""Every node with its reports: what was issued last, and whether this period's can be issued."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pmo_tui.analysis import status
from pmo_tui.analysis.standing import Standing
from pmo_tui.desk.reports.status_list import in_collection
from pmo_tui.desk.views.computed_lists import LEVELS
from pmo_tui.desk.views.lists import ListDefinition, Values, fields_named
from pmo_tui.records import fields as f
from pmo_tui.records.base import NODES
from pmo_tui.records.marks import N_
from pmo_tui.records.projects import RAG
from pmo_tui.records.reports import ISSUED

if TYPE_CHECKING:
    from pmo_tui.analysis.portfolio import Totals
    from pmo_tui.desk.desk import Desk

NAME = "steering_reports"
TO_DO = (N_("to issue"), N_("not told"), N_("issued"))
TO_ISSUE, NOT_TOLD, DONE = TO_DO
"""Declared and not issued yet (of a programme: not issued yet); nothing declared; issued for the period."""


def rows(desk: Desk) -> list[Values]:
    """A row for each portfolio and programme, and each project whose status is collected."""
    found = []
    for key, node, totals, standing in desk.portfolio.every():
        row = _row(desk, key, node, totals, standing)
        if standing is None or in_collection(standing.facts.project, desk.statuses.of(key, desk.statuses.period(key))):
            found.append(row)
    return found


def _row(desk: Desk, key: str, node: Any, totals: Totals, standing: Standing | None) -> Values:
    period = desk.statuses.period(key)
    report = desk.statuses.of(key, period)
    issued = status.issued_until(desk.statuses.reports(key), period)
    last = issued[-1] if issued else None
    declared = report if report is not None and status.said(report) else None
    if report is not None and report.status == ISSUED:
        state = DONE
    else:
        state = TO_ISSUE if declared is not None or standing is None else NOT_TOLD
    return {
        "key": key,
        "name": node.name,
        "level": LEVELS[2 if standing is not None else 0 if key.startswith("PF-") else 1],
        "depth": desk.portfolio.depth(key),
        "period": period.name,
        "state": state,
        "rag": declared.rag if declared else None,
        "rag_computed": standing.colour if standing is not None and totals.projects == 1 else totals.rag.rag,
        "manager": node.manager,
        "version": len(issued) or None,
        "last_period": last.period if last else None,
        "issued_on": last.issued_on if last else None,
        "report": last.key if last else None,
        "officer": node.officer,
        "project": key,
    }


STEERING_REPORTS = ListDefinition(
    NAME,
    N_("Reports by node"),
    fields_named(
        key=f.text(N_("Key"), 6, shown=True),
        name=f.text(N_("Name"), 26, shown=True),
        state=f.choice(N_("Status"), *TO_DO, width=14, shown=True),
        rag=f.choice(N_("RAG"), *RAG, width=4, shown=True),
        rag_computed=f.choice(N_("By rule"), *RAG, width=7, shown=True),
        issued_on=f.day(N_("Issued on"), shown=True),
        version=f.integer(N_("Version"), width=7, shown=True),
        manager=f.ref(N_("Manager"), "people"),
        level=f.choice(N_("Node"), *LEVELS, width=10),
        depth=f.integer(N_("Depth")),
        period=f.text(N_("Period"), 8),
        last_period=f.text(N_("Last period"), 8),
        report=f.ref(N_("Last report"), "reports"),
        officer=f.ref(N_("Officer"), "people"),
        project=f.ref(N_("Project"), *NODES),
    ),
    rows,
    lambda row: str(row["key"]),
)
