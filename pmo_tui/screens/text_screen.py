"""A screen that is one page of lines: what is told, previewed or explained."""

from __future__ import annotations

from collections.abc import Iterable

from textual.widget import Widget

from pmo_tui.screens.everywhere import Everywhere
from pmo_tui.widgets.text_page import TextPage


class TextScreen(Everywhere):
    """The page has the keys; `reload` says what is on it."""

    def body(self) -> Iterable[Widget]:
        """The page."""
        yield TextPage(id="page")

    def on_mount(self) -> None:
        """The keys go to the page."""
        super().on_mount()
        self.focus_on(self.page)

    @property
    def page(self) -> TextPage:
        """The page."""
        return self.query_one("#page", TextPage)
