"""Left for the shell and come back to, by the terminal's own key, by a signal, for an editor: the screen is as it was."""

from __future__ import annotations

import os
import shutil
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from pmo_tui.desk.desk import Desk
from tests.app.terminal import Terminal, running, terminal
from tests.skipping import skip_loudly

ROOT = Path(__file__).resolve().parents[2]
SLOW_LINE = {"SSH_CONNECTION": "1 2 3 4"}
"""Where only what changed is sent, forgetting what the terminal shows matters."""
ALTERNATE, NORMAL, CURSOR_SEEN = b"\x1b[?1049h", b"\x1b[?1049l", b"\x1b[?25h"


@pytest.fixture
def store(desk: Desk, home: Path) -> Path:
    return home / "pmo.json"


@contextmanager
def shell(home: Path) -> Iterator[Terminal]:
    """A shell with job control."""
    bash = shutil.which("bash")
    if bash is None:
        skip_loudly("bash is not on this machine: job control is not tested")
    environ = {**SLOW_LINE, "PS1": "ready> ", "PYTHONPATH": str(ROOT), "HISTFILE": ""}
    with running([bash, "--norc", "--noprofile", "-i"], str(home), environ=environ) as screen:
        screen.wait_for("ready>")
        yield screen


def start(screen: Terminal, store: Path) -> str:
    """Start the program, go to the risks; the screen."""
    screen.type(f"{sys.executable} -m pmo_tui --store {store}\r")
    screen.wait_for("Today")
    screen.type("8ri")
    screen.wait_for("Steel comes late")
    return settled(screen)


def settled(screen: Terminal) -> str:
    """The screen when nothing more comes."""
    count = -1
    while len(screen.raw) != count:
        count = len(screen.raw)
        end = time.monotonic() + 0.5
        while time.monotonic() < end:
            screen.read(0.1)
    return screen.text


def blank(screen: Terminal) -> None:
    """What the shell wrote stands where the program's screen was: a terminal with one screen only."""
    screen.stream.feed(b"\x1b[2J\x1b[H\x1b[0m")


@pytest.mark.parametrize("key", ["\x1a", "\x1b[122;5u"])
def test_the_key_of_the_terminal_suspends_and_fg_paints_everything(store: Path, home: Path, key: str) -> None:
    with shell(home) as screen:
        shown = start(screen, store)
        screen.raw.clear()
        screen.type(key)
        screen.wait_for("Stopped")
        assert NORMAL in screen.raw
        assert CURSOR_SEEN in screen.raw
        blank(screen)
        screen.type(f"stty -a > {home}/modes; echo he''re\r")
        screen.wait_for("\nhere")
        assert {"icanon", "echo", "isig"} <= set((home / "modes").read_text().split())
        screen.raw.clear()
        screen.type("printf '\\033[2J'; fg\r")
        screen.wait_for("Steel comes late")
        assert settled(screen) == shown
        assert ALTERNATE in screen.raw
        screen.type("1")
        screen.wait_for("Today")
        screen.type("\x11")
        screen.wait_for("ready>")


def test_in_the_background_it_stays_stopped_until_it_is_wanted(store: Path, home: Path) -> None:
    with shell(home) as screen:
        shown = start(screen, store)
        screen.type("\x1a")
        screen.wait_for("Stopped")
        blank(screen)
        screen.type("bg; sleep 1; jobs; echo he''re\r")
        screen.wait_for("here")
        assert "Today" not in screen.text
        screen.type("fg\r")
        screen.wait_for("Permit is refused")
        blank(screen)
        screen.type("\x0c")
        screen.wait_for("Steel comes late")
        assert settled(screen) == shown
        screen.type("\x11")
        screen.wait_for("ready>")


def test_where_no_shell_waits_it_does_not_stop(store: Path, home: Path) -> None:
    """As the command of a window or of an ssh call: nobody could bring it back."""
    with terminal(["--store", str(store)], str(home), environ=SLOW_LINE) as screen:
        screen.wait_for("Today")
        screen.type("\x1a")
        settled(screen)
        screen.type("8ri")
        screen.wait_for("Steel comes late")
        screen.signal(signal.SIGTSTP)
        settled(screen)
        screen.type("1")
        screen.wait_for("Today")
        screen.type("\x11")
        assert screen.end() == 0


def test_a_stop_that_it_did_not_see_coming(store: Path, home: Path) -> None:
    with terminal(["--store", str(store)], str(home), environ=SLOW_LINE) as screen:
        screen.wait_for("Today")
        shown = settled(screen)
        screen.signal(signal.SIGSTOP)
        os.waitpid(screen.pid, os.WUNTRACED)
        blank(screen)
        screen.signal(signal.SIGCONT)
        screen.wait_for("Today")
        assert settled(screen) == shown
        screen.type("8ri")
        screen.wait_for("Steel comes late")
        screen.type("\x11")
        assert screen.end() == 0
