"""`w` answers for whatever the cursor stands on: lines below the invoices, and fields that are no figures."""

from __future__ import annotations

from pmo_tui.desk.desk import Desk
from tests.app.conftest import Run
from tests.app.driving import said


async def test_the_lines_below_an_invoice_say_why(run: Run, mismatch: Desk) -> None:
    async with run("invoices", on=mismatch) as app:
        headings = []
        for down in (0, 1, 4, 5, 6):  # what was noticed takes two lines
            await app.press("o", *["down"] * down, "w")
            headings.append(app.lines()[0].split("  ")[0].strip())
            await app.press("escape", "escape")
        assert headings == [
            "Why: Open of INV-2",
            "Why: Match of INV-2",
            "Why: Available of P-1",
            "Why: Order left of PO-1",
            "Why: Cost of PO-1",
        ]


async def test_a_line_without_a_figure_says_so(run: Run, mismatch: Desk) -> None:
    async with run("invoices", on=mismatch) as app:
        await app.press("o", "down", "down", "w")
        assert app.lines()[0].startswith(" Invoices")
        assert "No figure stands on this line" in app.status


async def test_a_field_that_is_no_figure_says_who_can_tell(run: Run, mismatch: Desk) -> None:
    async with run("invoices", on=mismatch) as app:
        await app.press("home", "w")
        assert app.lines()[0].startswith(" Invoices")
        assert "has no figure “Key”: that stands as it was entered. The history" in said(app)
