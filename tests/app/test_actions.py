"""The list of actions: each has keys of its own where it works, something behind it, and a place in the reference."""

from __future__ import annotations

import pytest

from pmo_tui.actions import (
    ACTIONS,
    EVERYWHERE,
    FORM,
    LIST,
    MOVE,
    RECORD,
    SCREENS,
    WIDE,
    actions_of,
    keys_of,
)
from pmo_tui.app import PmoApp
from pmo_tui.desk.desk import Desk
from pmo_tui.desk.home.config import Config
from pmo_tui.keymap_faults import clashes, faults_of_keymap, is_key
from pmo_tui.keymaps import PRESETS, reference
from pmo_tui.records.errors import WrongUse
from pmo_tui.records.registers import REGISTERS
from pmo_tui.screens.everywhere import Everywhere
from pmo_tui.screens.form import FormScreen
from pmo_tui.screens.listing import ListScreen
from pmo_tui.screens.record import RecordScreen
from pmo_tui.widgets.line_view import LineView
from tests.app.conftest import Run

PLACES: dict[str, type] = {
    EVERYWHERE: Everywhere,
    MOVE: LineView,
    LIST: ListScreen,
    RECORD: RecordScreen,
    FORM: FormScreen,
}
NEVER = {
    "ctrl+s",
    "ctrl+z",
    "ctrl+enter",
    "ctrl+i",
    "ctrl+m",
    "ctrl+h",
    "ctrl+j",
    "circumflex_accent",
    "tilde",
    "grave_accent",
}


@pytest.mark.parametrize("action", [each for each in ACTIONS if each.where in PLACES], ids=lambda each: each.id)
def test_every_action_has_something_behind_it(action: object) -> None:
    where, id = action.where, action.id  # type: ignore[attr-defined]
    assert hasattr(PLACES[where], f"action_{id}") or (id == "quit" and hasattr(PmoApp, "action_quit"))


def test_every_screen_by_digit_has_its_mode_and_its_actions_something_behind_them() -> None:
    assert set(PmoApp.MODES) == {name for name, _digit, _title in SCREENS}
    for name in PmoApp.MODES:
        screen = PmoApp.MODES[name]()  # type: ignore[operator]
        for each in actions_of(name):
            assert hasattr(screen, f"action_{each.id}"), each.id


def test_an_id_names_one_action() -> None:
    assert len({each.id for each in ACTIONS}) == len(ACTIONS)


def test_a_key_means_one_thing_and_no_terminal_keeps_it_to_itself() -> None:
    assert list(clashes({})) == []
    for each in ACTIONS:
        assert not NEVER.intersection(each.keys)
    everywhere = {key for each in ACTIONS if each.where == EVERYWHERE for key in each.keys} - {"escape"}
    for each in ACTIONS:
        if each.where not in (EVERYWHERE, FORM):
            assert not everywhere.intersection(each.keys), each.id


@pytest.mark.parametrize("preset", PRESETS)
def test_letters_of_registers_begin_with_no_key_that_works_everywhere(preset: str) -> None:
    wide = {key for each in actions_of(*WIDE) for key in keys_of(each, PRESETS[preset])}
    assert [register.name for register in REGISTERS if register.letters[0] in wide] == []


def test_what_lists_and_pages_share_is_one_action_and_has_its_keys_to_itself_in_both() -> None:
    assert {each.id for each in actions_of("today") if each.where == LIST} == {"filter", "copy"}
    assert ("copy", "edit_line", "y") in clashes({"edit_line": "y"})
    of_today = reference().partition("## Today")[2].partition("##")[0]
    assert of_today.count("`filter`") == of_today.count("`copy`") == 1


def test_the_reference_names_every_action() -> None:
    page = reference()
    assert all(f"`{each.id}`" in page for each in ACTIONS)


async def test_the_configuration_changes_keys(run: Run, desk: Desk) -> None:
    desk.config = Config(keymap={"new": "insert,f7"})
    assert keys_of(next(each for each in ACTIONS if each.id == "new"), desk.config.keymap) == ("insert", "f7")
    async with run("registers") as app:
        await app.press("s", "u")
        assert "insert New" in app.text
        await app.press("f7")
        assert "New Supplier" in app.lines()[0]


def test_a_wrong_keymap_names_the_id_and_the_clash(desk: Desk) -> None:
    assert "undo" in faults_of_keymap({"undoo": "f9"})[0]
    assert "sort" in faults_of_keymap({"new": "s"})[0]
    desk.config = Config(keymap={"undoo": "f9"})
    with pytest.raises(WrongUse, match="undoo"):
        PmoApp(desk)


@pytest.mark.parametrize(
    ("keymap", "fault"),
    [
        ({"undo": "ctrl+shift+zz"}, "“ctrl+shift+zz” of undo is no key"),
        ({"new": "gg"}, "“gg” of new is no key"),
        ({"save": "s"}, "s of save is typed in a form"),
        ({"undo": "ctlr+u"}, "“ctlr+u” of undo is no key"),
        ({"new": "ctrl+i"}, "ctrl+i of new: a terminal cannot tell it from tab"),
        ({"new": "ctrl+m"}, "ctrl+m of new: a terminal cannot tell it from ⏎"),
        ({"new": "f7,ctrl+h"}, "ctrl+h of new: a terminal cannot tell it from backspace"),
        ({"new": "ctrl+["}, "ctrl+[ of new: a terminal cannot tell it from esc"),
        ({"new": "ctrl+s"}, "ctrl+s of new: terminals keep that key to themselves"),
        ({"new": "ctrl+z"}, "ctrl+z of new: terminals keep that key to themselves"),
        ({"new": "ctrl+q"}, "ctrl+q means both quit and new"),
        ({"undo": "down"}, "down means both undo and down"),
        ({"first": "g"}, "g means both goto and first"),
        ({**PRESETS["vim"], "undo": "j"}, "j means both undo and down"),
    ],
)
def test_a_key_that_cannot_be_pressed_is_named(keymap: dict[str, str], fault: str) -> None:
    assert fault in faults_of_keymap(keymap)


@pytest.mark.parametrize("preset", PRESETS)
def test_nothing_is_wrong_with_a_preset(preset: str) -> None:
    assert faults_of_keymap(PRESETS[preset]) == []


def test_every_key_in_use_is_one() -> None:
    assert [key for each in ACTIONS for key in each.keys if not is_key(key)] == []
    assert faults_of_keymap({"undo": "f12,grave_accent,alt+f5,shift+f3,é"}) == []
