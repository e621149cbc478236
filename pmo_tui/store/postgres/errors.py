"""What PostgreSQL and its driver say, in the store's words."""

from __future__ import annotations

import psycopg

from pmo_tui.records.errors import Conflict, NotFound, StoreTrouble
from pmo_tui.records.marks import N_
from pmo_tui.store.errors import Busy, Damaged, NoRoom
from pmo_tui.store.postgres.layout import NO_LEVEL, OUT_OF_STEP
from pmo_tui.store.postgres.url import LOCK_PATIENCE

GONE = ("57P01", "57P02", "57P03", "57P05", "25P03", "25006")
"""SQLSTATEs after which a connection is of no use: the server stops or starts, waited too long, or only reads now."""
RESTORE = N_("Nothing was changed. Keep this database, restore a backup beside it and compare.")
BROKEN = N_("{file} is damaged: transaction {offset} is not as it was written.")
MISSING = N_("{file} is damaged: transaction {offset} is missing.")


class Unreachable(StoreTrouble):
    """No server answered when the store was opened."""

    def __init__(self, location: str, reason: str) -> None:
        super().__init__(
            N_("{location} cannot be reached: {reason}."),
            N_("See whether the server runs, and whether host, port, user and database are right."),
            location=location,
            reason=reason,
        )


class Reconnecting(StoreTrouble):
    """The server went away under a running session; each next question tries again. Nothing was written."""

    def __init__(self, location: str, reason: str) -> None:
        super().__init__(
            N_("The server is gone; reconnecting. Nothing was written. {location}: {reason}."),
            N_("What was read stays. Try again in a moment."),
            location=location,
            reason=reason,
        )


class Unsure(StoreTrouble):
    """The connection went while a transaction was being committed, and did not come back in time."""

    def __init__(self, location: str) -> None:
        super().__init__(
            N_("The server went while a change was being written; still reconnecting to {location}."),
            N_("Whether it was kept is told when the server is back: look before you make it again."),
            location=location,
        )


class NoRight(StoreTrouble):
    """The database role may not do this."""

    def __init__(self, location: str, reason: str) -> None:
        super().__init__(
            N_("The rights at {location} do not allow this: {reason}."),
            N_("An admin of the store gives them: pmo grant NAME viewer, officer or admin."),
            location=location,
            reason=reason,
        )


def broken(location: str, sequence: int, message: str = BROKEN) -> Damaged:
    """A line of the journal is not as it was written."""
    return Damaged(message, RESTORE, file=location, offset=sequence)


def reason(error: BaseException) -> str:
    """The first line of what was said, without a full stop."""
    lines = str(error).strip().splitlines() or [type(error).__name__]
    first = lines[0].removeprefix("connection failed: ")
    return (first.rpartition("FATAL:  ")[2] or first).strip().rstrip(".")


def is_lost(connection: psycopg.Connection, error: psycopg.Error) -> bool:
    """Whether an error means that the connection is of no use any more."""
    return connection.closed or connection.broken or error.sqlstate in GONE or (error.sqlstate or "").startswith("08")


def trouble(error: psycopg.Error, location: str) -> Exception:
    """What a person reads of an error that the server itself reports."""
    state = error.sqlstate or ""
    said = reason(error)
    if state == "55P03":
        return Busy(location, LOCK_PATIENCE, "")
    if state == "53100":
        return NoRoom(location, said)
    if state == "42501":
        return NoRight(location, said)
    if state == OUT_OF_STEP:
        return Conflict(
            N_("A colleague wrote to {location} in between. Nothing was written."), N_("Try again."), location=location
        )
    if state in (NO_LEVEL, "42704"):
        return NotFound(N_("{reason}."), reason=said)
    return StoreTrouble(N_("{location} refused: {reason}."), location=location, reason=said)
