"""The store as it was known then: what `--at` opens, for both doors. It answers like a store and refuses to write."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from pmo_tui.records.errors import PmoError, Said, WrongUse
from pmo_tui.records.marks import N_
from pmo_tui.store import Draft, Forgotten, ReadOnly, Replica, Session, Shelf, Store, Transaction, Undone, Verified

if TYPE_CHECKING:
    from pmo_tui.desk.desk import Desk

Progress = Callable[[int, int], None]
"""Called with how much is done, of how much."""
Moment = int | datetime
"""The sequence of a transaction, or a time; one without a zone is local."""

SEQUENCE = re.compile(r"# ?(\d{1,18})")
CLOCK = re.compile(r"(?:(.*)(?: |(?<=\d)T))?(\d{1,2}):(\d{2})(?::(\d{2}))?", re.IGNORECASE)
END_OF_DAY = time(23, 59, 59, 999_999)
A_WEEK, A_YEAR = timedelta(days=6), timedelta(days=364)
"""How far back the last Friday, and the last 31 December, may lie."""
HOW = N_("Give a moment that has been, such as 2026-11-01, “2026-11-01 14:00”, yesterday, fri, w45 or #120.")


class Past(Store):
    """A store as it stood after one transaction. Whatever would write raises ReadOnly; `now` is the store of today."""

    def __init__(self, now: Store, when: Moment, progress: Progress | None = None) -> None:
        self.now = now
        self.then: Replica = now.at(when, progress)
        self.location = now.location
        self.author = now.author
        self.login = now.login
        self.check = now.check
        self.read_only = True

    @property
    def notices(self) -> list[Said]:
        """What the store of today had to put right."""
        return self.now.notices

    def day(self) -> date:
        """The local day of the last transaction that is known here."""
        return self.then.time.astimezone().date()

    def head(self) -> int:
        """The sequence of the last transaction that was known then."""
        return self.then.head()

    def head_sum(self) -> str:
        """The sum of that transaction."""
        return self.then.head_sum()

    def shelf(self, register: str) -> Shelf:
        """The documents of a register as they were then."""
        return self.then.shelf(register)

    def registers(self) -> list[str]:
        """The names of the registers that held something until now."""
        return self.then.registers()

    def get(self, key: str) -> dict[str, object] | None:
        """The document with this key as it was then, or None."""
        return self.then.get(key)

    def version(self, register: str) -> int:
        """Never changes: the past is done."""
        return self.then.version(register)

    @contextmanager
    def steady(self) -> Iterator[None]:
        """Readings of the past fit together anyway."""
        with self.then.lock:
            yield

    def refresh(self) -> list[Transaction]:
        """Nothing new comes to the past."""
        return []

    def since(self, sequence: int) -> Iterator[Transaction]:
        """The transactions after `sequence` that were known then, in order."""
        return self._known(self.now.since(sequence))

    def history(self, key: str | None = None) -> Iterator[Transaction]:
        """The transactions that were known then, all or those of one document, oldest first."""
        return self._known(self.now.history(key))

    def _known(self, transactions: Iterator[Transaction]) -> Iterator[Transaction]:
        for transaction in transactions:
            if transaction.sequence > self.head():
                return
            yield transaction

    def moment(self, when: datetime) -> int:
        """The sequence of the last transaction at or before a time that was known then."""
        return min(self.now.moment(when), self.head())

    def at(self, when: Moment, progress: Progress | None = None) -> Replica:
        """The registers at another moment of the same store."""
        return self.now.at(when, progress)

    def listen(
        self, callback: Callable[[list[Transaction]], None], others: Callable[[], None] | None = None
    ) -> Callable[[], None]:
        """Nothing will be told, and there is nothing to stop."""
        return lambda: None

    def verify(self, against: str = "", progress: Progress | None = None) -> Verified:
        """Check the whole history, up to today."""
        return self.now.verify(against, progress)

    def forget(
        self,
        key: str,
        fields: Iterable[str],
        note: str = "",
        repeating: Iterable[str] = (),
        besides: Iterable[str] = (),
    ) -> Forgotten:
        """ReadOnly."""
        raise ReadOnly(self.location)

    def others(self) -> list[Session]:
        """Who else has the store open today."""
        return self.now.others()

    @property
    def trouble(self) -> PmoError | None:
        """What is wrong with the store of today."""
        return self.now.trouble

    def be_at(self, key: str, *, edits: bool = False) -> None:
        """Who looks at the past is in nobody's way."""

    def close(self) -> None:
        """Let go of the store of today."""
        self.now.close()

    def transact(self, work: Callable[[Draft], None], *, note: str = "", kind: str = "") -> int:
        """ReadOnly."""
        raise ReadOnly(self.location)

    def last_own(self, but: Collection[int] = ()) -> int | None:
        """ReadOnly: there is nothing to take back in the past."""
        raise ReadOnly(self.location)

    def undo(self, sequence: int | None = None) -> Undone:
        """ReadOnly."""
        raise ReadOnly(self.location)

    def redo(self) -> Undone:
        """ReadOnly."""
        raise ReadOnly(self.location)

    def checkpoint(self) -> None:
        """ReadOnly."""
        raise ReadOnly(self.location)

    def backup(self, path: str | Path) -> None:
        """WrongUse: a copy holds the whole history, whatever is looked at."""
        raise WrongUse(
            N_("A backup holds the whole history."), N_("Leave --at out; --at on the backup shows the same.")
        )


