"""The next page is painted before it is asked for; what changes meanwhile is seen on it."""

from __future__ import annotations

from pmo_tui.desk.desk import Desk
from pmo_tui.store import Draft
from pmo_tui.widgets.table import RegisterTable
from tests.app.conftest import Run
from tests.app.driving import row


def add_risks(desk: Desk) -> None:
    def work(draft: Draft) -> None:
        for number in range(100):
            draft.add("risks", {"title": f"Heard of as number {number}", "probability": 2, "impact": 2})

    desk.store.transact(work)


async def test_a_page_painted_ahead_is_as_one_painted_when_it_is_shown(run: Run, desk: Desk) -> None:
    add_risks(desk)
    async with run("registers", register="risks") as app:
        table = app.app.screen.query_one(RegisterTable)
        for key in ("pagedown", "pagedown", "pagedown", "pageup", "pageup"):
            await app.press(key)
            shown = app.lines()
            table.repaint()
            await app.settle()
            assert app.lines() == shown


async def test_what_changes_on_the_next_page_is_seen(run: Run, desk: Desk) -> None:
    add_risks(desk)
    async with run("registers", register="risks") as app:
        await app.press("pagedown")
        table = app.app.screen.query_one(RegisterTable)
        key = table.rows.key(table.top + table.page + 3)
        desk.store.transact(lambda draft: draft.change(key, {"title": "Changed meanwhile"}))
        app.app.tell_changed("")
        await app.settle()
        await app.press("pagedown")
        assert "Changed meanwhile" in row(app, key)


async def test_marks_and_the_column_on_the_next_page_are_seen(run: Run, desk: Desk) -> None:
    add_risks(desk)
    async with run("registers", register="risks") as app:
        await app.press("pagedown", "asterisk", "right", "pagedown")
        shown = app.lines()
        assert sum(line.startswith("▪R-") for line in shown) == app.app.screen.query_one(RegisterTable).page
