"""The table of every list: a sticky head and first column, a cursor on a row and a column, marks; rows are formatted when visible."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip

from pmo_tui.widgets.alike import Alike
from pmo_tui.widgets.cutting import fit, width_of, wrap
from pmo_tui.widgets.grouped_rows import GroupedRows, GroupLine
from pmo_tui.widgets.line_view import LineView, joined

GAP = " "
UNDERLINED = Style(underline=True)
MARK = "▪"
UP, DOWN = "▲", "▼"
NARROWEST_FLEXIBLE = 24
LEAST = 6
"""Columns in which a field beside the first is still worth showing on a very narrow terminal."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: the field's name, its label as shown, its width in terminal columns, whether figures are flush right."""

    name: str
    label: str
    width: int
    right: bool = False
    flexible: bool = False


class Rows(Protocol):
    """What a table shows. Rows are asked for only when they are painted."""

    def __len__(self) -> int:
        """How many rows there are."""

    def key(self, i: int) -> str:
        """What identifies row `i`."""

    def index(self, key: str) -> int | None:
        """The row of a key."""

    def cells(self, i: int, names: Sequence[str]) -> list[str]:
        """Some fields of row `i`, each one safe line."""

    def tones(self, i: int, names: Sequence[str]) -> list[str]:
        """What stresses each of them, "" for nothing."""


class NoRows:
    """An empty list."""

    def __len__(self) -> int:
        return 0

    def key(self, i: int) -> str:
        """There is none."""
        raise IndexError(i)

    def index(self, key: str) -> int | None:
        """There is none."""
        return None

    def cells(self, i: int, names: Sequence[str]) -> list[str]:
        """There is none."""
        raise IndexError(i)

    def tones(self, i: int, names: Sequence[str]) -> list[str]:
        """There is none."""
        raise IndexError(i)


