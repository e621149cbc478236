"""Taking back a change, and which of one's own comes before one that others built upon since."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from pmo_tui.records.errors import Conflict, NotFound, PmoError, Refused
from pmo_tui.store import NOTHING_LEFT, Transaction, Undone

if TYPE_CHECKING:
    from pmo_tui.desk.desk import Desk


class NotTakenBack(PmoError):
    """One's own last change stays, for the reason that is given. `sequence` is that change, `older` one's own before it, if any."""

    def __init__(self, why: PmoError, sequence: int, older: Transaction | None) -> None:
        problems = why.problems if isinstance(why, Refused) else ()
        message = why.message if why.message.template or not problems else problems[0].reason
        super().__init__(message.template, why.hint.template)
        self.message, self.hint, self.code = message, why.hint, why.code
        self.sequence = sequence
        self.older = older


def take_back(desk: Desk, sequence: int | None, but: Collection[int]) -> Undone:
    """As `Desk.undo`."""
    number = desk.store.last_own(but) if sequence is None else sequence
    if number is None:
        raise NotFound(NOTHING_LEFT)
    from pmo_tui.desk.reports.reporting import refuse_undo

    try:
        refuse_undo(desk, number)
        return desk.store.undo(number)
    except (Conflict, Refused) as error:
        if sequence is not None:
            raise
        raise NotTakenBack(error, number, _older(desk, {*but, number})) from error


def _older(desk: Desk, but: Collection[int]) -> Transaction | None:
    number = desk.store.last_own(but)
    return None if number is None else next(iter(desk.store.since(number - 1)))
