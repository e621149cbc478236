"""Why nothing can be written, in the words of whoever may change that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pmo_tui.records.errors import PmoError, StoreTrouble
from pmo_tui.records.marks import N_
from pmo_tui.wording.languages import _
from pmo_tui.wording.shown_days import format_date

if TYPE_CHECKING:
    from pmo_tui.desk.desk import Desk


def why_not_write(desk: Desk) -> PmoError:
    """The store is looked at as it once was, the role at the server only reads, or it was opened so."""
    day = desk.known_on
    if day is not None:
        return StoreTrouble(
            N_("You look at the store as it was known on {day}; nothing is written there."),
            N_("Go back to today first."),
            day=format_date(day),
        )
    for notice in desk.store.notices:
        if "role" in notice.values:
            return StoreTrouble(notice.words(_))
    return StoreTrouble(
        N_("The store was opened for reading only."), N_("Start the program without --read-only to change something.")
    )
