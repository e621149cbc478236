"""The tour: offered once, over the real screens by real keys, left with esc, never back by itself."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.events import Key

from pmo_tui.desk.desk import Desk
from pmo_tui.desk.home.config import Config
from pmo_tui.screens.tour import STEPS
from tests.app.conftest import Run, desk_at
from tests.app.driving import Driver, said
from tests.app.terminal import terminal

OFFER = "shows you round in two minutes"
WALK = ("7", "down", "slash", "enter", "8", "colon")


@pytest.fixture
def new_here(desk: Desk) -> Desk:
    """Somebody whose program remembers nothing."""
    (desk.folders.state / "kept.json").unlink()
    return desk


@pytest.fixture
def empty(home: Path) -> Iterator[Desk]:
    """A store without records."""
    found = desk_at(home / "empty.json", home)
    yield found
    found.store.close()


def step(app: Driver) -> int:
    """At which step the tour is; 0 when there is none."""
    words = f"/{len(STEPS)}  "
    return next((int(line.split("/")[0]) for line in app.lines() if words in line[:8]), 0)


def _key(name: str) -> Key:
    return Key(name, name if len(name) == 1 else {"slash": "/", "colon": ":"}.get(name))


async def walk(app: Driver) -> None:
    for number, key in enumerate(WALK, 1):
        assert step(app) == number
        await app.press(key)
    assert step(app) == 7
    await app.type("help")
    await app.press("enter")
    assert "Help" in app.lines()[0]
    assert step(app) == 8


async def test_it_is_offered_at_the_first_start_and_never_again(run: Run, new_here: Desk) -> None:
    async with run() as app:
        assert OFFER in app.status
        await app.press("down")
        assert OFFER not in app.text
        await app.press("4", "1")
        assert OFFER not in app.text
    async with run() as app:
        assert OFFER not in app.text


async def test_who_was_here_before_is_not_asked(run: Run, new_here: Desk) -> None:
    new_here.last_seen.see(1)
    async with run() as app:
        assert OFFER not in app.text


@pytest.mark.parametrize("store", ["desk", "empty"])
async def test_it_walks_over_the_real_screens(run: Run, store: str, request: pytest.FixtureRequest) -> None:
    async with run(on=request.getfixturevalue(store)) as app:
        await app.press("f6")
        await walk(app)
        await app.press("1")
        assert step(app) == 0
        assert "The tour is over" in app.status
        assert "Today" in app.lines()[0]
        for digit in "78":
            await app.press(digit)
            assert step(app) == 0


async def test_other_keys_work_and_the_step_waits(run: Run) -> None:
    async with run() as app:
        await app.press("colon")
        await app.type("tour")
        await app.press("enter")
        assert step(app) == 1
        await app.press("4")
        assert "Risks" in app.lines()[0]
        assert step(app) == 1
        await app.press("n")
        assert step(app) == 1
        await app.type("7")
        assert step(app) == 1
        await app.press("f1")
        assert step(app) == 1


async def test_esc_leaves_it_and_nothing_else(run: Run) -> None:
    async with run(register="risks") as app:
        await app.press("f6", "7", "down", "slash")
        await app.type("town")
        assert step(app) == 4
        await app.press("escape")
        assert step(app) == 0
        assert not app.prompting
        await app.press("escape", "f6", "question_mark", "escape")
        assert "Help" in app.lines()[0]
        assert step(app) == 0


async def test_keys_typed_ahead_walk_through_it(run: Run) -> None:
    async with run() as app:
        for key in ("f6", *WALK, "h", "e", "l", "p", "enter", "1"):
            app.app.post_message(_key(key))
        await app.settle()
        assert "The tour is over" in app.status
        assert "Today" in app.lines()[0]


async def test_it_names_the_keys_in_use(run: Run, desk: Desk) -> None:
    desk.config = Config(keymap={"screen_portfolio": "f3"})
    async with run() as app:
        await app.press("f6")
        assert "Press f3 for the portfolio" in said(app)
        await app.press("7")
        assert step(app) == 1
        await app.press("f3")
        assert step(app) == 2


def test_in_a_terminal_it_is_offered_and_begun(tmp_path: Path) -> None:
    arguments = ["--store", str(tmp_path / "pmo.json")]
    with terminal(arguments, str(tmp_path)) as screen:
        screen.wait_for(OFFER)
        screen.type("\x1b[17~")
        screen.wait_for("1/8")
        screen.type("7")
        screen.wait_for("2/8")
        screen.type("\x11")
        assert screen.end() == 0
    with terminal(arguments, str(tmp_path)) as screen:
        screen.wait_for("This store is empty")
        screen.type("7")
        screen.wait_for("Portfolio")
        assert OFFER not in screen.text
        assert "2/8" not in screen.text
