"""What a terminal shows, cell by cell, and the reading of a painted frame into it."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from rich.cells import split_graphemes

from pmo_tui.terminal.looks import PLAIN, Look, look_of, on_blank


class Cell(NamedTuple):
    """One place on the screen: its text (empty for the right half of a wide character), its look, its hyperlink.

    Of a blank the look is what can be seen of it.
    """

    text: str
    look: Look
    link: str


MANY = 2048
"""So many different characters of one look are remembered."""
UNKNOWN = Cell("\0", PLAIN, "")
"""What stands there is not known: it has to be painted."""
Row = list[Cell]

NO_LINK = "\x1b]8;;\x1b\\"
_NARROW = (
    "\0 -\u02ff\u0370-\u0482\u048a-\u052f\u2010-\u2027\u2030-\u2044\u20a0-\u20c0\u2190-\u22ff\u23ce\u2400-\u2426\u2500-\u25fc\u25ff"
    "\u2713\u2717"
)
_WIDE = (
    "\u1100-\u115f\u2f00-\u2fd5\u3000-\u3029\u3041-\u3096\u309b-\u30ff\u3105-\u312f\u3131-\u3163\u3190-\u31e3\u31f0-\u3247"
    "\u3400-\u4dbf\u4e00-\ua48c\uac00-\ud7a3\uf900-\ufaff\uff01-\uff60"
)


@cache
def _piece() -> re.Pattern[str]:
    """Mostly a run of text in a style that is taken off behind it; a move, a line's end, a style by itself, a hyperlink.

    This pattern and the next two are compiled when a frame is first compared with what a terminal shows: most starts never do.
    """
    return re.compile(
        r"(?:\x1b\[(?P<style>[\d;]*)m)?(?P<text>[^\x1b\n\r\t\x00-\x08\x0b-\x1a]+)(?P<reset>\x1b\[0m)?"
        r"|\x1b\[(?P<row>\d+);(?P<column>\d+)H|(?P<newline>\n)|\x1b\[(?P<only>[\d;]*)m|(?P<link>\x1b\]8;[^\x07\x1b]*\x1b\\)"
    )


@cache
def _certain() -> re.Pattern[str]:
    return re.compile(f"[{_NARROW}]*")


@cache
def _agreed() -> re.Pattern[str]:
    return re.compile(f"[{_NARROW}{_WIDE}]?")


class _Letters(dict[str, Cell]):
    """The cells of one look and hyperlink by their letter, each made once: equal cells are nearly always the same object."""

    def __init__(self, look: Look, link: str) -> None:
        super().__init__()
        self.look, self.link = look, link
        self[" "] = Cell(" ", on_blank(look), link)

    def __missing__(self, text: str) -> Cell:
        if len(self) > MANY:
            self.clear()
            self[" "] = Cell(" ", on_blank(self.look), self.link)
        cell = self[text] = Cell(text, self.look, self.link)
        return cell


_letters = lru_cache(512)(_Letters)


def cells_of(text: str, look: Look, link: str) -> list[Cell]:
    """The cells that a run of text fills; a mark that takes no column stands with the character before it."""
    letters = _letters(look, link)
    if is_certain(text):
        return [letters[letter] for letter in text]
    found: list[Cell] = []
    for start, end, width in split_graphemes(text)[0]:
        if width:
            found.append(letters[text[start:end]])
            found.extend([letters[""]] * (width - 1))
    return found


def text_of(row: Row) -> str:
    """The characters of a row."""
    return "".join([cell[0] for cell in row])


def is_certain(text: str) -> bool:
    """Whether every character takes one column in every terminal: Latin, Greek, Cyrillic, currencies, mathematics, boxes, simple shapes."""
    return text.isascii() or _certain().fullmatch(text) is not None


def is_agreed(text: str) -> bool:
    """Whether terminals agree on how many columns the text of one cell takes: the certain ones, and what is wide everywhere.

    They do not agree on emoji, on marks that stand on a letter, on flags.
    """
    return _agreed().fullmatch(text) is not None


class Frame(NamedTuple):
    """The rows that a frame painted, whole, and where it left the cursor (row and column from 0)."""

    rows: dict[int, Row]
    cursor: tuple[int, int]


def _halve(row: Row, x: int, end: int) -> None:
    """What is painted from `x` to `end` may leave half of a wide character beside it: terminals show a blank there."""
    if 0 < x < end and not row[x].text:
        row[x - 1] = _blank_of(row[x - 1])
    if x < end < len(row) and not row[end].text:
        row[end] = _blank_of(row[end])


def _blank_of(cell: Cell) -> Cell:
    return Cell(" ", on_blank(cell.look), cell.link)


def read_frame(data: str, rows: list[Row], width: int) -> Frame | None:
    """What `data` makes of `rows`; None where it is no frame, or one that was painted for another size."""
    new: dict[int, Row] = {}
    y = x = place = 0
    look, link = PLAIN, ""
    row: Row | None = None
    for piece in _piece().finditer(data):
        if piece.start() != place:
            return None
        place = piece.end()
        style, text, reset, line, column, newline, only, target = piece.groups()
        if text:
            if style is not None:
                look = look_of(style)
            if row is None:
                if y >= len(rows):
                    return None
                row = new.setdefault(y, rows[y][:])
            found = cells_of(text, look, link)
            end = x + len(found)
            if end > width:
                return None
            _halve(row, x, end)
            row[x:end] = found
            x = end
            if reset:
                look = PLAIN
        elif line:
            y, x, row = int(line) - 1, int(column) - 1, None
        elif newline:
            y, x, row = y + 1, 0, None
        elif target:
            link = "" if target == NO_LINK else target
        else:
            look = look_of(only)
    return Frame(new, (y, x)) if place == len(data) else None
