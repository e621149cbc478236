"""The blocks of a report's page as lines of a screen of some width."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pmo_tui.exchange.blocks import Block, Facts, Heading, Table, TableRow, Text
from pmo_tui.exchange.report_blocks import blocks
from pmo_tui.records.report_page import Page
from pmo_tui.widgets.cutting import fit, width_of
from pmo_tui.widgets.line_view import TONES
from pmo_tui.widgets.text_page import Piece, TextLine, line, two_columns

LABEL = 18
GAP = "  "
NARROWEST = 8
WIDEST_TEXT = 100
"""Text is broken at so many columns, for the eye."""
INDENT = 2


def page_lines(page: Page, width: int) -> list[TextLine]:
    """The lines; those of a table's row lead to where the row comes from."""
    return [each for block in blocks(page) for each in _block(block, width - 2)]


def _block(block: Block, width: int) -> Iterator[TextLine]:
    if isinstance(block, Heading):
        if block.level > 1:
            yield line()
        yield line(block.text, "strong")
    elif isinstance(block, Facts):
        for label, value in block.rows:
            yield two_columns(label, value, LABEL)
    elif isinstance(block, Text):
        for each in block.lines:
            yield line(" " * INDENT + each, "faint" if block.quiet else "", "", INDENT)
    else:
        yield from _table(block, width - INDENT)


def _table(table: Table, width: int) -> Iterator[TextLine]:
    """Columns as wide as what they hold; where there is no room the widest give way, the last one is broken into lines."""
    widths = _widths(table, width)
    head = GAP.join(fit(text, size, right) for text, size, right in zip(table.head, widths, table.rights, strict=True))
    yield line(" " * INDENT + head.rstrip(), "faint", "", INDENT)
    for row in table.rows:
        yield _row(row, widths, table.rights)


def _widths(table: Table, width: int) -> list[int]:
    count = len(table.head)
    wanted = [
        max([width_of(table.head[place]), *(width_of(row.cells[place].text) for row in table.rows)])
        for place in range(count)
    ]
    room = width - len(GAP) * (count - 1)
    while sum(wanted) > room:
        widest = max(range(count), key=lambda place: (wanted[place], place))
        if wanted[widest] <= NARROWEST:
            break
        wanted[widest] -= 1
    return wanted


def _row(row: TableRow, widths: list[int], rights: Iterable[bool]) -> TextLine:
    pieces: list[Piece] = [(" " * INDENT, "")]
    last = len(widths) - 1
    for place, (cell, size, right) in enumerate(zip(row.cells, widths, rights, strict=True)):
        text = cell.text if place == last else fit(cell.text, size, right) + GAP
        pieces.append((text, cell.tone if cell.tone in TONES else ""))
    return TextLine(tuple(pieces), row.target, INDENT + sum(widths[:-1]) + len(GAP) * last)
