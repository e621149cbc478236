"""A replica that follows a log: whole transactions at a time, one thread at a time."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from pmo_tui.store.errors import ReadOnly, Stopped
from pmo_tui.store.lines import Line
from pmo_tui.store.log import Log, Rewritten
from pmo_tui.store.migrations import bring_up, is_older
from pmo_tui.store.replica import Replica, Step
from pmo_tui.store.transactions import Transaction


class Alone:
    """One thread at a time. `stopped` is the trouble after which nothing more is written, once there was one."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._holder: int | None = None
        self.stopped: Stopped | None = None

    def __enter__(self) -> None:
        if self._holder == threading.get_ident():
            raise RuntimeError("a transaction is being made in this thread: use its draft")
        self._turn.acquire()
        self._holder = threading.get_ident()

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, Stopped):
            self.stopped = error
        self._holder = None
        self._turn.release()


class Follower:
    """Keeps `replica` in step with a log. `announce` is told what others committed, as it is taken in."""

    def __init__(self, log: Log, announce: Callable[[list[Transaction]], None]) -> None:
        self._log = log
        self._announce = announce
        self.alone = Alone()
        if log.read_only:
            with log.reading():
                self.replica = self._loaded()
        else:
            self.replica = log.load()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """The lock for writing, with everything read that others committed."""
        if self._log.read_only:
            raise ReadOnly(self._log.location)
        with self.alone:
            if self.alone.stopped is not None:
                raise self.alone.stopped
            with self._log.writing():
                self._catch_up()
                yield

    def refresh(self) -> list[Transaction]:
        """Take in what others committed, and return it."""
        with self.alone, self._log.reading():
            return self._catch_up()

    def append(self, line: Line) -> int:
        """Make a transaction durable, then take it in; under `writing`. Its sequence."""
        steps: list[Step] = []

        def meanwhile(transaction: Transaction) -> None:
            steps.append(self.replica.prepare([transaction]))

        self._log.append(line, self.replica.head_sum(), meanwhile)
        with self._sure():
            self.replica.take(steps[0])
        return line.seq

    def reload(self) -> None:
        """Let the replica, with all that was handed out of it, be what the log gives now; under `alone`."""
        fresh = self._loaded()
        with self._sure():
            self.replica.become(fresh)

    def _catch_up(self) -> list[Transaction]:
        head = self.replica.head()
        try:
            found = self._log.news(head, self.replica.head_sum())
        except Rewritten:
            self.reload()
            found = list(self._log.since(head, self.replica.head()))
        else:
            if not found:
                return found
            with self._sure():
                self.replica.apply(found)
            if self._log.read_only and is_older(self.replica):
                self.reload()
        self._announce(found)
        return found

    def _loaded(self) -> Replica:
        """The replica as the log gives it from the beginning; in its present form, where it will not be written."""
        while True:
            fresh = self._log.load()
            try:
                fresh.apply(self._log.news(fresh.head(), fresh.head_sum()))
            except Rewritten:
                continue
            if self._log.read_only:
                bring_up(fresh)
            return fresh

    @contextmanager
    def _sure(self) -> Iterator[None]:
        """Interrupted in here, the replica is no longer sure, and this session writes nothing more."""
        try:
            yield
        except BaseException as error:
            self.alone.stopped = Stopped(self._log.location, str(error) or type(error).__name__)
            raise
