"""A line of figures over a list: `open 57  threats EUR 788k  net EUR 650k  reviews due 17`; the keys go from one to the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.strip import Strip

from pmo_tui.widgets.cutting import CUT, width_of
from pmo_tui.widgets.line_view import LineView


@dataclass(frozen=True, slots=True)
class ShownFigure:
    """A figure: its name for who asks why, its label and value as shown (safe text), and what stresses it."""

    name: str
    label: str
    value: str
    tone: str = ""


def _width(figure: ShownFigure) -> int:
    return width_of(f" {figure.label} {figure.value} ")


class FigureLine(LineView):
    """Figures beside each other; one of them is under the cursor while the line has the keys."""

    DEFAULT_CSS = "FigureLine { height: 1; background: $surface; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", show=False),
        Binding("escape", "leave", show=False),
    ]

    class Chosen(Message):
        """Enter was pressed on a figure."""

        def __init__(self, name: str) -> None:
            super().__init__()
            self.name = name

    class Left(Message):
        """Escape was pressed."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.figures: list[ShownFigure] = []
        self.column = 0

    def show(self, figures: Sequence[ShownFigure]) -> None:
        """Show other figures."""
        if list(figures) != self.figures:
            self.figures = list(figures)
            self.column = max(0, min(self.column, len(self.figures) - 1))
            self.repaint()

    @property
    def current(self) -> str:
        """The name of the figure under the cursor."""
        return self.figures[self.column].name if self.figures else ""

    def line_count(self) -> int:
        """One."""
        return 1

    def paint(self, line: int, width: int, at_cursor: bool) -> Strip:
        """The figures that there is room for, each whole, and … where there are more; those before the cursor's give way."""
        base = self.line_style("")
        segments: list[Segment] = []
        used = 0
        for place, each in enumerate(self.figures[self._first(width) :], self._first(width)):
            under = self.has_focus and place == self.column
            style = self.line_style("cursor") if under else base
            first, last = ("[", "]") if under else (" ", " ")
            rest = width - used - _width(each)
            if segments and rest < (0 if place == len(self.figures) - 1 else width_of(CUT)):
                segments.append(Segment(CUT, base + self.tone("faint")))
                break
            used += _width(each)
            segments += [
                Segment(f"{first}{each.label} ", style if under else style + self.tone("faint")),
                Segment(each.value, style + self.tone(each.tone or "strong")),
                Segment(last, style),
            ]
        return Strip(segments).adjust_cell_length(width, base)

    def _first(self, width: int) -> int:
        """The first figure that is shown, so that the cursor's is in sight."""
        if not self.has_focus:
            return 0
        first, room = self.column, width - width_of(CUT)
        while first >= 0 and (room := room - _width(self.figures[first])) >= 0:
            first -= 1
        return min(self.column, first + 1)

    def _go(self, column: int) -> None:
        self.column = max(0, min(len(self.figures) - 1, column))
        self.repaint()

    def action_left(self) -> None:
        """The figure before."""
        self._go(self.column - 1)

    def action_right(self) -> None:
        """The next figure."""
        self._go(self.column + 1)

    def action_first(self) -> None:
        """The first figure."""
        self._go(0)

    def action_last(self) -> None:
        """The last figure."""
        self._go(len(self.figures) - 1)

    def action_choose(self) -> None:
        """Say where the figure comes from."""
        if self.figures:
            self.post_message(self.Chosen(self.current))

    def action_leave(self) -> None:
        """Back to the list."""
        self.post_message(self.Left())

    def on_focus(self) -> None:
        """The cursor shows."""
        self.repaint()

    def on_blur(self) -> None:
        """The cursor goes."""
        self.repaint()
