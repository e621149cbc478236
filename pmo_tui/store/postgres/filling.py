"""Putting a whole history into tables at once: a copy from elsewhere, or what is left of one after forgetting."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import psycopg
from psycopg import Connection

from pmo_tui.records.errors import StoreTrouble
from pmo_tui.records.marks import N_
from pmo_tui.store.lines import BODY, SUM, Line, line_of, transaction_of
from pmo_tui.store.postgres.loading import FOR_MARK, FOR_NUL, MARK, NUL
from pmo_tui.store.postgres.log import PostgresLog
from pmo_tui.store.postgres.url import Place
from pmo_tui.store.replica import Replica
from pmo_tui.store.transactions import Transaction, register_name
from pmo_tui.store.values import decode, encode

LINES = "COPY {table} (seq, ts, author, login, tx, keys, line, sum) FROM STDIN"
DOCUMENTS = "COPY {s}.doc (key, register, number, revision, raw) FROM STDIN"
REGISTER = "INSERT INTO {s}.register (prefix, name, high, version) VALUES (%s, %s, %s, %s)"
HEAD = "UPDATE {s}.head SET chain = chain + %s, seq = %s, sum = %s, ts = %s, schema = %s"
BATCH = 1_000
"""Transactions that are replayed at once."""

Progress = Callable[[int], None]
"""Told the sequence that was reached."""


def fill(log: PostgresLog, lines: Iterable[bytes], progress: Progress) -> Replica:
    """Put the lines of another store into this one, which must be empty; the replica they give. All of them, or none."""
    with log.writing():
        turn = log.writer.turn
        assert turn is not None
        connection = turn.connection
        row = connection.execute(log.place.sql("SELECT count(*) FROM (SELECT FROM {s}.change LIMIT 1) x")).fetchone()
        if row != (0,):
            raise StoreTrouble(
                N_("{path} is there already; nothing was written."),
                N_("Name a place without a store, such as another schema: ?schema=NAME."),
                path=log.location,
            )
        try:
            replica = _fill_lines(connection, log.place, lines, progress)
            fill_documents(connection, log.place, replica)
            set_head(connection, log.place, replica, chains=0)
        except psycopg.Error as error:
            raise log.server.translated(connection, error) from error
        log.writer.commit()
    return replica


def _fill_lines(connection: Connection, place: Place, lines: Iterable[bytes], progress: Progress) -> Replica:
    replica = Replica()
    batch: list[Transaction] = []
    statement = place.sql(LINES.replace("{table}", "{s}.change"))
    with connection.cursor().copy(statement) as copy:
        for text in lines:
            line, sum = line_of(text), text[SUM].decode("ascii")
            copy.write_row(row_of(line, "{" + text[BODY:].decode(), sum))
            if line.seq:
                batch.append(transaction_of(line, sum))
            if len(batch) >= BATCH:
                replica.apply(batch)
                progress(replica.head())
                batch.clear()
        replica.apply(batch)
    return replica


def row_of(line: Line, text: str, sum: str) -> tuple[object, ...]:
    """A row of `change`."""
    return line.seq, line.ts, line.author, line.login, line.tx, [op.key for op in line.ops], text, sum


def fill_documents(connection: Connection, place: Place, replica: Replica) -> None:
    """The documents and registers of a replica, into empty tables."""
    versions = replica.versions()
    with connection.cursor().copy(place.sql(DOCUMENTS)) as copy:
        for register in replica.registers():
            for number, raw in replica.shelf(register).raws():
                document = decode(raw)
                row = document["key"], register, number, document["revision"], without_nul(bytes(raw)).decode()
                copy.write_row(row)
    rows = [
        (prefix, register_name(f"{prefix}-1"), high, versions[register_name(f"{prefix}-1")])
        for prefix, high in replica.marks.items()
    ]
    connection.cursor().executemany(place.sql(REGISTER), rows)


def set_head(connection: Connection, place: Place, replica: Replica, *, chains: int) -> None:
    """Let the journal end where the replica does, so many chains further, and tell everybody."""
    values = (chains, replica.head(), replica.head_sum(), replica.time, replica.schema)
    connection.execute(place.sql(HEAD), values)
    connection.execute("SELECT pg_notify(%s, %s)", (place.channel, str(replica.head())))


def without_nul(raw: bytes) -> bytes:
    """A document as the table keeps it: see `layout.NUL`."""
    if NUL not in raw and MARK not in raw:
        return raw
    return encode(_without_nul(decode(raw)))


def _without_nul(value: object) -> object:
    if isinstance(value, str):
        return value.replace(MARK.decode(), FOR_MARK.decode()).replace("\0", FOR_NUL.decode())
    if isinstance(value, list):
        return [_without_nul(item) for item in value]
    if isinstance(value, dict):
        return {_without_nul(name): _without_nul(item) for name, item in value.items()}
    return value
