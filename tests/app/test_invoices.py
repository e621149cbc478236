"""The screen of supplier invoices: the list, its ageing, the chain from contract to payment, hostile names."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pmo_tui.desk.desk import Desk
from pmo_tui.desk.money import booking_invoices as booking
from pmo_tui.desk.money.booking_invoices import Decided
from pmo_tui.desk.why import trace
from tests.app.conftest import Run
from tests.app.driving import row, said
from tests.desk.money_office import BY_JAN, JAN, bill


async def test_ageing_stands_on_top_and_narrows_the_list(run: Run, mismatch: Desk) -> None:
    old = bill(mismatch, "2026-3", 1, due_date="2026-08-01")
    booking.dispute(mismatch, [bill(mismatch, "2026-4", 1)], BY_JAN)
    async with run("invoices", (120, 40), on=mismatch) as app:
        words, amounts = app.lines()[2:4]
        assert words.split() == [
            "current",
            "1",
            "1-30",
            "1",
            "31-60",
            "0",
            "61-90",
            "0",
            "over",
            "90",
            "1",
            "disputed",
            "1",
        ]
        assert [part for part in amounts.replace("EUR", "").split() if part[0].isdecimal()] == [
            "4,840", "4,840", "0", "0", "1,210", "1,210",
        ]  # fmt: skip
        assert "1 due today" in app.text
        assert "today !" in row(app, "INV-1")
        assert "20 Nov !5d" in row(app, "INV-2")
        await app.press("f", "end", "left", "enter")
        assert [line.split()[0] for line in app.lines() if line.startswith(" INV-")][:1] == [old]
        assert "1 / 1 of 4" in app.status
        await app.press("escape")
        assert "1 / 4" in app.status
        await app.press("f", "home", "w")
        assert "Why: current" in app.lines()[0]
        assert "EUR 4,840.00 2026-1" in said(app)


async def test_a_figure_on_the_screen_is_the_one_that_scripts_and_why_get(run: Run, mismatch: Desk) -> None:
    async with run("invoices", on=mismatch) as app:
        values = mismatch.values("PO-1")
        assert {name: int(values[name]) for name in ("cost", "prepaid", "open_commitment", "order_left")} == {
            "cost": 6000, "prepaid": 2000, "open_commitment": 2000, "order_left": 2000,
        }  # fmt: skip
        assert "cost 6,000.00 prepaid 2,000.00 open 2,000.00 left 2,000.00" in said(app)
        assert trace(mismatch, "PO-1", "prepaid")[0].value == "EUR 2,000.00"
        assert f"available EUR {mismatch.values('P-1')['available']:,.2f}" in said(app)
        view = mismatch.view("ageing", "")
        assert sum(view.values(i)["open"] for i in range(len(view))) == Decimal(9680)


async def test_the_cursor_follows_from_invoice_to_order_receipt_contract_and_supplier(run: Run, money: Desk) -> None:
    money.add("suppliers", {"name": "Aardwerk"})
    money.add("orders", {"title": "Bolts", "supplier": "SUP-2", "ordered_on": "2026-11-24"})
    money.add("contracts", {"title": "Frame", "supplier": "SUP-1", "notice_by": "2026-12-24"})
    money.add("contracts", {"title": "Another", "supplier": "SUP-1", "notice_by": "2026-11-24"})
    money.set(["PO-1"], {"contract": "CON-1"})
    async with run("invoices", on=money) as app:
        seen = []
        for _ in range(5):
            seen.append(app.frame.table.key)  # type: ignore[attr-defined]
            await app.press("tab")
        assert seen == ["INV-1", "PO-1", "REC-1", "CON-1", "SUP-1"]
        assert "[Invoices 1]" in app.text
        await app.press("shift+tab")
        assert "[Suppliers 2]" in app.text
        assert "1 to be settled, 0 do not match" in app.text
        await app.press("at")
        await app.type("TA")
        await app.press("enter")
        assert "Invoices 0" in app.text


async def test_the_chain_is_gone_into_and_opens_what_it_names(run: Run, mismatch: Desk) -> None:
    async with run("invoices", on=mismatch) as app:
        await app.press("o")
        chain = app.app.screen.query_one("#chain")
        assert app.frame.focused is chain
        while chain.target != "PO-1":  # type: ignore[attr-defined]
            await app.press("down")
        await app.press("enter")
        assert "PO-1" in app.lines()[0]
        await app.press("escape", "escape", "down")
        assert app.frame.focused is app.app.screen.query_one("#table")
        await app.press("i")
        assert "10 ordered" not in app.text


async def test_what_is_settled_is_left_out_until_it_is_asked_for(run: Run, money: Desk) -> None:
    booking.send_back(money, ["INV-1"], Decided(JAN, reason="wrong name"))
    async with run("invoices", on=money) as app:
        assert "nothing here" in app.status
        await app.press("C")
        assert "returned" in app.text
        assert "closed too" in app.text


HOSTILE = ["[red]x[/] [/]", "\x1b[31m\u202eevil", "名前" * 30, "👩‍👩‍👧" * 9, "x" * 10_000]


@pytest.mark.parametrize("name", HOSTILE)
async def test_hostile_names_are_shown_as_they_are(run: Run, money: Desk, name: str) -> None:
    document = money.store.get("SUP-1")
    assert document is not None
    money.store.transact(lambda draft: draft.change("SUP-1", {"name": name, "ibans": [name]}))
    money.store.transact(lambda draft: draft.change("INV-1", {"number": name, "iban": name}))
    money.store.transact(lambda draft: draft.change("PO-1", {"title": name, "number": name}))
    async with run("invoices", on=money) as app:
        assert "\x1b" not in app.text
        if name.startswith("[red]"):
            assert "[red]x[/]" in app.text
        for keys in ("tab", "tab", "tab", "tab", "tab", "N"):
            await app.press(keys)
        assert "New Supplier invoice" in app.lines()[0]


async def test_tabs_and_ageing_are_of_what_the_filter_leaves(run: Run, mismatch: Desk) -> None:
    async with run("invoices", (120, 40), on=mismatch) as app:
        assert "[Invoices 2]" in app.text
        assert app.lines()[2].split()[:4] == ["current", "1", "1-30", "1"]
        await app.press("slash")
        await app.type("number:2026-1")
        await app.press("enter")
        assert "[Invoices 1]" in app.text
        assert app.lines()[2].split()[:4] == ["current", "1", "1-30", "0"]


async def test_the_cursor_stands_on_what_was_booked_although_a_filter_hid_it(run: Run, money: Desk) -> None:
    async with run("invoices", on=money) as app:
        await app.press("slash")
        await app.type("number:2026-1")
        await app.press("enter", "tab", "N")
        await app.type("B-7")
        await app.press("tab")
        await app.type("24-11")
        await app.press("enter")
        assert "INV-2 booked" in app.status
        assert "the filter that hid it is off" in app.status
        await app.press("a")
        assert "INV-2: approved by" in app.text
