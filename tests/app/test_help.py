"""Help: the field and the keys of where one is, found by words, and what a key would start."""

from __future__ import annotations

import pytest

from pmo_tui.desk.desk import Desk
from pmo_tui.desk.home.config import Config
from pmo_tui.keymaps import meanings
from pmo_tui.records.registers import REGISTERS
from pmo_tui.screens.help import HelpScreen
from tests.app.conftest import Run
from tests.app.driving import Driver, said


async def help_on(app: Driver, key: str = "question_mark") -> HelpScreen:
    await app.press(key)
    assert isinstance(app.frame, HelpScreen)
    return app.frame


@pytest.mark.parametrize("register", [each.name for each in REGISTERS])
async def test_every_list_and_form_explains_its_fields(run: Run, register: str) -> None:
    async with run(register=register, size=(120, 40)) as app:
        found = await help_on(app)
        assert len(found.about.fields) >= 2
        assert all(meaning for _name, meaning in found.about.fields)
        assert "Where the cursor is" in app.text
        await app.press("escape", "n")
        if not hasattr(app.frame, "form"):
            return
        found = await help_on(app, "f1")
        assert found.about.first
        assert app.lines()[1].startswith(" Where the cursor is")
        assert found.about.first in app.lines()[2]
        assert "In a form" in app.text
        await app.press("escape")
        assert app.lines()[0].startswith(" New")


async def test_the_field_under_the_cursor_comes_first(run: Run) -> None:
    async with run("risks") as app:
        await app.press("right", "right", "question_mark")
        first = app.lines()[2].split()[0]
        await app.press("escape", "right", "question_mark")
        assert app.lines()[1] == " Where the cursor is"
        assert app.lines()[2].split()[0] != first


async def test_a_field_says_what_it_takes(run: Run) -> None:
    async with run(register="risks", size=(160, 40)) as app:
        await app.press("n")
        found = dict((await help_on(app, "f1")).about.fields)
        assert found["probability"] == "Probability; 1–5"
        assert found["title"].endswith("is needed")
        assert found["next_review"].endswith("fri, +2w, 31-12, w48, eom")
        assert "of People" in found["owner"]
        assert "key, code or name" in found["owner"]
        assert "·" in found["status"]


async def test_words_narrow_help_and_esc_shows_all_again(run: Run) -> None:
    async with run("risks") as app:
        await help_on(app)
        await app.press("slash")
        await app.type("heat map")
        assert "goes into the heat map" in said(app)
        assert "paints the whole screen again" not in said(app)
        await app.press("enter")
        assert "goes into the heat map" in said(app)
        assert "/ heat map" in app.status
        await app.press("slash", *["backspace"] * 8)
        await app.type("zzzz")
        assert "No line of help holds that" in app.text
        await app.press("escape")
        assert "/ heat map" in app.status


async def test_a_key_is_explained_and_starts_nothing(run: Run, desk: Desk) -> None:
    async with run("risks") as app:
        await help_on(app)
        await app.press("k", "k")
        assert app.lines()[1] == " The key k"
        assert "Risks: Kind – shows threats" in app.lines()[2]
        assert "elsewhere: Planning: Kind" in said(app)
        await app.press("k", "z")
        assert app.lines()[1] == " The key z"
        assert "starts nothing here" in app.lines()[2]
        assert "elsewhere: Resources: Zoom" in said(app)
        await app.press("k", "q")
        assert "Everywhere: Quit" in app.lines()[2]
        await app.press("k", "escape")
        assert "Everywhere: Back" in app.lines()[2]
        assert isinstance(app.frame, HelpScreen)
        await app.press("k", "4")
        assert isinstance(app.frame, HelpScreen)
        await app.press("escape")
        assert app.lines()[0].startswith(" Risks")


