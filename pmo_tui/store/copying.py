"""Moving a store with its whole history: sequence, authors, times and sums stay; only where it is kept changes."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pmo_tui.records.errors import NotFound, StoreTrouble
from pmo_tui.records.marks import N_
from pmo_tui.store.embedded import snapshot
from pmo_tui.store.embedded.files import Names, refuse_network, write_durably
from pmo_tui.store.embedded.journal import BROKEN, lines_of
from pmo_tui.store.embedded.log import CHECKPOINT_AFTER, EmbeddedLog
from pmo_tui.store.errors import Damaged
from pmo_tui.store.lines import SUM, is_sealed, read_line, sequence_of
from pmo_tui.store.opening import is_url
from pmo_tui.store.past import Progress
from pmo_tui.store.proving import BATCH
from pmo_tui.store.replica import Replica
from pmo_tui.store.transactions import Transaction


@dataclass(frozen=True, slots=True)
class Copied:
    """What was copied: transactions up to `sequence`, whose sum is `sum`; `target` is to be shown."""

    sequence: int
    sum: str
    documents: int
    target: str


def copy(source: str, target: str, progress: Progress) -> Copied:
    """Copy all of the store at `source` to `target`, where none may be; each line is checked on the way.

    NotFound where there is no source, StoreTrouble where the target is not empty: nothing is written then, as when it
    fails half-way. `progress` is told how many transactions were copied, and how many there are.
    """
    with _lines(source) as (head, lines):
        return _fill(target, lines, lambda done: progress(done, head))


@contextmanager
def _lines(source: str) -> Iterator[tuple[int, Iterator[bytes]]]:
    """The head of a store and its lines up to there, without newline."""
    if is_url(source):
        from pmo_tui.store.postgres.opening import open_log

        server = open_log(source, read_only=True)
        try:
            head = server.head()
            yield head, server.lines(head)
        finally:
            server.close()
        return
    names = Names(Path(source).expanduser())
    if not names.base.exists():
        raise NotFound(N_("There is no store at {location}."), location=source)
    log = EmbeddedLog(Path(source).expanduser(), author="", login="", read_only=True)
    try:
        replica = log.load()
        with log.reading():
            replica.apply(log.news(replica.head(), replica.head_sum()))
        yield replica.head(), file_lines(log.names, replica.head())
    finally:
        log.close()


def file_lines(names: Names, head: int) -> Iterator[bytes]:
    """The lines of a journal up to `head`, the one that begins a chain included; Damaged where one does not follow."""
    before, sequence = "", 0
    for first in names.segments():
        path = names.segment(first)
        for offset, text in lines_of(path):
            if sequence == head and sequence_of(text) > 0:
                return
            if not is_sealed(before, text) or sequence_of(text) not in (0, sequence + 1):
                raise Damaged(BROKEN, file=str(path), offset=offset, next=sequence + 1)
            before, sequence = text[SUM].decode("ascii"), sequence_of(text)
            yield text


def _fill(target: str, lines: Iterator[bytes], progress: Callable[[int], None]) -> Copied:
    if not is_url(target):
        replica = fill_files(Path(target).expanduser(), lines, progress)
        return _copied(replica, target)
    from pmo_tui.store.postgres.filling import fill
    from pmo_tui.store.postgres.opening import open_log

    log = open_log(target, create=True)
    try:
        return _copied(fill(log, lines, progress), log.location)
    finally:
        log.close()


def _copied(replica: Replica, target: str) -> Copied:
    documents = sum(len(replica.shelf(name)) for name in replica.registers())
    return Copied(replica.head(), replica.head_sum(), documents, target)


def fill_files(path: Path, lines: Iterable[bytes], progress: Callable[[int], None]) -> Replica:
    """A store in files from lines: its journal, and last of all the snapshot, without which it is none."""
    target = Names(path)
    made: list[Path] = []
    try:
        os.makedirs(target.folder, exist_ok=True)
        if target.base.exists() or target.chains():
            raise StoreTrouble(
                N_("{path} is there already; nothing was written."),
                N_("Name a new file for the copy."),
                path=str(path),
            )
        refuse_network(target.folder)
        try:
            replica, segment, offset = _write_segments(target, lines, made, progress)
            snapshot.write(target, replica, segment, offset)
        except BaseException:
            for file in made:
                file.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise StoreTrouble(
            N_("The copy {path} cannot be written: {reason}."),
            N_("Name a file in a folder with enough room."),
            path=str(path),
            reason=error.strerror or str(error),
        ) from error
    return replica


def _write_segments(
    target: Names, lines: Iterable[bytes], made: list[Path], progress: Callable[[int], None]
) -> tuple[Replica, int, int]:
    """Write the journal; the replica it gives, and the segment and the offset in it where it ends."""
    replica = Replica()
    first = 1
    pieces: list[bytes] = []
    batch: list[Transaction] = []

    def write() -> None:
        made.append(target.segment(first))
        write_durably(made[-1], pieces)

    for text in lines:
        if replica.head() + len(batch) - first + 1 == CHECKPOINT_AFTER:
            write()
            pieces = []
            first += CHECKPOINT_AFTER
        pieces.append(text + b"\n")
        transaction = read_line(text, str(target.base))
        if transaction.sequence:
            batch.append(transaction)
        if len(batch) == BATCH:
            replica.apply(batch)
            batch = []
            progress(replica.head())
    replica.apply(batch)
    if pieces:
        write()
    return replica, first, sum(map(len, pieces))
