"""Taking turns at writing: the lock on the one row of `head`, and commits that are made sure of when a connection goes."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import psycopg
from psycopg import Connection
from psycopg.types.json import Jsonb

from pmo_tui.records.errors import Conflict, Said
from pmo_tui.records.marks import N_
from pmo_tui.store.errors import Busy
from pmo_tui.store.lines import Line, body_of, seal, transaction_of
from pmo_tui.store.postgres.connections import Server
from pmo_tui.store.postgres.errors import Reconnecting, Unreachable, Unsure, is_lost
from pmo_tui.store.postgres.url import LOCK_PATIENCE
from pmo_tui.store.transactions import Transaction, register_name

UNSURE_PATIENCE = 60.0
"""Seconds to wait for a server that went while it was committing: longer than another takes to take its place."""
NAP = 0.25
LOCK = "SELECT chain, seq, sum FROM {s}.lock()"
APPEND = "SELECT {s}.append(%s, %s, %s)"
LOOK_UP = "SELECT seq, sum FROM {s}.change WHERE tx = %s AND seq > 0"


@dataclass(frozen=True, slots=True)
class Head:
    """The end of the journal."""

    chain: int
    sequence: int
    sum: str


class Turn:
    """One turn at writing. `head` is the end of the journal under the lock, None once the lock was let go."""

    def __init__(self, connection: Connection, head: Head) -> None:
        self.connection = connection
        self.head: Head | None = head


@dataclass(frozen=True, slots=True)
class Entry:
    """A line on its way: what `append` gets, and what must be there before."""

    line: str
    transaction: Transaction
    before: str
    names: dict[str, str]


class Writer:
    """The one who writes for a session. `turn` is set while the lock is held."""

    def __init__(self, server: Server, notices: list[Said], holders: Callable[[], str]) -> None:
        self._server = server
        self._notices = notices
        self._holders = holders
        self._unsure: set[str] = set()
        self.turn: Turn | None = None

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the lock; what was not committed is gone when it is let go."""
        self.turn = self._begun(self._server.take())
        try:
            yield
        finally:
            connection, self.turn = self.turn.connection, None
            self._server.give_back(connection)

    def _begun(self, connection: Connection, *, again: bool = True) -> Turn:
        """A turn on a connection, or on a new one where this one is lost."""
        try:
            return Turn(connection, self._lock(connection))
        except psycopg.Error as error:
            lost = is_lost(connection, error)
            self._server.give_back(connection)
            if isinstance(error, psycopg.errors.LockNotAvailable):
                raise Busy(self._server.location, LOCK_PATIENCE, self._holders()) from error
            if not (again and lost):
                raise self._server.translated(connection, error) from error
        except BaseException:
            connection.close()
            raise
        return self._begun(self._server.take(fresh=True), again=False)

    def _lock(self, connection: Connection) -> Head:
        cursor = connection.execute(self._server.place.sql(f"BEGIN; {LOCK}"), prepare=False)
        cursor.nextset()
        row = cursor.fetchone()
        assert row is not None
        return Head(*row)

    def append(self, line: Line, before: str, chain: int, meanwhile: Callable[[Transaction], None]) -> Transaction:
        """Commit a line behind the one with the sum `before`; it is acknowledged, or not there, or Unsure."""
        turn = self.turn
        assert turn is not None
        body = body_of(line)
        names = {op.key.partition("-")[0]: register_name(op.key) for op in line.ops}
        entry = Entry("{" + body.decode(), transaction_of(line, seal(before, body)), before, names)
        meanwhile(entry.transaction)
        connection = turn.connection
        try:
            if turn.head is None:
                turn.head = self._lock(connection)
            self._execute(connection, entry)
        except psycopg.Error as error:
            raise self._server.translated(connection, error) from error
        turn.head = None
        try:
            connection.execute("COMMIT", prepare=False)
        except psycopg.Error as error:
            if not is_lost(connection, error):
                raise self._server.translated(connection, error) from error
            self._make_sure(turn, entry, Head(chain, line.seq - 1, before))
        return entry.transaction

    def commit(self) -> None:
        """Commit what else was done in this turn; Unsure where the connection goes meanwhile."""
        turn = self.turn
        assert turn is not None
        turn.head = None
        try:
            turn.connection.execute("COMMIT", prepare=False)
        except psycopg.Error as error:
            if is_lost(turn.connection, error):
                raise Unsure(self._server.location) from error
            raise self._server.translated(turn.connection, error) from error

    def _execute(self, connection: Connection, entry: Entry) -> None:
        values = (entry.line, entry.transaction.sum, Jsonb(entry.names))
        connection.execute(self._server.place.sql(APPEND), values)

    def _make_sure(self, turn: Turn, entry: Entry, base: Head) -> None:
        """The connection went during COMMIT: find out whether the line is there, and see that it is."""
        deadline = time.monotonic() + UNSURE_PATIENCE
        self._unsure.add(entry.transaction.tx)
        while True:
            try:
                kept = self._settle(turn, entry, base)
            except (Reconnecting, Unreachable, Busy):
                if time.monotonic() > deadline:
                    raise Unsure(self._server.location) from None
                time.sleep(NAP)
            else:
                self._unsure.discard(entry.transaction.tx)
                if not kept:
                    raise not_kept()
                return

    def _settle(self, turn: Turn, entry: Entry, base: Head) -> bool:
        """On a new connection, once what the old one began has ended: whether it is there, written now if need be.

        That it is there was perhaps not yet confirmed by the server's copies; the commit here waits for them.
        """
        turn.connection.close()
        turn.connection = connection = self._server.take(fresh=True)
        try:
            head = self._lock(connection)
            found = connection.execute(self._server.place.sql(LOOK_UP), (entry.transaction.tx,)).fetchone()
            if found is None and head != base:
                return False
            if found is None:
                self._execute(connection, entry)
            connection.execute("COMMIT", prepare=False)
        except psycopg.Error as error:
            raise self._server.translated(connection, error) from error
        return True

    def tell_what_became(self, transactions: list[Transaction], *, locked: bool) -> None:
        """Say of changes that were unsure whether they are among those taken in now; under the lock, that they are not."""
        for transaction in transactions if self._unsure else ():
            if transaction.tx in self._unsure:
                self._unsure.remove(transaction.tx)
                self._notices.append(Said(KEPT, {"sequence": transaction.sequence}))
        if locked and self._unsure:
            self._unsure.clear()
            self._notices.append(Said(NOT_KEPT, {}))


KEPT = N_("The change that was being written when the connection was lost was kept: transaction {sequence}.")
NOT_KEPT = N_("The change that was being written when the connection was lost was not kept.")


def not_kept() -> Conflict:
    """The change went down with its server, and others wrote before the connection was back."""
    return Conflict(
        N_("The connection was lost while this was being written, and a colleague wrote first. It was not kept."),
        N_("Look at it as it is now, then make your change again."),
    )
