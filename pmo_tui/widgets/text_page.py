"""Lines of words in colours, scrolled by keys: a record, its history, help, why a figure is what it is."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace
from rich.segment import Segment
from textual.strip import Strip

from pmo_tui.widgets.cutting import fit, is_wider, split, width_of
from pmo_tui.widgets.line_view import LineView

Piece = tuple[str, str]
"""A piece of safe text and its tone."""


class TextLine(Struct, frozen=True):
    """One line: pieces of text, and what enter on it means (a record's key, a field, an action's id), "" for nothing.

    Where it is longer than the page it is broken; the later lines begin at `indent`. `figure` names the figure of the record `target`
    that the line tells. `cells` are what a copy of it holds.
    """

    pieces: tuple[Piece, ...] = ()
    target: str = ""
    indent: int = 0
    figure: str = ""
    cells: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The line without colours."""
        return "".join(text for text, _ in self.pieces)


def line(text: str = "", tone: str = "", target: str = "", indent: int = 0, figure: str = "") -> TextLine:
    """A line of one colour."""
    return TextLine(((text, tone),) if text else (), target, indent, figure)


class TextPage(LineView):
    """A page of lines. The cursor rests on those that mean something when enter is pressed, or on any where none does."""

    def __init__(self, lines: Sequence[TextLine] = (), *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._lines = list(lines)
        self._shown: tuple[int, list[TextLine]] = (-1, [])

    def show(self, lines: Sequence[TextLine]) -> None:
        """Show other lines; the cursor stays on the line with the same target where there is one."""
        target = self.target
        self._lines = list(lines)
        self._shown = (-1, [])
        found = next((i for i, each in enumerate(self._broken()) if target and each.target == target), None)
        if found is not None:
            self.cursor = found
        elif not self.target:
            self.cursor = next((i for i, each in enumerate(self._broken()) if each.target), self.cursor)
        self.keep_in_sight()
        self.repaint()

    def _broken(self) -> list[TextLine]:
        width = self.size.width or 80
        if self._shown[0] != width:
            self._shown = (width, [part for each in self._lines for part in _broken(each, width - 2)])
        return self._shown[1]

    @property
    def target(self) -> str:
        """What the line under the cursor means."""
        return self._at_cursor().target

    @property
    def figure(self) -> str:
        """Which figure of the record `target` the line under the cursor tells; "" for none."""
        return self._at_cursor().figure

    @property
    def cells(self) -> tuple[str, ...]:
        """What a copy of the line under the cursor holds; nothing of one that is not copied."""
        return self._at_cursor().cells

    def _at_cursor(self) -> TextLine:
        lines = self._broken()
        return lines[self.cursor] if 0 <= self.cursor < len(lines) else TextLine()

    def targets(self) -> list[str]:
        """What the lines mean, in order, those that mean nothing left out."""
        return [each.target for each in self._lines if each.target]

    def place_of(self, target: str) -> int | None:
        """The line that means `target`."""
        return next((i for i, each in enumerate(self._broken()) if each.target == target), None)

    def stand_on(self, line: int, target: str) -> None:
        """Put the cursor on a line, or where that means something else by now, on the first that means `target`."""
        lines = self._broken()
        moved = not 0 <= line < len(lines) or lines[line].target != target
        found = self.place_of(target) if moved and target else None
        self.move_to(line if found is None else found)

    def next_part(self) -> None:
        """Put the cursor on the first line that means something after the next empty one, from the top again after the last."""
        lines = self._broken()
        count = len(lines)
        empty = next((i for i in range(self.cursor, count) if not lines[i].text.strip()), count)
        found = next((i for i in range(empty, count) if lines[i].target), None)
        self.move_to(found if found is not None else next((i for i in range(count) if lines[i].target), 0))

    @property
    def text(self) -> str:
        """The whole page without colours."""
        return "\n".join(each.text for each in self._lines)

    def line_count(self) -> int:
        """Broken lines counted one by one."""
        return len(self._broken())

    def paint(self, line: int, width: int, at_cursor: bool) -> Strip:
        """A line."""
        found = self._broken()[line]
        at_cursor = at_cursor and self.can_focus
        base = self.line_style("cursor" if at_cursor and (found.target or not self._has_targets) else "")
        segments = [Segment(" ", base)]
        segments += [Segment(text, base + self.tone(tone) if tone else base) for text, tone in found.pieces]
        return Strip(segments).adjust_cell_length(width, base)

    @property
    def _has_targets(self) -> bool:
        return any(each.target for each in self._lines)


def _broken(found: TextLine, width: int) -> list[TextLine]:
    if width < 10 or not is_wider(found.text, width):
        return [found]
    indent = min(found.indent, width // 2)
    lines: list[list[Piece]] = [[]]
    room = width
    for text, tone in found.pieces:
        while is_wider(text, room):
            first, text = split(text, room, whole=room < width - indent)
            lines[-1].append((first, tone))
            lines.append([(" " * indent, "")] if indent else [])
            room = width - indent
        lines[-1].append((text, tone))
        room -= width_of(text)
    return [replace(found, pieces=tuple(pieces)) for pieces in lines]


def two_columns(label: str, value: str, width: int, tone: str = "", target: str = "") -> TextLine:
    """A label in a column of `width`, and a value that is broken beside it."""
    return TextLine(((fit(label, width), "faint"), ("  ", ""), (value, tone)), target, width + 2)
