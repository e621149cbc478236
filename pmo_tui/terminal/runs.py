"""Painting a few changed rows: what has one look together, wherever it stands, as a change of colour takes more bytes than a jump."""

from __future__ import annotations

from typing import NamedTuple

from pmo_tui.terminal.cells import Row, text_of
from pmo_tui.terminal.looks import Look, change, change_for_blank, on_blank
from pmo_tui.terminal.painting import SHORT_GAP, Painter, Rows, place, worth_erasing_from

FEW = 6
"""Up to so many rows; in more, as on a new page, most runs are short and stay where they are."""

PLACE, JUMP = 8, 5
"""Bytes of going to a place, and to the right in a row."""


class Run(NamedTuple):
    """What is painted in one go: where, the text, its look (of blanks alone any look with such blanks will do), where it leaves the cursor."""

    y: int
    x: int
    text: str
    look: Look
    blank: bool
    link: str
    end: int


def paint_runs(painter: Painter, rows: Rows) -> None:
    """Paint the changed cells: always the run that is cheapest to go on with."""
    shown = {y: new for y, (_old, new) in rows.items()}
    after: dict[int, list[Run]] = {}
    runs: list[Run] = []
    for y, (old, new) in rows.items():
        start = worth_erasing_from(old, new) if painter.erases else -1
        if start < 0:
            runs += _runs_of(y, old, new)
            continue
        blank = new[-1]
        runs.append(Run(y, start, "\x1b[K", blank.look, True, "", start))
        after[y] = _runs_of(y, [*old[:start], *[blank] * (len(new) - start)], new)
    at = (-1, -1)
    while runs:
        run = min(runs, key=lambda run: _cost(painter, run, at))
        runs.remove(run)
        _paint(painter, run, at, shown)
        at = (run.y, run.end)
        runs += after.pop(run.y, ())


def _runs_of(y: int, old: Row, new: Row) -> list[Run]:
    """The changed cells of a row, in runs of one look."""
    runs = []
    x, width = 0, len(new)
    while x < width:
        if new[x] == old[x]:
            x += 1
            continue
        end, look = _end_of_run(x, old, new)
        runs.append(Run(y, x, text_of(new[x:end]), look or new[x].look, look is None, new[x].link, end))
        x = end
    return runs


def _end_of_run(x: int, old: Row, new: Row) -> tuple[int, Look | None]:
    """Up to where cells have one look from `x` on, over short gaps that stay as they are, and that look; None where they are blanks."""
    blank, link = on_blank(new[x].look), new[x].link
    look: Look | None = None
    after = x
    for end in range(x, len(new)):
        text, its, links = new[end]
        fits = its == (blank if text == " " else look) or (look is None and on_blank(its) == blank and text != " ")
        if not fits or links != link or end - after > SHORT_GAP:
            break
        look = look if text == " " else its
        if new[end] != old[end]:
            after = end + 1
    return after, look


def _cost(painter: Painter, run: Run, at: tuple[int, int]) -> int:
    """About so many bytes until its text can be painted."""
    step = change_for_blank(painter.look, run.look)[0] if run.blank else change(painter.look, run.look)
    y, x = at
    way = PLACE if run.y != y or run.x < x else JUMP if run.x > x else 0
    return len(step) + way + (PLACE if run.link != painter.link else 0)


def _way(painter: Painter, run: Run, at: tuple[int, int], shown: dict[int, Row]) -> str:
    """How to get there: nothing, a short gap painted again, a jump to the right, or a place."""
    y, x = at
    if y != run.y or run.x < x:
        return place(run.y, run.x)
    gap = shown[y][x : run.x]
    if len(gap) <= SHORT_GAP and all(map(painter.is_at_hand, gap)):
        return text_of(gap)
    return f"\x1b[{run.x - x}C" if run.x - x > 1 else "\x1b[C"


def _paint(painter: Painter, run: Run, at: tuple[int, int], shown: dict[int, Row]) -> None:
    painter.out.append(_way(painter, run, at, shown))
    painter.put_on(run.look, run.blank, run.link)
    painter.out.append(run.text)
