"""Writing to the terminal: at once where it takes it at once, else by Textual's thread, so that a slow line never holds up the program."""

from __future__ import annotations

import logging
import os
import select
from collections.abc import Callable
from typing import TextIO, cast

LETTERS = 1024
"""So many letters are written at once; a pseudo terminal that takes anything takes the 4,096 bytes that they are at most."""


class Output:
    """A text file on a terminal, as Textual's thread writes to it. It knows whether everything that the thread was given is out."""

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._given = self._written = self._flushed = 0
        self._gone = False

    def fileno(self) -> int:
        """The file's descriptor."""
        return self._file.fileno()

    def isatty(self) -> bool:
        """Whether it is a terminal."""
        return self._file.isatty()

    def give(self) -> None:
        """The thread is going to be given one more piece."""
        self._given += 1

    def write(self, text: str) -> int:
        """A piece, by the thread."""
        self._out(lambda: self._file.write(text))
        self._written += 1
        return len(text)

    def flush(self) -> None:
        """Everything written is out, by the thread."""
        written = self._written
        self._out(self._file.flush)
        self._flushed = written

    def _out(self, work: Callable[[], object]) -> None:
        """Where the terminal is gone nothing goes out; the thread goes on, as whoever gives it pieces would wait for it for ever."""
        if self._gone:
            return
        try:
            work()
        except OSError:
            self._gone = True
            logging.getLogger(__name__).exception("the terminal is gone")

    def at_once(self, text: str) -> str:
        """Write `text` now, as far as the terminal takes it, unless pieces before it are not out yet; what is left for the thread."""
        if self._gone:
            return ""
        if self._given != self._flushed:
            return text
        file = self.fileno()
        for start in range(0, len(text), LETTERS):
            if not select.select([], [file], [], 0)[1]:
                return text[start:]
            data = text[start : start + LETTERS].encode(self._file.encoding, cast(str, self._file.errors))
            while data:
                data = data[os.write(file, data) :]
        return ""
