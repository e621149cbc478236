"""Progress on standard error, when that is a terminal and the work takes over a second."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import Self

AFTER = 1.0
EVERY = 0.1


class Counter:
    """Counts what is done: `with Counter("rows") as counter: counter.show(done, of)`."""

    def __init__(self, what: str) -> None:
        self.what = what
        self.began = time.monotonic()
        self.shown = 0.0
        self.on = sys.stderr.isatty()

    def __enter__(self) -> Self:
        return self

    def show(self, done: int, of: int) -> None:
        """Show how far it is, at most ten times a second."""
        now = time.monotonic()
        if self.on and now - self.began > AFTER and now - self.shown > EVERY:
            self.shown = now
            sys.stderr.write(f"\r\x1b[K{done:,} / {of:,} {self.what}")
            sys.stderr.flush()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
