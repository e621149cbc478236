"""Waking when somebody commits: NOTIFY on a connection of its own, and a look now and then behind it."""

from __future__ import annotations

import logging
import os
import select
import threading
import time
from collections.abc import Callable

import psycopg
from psycopg import Connection, sql

from pmo_tui.records.errors import PmoError
from pmo_tui.store.postgres.connections import Server
from pmo_tui.store.postgres.errors import Reconnecting, reason
from pmo_tui.store.postgres.layout import HERE

LOOK_EVERY = 10.0
"""Seconds between two looks behind the notifications."""
POLL_EVERY = 1.0
"""Seconds between two looks where the server notifies nobody: a standby."""
FIRST_NAP, LONGEST_NAP = 0.2, 5.0
"""Seconds between two attempts to connect again."""


def watch(
    server: Server,
    changed: Callable[[], None],
    look: Callable[[Connection], None],
    lost: Callable[[PmoError | None], None],
) -> Callable[[], None]:
    """Call, in a thread of its own, `changed` after each commit of anybody, let `look` see who is on, when somebody says so and now and
    then, and tell `lost` when the server is gone, and None when it is back; returns what ends the thread."""
    return _Watch(server, changed, look, lost).stop


class _Watch:
    def __init__(
        self,
        server: Server,
        changed: Callable[[], None],
        look: Callable[[Connection], None],
        lost: Callable[[PmoError | None], None],
    ) -> None:
        self._server = server
        self._changed = changed
        self._look = look
        self._lost = lost
        self._ending, self._end = os.pipe2(os.O_CLOEXEC)
        self._thread = threading.Thread(target=self._run, name="store watch", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End the thread; from within it, after the present call."""
        os.write(self._end, b"x")
        if threading.current_thread() is not self._thread:
            self._thread.join(2.0)  # a listener that hangs must not keep the program from ending

    def _run(self) -> None:
        nap = FIRST_NAP
        ended = False
        while not ended:
            try:
                with self._server.connect() as connection:
                    nap = FIRST_NAP
                    self._lost(None)
                    ended = self._follow(connection)
            except (PmoError, psycopg.Error) as error:
                self._lost(error if isinstance(error, PmoError) else Reconnecting(self._server.location, reason(error)))
                ended = not self._wait(None, nap)
                nap = min(nap * 2, LONGEST_NAP)
        os.close(self._ending)
        os.close(self._end)

    def _follow(self, connection: Connection) -> bool:
        """Tell of changes as long as the connection lives; True when it is time to end."""
        patience = LOOK_EVERY if self._listen(connection) else POLL_EVERY
        looked = -LOOK_EVERY
        while True:
            # all that came up to here, so that what comes later wakes
            said = {notify.payload for notify in connection.notifies(timeout=0)}
            if HERE in said or time.monotonic() - looked >= LOOK_EVERY:
                self._look(connection)
                looked = time.monotonic()
            if said != {HERE}:
                self._tell()
            if not self._wait(connection, patience):
                return True

    def _listen(self, connection: Connection) -> bool:
        try:
            connection.execute(sql.SQL("LISTEN {}").format(sql.Identifier(self._server.place.channel)))
        except (psycopg.errors.ReadOnlySqlTransaction, psycopg.errors.ObjectNotInPrerequisiteState):
            return False
        return True

    def _wait(self, connection: Connection | None, seconds: float) -> bool:
        """Wait so many seconds, or until the connection has something to read; False when it is time to end."""
        poll = select.poll()
        poll.register(self._ending, select.POLLIN)
        if connection is not None:
            poll.register(connection.fileno(), select.POLLIN)
        ready = [descriptor for descriptor, _ in poll.poll(seconds * 1000)]
        return self._ending not in ready

    def _tell(self) -> None:
        try:
            self._changed()
        except Exception:
            logging.getLogger(__name__).exception("taking in a change of %s", self._server.location)
