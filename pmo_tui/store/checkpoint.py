"""Writes a new snapshot of an embedded store and lets the journal go on in a new segment: `python -m
pmo_tui.store.checkpoint PATH`.

Started by a session whose commit made the journal long, in a process of its own, so that nobody waits for it.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from pmo_tui.store.embedded.checkpointing import alone, write
from pmo_tui.store.embedded.log import EmbeddedLog


def checkpoint(path: Path) -> bool:
    """Bring the snapshot up to date; False where another process is doing that, or nothing is new."""
    log = EmbeddedLog(path, author="", login="", read_only=False)
    try:
        with alone(log.names, wait=False) as held:
            return held and _write(log)
    finally:
        log.close()


def _write(log: EmbeddedLog) -> bool:
    replica = log.load()
    with log.reading():
        replica.apply(log.news(replica.head(), replica.head_sum()))
    if not write(log, replica):
        return False
    with log.writing():
        log.news(replica.head(), replica.head_sum())
        log.start_segment()
    return True


if __name__ == "__main__":
    os.nice(10)
    sys.exit(0 if checkpoint(Path(sys.argv[1])) else 1)
