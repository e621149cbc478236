"""Real terminals: tmux, GNU screen, the text console of Linux. Each runs a command and tells what it shows; skipped, saying so, where it is absent."""

from __future__ import annotations

import fcntl
import os
import shlex
import shutil
import signal
import stat
import struct
import subprocess
import termios
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tests.app.terminal import PATIENCE, running
from tests.skipping import skip_loudly

VT_OPENQRY, VT_DISALLOCATE = 0x5600, 0x5608
"""Of linux/vt.h: which console is free; free it again."""


@dataclass(frozen=True, slots=True)
class Real:
    """A terminal: `type` presses keys, `lines` are what it shows."""

    type: Callable[[str], None]
    lines: Callable[[], list[str]]

    def wait_for(self, words: str, wanted: Callable[[list[str]], bool] | None = None) -> list[str]:
        """Wait until the words are shown, and what else is wanted of the lines; the lines."""
        end = time.monotonic() + PATIENCE
        while True:
            lines = self.lines()
            if any(words in line for line in lines) and (wanted is None or wanted(lines)):
                return lines
            if time.monotonic() > end:
                shown = "\n".join(lines)
                raise AssertionError(f"“{words}” did not come; the terminal shows\n{shown}")
            time.sleep(0.05)


def needed(program: str) -> str:
    """A program's path; without it the test is skipped."""
    path = shutil.which(program)
    if path is None:
        skip_loudly(f"{program} is not on this machine: how the program looks in it is NOT TESTED")
    return path


@contextmanager
def in_tmux(
    command: Sequence[str], environ: Mapping[str, str], folder: Path, columns: int, rows: int
) -> Iterator[Real]:
    """A pane of a tmux server of its own, with TERM=tmux-256color."""
    tmux = [needed("tmux"), "-L", f"pmo-{os.getpid()}", "-f", "/dev/null"]
    clean = {name: value for name, value in environ.items() if name != "TMUX"}

    def call(*words: str) -> str:
        return subprocess.run([*tmux, *words], env=clean, check=True, capture_output=True, text=True).stdout

    run = f"exec env TERM=tmux-256color {shlex.join(command)}"
    call("new-session", "-d", "-x", str(columns), "-y", str(rows + 1), "sleep 1000")
    try:
        call("set-option", "-g", "default-terminal", "tmux-256color")
        call("set-option", "-g", "status", "off")
        call("resize-window", "-x", str(columns), "-y", str(rows))
        call("respawn-pane", "-k", run)
        yield Real(
            lambda keys: void(call("send-keys", "-l", keys)), lambda: call("capture-pane", "-p").split("\n")[:rows]
        )
    finally:
        call("kill-server")


def void(_text: str) -> None:
    """Nothing."""


@contextmanager
def in_screen(
    command: Sequence[str], environ: Mapping[str, str], folder: Path, columns: int, rows: int
) -> Iterator[Real]:
    """A window of GNU screen, with TERM=screen. Its own copy of what it was shown is in bytes, so it is looked at from outside."""
    program = needed("screen")
    (folder / "screens").mkdir(mode=0o700)
    (folder / "screenrc").write_text("defutf8 on\nterm screen\nstartup_message off\naltscreen on\nvbell off\n")
    clean = {name: value for name, value in environ.items() if name != "STY"} | {"SCREENDIR": str(folder / "screens")}
    words = [program, "-U", "-S", "pmo", "-c", str(folder / "screenrc"), *command]
    with running(words, str(folder), columns, rows, clean) as outer:

        def lines() -> list[str]:
            outer.read(0.1)
            return outer.text.split("\n")

        try:
            yield Real(outer.type, lines)
        finally:
            subprocess.run(
                [program, "-S", "pmo", "-X", "quit"], env={**os.environ, **clean}, check=False, capture_output=True
            )


@contextmanager
def on_the_console(command: Sequence[str], environ: Mapping[str, str]) -> Iterator[Real]:
    """A free text console of the kernel, with TERM=linux, 16 colours; for root alone."""
    try:
        with open("/dev/tty0", "wb", buffering=0) as console, open("/dev/vcsu1", "rb"):
            number = struct.unpack("i", fcntl.ioctl(console, VT_OPENQRY, b"\0" * 4))[0]
        terminal = os.open(f"/dev/tty{number}", os.O_RDWR | os.O_NOCTTY)
    except OSError as error:
        skip_loudly(f"no text console of Linux can be had here ({error}): how the program looks on it is NOT TESTED")
    rows, columns = struct.unpack("HHHH", fcntl.ioctl(terminal, termios.TIOCGWINSZ, b"\0" * 8))[:2]
    cells = f"/dev/vcsu{number}"
    if not os.path.exists(cells):
        os.mknod(cells, 0o600 | stat.S_IFCHR, os.makedev(7, 64 + number))
    os.write(terminal, b"\x1b%G\x1bc")
    pid = os.fork()
    if pid == 0:
        with suppress(OSError):
            os.setsid()
            fcntl.ioctl(terminal, termios.TIOCSCTTY, 1)
            for number in (0, 1, 2):
                os.dup2(terminal, number)
            os.execvpe(command[0], list(command), {**environ, "TERM": "linux"})
        os._exit(127)

    def lines() -> list[str]:
        text = Path(cells).read_bytes().decode("utf-32-le")
        return [text[y * columns : (y + 1) * columns].rstrip() for y in range(rows)]

    def typed(keys: str) -> None:
        for byte in keys.encode():
            fcntl.ioctl(terminal, termios.TIOCSTI, bytes([byte]))

    try:
        yield Real(typed, lines)
    finally:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        os.close(terminal)
        with open("/dev/tty0", "wb", buffering=0) as console, suppress(OSError):
            fcntl.ioctl(console, VT_DISALLOCATE, number)
