"""The replica at the start, and what came after it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from msgspec import Raw
from psycopg import Connection

from pmo_tui.records.errors import Said
from pmo_tui.records.marks import N_
from pmo_tui.store.errors import Damaged
from pmo_tui.store.postgres.cache import Cache
from pmo_tui.store.postgres.connections import Server
from pmo_tui.store.postgres.errors import RESTORE, broken
from pmo_tui.store.postgres.rows import Reader
from pmo_tui.store.replica import Replica
from pmo_tui.store.transactions import Transaction

NEWS = """
SELECT h.chain, h.seq, c.seq, CASE WHEN c.seq > %s THEN c.line::text END, c.sum
FROM {s}.head h LEFT JOIN {s}.change c ON c.seq >= %s ORDER BY c.seq
"""
CHECK = """
SELECT h.chain, h.seq, (SELECT c.sum FROM {s}.change c WHERE c.seq = %s AND c.seq > 0) FROM {s}.head h
"""
STEADY = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
LOCK = "LOCK TABLE {s}.head, {s}.change, {s}.doc, {s}.register IN ACCESS SHARE MODE"
"""Taken before the moment that is read: who rewrites the history replaces whole tables."""
HEAD = "SELECT chain, seq, sum, ts, schema FROM {s}.head"
DOCUMENTS = "COPY (SELECT register, number, raw::text FROM {s}.doc ORDER BY register, number) TO STDOUT"
REGISTERS = "SELECT prefix, name, high, version FROM {s}.register"

NUL, MARK = b"\\u0000", "\ufdd0".encode()
FOR_NUL, FOR_MARK = "\ufdd0\ufdd2".encode(), "\ufdd0\ufdd1".encode()


@dataclass(frozen=True, slots=True)
class Loaded:
    """A replica to begin with, the chain it is of, how many documents were fetched for it, and what to tell."""

    chain: int
    replica: Replica
    fetched: int = 0
    notices: list[Said] = field(default_factory=list)


def load(server: Server, cache: Cache) -> Loaded:
    """The copy on this machine, where the journal still has its end; otherwise the documents as they stand."""
    kept = cache.read()
    if kept is None:
        return fetch(server)
    chain, replica = kept
    here = replica.head()
    query = server.place.sql(CHECK)
    row = server.ask(lambda connection: connection.execute(query, (here,)).fetchone())
    assert row is not None
    if row[0] == chain and (row[2] or "") == replica.head_sum():
        return Loaded(chain, replica)
    if row[0] != chain:
        cache.remove()
        return fetch(server)
    aside = cache.put_aside(here)
    values = {"location": server.location, "read": here, "sequence": row[1], "file": str(aside)}
    return fetch(server, [Said(OTHER_HISTORY, values)])


def fetch(server: Server, notices: list[Said] | None = None) -> Loaded:
    """The documents as they stand, from one moment."""
    return server.ask(lambda connection: _fetch(connection, server, notices or []))


def _fetch(connection: Connection, server: Server, notices: list[Said]) -> Loaded:
    place = server.place
    connection.execute(STEADY)
    connection.execute(place.sql(LOCK))
    head = connection.execute(place.sql(HEAD)).fetchone()
    assert head is not None
    chain, sequence, sum, time, schema = head
    tables: dict[str, dict[str, Raw]] = {}
    marks, versions = {}, {}
    for prefix, name, high, version in connection.execute(place.sql(REGISTERS)):
        marks[prefix] = int(high)
        versions[name] = version
        tables[name] = {}
    count = 0
    with connection.cursor().copy(place.sql(DOCUMENTS)) as copy:
        for register, number, raw in copy.rows():
            tables.setdefault(register, {})[number] = Raw(with_nul(raw.encode()))
            count += 1
    connection.execute("COMMIT")
    replica = Replica(tables, sequence=sequence, sum=sum, time=time, schema=schema, marks=marks, versions=versions)
    return Loaded(chain, replica, count, notices)


def with_nul(raw: bytes) -> bytes:
    """A document of the table as it was written: see `layout.NUL`."""
    if MARK not in raw:
        return raw
    return raw.replace(FOR_NUL, NUL).replace(FOR_MARK, MARK)


def news(location: str, chain: int, head: int, sum: str, rows: list[tuple[Any, ...]]) -> list[Transaction] | None:
    """The transactions in the answer to NEWS, None where the history was rewritten; Damaged where it is another one."""
    if rows[0][0] != chain:
        return None
    there = [(sequence, line, total) for _, _, sequence, line, total in rows if sequence is not None]
    first = there[0] if there and there[0][0] == head else None
    if (head > 0 and first is None) or (first is not None and head > 0 and first[2] != sum):
        raise Damaged(SHORTER, RESTORE, file=location, offset=rows[0][1], read=head)
    reader = Reader(location, head, first[2] if first is not None else "")
    found = [reader.transaction(row) for row in there if row[0] > head]
    if reader.sequence != rows[0][1]:
        raise broken(location, reader.sequence + 1)
    return found


SHORTER = N_(
    "{file} holds another history than this session has read up to transaction {read}: it now ends at {offset}. "
    "A backup was put back, or another server took over without all changes."
)
OTHER_HISTORY = N_(
    "{location} holds another history than this machine had read up to transaction {read}: it now ends at {sequence}. "
    "A backup was put back, or another server took over without all changes. What was read is kept in {file}."
)
