"""What is asked of the journal on a server, each answer from one moment of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from psycopg import Connection

from pmo_tui.store.log import Rewritten
from pmo_tui.store.postgres.connections import Server
from pmo_tui.store.postgres.errors import MISSING, broken
from pmo_tui.store.postgres.rows import PAGE, Reader, alone
from pmo_tui.store.transactions import Transaction

CHAIN = "(SELECT chain FROM {s}.head)"
BEFORE = (
    """SELECT c.seq, c.line::text, c.sum, coalesce(p.sum, ''), """
    + CHAIN
    + """
    FROM {s}.change c LEFT JOIN {s}.change p ON p.seq = c.seq - 1 WHERE """
)
SINCE = BEFORE + "c.seq > %s AND c.seq <= %s ORDER BY c.seq LIMIT %s"
OF_KEY = BEFORE + "c.keys @> ARRAY[%s::text] AND c.seq > %s AND c.seq <= %s ORDER BY c.seq LIMIT %s"
LATEST = BEFORE + "c.seq > 0 AND c.seq <= %s ORDER BY c.seq DESC LIMIT %s"
MOMENT = "SELECT seq FROM {s}.change WHERE ts <= %s AND seq BETWEEN 1 AND %s ORDER BY ts DESC, seq DESC LIMIT 1"
TEXTS = "SELECT seq, line::text, sum, " + CHAIN + " FROM {s}.change WHERE seq >= %s AND seq <= %s ORDER BY seq LIMIT %s"


class History:
    """The journal of one store. `chain` is the one that counts; where it is another by now, Rewritten."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self.chain = 1

    def _rows(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        def question(connection: Connection) -> list[tuple[Any, ...]]:
            return connection.execute(self._server.place.sql(query), values).fetchall()

        rows = self._server.ask(question)
        if rows and rows[0][-1] != self.chain:
            raise Rewritten(self._server.location)
        return rows

    def _found(self, row: tuple[Any, ...]) -> Transaction:
        sequence, line, sum, before, _ = row
        return alone((sequence, line, sum, before), self._server.location)

    def since(self, sequence: int, head: int) -> Iterator[Transaction]:
        """The transactions after `sequence` up to and including `head`."""
        while sequence < head:
            rows = self._rows(SINCE, sequence, head, PAGE)
            if not rows:
                raise broken(self._server.location, sequence + 1, MISSING)
            for row in rows:
                if row[0] != sequence + 1:
                    raise broken(self._server.location, sequence + 1, MISSING)
                yield self._found(row)
                sequence = row[0]

    def of(self, key: str, head: int) -> Iterator[Transaction]:
        """The transactions up to `head` that touched a key."""
        sequence = 0
        while rows := self._rows(OF_KEY, key, sequence, head, PAGE):
            for row in rows:
                yield self._found(row)
            sequence = rows[-1][0]

    def latest_first(self, head: int) -> Iterator[list[Transaction]]:
        """All transactions in pages, the newest page first."""
        while head > 0:
            rows = self._rows(LATEST, head, PAGE)
            if not rows or rows[0][0] != head:
                raise broken(self._server.location, head, MISSING)
            yield [self._found(row) for row in reversed(rows)]
            head = rows[-1][0] - 1

    def moment(self, when: datetime, head: int) -> int:
        """The sequence of the last transaction at or before a time, 0 where there is none."""
        found = self._server.ask(
            lambda connection: connection.execute(self._server.place.sql(MOMENT), (when, head)).fetchone()
        )
        return 0 if found is None else int(found[0])

    def texts(self, head: int) -> Iterator[bytes]:
        """All lines up to `head` as they stand in a journal, without newline, the one that begins a chain included."""
        reader = Reader(self._server.location, -1, "")
        while reader.sequence < head:
            rows = self._rows(TEXTS, reader.sequence + 1, head, PAGE)
            if not rows:
                if head == 0:
                    return
                raise broken(self._server.location, max(reader.sequence + 1, 1), MISSING)
            for sequence, line, sum, _ in rows:
                if reader.sequence < 0 < sequence:
                    reader.sequence = 0
                yield reader.text((sequence, line, sum))
