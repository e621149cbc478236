"""Writes a new snapshot of an embedded store and lets the journal go on in a new segment: `python -m
pmo_tui.store.checkpoint PATH`.

Started by a session whose commit made the journal long, in a process of its own, so that nobody waits for it. A crash
at any step leaves a store that opens: the snapshot is replaced whole, and the journal goes on where it was.
"""

from __future__ import annotations

import fcntl
import os
import sys
from pathlib import Path

from pmo_tui.store.embedded import snapshot
from pmo_tui.store.embedded.files import open_private
from pmo_tui.store.embedded.log import EmbeddedLog


def checkpoint(path: Path) -> bool:
    """Bring the snapshot up to date; False where another process is doing that, or nothing is new."""
    log = EmbeddedLog(path, author="", login="", read_only=False)
    try:
        own_lock = open_private(log.names.checkpoint_lock, os.O_RDWR | os.O_CREAT)
        try:
            fcntl.flock(own_lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return _write(log)
        except BlockingIOError:
            return False
        finally:
            os.close(own_lock)
    finally:
        log.close()


def _write(log: EmbeddedLog) -> bool:
    replica = log.load()
    start = replica.head()
    with log.reading():
        replica.apply(log.news(replica.head(), replica.head_sum()))
    if replica.head() == start and log.names.base.exists():
        return False
    end = log.journal.end
    snapshot.write(log.names, replica, end.segment, end.offset)
    with log.writing():
        replica.apply(log.news(replica.head(), replica.head_sum()))
        log.start_segment()
    return True


if __name__ == "__main__":
    os.nice(10)
    sys.exit(0 if checkpoint(Path(sys.argv[1])) else 1)
