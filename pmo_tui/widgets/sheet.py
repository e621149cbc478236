"""The sheet of people by periods: months and periods on top, what all of them together have, then a line a person.

    people         Nov 2026      Dec 2026
    Name           ▸w48    w49    w50    w51
    Booked           96    104    120      8
    Available       144    144    144    144
    Jan de Vries     32     36!    36! ›
    Esra Kaya        16~    40      –°

A cell reads without colour: `!` is too much in the period, `d` or `w` too much on a day or in a week inside it, `~` that a part is
booked softly, `°` that somebody works less than usual, whyever. `‹ ›` behind a name: too much in a period out of sight.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Protocol

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip

from pmo_tui.widgets.cutting import fit, width_of
from pmo_tui.widgets.table import GAP, MARK, Column, RegisterTable, Rows

SOFT, AWAY, TODAY, BEFORE, AFTER = "~", "°", "▸", "‹", "›"
OVER, NOBODY = "!", "–"
CELL, FLAGS = 7, 2
"""Columns of a period: a blank, four for the figure, two for the marks behind it."""
NAME, DETAIL, ARROWS = 20, 15, 3
"""Columns of a name, of what stands beside it where there is room, and of the arrows behind it."""
LEAST_NAME = 8
WIDE = 110
"""From so many columns on there is room for the detail."""
NAMES = "name"
"""What the column of names is called."""
GROUPS, LABELS = 0, 1
"""The lines of the head; behind them one for each total."""


@dataclass(frozen=True, slots=True)
class SheetPeriod:
    """A column: what identifies it, its label, what it is a part of (in full and short), and whether today lies in it. Safe text."""

    name: str
    label: str
    group: str
    short: str
    today: bool = False


@dataclass(frozen=True, slots=True)
class SheetCell:
    """A figure of at most four columns with its marks: the letter of the alarm, softly booked, less available than usual."""

    figure: str
    alarm: str = ""
    soft: bool = False
    away: bool = False
    tone: str = ""

    @property
    def text(self) -> str:
        """The cell in `CELL` columns; the last digits of figures stand below each other."""
        marks = self.alarm + (SOFT if self.soft else "") + (AWAY if self.away else "")
        return fit(self.figure, CELL - max(FLAGS, len(marks)), True) + fit(marks, max(FLAGS, len(marks)))


class SheetRows(Rows, Protocol):
    """The rows of a sheet. Cells are asked for when they are painted; places of periods count from 0."""

    def name(self, i: int) -> str:
        """Who it is; safe text."""

    def detail(self, i: int) -> str:
        """What stands beside the name on a wide screen; safe text."""

    def figures(self, i: int, first: int, last: int) -> list[SheetCell]:
        """The cells of row `i` from one place up to and including another."""

    def alarms(self, i: int) -> tuple[int, int] | None:
        """The first and the last place with an alarm; None where there is none."""

    def totals(self, first: int, last: int) -> list[tuple[str, list[SheetCell]]]:
        """The lines of totals: what each is called (safe text), and its cells."""


class SheetTable(RegisterTable):
    """A table whose first column is a name and all others periods, scrolled by period; the cursor is on a cell or on a name."""

    head_lines = 4

    class Edge(Message):
        """The cursor went past the first (-1) or last (1) period that was given."""

        def __init__(self, step: int) -> None:
            super().__init__()
            self.step = step

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.sheet: SheetRows | None = None
        self.periods: Sequence[SheetPeriod] = ()
        self.corners: Sequence[str] = ("",)
        self.label = ""
        self.column = 1

    # ---- what is shown -------------------------------------------------------------------------------------------------

    def show_sheet(self, rows: SheetRows, periods: Sequence[SheetPeriod], label: str, corners: Sequence[str]) -> None:
        """Show other rows or periods; the cursor stays on its person and period where they are still there.

        `label` stands over the names, above it the first of `corners` that has room there, or else the last; all are safe text.
        """
        first = self.columns[self.first].name if self.first < len(self.columns) else ""
        at_period = self.column > 0
        self.sheet, self.periods, self.label, self.corners = rows, periods, label, corners
        self.show(rows, [Column(NAMES, label, NAME), *(Column(each.name, each.label, CELL) for each in periods)])
        if at_period and not self.column and periods:
            self.column = 1
        self.first = next((place for place, each in enumerate(self.columns) if place and each.name == first), 1)
        self._keep_column_in_sight()

    @property
    def current_column(self) -> Column | None:
        """The column of names, when the cursor is in it."""
        return self.columns[0] if self.columns and self.column == 0 else None

    @property
    def place(self) -> int | None:
        """The period under the cursor; None on a name."""
        return self.column - 1 if 0 < self.column <= len(self.periods) else None

    @property
    def in_sight(self) -> tuple[int, int]:
        """The first and the last period in sight."""
        laid_out = self._laid_out(self.size.width)
        return (laid_out[1][0] - 1, laid_out[-1][0] - 1) if len(laid_out) > 1 else (0, -1)

    # ---- columns -------------------------------------------------------------------------------------------------------

    def _laid_out(self, width: int) -> list[tuple[int, int]]:
        """The column of names, then as many periods from `first` on as fit; what is left over goes to the names."""
        if self._layout[0] == width:
            return self._layout[1]
        names = NAME + ARROWS + (DETAIL if width >= WIDE else 0)
        names = min(names, max(LEAST_NAME, width - 1 - CELL))
        count = max(1, (width - 1 - names) // CELL)
        self.first = max(1, min(self.first, len(self.columns) - count))
        places = range(self.first, min(self.first + count, len(self.columns)))
        found = [(0, width - 1 - CELL * len(places)), *((place, CELL) for place in places)]
        self._layout = (width, found)
        return found

    def _keep_column_in_sight(self) -> None:
        self._layout = (-1, [])
        first, last = self.in_sight
        if self.column and not first <= self.column - 1 <= last:
            self.first += self.column - 1 - (first if self.column - 1 < first else last)
            self._layout = (-1, [])
        self.repaint()

    def go_to_column(self, column: int) -> None:
        """Put the cursor on a period, or with 0 on the name, and bring it into sight; within sight one line is painted."""
        if column >= len(self.columns) > 1:
            self.post_message(self.Edge(1))
            return
        column = max(0, min(column, len(self.columns) - 1))
        if column == self.column:
            return
        self.column = column
        first, last = self.in_sight
        if column and not first <= column - 1 <= last:
            self._keep_column_in_sight()
        else:
            for kept in [kept for kept in self._strips if kept[1]]:
                del self._strips[kept]
            self.refresh_lines(self.cursor)
            self.refresh(Region(0, LABELS, self.size.width, 1))
        self.post_message(self.ColumnMoved())

    def scroll_periods(self, screens: int) -> None:
        """A screenful of periods earlier (-1) or later (1); the cursor goes with it."""
        first, last = self.in_sight
        count = last - first + 1
        if (screens < 0 and first == 0) or (screens > 0 and last + 1 >= len(self.periods)):
            self.post_message(self.Edge(screens))
            return
        self.first = max(1, min(self.first + screens * count, len(self.columns) - count))
        self.column = max(1, min(len(self.columns) - 1, max(1, self.column) + screens * count))
        self._keep_column_in_sight()
        self.post_message(self.ColumnMoved())

    def on_resize(self, event: events.Resize) -> None:
        """Other columns are in sight; the cursor's stays."""
        self._keep_column_in_sight()

    def on_click(self, event: events.Click) -> None:
        """The cursor goes into the column where the mouse pressed; into the line too, as in every view."""
        at = 1
        for place, size in self._laid_out(self.size.width):
            if at <= event.x < at + size:
                self.go_to_column(place)
            at += size

    # ---- painting --------------------------------------------------------------------------------------------------------

    def paint_head(self, y: int, width: int) -> Strip:
        """Groups, labels, totals."""
        head = self.line_style("head")
        laid_out = self._laid_out(width)
        if y == GROUPS:
            segments = self._groups(laid_out)
        elif y == LABELS:
            segments = self._labels(laid_out)
        else:
            return self._total(y - LABELS - 1, laid_out, width)
        return Strip(segments).adjust_cell_length(width, head)

    def _groups(self, laid_out: Sequence[tuple[int, int]]) -> list[Segment]:
        head = self.line_style("head")
        room = laid_out[0][1]
        corner = next((each for each in self.corners if width_of(each) <= room), self.corners[-1])
        segments = [Segment(fit(f" {corner}", room + 1), head + self.tone("faint"))]
        shown = [self.periods[place - 1] for place, _size in laid_out[1:]]
        for _group, members in groupby(shown, key=lambda each: each.group):
            same = list(members)
            room = CELL * len(same) - 2
            text = same[0].group if width_of(same[0].group) <= room else same[0].short
            segments.append(Segment("  " + fit(text, room), head))
        return segments

    def _labels(self, laid_out: Sequence[tuple[int, int]]) -> list[Segment]:
        head, current = self.line_style("head"), self.line_style("column")
        segments = [Segment(fit(f" {self.label}", laid_out[0][1] + 1), current if self.column == 0 else head)]
        for place, size in laid_out[1:]:
            period = self.periods[place - 1]
            text = (TODAY if period.today else "") + period.label
            blanks = max(0, min(FLAGS, size - width_of(text)))
            style = current if place == self.column else head
            left = fit("", size - blanks - width_of(text))
            segments += [Segment(left, head), Segment(fit(text, size - len(left) - blanks), style)]
            segments.append(Segment(" " * blanks, head))
        return segments

    def _total(self, line: int, laid_out: Sequence[tuple[int, int]], width: int) -> Strip:
        base = self.line_style("")
        first, last = self.in_sight
        totals = self.sheet.totals(first, last) if self.sheet is not None else []
        if line >= len(totals):
            return self.blank(width)
        label, cells = totals[line]
        segments = [Segment(fit(f" {label}", laid_out[0][1] + 1), base + self.tone("faint"))]
        segments += [Segment(cell.text, base + self.tone(cell.tone)) for cell in cells]
        return Strip(segments).adjust_cell_length(width, base)

    def paint(self, line: int, width: int, at_cursor: bool) -> Strip:
        """A person."""
        assert self.sheet is not None
        key = self.rows.key(line)
        base = self.line_style("cursor" if at_cursor else "marked" if key in self.marked else "")
        here = Style(reverse=not base.reverse)
        laid_out = self._laid_out(width)
        first, last = self.in_sight
        segments = [Segment(MARK if key in self.marked else " ", base)]
        segments += self._who(self.sheet, line, laid_out[0][1], base + here if at_cursor and not self.column else base)
        for place, cell in enumerate(self.sheet.figures(line, first, last), first + 1):
            style = base + self.tone(cell.tone)
            if at_cursor and place == self.column:
                segments += [Segment(cell.text[0], base), Segment(cell.text[1:], style + here)]
            else:
                segments.append(Segment(cell.text, style))
        return Strip(segments).adjust_cell_length(width, base)

    def _who(self, rows: SheetRows, line: int, size: int, style: Style) -> list[Segment]:
        """Name, detail where there is room, and whether there is an alarm out of sight."""
        detail = DETAIL if self.size.width >= WIDE else 0
        segments = [Segment(fit(rows.name(line), size - ARROWS - detail), style)]
        if detail:
            segments.append(Segment(GAP + fit(rows.detail(line), detail - 1), style + self.tone("faint")))
        found, (first, last) = rows.alarms(line), self.in_sight
        before = BEFORE if found is not None and found[0] < first else " "
        after = AFTER if found is not None and found[1] > last else " "
        return [*segments, Segment(f" {before}{after}"[:ARROWS], style + self.tone("red"))]
