"""The app on a server, driven by its keys; a colleague's change comes to the screen by itself."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path

import pytest

from pmo_tui.app import PmoApp
from pmo_tui.desk import rules
from pmo_tui.desk.desk import Desk
from pmo_tui.desk.home.folders import folders
from pmo_tui.store import open_store
from pmo_tui.wording import languages
from tests.app.driving import Driver
from tests.store.postgres.conftest import schema_of
from tests.store.postgres.server import PostgresServer
from tests.store.postgres.wire import Wire

TODAY = date(2026, 11, 25)


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    before = languages.current().code
    languages.use("en")
    yield
    languages.use(before)


def desk_at(url: str, home: Path, author: str) -> Desk:
    store = open_store(url, author=author, login=author, check=rules.check, cache=home / "cache")
    return Desk(store, folders({"HOME": str(home)}), None, today=lambda: TODAY)


@asynccontextmanager
async def running(desk: Desk) -> AsyncIterator[Driver]:
    app = PmoApp(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        driver = Driver(app, pilot)
        await driver.settle()
        driver.frame.open_register("risks")  # type: ignore[attr-defined]  # of the main screens
        await driver.settle()
        yield driver


@pytest.fixture
def wire(postgres: PostgresServer) -> Iterator[Wire]:
    found = Wire(postgres.folder)
    yield found
    found.close()


async def test_adding_undoing_and_a_colleague_s_change(url: str, tmp_path: Path) -> None:
    mine, theirs = desk_at(url, tmp_path, "anna"), desk_at(url, tmp_path, "bert")
    theirs.add("risks", {"title": "Steel comes late", "probability": "3", "impact": "4"})
    async with running(mine) as app:
        assert "Steel comes late" in app.text
        assert f"postgres {schema_of(url)}" in app.lines()[0]
        await app.press("n")
        await app.type("Crane falls over")
        await app.press("enter")
        assert "R-2 written" in app.status
        theirs.store.refresh()
        assert [row["title"] for row in theirs.store.shelf("risks").values()] == [
            "Steel comes late",
            "Crane falls over",
        ]
        await app.press("u")
        assert mine.store.get("R-2") is None
        theirs.add("risks", {"title": "Paper is wet"})
        await shown(app, "Paper is wet")
    mine.store.close()
    theirs.store.close()


async def shown(app: Driver, text: str) -> None:
    """Wait until a text is on the screen."""
    await app.until(lambda: text in app.text)
    assert text in app.text


async def test_while_the_server_is_away_the_screen_stays_and_says_so(url: str, tmp_path: Path, wire: Wire) -> None:
    mine = desk_at(url.replace(str(wire._target), str(wire.folder)), tmp_path, "anna")
    theirs = desk_at(url, tmp_path, "bert")
    theirs.add("risks", {"title": "Steel comes late"})
    async with running(mine) as app:
        wire.refuse = True
        wire.break_all()
        await app.press("n")
        await app.type("Crane falls over")
        await app.press("enter")
        await shown(app, "reconnecting. Nothing was written.")
        assert "Crane falls over" in app.text
        assert len(theirs.store.shelf("risks")) == 1
        theirs.add("risks", {"title": "Paper is wet"})
        wire.refuse = False
        await app.press("enter")
        assert (mine.store.get("R-3") or {})["title"] == "Crane falls over"
        await shown(app, "Paper is wet")
        await shown(app, "Crane falls over")
    mine.store.close()
    theirs.store.close()
