"""Who else is at a record, by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pmo_tui.store import Session

if TYPE_CHECKING:
    from pmo_tui.desk.desk import Desk


def called(desk: Desk, author: str) -> str:
    """How an author is called: the person's name where one has that login, else the author. Raw text."""
    return desk.title(desk.person(author))


def at_record(desk: Desk, key: str) -> list[Session]:
    """The other sessions that have a record open, those that edit it first, then the longest first."""
    found = [session for session in desk.store.others() if session.key == key]
    return sorted(found, key=lambda session: (not session.edits, session.at_since or session.since))
