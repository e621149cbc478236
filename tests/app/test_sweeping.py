"""Sweeping the portfolio by its exceptions: each told whole, with the rule that fired and why."""

from __future__ import annotations

from datetime import date

from pmo_tui.desk.desk import Desk
from tests.app.conftest import Run
from tests.app.driving import said


async def test_an_exception_is_told_whole_and_says_why_its_rule_fired(run: Run, mismatch: Desk) -> None:
    mismatch.add("risks", {"title": "Ice", "project": "P-1"})
    async with run("portfolio", on=mismatch) as app:
        await app.press("X")
        assert app.lines()[0].startswith(" Exceptions")
        assert app.lines()[-1].startswith(" ⏎ Open  w Why  e Edit  / Filter")
        await app.press("/")
        await app.type("rule:match_exception")
        await app.press("enter")
        assert "8 billed, 6 received" in app.status
        await app.press("w")
        assert app.lines()[0].startswith(" Why: Match of INV-2")
        await app.press("escape", "/")
        await app.press("ctrl+u")
        await app.type("record:R-1")
        await app.press("enter", "w")
        assert "R-1 breaks the rule “no owner”: the risk has no owner." in said(app)


async def test_the_sentence_has_the_room_of_the_line(run: Run, mismatch: Desk) -> None:
    due = date(2026, 11, 1).isoformat()
    mismatch.set(["INV-1"], {"due_date": due})
    async with run("portfolio", on=mismatch) as app:
        await app.press("X")
        assert any("EUR 4,840.00 is open, 24 d past" in line for line in app.lines()[1:-2])
