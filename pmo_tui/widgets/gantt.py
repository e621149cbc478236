"""The outline of a plan with its Gantt chart on the right: a table of tasks whose rows go on as bars over time.

One widget, so that a row is one line whatever is folded, filtered or scrolled; a step of the cursor paints the lines that change.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Literal

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.strip import Strip

from pmo_tui.widgets.cutting import fit
from pmo_tui.widgets.gantt_bar import Arrow, Bar, Cell, Chart, Window, draw, extent, ground
from pmo_tui.widgets.gantt_links import Piece, pieces, spanned
from pmo_tui.widgets.gantt_scale import SCALES, Scale, fitting, head
from pmo_tui.widgets.grouped_rows import GroupLine
from pmo_tui.widgets.table import NARROWEST_FLEXIBLE, Column, RegisterTable, Rows

Split = Literal["both", "outline", "chart"]
SPLITS: tuple[Split, ...] = ("both", "outline", "chart")
NARROW, NARROW_OUTLINE = 100, 38
"""Below so many columns the outline takes `NARROW_OUTLINE` of them."""
WIDEST_OUTLINE = 67
LEAST_CHART = 12
LEAST_USED = 0.4
"""A plan that would take less of the chart than this is begun with in a nearer scale, around today."""
EDGE = 2
"""Columns that stay free between what is jumped to and the edge."""
PAGE = 2
"""A step in time goes on by half of what is in sight."""


class GanttTable(RegisterTable):
    """Tasks with their bars. The screen gives the bar of a key (`show_chart`); bars are asked for when they are painted."""

    head_lines = 2
    sticky = 2

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.split: Split = "both"
        self.caption = ""
        self.place = 1
        self.origin = 0
        self._chart: Chart | None = None
        self._bar: Callable[[str], Bar | None] = lambda key: None
        self._aimed = False
        self._links: list[tuple[int, int, Arrow]] = []
        self._ground: tuple[Window | None, list[Cell]] = (None, [])

    # ---- what is shown -------------------------------------------------------------------------------------------------

    def aim_anew(self) -> None:
        """Choose scale and days by the next chart that is shown, so that it is filled."""
        self._aimed = False

    def show_chart(self, chart: Chart, bar: Callable[[str], Bar | None]) -> None:
        """Show the bars of another chart."""
        self._chart, self._bar = chart, bar
        self._ground = (None, [])
        if self.size.width:
            self._aim()
        self._find_links()
        self.repaint()

    def show(self, rows: Rows, columns: Sequence[Column] | None = None, groups: Sequence[GroupLine] = ()) -> None:
        """Show other rows; the links of the row under the cursor are found anew."""
        super().show(rows, columns, groups)
        self._find_links()

    def _aim(self) -> None:
        if not self._aimed and self._chart is not None:
            self._aimed = True
            self.fit_all()
            if self.place and self._used() < self.window.width * LEAST_USED:
                self.place -= 1
                self._begin()
                self._time_moved()

    def _used(self) -> int:
        """How many columns the plan takes."""
        chart = self._chart
        return 0 if chart is None else self.scale.last_column(chart.last) - self.scale.column(chart.first) + 1

    def on_resize(self, event: events.Resize) -> None:
        """The first time it is known how much room there is."""
        super().on_resize(event)
        self._aim()

    @property
    def scale(self) -> Scale:
        """The scale in use."""
        return SCALES[self.place]

    @property
    def window(self) -> Window:
        """The days in sight."""
        return Window(self.scale, self.origin, max(0, self.size.width - self.list_width(self.size.width)))

    def list_width(self, width: int) -> int:
        """What the outline takes."""
        if self.split == "outline" or width < LEAST_CHART * 2:
            return width
        if self.split == "chart":
            return (self.columns[0].width if self.columns else 0) + 2
        usual = NARROW_OUTLINE if width < NARROW else WIDEST_OUTLINE
        return min(max(usual, self._least_outline()), width - LEAST_CHART)

    def _least_outline(self) -> int:
        """What the outline takes at least, so that the column under the cursor is in sight."""
        shown = [*self.columns[: self.sticky], *self.columns[max(self.sticky, self.column) : self.column + 1]]
        widths = [min(each.width, NARROWEST_FLEXIBLE) if each.flexible else each.width for each in shown]
        return sum(widths) + len(widths) + 1

    # ---- time ----------------------------------------------------------------------------------------------------------

    def fit_all(self) -> None:
        """The nearest scale in which the whole plan is in sight; one that has room for no more than a part shows it from today on."""
        if self._chart is not None:
            self.place = fitting(self._chart.first, self._chart.last, self.window.width - EDGE)
            self._begin()
            self._time_moved()

    def _begin(self) -> None:
        """At the beginning of the plan, or around today where not all of it has room."""
        chart, width = self._chart, self.window.width
        if chart is not None:
            self.origin = self.scale.column(chart.first) - 1
            if self._used() >= width:
                self.origin = self.scale.column(max(chart.first, min(chart.last, chart.today))) - width // 3

    def zoom(self, step: int) -> bool:
        """A nearer (1) or farther (-1) scale around the middle, or around today where that is in sight; False at the last one."""
        place = self.place - step
        if not 0 <= place < len(SCALES):
            return False
        centre, at = self._centre()
        self.place = place
        self.origin = self.scale.column(centre) - at
        self._time_moved()
        return True

    def nearest(self) -> None:
        """The nearest scale."""
        self.zoom(self.place)

    def _centre(self) -> tuple[date, int]:
        window = self.window
        if self._chart is not None:
            at = window.place(self.scale.column(self._chart.today))
            if 0 <= at < window.width:
                return self._chart.today, at
        return self.scale.first_day(self.origin + window.width // 2), window.width // 2

    def scroll_time(self, pages: int) -> None:
        """Later or earlier, by half of what is in sight; a window of nothing but emptiness is not gone to."""
        self.origin += pages * max(1, self.window.width // PAGE)
        self._time_moved()

    def show_day(self, day: date) -> None:
        """Bring a day to the left third."""
        self.origin = self.scale.column(day) - self.window.width // 3
        self._time_moved()

    def show_bar(self) -> None:
        """Bring the bar under the cursor into sight, its beginning where it has no room."""
        bar = self._bar(self.key) if self.key else None
        found = extent(bar, self.scale) if bar is not None else None
        if found is None:
            return
        width = self.window.width
        room = width - (found[1] - found[0] + 1)
        self.origin = found[0] - (room // 2 if room > 2 * EDGE else EDGE)
        self._time_moved()

    def next_split(self) -> None:
        """Outline and chart, the outline alone, the chart alone."""
        self.split = SPLITS[(SPLITS.index(self.split) + 1) % len(SPLITS)]
        self._layout = (-1, [])
        self._time_moved()

    def _time_moved(self) -> None:
        self._keep_near()
        self._ground = (None, [])
        self.repaint()

    def _keep_near(self) -> None:
        """No farther from the plan and today than a page."""
        chart, width = self._chart, self.window.width
        if chart is not None:
            low = self.scale.column(min(chart.first, chart.today)) - width + EDGE
            high = self.scale.last_column(max(chart.last, chart.today)) - EDGE
            self.origin = max(low, min(high, self.origin))

    # ---- links of the row under the cursor -----------------------------------------------------------------------------

    def _find_links(self) -> None:
        """The links between the row under the cursor and others that are listed: row of the first, row of the second."""
        bar = self._bar(self.key) if self.key else None
        found = []
        for arrow in bar.arrows if bar is not None else ():
            other = self.rows.index(arrow.key)
            if other is not None:
                found.append((other, self.cursor, arrow) if arrow.incoming else (self.cursor, other, arrow))
        self._links = found

    def move_to(self, line: int) -> None:
        """Another row, with its links instead of those of the row before."""
        before, links = self.cursor, self._links
        super().move_to(line)
        if self.cursor != before:
            self._find_links()
            if links or self._links:
                changed = spanned([*links, *self._links])
                self.repaint(*{each for each, _ in self._strips if each in changed}, *self._in_sight(changed))

    def _in_sight(self, lines: set[int]) -> Iterator[int]:
        return (line for line in range(self.top, self.top + self.page) if line in lines)

    def _pieces(self, line: int) -> list[Piece]:
        found: list[Piece] = []
        for first, second, arrow in self._links:
            if min(first, second) <= line <= max(first, second):
                ends = self._extent_of(first), self._extent_of(second)
                if ends[0] is not None and ends[1] is not None:
                    found += pieces(line, (first, second), (ends[0], ends[1]), arrow)
        return found

    def _extent_of(self, line: int) -> tuple[int, int] | None:
        bar = self._bar(self.rows.key(line))
        return extent(bar, self.scale) if bar is not None else None

    # ---- painting --------------------------------------------------------------------------------------------------------

    def paint_head(self, y: int, width: int) -> Strip:
        """The time over the chart in two lines; left of it what is shown, and the labels of the columns."""
        style, now = self.line_style("head"), self.line_style("column")
        left, window = self.list_width(width), self.window
        caption = f" {self.caption}" if self.split != "chart" else ""
        outline = super().paint_head(y, width) if y else Strip([Segment(fit(caption, left), style)], left)
        if not window.width or self._chart is None:
            return outline.adjust_cell_length(width, style)
        text = head(window.scale, window.origin, window.width)[y]
        place = window.place(window.scale.column(self._chart.today))
        end = place + window.scale.span
        if not y or end <= 0 or place >= window.width:
            return Strip([*outline.crop(0, left), Segment(text, style)]).adjust_cell_length(width, style)
        place = max(0, place)
        parts = [Segment(text[:place], style), Segment(text[place:end], now), Segment(text[end:], style)]
        return Strip([*outline.crop(0, left), *parts]).adjust_cell_length(width, style)

    def paint(self, line: int, width: int, at_cursor: bool) -> Strip:
        """A row of the outline and its bar."""
        outline = super().paint(line, width, at_cursor)
        window = self.window
        if not window.width or self._chart is None:
            return outline
        key = self.rows.key(line)
        bar = self._bar(key)
        cells = self._under(window)
        if bar is not None:
            cells = draw(bar, self._chart, window, cells, self._pieces(line), self.split == "chart")
        base = self.line_style("cursor" if at_cursor else "marked" if key in self.marked else "")
        return Strip([*outline.crop(0, self.list_width(width)), *self._segments(cells, base)], width)

    def _under(self, window: Window) -> list[Cell]:
        if self._ground[0] != window and self._chart is not None:
            self._ground = (window, ground(self._chart, window))
        return self._ground[1]

    def _segments(self, cells: list[Cell], base: Style) -> Iterator[Segment]:
        """Neighbours of one tone as one piece."""
        start = 0
        for place in range(1, len(cells) + 1):
            if place == len(cells) or cells[place][1] != cells[start][1]:
                text = "".join(letter for letter, _ in cells[start:place])
                yield Segment(text, base + self.tone(cells[start][1]))
                start = place
