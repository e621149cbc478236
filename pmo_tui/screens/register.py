"""One register as a list: the same screen for every one of them, made of its definition."""

from __future__ import annotations

from collections.abc import Callable

from pmo_tui.desk.views.saved_views import SavedView
from pmo_tui.screens.everywhere import Everywhere
from pmo_tui.screens.listing import ListScreen


class RegisterScreen(ListScreen):
    """A register with every gesture of a list. Opened for a filter it is narrowed so, however it was left."""

    def __init__(self, register: str, filter_text: str = "") -> None:
        super().__init__(register, filter_text)
        self._own = SavedView()

    @property
    def look_place(self) -> str:
        """A register by itself is remembered by its name."""
        return "register"

    def again(self) -> Callable[[], Everywhere] | None:
        """The same register."""
        register = self.register
        return lambda: RegisterScreen(register)
