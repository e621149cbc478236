"""Who has the store open: a row a session, which counts while an advisory lock of that session is held."""

from __future__ import annotations

import os
import threading

from psycopg import Connection

from pmo_tui.store.log import Session
from pmo_tui.store.postgres.layout import HOLDERS
from pmo_tui.store.postgres.url import Place

OTHERS = f"""
SELECT author, login, host, pid, since FROM {{s}}.session WHERE id <> %s AND EXISTS ({HOLDERS}) ORDER BY since, id
"""


class Presence:
    """Tells the server that this session is on, through one connection at a time. Nobody sees who only reads."""

    def __init__(self, place: Place, author: str, login: str) -> None:
        self._place = place
        self._author = author
        self._login = login
        self._lock = threading.Lock()
        self._through: Connection | None = None
        self._number = -1
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

    def look(self, connection: Connection) -> None:
        """See which other sessions live, the longest on first."""
        rows = connection.execute(self._place.sql(OTHERS), (self._number,)).fetchall()
        self.others = [Session(*row) for row in rows]
