"""A program in a pseudo terminal: what it shows, and how long it takes from a key to what it paints. For Linux.

Output is stamped in a thread when it is read, and looked at only when the program has gone quiet, so that the (slow) model of
the screen takes no time from what is measured.
"""

from __future__ import annotations

import codecs
import fcntl
import os
import pty
import re
import signal
import struct
import termios
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import NamedTuple

import pyte

COLUMNS, ROWS = 120, 36
QUIET = 0.06
"""Seconds of silence after which what a key did is taken to be painted."""
PATIENCE = 120.0
"""Seconds after which what is waited for is taken not to come."""
KEYS = {
    "down": b"\x1b[B", "up": b"\x1b[A", "pagedown": b"\x1b[6~", "home": b"\x1b[H", "end": b"\x1b[F", "enter": b"\r", "escape": b"\x1b",
    "quit": b"\x11",
}  # fmt: skip
ANSWERS = {b"\x1b[?2026$p": b"\x1b[?2026;2$y", b"\x1b[6n": b"\x1b[1;1R", b"\x1b[c": b"\x1b[?62;c"}
"""What terminals answer: that they know synchronised updates, where the cursor is, what they are."""
_UNKNOWN_TO_PYTE = re.compile(
    r"\x1b\[[<=>][\d;:]*[@-~]|\x1b\[\??[\d;]*\$[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[P_^X][^\x1b]*\x1b\\"
)
_UNFINISHED = re.compile(r"\x1b(?:[\[\]P_^X][^\x07\x1b]*)?$")


class Link(NamedTuple):
    """A line between the program and whoever types: seconds there and back, and bytes a second."""

    round_trip: float = 0.0
    speed: float = float("inf")


@dataclass(frozen=True, slots=True)
class Painted:
    """What a key did: milliseconds to the first and to the last change that can be seen, bytes, milliseconds of processor time."""

    first: float
    last: float
    sent: int
    work: float


