"""Status colours as letter and shape, so that they are told apart without colour: `■ R`, `▲ A` (in Dutch `▲ O`), `● G`."""

from __future__ import annotations

from pmo_tui.records.projects import RAG
from pmo_tui.wording.languages import pgettext

SHAPES: dict[str, str] = {"green": "●", "amber": "▲", "red": "■", "grey": "○", "blue": "◆"}


def letter(colour: str) -> str:
    """R A G B, and – for grey; in Dutch R O G B."""
    letters = {
        "red": pgettext("status letter", "R"),
        "amber": pgettext("status letter", "A"),
        "green": pgettext("status letter", "G"),
        "blue": pgettext("status letter", "B"),
        "grey": "–",
    }
    return letters[colour]


def rag_text(colour: str) -> str:
    """Shape and letter of a status colour."""
    return f"{SHAPES[colour]} {letter(colour)}"


def is_rag(choices: tuple[str, ...]) -> bool:
    """Whether a choice field holds a status colour."""
    return choices == RAG
