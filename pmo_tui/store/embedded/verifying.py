"""Checking a whole store: every line against the chain, the snapshot and the replica against the replay."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pmo_tui.store.embedded import snapshot
from pmo_tui.store.embedded.files import Names
from pmo_tui.store.embedded.forgetting import removals
from pmo_tui.store.embedded.journal import BROKEN, MISSING, SHORTER, lines_of
from pmo_tui.store.errors import Damaged
from pmo_tui.store.lines import is_sealed, read_line
from pmo_tui.store.log import Verified
from pmo_tui.store.migrations import bring_up
from pmo_tui.store.past import Progress, counted
from pmo_tui.store.proving import BATCH, compare_replica, read_noted, told, unknown_sum
from pmo_tui.store.replica import Replica
from pmo_tui.store.transactions import Transaction

if TYPE_CHECKING:
    from pmo_tui.store.embedded.log import EmbeddedLog


def verify(log: EmbeddedLog, replica: Replica, against: str, progress: Progress | None) -> Verified:
    """Replay the journal from its beginning up to the replica's head; Damaged where anything differs."""
    against = read_noted(against)
    data = log.names.base.read_bytes() if log.names.base.exists() else b""
    meta = snapshot.meta_of(data[: data.find(b"\n")])
    fresh, noted = Replica(), None
    batch: list[Transaction] = []
    if meta is not None and meta.sequence == 0:
        _compare_snapshot(log.names, data, meta, fresh)
    for transaction in counted(checked(log.names, replica.head()), replica.head(), progress):
        batch.append(transaction)
        if against and transaction.sum.startswith(against):
            noted = transaction.sequence
        at_snapshot = meta is not None and transaction.sequence == meta.sequence
        if at_snapshot or len(batch) >= BATCH:
            fresh.apply(batch)
            batch.clear()
        if meta is not None and at_snapshot:
            _compare_snapshot(log.names, data, meta, fresh)
    fresh.apply(batch)
    if log.read_only:
        bring_up(fresh)
    compare_replica(log.location, fresh, replica)
    removed = removals(log.names)
    if against and noted is None:
        raise unknown_sum(log.location, against, removed)
    documents = sum(len(fresh.shelf(name)) for name in fresh.registers())
    notices = (*log.notices, *map(told, removed))
    return Verified(fresh.head(), fresh.head_sum(), documents, len(log.names.segments()) + 1, notices, noted)


def checked(names: Names, head: int) -> Iterator[Transaction]:
    """All transactions up to `head`, each line checked against the one before it."""
    sequence, before, time = 0, "", None
    for first in names.segments():
        path = names.segment(first)
        if first > head:
            break
        if first != sequence + 1:
            raise Damaged(MISSING, file=str(path), offset=0, next=sequence + 1)
        for offset, text in lines_of(path):
            if sequence == head:
                return
            transaction = _checked(before, text, str(path), offset, sequence + 1)
            if time is not None and transaction.time < time:
                raise Damaged(BROKEN, file=str(path), offset=offset, next=sequence + 1)
            before = transaction.sum
            if transaction.sequence:
                sequence, time = transaction.sequence, transaction.time
                yield transaction
    if sequence < head:
        last = names.segment((names.segments() or [1])[-1])
        size = last.stat().st_size if last.exists() else 0
        raise Damaged(SHORTER, file=str(last), offset=size, next=sequence + 1, acknowledged=head)


def _checked(before: str, text: bytes, file: str, offset: int, sequence: int) -> Transaction:
    if is_sealed(before, text):
        try:
            transaction = read_line(text, file)
        except ValueError:
            transaction = None
        begins = transaction is not None and transaction.sequence == 0 and (sequence, offset) == (1, 0)
        if transaction is not None and (begins or transaction.sequence == sequence):
            return transaction
    raise Damaged(BROKEN, file=file, offset=offset, next=sequence)


def _compare_snapshot(names: Names, data: bytes, meta: snapshot.Meta, fresh: Replica) -> None:
    """Damaged, at the first byte that differs, where the snapshot is not what the journal gives."""
    expected = b"".join(snapshot.render(fresh, meta.chain, meta.segment, meta.offset))
    if expected != data:
        pairs = zip(expected, data, strict=False)
        shorter = min(len(expected), len(data))
        raise snapshot.changed(names.base, next((i for i, (a, b) in enumerate(pairs) if a != b), shorter))
