"""In a real terminal: starting, leaving, a line that drops, a fault of the program, few colours."""

from __future__ import annotations

import os
import signal
from contextlib import suppress
from pathlib import Path

import pytest
from textual.drivers._writer_thread import WriterThread

from pmo_tui.desk.desk import Desk
from pmo_tui.terminal.output import Output
from pmo_tui.widgets.themes import OFFERED
from tests.app.terminal import terminal


@pytest.fixture
def store(desk: Desk, home: Path) -> Path:
    return home / "pmo.json"


def test_it_starts_is_used_and_leaves_the_terminal_clean(store: Path, home: Path) -> None:
    with terminal(["--store", str(store)], str(home)) as screen:
        screen.wait_for("Today")
        screen.type("8")
        screen.wait_for("Suppliers")
        screen.type("ri")
        screen.wait_for("Steel comes late")
        screen.type("q")
        screen.wait_for("Leave?")
        screen.type("\r")
        assert screen.end() == 0


@pytest.mark.parametrize("sequence", ["\x1b[1114112;2u", "\x1b[97;1:3u"], ids=["no such letter", "a key let go"])
def test_a_sequence_that_cannot_be_read_costs_no_more_than_itself(store: Path, home: Path, sequence: str) -> None:
    with terminal(["--store", str(store)], str(home)) as screen:
        screen.wait_for("Today")
        screen.type(sequence)
        screen.type("8")
        screen.wait_for("Suppliers")
        screen.type("\x11")
        assert screen.end() == 0


def test_a_line_that_drops_keeps_the_half_filled_form(store: Path, home: Path) -> None:
    with terminal(["--store", str(store)], str(home)) as screen:
        screen.wait_for("Today")
        screen.type("8ri")
        screen.wait_for("Steel comes late")
        screen.type("n")
        screen.wait_for("New Risk")
        screen.type("Heard on the phone")
        screen.wait_for("Heard on the phone")
        screen.signal(signal.SIGHUP)
        screen.end()
    with terminal(["--store", str(store)], str(home)) as screen:
        screen.wait_for("Today")
        screen.type("8ri")
        screen.wait_for("Steel comes late")
        screen.type("n")
        screen.wait_for("Heard on the phone")


def test_a_terminal_that_is_closed_ends_the_program(store: Path, home: Path) -> None:
    with terminal(["--store", str(store)], str(home)) as screen:
        screen.wait_for("Today")
        screen.type("8ri" + "\x1b[B\x1b[A" * 50)
        os.close(screen.fd)
        screen.fd = os.open(os.devnull, os.O_RDWR)
        screen.end()
    assert not list((home / ".local/state/pmo_tui").glob("crash-*.txt"))


def test_what_writes_to_a_terminal_that_is_gone_does_not_wait_for_ever() -> None:
    """As Textual's thread does, whose queue is short."""
    read, write = os.pipe()
    os.close(read)
    with open(write, "w", encoding="utf-8") as file:
        output = Output(file)
        thread = WriterThread(output)  # type: ignore[arg-type]
        thread.start()
        for _ in range(100):
            thread.write("x" * 10_000)
            thread.flush()
        thread.stop()
        thread.join(5)
        assert not thread.is_alive()
        assert output.at_once("y") == ""
        with suppress(OSError):
            file.close()


def test_a_fault_of_the_program_is_one_sentence_and_a_report(store: Path, home: Path) -> None:
    """The fault is made by a register whose class is broken in this process alone."""
    (home / "sitecustomize.py").write_text(
        "import pmo_tui.screens.history as history\n"
        "def broken(self):\n"
        "    raise RuntimeError('made for this test')\n"
        "history.HistoryScreen.reload = broken\n"
    )
    paths = f"{home}{os.pathsep}{Path(__file__).resolve().parents[2]}"
    with terminal(["--store", str(store)], str(home), environ={"PYTHONPATH": paths}) as screen:
        screen.wait_for("Today")
        screen.type("H")
        assert screen.end() == 1
        assert "fault of the program" in screen.text
        assert "Traceback" not in screen.text
    reports = list((home / ".local/state/pmo_tui").glob("crash-*.txt"))
    assert len(reports) == 1
    assert "made for this test" in reports[0].read_text()


BROKEN = "import sys\nsys.modules['pmo_tui.screens.status'] = None\n"
STUCK = """
import time
import pmo_tui.app
from pmo_tui.screens.today import TodayScreen
pmo_tui.app.PATIENCE = 0.3
async def wait_for_ever(self):
    import asyncio
    await asyncio.to_thread(time.sleep, 600)
shown = TodayScreen.on_mount
def stuck(self):
    shown(self)
    self.start(wait_for_ever(self))
TodayScreen.on_mount = stuck
"""


@pytest.mark.parametrize("also", ["", STUCK], ids=["alone", "while a thread is stuck"])
def test_a_screen_that_cannot_be_loaded_ends_the_program_and_is_told(store: Path, home: Path, also: str) -> None:
    (home / "sitecustomize.py").write_text(BROKEN + also)
    paths = f"{home}{os.pathsep}{Path(__file__).resolve().parents[2]}"
    with terminal(["--store", str(store)], str(home), environ={"PYTHONPATH": paths}) as screen:
        screen.wait_for("Today")
        screen.type("2")
        assert screen.end() == 1
        assert "fault of the program" in screen.text
    reports = list((home / ".local/state/pmo_tui").glob("crash-*.txt"))
    assert len(reports) == 1
    assert "pmo_tui.screens.status" in reports[0].read_text()


@pytest.mark.parametrize(
    "environ", [{"TERM": "xterm"}, {"NO_COLOR": "1"}, {"SSH_CONNECTION": "1 2 3 4"}, {"TERM": "linux"}]
)
def test_few_colours_none_and_a_slow_line(store: Path, home: Path, environ: dict[str, str]) -> None:
    with terminal(["--store", str(store)], str(home), environ=environ) as screen:
        screen.wait_for("Today")
        screen.type("8ri")
        screen.wait_for("Steel comes late")
        screen.type("\x11")
        assert screen.end() == 0
        if "SSH_CONNECTION" in environ:
            assert "1000h" not in screen.text


@pytest.mark.parametrize("name", ["linux", "screen-16color", "xterm-256color"])
def test_without_colours_every_letter_can_be_read_in_every_theme(store: Path, home: Path, name: str) -> None:
    with terminal(["--store", str(store)], str(home), environ={"NO_COLOR": "1", "TERM": name}) as screen:
        screen.wait_for("Today")
        screen.type("8ri")
        for theme in ("", *OFFERED):
            if theme:
                screen.type(f"\x1b[19~{theme}\r")  # f8
                screen.wait_for(f"{theme} is kept")
            screen.wait_for("Steel comes late")
            cells = [cell for row in screen.screen.buffer.values() for cell in row.values() if cell.data.strip()]
            assert not [cell for cell in cells if cell.fg == cell.bg != "default"], theme


def test_a_terminal_that_is_too_small_does_not_break_it(store: Path, home: Path) -> None:
    with terminal(["--store", str(store)], str(home), 30, 6) as screen:
        screen.wait_for("is too small")
        screen.type("8ri?q\r")
        screen.read(0.3)
        assert "is too small" in screen.text
        screen.type("\x11")
        assert screen.end() == 0
