"""What can go wrong with a store, each with what to do next."""

from __future__ import annotations

import errno
from collections.abc import Mapping, Sequence
from datetime import datetime

from pmo_tui.records.errors import Conflict, StoreTrouble
from pmo_tui.records.marks import N_

NAMED = 12
"""How many records a message names before it only counts the rest."""
FULL = (errno.ENOSPC, errno.EDQUOT)
"""What the system says where there is no room left."""


def moment(when: datetime) -> str:
    """A time in a message of the store: UTC, to the minute."""
    return f"{when:%Y-%m-%d %H:%M} UTC"


def listing(keys: Sequence[str]) -> str:
    """The first keys, and how many more there are."""
    shown = ", ".join(keys[:NAMED])
    return shown if len(keys) <= NAMED else f"{shown}, … ({len(keys)})"


class Edited(Conflict):
    """Somebody else wrote the record first: `key`, and by which transaction (`author`, `sequence`, `time`)."""

    def __init__(
        self,
        message: str,
        hint: str = "",
        *,
        key: str,
        author: str = "",
        sequence: int = 0,
        time: datetime | None = None,
        values: Mapping[str, object] | None = None,
    ) -> None:
        told: dict[str, object] = {"key": key, "author": author or "?", "time": moment(time) if time else "?"}
        super().__init__(message, hint, **told, **(values or {}))
        self.key = key
        self.author = author
        self.sequence = sequence
        self.time = time


class StillReferred(Conflict):
    """A record that others refer to cannot go. `key` is the record, `referrers` are the keys of the others."""

    def __init__(self, key: str, referrers: Sequence[str]) -> None:
        super().__init__(
            N_("{key} cannot be deleted: {referrers} refer to it."),
            N_("Change or delete those first."),
            key=key,
            referrers=listing(referrers),
        )
        self.key = key
        self.referrers = tuple(referrers)


class Damaged(StoreTrouble):
    """A file of the store is not as it was written. `file` and `offset` (bytes from its beginning) say where."""

    def __init__(self, message: str, hint: str = "", *, file: str, offset: int, **values: object) -> None:
        super().__init__(message, hint or RESTORE, file=file, offset=offset, **values)
        self.file = file
        self.offset = offset


class Replaced(Damaged):
    """The files are no longer those that this session has read: a backup was put back, or they were cut off."""

    def __init__(self, found: Damaged) -> None:
        super().__init__(
            N_("The store was replaced or cut off while this program was on: leave and start again. ({found})"),
            N_("Nothing was written; what stands in forms is kept."),
            file=found.file,
            offset=found.offset,
            found=str(found),
        )


RESTORE = N_("Nothing was changed. Keep these files, put back a backup beside them and compare.")


class Busy(StoreTrouble):
    """Another session has held the lock too long."""

    def __init__(self, file: str, seconds: float, holders: str) -> None:
        super().__init__(
            N_("{file} has been locked by another session for {seconds} seconds."),
            N_("Try again; if it stays, see which session hangs: {holders}"),
            file=file,
            seconds=round(seconds),
            holders=holders or "?",
        )


class ReadOnly(StoreTrouble):
    """The store was opened for reading only, or is a view of the past."""

    def __init__(self, location: str) -> None:
        super().__init__(
            N_("{location} was opened for reading only; nothing was written."),
            N_("Open it without --read-only and without --at."),
            location=location,
        )


class Stopped(StoreTrouble):
    """The disk did not confirm a write: this session writes nothing more until the store is opened again."""

    def __init__(self, file: str, reason: str, *, taken_back: bool = True) -> None:
        super().__init__(
            NOT_KEPT if taken_back else UNKNOWN,
            N_("Check the disk, then open the store again; until then this session writes nothing."),
            file=file,
            reason=reason,
        )


NOT_KEPT = N_("The disk did not confirm a write to {file} ({reason}). The change was not kept.")
UNKNOWN = N_(
    "The disk did not confirm a write to {file} ({reason}), nor that it was taken back. Whether the change was kept "
    "shows when the store is opened again."
)


class NoRoom(StoreTrouble):
    """The disk is full: the change was not kept, and writing goes on when there is room."""

    def __init__(self, file: str, reason: str) -> None:
        super().__init__(
            N_("There is no room to write {file} ({reason}). The change was not kept."),
            N_("Make room; nothing else was lost."),
            file=file,
            reason=reason,
        )


class NotAStore(StoreTrouble):
    """The file is something else than a store, or belongs to a newer version of the program."""
