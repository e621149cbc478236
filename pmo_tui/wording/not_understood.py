"""What is said when something typed cannot be read: which text, why, and how it is written."""

from __future__ import annotations

from pmo_tui.records.errors import Fault
from pmo_tui.wording.safe import safe

LONGEST = 40


class NotUnderstood(Fault):
    """Text that is not what was asked for. `template` is marked for translation and may name `text` and `values`."""

    def __init__(self, template: str, text: str = "", **values: object) -> None:
        super().__init__(template, text=shortened(text), **values)


class Ambiguous(NotUnderstood):
    """Text that can be read in two ways, which the message names; it is asked, not guessed."""


def shortened(text: str) -> str:
    """`text` as a message can quote it: safe for a terminal and not longer than a phrase."""
    shown = safe(text.strip())
    return shown if len(shown) <= LONGEST else shown[: LONGEST - 1] + "…"
