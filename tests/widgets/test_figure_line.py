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
