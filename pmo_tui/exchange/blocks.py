"""What a page to print is made of, whatever prints it: headings, facts, texts, tables.

Every text here is safe (see `wording.safe`) and of one line, but it is no markup: whoever prints it takes out what would be one.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table: its text, and the colour that may stress it: a status colour, `late`, or nothing."""

    text: str
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """The title of the page (level 1) or of a part of it (level 2)."""

    text: str
    level: int = 2


@dataclass(frozen=True, slots=True)
class Facts:
    """Labels with what they stand for."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Text:
    """What somebody wrote, line by line; `quiet` for a remark of the page itself."""

    lines: tuple[str, ...]
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class TableRow:
    """The cells of a row; `target` tells which row of which part of the page it is: `money:cost`, `risks:R-2`."""

    cells: tuple[Cell, ...]
    target: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under heads; `rights` says which columns are flush right."""

    head: tuple[str, ...]
    rows: tuple[TableRow, ...]
    rights: tuple[bool, ...]


Block = Heading | Facts | Text | Table
