"""The heat map of risks: five by five cells, probability upwards, impact to the right, how many in each and in which band.

    Residual · probability ↑ impact →
    5    ·M    2M    ·H  3+1V    1V
    4    ·L    1L    4M …
         1     2     3     4     5

A cell reads without colour: how many threats, behind a plus how many opportunities, and the letter of the band. `[ ]` is the cursor,
`‹ ›` the cell that the list is narrowed to.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.strip import Strip

from pmo_tui.widgets.cutting import fit, width_of
from pmo_tui.widgets.line_view import LineView

LEVELS = 5
NONE = "·"
LABEL = 2
ROOMY, WIDEST = 7, 9
"""How wide a cell is where nothing presses, and no cell is wider."""
Place = tuple[int, int]
"""Probability and impact, each 1 to 5."""


@dataclass(frozen=True, slots=True)
class HeatCell:
    """One cell: how many threats and opportunities, the letter of its band and the band's tone."""

    threats: int = 0
    opportunities: int = 0
    letter: str = ""
    tone: str = ""

    @property
    def text(self) -> str:
        """How many: `3`, `3+1`, `+1`, or a point."""
        good = f"+{self.opportunities}" if self.opportunities else ""
        return (str(self.threats) if self.threats else "") + good or NONE


Cells = Sequence[Sequence[HeatCell]]
"""`cells[probability - 1][impact - 1]`."""
EMPTY: Cells = ((HeatCell(),) * LEVELS,) * LEVELS


class HeatMap(LineView):
    """The map, with a cursor on a cell while it has the keys."""

    DEFAULT_CSS = "HeatMap { height: 7; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", show=False),
        Binding("escape", "leave", show=False),
    ]
    head_lines = 1

    class Chosen(Message):
        """Enter was pressed on a cell."""

        def __init__(self, place: Place) -> None:
            super().__init__()
            self.place = place

    class Left(Message):
        """Escape was pressed."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.cells: Cells = EMPTY
        self.title = ""
        self.chosen: Place | None = None
        self.column = LEVELS - 1

    def show(self, cells: Cells, title: str, chosen: Place | None) -> None:
        """Show other counts under a title (safe text); `chosen` is the cell that the list is narrowed to."""
        self.cells, self.title, self.chosen = cells, title, chosen
        self.repaint()

    @property
    def place(self) -> Place:
        """The cell under the cursor."""
        return LEVELS - min(self.cursor, LEVELS - 1), self.column + 1

    def least_width(self, roomy: bool = False) -> int:
        """The columns it needs, or takes where nothing presses."""
        return LABEL + LEVELS * max(ROOMY if roomy else 0, self._count_width() + 3)

    def _count_width(self) -> int:
        return max(2, *(len(cell.text) for row in self.cells for cell in row))

    def _cell_width(self, width: int) -> int:
        return max(self._count_width() + 3, min(WIDEST, (width - LABEL) // LEVELS))

    # ---- lines -----------------------------------------------------------------------------------------------------------

    def line_count(self) -> int:
        """Five rows and the axis below them."""
        return LEVELS + 1

    def stops_at(self, line: int) -> bool:
        """The cursor rests on cells."""
        return line < LEVELS

    def paint_head(self, y: int, width: int) -> Strip:
        """The title."""
        return Strip([Segment(fit(f" {self.title}", width), self.line_style("") + Style(bold=True))], width)

    def paint(self, line: int, width: int, at_cursor: bool) -> Strip:
        """A row of cells, or the axis."""
        base, size = self.line_style(""), self._cell_width(width)
        if line >= LEVELS:
            text = " " * LABEL + "".join(fit(f"{impact}  ", size, True) for impact in range(1, LEVELS + 1))
            return Strip([Segment(text, base + self.tone("faint"))]).adjust_cell_length(width, base)
        probability = LEVELS - line
        segments = [Segment(fit(str(probability), LABEL), base + self.tone("faint"))]
        for column, cell in enumerate(self.cells[probability - 1]):
            under = at_cursor and self.has_focus and column == self.column
            segments += self._cell(cell, size, under, (probability, column + 1) == self.chosen)
        return Strip(segments).adjust_cell_length(width, base)

    def _cell(self, cell: HeatCell, size: int, under: bool, chosen: bool) -> list[Segment]:
        base = self.line_style("cursor" if under else "marked" if chosen else "")
        first, last = ("[", "]") if under else ("‹", "›") if chosen else (" ", " ")
        room = size - 2 - width_of(cell.letter)
        filled = cell.text != NONE
        count = base + self.tone(cell.tone if filled else "faint")
        return [
            Segment(first, base),
            Segment(fit(cell.text, room, True), count),
            Segment(cell.letter, base + self.tone(cell.tone) if filled else count),
            Segment(last, base),
        ]

    # ---- keys ------------------------------------------------------------------------------------------------------------

    def action_left(self) -> None:
        """A lower impact."""
        self._go(self.column - 1)

    def action_right(self) -> None:
        """A higher impact."""
        self._go(self.column + 1)

    def action_last(self) -> None:
        """The lowest probability."""
        self.move_to(LEVELS - 1)

    def _go(self, column: int) -> None:
        column = max(0, min(LEVELS - 1, column))
        if column != self.column:
            self.column = column
            self.repaint(self.cursor)
            self.follower()

    def move_to(self, line: int) -> None:
        """Another row; cells beside the cursor's old one are painted again."""
        before = self.cursor
        super().move_to(min(line, LEVELS - 1))
        self.repaint(before, self.cursor)

    def action_choose(self) -> None:
        """Narrow the list to this cell."""
        self.post_message(self.Chosen(self.place))

    def action_leave(self) -> None:
        """Back to the list."""
        self.post_message(self.Left())

    def on_focus(self) -> None:
        """The cursor shows, on the chosen cell where there is one."""
        if self.chosen is not None:
            self.cursor, self.column = LEVELS - self.chosen[0], self.chosen[1] - 1
        self.repaint()

    def on_blur(self) -> None:
        """The cursor goes."""
        self.repaint()

    def on_click(self, event: events.Click) -> None:
        """The cell that the mouse pressed."""
        line, column = event.y - self.head_lines, (event.x - LABEL) // self._cell_width(self.size.width)
        if 0 <= line < LEVELS and 0 <= column < LEVELS:
            self.move_to(line)
            self._go(column)
            self.action_choose()
