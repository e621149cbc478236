"""What a terminal shows, cell by cell, and the reading of a painted frame into it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from rich.cells import get_character_cell_size


class Cell(NamedTuple):
    """One place on the screen: its text (empty for the right half of a wide character), its SGR parameters, its hyperlink."""

    text: str
    style: str
    link: str


UNKNOWN = Cell("\0", "", "")
"""What stands there is not known: it has to be painted."""
Row = list[Cell]

_PIECE = re.compile(
    r"\x1b\[(?P<row>\d+);(?P<column>\d+)H|\x1b\[(?P<style>[\d;]*)m|(?P<link>\x1b\]8;[^\x07\x1b]*\x1b\\)|(?P<newline>\n)|(?P<text>[^\x1b\n\r\t\x00-\x08\x0b-\x1a]+)"
)
NO_LINK = "\x1b]8;;\x1b\\"


@lru_cache(8192)
def cells_of(text: str, style: str, link: str) -> tuple[Cell, ...]:
    """The cells that a run of text fills; a mark that takes no column stands with the character before it."""
    if text.isascii():
        return tuple([Cell(letter, style, link) for letter in text])
    found: list[Cell] = []
    for letter in text:
        width = get_character_cell_size(letter)
        if width == 0 and found:
            place = -1 if found[-1].text else -2
            found[place] = Cell(found[place].text + letter, style, link)
        elif width:
            found.append(Cell(letter, style, link))
            found.extend([Cell("", style, link)] * (width - 1))
    return tuple(found)


@lru_cache(4096)
def is_certain(text: str) -> bool:
    """Whether terminals agree how wide a character is: Latin and its like, boxes, blocks and simple shapes."""
    return len(text) <= 1 and (
        text < "\u0300" or "\u2010" <= text <= "\u2044" or "\u2190" <= text <= "\u21ff" or "\u2500" <= text <= "\u25ff"
    )


class Frame(NamedTuple):
    """The rows that a frame painted, whole, and where it left the cursor (row and column from 0)."""

    rows: dict[int, Row]
    cursor: tuple[int, int]


def read_frame(data: str, rows: list[Row], width: int) -> Frame | None:
    """What `data` makes of `rows`; None where it is no frame, or one that was painted for another size."""
    new: dict[int, Row] = {}
    y = x = place = 0
    style = link = ""
    row: Row | None = None
    for piece in _PIECE.finditer(data):
        if piece.start() != place:
            return None
        place = piece.end()
        kind = piece.lastgroup
        if kind == "text":
            if row is None:
                if y >= len(rows):
                    return None
                row = new.setdefault(y, rows[y][:])
            found = cells_of(piece["text"], style, link)
            if x + len(found) > width:
                return None
            row[x : x + len(found)] = found
            x += len(found)
        elif kind == "style":
            style = "" if piece["style"] in ("0", "") else piece["style"]
        elif kind == "column":
            y, x, row = int(piece["row"]) - 1, int(piece["column"]) - 1, None
        elif kind == "link":
            link = "" if piece["link"] == NO_LINK else piece["link"]
        else:
            y, x, row = y + 1, 0, None
    return Frame(new, (y, x)) if place == len(data) else None
