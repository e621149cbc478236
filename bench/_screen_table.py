"""What `tui` measured as the rows of a table: promised, measured, beside the others, met or not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

Measured = Mapping[tuple[str, int], Mapping[str, list[float]]]
"""By program and number of rows (0 where that does not matter), by what was measured: every value."""
Median = Callable[[list[float]], float]
OURS, OVER_SSH, VISIDATA, DATATABLE, EMPTY = "pmo", "pmo over SSH", "VisiData", "DataTable", "empty app"
PORTFOLIO = "pmo, 500 projects"
HEAD = """## The screen (`tui`)

{day}: medians (least–most) of one run in turns, 120 × 36. Milliseconds from a key to the first change on the screen; bytes are those to the terminal.
Processor time is what the process used until it was quiet again: it tells more than milliseconds where others use the machine too. “Held” is a key of 30 a second for 2 s over 100 ms and 1 Mbit/s: from its last repetition until the last change has arrived.

| what | promised | measured | beside it | |
|---|---|---|---|---|
"""


def report(found: Measured, sizes: list[int], median: Median) -> str:
    """The part of RESULTS.md."""
    table = _Table(found, sizes[-1], median)
    most = sizes[-1]
    table.ratio("step ms", f"a step, {most:,} rows", OURS, ((VISIDATA, 0.15), (DATATABLE, 0.5)))
    table.ratio("page ms", f"a page, {most:,} rows", OURS, ((DATATABLE, 0.1),))
    table.ratio("page ms", "… with the comparing of frames on", OVER_SSH, ((DATATABLE, 0.15),))
    table.bytes("step bytes", "bytes of a step over SSH", 400)
    table.bytes("scroll bytes", "bytes of one line scrolled over SSH", 450)
    table.bytes("page bytes", "bytes of a page over SSH", 4000)
    table.limit("held ms", "held over a slow line: lag after the last key", 130)
    table.limit("idle bytes", "bytes in 10 s of rest", 0, worst=True)
    table.limit("idle wake-ups", "wake-ups a second at rest", 1)
    for count, promised in ((sizes[0], 1.5), (most, 2.0)):
        table.start(f"pmo, {count:,}", f"first useful paint, {count:,} risks, each with a day of review", promised)
    table.start(PORTFOLIO, "first useful paint, a portfolio of 500 projects (101,810 documents)", 2.0)
    table.limit(
        "filter ms", f"a letter of a narrowing filter, {most:,} rows, until the list is painted", 50, beside=False
    )
    return HEAD.format(day=date.today().isoformat()) + "\n".join(table.lines) + "\n\n" + _by_size(table, sizes)


def _by_size(table: _Table, sizes: list[int]) -> str:
    """What grows with the rows, and what does not."""
    lines = [
        "| rows | " + " | ".join(f"{who} step, page" for who in (OURS, OVER_SSH, VISIDATA, DATATABLE)) + " |",
        "|---" * 5 + "|",
    ]
    for count in sizes:
        cells = [
            ", ".join(table.of(who, count, what) for what in ("step ms", "page ms"))
            for who in (OURS, OVER_SSH, VISIDATA, DATATABLE)
        ]
        lines.append(f"| {count:,} | " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


class _Table:
    """Lines of the table."""

    def __init__(self, found: Measured, most: int, median: Median) -> None:
        self.found, self.most, self.median = found, most, median
        self.lines: list[str] = []

    def values(self, who: str, what: str, count: int | None = None) -> list[float]:
        return self.found[who, self.most if count is None else count].get(what, [])

    def of(self, who: str, count: int | None, what: str) -> str:
        """Median and spread of one program."""
        values = self.values(who, what, count)
        if not values:
            return "–"
        return f"{_short(self.median(values))} ({_short(min(values))}–{_short(max(values))})"

    def ratio(self, what: str, told: str, who: str, promised: tuple[tuple[str, float], ...]) -> None:
        mine, work = (self.median(self.values(who, kind)) for kind in (what, what.replace("ms", "work")))
        ratios = [(other, most, mine / self.median(self.values(other, what))) for other, most in promised]
        others = [
            (other, self.median(self.values(other, what.replace("ms", "work")))) for other in (VISIDATA, DATATABLE)
        ]
        self._line(
            told,
            ", ".join(f"{most} × {other}" for other, most, _ in ratios),
            f"{self.of(who, None, what)} ms: "
            + ", ".join(f"{ratio:.2f} × {other}" for other, _, ratio in ratios)
            + f"; of the processor {work:.1f} ms",
            ", ".join(f"{other} {self.of(other, None, what)}, of the processor {spent:.1f}" for other, spent in others),
            all(ratio <= most for _, most, ratio in ratios),
        )

    def bytes(self, what: str, told: str, most: float) -> None:
        self.limit(what, told, most)

    def limit(self, what: str, told: str, most: float, *, worst: bool = False, beside: bool = True) -> None:
        values = self.values(OVER_SSH, what)
        measured = (max if worst else self.median)(values)
        others = ", ".join(f"{other} {self.of(other, None, what)}" for other in (OURS, VISIDATA, DATATABLE))
        self._line(
            told,
            f"{most:,}",
            self.of(OVER_SSH, None, what),
            others if beside else f"pmo {self.of(OURS, None, what)}",
            measured <= most,
        )

    def start(self, who: str, told: str, most: float) -> None:
        empty = self.median(self.values(EMPTY, "start ms", 0))
        ratio = self.median(self.values(who, "start ms", 0)) / empty
        self._line(
            told,
            f"{most} × an empty Textual app",
            f"{self.of(who, 0, 'start ms')} ms: {ratio:.2f} ×",
            f"empty app {self.of(EMPTY, 0, 'start ms')}",
            ratio <= most,
        )

    def _line(self, told: str, promised: str, measured: str, beside: str, met: bool) -> None:
        self.lines.append(f"| {told} | {promised} | {measured} | {beside} | {'met' if met else 'not yet'} |")


def _short(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 or value == int(value) else f"{value:.1f}"
