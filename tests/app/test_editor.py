"""A long text in the officer's own editor, in a real terminal: taken over, left alone, refused, interrupted."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from pmo_tui.desk.desk import Desk
from tests.app.terminal import Terminal, terminal

SHOWS = 'printf "EDITOR HERE"; sleep 0.3\n'


def editor(home: Path, does: str) -> str:
    """A program that is called as an editor is; `$1` is the file."""
    path = home / "editor"
    path.write_text(f"#!/bin/sh\n{does}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


@contextmanager
def at_description(home: Path, command: str) -> Iterator[Terminal]:
    """A new risk over a slow line, with the cursor in its long text and a draft typed there."""
    environ = {"SSH_CONNECTION": "1 2 3 4", "EDITOR": command}
    with terminal(["--store", str(home / "pmo.json")], str(home), environ=environ) as screen:
        screen.wait_for("Today")
        screen.type("8ri")
        screen.wait_for("Steel comes late")
        screen.type("n")
        screen.wait_for("New Risk")
        screen.type("Typed here")
        screen.wait_for("Typed here")
        yield screen
        screen.type("\x11")
        assert screen.end() == 0


def test_what_the_editor_saved_is_in_the_field(desk: Desk, home: Path) -> None:
    does = SHOWS + 'cp "$1" "$HOME/seen"; printf "From outside\\nsecond line\\n" > "$1"'
    with at_description(home, editor(home, does)) as screen:
        screen.type("\x05")
        screen.wait_for("From outside")
        assert "EDITOR HERE" not in screen.text
        assert "New Risk" in screen.text
        assert "second line" not in screen.text
    assert (home / "seen").read_text() == "Typed here\n"


@pytest.mark.parametrize(
    ("does", "told"),
    [
        (SHOWS + 'echo spoiled > "$1"; exit 1', "ended with an error; the text is as it"),
        (SHOWS + 'rm "$1"', "left nothing to read"),
        (SHOWS + "kill -INT 0; sleep 0.2; exit 3", "ended with an error"),
    ],
)
def test_an_editor_that_fails_leaves_the_text(desk: Desk, home: Path, does: str, told: str) -> None:
    with at_description(home, editor(home, does)) as screen:
        screen.type("\x05")
        screen.wait_for(told)
        assert "Typed here" in screen.text
        assert "New Risk" in screen.text


def test_an_editor_that_is_not_there(desk: Desk, home: Path) -> None:
    with at_description(home, "/nowhere/editor -w") as screen:
        screen.type("\x05")
        screen.wait_for("cannot be started")
        screen.type(" and on")
        screen.wait_for("Typed here and on")


def test_an_editor_that_changes_nothing(desk: Desk, home: Path) -> None:
    with at_description(home, editor(home, SHOWS)) as screen:
        screen.type("\x05")
        screen.wait_until(lambda: b"EDITOR HERE" in screen.raw, "the editor")
        screen.type(" and on")
        screen.wait_for("Typed here and on")
        assert "EDITOR HERE" not in screen.text
