"""Looking at what stands in a database, and making a store there."""

from __future__ import annotations

from dataclasses import dataclass

import psycopg
from psycopg import Connection

from pmo_tui.records.errors import NotFound, StoreTrouble
from pmo_tui.records.marks import N_
from pmo_tui.store.errors import NotAStore
from pmo_tui.store.lines import too_new
from pmo_tui.store.migrations import schema
from pmo_tui.store.postgres import layout
from pmo_tui.store.postgres.connections import Server
from pmo_tui.store.postgres.url import Place

LOOK = """
SELECT to_regclass('{s}.head') IS NOT NULL, current_setting('transaction_read_only') = 'on' OR pg_is_in_recovery(),
    current_setting('server_encoding'), session_user
"""
STATE = """
SELECT head.store::text, head.layout, head.schema, has_function_privilege('{s}.append(text, text, jsonb)', 'EXECUTE')
FROM {s}.head
"""
ALONE = 0x706D6F_00000001
"""The advisory lock of whoever makes a store; one in each database."""


@dataclass(frozen=True, slots=True)
class Found:
    """What stands in a database: the identity of the store, whether it may be written through this role, the role."""

    store: str
    writable: bool
    standby: bool
    role: str


def look(server: Server, *, create: bool) -> Found:
    """The store in a database, made there where `create` is set and there is none: NotFound otherwise."""
    found = server.ask(lambda connection: _look(connection, server.place))
    if found is None and create:
        server.ask(lambda connection: make(connection, server.place))
        found = server.ask(lambda connection: _look(connection, server.place))
    if found is None:
        raise _missing(server.place)
    return found


def _missing(place: Place) -> NotFound:
    return NotFound(
        N_("There is no store at {location}."),
        N_("Name one with --store, or start without --read-only."),
        location=place.location,
    )


def _look(connection: Connection, place: Place) -> Found | None:
    row = connection.execute(place.sql(LOOK)).fetchone()
    assert row is not None
    there, standby, encoding, role = row
    if encoding != "UTF8":
        raise NotAStore(
            N_("The database of {location} is in {encoding}; a store needs one in UTF8."),
            N_("Make one: createdb --encoding=UTF8 --template=template0 NAME."),
            location=place.location,
            encoding=encoding,
        )
    state = connection.execute(place.sql(STATE)).fetchone() if there else None
    if state is None and standby:
        raise _missing(place)
    if state is None:
        return None
    store, made_by, documents, writable = state
    if made_by > layout.LAYOUT:
        raise too_new(place.location, made_by)
    if documents > schema():
        raise too_new(place.location, documents)
    return Found(store, bool(writable and not standby), bool(standby), role)


def make(connection: Connection, place: Place) -> None:
    """Make the tables of an empty store; of two sessions that both find nothing one makes it, the other waits."""
    with connection.transaction():
        connection.execute("SELECT pg_advisory_xact_lock(%s)", (ALONE,))
        row = connection.execute(place.sql("SELECT to_regclass('{s}.head'), to_regnamespace('{s}')")).fetchone()
        assert row is not None
        table, namespace = row
        if table is not None:
            return
        try:
            if namespace is None:
                connection.execute(place.sql("CREATE SCHEMA {s}"))
            connection.execute(layout.script(place.schema, place.channel).encode())
        except psycopg.errors.InsufficientPrivilege as error:
            raise StoreTrouble(
                N_("There is no store at {location}, and {role} may not make one."),
                N_("The owner of the database makes it, by opening this URL once."),
                location=place.location,
                role=connection.info.user,
            ) from error
