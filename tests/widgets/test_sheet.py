"""The sheet of people by periods as a widget: what is painted for a key, what stays in sight, text that nobody chose."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.app import App, ComposeResult
from textual.strip import Strip

from pmo_tui.widgets.sheet import CELL, SheetCell, SheetPeriod, SheetTable
from pmo_tui.wording.safe import safe


class Numbers:
    """So many people with so many periods; the cell says row and period."""

    def __init__(self, count: int, names: Sequence[str] = (), alarms: tuple[int, int] | None = None) -> None:
        self.count = count
        self.names = names
        self.alarm = alarms

    def __len__(self) -> int:
        return self.count

    def key(self, i: int) -> str:
        return f"PER-{i}"

    def index(self, key: str) -> int | None:
        number = int(key.removeprefix("PER-"))
        return number if number < self.count else None

    def name(self, i: int) -> str:
        return safe(self.names[i]) if self.names else f"Person {i}"

    def detail(self, i: int) -> str:
        return self.name(i)

    def figures(self, i: int, first: int, last: int) -> list[SheetCell]:
        return [
            SheetCell(str((i + place) % 100), "!" if (i, place) == (0, 20) else "") for place in range(first, last + 1)
        ]

    def alarms(self, i: int) -> tuple[int, int] | None:
        return self.alarm

    def totals(self, first: int, last: int) -> list[tuple[str, list[SheetCell]]]:
        return [("Booked", [SheetCell(str(place)) for place in range(first, last + 1)])]

    def cells(self, i: int, names: Sequence[str]) -> list[str]:
        return [""] * len(names)

    def tones(self, i: int, names: Sequence[str]) -> list[str]:
        return [""] * len(names)


def periods(count: int) -> list[SheetPeriod]:
    return [SheetPeriod(f"p{i}", f"w{i:02}", f"Month {i // 4}", f"M{i // 4}", i == 1) for i in range(count)]


class Painted(SheetTable):
    """Counts what it paints."""

    def __init__(self) -> None:
        super().__init__(id="table")
        self.painted: list[int] = []
        self.edges: list[int] = []

    def paint(self, line: int, width: int, at_cursor: bool) -> Strip:
        self.painted.append(line)
        return super().paint(line, width, at_cursor)

    def on_sheet_table_edge(self, event: SheetTable.Edge) -> None:
        self.edges.append(event.step)

    def lines(self) -> list[str]:
        return [self.render_line(y).text for y in range(self.size.height)]


class Around(App[None]):
    """Nothing but the sheet."""

    def __init__(self, rows: Any, count: int) -> None:
        super().__init__()
        self.rows, self.count = rows, count

    def compose(self) -> ComposeResult:
        yield Painted()

    def on_mount(self) -> None:
        self.table.show_sheet(self.rows, periods(self.count), "Name", ["hours"])
        self.table.focus()

    @property
    def table(self) -> Painted:
        return self.query_one(Painted)


async def test_a_step_paints_two_lines_and_a_column_one() -> None:
    app = Around(Numbers(500), 26)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        app.table.painted.clear()
        await pilot.press("down")
        await pilot.pause()
        assert sorted(set(app.table.painted)) == [0, 1]
        app.table.painted.clear()
        await pilot.press("right")
        await pilot.pause()
        assert set(app.table.painted) == {1}
        app.table.painted.clear()
        await pilot.press("up")
        await pilot.pause()
        assert set(app.table.painted) <= {0, 1}
        assert app.table.lines()[4].split()[2] == "0"


async def test_eight_periods_on_a_narrow_screen_and_whole_ones_on_any() -> None:
    app = Around(Numbers(3), 26)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert app.table.in_sight == (0, 7)
        lines = app.table.lines()
        assert "Month 0" in lines[0]
        assert lines[1].split() == ["Name", "w00", "▸w01", *(f"w{i:02}" for i in range(2, 8))]
        assert lines[2].split() == ["Booked", *map(str, range(8))]
        assert lines[4].split() == ["Person", "0", *map(str, range(8))]
        assert {cell_len(line) for line in lines} == {80}
        for width in (20, 40, 79, 110, 161):
            await pilot.resize_terminal(width, 24)
            await pilot.pause()
            first, last = app.table.in_sight
            assert {cell_len(line) for line in app.table.lines()} == {width}
            assert (last - first + 1) * CELL <= width


@pytest.mark.parametrize(
    ("corners", "shown"),
    [
        (["3 people · hours · none", "3 people · hours"], "3 people · hours · none"),
        (["3 people · hours · 1 lab", "3 people · hours"], "3 people · hours"),
        (["three people · hours · 1 lab"], "three people · hours ·…"),
    ],
)
async def test_over_the_names_stands_the_first_form_that_has_room(corners: list[str], shown: str) -> None:
    app = Around(Numbers(3), 26)
    async with app.run_test(size=(80, 24)) as pilot:
        app.table.show_sheet(Numbers(3), periods(26), "Name", corners)
        await pilot.pause()
        assert app.table.lines()[0].partition("Month 0")[0].strip() == shown


async def test_the_column_of_the_cursor_is_in_sight_whatever_happens() -> None:
    app = Around(Numbers(3), 26)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        for key, count in (("right", 12), ("left", 3), ("right", 30), ("left", 40), ("right", 9)):
            for _ in range(count):
                getattr(app.table, f"action_{key}")()
            await pilot.pause()
            first, last = app.table.in_sight
            assert app.table.place is None or first <= app.table.place <= last
        assert app.table.edges
        assert set(app.table.edges) == {1}
        app.table.scroll_periods(1)
        app.table.scroll_periods(1)
        app.table.scroll_periods(1)
        assert app.table.in_sight[1] == 25
        await pilot.resize_terminal(40, 24)
        await pilot.pause()
        first, last = app.table.in_sight
        assert app.table.place is not None
        assert first <= app.table.place <= last


async def test_the_cursor_stays_on_its_person_and_period_when_others_come_and_go() -> None:
    app = Around(Numbers(10), 26)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("down", "down", "right", "right")
        app.table.show_sheet(Numbers(5), periods(26)[1:], "Name", ["hours"])
        await pilot.pause()
        assert (app.table.key, app.table.columns[app.table.column].name) == ("PER-2", "p2")
        app.table.show_sheet(Numbers(0), [], "Name", ["hours"])
        await pilot.pause()
        assert app.table.key is None
        assert app.table.place is None
        await pilot.press("down", "right", "left", "end", "space", "V", "asterisk")


async def test_an_alarm_out_of_sight_has_an_arrow() -> None:
    app = Around(Numbers(3, alarms=(2, 20)), 26)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "›" in app.table.lines()[4]
        assert "‹" not in app.table.lines()[4]
        app.table.scroll_periods(1)
        await pilot.pause()
        assert "‹›" in app.table.lines()[4]
        app.table.scroll_periods(1)
        await pilot.pause()
        assert "‹" in app.table.lines()[4]
        assert "›" not in app.table.lines()[4]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (SheetCell("36", "!"), "   36! "),
        (SheetCell("36", "!", soft=True), "   36!~"),
        (SheetCell("36", "!", soft=True, away=True), "  36!~°"),
        (SheetCell("1234"), " 1234  "),
        (SheetCell("–", away=True), "    –° "),
        (SheetCell("123456789", "d"), "1234…d "),
    ],
)
def test_figures_stand_below_each_other_and_marks_behind_them(cell: SheetCell, text: str) -> None:
    assert cell.text == text


HOSTILE = ["[red]x[/]", "\x1b[31mred", "漢字" * 40, "👩‍🚀 mission", "a" * 10_000, "\u202etxt", "", "\n\t"]


@settings(max_examples=25)
@given(st.lists(st.text(max_size=60), min_size=1, max_size=6), st.integers(20, 140))
def test_any_name_keeps_the_columns(names: list[str], width: int) -> None:
    async def look() -> None:
        rows = [*names, *HOSTILE]
        app = Around(Numbers(len(rows), rows), 10)
        async with app.run_test(size=(width, 24)) as pilot:
            await pilot.pause()
            for line in app.table.lines():
                assert cell_len(line) == width
                assert "\x1b" not in line

    asyncio.run(look())
