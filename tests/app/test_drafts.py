"""What is half typed comes back to whom it belongs: one officer, one store, one window; and it means what it meant."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from pmo_tui.desk.desk import Desk
from tests.app.conftest import Run, desk_at, fill
from tests.app.driving import said


async def test_what_was_typed_at_one_store_does_not_stand_in_another(run: Run, desk: Desk, home: Path) -> None:
    other = desk_at(home / "other.json", home)
    fill(other)
    async with run(register="risks") as app:
        await app.press("n")
        await app.type("Half a thought")
        await app.press("escape")
    async with run(on=other, register="risks") as app:
        await app.press("n")
        assert "Half a thought" not in app.text
    other.store.close()
    async with run(register="risks") as app:
        await app.press("n")
        assert "Half a thought" in app.text


async def test_what_a_colleague_at_the_same_login_types_is_his(run: Run, desk: Desk, home: Path) -> None:
    async with run(register="risks") as anna:
        await anna.press("e")
        await anna.type("Half ")
        anna.app.keep_drafts()
        bert = desk_at(home / "pmo.json", home, "bert")
        async with run(on=bert, register="risks") as app:
            await app.press("e")
            assert "Half" not in app.text
        bert.store.close()


async def test_what_is_typed_in_another_window_of_ones_own_is_not_taken(run: Run, desk: Desk, home: Path) -> None:
    async with run(register="risks") as first:
        await first.press("n")
        await first.type("First")
        first.app.keep_drafts()
        again = desk_at(home / "pmo.json", home)
        async with run(on=again, register="risks") as second:
            await second.press("n")
            assert "First" not in second.text
            assert "being typed in another window" in said(second)
            await second.press("ctrl+r", "escape", "n")
        again.store.close()
        await first.press("escape", "n")
        assert "First" in first.text


async def test_a_day_in_a_draft_stays_the_day_it_was_and_is_explained(run: Run, desk: Desk) -> None:
    async with run(register="risks") as app:
        await app.press("n")
        await app.type("Late")
        while app.frame.form.current.entry.name != "next_review":  # type: ignore[attr-defined]
            await app.press("tab")
        await app.type("fri")
        await app.press("escape")
    desk.today = lambda: date(2026, 12, 2)
    async with run(register="risks") as app:
        await app.press("n")
        assert "is back" in app.status
        row = app.frame.form.rows["next_review"]  # type: ignore[attr-defined]
        assert row.text == "2026-11-27"
        assert "Fri 27 Nov 2026" in row._said[0]
