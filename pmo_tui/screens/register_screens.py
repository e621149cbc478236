"""Which screen shows a register or a computed list when it is asked for by name."""

from __future__ import annotations

from pmo_tui.screens.exceptions import NAME, ExceptionsScreen
from pmo_tui.screens.register import RegisterScreen


def register_screen(name: str, filter_text: str = "") -> RegisterScreen:
    """The list's own screen where it has one, else the one for every register."""
    return ExceptionsScreen(filter_text) if name == NAME else RegisterScreen(name, filter_text)
