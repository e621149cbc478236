"""What is shown where the terminal has no room for a screen, until it has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.geometry import Size
from textual.screen import Screen
from textual.widgets import Static

from pmo_tui.keymaps import name_of
from pmo_tui.wording.languages import _

if TYPE_CHECKING:
    from pmo_tui.screens.office import Office

LEAST = Size(40, 10)
"""Columns and rows that a list with its frame needs: six rows under a head, a key and a title in each."""


def is_too_small(size: Size) -> bool:
    """Whether nothing useful can be shown in a terminal of that size."""
    return size.width < LEAST.width or size.height < LEAST.height


class TooSmallScreen(Screen[None]):
    """One sentence. It goes by itself when there is room again, also where something came before it meanwhile."""

    DEFAULT_CSS = "TooSmallScreen { background: $background; color: $foreground; }"

    def __init__(self, office: Office) -> None:
        super().__init__()
        self.office = office

    def compose(self) -> ComposeResult:
        """The sentence."""
        yield Static(self._words(self.app.size), markup=False)

    def follow(self, size: Size) -> None:
        """The terminal has another size, or this is in front again."""
        if not is_too_small(size):
            self.dismiss()
        elif self.is_mounted:
            self.query_one(Static).update(self._words(size))

    def on_screen_resume(self) -> None:
        """What stood before this is gone."""
        self.follow(self.app.size)

    def _words(self, size: Size) -> str:
        words = _("{here} is too small, {least} is needed; {quit} leaves")
        here, least = (f"{each.width}×{each.height}" for each in (size, LEAST))
        return words.format(here=here, least=least, quit=name_of("quit", self.office.keymap))
