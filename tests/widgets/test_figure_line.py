"""The line of figures over a list: each figure whole, and a sign where there are more than there is room for."""

from __future__ import annotations

import pytest
from textual.app import App, ComposeResult

from pmo_tui.widgets.figure_line import FigureLine, ShownFigure

FIGURES = [ShownFigure("a", "Budget", "EUR 17.9M"), ShownFigure("b", "Cost", "EUR 4.3M"), ShownFigure("c", "Late", "3")]


class Shown(App[None]):
    """A line of figures and nothing else."""

    def __init__(self) -> None:
        super().__init__()
        self.figures = FigureLine()

    def compose(self) -> ComposeResult:
        """The line."""
        yield self.figures

    def on_mount(self) -> None:
        """Filled, with the keys."""
        self.figures.show(FIGURES)
        self.figures.focus()


@pytest.mark.parametrize(
    ("width", "keys", "told"),
    [
        (50, [], "[Budget EUR 17.9M] Cost EUR 4.3M  Late 3"),
        (41, [], "[Budget EUR 17.9M] Cost EUR 4.3M  Late 3"),
        (40, [], "[Budget EUR 17.9M] Cost EUR 4.3M …"),
        (30, [], "[Budget EUR 17.9M]…"),
        (30, ["right"], "[Cost EUR 4.3M] Late 3"),
        (30, ["end"], " Cost EUR 4.3M [Late 3]"),
        (10, [], "[Budget EU"),
    ],
)
async def test_a_figure_is_told_whole_or_not_at_all(width: int, keys: list[str], told: str) -> None:
    app = Shown()
    async with app.run_test(size=(80, 3)) as pilot:
        await pilot.press(*keys)
        assert app.figures.paint(0, width, True).text.rstrip() == told


@pytest.mark.parametrize(
    ("width", "keys", "told"),
    [
        (50, [], ["[Budget EUR 17.9M] Cost EUR 4.3M  Late 3", ""]),
        (40, [], ["[Budget EUR 17.9M] Cost EUR 4.3M", " Late 3"]),
        (30, ["end"], [" Budget EUR 17.9M", " Cost EUR 4.3M [Late 3]"]),
        (18, [], ["[Budget EUR 17.9M]", " Cost EUR 4.3M …"]),
        (18, ["end"], [" Budget EUR 17.9M", "[Late 3]"]),
    ],
)
async def test_in_two_lines_the_second_has_what_the_first_has_no_room_for(
    width: int, keys: list[str], told: list[str]
) -> None:
    app = Shown()
    async with app.run_test(size=(80, 3)) as pilot:
        app.figures.styles.height = 2
        await pilot.press(*keys)
        await pilot.pause()
        assert [app.figures.paint(line, width, False).text.rstrip() for line in range(2)] == told
