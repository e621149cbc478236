"""What filters left of a list lately, so that a filter that goes on where another stopped looks at what that one left."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pmo_tui.desk.views.filter import Term

MOST = 12
"""So many filters back: a word typed and taken back letter by letter."""
Terms = tuple["Term", ...]


class Hits:
    """Rows in order by the terms that left them; `at` is when that was true."""

    def __init__(self, at: Any) -> None:
        self.at = at
        self._kept: dict[Terms, list[str]] = {}

    def nearest(self, terms: Terms) -> tuple[list[str], Terms] | None:
        """The fewest rows that hold all those that `terms` leave, and the terms that are still to be put to them."""
        best: tuple[list[str], Terms] | None = None
        for known, rows in list(self._kept.items()):
            left = narrowed(known, terms)
            if left is not None and (best is None or (len(rows), len(left)) < (len(best[0]), len(best[1]))):
                best = (rows, left)
        return best

    def keep(self, terms: Terms, rows: list[str]) -> None:
        """Remember what `terms` left. The whole list stays, of the filters the last ones."""
        kept = {each: found for each, found in self._kept.items() if each != terms}
        others = [each for each in kept if each]
        if len(others) >= MOST:
            del kept[others[0]]
        self._kept = {**kept, terms: rows}


def narrowed(known: Terms, terms: Terms) -> Terms | None:
    """The terms that what `known` left must still be put to; None where `terms` may leave rows that `known` did not."""
    same = 0
    while same < min(len(known), len(terms)) and known[same] == terms[same]:
        same += 1
    if same == len(known):
        return terms[same:]
    if same == len(known) - 1 and same < len(terms) and _longer(known[same], terms[same]):
        return terms[same:]
    return None


def _longer(term: Term, other: Term) -> bool:
    """Whether a free text holds the other, so that it stands nowhere where that one does not."""
    from pmo_tui.desk.views.filter import FREE_TEXT

    if term.field != FREE_TEXT or other.field != FREE_TEXT or term.negated or other.negated:
        return False
    return term.values[0].casefold() in other.values[0].casefold()
