"""One line of a Gantt chart: a task's bar, its baseline and deadline, on the days of the chart.

    ▛▀▀▀▀▀▀▀▀▀▀▀▀▀▜        a summary task
    ━━━━▒▒▒▒▒▒             a task: what is done, what is to do
      ▁▁▁███┃███ ▽  +3d    a critical one, three days behind its baseline (▁ to ┃), before its deadline (▽, missed ▼)
             [▒▒▒]         planned by hand: keeps its dates
               ◆  ◈  ✓     a milestone, a critical one, one that is reached
               ◇           a task that takes no time and is not flagged as a milestone
      ╌╌╌╌                 a task that is switched off

Everything is told by shapes; tones only stress it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from pmo_tui.widgets.cutting import fit, width_of
from pmo_tui.widgets.gantt_scale import Scale

DONE, TO_DO, CRITICAL, OFF = "━", "▒", "█", "╌"
SUMMARY, SUMMARY_START, SUMMARY_END = "▀", "▛", "▜"
MILESTONE, CRITICAL_MILESTONE, REACHED, MOMENT = "◆", "◈", "✓", "◇"
MANUAL_START, MANUAL_END = "[", "]"
BASELINE, BASELINE_END = "▁", "┃"
DEADLINE, MISSED = "▽", "▼"
BEFORE, AFTER = "◂", "▸"
"""Where a bar lies that is out of sight."""
DAY_OFF, TODAY = "·", "│"
ALL = 100
Kind = Literal["task", "summary", "milestone", "moment"]
POINTS: frozenset[Kind] = frozenset({"milestone", "moment"})
"""What stands on one day."""
Cell = tuple[str, str]
"""A letter and its tone."""
BLANK: Cell = (" ", "")


@dataclass(frozen=True, slots=True)
class Arrow:
    """A link between a task and the one with that key: `incoming` where the other comes first, from which end to which end."""

    key: str
    incoming: bool
    from_finish: bool = True
    to_finish: bool = False


@dataclass(frozen=True, slots=True)
class Bar:
    """A task as its line shows it; both days are included. `done` is in per cent, `label` and `note` are safe text.

    `note` stands beside the bar (how late, how far behind the baseline), `label` too where the chart stands alone.
    """

    start: date | None = None
    finish: date | None = None
    kind: Kind = "task"
    done: int = 0
    critical: bool = False
    late: bool = False
    manual: bool = False
    active: bool = True
    baseline: tuple[date, date] | None = None
    deadline: date | None = None
    label: str = ""
    note: str = ""
    arrows: tuple[Arrow, ...] = ()


@dataclass(frozen=True, slots=True)
class Chart:
    """What all lines of a chart share: the first and last day of the plan, today, and which days nobody works."""

    first: date
    last: date
    today: date
    day_off: Callable[[date], bool] = lambda day: day.weekday() > 4


@dataclass(frozen=True, slots=True)
class Window:
    """The part of a chart that is in sight: `width` columns of a scale from `origin` on."""

    scale: Scale
    origin: int
    width: int

    def place(self, column: int) -> int:
        """A column of the scale as a place in the window; it may lie outside."""
        return column - self.origin


def ground(chart: Chart, window: Window) -> list[Cell]:
    """The line under every bar: days off where single days are seen, and today."""
    cells = [BLANK] * window.width
    if window.scale.days:
        for place in range(window.width):
            if chart.day_off(window.scale.first_day(window.origin + place)):
                cells[place] = (DAY_OFF, "faint")
    place = window.place(window.scale.column(chart.today))
    if 0 <= place < window.width:
        cells[place] = (TODAY, "amber")
    return cells


def extent(bar: Bar, scale: Scale) -> tuple[int, int] | None:
    """The first and last column of a bar; a milestone has one. None where it has no day."""
    start, finish = bar.start or bar.finish, bar.finish or bar.start
    if start is None or finish is None:
        return None
    if bar.kind in POINTS:
        column = scale.column(finish)
        return column, column
    return scale.column(start), max(scale.column(start), scale.last_column(finish))


def draw(
    bar: Bar,
    chart: Chart,
    window: Window,
    under: list[Cell],
    links: Iterable[tuple[int, str]] = (),
    named: bool = False,
) -> list[Cell]:
    """The cells of a bar's line. `under` is the chart's ground, `links` are pieces of links by the scale's column."""
    cells = list(under)
    _put(cells, window, _baseline(bar, window.scale))
    _put(cells, window, ((column, (letter, "key")) for column, letter in links))
    found = extent(bar, window.scale)
    if found is None:
        return cells
    _put(cells, window, zip(range(found[0], found[1] + 1), _shape(bar, found[1] - found[0] + 1), strict=True))
    _put(cells, window, _baseline_end(bar, window.scale, found))
    end = max(found[1], _mark_deadline(cells, bar, window, found[1]))
    if bar.baseline is not None:
        end = max(end, window.scale.last_column(bar.baseline[1]))
    if 0 <= window.place(end) < window.width:
        _note(cells, bar, window.place(end) + 2, named)
    _point(cells, window, found)
    return cells


