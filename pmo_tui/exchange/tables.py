"""A table as spreadsheets have it: one header row, typed cells, and the row numbers that a person sees beside them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from pmo_tui.records.errors import Said

Cell = str | Decimal | date | bool | None
"""What stands in a cell. Text files hold text alone; a workbook knows numbers, days, and yes or no."""


@dataclass(slots=True)
class Table:
    """Rows under one header.

    `name` is what messages call it: the file's name, with the sheet's behind a `#`. `numbers` are the row numbers in the file as
    a spreadsheet counts them (the header is row 1, quoted line ends do not count). A row may be shorter than the header: those
    cells were not in the file at all. `broken` holds, by row number, why a row could not be read as one. `as_read` says that
    the cells are a file's own, so that they are written back untouched. `delimiter` is the one that was found. `amounts` are the
    places of columns that hold money.
    """

    name: str
    header: list[str]
    rows: list[list[Cell]] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    broken: dict[int, Said] = field(default_factory=dict)
    as_read: bool = False
    delimiter: str = ","
    amounts: frozenset[int] = frozenset()

    def numbered(self) -> Iterator[tuple[int, list[Cell]]]:
        """Each row with its number."""
        return zip(self.numbers, self.rows, strict=True)

    def column(self, place: int) -> list[Cell]:
        """The cells of one column, without those that rows do not have."""
        return [row[place] for row in self.rows if place < len(row)]


def is_blank(cell: Cell) -> bool:
    """Whether nothing stands in the cell, or only blanks."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def plain(cell: Cell) -> str:
    """The cell as text without any wording: 1234.50, 2026-12-31, yes."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, Decimal):
        return f"{cell:f}"
    return cell if isinstance(cell, str) else cell.isoformat()
