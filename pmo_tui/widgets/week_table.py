"""A table whose columns are weeks: over each label of the head a second one, such as the week's Monday."""

from __future__ import annotations

from collections.abc import Mapping

from rich.segment import Segment
from textual.strip import Strip

from pmo_tui.widgets.cutting import fit
from pmo_tui.widgets.table import GAP, RegisterTable


class WeekTable(RegisterTable):
    """A table with a head of two lines. `over` holds the upper labels by column, `now` is the column of today."""

    head_lines = 2
    sticky = 3

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.over: Mapping[str, str] = {}
        self.now = ""

    def paint_head(self, y: int, width: int) -> Strip:
        """The upper labels, then those of every table."""
        if y:
            return super().paint_head(y, width)
        head, now = self.line_style("head"), self.line_style("column")
        segments = [Segment(" ", head)]
        for place, size in self._laid_out(width):
            name = self.columns[place].name
            style = now if name == self.now else head
            segments += [Segment(fit(self.over.get(name, ""), size), style), Segment(GAP, head)]
        return Strip(segments).adjust_cell_length(width, head)
