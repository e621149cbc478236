"""The lines of Today: what each says in full, for who copies it or looks for words, and as it stands in a page of some width."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from msgspec import Struct

from pmo_tui.desk.wanted import give_way
from pmo_tui.widgets.cutting import fit
from pmo_tui.widgets.text_page import TextLine

WIDE = 100
"""From so many columns on a line says who is to do it, too."""
DAY, SHORT = 10, 9
AT_A_TIME = 20
"""So many items are made between two looks at the keys."""


class Item(Struct, frozen=True):
    """When, in which tone, what kind of thing, where, what, who, and the record to open. All of it is safe text."""

    day: str
    tone: str
    kind: str
    place: str
    text: str
    who: str
    target: str

    def words(self) -> str:
        """What it says, for who looks for words in it, whatever their capitals; the key of its record too."""
        return "\n".join((self.day, self.kind, self.place, self.text, self.who, self.target)).casefold()

    def line(self, width: int) -> TextLine:
        """It in so many columns; a kind that is nowhere has the room of the place."""
        kind_width, who_width = (16, 18) if width >= WIDE else (9, 0)
        room = max(16, width - DAY - kind_width - SHORT - who_width - 7)
        where = [(f"{fit(self.kind, kind_width)} ", "faint"), (f"{fit(self.place, SHORT)} ", "key")]
        if not self.place:
            where = [(f"{fit(self.kind, kind_width + 1 + SHORT)} ", "faint")]
        pieces = [(f"  {fit(self.day, DAY)} ", self.tone), *where, (fit(self.text, room), "")]
        if who_width:
            pieces.append((f" {fit(self.who, who_width - 1)}", "faint"))
        return TextLine(tuple(pieces), self.target, cells=(self.day, self.kind, self.place, self.text, self.who))


class Part:
    """A part of the page: its name, title and tone, and what is found for it, each made an item when it is shown.

    To be narrowed it is `prepare`d: what every item says is made once, which may take longer than a key.
    """

    def __init__(
        self, name: str, title: str, tone: str, found: Sequence[Any], item_of: Callable[[Any], Item] | None = None
    ) -> None:
        self.name, self.title, self.tone = name, title, tone
        self.found = found
        self._item_of = item_of
        self._said: list[tuple[str, Item]] | None = None

    def __len__(self) -> int:
        return len(self.found)

    @property
    def is_prepared(self) -> bool:
        """Whether what its items say is at hand."""
        return self._said is not None

    def prepare(self) -> None:
        """Make what its items say; nothing where that was done. In a thread it lets keys go first."""
        if self._said is not None:
            return
        said = []
        for start in range(0, len(self), AT_A_TIME):
            give_way()
            said += [(item.words(), item) for item in self._items(start, start + AT_A_TIME)]
        self._said = said

    def first(self, count: int) -> list[Item]:
        """So many of what was found, as items."""
        return self._items(0, count)

    def _items(self, start: int, stop: int) -> list[Item]:
        found = self.found[start:stop]
        return [*found] if self._item_of is None else [*map(self._item_of, found)]

    def holding(self, words: Sequence[str]) -> list[Item]:
        """The items that say all of some folded words, of a part that is prepared."""
        return [item for said, item in self._said or () if all(word in said for word in words)]