class Program:
    """A command in a terminal of `columns` × `rows`."""

    def __init__(
        self, command: Sequence[str], environ: Mapping[str, str], columns: int = COLUMNS, rows: int = ROWS
    ) -> None:
        self.screen = pyte.Screen(columns, rows)
        self._stream = pyte.Stream(self.screen)
        self._decode = codecs.getincrementaldecoder("utf-8")("replace").decode
        self._held = ""
        self._shown: dict[int, tuple[pyte.screens.Char, ...]] = {}
        self._came: list[tuple[float, bytes]] = []
        self._taken = 0
        self._news = threading.Condition()
        self._application_keys = False
        self.over = False
        self.began = time.perf_counter()
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            with suppress(OSError):
                fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
                os.execvpe(command[0], list(command), dict(environ))
            os._exit(127)
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        while True:
            try:
                data = os.read(self.fd, 65536)
            except OSError:
                data = b""
            moment = time.perf_counter()
            if b"\x1b[?1h" in data:
                self._application_keys = True
            for question, answer in ANSWERS.items():
                if question in data:
                    os.write(self.fd, answer)
            with self._news:
                self.over = not data
                if data:
                    self._came.append((moment, data))
                self._news.notify_all()
            if not data:
                return

    # ---- what it shows ---------------------------------------------------------------------------------------------------

    @property
    def text(self) -> str:
        """The screen, as far as it was looked at."""
        return "\n".join(line.rstrip() for line in self.screen.display)

    def _feed(self, data: bytes) -> bool:
        """Take output into the screen; whether that changed what can be seen."""
        text = self._held + self._decode(data)
        rest = _UNFINISHED.search(text[-200:])
        self._held = rest[0] if rest else ""
        text = text[: len(text) - len(self._held)]
        self._stream.feed(_UNKNOWN_TO_PYTE.sub("", text))
        changed = False
        for y in self.screen.dirty:
            row = tuple(self.screen.buffer[y][x] for x in range(self.screen.columns))
            changed = changed or row != self._shown.get(y)
            self._shown[y] = row
        self.screen.dirty.clear()
        return changed

    def look(self) -> Iterator[tuple[float, int, bool]]:
        """What came since the last look: when, how many bytes, and whether they changed what can be seen."""
        with self._news:
            came, self._taken = self._came[self._taken :], len(self._came)
        for moment, data in came:
            yield moment, len(data), self._feed(data)

    def wait_for(self, words: str, quiet: float = 0.25) -> float:
        """Milliseconds from the start until the words were on the screen; looked up when the program is quiet."""
        end = time.perf_counter() + PATIENCE
        while time.perf_counter() < end and not self.over:
            self._silence(quiet)
            found = 0.0
            for moment, _, _ in self.look():
                if not found and words in self.text:
                    found = 1000 * (moment - self.began)
            if found or words in self.text:
                return found
        raise RuntimeError(f"“{words}” did not come; the screen is\n{self.text}")

    def _silence(self, seconds: float, patience: float = PATIENCE) -> None:
        """Wait until nothing came for so long."""
        end = time.perf_counter() + patience
        with self._news:
            while time.perf_counter() < end and not self.over:
                count = len(self._came)
                if not self._news.wait(seconds) and len(self._came) == count:
                    return

    # ---- keys --------------------------------------------------------------------------------------------------------------

    def _send(self, key: str) -> None:
        """Press a key as the terminal would send it."""
        data = KEYS.get(key, key.encode())
        if self._application_keys and len(data) == 3:
            data = data.replace(b"\x1b[", b"\x1bO")
        os.write(self.fd, data)

    def type(self, *keys: str) -> None:
        """Press keys and let each be done."""
        for key in keys:
            self._send(key)
            self._silence(0.2)
            list(self.look())

    def press(self, key: str, patience: float = 5.0) -> Painted:
        """Press a key and measure what it does."""
        self._silence(QUIET)
        list(self.look())
        work, begun = self.work(), time.perf_counter()
        self._send(key)
        first, last, sent = 0.0, 0.0, 0
        while not first and time.perf_counter() < begun + patience:
            with self._news:
                if len(self._came) == self._taken:
                    self._news.wait(patience)
            self._silence(QUIET, patience)
            for moment, count, changed in self.look():
                sent += count
                if changed:
                    last = 1000 * (moment - begun)
                    first = first or last
        if not first:
            raise RuntimeError(f"{key} changed nothing; the screen is\n{self.text}")
        return Painted(first, last, sent, self.work() - work)

    def hold(self, key: str, seconds: float, rate: float, link: Link) -> float:
        """Hold a key: milliseconds from the last repetition until the last change it made has come over `link`."""
        self._silence(0.3)
        list(self.look())
        begun = time.perf_counter()
        for number in range(round(seconds * rate)):
            time.sleep(max(0.0, begun + number / rate - time.perf_counter()))
            self._send(key)
        last = time.perf_counter()
        self._silence(0.3)
        free = arrived = 0.0
        for moment, count, changed in self.look():
            free = max(free, moment) + count / link.speed
            if changed:
                arrived = free
        return 1000 * (arrived - last + link.round_trip)

    # ---- the process --------------------------------------------------------------------------------------------------------

    def work(self) -> float:
        """Milliseconds of processor time that the process has used."""
        return 1000 * time.clock_gettime((~self.pid << 3) | 2)

    def wakeups(self) -> int:
        """How often its threads went to sleep of their own accord, and so were woken."""
        found = 0
        for task in os.listdir(f"/proc/{self.pid}/task"):
            with open(f"/proc/{self.pid}/task/{task}/status", encoding="utf-8") as file:
                found += sum(int(line.split()[1]) for line in file if line.startswith("voluntary_ctxt_switches"))
        return found

    def idle(self, seconds: float) -> tuple[int, float]:
        """Bytes sent, and wake-ups a second, while nothing is pressed."""
        self._silence(1.0)
        list(self.look())
        woken = self.wakeups()
        time.sleep(seconds)
        woken = self.wakeups() - woken
        return sum(count for _, count, _ in self.look()), woken / seconds

    def close(self) -> None:
        """End it."""
        with suppress(OSError):
            self._send("quit")
        end = time.perf_counter() + 3
        while not os.waitpid(self.pid, os.WNOHANG)[0]:
            if time.perf_counter() > end:
                os.kill(self.pid, signal.SIGKILL)
            time.sleep(0.02)
        os.close(self.fd)


@contextmanager
def running(
    command: Sequence[str], environ: Mapping[str, str], columns: int = COLUMNS, rows: int = ROWS
) -> Iterator[Program]:
    """A program, ended with the block."""
    program = Program(command, environ, columns, rows)
    try:
        yield program
    finally:
        program.close()
