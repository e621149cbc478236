"""Booking a supplier's invoice by hand and from a file, by the keys."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from pmo_tui.desk.desk import Desk
from pmo_tui.desk.home.last_folder import keep_folder
from tests.app.conftest import Run
from tests.app.driving import row, said
from tests.desk.money_office import figures, invoice
from tests.exchange.ubl_help import SELLER, Line, changed
from tests.exchange.ubl_help import invoice as e_invoice


async def test_an_invoice_is_booked_by_hand_and_its_figures_move_as_one_types(run: Run, money: Desk) -> None:
    async with run(on=money) as app:
        await app.press("5", "n")
        await app.type("staal")
        assert "SUP-1 Staal BV" in said(app)
        await app.press("tab", "tab")
        await app.type("2026-2")
        await app.press("tab")
        await app.type("20-11")
        await app.press("tab")
        assert "10 ordered, 6 received, 4 invoiced" in said(app)
        assert "EUR 6,000.00 → 4,000.00" in said(app)
        assert "= matched" in said(app)
        await app.type("4")
        assert "PO-1 Beams EUR 6,000.00 → 2,000.00" in said(app)
        assert "P-1 Harbour bridge EUR 10,000.00 → 10,000.00" in said(app)
        assert "8 billed, 6 received" in said(app)
        assert "there is no estimate to complete yet" in said(app)
        await app.press("enter")
        assert app.keys <= 12
        made = invoice(money, "INV-2")
        assert (made.number, made.supplier, made.order, made.gross) == ("2026-2", "SUP-1", "PO-1", Decimal(4840))
        assert (str(made.issue_date), str(made.received_on), str(made.due_date)) == (
            "2026-11-20", "2026-11-25", "2026-12-09",
        )  # fmt: skip
        assert app.status.startswith("INV-2 booked: ≠ exception; u takes it back")
        assert figures(money)["prepaid"] == 2000
        await app.press("u")
        assert money.record("INV-2") is None


async def test_the_result_that_is_expected_moves_as_one_types(run: Run, money: Desk) -> None:
    money.set(["P-1"], {"etc": "5000", "etc_on": "2026-11-20"})
    money.add("suppliers", {"name": "Copy shop"})
    async with run("invoices", (120, 40), on=money) as app:
        await app.press("n")
        await app.type("copy")
        await app.press("tab", "tab")
        await app.type("2026-3")
        await app.press("tab")
        await app.type("20-11")
        await app.press("tab")
        await app.type("300 #HB1")
        assert "expected     P-1  Harbour bridge  EUR 9,000.00 →" in app.text
        assert "│              8,700.00" in app.text


async def test_a_line_is_split_and_what_is_strange_is_said(run: Run, money: Desk) -> None:
    async with run("invoices", (120, 40), on=money) as app:
        await app.press("n")
        await app.type("3011")
        await app.press("tab", "tab")
        await app.type("2026 / 1")
        assert "⚠ the same number as INV-1" in app.text
        await app.press("tab")
        await app.type("20-11")
        await app.press("tab")
        await app.type("1 #HB1; 1 #TA")
        assert "P-2  Town archive" in app.text
        await app.press("shift+tab", "shift+tab", "shift+tab", "shift+tab", "shift+tab")
        await app.type("NL02ABNA0123456789")
        assert "⚠ not on the supplier's record" in app.text
        await app.press("enter")
        assert money.values("INV-2")["project"] == "several"
        assert len(money.values("INV-2")["noticed"]) == 2
        assert "2×" in row(app, "INV-2")
        assert "several" in row(app, "INV-2")


async def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_booked(run: Run, money: Desk) -> None:
    async with run("invoices", (80, 40), on=money) as app:
        head = money.store.head()
        await app.press("n")
        await app.type("staal")
        await app.press("tab", "tab", "tab", "tab", "tab", "tab", "tab")
        await app.type("2001")
        await app.press("enter")
        assert "the lines make" not in app.text
        await app.press("tab", "tab")
        await app.type("3")
        await app.press("f2")
        assert "✗ the lines make 3000.00" in app.text
        assert app.text.count("✗ is needed") == 2
        assert "not written" in app.status
        assert money.store.head() == head
        await app.press("escape", "n")
        assert "is back" in app.status
        assert "2001" in app.text
        await app.press("ctrl+r")
        assert "2001" not in app.text


async def test_the_order_is_chosen_from_the_suppliers_open_ones_and_its_lines_with_it(run: Run, money: Desk) -> None:
    lines = [
        {"line": "A", "quantity": "5", "price": "2", "description": "Bolt"},
        {"line": "B", "quantity": "1", "price": "90"},
    ]
    money.add("orders", {"title": "Bolts", "supplier": "SUP-1", "project": "P-2"}, {"lines": lines})
    async with run("invoices", (80, 40), on=money) as app:
        await app.press("n")
        await app.type("staal")
        await app.press("tab")
        await app.type("bol")
        assert "PO-2 Bolts left EUR 100.00" in said(app)
        await app.press("tab")
        assert "A Bolt" in app.text
        await app.type("7")
        await app.press("tab")
        await app.type("24-11")
        await app.press("tab", "tab")
        await app.type("1 x 95")
        assert "price 95.00, ordered at 90.00" in said(app)
        await app.press("enter")
        made = invoice(money, "INV-2")
        assert (made.order, [(line.order_line, line.net) for line in made.lines]) == ("PO-2", [("B", Decimal(95))])


async def test_an_order_a_receipt_or_a_supplier_is_booked_on_with_a_key(run: Run, money: Desk) -> None:
    async with run("invoices", on=money) as app:
        await app.press("tab", "N")
        await app.type("2026-2")
        await app.press("tab")
        await app.type("24-11")
        await app.press("enter")
        assert (invoice(money, "INV-2").order, invoice(money, "INV-2").net) == ("PO-1", Decimal(2000))
        assert "[Invoices 2]" in app.text


async def test_e_invoices_are_taken_in_with_three_keys(run: Run, money: Desk, home: Path) -> None:
    inbox = home / "inbox"
    inbox.mkdir()
    seller = changed(SELLER, "27364512", "30112233")
    bill_in_file = e_invoice(Line(quantity="2", price="1000", order_line="1"), number="F-9", seller=seller)
    (inbox / "f9.xml").write_text(changed(bill_in_file, "4711", "4500"), encoding="utf-8")
    keep_folder(money, inbox / "f9.xml")
    async with run("invoices", on=money) as app:
        await app.press("B", "enter")
        assert "F-9" in app.text
        await app.press("enter")
        assert app.keys == 3
        assert money.values("INV-2")["order"] == "PO-1"
        assert money.values("INV-2")["match"] == "matched"
        assert "F-9" in row(app, "INV-2")
