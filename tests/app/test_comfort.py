"""Comfort: keys of another program, and keys of one's own over them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import pmo_tui.screens
from pmo_tui.actions import ACTIONS, FORM, MOVE, STATUS_FORM, actions_of, keys_of
from pmo_tui.actions import SCREENS as SCREENS_BY_DIGIT
from pmo_tui.app import PmoApp
from pmo_tui.desk.desk import Desk
from pmo_tui.desk.home.config import Config, load
from pmo_tui.keymap_faults import clashes, faults_of_keymap
from pmo_tui.keymaps import PRESETS, keymap_of, moved, presets
from pmo_tui.records.errors import WrongUse
from tests.app.conftest import Run
from tests.app.terminal import terminal

SCREENS = Path(pmo_tui.screens.__file__).parent

# ---- keys --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("preset", PRESETS)
def test_a_preset_clashes_with_nothing(preset: str) -> None:
    assert faults_of_keymap(PRESETS[preset]) == []
    moves = {key for each in actions_of(MOVE) for key in keys_of(each, PRESETS[preset])}
    for each in ACTIONS:
        if each.where not in (MOVE, FORM, STATUS_FORM):
            assert not moves.intersection(keys_of(each, PRESETS[preset])), each.id


def test_a_key_that_would_be_lost_is_named() -> None:
    assert ("undo", "new", "n") in clashes({"undo": "n"})
    assert ("up", "new", "n") in clashes({"up": "n"})
    assert ("goto", "new", "g") in clashes({"new": "g"})


async def test_vim_moves_and_what_had_its_letters_is_elsewhere(run: Run, desk: Desk) -> None:
    desk.config = Config(keys="vim")
    async with run(register="risks") as app:
        await app.press("j", "j")
        assert app.status == "3 / 3"
        await app.press("k")
        assert app.status == "2 / 3"
        await app.press("G")
        assert app.status == "3 / 3"
        await app.press("g", "g")
        assert app.status == "1 / 3"
        assert not app.prompting
        await app.press("ctrl+d")
        assert app.status == "3 / 3"
        await app.press("ctrl+u", "l", "s")
        assert "Title ▲" in app.text
        await app.press("H")
        assert "History of" in app.lines()[0]
        await app.press("escape", "Y")
        assert "Journal" in app.lines()[0]
        await app.press("escape", "question_mark")
        assert "Keys as in vim" in app.text


async def test_in_vim_go_to_still_finds_records_and_letters_still_choose_a_register(run: Run, desk: Desk) -> None:
    desk.config = Config(keys="vim")
    async with run("registers") as app:
        await app.press("G", "k", "g", "g", "enter")
        assert "Portfolios" in app.lines()[0]
        await app.press("escape", "s", "g")
        assert "Gates" in app.lines()[0]
        await app.press("g")
        await app.type("Town")
        await app.press("enter")
        assert "Town archive" in app.lines()[0]


async def test_the_configuration_goes_over_the_preset(run: Run, desk: Desk) -> None:
    desk.config = Config(keys="vim", keymap={"history": "f12"})
    assert keymap_of(desk.config.keys, desk.config.keymap)["history"] == "f12"
    async with run(register="risks") as app:
        await app.press("j", "f12")
        assert "History of R-2" in app.lines()[0]


def test_keys_may_be_written_as_the_pages_write_them() -> None:
    assert keymap_of("default", {"undo": "?, f12", "back": "esc"}) == {
        "undo": "question_mark,f12",
        "back": "escape",
    }


def test_a_clash_with_the_preset_is_named_at_the_start(desk: Desk) -> None:
    desk.config = Config(keys="vim", keymap={"new": "j"})
    with pytest.raises(WrongUse, match="down and new"):
        PmoApp(desk)


def test_a_wrong_preset_names_the_choices(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text('keys = "emacs"')
    with pytest.raises(WrongUse, match="default, vim"):
        load(path)


@pytest.mark.parametrize(
    ("config", "said"),
    [('[keymap]\nundoo = "f12"\n', "undoo"), ('[keymap]\nundo = "n"\n', "undo and new"), ('keys = "emacs"\n', "emacs")],
)
def test_a_wrong_keymap_ends_the_program_with_two(desk: Desk, home: Path, config: str, said: str) -> None:
    (home / ".config/pmo_tui").mkdir(parents=True)
    (home / ".config/pmo_tui/config.toml").write_text(config)
    with terminal(["--store", str(home / "pmo.json")], str(home)) as screen:
        assert screen.end() == 2
        assert said in screen.text
        assert "Traceback" not in screen.text


def test_the_page_of_keys_shows_the_preset() -> None:
    page = presets()
    for each in moved(PRESETS["vim"]):
        assert f"`{each.id}`" in page
    assert "`gg`" in page


# ---- texts that name keys ------------------------------------------------------------------------------------------------


async def test_hints_name_the_keys_in_use(run: Run, desk: Desk) -> None:
    desk.config = Config(keys="vim", keymap={"new": "insert", "undo": "f12"})
    async with run(register="issues") as app:
        assert "insert adds the first one" in app.text
    async with run(register="risks") as app:
        await app.press("d")
        assert "f12 brings it back" in app.status
        await app.press("f12")
        assert "took back" in app.status


async def test_a_hint_about_an_action_without_a_key_says_how_it_is_found(run: Run, desk: Desk) -> None:
    desk.config = Config(keymap={"import_file": ""})
    async with run(register="issues") as app:
        assert ":Import takes a file in" in app.text


def keyed_texts() -> Iterator[tuple[str, str, set[str]]]:
    """Every text of the screens that is given to `keyed`, with the names of the values beside it."""
    for path in sorted(SCREENS.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "keyed"):
                continue
            texts = [each.value for each in ast.walk(node.args[0]) if isinstance(each, ast.Constant)]
            for text in texts:
                yield path.name, str(text), {keyword.arg or "" for keyword in node.keywords}


def test_whatever_a_hint_names_is_an_action_or_a_value() -> None:
    ids = {each.id for each in ACTIONS}
    found = list(keyed_texts())
    assert len(found) > 50
    for name, text, values in found:
        assert set(re.findall(r"{(\w+)}", text)) <= ids | values, (name, text)


# ---- a terminal that is too small ----------------------------------------------------------------------------------------


async def test_too_small_says_so_and_comes_back_by_itself(run: Run) -> None:
    async with run(register="risks") as app:
        await app.press("down")
        await app.pilot.resize_terminal(30, 6)
        await app.settle()
        assert " ".join(app.text.split()) == "30×6 is too small, 40×10 is needed; ctrl+q leaves"
        await app.press("d", "n", "x", "8", "escape", "q", "enter")
        await app.pilot.resize_terminal(39, 30)
        await app.settle()
        assert "39×30 is too small" in app.text
        await app.pilot.resize_terminal(80, 24)
        await app.settle()
        assert app.status == "2 / 3"
        assert "Steel comes late" in app.text


async def test_what_is_asked_is_still_asked_after_it_was_too_small(run: Run) -> None:
    async with run(register="risks") as app:
        await app.press("slash")
        await app.type("steel")
        await app.pilot.resize_terminal(20, 3)
        await app.settle()
        await app.type("zzz")
        await app.pilot.resize_terminal(80, 24)
        await app.settle()
        await app.press("enter")
        assert app.status == "/ steel 1 / 1 of 3"


async def test_a_start_in_a_terminal_that_is_too_small_can_be_left(run: Run) -> None:
    async with run(size=(20, 5)) as app:
        assert "too small" in " ".join(app.text.split())
        await app.press("ctrl+q")
        assert not app.app.is_running


@pytest.mark.parametrize("name", [name for name, _digit, _title in SCREENS_BY_DIGIT])
async def test_the_least_room_is_enough_to_see_where_one_is(run: Run, name: str) -> None:
    async with run(name, size=(40, 10)) as app:
        assert "too small" not in app.text
        assert app.lines()[0].strip()
        assert sum(bool(line.strip()) for line in app.lines()) >= 4


SHORT = frozenset({"today", "reports"})
"""Screens that have only a few words to say of so small a store."""


@pytest.mark.parametrize("name", [name for name, _digit, _title in SCREENS_BY_DIGIT])
async def test_more_columns_show_more(run: Run, name: str) -> None:
    async with run(name) as app:
        shown = [len("".join(app.text.split()))]
        for columns in (100, 140):
            await app.pilot.resize_terminal(columns, 24)
            await app.settle()
            shown.append(len("".join(app.text.split())))
    assert shown[0] <= shown[1] <= shown[2]
    assert shown[0] < shown[2] or name in SHORT
