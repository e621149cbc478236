"""A number whose check digits do not fit is told beside its field and on the record's page."""

from __future__ import annotations

from pmo_tui.desk.desk import Desk
from tests.app.conftest import Run
from tests.app.driving import said


async def test_a_mistyped_vat_number_is_told_and_an_account_refused(run: Run, desk: Desk) -> None:
    async with run(register="suppliers") as app:
        await app.press("e", "tab", "tab")
        await app.type("NL004495446B01")
        assert "⚠ NL004495446B01: the check digits do not fit" in said(app)
        await app.press("tab", "end")
        await app.type(", NL91ABNA0417164301")
        assert "⚠ NL91ABNA0417164301: the check digits do not fit" in said(app)
        await app.press("f2")
        assert "✗ the check digits do not fit" in said(app)
        assert desk.values("SUP-1")["vat_number"] is None
        await app.press("ctrl+u")
        await app.type("NL91ABNA0417164300")
        await app.press("f2", "enter")
        assert desk.values("SUP-1")["vat_number"] == "NL004495446B01"
        assert "⚠ NL004495446B01: the check digits do not fit" in said(app)
