"""A copy of what the terminal shows, and the fewest bytes that lead from there to the next frame."""

from __future__ import annotations

from typing import TypeVar

from pmo_tui.terminal.cells import UNKNOWN, Row, is_certain, read_frame, text_of
from pmo_tui.terminal.looks import PLAIN, RESET, Look
from pmo_tui.terminal.painting import Painter, place
from pmo_tui.terminal.runs import FEW, paint_runs

T = TypeVar("T")
WORTH_MOVING = 4
"""From so many changed rows on it is looked whether a block moved."""
FARTHEST = 40
"""So many lines a block may move by."""


class Shadow:
    """The screen as the terminal has it, as far as is known. `erases` says that it can erase blanks in the background colour in use."""

    def __init__(self, erases: bool = False) -> None:
        self.erases = erases
        self.size = (0, 0)
        self.rows: list[Row] = []
        self.texts: list[str] = []
        self.cursor = (-1, -1)
        self.look: Look | None = None

    def forget(self, width: int, height: int) -> None:
        """The terminal has this size and may show anything, in any look."""
        self.size = (width, height)
        self.rows = [[UNKNOWN] * width for _ in range(height)]
        self.texts = [UNKNOWN.text * width] * height
        self.cursor = (-1, -1)
        self.look = None

    def settle(self) -> str:
        """What leads back to the terminal's own look, for whatever is written past this copy; nothing where that is there already."""
        settled = self.look == PLAIN
        self.look = PLAIN
        return "" if settled else RESET

    def frame(self, data: str) -> str | None:
        """The bytes for a frame, none when nothing changed; None where `data` is not one: it is then passed on as it is.

        The terminal is left in the look of what was painted last.
        """
        read = read_frame(data, self.rows, self.size[0])
        if read is None:
            return None
        out: list[str] = []
        new = {y: row for y, row in read.rows.items() if row != self.rows[y]}
        if len(new) >= WORTH_MOVING:
            self._move_a_block(new, out)
        painter = Painter(out, self.look, self.erases)
        plain = {}
        for y in sorted(new):
            text = text_of(new[y])
            if not (is_certain(text) and is_certain(self.texts[y])):
                painter.whole_row(y, new[y])
            elif new[y] != self.rows[y]:
                plain[y] = (self.rows[y], new[y])
            self.rows[y], self.texts[y] = new[y], text
        paint_runs(painter, plain) if len(plain) <= FEW else painter.rows(plain)
        self.look = painter.end()
        if out or read.cursor != self.cursor:
            self.cursor = read.cursor
            out.append(place(*read.cursor))
        return "".join(out)

    def _move_a_block(self, new: dict[int, Row], out: list[str]) -> None:
        """Where a block of rows moved up or down, let the terminal move it by lines deleted or inserted."""
        top, bottom = min(new), max(new)
        was = self.texts[top : bottom + 1]
        if any(UNKNOWN.text in text for text in was):
            return
        now = [text_of(new[top + i]) if top + i in new else text for i, text in enumerate(was)]
        by = _moved_by(was, now)
        if not by:
            return
        moved = [i for i in range(max(0, -by), min(len(was), len(was) - by)) if now[i] == was[i + by]]
        top, bottom = top + min(moved[0], moved[0] + by), top + max(moved[-1], moved[-1] + by)
        self._let_move(top, bottom, by, new)
        out.append(f"\x1b[{top + 1};{bottom + 1}r{place(top, 0)}\x1b[{abs(by)}{'M' if by > 0 else 'L'}\x1b[r")

    def _let_move(self, top: int, bottom: int, by: int, new: dict[int, Row]) -> None:
        """What the terminal shows after the rows from `top` to `bottom` moved up by so many; all of them are looked at again."""
        for y in range(top, bottom + 1):
            new.setdefault(y, self.rows[y][:])
        _shift(self.rows, top, bottom, by, [[UNKNOWN] * self.size[0] for _ in range(abs(by))])
        _shift(self.texts, top, bottom, by, [UNKNOWN.text * self.size[0]] * abs(by))


def _shift(kept: list[T], top: int, bottom: int, by: int, empty: list[T]) -> None:
    """Move what is from `top` up to and including `bottom` up by so many, down when negative; `empty` comes in its place."""
    block = kept[top : bottom + 1]
    kept[top : bottom + 1] = [*block[by:], *empty] if by > 0 else [*empty, *block[:by]]


def _moved_by(was: list[str], now: list[str]) -> int:
    """By how many lines the block moved up (down when negative); 0 where painting is as cheap."""
    count = len(was)
    still = sum(map(str.__eq__, was, now))
    best, gain = 0, 2
    for by in range(1, min(count - 1, FARTHEST) + 1):
        up = sum(map(str.__eq__, was[by:], now)) - still - 1
        down = sum(map(str.__eq__, was, now[by:])) - still - 1
        if up > gain:
            best, gain = by, up
        if down > gain:
            best, gain = -by, down
    return best