def _put(cells: list[Cell], window: Window, pieces: Iterable[tuple[int, Cell]]) -> None:
    for column, cell in pieces:
        place = window.place(column)
        if 0 <= place < window.width:
            cells[place] = cell


def _baseline(bar: Bar, scale: Scale) -> Iterable[tuple[int, Cell]]:
    if bar.baseline is None:
        return ()
    start, finish = bar.baseline
    first, last = scale.column(start), scale.last_column(finish)
    if bar.kind in POINTS:
        first = last = scale.column(finish)
    return ((column, (BASELINE, "grey")) for column in range(first, last + 1))


def _baseline_end(bar: Bar, scale: Scale, found: tuple[int, int]) -> Iterable[tuple[int, Cell]]:
    """Where the baseline ended, inside a bar that goes on after it."""
    if bar.baseline is None or bar.kind in POINTS:
        return ()
    column = scale.last_column(bar.baseline[1])
    return [(column, (BASELINE_END, "grey"))] if found[0] <= column < found[1] else ()


def _shape(bar: Bar, size: int) -> list[Cell]:
    tone = _tone(bar)
    if bar.kind in POINTS:
        open_one = MOMENT if bar.kind == "moment" else CRITICAL_MILESTONE if bar.critical else MILESTONE
        return [(REACHED if bar.done >= ALL else open_one, tone)]
    if bar.kind == "summary":
        return [
            (SUMMARY_START if not i and size > 1 else SUMMARY_END if i == size - 1 > 0 else SUMMARY, tone)
            for i in range(size)
        ]
    if not bar.active:
        return [(OFF, "faint")] * size
    done = _done(bar, size)
    cells = [(DONE, "green")] * done + [(CRITICAL if bar.critical else TO_DO, tone)] * (size - done)
    if bar.manual and size > 2:
        cells[0], cells[-1] = (MANUAL_START, "strong"), (MANUAL_END, "strong")
    return cells


def _done(bar: Bar, size: int) -> int:
    """How many columns are done; what is begun shows, and what is not finished too, where there are two columns for it."""
    if bar.done >= ALL:
        return size
    done = round(size * bar.done / ALL)
    return min(max(done, bar.done > 0), size - 1) if size > 1 else 0


def _tone(bar: Bar) -> str:
    if bar.done >= ALL:
        return "green"
    if bar.critical or bar.late:
        return "red" if bar.critical else "late"
    return "strong" if bar.kind != "task" else "blue"


def _mark_deadline(cells: list[Cell], bar: Bar, window: Window, end: int) -> int:
    """The deadline, behind a bar that ends in its column; returns its column, or `end` where there is none."""
    if bar.deadline is None:
        return end
    column = window.scale.last_column(bar.deadline)
    missed = bar.finish is not None and bar.finish > bar.deadline
    if column == end and not missed:
        column += 1
    _put(cells, window, [(column, (MISSED, "red") if missed else (DEADLINE, "yellow"))])
    return column


def _note(cells: list[Cell], bar: Bar, place: int, named: bool) -> None:
    """What stands beside the bar: the note where it fits whole, the name cut where it does not."""
    if bar.note and place + width_of(bar.note) <= len(cells):
        tone = "faint" if bar.note.startswith("-") else "late"
        place = _write(cells, bar.note, tone, place) + 1
    room = len(cells) - place
    if named and room > 2:
        _write(cells, bar.label if width_of(bar.label) <= room else fit(bar.label, room), "", place)


def _write(cells: list[Cell], text: str, tone: str, place: int) -> int:
    """Put text letter by letter; a wide letter takes its neighbour's place too. Returns where it ends."""
    for letter in text:
        size = width_of(letter)
        if place + size > len(cells):
            break
        if size:
            cells[place] = (letter, tone)
            cells[place + 1 : place + size] = [("", "")] * (size - 1)
            place += size
        elif place:
            cells[place - 1] = (cells[place - 1][0] + letter, cells[place - 1][1])
    return place


def _point(cells: list[Cell], window: Window, found: tuple[int, int]) -> None:
    """At the edge, where the bar lies that is out of sight."""
    if window.place(found[1]) < 0:
        cells[0] = (BEFORE, "faint")
    elif window.place(found[0]) >= window.width and cells:
        cells[-1] = (AFTER, "faint")
