"""Everything as it was known then, for reading; and what a form says where nothing can be written."""

from __future__ import annotations

from pathlib import Path

import pytest

from pmo_tui.actions import ACTIONS, WRITING
from pmo_tui.desk import rules
from pmo_tui.desk.desk import Desk
from pmo_tui.desk.home.folders import folders
from pmo_tui.desk.past import as_known
from pmo_tui.store import open_store
from tests.app.conftest import TODAY, Run, desk_at
from tests.app.driving import said
from tests.app.test_conflicts import seen


async def test_a_day_is_looked_at_and_left_by_one_key(run: Run, desk: Desk, home: Path) -> None:
    head = desk.store.head()
    desk.set(["R-1"], {"title": "Steel is dear"})
    seen_before = desk.last_seen.sequence
    async with run(register="risks") as app:
        assert "Steel is dear" in app.text
        await app.press("ctrl+t")
        await app.type("next year")
        await app.press("enter")
        assert "lies ahead; nobody know" in app.status
        await app.press("ctrl+u")
        await app.type(f"#{head}")
        await app.press("enter")
        await seen(app, "Steel comes late")
        assert "as known on" in app.lines()[0]
        assert "ctrl+t goes back to today" in said(app)
        other = desk_at(home / "pmo.json", home / "jan", "jan")
        other.set(["R-1"], {"title": "Steel is here"})
        other.store.close()
        for key in ("e", "n", "f2"):
            await app.press(key)
            assert "nothing is written there" in app.status, key
            assert app.lines()[0].split()[0] == "Risks"
            assert not app.prompting, key
        await app.press("7")
        assert "as known on" in app.lines()[0]
        await app.press("ctrl+t")
        assert "back to today" in app.status
        assert "as known on" not in app.text
        await app.press("8", "r", "i")
        await seen(app, "Steel is here")
        await app.press("e")
        assert "Change Risk R-1" in app.lines()[0]
        await app.press("escape", "ctrl+t")
        await app.type("#3")
        await app.press("enter")
        await seen(app, "as known on")
    assert desk.last_seen.sequence == seen_before
    assert desk_at(home / "pmo.json", home).last_seen.sequence == desk.store.head()


async def test_started_in_the_past_it_stays_for_reading_and_forgets_nothing_seen(run: Run, desk: Desk) -> None:
    desk.last_seen.keep(desk.store.head())
    then = as_known(desk, "#6")
    async with run(register="people", on=then) as app:
        assert "as known on" in app.lines()[0]
        await app.press("ctrl+t")
        assert "as known on" not in app.lines()[0]
    again = Desk(desk.store, desk.folders, None, today=lambda: TODAY)
    assert again.last_seen.sequence == desk.store.head()


@pytest.fixture
def reader(desk: Desk, home: Path) -> Desk:
    """The store, opened for reading only."""
    store = open_store(home / "pmo.json", author="anna", read_only=True, check=rules.check)
    return Desk(store, folders({"HOME": str(home)}), None, today=lambda: TODAY)


async def test_for_reading_only_no_form_opens_and_it_is_said_why(run: Run, reader: Desk, desk: Desk) -> None:
    head = desk.store.head()
    async with run(register="risks", on=reader) as app:
        assert "read-only" in app.lines()[0]
        for keys in (("e",), ("n",), ("enter", "e"), ("d",)):
            await app.press(*keys)
            assert "The store was opened for reading only" in app.status, keys
            assert "Change" not in app.lines()[0]
        await app.press("escape")
        desk.set(["R-1"], {"title": "Steel is dear"})
        await seen(app, "Steel is dear")
    assert desk.store.head() == head + 1
    reader.store.close()


def test_what_writes_is_an_action() -> None:
    assert {each.id for each in ACTIONS} >= WRITING


async def test_before_the_first_line_of_the_journal_nothing_was_known(run: Run, desk: Desk) -> None:
    async with run(register="risks") as app:
        await app.press("ctrl+t")
        await app.type("2001-01-01")
        await app.press("enter")
        await seen(app, "nothing was known then: the journal begins on")
        assert "as known on" not in app.lines()[0]
        assert "Steel comes late" in app.text
