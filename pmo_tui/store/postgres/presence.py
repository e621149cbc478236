"""Who has the store open, and at which record: a row a session, which counts while an advisory lock of that session is held."""

from __future__ import annotations

import os
import select
import threading
from contextlib import suppress

import psycopg
from psycopg import Connection

from pmo_tui.store.log import Session
from pmo_tui.store.postgres.layout import HERE, HOLDERS, PRESENT
from pmo_tui.store.postgres.url import Place

OTHERS = f"""
SELECT author, login, host, pid, since, coalesce(to_jsonb(session)->>'place', ''),
    coalesce((to_jsonb(session)->>'edits')::boolean, false), (to_jsonb(session)->>'place_since')::timestamptz
FROM {{s}}.session WHERE id <> %s AND EXISTS ({HOLDERS}) ORDER BY since, id
"""
"""Through JSON, so that a store whose rows do not say it yet is read too."""
LEAVING = 1.0
"""Seconds to wait for the server when a session ends."""


class Presence:
    """Tells the server that this session is on, through one connection at a time. Nobody sees who only reads."""

    def __init__(self, place: Place, author: str, login: str) -> None:
        self._place = place
        self._author = author
        self._login = login
        self._lock = threading.Lock()
        self._through: Connection | None = None
        self._number = -1
        self._at = ("", False)
        self.enters = False
        self.others: list[Session] = []

    def greet(self, connection: Connection) -> None:
        """Enter through a new connection, unless another one of this session lives."""
        if not (self.enters and self._author):
            return
        with self._lock:
            if self._through is not None and not self._through.closed:
                return
            values = (self._author, self._login, os.uname().nodename, os.getpid())
            row = connection.execute(self._place.sql("SELECT {s}.enter(%s, %s, %s, %s)"), values).fetchone()
            assert row is not None
            self._number, self._through = row[0], connection
            if self._at[0]:
                self._say_where(connection)

    def be_at(self, connection: Connection, key: str, edits: bool) -> None:
        """Say at which record this session is, through any connection of the same role."""
        with self._lock:
            self._at = (key, edits)
            if self._through is not None:
                self._say_where(connection)

    def _say_where(self, connection: Connection) -> None:
        with suppress(psycopg.errors.UndefinedFunction):  # a store that was made before records were told
            connection.execute(self._place.sql("SELECT {s}.be_at(%s, %s, %s)"), (self._number, *self._at))

    def leave(self) -> None:
        """Be gone before the server notices that the connection is; one that does not answer is not waited for."""
        with self._lock:
            connection, self._through = self._through, None
            if connection is None or connection.closed:
                return
            with suppress(psycopg.Error):
                channel = self._place.channel.encode()
                connection.pgconn.send_query(
                    b"SELECT pg_advisory_unlock(%d, %d), pg_notify('%s', '%s')"
                    % (PRESENT, self._number, channel, HERE.encode())
                )
                connection.pgconn.flush()
                poll = select.poll()
                poll.register(connection.fileno(), select.POLLIN)
                poll.poll(LEAVING * 1000)
            connection.close()

    def look(self, connection: Connection) -> None:
        """See which other sessions live, the longest on first."""
        rows = connection.execute(self._place.sql(OTHERS), (self._number,)).fetchall()
        self.others = [Session(*row) for row in rows]