async def test_a_key_typed_into_the_search_is_explained_too(run: Run) -> None:
    async with run("today") as app:
        await help_on(app)
        await app.press("slash")
        await app.type("z")
        assert app.lines()[1] == " The key z"
        assert "starts nothing here" in app.lines()[2]
        await app.press("backspace")
        await app.type("ctrl+l")
        assert "Redraw" in app.lines()[2]


async def test_in_a_form_a_letter_is_typed(run: Run) -> None:
    async with run(register="risks") as app:
        await app.press("n")
        await help_on(app, "f1")
        await app.press("k", "u")
        assert "is typed into the field" in app.lines()[2]
        assert "elsewhere: Everywhere: Undo" in said(app)
        await app.press("k", "f2")
        assert "In a form: Save" in app.lines()[2]


async def test_help_speaks_of_the_keys_in_use(run: Run, desk: Desk) -> None:
    desk.config = Config(keys="vim", keymap={"undo": "f12"})
    async with run("risks") as app:
        await help_on(app)
        await app.press("K", "k")
        assert "Moving about: Up" in app.lines()[2]
        await app.press("K", "f12")
        assert "Undo" in app.lines()[2]
        await app.press("K", "u")
        assert "starts nothing here" in app.lines()[2]


def test_the_nearest_part_has_the_key() -> None:
    here, elsewhere = meanings("m", ("risks", "list", "everywhere"), {})
    assert here is not None
    assert here.id == "map"
    assert {each.where for each in elsewhere} >= {"invoices", "planning"}
    assert meanings("f11", ("risks",), {}) == (None, [])


NOTHING_THERE = [
    ("status", "d"),
    ("resources", "d"),
    ("resources", "f2"),
    ("resources", "vertical_line"),
    ("reports", "n"),
    ("reports", "f2"),
    ("risks", "z"),
]


@pytest.mark.parametrize(("screen", "key"), NOTHING_THERE)
async def test_help_offers_no_key_that_does_nothing_there(run: Run, screen: str, key: str) -> None:
    async with run(screen) as app:
        names = [shown for shown, _label in app.frame.footer_keys()]
        assert {"vertical_line": "|"}.get(key, key) not in names
        await help_on(app)
        await app.press("k", key)
        assert "starts nothing here" in said(app).partition("elsewhere")[0]


@pytest.mark.parametrize(
    ("screen", "key", "words"),
    [
        ("status", "n", "what the project manager declares"),
        ("resources", "n", "books the person under the cursor"),
        ("resources", "s", "who is over-booked"),
        ("portfolio", "n", "adds a project"),
        ("reports", "enter", "shows the page of the report"),
    ],
)
async def test_help_says_what_a_key_of_every_list_does_on_this_screen(
    run: Run, screen: str, key: str, words: str
) -> None:
    async with run(screen) as app:
        await help_on(app)
        await app.press("k", key)
        assert words in said(app).partition("elsewhere")[0]


async def test_the_portfolio_adds_a_project(run: Run, desk: Desk) -> None:
    async with run("portfolio") as app:
        await app.press("n")
        assert "New Project" in app.lines()[0]
        await app.type("Fish ladder")
        await app.press("f2")
        assert desk.values("P-3")["name"] == "Fish ladder"
        assert "P-3" in app.text


async def test_the_board_of_milestones_adds_and_deletes_no_project(run: Run, desk: Desk) -> None:
    async with run("planning") as app:
        await app.press("M")
        assert "Milestones" in app.lines()[0]
        await app.press("n")
        assert "Milestones" in app.lines()[0]
        assert "a milestone is a task" in said(app)
        await app.press("d")
        assert "a milestone is a task" in said(app)
        assert desk.store.get("P-1") is not None


@pytest.mark.parametrize("screen", ["planning", "risks"])
async def test_keys_and_names_of_actions_stand_in_full(run: Run, screen: str) -> None:
    async with run(screen, size=(80, 200)) as app:
        await help_on(app)
        assert "pagedown Page down" in said(app)
        assert "Reports and outbox shows" in said(app)
        assert "Map on or off shows" in said(app) or screen != "risks"
