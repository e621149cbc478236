"""What is loaded while nobody waits for anything, so that a screen is up at once when its key is pressed for the first time."""

from __future__ import annotations

from contextlib import suppress
from importlib import import_module

from pmo_tui.desk.wanted import give_way

NEXT = (
    "pmo_tui.screens.status",
    "pmo_tui.screens.portfolio",
    "pmo_tui.screens.planning",
    "pmo_tui.analysis.scheduling",
    "pmo_tui.screens.risks",
    "pmo_tui.screens.invoices",
    "pmo_tui.screens.resources",
    "pmo_tui.screens.registers",
    "pmo_tui.screens.register",
)
"""In the order in which an officer is likely to want them."""


def load_screens() -> None:
    """In a thread: load the screens one by one, while that is wanted. One that cannot be loaded is told of when it is asked for."""
    for name in NEXT:
        give_way()
        with suppress(ImportError):
            import_module(name)
