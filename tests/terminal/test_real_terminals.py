"""Over a line of 100 ms, in tmux, in GNU screen, on the text console of Linux: a walk shows what the model of a terminal shows."""

from __future__ import annotations

import os
import shutil
import sys
import unicodedata
from pathlib import Path

import pytest

from pmo_tui.desk.desk import Desk
from tests.app.conftest import desk_at, fill
from tests.app.terminal import running, without_habits
from tests.terminal.real import Real, in_screen, in_tmux, on_the_console

DOWN, PAGE = "\x1b[B", "\x1b[6~"
WALK = [
    ("8ri", "Steel comes late"),
    (DOWN * 4, "5 / 43"),
    (PAGE, "/ 43"),
    ("\x1b[F", "43 / 43"),
    (" ", "1 marked"),
    ("\r", "Risk R-43"),
    ("\x1b", "43 / 43"),
    ("?", "Help"),
    ("\x1b", "43 / 43"),
    ("/steel\r", "1 / 1"),
    ("n", "New Risk"),
    ("\x1b", "1 / 1"),
    ("1", "Today"),
]
"""Keys, and what shows that they are done."""
NAMES = ("漢字の計画", "cafe\u0301", "done ✅ soon", "−5 € ≥ 3", "Ærø øl")
DELAY = "0.05"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with two homes, `model` and `real`, each with the same store, in which names are hard for terminals."""
    monkeypatch.setenv("HOME", str(tmp_path))
    folder = tmp_path / "model"
    folder.mkdir()
    desk = desk_at(folder / "pmo.json", folder)
    fill(desk)
    _add_risks(desk)
    desk.store.close()
    shutil.copytree(folder, tmp_path / "real")
    return tmp_path


def _add_risks(desk: Desk) -> None:
    for number in range(40):
        name = f"{NAMES[number % len(NAMES)]} {number}"
        desk.add("risks", {"title": name, "project": "P-1", "probability": str(1 + number % 5), "impact": "3"})


def command(home: Path, slow: bool) -> list[str]:
    """The program, at the end of a slow line or not."""
    link = [sys.executable, "-m", "tests.terminal.link", DELAY] if slow else []
    return [*link, sys.executable, "-m", "pmo_tui", "--store", str(home / "pmo.json")]


def environ(home: Path, **more: str) -> dict[str, str]:
    """Over SSH, so that only what changed is sent."""
    root = str(Path(__file__).resolve().parents[2])
    return {
        **without_habits(), "HOME": str(home), "PYTHONPATH": root, "SSH_CONNECTION": "1 2 3 4", "LANG": "C.UTF-8", "PMO_CONFIG": os.devnull, **more,
    }  # fmt: skip


def expected(home: Path, columns: int, rows: int) -> list[list[str]]:
    """The walk's screens as the model of a terminal shows them, that gets every frame whole."""
    found = []
    home = home / "model"
    whole = {name: value for name, value in environ(home).items() if name != "SSH_CONNECTION"}
    with running(command(home, False), str(home), columns, rows, whole) as screen:
        screen.wait_for("late,")
        for keys, words in WALK:
            screen.type(keys)
            screen.wait_for(words)
            count = -1
            while count != len(screen.raw):
                count = len(screen.raw)
                screen.read(0.3)
            found.append(plain(screen.text.split("\n")))
    return found


def plain(lines: list[str]) -> list[str]:
    """Lines as they compare: letters composed, nothing for the second half of a wide one, no blanks at the end."""
    return [unicodedata.normalize("NFC", line).replace("\u200b", "").rstrip() for line in lines]


def walk(terminal: Real, screens: list[list[str]], ready: str = "late,") -> None:
    """Go the same way, and see the same."""
    terminal.wait_for(ready)
    for (keys, words), wanted in zip(WALK, screens, strict=True):
        terminal.type(keys)
        try:
            terminal.wait_for(words, lambda lines, wanted=wanted: plain(lines) == wanted)  # type: ignore[misc]
        except AssertionError:
            assert plain(terminal.lines()) == wanted, repr(keys)


def test_tmux(home: Path) -> None:
    screens, real = expected(home, 100, 30), home / "real"
    with in_tmux(command(real, True), environ(real), real, 100, 30) as terminal:
        walk(terminal, screens)


@pytest.mark.slow
def test_gnu_screen(home: Path) -> None:
    screens, real = expected(home, 80, 24), home / "real"
    with in_screen(command(real, True), environ(real), real, 80, 24) as terminal:
        walk(terminal, screens)


@pytest.mark.slow
def test_the_console_of_linux(home: Path) -> None:
    screens, real = expected(home, 80, 25), home / "real"
    with on_the_console(command(real, True), environ(real)) as terminal:
        walk(terminal, screens)
