"""Comfort: keys of another program, and keys of one's own over them."""

from __future__ import annotations

from pathlib import Path

import pytest

from pmo_tui.actions import ACTIONS, FORM, MOVE, STATUS_FORM, actions_of, clashes, faults_of_keymap, keys_of
from pmo_tui.app import PmoApp
from pmo_tui.desk.desk import Desk
from pmo_tui.desk.home.config import Config, load
from pmo_tui.keymaps import PRESETS, keymap_of, moved, reference
from pmo_tui.records.errors import WrongUse
from tests.app.conftest import Run
from tests.app.terminal import terminal

# ---- keys --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("preset", PRESETS)
def test_a_preset_clashes_with_nothing(preset: str) -> None:
    assert faults_of_keymap(PRESETS[preset]) == []
    moves = {key for each in actions_of(MOVE) for key in keys_of(each, PRESETS[preset])}
    for each in ACTIONS:
        if each.where not in (MOVE, FORM, STATUS_FORM):
            assert not moves.intersection(keys_of(each, PRESETS[preset])), each.id


def test_a_key_that_would_be_lost_is_named() -> None:
    assert list(clashes({"undo": "n"})) == [("undo", "new", "n"), ("undo", "keep_own", "n")]
    assert list(clashes({"up": "n"})) == [("up", "new", "n")]
    assert list(clashes({"new": "g"})) == [("goto", "new", "g")]


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
        await app.press("G", "g", "g", "j", "enter")
        assert "Portfolios" in app.lines()[0]
        await app.press("escape", "g", "a")
        assert "Gates" in app.lines()[0]
        await app.press("g")
        await app.type("Town")
        await app.press("enter")
        assert "Town archive" in app.lines()[0]


async def test_the_configuration_goes_over_the_preset(run: Run, desk: Desk) -> None:
    desk.config = Config(keys="vim", keymap={"history": "f9"})
    assert keymap_of(desk.config)["history"] == "f9"
    async with run(register="risks") as app:
        await app.press("j", "f9")
        assert "History of R-2" in app.lines()[0]


def test_keys_may_be_written_as_the_pages_write_them() -> None:
    assert keymap_of(Config(keymap={"undo": "?, f9", "back": "esc"})) == {"undo": "question_mark,f9", "back": "escape"}


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
    [('[keymap]\nundoo = "f9"\n', "undoo"), ('[keymap]\nundo = "n"\n', "undo and new"), ('keys = "emacs"\n', "emacs")],
)
def test_a_wrong_keymap_ends_the_program_with_two(desk: Desk, home: Path, config: str, said: str) -> None:
    (home / ".config/pmo_tui").mkdir(parents=True)
    (home / ".config/pmo_tui/config.toml").write_text(config)
    with terminal(["--store", str(home / "pmo.json")], str(home)) as screen:
        assert screen.end() == 2
        assert said in screen.text
        assert "Traceback" not in screen.text


def test_the_page_of_keys_shows_the_preset() -> None:
    page = reference()
    for each in moved(PRESETS["vim"]):
        assert f"`{each.id}`" in page
    assert "`gg`" in page
