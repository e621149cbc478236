"""A copy of a store that opens as one, made while others go on working."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from pmo_tui.records.errors import StoreTrouble
from pmo_tui.records.marks import N_
from pmo_tui.store.embedded import snapshot
from pmo_tui.store.embedded.files import Names, write_durably
from pmo_tui.store.replica import Replica

if TYPE_CHECKING:
    from pmo_tui.store.embedded.log import EmbeddedLog

PIECE = 1 << 20


def backup(log: EmbeddedLog, path: Path, replica: Replica) -> None:
    """Copy the journal up to the replica's head, and write a snapshot of it last: without it there is no backup."""
    target = Names(path)
    target.chain = log.names.chain
    end = log.journal.end
    made: list[Path] = []
    try:
        os.makedirs(target.folder, exist_ok=True)
        if target.base.exists() or target.chains():
            raise StoreTrouble(
                N_("{path} is there already; nothing was written."),
                N_("Name a new file for the backup."),
                path=str(path),
            )
        for first in log.names.segments():
            if first <= replica.head():
                made.append(target.segment(first))
                length = end.offset if first == end.segment else None
                write_durably(made[-1], _pieces(log.names.segment(first), length))
        snapshot.write(target, replica, end.segment, end.offset)
    except OSError as error:
        for file in made:
            file.unlink(missing_ok=True)
        raise StoreTrouble(
            N_("The backup {path} cannot be written: {reason}."),
            N_("Name a file in a folder with enough room."),
            path=str(path),
            reason=error.strerror or str(error),
        ) from error


def _pieces(path: Path, length: int | None) -> Iterator[bytes]:
    """The first `length` bytes of a file, or all of it."""
    left = path.stat().st_size if length is None else length
    with open(path, "rb") as file:
        while left > 0 and (piece := file.read(min(PIECE, left))):
            left -= len(piece)
            yield piece
