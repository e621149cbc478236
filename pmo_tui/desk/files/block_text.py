"""A block of cells as text for somewhere else: for a spreadsheet, for a message, for a page in Markdown."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence


def as_tsv(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """For a spreadsheet: tabs between cells, quotes around what would break the block; `head` may be empty."""
    out = io.StringIO()
    csv.writer(out, delimiter="\t", lineterminator="\n").writerows([*([head] if head else []), *rows])
    return out.getvalue().rstrip("\n")


def as_text(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """For a message: a line `label: value` for each cell that holds something, an empty line between rows."""
    blocks = [[f"{label}: {cell}" for label, cell in zip(head, row, strict=True) if cell] for row in rows]
    return "\n\n".join("\n".join(lines) for lines in blocks)


def as_markdown(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table of Markdown as GitHub writes it. What would be markup in a cell is escaped."""
    lines = [_line(head), _line(["---"] * len(head), plain=True), *(_line(row) for row in rows)]
    return "\n".join(lines)


def _line(cells: Sequence[str], plain: bool = False) -> str:
    return "| " + " | ".join(cell if plain else _escaped(cell) for cell in cells) + " |"


def _escaped(cell: str) -> str:
    for mark in "\\|*_`[]<>":
        cell = cell.replace(mark, f"\\{mark}")
    return cell.replace("\n", "<br>")
