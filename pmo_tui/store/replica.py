"""The registers in memory, brought forward by whole transactions."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from msgspec import Raw

from pmo_tui.store.shelf import Shelf
from pmo_tui.store.transactions import Transaction, forward, key_parts, number_of, register_name
from pmo_tui.store.values import Json, encode

BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
"""The time of a store without transactions."""


class Step(NamedTuple):
    """Transactions up to `last`, worked out: each document before and after, and encoded; the highest numbers given,
    by prefix; the registers' versions."""

    last: Transaction
    changes: list[tuple[Shelf, str, Json | None, Json | None, bytes | None]]
    marks: dict[str, int]
    versions: dict[str, int]


class Replica:
    """All registers as they stand after one transaction.

    Taking in transactions holds `lock`, so whoever holds it sees whole ones only; reading one document or one index
    needs no lock of its own. `schema` is the form of the documents, `marks` are the highest numbers ever given, by
    prefix, `versions` the last sequence by register.
    """

    def __init__(
        self,
        tables: Mapping[str, dict[str, Raw] | Raw] | None = None,
        *,
        sequence: int = 0,
        sum: str = "",
        time: datetime = BEGINNING,
        schema: int = 1,
        marks: Mapping[str, int] | None = None,
        versions: Mapping[str, int] | None = None,
    ) -> None:
        self.lock = threading.RLock()
        self.time = time
        self.schema = schema
        self.marks: dict[str, int] = dict(marks or {})
        self._sequence = sequence
        self._sum = sum
        self._versions: dict[str, int] = dict(versions or {})
        self._shelves = {name: Shelf(raw, self.lock) for name, raw in (tables or {}).items()}

    def head(self) -> int:
        """The sequence of the last transaction taken in, 0 in an empty store."""
        return self._sequence

    def head_sum(self) -> str:
        """The sum of that transaction, "" in an empty store: noted elsewhere, it proves the history up to it."""
        return self._sum

    def registers(self) -> list[str]:
        """The names of the registers that hold something or once did."""
        return sorted(self._shelves)

    def shelf(self, register: str) -> Shelf:
        """The shelf of a register, live; an empty one where nothing was put yet."""
        found = self._shelves.get(register)
        if found is None:
            with self.lock:
                found = self._shelves.setdefault(register, Shelf(None, self.lock))
        return found

    def get(self, key: str) -> Json | None:
        """The document with this key, decoded, or None."""
        parts = key_parts(key)
        return None if parts is None else self.shelf(parts[0]).get(parts[1])

    def version(self, register: str) -> int:
        """The sequence of the last transaction that touched a register, 0 where none did."""
        return self._versions.get(register, 0)

    def versions(self) -> dict[str, int]:
        """Every register's version."""
        return dict(self._versions)

    def apply(self, transactions: Sequence[Transaction]) -> None:
        """Take in the transactions that follow; a document that several of them change is encoded once."""
        if transactions:
            self.take(self.prepare(transactions))

    def prepare(self, transactions: Sequence[Transaction]) -> Step:
        """What is to be taken in for the transactions that follow, of which there is at least one; nobody sees it yet.

        It is worked out before they are durable: what cannot be taken into memory is not kept, and little is left to do.
        """
        before: dict[tuple[str, str], Json | None] = {}
        after: dict[tuple[str, str], Json | None] = {}
        marks: dict[str, int] = {}
        versions: dict[str, int] = {}
        for transaction in transactions:
            sequence = transaction.sequence
            for op in transaction.ops:
                prefix, _, number = op.key.rpartition("-")
                place = (op.register, number)
                if place not in before:
                    before[place] = after[place] = self.shelf(op.register).get(number)
                after[place] = forward(op, after[place], sequence)
                if int(number) > marks.get(prefix, 0):
                    marks[prefix] = int(number)
                versions[op.register] = sequence
        changes = [
            (self.shelf(register), number, before[register, number], document, None if document is None else encode(document))
            for (register, number), document in after.items()
        ]  # fmt: skip
        return Step(transactions[-1], changes, marks, versions)

    def take(self, step: Step) -> None:
        """Take in what was prepared, all at once."""
        last = step.last
        with self.lock:
            for shelf, number, before, after, raw in step.changes:
                shelf.put(number, before, after, raw)
            for prefix, number_given in step.marks.items():
                if number_given > self.marks.get(prefix, 0):
                    self.marks[prefix] = number_given
            self._versions.update(step.versions)
            self._sequence, self._sum, self.time, self.schema = last.sequence, last.sum, last.time, last.schema

    def become(self, other: Replica) -> None:
        """Take over all that another replica holds; shelves that were handed out show it too."""
        with self.lock:
            for name in {*self._shelves, *other._shelves}:
                self.shelf(name).become(other.shelf(name))
            self._sequence, self._sum, self.time, self.schema = other._sequence, other._sum, other.time, other.schema
            self.marks, self._versions = other.marks, other._versions

    def put(self, key: str, document: Json | None) -> None:
        """Set one document outright, in a replica that is being made."""
        shelf, number = self.shelf(register_name(key)), number_of(key)
        shelf.put(number, shelf.get(number), document)

    def copy(self, at: Transaction | None, versions: Mapping[str, int]) -> Replica:
        """A replica of its own with the documents of this moment, which says that it stands after `at`."""
        with self.lock:
            if at is None:
                copied = Replica(marks=self.marks, versions=versions)
            else:
                copied = Replica(
                    sequence=at.sequence,
                    sum=at.sum,
                    time=at.time,
                    schema=at.schema,
                    marks=self.marks,
                    versions=versions,
                )
            for name, shelf in self._shelves.items():
                copied._shelves[name] = Shelf(shelf.copy_raw(), copied.lock)
            return copied
