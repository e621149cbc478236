"""The backend on a server: the journal in a table, the lock on its one-row head, the documents beside."""

from __future__ import annotations

import weakref
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext, suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from psycopg import Connection

from pmo_tui.records.errors import PmoError, Said
from pmo_tui.records.marks import N_
from pmo_tui.store.forgetting import Forgetting
from pmo_tui.store.lines import Line
from pmo_tui.store.log import Rewritten, Session, Verified
from pmo_tui.store.migrations import is_older
from pmo_tui.store.past import Progress
from pmo_tui.store.postgres import loading
from pmo_tui.store.postgres.cache import Cache
from pmo_tui.store.postgres.connections import Server
from pmo_tui.store.postgres.making import look
from pmo_tui.store.postgres.presence import Presence
from pmo_tui.store.postgres.reading import History
from pmo_tui.store.postgres.url import Place
from pmo_tui.store.postgres.writing import Writer
from pmo_tui.store.replica import Replica
from pmo_tui.store.transactions import Transaction

CACHE_AFTER = 2_000
"""How many documents fetched or changed since the copy on this machine call for a new one."""


class PostgresLog:
    """A store on a server. See `Log` for what each function promises."""

    def __init__(
        self, place: Place, *, author: str, login: str, read_only: bool, create: bool, cache: Path | None
    ) -> None:
        self.place = place
        self.location = place.location
        self.notices: list[Said] = []
        self.trouble: PmoError | None = None
        self._presence = Presence(place, author, login)
        self.server = Server(place, self._presence.greet)
        try:
            found = look(self.server, create=create and not read_only)
        except BaseException:
            self.server.close()
            raise
        self.read_only = read_only or not found.writable
        if self.read_only and not read_only:
            said: dict[str, object] = {"role": found.role, "location": self.location}
            self.notices.append(Said(STANDBY if found.standby else VIEWER, said))
        self._presence.enters = not self.read_only
        self.server.ask(self._presence.greet)
        self.cache = Cache(cache, found.store)
        self.writer = Writer(self.server, self.notices, self._holders)
        self.past = History(self.server)
        self._given: Callable[[], Replica | None] = lambda: None
        self._unkept = 0
        self._watched = False

    def load(self) -> Replica:
        """The replica in the copy on this machine, where the server agrees with it; otherwise fetched."""
        loaded = loading.load(self.server, self.cache)
        self.notices += loaded.notices
        self.past.chain = loaded.chain
        self._unkept = loaded.fetched
        self._given = weakref.ref(loaded.replica)
        return loaded.replica

    def writing(self) -> AbstractContextManager[None]:
        """The lock on the head."""
        return self.writer.writing()

    def reading(self) -> AbstractContextManager[None]:
        """Nothing is needed: what the server shows is committed, and without gaps."""
        return nullcontext()

    def news(self, head: int, sum: str) -> list[Transaction]:
        """What was committed since, from one moment of the journal."""
        turn = self.writer.turn
        locked = turn is not None and turn.head is not None
        if turn is not None and turn.head is not None:
            if (turn.head.chain, turn.head.sequence, turn.head.sum) == (self.past.chain, head, sum):
                self.writer.tell_what_became([], locked=True)
                return []
            rows = self.server.guarded(turn.connection, self._after(head))
        else:
            rows = self.server.ask(self._after(head))
        found = loading.news(self.location, self.past.chain, head, sum, rows)
        if found is None:
            self.cache.remove()
            raise Rewritten(self.location)
        self.writer.tell_what_became(found, locked=locked)
        self._count(found)
        return found

    def _after(self, head: int) -> Callable[[Connection], list[tuple[Any, ...]]]:
        query = self.place.sql(loading.NEWS)
        return lambda connection: connection.execute(query, (head, head)).fetchall()

    def _count(self, transactions: list[Transaction]) -> None:
        self._unkept += sum(len(transaction.ops) for transaction in transactions)

    def append(self, line: Line, sum: str, meanwhile: Callable[[Transaction], None]) -> None:
        """One line, committed on the server."""
        self._count([self.writer.append(line, sum, self.past.chain, meanwhile)])

    def checkpointing(self) -> AbstractContextManager[None]:
        """Nothing is needed: each session keeps a copy of its own."""
        return nullcontext()

    def checkpoint(self, replica: Replica) -> None:
        """Leave a copy on this machine; what the server keeps for a first start is always up to date."""
        self.cache.write(self.past.chain, replica)
        self._unkept = 0

    def start_segment(self) -> None:
        """A table has no segments."""

    def since(self, sequence: int, head: int) -> Iterator[Transaction]:
        """Page by page."""
        return self.past.since(sequence, head)

    def history(self, key: str, head: int) -> Iterator[Transaction]:
        """By the index over the keys of each line."""
        return self.past.of(key, head)

    def latest_first(self, head: int) -> Iterator[list[Transaction]]:
        """Page by page, the newest first."""
        return self.past.latest_first(head)

    def moment(self, when: datetime, head: int) -> int:
        """By the index over the times."""
        return self.past.moment(when, head)

    def head(self) -> int:
        """The sequence of the last transaction, for a copy without a replica; `lines` then gives the history."""
        chain, sequence = self.server.ask(self._end)
        self.past.chain = chain
        return sequence

    def _end(self, connection: Connection) -> tuple[int, int]:
        row = connection.execute(self.place.sql("SELECT chain, seq FROM {s}.head")).fetchone()
        assert row is not None
        return row[0], row[1]

    def lines(self, head: int) -> Iterator[bytes]:
        """All lines up to `head` as they stand in a journal, the one that begins a chain included."""
        return self.past.texts(head)

    def committed(self, replica: Replica) -> None:
        """Nothing is left to do."""

    def watch(self, changed: Callable[[], None], others: Callable[[], None]) -> Callable[[], None]:
        """Wake by NOTIFY, and look now and then all the same; also who else is on, so that nobody waits for that."""
        from pmo_tui.store.postgres.watching import watch

        def look(connection: Connection) -> None:
            self._presence.look(connection)
            others()

        def lost(error: PmoError | None) -> None:
            self.trouble = error
            others()

        self._watched = True
        stop = watch(self.server, changed, look, lost)

        def stopped() -> None:
            self._watched = False
            stop()

        return stopped

    def verify(self, replica: Replica, against: str, progress: Progress | None) -> Verified:
        """Read everything again."""
        from pmo_tui.store.postgres.verifying import verify

        return verify(self, replica, against, progress)

    def forget(self, plan: Forgetting, line: Line, replica: Replica) -> set[str]:
        """Begin a new chain."""
        from pmo_tui.store.postgres.forgetting import forget

        self.cache.remove()
        return forget(self, plan, line, replica)

    def backup(self, path: Path, replica: Replica) -> None:
        """Write a store in files, which opens as one."""
        from pmo_tui.store.copying import fill_files

        fill_files(path, self.past.texts(replica.head()), lambda done: None)

    def others(self) -> list[Session]:
        """The living sessions but one's own, as the watching thread saw them last; asked for where none watches."""
        if not self._watched:
            self.server.ask(self._presence.look)
        return self._presence.others

    def be_at(self, key: str, edits: bool) -> None:
        """In the row of this session; a server that is gone learns it when it is back."""
        with suppress(PmoError):
            self.server.ask(lambda connection: self._presence.be_at(connection, key, edits))

    def _holders(self) -> str:
        return ", ".join(f"{session.author} ({session.host} {session.pid})" for session in self.others())

    def close(self) -> None:
        """Leave a copy on this machine, where the last one is old, and let go of the server."""
        replica = self._given()
        if replica is not None and self._unkept >= CACHE_AFTER and not (self.read_only and is_older(replica)):
            self.cache.write(self.past.chain, replica)
        self._presence.leave()
        self.server.close()


VIEWER = N_("{role} may read {location} and not write: pmo grant {role} officer, given by an admin, changes that.")
STANDBY = N_("The server of {location} only reads now, so this session only reads too.")
