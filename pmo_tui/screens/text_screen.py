"""A screen that is one page of lines: what is told, previewed or explained."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property

from msgspec.structs import replace
from textual.widget import Widget

from pmo_tui.screens.everywhere import Everywhere
from pmo_tui.screens.places import Spot
from pmo_tui.widgets.text_page import TextPage
from pmo_tui.wording.languages import _


class TextScreen(Everywhere):
    """The page has the keys; `reload` says what is on it."""

    def body(self) -> Iterable[Widget]:
        """The page."""
        yield TextPage(id="page")

    def on_mount(self) -> None:
        """The keys go to the page."""
        super().on_mount()
        self.focus_on(self.page)

    @cached_property
    def page(self) -> TextPage:
        """The page; of a screen that was closed too, which still tells where it was left."""
        return self.query_one("#page", TextPage)

    # ---- the way back to it --------------------------------------------------------------------------------------------

    def again(self) -> Callable[[], Everywhere] | None:
        """What makes this page anew when one comes back to it; None for one that is no place to come back to."""
        return None

    def spot(self) -> Spot | None:
        """The line of the cursor."""
        again = self.again()
        if again is None:
            return super().spot()
        return Spot(row=self.page.target, line=self.page.cursor, again=again)

    def stand_at(self, spot: Spot) -> None:
        """The cursor on the same line."""
        if spot.again is not None:
            self.page.stand_on(spot.line, spot.row)


class OneOfMany(TextScreen):
    """A page about the record `key`; `siblings` are the list it was opened from, and keys go from one to the next."""

    def __init__(self, key: str, siblings: Sequence[str] = ()) -> None:
        super().__init__()
        self.key = key
        self.others = list(siblings)

    def standing(self) -> str:
        """Which of how many this is, "" where there is no list."""
        return f"{self.others.index(self.key) + 1} / {len(self.others)}" if self.key in self.others else ""

    def spot(self) -> Spot | None:
        """The record, the list it was opened from, and the line."""
        found = super().spot()
        return None if found is None else replace(found, record=self.key, siblings=self.others)

    def stand_at(self, spot: Spot) -> None:
        """The same record, the cursor on the same line."""
        if spot.record != self.key:
            self.key = spot.record
            self.dress()
            self.look()
        super().stand_at(spot)

    def step(self, by: int) -> None:
        """Show the record that is `by` further on in the list."""
        if self.key not in self.others:
            return
        place = self.others.index(self.key) + by
        if 0 <= place < len(self.others):
            self.key = self.others[place]
            self.dress()
            self.look()
            self.page.move_to(0)
        else:
            self.say(_("that was the last one") if by > 0 else _("that was the first one"))
