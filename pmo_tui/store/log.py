"""What a backend does: it keeps one sequence of transactions, durably, under one lock. All above it is the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import Protocol

from msgspec import Struct

from pmo_tui.records.errors import PmoError, Said, StoreTrouble
from pmo_tui.records.marks import N_
from pmo_tui.store.forgetting import Forgetting
from pmo_tui.store.lines import Line
from pmo_tui.store.past import Progress
from pmo_tui.store.replica import Replica
from pmo_tui.store.transactions import Transaction


class Session(Struct, frozen=True):
    """Somebody who has the store open: author, login, host, process and since when (UTC); which record they look at or edit, and
    since when, `key` empty for none.
    """

    author: str
    login: str
    host: str
    pid: int
    since: datetime
    key: str = ""
    edits: bool = False
    at_since: datetime | None = None


class Verified(Struct, frozen=True):
    """What a whole check found sound: transactions up to `sequence`, whose sum is `sum`, and what they hold.

    `noted` is the sequence of the sum that it was checked against, None where there was none.
    """

    sequence: int
    sum: str
    documents: int
    files: int
    notices: tuple[Said, ...]
    noted: int | None = None


class Rewritten(StoreTrouble):
    """Values were taken out of the history while it was read: what was read so far may be gone."""

    def __init__(self, location: str) -> None:
        super().__init__(
            N_("A colleague just removed personal values from {location}."), N_("Ask again."), location=location
        )


class Log(Protocol):
    """A backend. It remembers how far its replica has read; `load` and `news` move that on, `append` too.

    One thread at a time calls `load`, `news` and `append`: the store sees to it. The others may be called from any
    thread.
    """

    location: str
    read_only: bool
    notices: list[Said]
    trouble: PmoError | None
    """Why nothing of others can be seen at present, such as a server that is gone; None where all is well."""

    def load(self) -> Replica:
        """The replica at the backend's snapshot; `news` brings it on from there."""

    def writing(self) -> AbstractContextManager[None]:
        """The lock for writing, of which there is one in the world; Busy when it cannot be had."""

    def reading(self) -> AbstractContextManager[None]:
        """Lets `news` read what is durable, whatever writers do meanwhile."""

    def news(self, head: int, sum: str) -> list[Transaction]:
        """What was committed after `head`, durable and in order; under `writing` or `reading`. All, or Damaged.

        Rewritten when the replica no longer follows from the history: `load` again.
        """

    def append(self, line: Line, sum: str, meanwhile: Callable[[Transaction], None]) -> None:
        """Make a transaction durable after the one with `sum`, under `writing`. It is whole, or not there at all.

        `meanwhile` is called with it before that is known, to work out what is left to do then; nothing of what it does
        may be seen. When it raises, the transaction is not there.
        """

    def since(self, sequence: int, head: int) -> Iterator[Transaction]:
        """The transactions after `sequence` up to and including `head`, in order."""

    def history(self, key: str, head: int) -> Iterator[Transaction]:
        """The transactions up to `head` that touched `key`, in order."""

    def latest_first(self, head: int) -> Iterator[list[Transaction]]:
        """All transactions up to `head` in pieces: the newest piece first, in order within each."""

    def moment(self, when: datetime, head: int) -> int:
        """The sequence of the last transaction at or before a time, 0 where there is none."""

    def committed(self, replica: Replica) -> None:
        """Called after a commit, outside the lock: the time to start housekeeping that others can do meanwhile."""

    def checkpointing(self) -> AbstractContextManager[None]:
        """Keeps others from replacing the snapshot; taken before `writing` and `reading`, never after them."""

    def checkpoint(self, replica: Replica) -> None:
        """Keep what a first start needs, up to the replica's head, under `checkpointing`; others commit meanwhile."""

    def start_segment(self) -> None:
        """After a checkpoint, let the history go on in a new piece; under `writing`, with everything read."""

    def watch(self, changed: Callable[[], None], others: Callable[[], None]) -> Callable[[], None]:
        """Call, in a thread of its own, `changed` whenever somebody may have committed, and `others` whenever somebody may have come,
        left, or gone to another record; returns what stops it."""

    def verify(self, replica: Replica, against: str, progress: Progress | None) -> Verified:
        """Check the whole history against itself and against `replica`; Damaged with file and offset.

        `against`, where it is not empty, is the sum of a transaction or its beginning, which must be in the history.
        """

    def forget(self, plan: Forgetting, line: Line, replica: Replica) -> set[str]:
        """Rewrite the whole history after `plan`, with `line` as its end; under `checkpointing` and `writing`.

        The keys of records that mention a removed value. Afterwards `load` gives the store anew, to others as well.
        """

    def backup(self, path: Path, replica: Replica) -> None:
        """Write a store at `path` that holds everything up to the replica's head."""

    def others(self) -> list[Session]:
        """Who else has the store open."""

    def be_at(self, key: str, edits: bool) -> None:
        """Let the others know at which record this session is, and whether it edits it; "" for none. May take a while."""

    def close(self) -> None:
        """Let go of everything."""
