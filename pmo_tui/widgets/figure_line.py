"""A line of figures over a list: `open 57  threats EUR 788k  net EUR 650k  reviews due 17`; the keys go from one to the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.segment import Segment
from textual.strip import Strip

from pmo_tui.widgets.cutting import CUT, width_of
from pmo_tui.widgets.side_by_side import SideBySide


@dataclass(frozen=True, slots=True)
class ShownFigure:
    """A figure: its name for who asks why, its label and value as shown (safe text), and what stresses it."""

    name: str
    label: str
    value: str
    tone: str = ""


def _width(figure: ShownFigure) -> int:
    return width_of(f" {figure.label} {figure.value} ")


class FigureLine(SideBySide[ShownFigure]):
    """Figures beside each other; one of them is under the cursor while the line has the keys."""

    DEFAULT_CSS = "FigureLine { height: 1; background: $surface; }"

    class Chosen(SideBySide.Chosen):
        """Enter was pressed on a figure: where it comes from is asked."""

    class Left(SideBySide.Left):
        """Escape was pressed."""

    def show(self, figures: Sequence[ShownFigure]) -> None:
        """Show other figures."""
        if list(figures) != self.items:
            self.items = list(figures)
            self.column = max(0, min(self.column, len(self.items) - 1))
            self.repaint()

    def paint(self, line: int, width: int, at_cursor: bool) -> Strip:
        """The figures that there is room for, each whole, and … where there are more; those before the cursor's give way."""
        base = self.line_style("")
        segments: list[Segment] = []
        used = 0
        for place, each in enumerate(self.items[self._first(width) :], self._first(width)):
            under = self.has_focus and place == self.column
            style = self.line_style("cursor") if under else base
            first, last = ("[", "]") if under else (" ", " ")
            rest = width - used - _width(each)
            if segments and rest < (0 if place == len(self.items) - 1 else width_of(CUT)):
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
        while first >= 0 and (room := room - _width(self.items[first])) >= 0:
            first -= 1
        return min(self.column, first + 1)
