"""What a line of an invoice bills: a line of an order, or one project or several."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pmo_tui.desk.desk import Desk
from pmo_tui.desk.money.booking_invoices import approve
from pmo_tui.desk.money.invoice_lines import candidates, code_line, loose
from pmo_tui.records.errors import NotFound, Refused
from tests.desk.money_office import BY_JAN, figures, fill, invoice


@pytest.fixture
def office(desk: Desk) -> Desk:
    """Jan's beams and an invoice of two lines that names no order."""
    fill(desk)
    lines = [
        {"description": "Beam, long", "quantity": "2", "price": "1000", "net": "2000"},
        {"description": "Travel", "quantity": "3", "net": "100"},
    ]
    desk.add("invoices", {"number": "X-1", "supplier": "SUP-1", "net": "2100", "gross": "2100", "payable": "2100"}, {"lines": lines})  # fmt: skip
    return desk


def test_a_line_is_matched_with_the_line_of_an_order(office: Desk) -> None:
    beams = [{"description": "Beam, long", "quantity": "2", "price": "1000", "net": "2000"}]
    key = office.add("invoices", {"number": "X-2", "supplier": "SUP-1", "net": "2000"}, {"lines": beams})
    assert loose(office, invoice(office, key)) == [0]
    assert candidates(office, invoice(office, key), invoice(office, key).lines[0])[0] == (
        "PO-1/1", "PO-1/1  Beam  left EUR 6,000.00",
    )  # fmt: skip
    code_line(office, key, 0, "PO-1/1")
    found = invoice(office, key)
    assert (found.order, found.lines[0].order_line, found.lines[0].project) == ("PO-1", "1", "P-1")
    assert office.values(key)["match"] == "matched"
    assert figures(office)["order_left"] == 4000
    assert loose(office, found) == []


def test_a_line_on_another_order_than_the_invoices(office: Desk) -> None:
    bolts = [{"line": "A", "quantity": "5", "price": "20", "cost_type": "material", "project": "P-2"}]
    office.add("orders", {"title": "Bolts", "supplier": "SUP-1"}, {"lines": bolts})
    code_line(office, "INV-2", 0, "PO-1/1")
    code_line(office, "INV-2", 1, "PO-2/A")
    found = invoice(office, "INV-2")
    assert (found.order, found.lines[1].order_line, found.lines[1].project, found.lines[1].cost_type) == (
        "PO-1", "PO-2/A", "P-2", "material",
    )  # fmt: skip
    code_line(office, "INV-2", 1, "1")
    assert invoice(office, "INV-2").lines[1].order_line == "1"


def test_a_line_is_split_over_projects_and_still_adds_up(office: Desk) -> None:
    code_line(office, "INV-2", 1, "=66.67 #HB1; #TA")
    first, second, third = invoice(office, "INV-2").lines
    assert first.net == 2000
    assert (second.net, second.project, third.net, third.project) == (Decimal("66.67"), "P-1", Decimal("33.33"), "P-2")
    assert second.quantity is not None
    assert second.quantity + (third.quantity or 0) == 3
    assert office.values("INV-2")["project"] == "several"
    assert office.values("P-2")["cost"] == Decimal("33.33")


@pytest.mark.parametrize(
    ("text", "why"),
    [("7", "no line of an order"), ("#HB1; #TA", "how much of it"), ("40 #HB1; 50 #TA", "the parts make 90"), ("#XX", "no project")],
)  # fmt: skip
def test_what_does_not_fit_is_refused(office: Desk, text: str, why: str) -> None:
    with pytest.raises(Refused) as refused:
        code_line(office, "INV-2", 1, text)
    assert why in str(refused.value)
    assert len(invoice(office, "INV-2").lines) == 2


def test_what_was_approved_is_not_changed_any_more(office: Desk) -> None:
    approve(office, ["INV-2"], BY_JAN)
    with pytest.raises(Refused, match="approved"):
        code_line(office, "INV-2", 1, "#HB1")
    with pytest.raises(NotFound, match="line 9"):
        code_line(office, "INV-2", 8, "#HB1")
