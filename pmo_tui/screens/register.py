"""One register as a list: the same screen for every one of them, made of its definition."""

from __future__ import annotations

from pmo_tui.screens.listing import ListScreen


class RegisterScreen(ListScreen):
    """A register with every gesture of a list."""
