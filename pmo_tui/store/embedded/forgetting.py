"""Rewriting the journal without some values: a new chain of segments beside the old one, then a snapshot that says it
counts, which is the one moment at which it happens; then the old files go.

A crash before that moment leaves the old chain, one after it the new one; what is left of the other is cleared away.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from pmo_tui.records.errors import StoreTrouble
from pmo_tui.records.marks import N_
from pmo_tui.store.embedded import snapshot
from pmo_tui.store.embedded.files import Names, sync_folder, write_durably
from pmo_tui.store.embedded.journal import BROKEN, End, lines_of
from pmo_tui.store.errors import Damaged, Stopped
from pmo_tui.store.forgetting import Forgetting, first_line, without_values
from pmo_tui.store.lines import (
    BODY,
    SUM,
    Line,
    Removal,
    body_of,
    is_sealed,
    line_of,
    sealed,
    sequence_of,
)
from pmo_tui.store.replica import Replica

if TYPE_CHECKING:
    from pmo_tui.store.embedded.log import EmbeddedLog

PIECE = 1 << 20
"""Bytes that are written at once."""


def removals(names: Names) -> list[Removal]:
    """What was ever taken out of a store, the newest last."""
    path = names.segment(1)
    _, text = next(lines_of(path), (0, b"")) if path.exists() else (0, b"")
    return line_of(text).removed if text and sequence_of(text) == 0 else []


def forget(log: EmbeddedLog, plan: Forgetting, line: Line, replica: Replica) -> set[str]:
    """Let `line` follow on a history without the values; the keys of records that mention them."""
    count, end = log.names.chain, log.journal.end
    line = plan.line(line)
    new = Names(log.names.base)
    new.chain = count + 1
    _clear(new, [other for other in new.chains() if other != count])
    rewriter = _Rewriter(plan, log.names)
    try:
        new_end = rewriter.write(new, end, first_line(plan, line, removals(log.names), replica.head_sum()), line)
        if not log.stand_at(new.chain, new_end):  # whoever wakes by this looks whether the snapshot says so too
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        snapshot.write(new, without_values(plan, line, replica, new_end.sum), new_end.segment, new_end.offset)
    except BaseException as error:
        _give_up(log, count, end, new, error)
        raise
    log.stand_at(new.chain, new_end, durably=True)
    _clear(new, [other for other in new.chains() if other != new.chain], first=new.torn_ends())
    return rewriter.mentioned


def _give_up(log: EmbeddedLog, chain: int, end: End, new: Names, error: BaseException) -> None:
    """Take the new chain away again, unless it counts already."""
    path = str(new.base)
    reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
    meta = snapshot.head(new.base)
    if meta is not None and meta.chain == new.chain:
        raise Stopped(path, reason, taken_back=False) from error
    log.stand_at(chain, end)
    with suppress(StoreTrouble):  # nobody reads it, and the next attempt begins by removing it
        _clear(new, [other for other in new.chains() if other == new.chain], first=[new.beside])
    if isinstance(error, OSError):
        raise StoreTrouble(NOT_DONE, NOT_DONE_HINT, file=path, reason=reason) from error


NOT_DONE = N_("The history of {file} cannot be rewritten: {reason}. Nothing was changed.")
NOT_DONE_HINT = N_("See to the disk: it needs as much room again as the journal has.")
LEFT = N_("{file} cannot be cleared of values that were removed from the history: {reason}.")
LEFT_HINT = N_("See to the disk and open the store again, which tries it again.")


def finish(names: Names) -> None:
    """Do what a session that died while it was forgetting left to do: remove what no longer counts."""
    older = [chain for chain in names.chains() if chain < names.chain]
    if older:
        _clear(names, older, first=names.torn_ends())


def _clear(names: Names, chains: Iterable[int], first: Iterable[Path] = ()) -> None:
    """Remove the segments of chains that do not count, last of all: as long as one is there, it is not finished."""
    there = names.chains()
    paths = [*first, *(path for chain in chains for path in there[chain].values())]
    try:
        for path in paths:
            path.unlink(missing_ok=True)
        if paths:
            sync_folder(names.folder)
    except OSError as error:
        raise StoreTrouble(LEFT, LEFT_HINT, file=str(names.base), reason=error.strerror or str(error)) from error


class _Rewriter:
    """Reads a journal line by line, checks each, and writes it again without the values, chained anew."""

    def __init__(self, plan: Forgetting, names: Names) -> None:
        self._plan = plan
        self._names = names
        self._needles = plan.needles()
        self._before = ""
        self._offset = 0
        self._sum = ""
        self.mentioned: set[str] = set()

    def write(self, new: Names, end: End, first: Line, last: Line) -> End:
        """Write all segments up to `end`, the line `first` before and `last` behind them; the new end."""
        segments = self._names.segments()
        if end.segment not in segments:
            segments.append(end.segment)
        for begins in segments:
            self._offset = 0
            before = [body_of(first)] if begins == segments[0] else []
            behind = [body_of(last)] if begins == segments[-1] else []
            write_durably(new.segment(begins), self._pieces(chain(before, self._bodies(begins), behind)))
        sync_folder(new.folder)
        return End(last.seq, self._sum, segments[-1], self._offset)

    def _bodies(self, begins: int) -> Iterator[bytes]:
        path = self._names.segment(begins)
        for offset, text in lines_of(path) if path.exists() else ():
            if not is_sealed(self._before, text):
                raise Damaged(BROKEN, file=str(path), offset=offset, next="?")
            self._before = text[SUM].decode("ascii")
            if sequence_of(text):
                yield self._without(text)

    def _without(self, text: bytes) -> bytes:
        """The body of a line, without the values."""
        if not any(needle in text for needle in self._needles):
            return text[BODY:]
        line = self._plan.line(line_of(text))
        self.mentioned.update(self._plan.mentions(line))
        return body_of(line)

    def _pieces(self, bodies: Iterable[bytes]) -> Iterator[bytes]:
        """The sealed lines, many at once."""
        piece = bytearray()
        for body in bodies:
            text = sealed(self._sum, body)
            self._sum = text[SUM].decode("ascii")
            self._offset += len(text)
            piece += text
            if len(piece) >= PIECE:
                yield bytes(piece)
                piece.clear()
        yield bytes(piece)
