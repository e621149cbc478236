"""Text cut and padded to terminal columns. What it is given is safe text already."""

from __future__ import annotations

from functools import lru_cache

from rich.cells import cell_len, set_cell_size, split_graphemes

CUT = "…"
LONGEST = 12
"""No more characters are looked at for each column that is to be filled: safe text piles no more marks on a letter."""


def width_of(text: str) -> int:
    """How many columns `text` takes."""
    return len(text) if text.isascii() else cell_len(text)


def is_wider(text: str, width: int) -> bool:
    """Whether `text` takes more columns than `width`; a very long one is not measured to its end."""
    return len(text) > LONGEST * (width + 1) or width_of(text) > width


def fit(text: str, width: int, right: bool = False) -> str:
    """`text` in exactly `width` columns: padded, or cut with … where it is longer. `right` sets it flush right."""
    if width <= 0:
        return ""
    length = width_of(text)
    if length == width:
        return text
    if length < width:
        blanks = " " * (width - length)
        return blanks + text if right else text + blanks
    return _cut(text, width)


@lru_cache(4096)
def _cut(text: str, width: int) -> str:
    if text.isascii():
        return text[: width - 1] + CUT
    return set_cell_size(text, width - 1) + CUT


def wrap(text: str, width: int) -> list[str]:
    """`text` broken at blanks into lines of at most `width` columns; a word that is longer is cut into pieces."""
    lines: list[str] = []
    line, used = "", 0
    for word in text.split(" "):
        if line and is_wider(word, width - used - 1):
            lines.append(line)
            line, used = "", 0
        while is_wider(word, width) and width > 0:
            piece = _prefix(word, width)
            lines.append(piece)
            word = word[len(piece) :]
        size = width_of(word)
        line, used = (f"{line} {word}", used + 1 + size) if line else (word, size)
    return [*lines, line]


def split(text: str, width: int, whole: bool = False) -> tuple[str, str]:
    """What of `text` fits into `width` columns, broken at a blank, and the rest. A word that is longer is cut into pieces, or stays
    `whole` for the next line."""
    fits = _prefix(text, width) if width > 0 else ""
    if whole and width_of(fits) > width:
        fits = ""
    if len(fits) == len(text):
        return text, ""
    end = len(fits) if " " in (text[len(fits)], fits[-1:]) else fits.rfind(" ")
    if not text[: max(end, 0)].strip():
        end = 0 if whole else len(fits)
    return text[:end].rstrip(" "), text[end:].lstrip(" ")


def _prefix(word: str, width: int) -> str:
    """As much of a word as `width` columns hold, at least its first letter with all that stands on it."""
    if word.isascii():
        return word[:width]
    end = used = 0
    for _start, after, size in split_graphemes(word[: LONGEST * (width + 1)])[0]:
        used += size
        if used > width and end:
            break
        end = after
    return word[:end]
