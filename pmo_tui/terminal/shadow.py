"""A copy of what the terminal shows, and the fewest bytes that lead from there to the next frame."""

from __future__ import annotations

from pmo_tui.terminal.cells import NO_LINK, UNKNOWN, Cell, Row, is_certain, read_frame

SHORT_GAP = 8
"""So many unchanged cells are cheaper painted again than jumped over."""
WORTH_MOVING = 4
"""From so many changed rows on it is looked whether a block moved."""
FARTHEST = 40
"""So many lines a block may move by."""


class Shadow:
    """The screen as the terminal has it, as far as is known."""

    def __init__(self) -> None:
        self.size = (0, 0)
        self.rows: list[Row] = []
        self.cursor = (-1, -1)

    def forget(self, width: int, height: int) -> None:
        """The terminal has this size and may show anything."""
        self.size = (width, height)
        self.rows = [[UNKNOWN] * width for _ in range(height)]
        self.cursor = (-1, -1)

    def frame(self, data: str) -> str | None:
        """The bytes for a frame, none when nothing changed; None where `data` is not one: it is then passed on as it is."""
        read = read_frame(data, self.rows, self.size[0])
        if read is None:
            return None
        out: list[str] = []
        new = {y: row for y, row in read.rows.items() if row != self.rows[y]}
        if len(new) >= WORTH_MOVING:
            self._move_a_block(new, out)
        painter = _Painter(out)
        for y in sorted(new):
            painter.row(y, self.rows[y], new[y])
            self.rows[y] = new[y]
        painter.end()
        if out or read.cursor != self.cursor:
            self.cursor = read.cursor
            out.append(f"\x1b[{read.cursor[0] + 1};{read.cursor[1] + 1}H")
        return "".join(out)

    def _move_a_block(self, new: dict[int, Row], out: list[str]) -> None:
        """Where the changed rows are one block that moved up or down, let the terminal move it by lines inserted or deleted."""
        top, bottom = min(new), max(new)
        block = self.rows[top : bottom + 1]
        if any(UNKNOWN in row for row in block):
            return
        was = [_text(row) for row in block]
        now = [_text(new.get(top + i, row)) for i, row in enumerate(block)]
        by = _moved_by(was, now)
        if not by:
            return
        for i, row in enumerate(block):
            new.setdefault(top + i, row[:])
        blank = [[UNKNOWN] * self.size[0] for _ in range(abs(by))]
        self.rows[top : bottom + 1] = block[by:] + blank if by > 0 else blank + block[:by]
        out.append(f"\x1b[0m\x1b[{top + 1};{bottom + 1}r\x1b[{top + 1};1H\x1b[{abs(by)}{'M' if by > 0 else 'L'}\x1b[r")


def _text(row: Row) -> str:
    return "".join([cell.text for cell in row])


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


class _Painter:
    """Writes changed spans, with as few jumps and changes of style as there can be."""

    def __init__(self, out: list[str]) -> None:
        self.out = out
        self.style = self.link = ""
        self.at = (-1, -1)

    def row(self, y: int, old: Row, new: Row) -> None:
        """The changed spans of a row; the whole row where terminals may differ on how wide a character in it is."""
        width = len(new)
        if not all(is_certain(cell.text) or cell is UNKNOWN for cell in old) or not all(
            is_certain(cell.text) for cell in new
        ):
            self.span(y, 0, new)
            return
        x = 0
        while x < width:
            if old[x] == new[x]:
                x += 1
                continue
            end = _span_end(old, new, x)
            self.span(y, x, new[x:end])
            x = end

    def span(self, y: int, x: int, cells: list[Cell]) -> None:
        """Some cells one after another."""
        if self.at != (y, x):
            self.out.append(f"\x1b[{y + 1};{x + 1}H")
        for cell in cells:
            if cell.link != self.link:
                self.out.append(cell.link or NO_LINK)
                self.link = cell.link
            if cell.style != self.style:
                self.out.append(f"\x1b[0;{cell.style}m" if cell.style else "\x1b[0m")
                self.style = cell.style
            self.out.append(cell.text)
        self.at = (y, x + len(cells))

    def end(self) -> None:
        """Leave no link and no style behind."""
        if self.link:
            self.out.append(NO_LINK)
        if self.style:
            self.out.append("\x1b[0m")


def _span_end(old: Row, new: Row, start: int) -> int:
    """Where the changed span that begins at `start` ends; short unchanged gaps are part of it."""
    end, gap, x = start + 1, 0, start + 1
    while x < len(new) and gap < SHORT_GAP:
        if old[x] != new[x]:
            end, gap = x + 1, 0
        else:
            gap += 1
        x += 1
    return end
