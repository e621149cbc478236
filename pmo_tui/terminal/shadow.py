"""A copy of what the terminal shows, and the fewest bytes that lead from there to the next frame."""

from __future__ import annotations

from typing import TypeVar

from pmo_tui.terminal.cells import NO_LINK, UNKNOWN, Cell, Row, is_agreed, is_certain, read_frame, text_of
from pmo_tui.terminal.looks import PLAIN, RESET, Look, change, change_for_blank, on_blank

T = TypeVar("T")
SHORT_GAP = 4
"""So many unchanged cells of the same look are painted again as cheaply as they are jumped over."""
WORTH_MOVING = 4
"""From so many changed rows on it is looked whether a block moved."""
FARTHEST = 40
"""So many lines a block may move by."""
WORTH_ERASING = 12
"""From so many blanks in a row on it is cheaper to erase and to jump over them."""


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
        painter = _Painter(out, self.look, self.erases)
        for y in sorted(new):
            text = text_of(new[y])
            painter.row(y, self.rows[y], new[y], is_certain(text) and is_certain(self.texts[y]))
            self.rows[y], self.texts[y] = new[y], text
        self.look = painter.end()
        if out or read.cursor != self.cursor:
            self.cursor = read.cursor
            out.append(_place(*read.cursor))
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
        out.append(f"\x1b[{top + 1};{bottom + 1}r{_place(top, 0)}\x1b[{abs(by)}{'M' if by > 0 else 'L'}\x1b[r")

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


def _place(y: int, x: int) -> str:
    """Put the cursor somewhere."""
    return f"\x1b[{y + 1};{x + 1}H" if x else f"\x1b[{y + 1}H"


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


def _blanks(row: Row, x: int) -> int:
    """How many of the same blank stand from `x` on."""
    end = x + 1
    while end < len(row) and row[end] == row[x]:
        end += 1
    return end - x


def _width(row: Row, x: int) -> int:
    """How many columns the character at `x` takes."""
    return 2 if x + 1 < len(row) and not row[x + 1].text else 1


def _doubtful(row: Row, x: int) -> int:
    """Up to where from `x` on terminals may differ on widths, in one look."""
    end = x
    while end < len(row) and (not row[end].text or not is_agreed(row[end].text)) and row[end][1:] == row[x][1:]:
        end += 1
    return end


class _Painter:
    """Writes changed cells, with as few jumps and changes of look as there can be."""

    def __init__(self, out: list[str], look: Look | None, erases: bool) -> None:
        self.out = out
        self.erases = erases
        self.link = ""
        self._put_on(look)

    def row(self, y: int, old: Row, new: Row, certain: bool) -> None:
        """The changed cells of a row; the whole row where terminals may differ on how wide a character in it is."""
        if not certain:
            self._whole_row(y, new)
            return
        out, erases = self.out, self.erases
        at, erased = -1, 0
        for x, cell in enumerate(new):
            if x < erased or cell == old[x]:
                continue
            if at != x:
                self._jump(y, at, x, new)
            at = x + 1
            text = cell.text
            self._dress(cell)
            if erases and text == " " and (count := _blanks(new, x)) >= WORTH_ERASING and not cell.look.marks:
                out.append(f"\x1b[{count}X")
                at, erased = x, x + count
            else:
                out.append(text)

    def _whole_row(self, y: int, new: Row) -> None:
        """All cells that are known. Where terminals may differ on widths, blanks are painted first, and what follows is put in its place."""
        at = done = -1
        for x, cell in enumerate(new):
            if x < done or not cell.text or cell is UNKNOWN:
                continue
            if at != x:
                self.out.append(_place(y, x))
            self._dress(cell)
            done = _doubtful(new, x)
            if done > x:
                at = -1
                self.out.append(f"{' ' * (done - x)}{_place(y, x)}{text_of(new[x:done])}")
            else:
                at = x + _width(new, x)
                self.out.append(cell.text)

    def _dress(self, cell: Cell) -> None:
        """Put on the hyperlink and the look of a cell."""
        text, look, link = cell
        if link != self.link:
            self.out.append(link or NO_LINK)
            self.link = link
        if look != (self.bare if text == " " else self.look):
            self._change(text, look)

    def _put_on(self, look: Look | None) -> None:
        self.look = look
        self.bare = None if look is None else on_blank(look)

    def _change(self, text: str, look: Look) -> None:
        step, look = change_for_blank(self.look, look) if text == " " else (change(self.look, look), look)
        self.out.append(step)
        self._put_on(look)

    def _jump(self, y: int, at: int, x: int, new: Row) -> None:
        """Go on at `x`: over a short gap that needs no other look by painting it again."""
        if at < 0:
            self.out.append(_place(y, x))
            return
        gap = new[at:x]
        if len(gap) <= SHORT_GAP and all(self._is_at_hand(cell) for cell in gap):
            self.out.append(text_of(gap))
        else:
            self.out.append(f"\x1b[{x - at}C" if x - at > 1 else "\x1b[C")

    def _is_at_hand(self, cell: Cell) -> bool:
        return (
            cell is not UNKNOWN
            and cell.link == self.link
            and cell.look == (self.bare if cell.text == " " else self.look)
        )

    def end(self) -> Look | None:
        """Leave no link behind; the look in which the terminal is left."""
        if self.link:
            self.out.append(NO_LINK)
        return self.look
