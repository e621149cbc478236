"""The program in a real pseudo terminal: bytes in, a screen out."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager

import pyte

PATIENCE = 30.0
"""Seconds after which what is waited for is taken not to come; machines that test are busy."""


class Terminal:
    """A process in a terminal of `columns` × `rows`. `raw` is all that it sent."""

    def __init__(self, command: Sequence[str], environ: Mapping[str, str], columns: int = 80, rows: int = 24) -> None:
        self.screen = pyte.Screen(columns, rows)
        self.stream = pyte.ByteStream(self.screen)
        self.raw = bytearray()
        self.pid, self.fd = pty.fork()
        size = struct.pack("HHHH", rows, columns, 0, 0)
        if self.pid == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, size)  # before it starts: a change while it starts may pass unseen
            with contextlib.suppress(OSError):
                os.execvpe(command[0], list(command), dict(environ))
            os._exit(127)

    def read(self, seconds: float) -> bool:
        """Take in what comes within so long; False at the end of the process's output."""
        ready, _, _ = select.select([self.fd], [], [], seconds)
        if not ready:
            return True
        try:
            data = os.read(self.fd, 65536)
        except OSError:
            return False
        self.raw += data
        self.stream.feed(
            data.replace(b"\x1b[?2026h", b"")
            .replace(b"\x1b[?2026l", b"")
            .replace(b"\x1b[>1u", b"")
            .replace(b"\x1b[<u", b"")
        )
        return bool(data)

    @property
    def text(self) -> str:
        """The screen."""
        return "\n".join(line.rstrip() for line in self.screen.display)

    def wait_for(self, words: str) -> None:
        """Read until the words are on the screen."""
        self.wait_until(lambda: words in self.text, f"“{words}”")

    def wait_until(self, holds: Callable[[], bool], what: str) -> None:
        """Read until something holds; AssertionError names `what` did not come in time, or before the program ended."""
        end = time.monotonic() + PATIENCE
        while not holds():
            if not self.read(0.2) or time.monotonic() > end:
                raise AssertionError(f"{what} did not come; the screen is\n{self.text}")

    def type(self, text: str) -> None:
        """Send keys as a terminal does."""
        os.write(self.fd, text.encode())

    def signal(self, number: int) -> None:
        """Send a signal to the process."""
        os.kill(self.pid, number)

    def end(self) -> int:
        """Wait for the process to end; its exit code, or minus the signal."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            with contextlib.suppress(OSError):
                self.read(0.05)
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.pid = 0
                return os.waitstatus_to_exitcode(status)
        raise AssertionError(f"the program does not end; the screen is\n{self.text}")

    def close(self) -> None:
        """End the process if it still runs."""
        if self.pid:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        os.close(self.fd)


def without_habits() -> dict[str, str]:
    """The environment, without what says where somebody keeps things, in which language, over which line."""
    habits = ("XDG_", "SSH_", "PMO_", "LC_", "LANG", "COLUMNS", "LINES", "TMUX", "STY", "VISUAL", "EDITOR")
    return {name: value for name, value in os.environ.items() if not name.startswith(habits)}


@contextmanager
def running(
    command: Sequence[str], home: str, columns: int = 80, rows: int = 24, environ: Mapping[str, str] | None = None
) -> Iterator[Terminal]:
    """Any command in a terminal, ended with the block."""
    environ = {**without_habits(), "HOME": home, "TERM": "xterm-256color", **(environ or {})}
    found = Terminal(command, environ, columns, rows)
    try:
        yield found
    finally:
        found.close()


@contextmanager
def terminal(
    arguments: Sequence[str],
    home: str,
    columns: int = 80,
    rows: int = 24,
    environ: Mapping[str, str] | None = None,
    module: str = "pmo_tui",
) -> Iterator[Terminal]:
    """The program in a terminal, ended with the block."""
    with running([sys.executable, "-m", module, *arguments], home, columns, rows, environ) as found:
        yield found
