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
    """Figures beside each other, in as many lines as the style gives; one of them is under the cursor while the line has the keys."""

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

    def line_count(self) -> int:
        """As many as the style gives."""
        return max(1, self.size.height)

    def paint(self, line: int, width: int, at_cursor: bool) -> Strip:
        """The figures that there is room for, each whole; in the last line … where there are more, and those before the cursor's give way."""
        base = self.line_style("")
        start, end = self._part(line, width)
        start = self._first(start, width) if end == len(self.items) else start
        segments: list[Segment] = []
        used = 0
        for place, each in enumerate(self.items[start:end], start):
            under = self.has_focus and place == self.column
            style = self.line_style("cursor") if under else base
            first, last = ("[", "]") if under else (" ", " ")
            rest = width - used - _width(each)
            if segments and rest < (0 if place == end - 1 else width_of(CUT)):
                segments.append(Segment(CUT, base + self.tone("faint")))
                break
            used += _width(each)
            segments += [
                Segment(f"{first}{each.label} ", style if under else style + self.tone("faint")),
                Segment(each.value, style + self.tone(each.tone or "strong")),
                Segment(last, style),
            ]
        return Strip(segments).adjust_cell_length(width, base)

    def _part(self, line: int, width: int) -> tuple[int, int]:
        """From where to where the figures of a line go: as many as fit, in the last line all that are left."""
        start = end = 0
        for _each in range(line + 1):
            start, room = end, width
            while end < len(self.items) and (end == start or _width(self.items[end]) <= room):
                room -= _width(self.items[end])
                end += 1
        return start, end if line < self.line_count() - 1 else len(self.items)

    def _first(self, start: int, width: int) -> int:
        """The first figure of the last line that is shown, so that the cursor's is in sight."""
        if not self.has_focus or self.column < start:
            return start
        first, room = self.column, width - width_of(CUT)
        while first >= start and (room := room - _width(self.items[first])) >= 0:
            first -= 1
        return min(self.column, first + 1)