def as_known(desk: Desk, at: str, progress: Progress | None = None) -> Desk:
    """A desk on the same store as it was known at a moment that a person means by `at`; that day is its today. WrongUse for none."""
    from pmo_tui.desk.desk import Desk

    moment = parse_moment(at, datetime.now().astimezone())
    then = Past(desk.store, moment, progress)
    day = then.day() if isinstance(moment, int) else moment.astimezone().date()
    return Desk(then, desk.folders, desk.config, today=lambda: day)


def as_known_now(desk: Desk) -> Desk:
    """A desk on the store of today, from one on its past."""
    from pmo_tui.desk.desk import Desk

    return Desk(desk.store.now, desk.folders, desk.config) if isinstance(desk.store, Past) else desk


def parse_moment(text: str, now: datetime) -> Moment:
    """The moment that a person means by `text`; WrongUse when it is none or lies ahead of `now` (with its zone).

    `#120` is the state after transaction 120, `2026-11-01 14:00` that time of day, `14:00` today's. A day, a week or any other
    span that people type is its end, or now while it lasts; a weekday, a week, a month or a day without its year is the last one
    that was.
    """
    typed = " ".join(text.split())
    sequence = SEQUENCE.fullmatch(typed)
    if sequence is not None:
        return int(sequence[1])
    try:
        moment = _instant(typed) or _local(typed, now)
    except ValueError as error:
        raise WrongUse(N_("--at {text}: {why}"), HOW, text=text, why=error) from error
    if moment > now:
        ahead = N_("“{text}” ({moment}) lies ahead; nobody knows that yet.")
        raise WrongUse(ahead, HOW, text=text, moment=f"{moment:%Y-%m-%d %H:%M}")
    return moment


def _instant(typed: str) -> datetime | None:
    """A time with its zone, as `pmo history --json` gives it."""
    with suppress(ValueError):
        found = datetime.fromisoformat(typed)
        if found.tzinfo is not None:
            return found
    return None


def _local(typed: str, now: datetime) -> datetime:
    """A day with or without a time of day, on the clock of `now`; ValueError says why it is none."""
    clock = CLOCK.fullmatch(typed)
    if clock is not None:
        day = _day(clock[1].strip(), now.date()) if clock[1] else now.date()
        return datetime.combine(day, time(int(clock[2]), int(clock[3]), int(clock[4] or 0))).astimezone(now.tzinfo)
    day = _day(typed, now.date())
    return now if day == now.date() else datetime.combine(day, END_OF_DAY).astimezone(now.tzinfo)


def _day(typed: str, today: date) -> date:
    """The last day of what is meant, today where it is not over yet."""
    from pmo_tui.wording.dates import parse_range
    from pmo_tui.wording.days import read_day, read_week
    from pmo_tui.wording.languages import current

    week = read_week(typed, today)
    if week is None or week[1] is not None:
        order = current().date_order
        day = read_day(typed, today, order, today - A_WEEK)
        if day is not None and day > today:
            day = read_day(typed, today, order, today - A_YEAR)
        if day is not None:
            return day
    span = parse_range(typed, today)
    if span.start > today and " " not in typed:
        span = parse_range(typed, today - A_YEAR)
    return min(span.finish, today) if span.start <= today else span.finish
