"""Waking when somebody commits, comes, leaves or goes to another record, without polling.

For commits: inotify on the lock file, whose record is replaced after each durable commit, so that there is something to read when
the event comes. For who is on: inotify on the folder, where a session file is closed by its session when it has something to say,
and by the system when the session ends, however it ends.

Where inotify is missing or used up, the thread looks once a second instead.
"""

from __future__ import annotations

import logging
import os
import select
import struct
import threading
from collections.abc import Callable
from pathlib import Path

from pmo_tui.store.embedded.files import Names

LOOK_EVERY = 1.0
"""Seconds between two looks where the system cannot wake us."""
LOOK_AGAIN = 0.2
"""Seconds after which who is on is looked at again: the system tells of a closed file just before it lets go of its lock."""

IN_MODIFY, IN_CLOSE_WRITE, IN_MOVED_TO, IN_CREATE, IN_DELETE, IN_IGNORED = 0x2, 0x8, 0x80, 0x100, 0x200, 0x8000
IN_FOLDER = IN_CLOSE_WRITE | IN_MOVED_TO | IN_CREATE | IN_DELETE
_EVENT = struct.Struct("iIII")


def watch(names: Names, changed: Callable[[], None], others: Callable[[], None]) -> Callable[[], None]:
    """Call, in a thread of its own, `changed` after each commit of anybody and `others` when somebody may have come, left or gone to
    another record; returns what ends the thread."""
    return _Watch(names, changed, others).stop


class _Watch:
    def __init__(self, names: Names, changed: Callable[[], None], others: Callable[[], None]) -> None:
        self._names = names
        self._changed = changed
        self._others = others
        self._ending, self._end = os.pipe2(os.O_CLOEXEC)
        self._inotify = _inotify()
        if self._inotify is not None and not self._add_folder():
            os.close(self._inotify)
            self._inotify = None
        self._thread = threading.Thread(target=self._run, name="store watch", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End the thread; from within it, after the present call."""
        os.write(self._end, b"x")
        if threading.current_thread() is not self._thread:
            self._thread.join(2.0)  # a listener that hangs must not keep the program from ending

    def _add_folder(self) -> bool:
        self._add_lock()
        return _add_watch(self._inotify, self._names.folder, IN_FOLDER)

    def _add_lock(self) -> None:
        """Watch the lock file; where nobody made one yet the folder tells when it comes."""
        if self._names.lock.exists():
            _add_watch(self._inotify, self._names.lock, IN_MODIFY)

    def _run(self) -> None:
        poll = select.poll()
        poll.register(self._ending, select.POLLIN)
        if self._inotify is not None:
            poll.register(self._inotify, select.POLLIN)
        again = False
        while True:
            ready = [descriptor for descriptor, _ in poll.poll(self._patience(again))]
            if self._ending in ready:
                break
            committed, presence = self._take_events() if self._inotify is not None else (True, True)
            if not ready:
                presence = True
            again = presence and bool(ready)
            if committed:
                self._tell(self._changed)
            if presence:
                self._tell(self._others)
        for descriptor in (self._ending, self._end, self._inotify):
            if descriptor is not None:
                os.close(descriptor)

    def _patience(self, again: bool) -> float | None:
        if self._inotify is None:
            return LOOK_EVERY * 1000
        return LOOK_AGAIN * 1000 if again else None

    def _tell(self, told: Callable[[], None]) -> None:
        try:
            told()
        except Exception:
            logging.getLogger(__name__).exception("taking in a change of %s", self._names.base)

    def _take_events(self) -> tuple[bool, bool]:
        """Whether somebody may have committed, and whether somebody may have come, left or moved."""
        assert self._inotify is not None
        committed = presence = False
        if not select.select([self._inotify], [], [], 0)[0]:
            return committed, presence
        data = os.read(self._inotify, 65536)
        while data:
            _, mask, _, length = _EVENT.unpack_from(data)
            name = os.fsdecode(data[_EVENT.size : _EVENT.size + length].rstrip(b"\0"))
            data = data[_EVENT.size + length :]
            if mask & IN_IGNORED or (name == self._names.lock.name and mask & (IN_CREATE | IN_MOVED_TO)):
                self._add_lock()
            if name.startswith(f"{self._names.base.name}.session."):
                presence = presence or bool(mask & (IN_CLOSE_WRITE | IN_DELETE))
            elif name in ("", self._names.lock.name, self._names.base.name):
                committed = True
        return committed, presence


def _inotify() -> int | None:
    """A new inotify descriptor, None where the system has none to give."""
    import ctypes

    start = getattr(ctypes.CDLL(None), "inotify_init1", None)
    found = -1 if start is None else int(start(os.O_CLOEXEC))
    return found if found >= 0 else None


def _add_watch(descriptor: int | None, path: Path, mask: int) -> bool:
    import ctypes

    return int(ctypes.CDLL(None).inotify_add_watch(descriptor, os.fsencode(path), mask)) >= 0
