"""Invoices as their screen lists them: badges, due days and signs that read without colour."""

from __future__ import annotations

import pytest

from pmo_tui.desk.desk import Desk
from pmo_tui.desk.money.booking_invoices import accept, dispute, send_back
from pmo_tui.desk.money.invoice_view import InvoiceView
from tests.desk.money_office import BY_JAN, bill, fill


@pytest.fixture
def office(desk: Desk) -> Desk:
    """One invoice of each kind."""
    fill(desk)
    bill(desk, "2026-2", 4, due_date="2026-11-20")
    bill(desk, "2026/1", 1, due_date="2026-12-24")
    desk.add("invoices", {"number": "R-1", "supplier": "SUP-1", "issue_date": "2026-11-01", "payable": "5"})
    return desk


def shown(desk: Desk, *names: str) -> dict[str, list[str]]:
    """Some cells of every invoice."""
    view = InvoiceView(desk, "invoices")
    return {view.key(i): view.cells(i, names) for i in range(len(view))}


def tones(desk: Desk, *names: str) -> dict[str, list[str]]:
    """What stresses them."""
    view = InvoiceView(desk, "invoices")
    return {view.key(i): view.tones(i, names) for i in range(len(view))}


def test_badges_days_and_signs(office: Desk) -> None:
    accept(office, ["INV-2"], BY_JAN)
    assert shown(office, "match", "due_date", "noticed", "project") == {
        "INV-1": ["= matched", "today !", "2×", "HB1"],
        "INV-2": ["≈ accepted", "20 Nov !5d", "2?", "HB1"],
        "INV-3": ["≠ exception", "24 Dec", "2×", "HB1"],
        "INV-4": ["– no order", "~15 Nov !10d", "", ""],
    }
    assert tones(office, "match", "due_date", "noticed") == {
        "INV-1": ["green", "amber", "red"],
        "INV-2": ["amber", "late", "amber"],
        "INV-3": ["red", "", "red"],
        "INV-4": ["yellow", "late", ""],
    }


def test_a_day_long_gone_by_says_its_year(office: Desk) -> None:
    office.set(["INV-1"], {"due_date": "2015-01-09"})
    assert shown(office, "due_date")["INV-1"] == ["2015-01-09 !"]


def test_a_strange_account_is_red(office: Desk) -> None:
    office.set(["INV-4"], {"iban": "NL02ABNA0123456789"})
    assert (shown(office, "noticed")["INV-4"], tones(office, "noticed")["INV-4"]) == (["B!"], ["red"])


def test_sorted_by_the_day_that_a_term_gives(office: Desk) -> None:
    assert InvoiceView(office, "invoices", sort="due_date").keys == ["INV-4", "INV-2", "INV-1", "INV-3"]


@pytest.mark.parametrize("bucket", ["current", "1-30", "disputed"])
def test_the_ages_are_those_of_the_field(office: Desk, bucket: str) -> None:
    dispute(office, ["INV-1"], BY_JAN)
    send_back(office, ["INV-2"], BY_JAN)
    words = f'bucket="{bucket}"'
    assert InvoiceView(office, "invoices", words).keys == office.view("invoices", words).keys != []
