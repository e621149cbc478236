"""Checking a whole store: every line against the chain, the snapshot and the replica against the replay."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pmo_tui.records.errors import Said, StoreTrouble, WrongUse
from pmo_tui.records.marks import N_
from pmo_tui.store.embedded import snapshot
from pmo_tui.store.embedded.files import Names
from pmo_tui.store.embedded.forgetting import removals
from pmo_tui.store.embedded.journal import BROKEN, MISSING, SHORTER, lines_of
from pmo_tui.store.errors import Damaged, moment
from pmo_tui.store.lines import Removal, is_sealed, read_line
from pmo_tui.store.log import Verified
from pmo_tui.store.migrations import bring_up
from pmo_tui.store.past import Progress, counted
from pmo_tui.store.replica import Replica
from pmo_tui.store.transactions import Transaction

if TYPE_CHECKING:
    from pmo_tui.store.embedded.log import EmbeddedLog

BATCH = 1_000
"""Transactions that are replayed at once."""


def verify(log: EmbeddedLog, replica: Replica, against: str, progress: Progress | None) -> Verified:
    """Replay the journal from its beginning up to the replica's head; Damaged where anything differs."""
    against = against.strip().lower()
    if against and not re.fullmatch(r"[0-9a-f]{12,64}", against):
        raise WrongUse(N_("“{sum}” is not a sum, nor the first twelve characters or more of one."), sum=against)
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
    _compare_replica(log, fresh, replica)
    removed = removals(log.names)
    if against and noted is None:
        raise _unknown(log.location, against, removed)
    documents = sum(len(fresh.shelf(name)) for name in fresh.registers())
    notices = (*log.notices, *map(_told, removed))
    return Verified(fresh.head(), fresh.head_sum(), documents, len(log.names.segments()) + 1, notices, noted)


def _told(removed: Removal) -> Said:
    values: dict[str, object] = {
        "key": removed.key,
        "fields": ", ".join(removed.fields),
        "author": removed.author,
        "time": moment(removed.ts),
        "sum": removed.after,
    }
    return Said(
        N_("{fields} of {key} were removed from the history by {author} on {time}, after the sum {sum}."), values
    )


def _unknown(location: str, against: str, removed: list[Removal]) -> StoreTrouble:
    """The sum is not in the chain; told apart from one that was noted before values were removed."""
    if not removed:
        return StoreTrouble(
            N_("No transaction of {location} has the sum {sum}: this is not the history it was noted from."),
            N_("Look for a backup of the time when it was noted, and compare."),
            location=location,
            sum=against,
        )
    last = removed[-1]
    return StoreTrouble(
        N_("No transaction of {location} has the sum {sum} any more, or none ever had: values were removed on {time}."),
        N_("Sums noted before that day cannot be found; the last of them was {after}."),
        location=location,
        sum=against,
        time=moment(last.ts),
        after=last.after,
    )


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


def _compare_replica(log: EmbeddedLog, fresh: Replica, replica: Replica) -> None:
    """Damaged where the registers in memory are not what the journal gives."""
    for name in sorted({*fresh.registers(), *replica.registers()}):
        one, other = fresh.shelf(name).raws(), replica.shelf(name).raws()
        if [(number, bytes(raw)) for number, raw in one] != [(number, bytes(raw)) for number, raw in other]:
            raise Damaged(
                N_("{register} in memory differs from what {file} gives."),
                N_("Open the store again."),
                file=log.location,
                offset=0,
                register=name,
            )
