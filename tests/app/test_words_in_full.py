"""Words that are told in full and in one unit on a screen of 80 columns."""

from __future__ import annotations

from pmo_tui.desk.desk import Desk
from tests.app.conftest import Run
from tests.app.plan_help import planned
from tests.desk.money_office import bill


async def test_what_is_late_for_years_is_told_by_its_day(run: Run, money: Desk) -> None:
    bill(money, "2015-1", 1, due_date="2015-01-09")
    async with run("today", on=money) as app:
        late = next(line for line in app.lines() if "2015-1 " in line)
        assert late.startswith("   2015-01-09 invoice")


async def test_the_outline_makes_room_for_the_column_under_the_cursor(run: Run, desk: Desk) -> None:
    planned(desk)
    async with run("planning", on=desk) as app:
        await app.press("right", "right", "right")
        assert "Start" in app.lines()[2]
        assert "2026-" in next(line for line in app.lines() if "Build" in line)[:45]
        await app.press("left")
        assert "Takes" in app.lines()[2]


async def test_what_moves_is_named_in_full_where_nothing_becomes_worse(run: Run, desk: Desk) -> None:
    desk.set(["T-3"], {"name": "Opening by the minister herself"})
    async with run("planning", on=desk) as app:
        await app.press("home", "m")
        await app.type("+1d")
        await app.press("enter")
        assert "days later" in app.text or "1 day later" in app.text
        assert "◆ Opening by the minister herself" in app.text
