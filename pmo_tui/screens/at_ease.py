"""What is loaded while nobody waits for anything, so that a screen is up at once when its key is pressed for the first time."""

from __future__ import annotations

import gc
from contextlib import suppress
from importlib import import_module

from pmo_tui import loading
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
YOUNG, MIDDLING, OLD = 5_000, 5, 80
"""How many objects are made before the collector looks at the young ones, and how often it does before it looks at older ones, and at all.

Looking at all of them holds up a key by a fifth of a second when a large store was worked out; Python would do it every few moments then.
"""


def collect_seldom() -> None:
    """Take the collector up again after the start. What was made by then stays: it never looks at that."""
    gc.freeze()
    gc.set_threshold(YOUNG, MIDDLING, OLD)
    gc.enable()


def keep_what_was_made() -> None:
    """After much was worked out that stays, such as the figures of a list: the collector never looks at that. It takes no time."""
    gc.freeze()


def load_screens() -> None:
    """In a thread: load the screens one by one, while that is wanted. One that cannot be loaded is told of when it is asked for."""
    for name in NEXT:
        give_way()
        with suppress(ImportError):
            import_module(name)
    loading.keep()
    keep_what_was_made()
