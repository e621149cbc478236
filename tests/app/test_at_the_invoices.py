"""What an officer meets who books and settles invoices all day."""

from __future__ import annotations

from pathlib import Path

from pmo_tui.desk.desk import Desk
from pmo_tui.desk.home.last_folder import keep_folder, last_folder
from tests.app.conftest import Run
from tests.app.driving import said


async def test_an_invoice_for_no_order_tells_its_lines_and_what_to_do(run: Run, money: Desk) -> None:
    line = {"description": "Advice", "net": "638", "quantity": "1", "price": "638"}
    texts = {
        "number": "77",
        "supplier": "SUP-1",
        "order_reference": "47806",
        "issue_date": "2026-11-01",
        "due_date": "2026-11-02",
    }
    key = money.add("invoices", {**texts, "net": "638", "gross": "638", "payable": "638"}, {"lines": [line]})
    async with run("invoices", on=money) as app:
        assert app.frame.table.key == key  # type: ignore[attr-defined]
        assert "billed on order 47806, which is not among the orders" in said(app)
        assert "1 Advice EUR 638.00 · no project" in said(app)
        assert "m says which order line or which project each line bills" in said(app)
        await app.press("m")
        await app.type("#HB1")
        await app.press("enter")
        assert "1 Advice EUR 638.00 · HB1" in said(app)
        assert "m says which order line" not in said(app)


async def test_an_invoice_of_a_day_to_come_is_doubted_and_a_long_line_of_the_order_is_cut_in_sight(
    run: Run, money: Desk
) -> None:
    beams = {"description": "Scaffolding along the quay", "quantity": "10", "price": "1000"}
    money.add(
        "orders", {"title": "Scaffolding", "number": "4501", "supplier": "SUP-1", "project": "P-1"}, {"lines": [beams]}
    )
    async with run("invoices", on=money) as app:
        await app.press("n")
        await app.type("staal")
        await app.press("tab")
        await app.type("4501")
        await app.press("tab")
        assert "1 Scaffolding alo…" in app.text
        await app.press("tab")
        await app.type("fri")
        assert "⚠ Fri 27 Nov 2026 is still to come" in app.text


async def test_a_folder_is_gone_into_and_one_that_is_not_there_is_not_remembered(
    run: Run, money: Desk, tmp_path: Path
) -> None:
    inside = tmp_path / "post" / "november"
    inside.mkdir(parents=True)
    (inside / "bill.csv").write_text("number\n")
    keep_folder(money, inside.parent / "any.xml")
    async with run("invoices", on=money) as app:
        await app.press("B", "enter")
        assert "bill.csv" in app.text
        await app.type("nowhere/else.xml")
        await app.press("enter", "escape")
        assert last_folder(money) == inside.parent
