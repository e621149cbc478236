"""What a screen says of colleagues: who is at the record, and what they made of it meanwhile. All of it is safe text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets import Static

from pmo_tui.desk.together.lost_changes import clock
from pmo_tui.desk.together.who import at_record, called
from pmo_tui.wording.languages import _
from pmo_tui.wording.safe import safe, safe_lines

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pmo_tui.desk.desk import Desk
    from pmo_tui.desk.together.record_form import Theirs
    from pmo_tui.screens.frame import Frame

EDITS, OPEN = "✎", "·"
"""Beside the row of a record that a colleague edits, or has open."""
LINES = 5
"""Lines of a colleague's text that are shown beside a field."""
LONGEST = 400
"""Characters of it."""


class Colleagues(Static):
    """A line that says who else is at the record; it takes no room where nobody is."""

    DEFAULT_CSS = """
    Colleagues { display: none; height: auto; padding: 0 1; color: $text-warning; background: $surface; }
    Colleagues.-here { display: block; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__("", id=id, markup=False)
        self.said = ""

    def show(self, words: str) -> None:
        """Say this; safe text."""
        if words != self.said:
            self.said = words
            self.update(words)
            self.set_class(bool(words), "-here")


def row_signs(desk: Desk) -> dict[str, str]:
    """The sign of each record that somebody else edits or has open."""
    found: dict[str, str] = {}
    for session in desk.store.others():
        if session.key and found.get(session.key) != EDITS:
            found[session.key] = EDITS if session.edits else OPEN
    return found


def who_is_here(desk: Desk, key: str) -> str:
    """Who edits a record or has it open, and since when; nothing where nobody does."""
    found = []
    for session in at_record(desk, key):
        words = _("{name} edits this since {time}") if session.edits else _("{name} has this open since {time}")
        found.append(
            words.format(name=safe(called(desk, session.author)), time=clock(session.at_since or session.since))
        )
    return " · ".join(found)


def by_whom(desk: Desk, theirs: Theirs) -> str:
    """Who wrote it, and when."""
    return f"{safe(called(desk, theirs.by.author))} {clock(theirs.by.time)}"


def came_words(desk: Desk, theirs: Theirs) -> str:
    """Beside a field that a colleague changed and the officer did not."""
    return _("by {who}; it was: {earlier}").format(who=by_whom(desk, theirs), earlier=_some(theirs.earlier))


def differing_words(frame: Frame, theirs: Theirs) -> str:
    """Beside a field that both changed: what the colleague made of it, what it was, and the two keys."""
    return frame.keyed(
        _("{who} made it: {theirs}\nit was: {earlier}\n{take_theirs} takes theirs, {keep_mine} keeps yours"),
        who=by_whom(frame.desk, theirs),
        theirs=_some(theirs.text),
        earlier=_some(theirs.earlier),
    )


def whose_changes(desk: Desk, found: Iterable[Theirs]) -> str:
    """The names of those who wrote, each once."""
    return ", ".join(dict.fromkeys(safe(called(desk, each.by.author)) for each in found))


def _some(text: str) -> str:
    """A text to be compared with: its first lines."""
    lines = safe_lines(text[:LONGEST].strip())
    shown = "\n".join(lines[:LINES]) or "–"
    return shown + (" …" if len(text) > LONGEST or len(lines) > LINES else "")
