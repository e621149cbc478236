"""The lines of links between bars: from an end of the first task down or up to an end of the second.

━━━━━▒▒▒┐          finish to start: down onto the beginning of what comes after
        ▒▒▒▒
┌▒▒▒               start to start: along the beginnings
└▒▒▒▒▒▒
"""

from __future__ import annotations

from collections.abc import Sequence

from pmo_tui.widgets.gantt_bar import Arrow

Piece = tuple[int, str]
"""A column of the scale and the letter there."""
Extent = tuple[int, int]


def spanned(links: Sequence[tuple[int, int, Arrow]]) -> set[int]:
    """The rows that some links touch or pass."""
    return {row for first, second, _ in links for row in range(min(first, second), max(first, second) + 1)}


def pieces(row: int, rows: tuple[int, int], ends: tuple[Extent, Extent], arrow: Arrow) -> list[Piece]:
    """The pieces of a link in one row; `rows` and `ends` are those of the first and the second task."""
    first, second = rows
    column = turn(ends, arrow)
    if row == first:
        return _leaving(ends[0], column, arrow.from_finish, second > first)
    if row == second:
        return _arriving(ends[1], column, arrow.to_finish, second > first)
    return [(column, "│")]


def turn(ends: tuple[Extent, Extent], arrow: Arrow) -> int:
    """The column in which a link goes down or up."""
    (start, finish), (later_start, later_finish) = ends
    if arrow.from_finish and not arrow.to_finish:
        return later_start
    if arrow.from_finish:
        return max(finish, later_finish) + 1
    if arrow.to_finish:
        return later_finish + 1
    return min(start, later_start) - 1


def _leaving(bar: Extent, column: int, from_finish: bool, down: bool) -> list[Piece]:
    """From the bar along its row to the column; nothing where that lies under the bar."""
    if from_finish and column > bar[1]:
        return [*((each, "─") for each in range(bar[1] + 1, column)), (column, "┐" if down else "┘")]
    if not from_finish and column < bar[0]:
        return [(column, "┌" if down else "└"), *((each, "─") for each in range(column + 1, bar[0]))]
    return []


def _arriving(bar: Extent, column: int, to_finish: bool, down: bool) -> list[Piece]:
    """From the column along the row to the bar; nothing where the link comes down onto it."""
    if to_finish and column > bar[1]:
        return [*((each, "─") for each in range(bar[1] + 1, column)), (column, "┘" if down else "┐")]
    if not to_finish and column < bar[0]:
        return [(column, "└" if down else "┌"), *((each, "─") for each in range(column + 1, bar[0]))]
    return []
