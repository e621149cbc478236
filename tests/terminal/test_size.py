"""The size of the terminal is the terminal's own word, whatever COLUMNS and LINES say."""

from __future__ import annotations

import fcntl
import struct
import termios
from pathlib import Path

import pytest

from tests.app.terminal import Terminal, terminal

SAID = {"COLUMNS": "80", "LINES": "24"}


def resize(screen: Terminal, columns: int, rows: int) -> None:
    """The terminal's window has another size from now on."""
    screen.screen.resize(rows, columns)
    fcntl.ioctl(screen.fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))


@pytest.mark.parametrize(("columns", "rows"), [(120, 40), (64, 16)])
def test_exported_columns_and_lines_are_not_believed(tmp_path: Path, columns: int, rows: int) -> None:
    with terminal(["--store", str(tmp_path / "pmo.json")], str(tmp_path), columns, rows, SAID) as screen:
        screen.wait_for("? Help")
        lines = screen.text.split("\n")
        assert lines[0].startswith(" Today")
        assert "? Help" in lines[-1]
        resize(screen, 100, 30)
        screen.type("?")
        screen.wait_for("Help: Today")
        screen.wait_until(lambda: "Action" in screen.text.split("\n")[-1], "the keys at the foot")
        lines = screen.text.split("\n")
        assert lines[0].startswith(" Help: Today")
        assert "Action" in lines[-1]