class RegisterTable(LineView):
    """A list of records. `sorted_by` is the field and whether it goes down; `marked` holds keys."""

    head_lines = 1
    sticky = 1
    """Columns on the left that stay in sight."""

    class ColumnMoved(Message):
        """The cursor stands in another column."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.rows: Rows = NoRows()
        self.groups: GroupedRows | None = None
        self.columns: list[Column] = []
        self.column = 0
        self.first = self.sticky
        self.marked: set[str] = set()
        self._out_of_sight: set[str] = set()
        """Marked rows that a filter hides: nothing is done to them, and they are marked when they are shown again."""
        self.signs: dict[str, str] = {}
        """By key a sign one column wide, where a row is not marked."""
        self.marking = 0
        """Which change of the marks was the last."""
        self.last_marked: str | None = None
        self.sorted_by: tuple[str, bool] = ("", False)
        self.hint = ""
        self._layout: tuple[int, list[tuple[int, int]]] = (-1, [])
        self._alike = Alike()

    # ---- what is shown -------------------------------------------------------------------------------------------------

    def show(self, rows: Rows, columns: Sequence[Column] | None = None, groups: Sequence[GroupLine] = ()) -> None:
        """Show other rows, with a line over each group of them where there are any. The cursor stays on its record where that is still
        there; marks stay on theirs."""
        key = self.key
        self.groups = GroupedRows(rows, groups) if groups else None
        rows = self.rows = self.groups or rows
        if columns is not None and list(columns) != self.columns:
            name = self.columns[self.column].name if self.columns else ""
            self.columns = list(columns)
            self.column = next((i for i, each in enumerate(self.columns) if each.name == name), 0)
            self.first = self.sticky
        found = rows.index(key) if key is not None else None
        self.cursor = self.cursor if found is None else found
        if self.marked or self._out_of_sight:
            every = self.marked | self._out_of_sight
            self.marked = {each for each in every if rows.index(each) is not None}
            self._out_of_sight = every - self.marked
        self._layout = (-1, [])
        self._alike.forget()
        self.keep_in_sight()
        self.repaint()

    def stops_at(self, line: int) -> bool:
        """On every row, on no group's line."""
        return self.groups is None or self.groups.group(line) is None

    def keep_in_sight(self) -> None:
        """The cursor rests on a row, with the line of its group in sight where that stands right over it."""
        super().keep_in_sight()
        if self.groups is not None and not self.stops_at(self.cursor):
            self.cursor = self._resting(self.cursor, True)
            super().keep_in_sight()
        self._show_group()

    def _bring_in_sight(self, line: int) -> bool:
        """With the last row the line of sums below it, on which the cursor cannot rest."""
        top, last = self.top, self.line_count() - 1
        shown = last if self.groups is not None and self._resting(last, True) == line else line
        return super()._bring_in_sight(shown) | (self._show_group() and top != self.top)

    def _show_group(self) -> bool:
        """Bring the group's line right over the topmost row into sight, where the cursor stands there."""
        if self.groups is None or self.top != self.cursor or self.top == 0 or self.stops_at(self.top - 1):
            return False
        self.top -= 1
        self.refresh()
        return True

    @property
    def row(self) -> int:
        """The place of the cursor's record among all of them."""
        return self.cursor if self.groups is None else self.groups.row(self.cursor)

    @property
    def key(self) -> str | None:
        """The key of the record under the cursor."""
        return (self.rows.key(self.cursor) or None) if 0 <= self.cursor < len(self.rows) else None

    @property
    def current_column(self) -> Column | None:
        """The column under the cursor."""
        return self.columns[self.column] if self.columns else None

    def chosen(self) -> list[str]:
        """The marked records in the order of the list, or the one under the cursor."""
        if self.marked:
            return sorted(self.marked, key=lambda key: self.rows.index(key) or 0)
        return [] if self.key is None else [self.key]

    def line_count(self) -> int:
        """As many as there are rows."""
        return len(self.rows)

    # ---- marks ---------------------------------------------------------------------------------------------------------

    def toggle_mark(self) -> None:
        """Mark the row under the cursor or take its mark off, and go one down."""
        key = self.key
        if key is None:
            return
        self.marking += 1
        self.marked.symmetric_difference_update({key})
        self.last_marked = key if key in self.marked else None
        self.repaint(self.cursor)
        before = self.cursor
        self.move_to(before + 1)
        if self.cursor == before:
            self.follower()

    def unmark(self) -> None:
        """Take every mark off, those out of sight too."""
        self.marking += 1
        self.marked = set()
        self._out_of_sight = set()

    def mark_range(self) -> None:
        """Mark every row from the last one marked to the cursor."""
        start = self.rows.index(self.last_marked) if self.last_marked else None
        if self.key is None:
            return
        self.marking += 1
        low, high = sorted((self.cursor if start is None else start, self.cursor))
        self.marked.update(self.rows.key(i) for i in range(low, high + 1) if self.stops_at(i))
        self.last_marked = self.key
        self.repaint()
        self.follower()

    def mark_all(self) -> None:
        """Mark every row, or take all marks off where every one is marked."""
        rows = self.rows if self.groups is None else self.groups.rows
        every = {rows.key(i) for i in range(len(rows))}
        self.marking += 1
        if self.marked >= every:
            self.unmark()
        else:
            self.marked = every
        self.repaint()
        self.follower()

    # ---- columns -------------------------------------------------------------------------------------------------------

    def action_left(self) -> None:
        """The column before."""
        self.go_to_column(self.column - 1)

    def action_right(self) -> None:
        """The next column."""
        self.go_to_column(self.column + 1)

    def list_width(self, width: int) -> int:
        """How much of the widget's width the columns may take; a table with a picture on its right takes less than all."""
        return width

    def go_to_column(self, column: int) -> None:
        """Put the cursor into a column and bring that into sight."""
        if not self.columns:
            return
        column = max(0, min(len(self.columns) - 1, column))
        if column == self.column:
            return
        self.column = column
        if self.sticky <= column < self.first:
            self.first = column
        while self.first < column and column not in {place for place, _ in self._laid_out(self.size.width)}:
            self.first += 1
            self._layout = (-1, [])
        self._layout = (-1, [])
        self.repaint()
        self.post_message(self.ColumnMoved())

    def _laid_out(self, width: int) -> list[tuple[int, int]]:
        """The columns in sight as (place, width): sticky ones always, then as many from `first` on as there is room for."""
        if self._layout[0] == width:
            return self._layout[1]
        count = len(self.columns)
        places = [*range(min(self.sticky, count)), *range(max(self.sticky, self.first), count)]
        taken: list[tuple[int, int]] = []
        room = self.list_width(width) - 1
        for place in places:
            column = self.columns[place]
            least = min(column.width, NARROWEST_FLEXIBLE) if column.flexible else column.width
            if len(taken) == 1 and LEAST <= room - 1 < least:
                least = room - 1
            if taken and room < least + 1:
                break
            taken.append((place, least))
            room -= least + 1
        self._layout = (width, self._stretched(taken, room))
        return self._layout[1]

    def _stretched(self, taken: list[tuple[int, int]], room: int) -> list[tuple[int, int]]:
        """Room that is left goes to flexible columns up to their own width, then to the first of them."""
        found = dict(taken)
        flexible = [place for place in found if self.columns[place].flexible]
        for place in flexible:
            more = min(room, self.columns[place].width - found[place])
            found[place] += max(0, more)
            room -= max(0, more)
        if flexible and room > 0:
            found[flexible[0]] += room
        return list(found.items())

    # ---- painting --------------------------------------------------------------------------------------------------------

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines in sight, painted once more where one of them asks for a shorter form of a column's amounts."""
        strips = super().render_lines(crop)
        if not self._alike.rose:
            return strips
        self._alike.rose = False
        self._strips.clear()
        if crop.height < self.page:
            self.call_later(self.refresh)
        return super().render_lines(crop)

    def _paint_ahead(self, lines: int) -> None:
        """What is in sight does not follow a page that nobody sees yet."""
        forms = dict(self._alike.forms)
        super()._paint_ahead(lines)
        if self._alike.rose:
            self._alike.forms, self._alike.rose = forms, False
            self._strips = {at: strip for at, strip in self._strips.items() if 0 <= at[0] - self.top < self.page}

    def render_line(self, y: int) -> Strip:
        """An empty list says what can be done."""
        if not len(self.rows) and y >= self.head_lines + 1 and self.hint:
            lines = wrap(self.hint, max(10, self.size.width - 4))
            if y - self.head_lines - 1 < len(lines):
                style = self.line_style("") + self.tone("faint")
                return Strip(
                    [Segment(fit(f"  {lines[y - self.head_lines - 1]}", self.size.width), style)], self.size.width
                )
        return super().render_line(y)

    def paint_head(self, y: int, width: int) -> Strip:
        """The columns' labels; the cursor's column stands out, the sorted one has an arrow."""
        head, current = self.line_style("head"), self.line_style("column")
        segments = [Segment(" ", head)]
        name, down = self.sorted_by
        for place, size in self._laid_out(width):
            column = self.columns[place]
            label = column.label
            if column.name == name:
                label = f"{fit(label, min(width_of(label), size - 2))} {DOWN if down else UP}"
            segments += [
                Segment(fit(label, size, column.right), current if place == self.column else head),
                Segment(GAP, head),
            ]
        return Strip(segments).adjust_cell_length(width, head)

    def paint(self, line: int, width: int, at_cursor: bool) -> Strip:
        """A row, or the line over a group."""
        group = None if self.groups is None else self.groups.group(line)
        if group is not None:
            return self._paint_group(group, width)
        key = self.rows.key(line)
        laid_out = self._laid_out(width)
        names = [self.columns[place].name for place, _ in laid_out]
        base = self.line_style("cursor" if at_cursor else "marked" if key in self.marked else "")
        cells, tones = self.rows.cells(line, names), self.rows.tones(line, names)
        pieces = [(MARK if key in self.marked else self.signs.get(key, " "), base)]
        for (place, size), cell, tone in zip(laid_out, cells, tones, strict=True):
            style = base + self.tone(tone) if tone else base
            right = self.columns[place].right
            text = fit(self._alike.written(self.columns[place].name, cell, size) if right else cell, size, right)
            if at_cursor and place == self.column:
                pieces += [(text, style + UNDERLINED), (GAP, base)]
            else:
                pieces.append((text + GAP, style))
        return joined(pieces, width, base)

    def _paint_group(self, group: GroupLine, width: int) -> Strip:
        """The title over the columns on the left that add up to nothing, then the sums below their columns' labels."""
        style, laid_out = self.line_style("head"), self._laid_out(width)
        texts = [group.sums.get(self.columns[place].name, "") for place, _ in laid_out]
        first = next((i for i, text in enumerate(texts) if i and text), len(texts))
        left = sum(size + len(GAP) for _, size in laid_out[:first])
        count = f" ({group.count})"
        title = fit(group.title, min(width_of(group.title), max(0, left - len(GAP) - len(count)))) + count
        pieces = [(" ", style), (fit(title, left - len(GAP)) + GAP, style)]
        for (place, size), text in zip(laid_out[first:], texts[first:], strict=True):
            text = self._alike.written(self.columns[place].name, text, size)
            pieces.append((fit(text, size, self.columns[place].right) + GAP, style))
        return joined(pieces, width, style)
