"""The lock file: who may write, and how far the journal was acknowledged.

It is never renamed nor removed. Its content is one record of 256 bytes, replaced in place after each commit is
durable: the last acknowledged sequence and its sum, the segment it stands in and the offset behind it, and a checksum.
Only the first one is flushed: after a power failure the record may be behind the journal, never ahead of it. So a
journal that is shorter than it says is damage.
"""

from __future__ import annotations

import fcntl
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from zlib import crc32

import msgspec

from pmo_tui.store.embedded.files import open_private
from pmo_tui.store.errors import Busy

SIZE = 256
PATIENCE = 30.0
"""Seconds to wait for the lock before Busy."""


class Acknowledged(msgspec.Struct, frozen=True, kw_only=True):
    """The end of the journal that was reported as durable: after `seq`, in the segment of `chain` that begins with
    `segment`."""

    chain: int
    seq: int
    segment: int
    offset: int
    sum: str


_decode = msgspec.json.Decoder(Acknowledged).decode


def to_record(end: Acknowledged) -> bytes:
    """The record as it stands in the file."""
    text = msgspec.json.encode(end)
    return (text + b" %08x" % crc32(text)).ljust(SIZE - 1) + b"\n"


def of_record(data: bytes) -> Acknowledged | None:
    """The record, or None where there is no whole one."""
    text, _, check = data.rstrip().rpartition(b" ")
    try:
        return _decode(text) if check == b"%08x" % crc32(text) else None
    except ValueError:
        return None


class Waiter:
    """A thread that waits for the lock on a descriptor, which is its own once it was left behind."""

    def __init__(self, descriptor: int, how: int) -> None:
        self._descriptor = descriptor
        self._how = how
        self._turn = threading.Lock()
        self._over = threading.Event()
        self._left = False
        self._error: OSError | None = None
        threading.Thread(target=self._run, name="store lock", daemon=True).start()

    def _run(self) -> None:
        try:
            fcntl.flock(self._descriptor, self._how)
        except OSError as error:
            self._error = error
        with self._turn:
            self._over.set()
            if self._left:
                os.close(self._descriptor)

    def wait(self, seconds: float) -> bool:
        """Whether the lock is held in time; what the system refuses is raised."""
        held = self._over.wait(max(0.0, seconds))
        if self._error is not None:
            raise self._error
        return held

    def leave(self) -> bool:
        """Leave the thread behind, which lets the lock go as soon as it has it; False where it has it already."""
        with self._turn:
            self._left = not self._over.is_set()
            return self._left


class LockFile:
    """The lock of a store. One thread at a time uses it: the locks of one process do not exclude each other."""

    def __init__(self, path: Path, *, read_only: bool, holders: Callable[[], str]) -> None:
        self.path = path
        self._name = str(path)
        self._inode = 0
        self.read_only = read_only
        self.patience = PATIENCE
        self._holders = holders
        self._last: tuple[bytes, Acknowledged | None] = (b"", None)
        self._descriptor = self._open()

    def _open(self) -> int | None:
        if not self.read_only:
            descriptor = open_private(self.path, os.O_RDWR | os.O_CREAT)
            self._inode = os.fstat(descriptor).st_ino
            return descriptor
        try:
            return os.open(self.path, os.O_RDONLY | os.O_CLOEXEC)
        except OSError:
            return None  # a store that is only read may lie where nobody ever locked it

    def take(self) -> None:
        """Take the lock for writing; `release` lets it go."""
        self._take(fcntl.LOCK_EX)

    @contextmanager
    def shared(self) -> Iterator[bool]:
        """Keep writers out. A store that is only read does not wait for one: then, or without a lock file, False."""
        held = self._try_to_share() if self.read_only else self._take(fcntl.LOCK_SH)
        try:
            yield held
        finally:
            if held:
                self.release()

    def _try_to_share(self) -> bool:
        if self._descriptor is None:
            self._descriptor = self._open()
        if self._descriptor is None:
            return False
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except OSError:
            return False
        return True

    def _take(self, how: int) -> bool:
        deadline = time.monotonic() + self.patience
        while True:
            if self._descriptor is None:
                self._descriptor = self._open()
            assert self._descriptor is not None, "only a store that is only read may be without a lock file"
            try:
                fcntl.flock(self._descriptor, how | fcntl.LOCK_NB)
            except BlockingIOError:
                self._queue(how, deadline)
            if self._is_current():
                return True
            self._reopen()

    def _queue(self, how: int, deadline: float) -> None:
        """Wait for the lock; Busy when it cannot be had in time.

        The system wakes those who wait, so that they get it though others want it again at once: who only looked now
        and then would come too late for seconds. But one cannot give up waiting; so a thread waits, and is left behind
        with its descriptor when it takes too long.
        """
        assert self._descriptor is not None
        waiter = Waiter(self._descriptor, how)
        try:
            held = waiter.wait(deadline - time.monotonic())
        except BaseException:
            if self._leave(waiter):
                self.release()
            raise
        if not held and not self._leave(waiter):
            raise Busy(str(self.path), self.patience, self._holders())

    def _leave(self, waiter: Waiter) -> bool:
        """Give up waiting, unless the lock came in the last moment: whether it did."""
        if not waiter.leave():
            return True
        self._descriptor = None
        self._descriptor = self._open()
        return False

    def _is_current(self) -> bool:
        """Whether the locked file is still the one at the path; one that was removed locks nobody out."""
        try:
            return os.stat(self._name).st_ino == self._inode
        except FileNotFoundError:
            return False

    def _reopen(self) -> None:
        self.close()
        self._descriptor = self._open()

    def release(self) -> None:
        """Let the lock go."""
        if self._descriptor is not None:
            fcntl.flock(self._descriptor, fcntl.LOCK_UN)

    def read(self) -> Acknowledged | None:
        """How far the journal was acknowledged, None where nobody said so. Needs no lock."""
        if self._descriptor is None:
            return None
        record = os.pread(self._descriptor, SIZE, 0)
        if record != self._last[0]:
            self._last = record, of_record(record)
        return self._last[1]

    def write(self, end: Acknowledged, record: bytes = b"", *, durably: bool = False) -> bool:
        """Say how far the journal is acknowledged, `record` being what is written; under `exclusive`. The first time
        `durably`.

        False where that failed: a transaction is durable in the journal then all the same, and is found there.
        """
        assert self._descriptor is not None
        try:
            record = record or to_record(end)
            os.pwrite(self._descriptor, record, 0)
            self._last = record, end
            if durably:
                os.fsync(self._descriptor)
        except OSError as error:
            import logging

            logging.getLogger(__name__).warning("%s: %s", self.path, error)
            return False
        return True

    def close(self) -> None:
        """Let go of the file."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None
