"""Checking a whole store on a server: every line against the chain, documents and replica against the replay."""

from __future__ import annotations

import psycopg
from psycopg import Connection

from pmo_tui.records.marks import N_
from pmo_tui.store.errors import Damaged
from pmo_tui.store.lines import Removal, line_of
from pmo_tui.store.log import Rewritten, Verified
from pmo_tui.store.migrations import bring_up
from pmo_tui.store.past import Progress
from pmo_tui.store.postgres.errors import RESTORE, broken
from pmo_tui.store.postgres.loading import LOCK, STEADY, with_nul
from pmo_tui.store.postgres.log import PostgresLog
from pmo_tui.store.postgres.rows import PAGE, Reader, transaction_of_text
from pmo_tui.store.proving import BATCH, compare_replica, read_noted, told, unknown_sum
from pmo_tui.store.replica import Replica
from pmo_tui.store.transactions import Transaction

HEAD = "SELECT chain, seq, sum, ts, schema FROM {s}.head"
LINES = "SELECT seq, line::text, sum, author, login, tx, keys, ts FROM {s}.change ORDER BY seq"
DOCUMENTS = "SELECT register, number::text, raw::text FROM {s}.doc"


def verify(log: PostgresLog, replica: Replica, against: str, progress: Progress | None) -> Verified:
    """Replay the journal from its beginning and compare what the server and this session made of it."""
    noted = read_noted(against)
    with log.server.connection() as connection:
        try:
            connection.execute(STEADY)
            connection.execute(log.place.sql(LOCK))
            check = _Check(log, replica, noted, progress)
            check.journal(connection)
            check.documents(connection)
            connection.execute("COMMIT")
        except psycopg.Error as error:
            raise log.server.translated(connection, error) from error
    if noted and check.noted is None:
        raise unknown_sum(log.location, noted, check.removed)
    notices = (*log.notices, *map(told, check.removed))
    head, sum, documents = check.at_replica
    return Verified(head, sum, documents, 0, notices, check.noted)


class _Check:
    """Goes through the journal once: up to the replica's head, compares, and on to the end."""

    def __init__(self, log: PostgresLog, replica: Replica, against: str, progress: Progress | None) -> None:
        self._log = log
        self._progress = progress
        self._replica = replica
        self._against = against
        self._fresh = Replica()
        self._batch: list[Transaction] = []
        self.noted: int | None = None
        self.removed: list[Removal] = []
        self.at_replica = (0, "", 0)

    def journal(self, connection: Connection) -> None:
        """Every line, in order, against the one before and against the columns beside it."""
        location = self._log.location
        head = connection.execute(self._log.place.sql(HEAD)).fetchone()
        assert head is not None
        if head[0] != self._log.past.chain:
            raise Rewritten(location)
        reader = Reader(location, 0, "")
        if self._replica.head() == 0:
            self._compare_replica()
        with connection.cursor(name="lines") as cursor:
            cursor.itersize = PAGE
            cursor.execute(self._log.place.sql(LINES))
            for sequence, line, sum, *beside in cursor:
                text = reader.text((sequence, line, sum))
                transaction = transaction_of_text(text, location, sequence)
                keys = [op.key for op in transaction.ops]
                if beside != [transaction.author, transaction.login, transaction.tx, keys, transaction.time]:
                    raise broken(location, sequence, BESIDE)
                if sequence == 0:
                    self.removed = line_of(text).removed
                else:
                    self._take(transaction)
        self._replay()
        end = (self._fresh.head(), self._fresh.head_sum(), self._fresh.time, self._fresh.schema)
        if end != head[1:]:
            raise broken(location, self._fresh.head() + 1)

    def _take(self, transaction: Transaction) -> None:
        if self._batch and transaction.time < self._batch[-1].time:
            raise broken(self._log.location, transaction.sequence)
        self._batch.append(transaction)
        if self._against and transaction.sum.startswith(self._against):
            self.noted = transaction.sequence
        if transaction.sequence == self._replica.head():
            self._compare_replica()
        elif len(self._batch) >= BATCH:
            self._replay()

    def _replay(self) -> None:
        self._fresh.apply(self._batch)
        self._batch.clear()
        if self._progress is not None:
            self._progress(self._fresh.head(), self._replica.head())

    def _compare_replica(self) -> None:
        self._replay()
        fresh = self._fresh.copy(None, {}) if self._log.read_only else self._fresh
        fresh.schema = self._fresh.schema
        if self._log.read_only:
            bring_up(fresh)
        compare_replica(self._log.location, fresh, self._replica)
        count = sum(len(fresh.shelf(name)) for name in fresh.registers())
        self.at_replica = self._fresh.head(), self._fresh.head_sum(), count

    def documents(self, connection: Connection) -> None:
        """The tables beside the journal against the replay."""
        there: dict[str, dict[str, bytes]] = {}
        with connection.cursor(name="documents") as cursor:
            cursor.itersize = PAGE
            cursor.execute(self._log.place.sql(DOCUMENTS))
            for register, number, raw in cursor:
                there.setdefault(register, {})[number] = with_nul(raw.encode())
        for name in {*there, *self._fresh.registers()}:
            expected = {number: bytes(raw) for number, raw in self._fresh.shelf(name).raws()}
            if there.get(name, {}) != expected:
                raise Damaged(DOCUMENT, RESTORE, file=self._log.location, offset=self._fresh.head(), register=name)


BESIDE = N_("{file} is damaged: beside transaction {offset} stands something else than in it.")
DOCUMENT = N_("{register} in the table of documents of {file} differ from what the journal gives.")
