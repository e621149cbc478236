"""A small office with supplier money: Jan answers for the budget, Anna records, Staal BV delivers beams."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from pmo_tui.desk.desk import Desk
from pmo_tui.desk.money.booking_invoices import Decided
from pmo_tui.records.invoices import Invoice

JAN, ANNA = "PER-1", "PER-2"
BY_JAN = Decided(JAN, reason="the beams are on site")


def fill(desk: Desk) -> None:
    """10 beams at 1,000 ordered for a project of 20,000 at 21 % VAT, 6 of them received, 4 invoiced."""
    desk.add("people", {"name": "Jan de Vries", "login": "jan", "email": "jan@example.org"})
    desk.add("people", {"name": "Anna Bos", "login": desk.author})
    desk.add("projects", {"name": "Harbour bridge", "code": "HB1", "budget": "20000", "sponsor": JAN, "officer": ANNA})
    desk.add("projects", {"name": "Town archive", "code": "TA", "budget": "5000"})
    desk.add("suppliers", {
        "name": "Staal BV", "registration": "30112233", "ibans": "NL91ABNA0417164300", "code": "C-100", "payment_days": "14",
    })  # fmt: skip
    beams = {"description": "Beam", "quantity": "10", "price": "1000", "vat_category": "S", "vat_rate": "21"}
    desk.add("orders", {"title": "Beams", "number": "4500", "supplier": "SUP-1", "project": "P-1"}, {"lines": [beams]})
    receive(desk, 6)
    bill(desk, "2026-1", 4)


def receive(desk: Desk, quantity: object, order: str = "PO-1", line: str = "1") -> str:
    """So many came in."""
    lines = [{"order_line": line, "quantity": str(quantity)}]
    return desk.add("receipts", {"order": order, "received_on": "2026-11-02"}, {"lines": lines})


def bill(desk: Desk, number: str, quantity: object, price: object = 1000, **more: str) -> str:
    """An invoice for so many beams, issued on 5 November and due on the 25th."""
    net = Decimal(str(quantity)) * Decimal(str(price))
    gross = net * Decimal("1.21")
    line = {
        "quantity": str(quantity), "price": str(price), "net": str(net), "order_line": "1", "vat_category": "S", "vat_rate": "21",
    }  # fmt: skip
    texts = {
        "number": number, "supplier": "SUP-1", "order": "PO-1", "issue_date": "2026-11-05", "due_date": "2026-11-25",
        "net": str(net), "vat": str(gross - net), "gross": str(gross), "payable": str(gross), "iban": "NL91ABNA0417164300",
    }  # fmt: skip
    return desk.add("invoices", {**texts, **more}, {"lines": [line]})


def invoice(desk: Desk, key: str) -> Invoice:
    """The invoice as it is now."""
    found = desk.record(key)
    assert isinstance(found, Invoice)
    return found


def figures(desk: Desk, order: str = "PO-1") -> dict[str, Any]:
    """Cost, accrual, prepaid, open commitment and what is left of an order."""
    names = ("cost", "accrual", "prepaid", "open_commitment", "order_left")
    return {name: int(desk.values(order)[name]) for name in names}
