"""The store: a replica in memory in front of a log, whatever keeps it."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from pmo_tui.records.errors import NotFound, PmoError, Said, WrongUse
from pmo_tui.records.marks import N_
from pmo_tui.store.draft import Draft
from pmo_tui.store.errors import ReadOnly
from pmo_tui.store.following import Follower
from pmo_tui.store.forgetting import Forgetting, Forgotten
from pmo_tui.store.lines import Line, OpLine
from pmo_tui.store.listening import Listeners
from pmo_tui.store.log import Log, Session, Verified
from pmo_tui.store.migrations import is_older, migrated, schema
from pmo_tui.store.past import Progress, as_of, counted
from pmo_tui.store.references import dangling, refuse
from pmo_tui.store.replica import Replica
from pmo_tui.store.shelf import Shelf
from pmo_tui.store.transactions import FORGET, MIGRATION, Op, Transaction, operations
from pmo_tui.store.undoing import NOTHING_LEFT, Undone, inverse_kind, last_own, last_undo, take_back
from pmo_tui.store.values import Json

Check = Callable[[Draft, list[str]], None]
"""Rules beyond references: reads a draft and the keys of what it changes, and raises (Refused) to stop it."""


def no_further_check(draft: Draft, keys: list[str]) -> None:
    """A store of its own knows no rules beyond references."""


class Store:
    """Where records are kept. Reading asks the replica in memory; writing goes through `transact`.

    May be used from several threads: one commits at a time, and readers see whole transactions. What must fit
    together is read under `steady()`. `check` is asked inside the lock about every transaction, undo and redo included,
    before anything is written: it reads the draft and gets the keys of what changes, and stops all of it by raising.
    """

    def __init__(self, log: Log, *, author: str, login: str, check: Check) -> None:
        self.location = log.location
        self.author = author
        self.login = login
        self.read_only = log.read_only
        self.check = check
        self._log = log
        self._listeners = Listeners(log.watch, self.refresh, lambda: (log.others(), str(self.trouble)))
        self._follower = Follower(log, self._listeners.announce)
        self._replica = self._follower.replica
        if not self.read_only:
            with self._writing():
                pass  # what a dead session or an older version left is put right now, not at the first change

    @property
    def notices(self) -> list[Said]:
        """What the store had to put right, for a person to read: such as the cut-off end that a dead session left."""
        return list(self._log.notices)

    def head(self) -> int:
        """The sequence of the last transaction in the replica."""
        return self._replica.head()

    def head_sum(self) -> str:
        """The sum of that transaction: noted elsewhere, it proves the history up to it."""
        return self._replica.head_sum()

    def shelf(self, register: str) -> Shelf:
        """The documents of a register, live; empty where nothing was put yet."""
        return self._replica.shelf(register)

    def registers(self) -> list[str]:
        """The names of the registers that hold something or once did."""
        return self._replica.registers()

    def get(self, key: str) -> Json | None:
        """The document with this key, decoded, or None."""
        return self._replica.get(key)

    def version(self, register: str) -> int:
        """The sequence of the last transaction that touched a register, 0 where none did."""
        return self._replica.version(register)

    @contextmanager
    def steady(self) -> Iterator[None]:
        """While this is held no transaction is taken in, so that several readings fit together. Keep it short."""
        with self._replica.lock:
            yield

    def transact(self, work: Callable[[Draft], None], *, note: str = "", kind: str = "") -> int:
        """Run `work` under the lock and make its changes durable, all or none: the sequence, or `head()` without
        changes.

        `work` reads through its draft, which sees others' commits up to now and its own changes. Whatever it raises
        is raised here, and nothing is kept. Refused for a reference to a missing record, StillReferred for deleting
        one in use.
        """
        with self._writing():
            draft = self._draft()
            work(draft)
            written = draft.written()
            refuse(dangling(draft, written))
            sequence = self._commit(draft, operations(written), note, kind, None)
        self._log.committed(self._replica)
        return sequence

    def refresh(self) -> list[Transaction]:
        """Take in what others committed, and return it."""
        return self._follower.refresh()

    def since(self, sequence: int) -> Iterator[Transaction]:
        """The transactions after `sequence` up to the replica's head, in order."""
        return self._log.since(sequence, self.head())

    def history(self, key: str | None = None) -> Iterator[Transaction]:
        """All transactions, or those that touched one document, oldest first."""
        return self.since(0) if key is None else self._log.history(key, self.head())

    def last_own(self, but: Collection[int] = ()) -> int | None:
        """One's own last change that is not undone, and none of `but`."""
        return last_own(self.author, self._log.latest_first(self.head()), but)

    def undo(self, sequence: int | None = None) -> Undone:
        """Take back a transaction, or one's own last change not yet undone, by its inverse as a new transaction.

        Edited when a document was changed since. Of an import of several documents those edited or used since stay,
        and are named. NotFound where there is nothing to undo.
        """
        with self._writing():
            number = self.last_own() if sequence is None else sequence
            if number is None:
                raise NotFound(NOTHING_LEFT)
            undone = self._take_back(number)
        self._log.committed(self._replica)
        return undone

    def redo(self) -> Undone:
        """Take back one's own last undo, where no change of one's own came after it; NotFound where there is none."""
        with self._writing():
            number = last_undo(self.author, self._log.latest_first(self.head()))
            if number is None:
                raise NotFound(N_("There is nothing of yours to redo."))
            undone = self._take_back(number)
        self._log.committed(self._replica)
        return undone

    def _take_back(self, sequence: int) -> Undone:
        transaction = self._transaction(sequence)
        draft = self._draft()
        skipped = take_back(draft, transaction, self.since(sequence))
        ops = operations(draft.written())
        made = self._commit(draft, ops, transaction.note, inverse_kind(transaction), sequence)
        return Undone(made, sequence, skipped)

    def _transaction(self, sequence: int) -> Transaction:
        found = next(self.since(sequence - 1), None) if sequence > 0 else None
        if found is None:
            raise NotFound(
                N_("There is no transaction {sequence}; the last one is {head}."), sequence=sequence, head=self.head()
            )
        return found

    def moment(self, when: datetime) -> int:
        """The sequence of the last transaction at or before a time (without a zone it is local), 0 where there is none."""
        return self._log.moment(when.astimezone(UTC), self.head())

    def at(self, when: int | datetime, progress: Progress | None = None) -> Replica:
        """The registers as they stood after a transaction, or at a time (without a zone it is local), for reading
        only. `progress` is told now and then how many transactions were taken back, and how many there are.
        """
        with self._follower.alone:
            head = self.head()
            sequence = when if isinstance(when, int) else self._log.moment(when.astimezone(UTC), head)
            if not 0 <= sequence <= head:
                raise WrongUse(
                    N_("There is no transaction {sequence}; the last one is {head}."), sequence=sequence, head=head
                )
            later = self._log.since(max(sequence - 1, 0), head)
            return as_of(self._replica, next(later) if sequence else None, counted(later, head - sequence, progress))

    def listen(
        self, callback: Callable[[list[Transaction]], None], others: Callable[[], None] | None = None
    ) -> Callable[[], None]:
        """Call back with what others committed, each transaction once, whoever took it in; `others` is called when somebody came,
        left or went to another record. Returns what stops it.

        The callbacks run in the listener's thread, after the replica has taken the transactions in.
        """
        return self._listeners.add(callback, others)

    def verify(self, against: str = "", progress: Progress | None = None) -> Verified:
        """Check the whole history and what the replica made of it; Damaged with file and offset.

        `against` is a sum that was noted elsewhere, or at least the first twelve characters of it: `noted` of the
        answer is its sequence, and StoreTrouble is raised where the history does not have it. `progress` is told now
        and then how many transactions were checked, and how many there are.
        """
        self.refresh()
        with self._follower.alone:
            return self._log.verify(self._replica, against, progress)

    def forget(
        self,
        key: str,
        fields: Iterable[str],
        note: str = "",
        repeating: Iterable[str] = (),
        besides: Iterable[str] = (),
    ) -> Forgotten:
        """Take the values of `fields` of one record out of the store: now, and wherever they stand in its history.

        The one operation that rewrites history. What happened stays told, without the values; the sums change, and
        the new history begins by saying what was removed, by whom, and after which sum. Backups are not touched.
        In the registers `repeating`, whose records repeat others, the key takes the place of the values, and of the
        texts `besides`.
        NotFound where there is nothing to remove, Refused for a field that the record cannot do without.
        """
        if self.read_only:
            raise ReadOnly(self.location)
        with self._log.checkpointing(), self._writing():
            history = self._log.history(key, self.head())
            plan = Forgetting(key, fields, history, note, repeating=repeating, besides=besides)
            document = self._replica.get(key)
            bare: Json | None = None if document is None else {}
            op = OpLine(key=key, new=bare, old=bare, was=document["revision"] if document else 0)
            mentioned = self._log.forget(plan, self._line([op], note, FORGET, None), self._replica)
            self._follower.reload()
        return Forgotten(
            self.head(), len(plan.values), tuple(sorted(plan.replaced)), tuple(sorted(mentioned - plan.replaced))
        )

    def backup(self, path: str | Path) -> None:
        """Write a store at `path`, which must be free, with everything up to now."""
        self.refresh()
        with self._follower.alone:
            self._log.backup(Path(path), self._replica)

    def checkpoint(self) -> None:
        """Write a snapshot of everything up to now, so that the next start need not replay the journal.

        It happens by itself when the journal has grown long; this is for after much was written at once.
        """
        if self.read_only:
            raise ReadOnly(self.location)
        with self._log.checkpointing():
            self.refresh()
            with self._follower.alone:
                self._log.checkpoint(self._replica)
            with self._writing():
                self._log.start_segment()

    def others(self) -> list[Session]:
        """Who else has the store open, and at which record."""
        return self._log.others()

    @property
    def trouble(self) -> PmoError | None:
        """Why nothing is written any more, or what others do cannot be seen at present: a disk that failed, a server that is gone, files
        that were replaced. None where all is well, as far as was noticed."""
        return self._follower.alone.stopped or self._log.trouble or self._listeners.trouble

    def be_at(self, key: str, *, edits: bool = False) -> None:
        """Let the others know which record this session looks at or edits, "" for none. May wait for a server; nobody is told of a
        session that only reads."""
        self._log.be_at(key, edits)

    def close(self) -> None:
        """Stop listening and let go of all files."""
        self._listeners.close()
        with self._follower.alone:
            self._log.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *raised: object) -> None:
        self.close()

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """The lock for writing, with everything read that others committed, in the form of this version."""
        with self._follower.writing():
            if is_older(self._replica):
                self._migrate()
            yield

    def _migrate(self) -> None:
        """Bring the documents of an older version of the program up, in a transaction of its own."""
        draft = self._draft()
        before = self._replica.schema
        for key, document in migrated(self._replica):
            draft.replace(key, document)
        written = draft.written()
        refuse(dangling(draft, written))
        self._append(operations(written), f"schema {before} → {schema()}", MIGRATION, None)

    def _draft(self) -> Draft:
        return Draft(self._replica, self._last_writer)

    def _last_writer(self, key: str) -> Transaction | None:
        document = self._replica.get(key)
        if document is not None:
            return self._transaction(document["revision"])
        return max(self.history(key), key=lambda transaction: transaction.sequence, default=None)

    def _commit(self, draft: Draft, ops: tuple[Op, ...], note: str, kind: str, undoes: int | None) -> int:
        if not ops:
            return self.head()
        self.check(draft, [op.key for op in ops])
        return self._append(ops, note, kind, undoes)

    def _append(self, ops: tuple[Op, ...], note: str, kind: str, undoes: int | None) -> int:
        lines = [OpLine(key=op.key, new=op.new, old=op.old, was=op.was) for op in ops]
        return self._follower.append(self._line(lines, note, kind, undoes))

    def _line(self, ops: list[OpLine], note: str, kind: str, undoes: int | None) -> Line:
        return Line(
            seq=self.head() + 1,
            ts=max(datetime.now(UTC), self._replica.time),
            author=self.author,
            login=self.login,
            tx=os.urandom(8).hex(),
            ops=ops,
            note=note,
            kind=kind,
            undoes=undoes,
            schema=schema(),
        )
