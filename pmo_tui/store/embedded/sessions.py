"""Who has the store open: one file a session, locked while the session lives."""

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


class SessionFile:
    """The file of this session. It goes when the session closes; a dead one is cleared away by who looks next."""

    def __init__(self, names: Names, author: str, login: str) -> None:
        session = Session(author, login, os.uname().nodename, os.getpid(), datetime.now(UTC))
        while True:
            self.path = names.session(os.getpid(), next(_COUNT))
            self._descriptor = open_private(self.path, os.O_RDWR | os.O_CREAT)
            fcntl.flock(self._descriptor, fcntl.LOCK_EX)
            if os.fstat(self._descriptor).st_nlink:
                break
            os.close(self._descriptor)  # somebody took it for a dead one before it was locked
        os.ftruncate(self._descriptor, 0)
        os.pwrite(self._descriptor, _encode(session), 0)

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
        return _session(os.pread(descriptor, 4096, 0))
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
        import logging

        logging.getLogger(__name__).warning("%s: %s", path, error)


def _session(data: bytes) -> Session | None:
    try:
        return _decode(data)
    except ValueError:
        return None  # it has only just begun
