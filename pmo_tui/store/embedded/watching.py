"""Waking when somebody commits, without polling: inotify on the lock file, whose record is replaced after each
durable commit, so that there is something to read when the event comes.

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

IN_MODIFY, IN_CREATE, IN_MOVED_TO, IN_IGNORED = 0x2, 0x100, 0x80, 0x8000
_EVENT = struct.Struct("iIII")


def watch(names: Names, changed: Callable[[], None]) -> Callable[[], None]:
    """Call `changed` in a thread of its own after each commit of anybody; returns what ends the thread."""
    return _Watch(names, changed).stop


class _Watch:
    def __init__(self, names: Names, changed: Callable[[], None]) -> None:
        self._names = names
        self._changed = changed
        self._ending, self._end = os.pipe2(os.O_CLOEXEC)
        self._inotify = _inotify()
        if self._inotify is not None and not self._add():
            os.close(self._inotify)
            self._inotify = None
        self._thread = threading.Thread(target=self._run, name="store watch", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End the thread; from within it, after the present call."""
        os.write(self._end, b"x")
        if threading.current_thread() is not self._thread:
            self._thread.join(2.0)  # a listener that hangs must not keep the program from ending

    def _add(self) -> bool:
        """Watch the lock file, or the folder where nobody made one yet."""
        path = self._names.lock
        if path.exists():
            return _add_watch(self._inotify, path, IN_MODIFY)
        return _add_watch(self._inotify, self._names.folder, IN_MODIFY | IN_CREATE | IN_MOVED_TO)

    def _run(self) -> None:
        poll = select.poll()
        poll.register(self._ending, select.POLLIN)
        if self._inotify is not None:
            poll.register(self._inotify, select.POLLIN)
        patience = None if self._inotify is not None else LOOK_EVERY * 1000
        while self._ending not in (descriptor for descriptor, _ in poll.poll(patience)):
            self._take_events()
            try:
                self._changed()
            except Exception:
                logging.getLogger(__name__).exception("taking in a change of %s", self._names.base)
        for descriptor in (self._ending, self._end, self._inotify):
            if descriptor is not None:
                os.close(descriptor)

    def _take_events(self) -> None:
        if self._inotify is None:
            return
        data = os.read(self._inotify, 65536)
        while data:
            _, mask, _, length = _EVENT.unpack_from(data)
            data = data[_EVENT.size + length :]
            if mask & IN_IGNORED:
                self._add()


def _inotify() -> int | None:
    """A new inotify descriptor, None where the system has none to give."""
    import ctypes

    start = getattr(ctypes.CDLL(None), "inotify_init1", None)
    found = -1 if start is None else int(start(os.O_CLOEXEC))
    return found if found >= 0 else None


def _add_watch(descriptor: int | None, path: Path, mask: int) -> bool:
    import ctypes

    return int(ctypes.CDLL(None).inotify_add_watch(descriptor, os.fsencode(path), mask)) >= 0
