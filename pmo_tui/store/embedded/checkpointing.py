"""Checkpoints: a new snapshot takes the place of the old one, and the journal goes on in a new segment.

A crash at any step leaves a store that opens: the snapshot is replaced whole, and says itself where the journal goes
on behind it.
"""

from __future__ import annotations

import fcntl
import logging
import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from pmo_tui.records.errors import StoreTrouble
from pmo_tui.records.marks import N_
from pmo_tui.store.embedded import snapshot
from pmo_tui.store.embedded.files import Names, open_private
from pmo_tui.store.replica import Replica

if TYPE_CHECKING:
    from pmo_tui.store.embedded.log import EmbeddedLog


@contextmanager
def alone(names: Names, *, wait: bool) -> Iterator[bool]:
    """The lock of whoever replaces the snapshot; False where another process has it and one does not `wait`.

    It is taken before the lock for writing, never after it.
    """
    descriptor = open_private(names.checkpoint_lock, os.O_RDWR | os.O_CREAT)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
    finally:
        os.close(descriptor)


def write(log: EmbeddedLog, replica: Replica) -> bool:
    """Replace the snapshot by one of `replica`, which holds all up to the journal's end as `log` has read it.

    False where the snapshot is as new already. Under `alone`.
    """
    there = snapshot.head(log.names.base)
    if there is not None and there.sequence >= replica.head():
        return False
    end = log.journal.end
    try:
        snapshot.write(log.names, replica, end.segment, end.offset)
    except OSError as error:
        log.names.beside.unlink(missing_ok=True)
        raise StoreTrouble(
            N_("The snapshot {file} cannot be written: {reason}."),
            N_("Nothing is lost: the journal beside it holds everything. See to the disk and its room."),
            file=str(log.names.base),
            reason=error.strerror or str(error),
        ) from error
    return True


def start_child(base: Path) -> None:
    """Start `python -m pmo_tui.store.checkpoint` in a session of its own; a thread waits for its end."""
    root = Path(__file__).parents[3]
    environment = os.environ | {
        "PYTHONPATH": os.pathsep.join([str(root), os.environ.get("PYTHONPATH", "")]).rstrip(os.pathsep)
    }
    nowhere = [(os.POSIX_SPAWN_OPEN, number, os.devnull, os.O_RDWR, 0) for number in (0, 1, 2)]
    command = [sys.executable, "-P", "-m", "pmo_tui.store.checkpoint", str(base)]
    try:
        child = os.posix_spawn(sys.executable, command, environment, file_actions=nowhere, setsid=True)
    except OSError as error:  # the commit before it is durable, and the next one asks again
        logging.getLogger(__name__).warning("no checkpoint of %s: %s", base, error)
    else:
        threading.Thread(target=_bury, args=(child,), name="checkpoint", daemon=True).start()


def _bury(child: int) -> None:
    with suppress(ChildProcessError):
        os.waitpid(child, 0)
