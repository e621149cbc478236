"""Who has the store open, and at which record: one file a session, locked while the session lives.

A file is written through a descriptor of its own that is closed at once: that wakes those who watch the folder.
"""

from __future__ import annotations

import fcntl
import itertools
import os
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from pmo_tui.store.embedded.files import Names, open_private
from pmo_tui.store.log import Session

_encode = msgspec.json.encode
_decode = msgspec.json.Decoder(Session).decode
_COUNT = itertools.count(1)
SIZE = 4096
"""Bytes of a session file."""
STOPPED = frozenset("Tt")
"""How the system calls a process that sleeps until it is told to go on."""


class SessionFile:
    """The file of this session. It goes when the session closes; a dead one is cleared away by who looks next."""

    def __init__(self, names: Names, author: str, login: str) -> None:
        self._session = Session(author, login, os.uname().nodename, os.getpid(), datetime.now(UTC))
        while True:
            self.path = names.session(os.getpid(), next(_COUNT))
            self._descriptor = open_private(self.path, os.O_RDWR | os.O_CREAT)
            fcntl.flock(self._descriptor, fcntl.LOCK_EX)
            if os.fstat(self._descriptor).st_nlink:
                break
            os.close(self._descriptor)  # somebody took it for a dead one before it was locked
        self._write(self._session)

    def be_at(self, key: str, edits: bool) -> None:
        """Say at which record this session is; a disk that does not take it is no reason to stop."""
        self._session = msgspec.structs.replace(
            self._session, key=key, edits=edits, at_since=datetime.now(UTC) if key else None
        )
        try:
            self._write(self._session)
        except OSError as error:
            _warn(self.path, error)

    def _write(self, session: Session) -> None:
        """In one piece of always the same length, so that nobody reads half of it."""
        descriptor = os.open(self.path, os.O_WRONLY | os.O_CLOEXEC)
        try:
            os.pwrite(descriptor, _encode(session).ljust(SIZE), 0)
        finally:
            os.close(descriptor)

    def close(self) -> None:
        """Take the file away."""
        _clear(self.path)
        os.close(self._descriptor)


def sessions(names: Names, own: SessionFile | None, *, clean: bool) -> list[Session]:
    """The living sessions but `own`, the longest on first; `clean` clears the dead ones' files away."""
    found = (_living(path, clean) for path in names.sessions() if own is None or path != own.path)
    return sorted((session for session in found if session is not None), key=lambda session: session.since)


def _living(path: Path, clean: bool) -> Session | None:
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return None  # gone meanwhile, or another person's in a folder that is not shared
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        session = _session(os.pread(descriptor, SIZE, 0))
        return None if session is None or _sleeps(session) else session
    else:
        if clean:
            _clear(path)
        return None
    finally:
        os.close(descriptor)


def _clear(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError as error:  # it stays, unlocked, for whoever looks next
        _warn(path, error)


def _warn(path: Path, error: OSError) -> None:
    import logging

    logging.getLogger(__name__).warning("%s: %s", path, error)


def _sleeps(session: Session) -> bool:
    """Whether the session's process was suspended: it answers nobody, so it is not here."""
    if session.host != os.uname().nodename:
        return False
    try:
        with open(f"/proc/{session.pid}/stat", "rb") as file:
            return file.read().rpartition(b")")[2].split()[0].decode() in STOPPED
    except (OSError, IndexError):
        return False  # the system does not tell


def _session(data: bytes) -> Session | None:
    try:
        return _decode(data)
    except ValueError:
        return None  # it has only just begun
