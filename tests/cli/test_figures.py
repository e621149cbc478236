"""Computed lists and `why` as scripts and people get them."""

from __future__ import annotations

import pytest

from tests.cli.process import Pmo


@pytest.fixture
def billed(office: Pmo) -> Pmo:
    """An order of 10 × 1,000 for the project, 6 received, 8 billed on two invoices."""
    office.add("suppliers", "name=Waterworks")
    office.add(
        "orders", "title=Pipes", "supplier=Waterworks", 'lines:=[{"quantity": "10", "price": "1000", "project": "P-1"}]'
    )
    office.add("receipts", "order=PO-1", "received_on=2026-03-02", 'lines:=[{"order_line": "1", "quantity": "6"}]')
    for number in ("A1", "A2"):
        lines = 'lines:=[{"quantity": "4", "price": "1000", "net": "4000", "order_line": "1"}]'
        office.add(
            "invoices",
            f"number={number}",
            "supplier=Waterworks",
            "order=PO-1",
            "payable=4000",
            "due_date=2026-04-01",
            lines,
        )
    return office


def test_figures_of_an_order_and_its_project(billed: Pmo) -> None:
    (order,) = billed.list("orders")
    assert [order[name] for name in ("cost", "accrual", "prepaid", "open_commitment", "order_left")] == [
        "6000", "0", "2000", "2000", "2000",
    ]  # fmt: skip
    first, second = billed.list("invoices", "--sort", "key")
    assert (first["match"], second["match"], second["match_reasons"]) == (
        "matched",
        "exception",
        ["8 billed, 6 received"],
    )
    (project,) = billed.list("projects")
    assert (project["available"], project["expected_result"]) == ("0", None)


def test_computed_lists_are_listed_like_registers(billed: Pmo) -> None:
    found = billed.list("exceptions", "rule:match_exception")
    assert [(row["record"], row["rule"], row["text"], row["project"]) for row in found] == [
        ("INV-2", "match_exception", "8 billed, 6 received", "P-1")
    ]
    assert {row["bucket"] for row in billed.list("ageing")} == {"over 90"}
    assert [row["key"] for row in billed.list("ageing", "open>3k", "--sort", "-key", "--limit", "1")] == ["INV-2"]
    assert billed.list("exposure", "--fields", "key,risks,unweighed") == [{"key": "P-1", "risks": 2, "unweighed": 0}]
    assert billed.list("milestones") == []
    assert "exceptions" in billed.fails(4, "list", "exceptoins")
    assert "There is no register" in billed.fails(4, "add", "exceptions", "record=R-1")


def test_why_for_people(billed: Pmo) -> None:
    lines = billed("why", "SEW", "available").out.splitlines()
    assert lines[0] == "Available  EUR 0.00  budget − cost − prepaid − open commitment"
    assert "  P-1  Budget  EUR 10,000.00" in lines
    assert any(line.strip() == "INV-2  line 1: Net  EUR 4,000.00" for line in lines)


def test_why_for_scripts(billed: Pmo) -> None:
    tree = billed("why", "PO-1", "prepaid", "--json").json
    assert (tree["figure"], tree["value"], tree["unit"], tree["reason"]) == ("Prepaid", "2000", "EUR", None)
    assert {"key": "REC-1", "field": "lines.1.quantity", "value": "6"} in tree["inputs"][0]["inputs"][0]["inputs"]


def test_a_figure_that_is_not_there_is_wrong_use_and_a_record_is_not_found(billed: Pmo) -> None:
    assert "Did you mean prepaid?" in billed.fails(2, "why", "PO-1", "prepayd")
    billed.fails(4, "why", "PO-9", "cost")
