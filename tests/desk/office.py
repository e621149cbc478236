"""A small office in a store: two programmes, three projects, money, plans and risks, with figures that can be worked out by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

from pmo_tui.desk.desk import Desk

TODAY = date(2026, 11, 25)
"""A Wednesday, in week 48."""


def furnish(desk: Desk) -> Desk:
    """Fill an empty store.

    PF-1 › PG-1 › P-1 (budget 20,000; Anna officer), P-2 (50,000); PG-2 › P-3 (10,000, no budget spent). PO-1 of P-1: 10 × 1,000,
    6 received, 4 invoiced on INV-1. INV-2 bills 4 more. INV-3 of 500 bills no order, for P-2.
    """
    add = desk.add
    add("people", {"name": "Anna", "login": "Anna"})
    add("people", {"name": "Piet"})
    add("portfolios", {"name": "Town"})
    add("programmes", {"name": "Dry feet", "parent": "PF-1"})
    add("programmes", {"name": "Counter", "parent": "PF-1"})
    lead: dict[str, str] = {"manager": "Piet", "officer": "Anna"}
    add("projects", {"name": "Dike", "code": "DIKE", "parent": "PG-1", "budget": "20000", "rag": "green", **lead})
    add("projects", {"name": "Pump", "parent": "PG-1", "budget": "50000", "manager": "Piet", "officer": "Piet"})
    add("projects", {"name": "Desk", "parent": "PG-2", "budget": "10000", "manager": "Piet"})
    _money(desk)
    _plan(desk)
    add("risks", {"title": "Flood", "project": "P-1", "probability": "5", "impact": "4", "cost_impact": "1000", "owner": "Anna",
                  "next_review": "2026-11-20"})  # fmt: skip
    add("risks", {"title": "Grant", "project": "P-1", "kind": "opportunity", "probability": "1", "impact": "1",
                  "cost_impact": "2000", "owner": "Piet"})  # fmt: skip
    add("risks", {"title": "Unmeasured", "project": "PG-1", "owner": "Piet"})
    report: dict[str, Any] = {"period": "2026-w47", "status": "issued", "rag": "green"}
    add("reports", {"project": "P-1", **report})
    add("reports", {"project": "P-2", "period": "2026-w47", "status": "requested"})
    return desk


def _money(desk: Desk) -> None:
    add = desk.add
    add("suppliers", {"name": "Waterworks", "ibans": "NL91ABNA0417164300", "payment_days": "14"})
    add(
        "orders",
        {"title": "Pumps", "supplier": "SUP-1", "project": "P-1"},
        {"lines": [{"quantity": 10, "price": 1000}]},
    )
    add("receipts", {"order": "PO-1", "received_on": "2026-11-02"}, {"lines": [{"order_line": "1", "quantity": 6}]})
    for number, due in (("A-1", "2026-11-20"), ("A-2", "2026-12-20")):
        add(
            "invoices",
            {"number": number, "supplier": "SUP-1", "order": "PO-1", "issue_date": "2026-11-10", "due_date": due,
             "net": "4000", "gross": "4000", "payable": "4000", "iban": "NL91ABNA0417164300"},
            {"lines": [{"quantity": 4, "price": 1000, "net": 4000, "order_line": "1"}]},
        )  # fmt: skip
    add(
        "invoices",
        {
            "number": "B-1",
            "supplier": "SUP-1",
            "received_on": "2026-11-12",
            "net": "500",
            "gross": "500",
            "payable": "500",
        },
        {"lines": [{"net": 500, "project": "P-2"}]},
    )


def _plan(desk: Desk) -> None:
    for project, name, finish in (
        ("P-1", "Design ready", "2026-11-23"),
        ("P-1", "In use", "2026-12-10"),
        ("P-2", "Start", "2026-12-01"),
    ):
        desk.add(
            "tasks",
            {"project": project, "name": name, "milestone": "yes", "duration": "0d", "start": finish, "finish": finish},
        )
    rows = [{"task": "T-1", "finish": "2026-11-10"}, {"task": "T-2", "finish": "2026-12-10"}]
    desk.add("baselines", {"project": "P-1", "name": "Agreed"}, {"tasks": rows})
