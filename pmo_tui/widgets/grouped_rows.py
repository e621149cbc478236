"""Rows with a line over each group of them, and one for the whole at the end: what the group is, how many, what they add up to."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pmo_tui.widgets.table import Rows


@dataclass(frozen=True, slots=True)
class GroupLine:
    """The line over a group: its title, how many rows it has, and by column what they add up to; safe text. `start` is its first row."""

    start: int
    title: str
    count: str
    sums: Mapping[str, str] = field(default_factory=dict)


class GroupedRows:
    """The rows and the lines over them, counted together. The key of a group's line is ""."""

    def __init__(self, rows: Rows, groups: Sequence[GroupLine]) -> None:
        self.rows = rows
        self.groups = list(groups)
        self._starts = [group.start for group in self.groups]
        self._lines = [group.start + place for place, group in enumerate(self.groups)]

    def group(self, i: int) -> GroupLine | None:
        """The group whose line `i` is; None where it is a row."""
        place = bisect_left(self._lines, i)
        return self.groups[place] if place < len(self._lines) and self._lines[place] == i else None

    def row(self, i: int) -> int:
        """Which row line `i` is; of a group's line the row after it."""
        return i - bisect_left(self._lines, i)

    def line(self, row: int) -> int:
        """The line of a row."""
        return row + bisect_right(self._starts, row)

    def __len__(self) -> int:
        return len(self.rows) + len(self.groups)

    def key(self, i: int) -> str:
        """The key of line `i`."""
        return "" if self.group(i) is not None else self.rows.key(self.row(i))

    def index(self, key: str) -> int | None:
        """The line of a key."""
        row = self.rows.index(key)
        return None if row is None else self.line(row)

    def cells(self, i: int, names: Sequence[str]) -> list[str]:
        """The fields of line `i`, or what its group adds up to."""
        group = self.group(i)
        return self.rows.cells(self.row(i), names) if group is None else [group.sums.get(name, "") for name in names]

    def tones(self, i: int, names: Sequence[str]) -> list[str]:
        """What stresses each of them."""
        return self.rows.tones(self.row(i), names) if self.group(i) is None else [""] * len(names)
