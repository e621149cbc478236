"""The heat map: counts and bands that read without colour, a cursor by the arrows, a cell by enter."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.app import App, ComposeResult
from textual.pilot import Pilot

from pmo_tui.widgets.cutting import width_of
from pmo_tui.widgets.heat_map import LEVELS, HeatCell, HeatMap
from pmo_tui.wording.safe import safe

BAND = {1: "L", 2: "L", 3: "L", 4: "M", 5: "V"}


def cells(counts: dict[tuple[int, int], tuple[int, int]]) -> list[list[HeatCell]]:
    """Cells with the counts given by probability and impact; the letter is that of the impact, so that columns tell themselves."""
    return [
        [HeatCell(*counts.get((p, i), (0, 0)), BAND[i], "red") for i in range(1, LEVELS + 1)]
        for p in range(1, LEVELS + 1)
    ]


class Shown(App[None]):
    """A map and nothing else, with what it said."""

    def __init__(self, counts: dict[tuple[int, int], tuple[int, int]], title: str = "as it stands") -> None:
        super().__init__()
        self.map = HeatMap()
        self.counts = counts
        self.map_title = title
        self.said: list[Any] = []

    def compose(self) -> ComposeResult:
        """The map."""
        yield self.map

    def on_mount(self) -> None:
        """Filled, with the keys."""
        self.map.show(cells(self.counts), self.map_title, None)
        self.map.focus()

    def on_heat_map_chosen(self, event: HeatMap.Chosen) -> None:
        """A cell."""
        self.said.append(event.place)

    def on_heat_map_left(self) -> None:
        """Away."""
        self.said.append("left")


@asynccontextmanager
async def shown(
    counts: dict[tuple[int, int], tuple[int, int]], size: tuple[int, int] = (40, 7), title: str = "as it stands"
) -> AsyncIterator[tuple[Shown, Pilot[None]]]:
    app = Shown(counts, title)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        yield app, pilot


def lines(app: Shown) -> list[str]:
    """What is painted."""
    return [app.map.render_line(y).text for y in range(app.map.size.height)]


async def test_counts_stand_with_the_letter_of_their_band_and_opportunities_behind_a_plus() -> None:
    async with shown({(5, 5): (3, 0), (5, 1): (2, 1), (1, 3): (0, 4)}) as (app, pilot):
        await pilot.press("down")
        found = lines(app)
        assert found[0].startswith(" as it stands")
        assert found[1].split() == ["5", "2+1L", "·L", "·L", "·M", "3V"]
        assert found[5].split() == ["1", "·L", "·L", "+4L", "·M", "·V"]
        assert found[6].split() == ["1", "2", "3", "4", "5"]


async def test_arrows_go_from_cell_to_cell_and_stay_on_the_map() -> None:
    async with shown({}) as (app, pilot):
        assert app.map.place == (5, 5)
        await pilot.press("right", "up", "left", "left", "down", "enter")
        await pilot.press("end", "down", "home", "enter", "escape")
        assert app.said == [(4, 3), (5, 3), "left"]


async def test_the_cursor_and_the_chosen_cell_read_without_colour() -> None:
    async with shown({(5, 5): (7, 0)}) as (app, pilot):
        assert "[" in lines(app)[1]
        assert "7V]" in lines(app)[1]
        app.map.show(app.map.cells, "x", (2, 4))
        await pilot.press("down")
        assert "‹" in lines(app)[4]
        assert "·M›" in lines(app)[4]
        assert "[" not in lines(app)[1]
        app.set_focus(None)
        await pilot.pause()
        assert not any("[" in line for line in lines(app))


async def test_coming_back_the_cursor_stands_on_the_chosen_cell() -> None:
    async with shown({}) as (app, pilot):
        app.set_focus(None)
        app.map.show(app.map.cells, "x", (2, 4))
        app.map.focus()
        await pilot.press("enter")
        assert app.said == [(2, 4)]


@pytest.mark.parametrize("width", [27, 32, 40, 60])
async def test_large_counts_widen_every_cell_and_columns_stay_in_line(width: int) -> None:
    counts = {(p, i): (p * 111, i) for p in range(1, 6) for i in range(1, 6)}
    async with shown(counts, (width, 7)) as (app, _pilot):
        needed = app.map.least_width()
        assert needed == 2 + 5 * (len("555+5") + 3)
        places = [[place for place, letter in enumerate(line) if letter == "V"] for line in lines(app)[1:6]]
        assert len({tuple(place) for place in places}) == 1
        assert all(width_of(line) == width for line in lines(app))


async def test_a_click_chooses_a_cell() -> None:
    async with shown({}) as (app, pilot):
        await pilot.click(HeatMap, offset=(2 + 7 * 2 + 1, 1 + 3))
        assert app.said == [(2, 3)]


@given(st.text(max_size=30), st.integers(0, 20_000), st.integers(0, 20_000), st.integers(1, 90))
def test_whatever_stands_in_it_a_line_has_the_width_of_the_widget(title: str, bad: int, good: int, width: int) -> None:
    found = HeatMap()
    found._styles = _Plain()
    found.show(cells({(3, 3): (bad, good)}), safe(title + "[red]\x1b漢"), (3, 3))
    strips = [found.paint_head(0, width), *(found.paint(line, width, line == 2) for line in range(6))]
    assert {strip.cell_length for strip in strips} == {width}
    assert not any("\x1b" in strip.text for strip in strips)


class _Plain(dict[str, Any]):
    """Styles of a widget that is in no app."""

    def get(self, name: str, default: Any = None) -> Any:
        from rich.style import Style

        return Style()
