"""The embedded backend: lock, journal and snapshot of one folder."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from pmo_tui.records.errors import PmoError, Said
from pmo_tui.store.embedded import snapshot
from pmo_tui.store.embedded.files import Names
from pmo_tui.store.embedded.history import History
from pmo_tui.store.embedded.journal import End, Journal
from pmo_tui.store.embedded.lockfile import Acknowledged, LockFile, to_record
from pmo_tui.store.embedded.sessions import SessionFile, sessions
from pmo_tui.store.errors import Damaged, Replaced
from pmo_tui.store.forgetting import Forgetting
from pmo_tui.store.lines import Line, transaction_of, write_line
from pmo_tui.store.log import Rewritten, Session, Verified
from pmo_tui.store.past import Progress
from pmo_tui.store.replica import Replica
from pmo_tui.store.transactions import Transaction

CHECKPOINT_AFTER = 5_000
"""How many transactions behind the snapshot call for a new one."""
CHECKPOINT_BYTES = 8 << 20
"""How many bytes of journal behind the snapshot do, which one import may write."""


class EmbeddedLog:
    """A store in files. See `Log` for what each function promises."""

    def __init__(self, path: Path, *, author: str, login: str, read_only: bool) -> None:
        self.names = Names(path)
        self.location = str(path)
        self.read_only = read_only
        self.notices: list[Said] = []
        self.trouble: PmoError | None = None
        self.lock = LockFile(self.names.lock, read_only=read_only, holders=self._holders)
        self.journal = Journal(self.names, read_only=read_only)
        self._history = History(self.names)
        self._session = SessionFile(self.names, author, login) if author and not read_only else None
        self._locked = False
        self._exclusive = False
        self._settled = False
        self._cleared = False
        self._asked = self.journal.end

    def load(self) -> Replica:
        """The replica in the snapshot. What was committed since comes with `news`."""
        meta, replica = snapshot.read(self.names)
        self.journal.close()
        self._settled = False  # after a power failure the lock file may be behind: the first time all is read
        self.journal.end = End(meta.sequence, meta.sum, meta.segment, meta.offset)
        self._asked = self.journal.end
        return replica

    @contextmanager
    def writing(self) -> Iterator[None]:
        """The lock for writing."""
        self.lock.take()
        self._locked = self._exclusive = True
        try:
            yield
        finally:
            self._locked = self._exclusive = False
            self.lock.release()

    @contextmanager
    def reading(self) -> Iterator[None]:
        """No lock: nothing is read beyond what was acknowledged, and that no longer changes.

        But the first time, and where the lock file does not say how far that is, writers are kept out, so that what
        was written before a power failure is found too. A store that is only read does not wait for them.
        """
        if self._settled and self.lock.read() is not None:
            yield
            return
        with self.lock.shared() as held:
            self._locked = held
            try:
                yield
            finally:
                self._locked = False

    def news(self, head: int, sum: str) -> list[Transaction]:
        """What was committed since. Under the lock for writing, what a dead session left cut off is moved aside."""
        acknowledged = self.lock.read()
        if acknowledged is None or acknowledged.chain != self.names.chain:
            self._refuse_old_chain()
            acknowledged = None
        if self._exclusive and not self._cleared:
            self._finish()
        if self._settled and self.journal.is_at(acknowledged):
            return []
        with self._as_read(), self._in_one_chain():
            reading = self.journal.read(acknowledged, locked=self._locked)
        self.journal.end = reading.end
        self._settled = True
        if self._exclusive:
            if reading.tail:
                self.notices.append(self.journal.keep_tail(reading.tail))
            self.lock.write(self.journal.acknowledgement(), durably=acknowledged is None)
        return reading.transactions

    @contextmanager
    def _in_one_chain(self) -> Iterator[None]:
        """Rewritten instead of damage, where the files went because somebody was forgotten."""
        try:
            yield
        except (Damaged, FileNotFoundError):
            self._refuse_old_chain()
            raise

    @contextmanager
    def _as_read(self) -> Iterator[None]:
        """Replaced instead of damage, where this session has read the end of the journal before."""
        try:
            yield
        except Damaged as damaged:
            if self._settled:
                raise Replaced(damaged) from damaged
            raise

    def _refuse_old_chain(self) -> None:
        """Rewritten where the snapshot no longer belongs to the chain that this session has read."""
        meta = snapshot.head(self.names.base)
        if meta is not None and meta.chain != self.names.chain:
            raise Rewritten(self.location)

    def _finish(self) -> None:
        """Remove what a session left that died while it was forgetting."""
        if len(self.names.chains()) > 1:
            from pmo_tui.store.embedded.forgetting import finish

            finish(self.names)
        self._cleared = True

    def append(self, line: Line, sum: str, meanwhile: Callable[[Transaction], None]) -> None:
        """One line, flushed and acknowledged."""
        ready: list[tuple[Acknowledged, bytes]] = []

        def prepare(end: End) -> None:
            meanwhile(transaction_of(line, end.sum))
            acknowledged = self.journal.acknowledgement(end)
            ready.append((acknowledged, to_record(acknowledged)))

        self.journal.append(write_line(sum, line), line.seq, prepare)
        self.lock.write(*ready[0])

    @contextmanager
    def checkpointing(self) -> Iterator[None]:
        """The lock of whoever replaces the snapshot."""
        from pmo_tui.store.embedded.checkpointing import alone

        with alone(self.names, wait=True):
            yield

    def checkpoint(self, replica: Replica) -> None:
        """Replace the snapshot, unless another session has just done so."""
        from pmo_tui.store.embedded.checkpointing import write

        write(self, replica)

    def start_segment(self) -> None:
        """Let the next line begin a new segment."""
        end = self.journal.end
        if end.offset and not self.stand_at(self.names.chain, End(end.seq, end.sum, end.seq + 1, 0)):
            self.journal.end = end  # nobody could know of the new segment

    def since(self, sequence: int, head: int) -> Iterator[Transaction]:
        """From the segment that must hold the first of them."""
        with self._in_one_chain():
            yield from self._history.since(sequence, head)

    def history(self, key: str, head: int) -> Iterator[Transaction]:
        """The lines that name the key, found before they are decoded."""
        with self._in_one_chain():
            yield from self._history.of(key, head)

    def latest_first(self, head: int) -> Iterator[list[Transaction]]:
        """Segment by segment."""
        with self._in_one_chain():
            yield from self._history.latest_first(head)

    def moment(self, when: datetime, head: int) -> int:
        """The segment by its first line, then line by line."""
        with self._in_one_chain():
            return self._history.moment(when, head)

    def committed(self, replica: Replica) -> None:
        """Start a checkpoint in a process of its own when the journal has grown long behind the snapshot."""
        if not self._grown_since(self._asked):
            return
        meta = snapshot.head(self.names.base)
        if meta is not None and meta.sequence > self._asked.seq:
            self._asked = End(meta.sequence, meta.sum, meta.segment, meta.offset)
        if self._grown_since(self._asked):
            from pmo_tui.store.embedded.checkpointing import start_child

            self._asked = self.journal.end
            start_child(self.names.base)

    def _grown_since(self, place: End) -> bool:
        end = self.journal.end
        more = end.offset - (place.offset if place.segment == end.segment else 0)
        return end.seq - place.seq >= CHECKPOINT_AFTER or more >= CHECKPOINT_BYTES

    def watch(self, changed: Callable[[], None], others: Callable[[], None]) -> Callable[[], None]:
        """Wake on the acknowledgement in the lock file, and on the files of sessions."""
        from pmo_tui.store.embedded.watching import watch

        return watch(self.names, changed, others)

    def verify(self, replica: Replica, against: str, progress: Progress | None) -> Verified:
        """Read everything again."""
        from pmo_tui.store.embedded.verifying import verify

        return verify(self, replica, against, progress)

    def forget(self, plan: Forgetting, line: Line, replica: Replica) -> set[str]:
        """Begin a new chain."""
        from pmo_tui.store.embedded.forgetting import forget

        return forget(self, plan, line, replica)

    def stand_at(self, chain: int, end: End, *, durably: bool = False) -> bool:
        """Let the journal go on in a chain, at `end`; whether that could be told the others. Under `writing`."""
        self.journal.close()
        self.names.chain = chain
        self.journal.end = end
        return self.lock.write(self.journal.acknowledgement(), durably=durably)

    def backup(self, path: Path, replica: Replica) -> None:
        """Copy everything up to the replica's head."""
        from pmo_tui.store.embedded.backup import backup

        backup(self, path, replica)

    def others(self) -> list[Session]:
        """The living session files but one's own."""
        return sessions(self.names, self._session, clean=not self.read_only)

    def be_at(self, key: str, edits: bool) -> None:
        """In the file of this session."""
        if self._session is not None:
            self._session.be_at(key, edits)

    def _holders(self) -> str:
        return ", ".join(f"{session.author} ({session.pid})" for session in self.others())

    def close(self) -> None:
        """Let go of all files."""
        if self._session is not None:
            self._session.close()
            self._session = None
        self.journal.close()
        self.lock.close()
