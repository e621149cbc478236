"""Connections to the server of one store: made when they are needed, kept for the next time, made anew when lost."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TypeVar

import psycopg
from psycopg import Connection
from psycopg.pq import TransactionStatus

from pmo_tui.store.postgres.errors import Reconnecting, Unreachable, is_lost, reason, trouble
from pmo_tui.store.postgres.url import Place

T = TypeVar("T")


class Server:
    """Connections that one thread at a time has each; mostly one is enough. `greet` is run on each new one."""

    def __init__(self, place: Place, greet: Callable[[Connection], None]) -> None:
        self.place = place
        self.location = place.location
        self._greet = greet
        self._lock = threading.Lock()
        self._idle: list[Connection] = []
        self._met = False
        self._closed = False

    def connect(self) -> Connection:
        """A new connection, outside all transactions. Unreachable the first time, later Reconnecting."""
        try:
            connection = psycopg.connect(autocommit=True, **self.place.settings)  # type: ignore[arg-type]  # all are texts
        except psycopg.Error as error:
            raise (Reconnecting if self._met else Unreachable)(self.location, reason(error)) from error
        self._met = True
        return connection

    def take(self, *, fresh: bool = False) -> Connection:
        """A connection to be given back; a `fresh` one has not been used yet."""
        with self._lock:
            if fresh:
                self._drop()
            if self._idle:
                return self._idle.pop()
        connection = self.connect()
        try:
            self._greet(connection)
        except psycopg.Error as error:
            connection.close()
            raise self.translated(connection, error) from error
        return connection

    def give_back(self, connection: Connection) -> None:
        """Keep a connection for the next time, unless it is of no use any more."""
        with suppress(psycopg.Error):
            if not connection.closed and connection.info.transaction_status is not TransactionStatus.IDLE:
                connection.execute("ROLLBACK")
        with self._lock:
            usable = not connection.closed and connection.info.transaction_status is TransactionStatus.IDLE
            if usable and not self._closed:
                self._idle.append(connection)
                return
        connection.close()

    @contextmanager
    def connection(self, *, fresh: bool = False) -> Iterator[Connection]:
        """A connection for a while."""
        connection = self.take(fresh=fresh)
        try:
            yield connection
        finally:
            self.give_back(connection)

    def ask(self, question: Callable[[Connection], T]) -> T:
        """The answer to what changes nothing: asked again, on a new connection, where the first one was lost."""
        for again in (True, False):
            with self.connection(fresh=not again) as connection:
                try:
                    return question(connection)
                except psycopg.Error as error:
                    if not (again and is_lost(connection, error)):
                        raise self.translated(connection, error) from error
        raise AssertionError("the second time returns or raises")

    def guarded(self, connection: Connection, question: Callable[[Connection], T]) -> T:
        """The answer on this very connection, with errors in the store's words."""
        try:
            return question(connection)
        except psycopg.Error as error:
            raise self.translated(connection, error) from error

    def translated(self, connection: Connection, error: psycopg.Error) -> Exception:
        """An error of the driver in the store's words."""
        if is_lost(connection, error):
            return Reconnecting(self.location, reason(error))
        return trouble(error, self.location)

    def _drop(self) -> None:
        while self._idle:
            self._idle.pop().close()

    def close(self) -> None:
        """Let go of all connections; those in use are closed when they are given back."""
        with self._lock:
            self._closed = True
            self._drop()
