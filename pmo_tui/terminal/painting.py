"""Painting changed cells row by row, with few jumps and few changes of look."""

from __future__ import annotations

from pmo_tui.terminal.cells import NO_LINK, UNKNOWN, Cell, Row, is_agreed, text_of
from pmo_tui.terminal.looks import Look, change, change_for_blank, on_blank

Rows = dict[int, tuple[Row, Row]]
"""Rows by their number, from above: as they are shown, and as they shall be."""
SHORT_GAP = 4
"""So many unchanged cells of the same look are painted again as cheaply as they are jumped over."""
WORTH_ERASING = 12
"""From so many blanks in a row on it is cheaper to erase and to jump over them."""


def place(y: int, x: int) -> str:
    """Put the cursor somewhere."""
    return f"\x1b[{y + 1};{x + 1}H" if x else f"\x1b[{y + 1}H"


def _blanks(row: Row, x: int) -> int:
    """How many of the same blank stand from `x` on."""
    end = x + 1
    while end < len(row) and row[end] == row[x]:
        end += 1
    return end - x


def worth_erasing_from(old: Row, new: Row) -> int:
    """From where on to erase a line before it is painted; -1 where that would take away what stays, or saves nothing."""
    blank = new[-1]
    if blank.text != " " or blank.look.marks or blank.link or blank is UNKNOWN:
        return -1
    start = next((x for x, cell in enumerate(new) if cell != old[x]), len(new))
    count = 0
    for x in range(start, len(new)):
        cell = new[x]
        if cell == blank:
            count += 1
        elif cell == old[x]:
            return -1
    return start if count >= WORTH_ERASING else -1


def _width(row: Row, x: int) -> int:
    """How many columns the character at `x` takes."""
    return 2 if x + 1 < len(row) and not row[x + 1].text else 1


def _doubtful(row: Row, x: int) -> int:
    """Up to where from `x` on terminals may differ on widths, in one look."""
    end = x
    while end < len(row) and (not row[end].text or not is_agreed(row[end].text)) and row[end][1:] == row[x][1:]:
        end += 1
    return end


class Painter:
    """Writes changed cells, with as few jumps and changes of look as there can be."""

    def __init__(self, out: list[str], look: Look | None, erases: bool) -> None:
        self.out = out
        self.erases = erases
        self.link = ""
        self._wear(look)

    def rows(self, rows: Rows) -> None:
        """The changed cells of rows whose widths are certain, from above."""
        for y, (old, new) in rows.items():
            self._row(y, old, new)

    def _row(self, y: int, old: Row, new: Row) -> None:
        out, erases = self.out, self.erases
        at, erased = -1, 0
        if erases and (start := worth_erasing_from(old, new)) >= 0:
            self._erase_from(y, start, new)
            at, old = start, [*old[:start], *new[-1:] * (len(new) - start)]
        for x, cell in enumerate(new):
            if x < erased or cell == old[x]:
                continue
            if at != x:
                self._jump(y, at, x, new)
            at = x + 1
            text = cell.text
            self.dress(cell)
            if erases and text == " " and (count := _blanks(new, x)) >= WORTH_ERASING and not cell.look.marks:
                out.append(f"\x1b[{count}X")
                at, erased = x, x + count
            else:
                out.append(text)

    def _erase_from(self, y: int, start: int, new: Row) -> None:
        """Erase to the end of the line, in the look of what is painted next where that is the same to the eye."""
        blank = new[-1]
        self.out.append(place(y, start))
        first = next((cell for cell in new[start:] if cell != blank), blank)
        fits = on_blank(first.look) == blank.look
        self.put_on(first.look if fits else blank.look, not fits, "")
        self.out.append("\x1b[K")

    def whole_row(self, y: int, new: Row) -> None:
        """All cells that are known. Where terminals may differ on widths, blanks are painted first, and what follows is put in its place."""
        at = done = -1
        for x, cell in enumerate(new):
            if x < done or not cell.text or cell is UNKNOWN:
                continue
            if at != x:
                self.out.append(place(y, x))
            self.dress(cell)
            done = _doubtful(new, x)
            if done > x:
                at = -1
                self.out.append(f"{' ' * (done - x)}{place(y, x)}{text_of(new[x:done])}")
            else:
                at = x + _width(new, x)
                self.out.append(cell.text)

    def dress(self, cell: Cell) -> None:
        """Put on the hyperlink and the look of a cell."""
        text, look, link = cell
        if link != self.link or look != (self.bare if text == " " else self.look):
            self.put_on(look, text == " ", link)

    def put_on(self, look: Look, blank: bool, link: str) -> None:
        """Put on a hyperlink and a look, or for a blank any in which it looks the same."""
        if link != self.link:
            self.out.append(link or NO_LINK)
            self.link = link
        step, look = change_for_blank(self.look, look) if blank else (change(self.look, look), look)
        self.out.append(step)
        self._wear(look)

    def _wear(self, look: Look | None) -> None:
        self.look = look
        self.bare = None if look is None else on_blank(look)

    def _jump(self, y: int, at: int, x: int, new: Row) -> None:
        """Go on at `x`: over a short gap that needs no other look by painting it again."""
        if at < 0:
            self.out.append(place(y, x))
            return
        gap = new[at:x]
        if len(gap) <= SHORT_GAP and all(self.is_at_hand(cell) for cell in gap):
            self.out.append(text_of(gap))
        else:
            self.out.append(f"\x1b[{x - at}C" if x - at > 1 else "\x1b[C")

    def is_at_hand(self, cell: Cell) -> bool:
        """Whether a cell can be painted as it is, in the look and the hyperlink that are put on."""
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
