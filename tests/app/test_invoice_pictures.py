"""Pictures of the screen of supplier invoices and of its form."""

from __future__ import annotations

from pathlib import Path

import pytest

from pmo_tui.desk.desk import Desk
from pmo_tui.desk.money import booking_invoices as booking
from pmo_tui.wording import languages
from tests.app.conftest import Run, desk_at
from tests.app.shows import assert_shows
from tests.desk.money_office import BY_JAN, bill


@pytest.fixture
def in_pictures(mismatch: Desk) -> Desk:
    """An invoice of every kind, on an order that has more to be billed."""
    mismatch.set(
        ["PO-1"],
        {},
        {"lines": [{"description": "Beam", "quantity": "20", "price": "1000", "vat_category": "S", "vat_rate": "21"}]},
    )
    bill(mismatch, "2026/1", 1, due_date="2026-10-10", iban="NL02ABNA0123456789")
    booking.dispute(mismatch, [bill(mismatch, "2026-5", 1, 1200)], BY_JAN)
    booking.accept(mismatch, [bill(mismatch, "2026-6", 1, 1100, due_date="2026-12-20")], BY_JAN)
    line = [{"net": "125.50", "project": "P-2", "vat_category": "S", "vat_rate": "9"}]
    money = {"net": "125.50", "vat": "11.30", "gross": "136.80", "payable": "136.80"}
    mismatch.add(
        "invoices", {"number": "R-8", "supplier": "SUP-1", "issue_date": "2026-11-02", **money}, {"lines": line}
    )
    return mismatch


@pytest.mark.parametrize("language", ["en", "nl"])
@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_pictures(run: Run, in_pictures: Desk, language: str, size: tuple[int, int]) -> None:
    languages.use(language)
    name = f"{size[0]}x{size[1]}" + ("-nl" if language == "nl" else "")
    async with run("invoices", size, on=in_pictures) as app:
        assert_shows(app, f"invoices-{name}")
        await app.press("n")
        await app.type("staal")
        await app.press("tab", "tab")
        await app.type("2026-7")
        await app.press("tab")
        await app.type("2026-11-20")
        await app.press("tab")
        await app.type("1 #HB1; 1 #TA")
        assert_shows(app, f"invoice-form-{name}")


async def test_an_empty_store_says_what_to_do(run: Run, home: Path) -> None:
    empty = desk_at(home / "empty.json", home)
    async with run("invoices", on=empty) as app:
        assert_shows(app, "invoices-empty-80x24")
        await app.press("a")
        assert "There is nothing here" in app.status
        await app.press("tab", "tab", "tab", "tab", "f", "w", "escape", "escape", "o", "escape", "n")
        assert "New Supplier" in app.lines()[0]
    empty.store.close()
