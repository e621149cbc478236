"""The ageing over a list: words, amounts and bars that read without colour, a cursor by the arrows, an age by enter."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from textual.app import App, ComposeResult

from pmo_tui.widgets.ageing_bar import AgeBar, AgeingBar, bar
from pmo_tui.widgets.cutting import width_of
from pmo_tui.wording.safe import safe

AGES = [
    AgeBar("current", "current", "2M", Decimal(2_000_000), 12, "green"),
    AgeBar("1-30", "1-30", "500k", Decimal(500_000), 5, "yellow"),
    AgeBar("disputed", "disputed", "0"),
]


class Shown(App[None]):
    """A bar and nothing else, with what it said."""

    def __init__(self, ages: list[AgeBar], chosen: str = "") -> None:
        super().__init__()
        self.bar = AgeingBar()
        self.ages = ages
        self.chosen = chosen
        self.said: list[Any] = []

    def compose(self) -> ComposeResult:
        """The bar."""
        yield self.bar

    def on_mount(self) -> None:
        """Filled, with the keys."""
        self.bar.show(self.ages, self.chosen)
        self.bar.focus()

    def on_ageing_bar_chosen(self, event: AgeingBar.Chosen) -> None:
        """An age."""
        self.said.append(event.name)

    def on_ageing_bar_left(self) -> None:
        """Away."""
        self.said.append("left")

    def lines(self) -> list[str]:
        """What is painted."""
        return ["".join(segment.text for segment in self.bar.render_line(y)) for y in range(2)]


async def test_words_counts_amounts_and_bars() -> None:
    app = Shown(AGES, "1-30")
    async with app.run_test(size=(60, 2)) as pilot:
        await pilot.pause()
        assert app.lines()[0].split() == ["[current", "12]", "‹1-30", "5›", "disputed", "0"]
        assert app.lines()[1].split() == ["2M", "██████████", "500k", "██▌", "0"]


async def test_the_keys_go_from_age_to_age() -> None:
    app = Shown(AGES)
    async with app.run_test(size=(60, 2)) as pilot:
        await pilot.press("right", "enter", "end", "right", "enter", "home", "left", "enter", "escape")
        assert app.said == ["1-30", "disputed", "current", "left"]


@given(st.decimals(0, 1), st.integers(0, 40))
def test_a_bar_is_never_longer_than_its_room_and_shows_what_is_more_than_nothing(share: Decimal, width: int) -> None:
    drawn = bar(share, width)
    assert width_of(drawn) <= width
    assert bool(drawn) == (share > 0 and width > 0)


async def test_any_text_and_any_room() -> None:
    hostile = ["[red]x[/]", "名前" * 20, "👩‍👩‍👧", "\u202eevil", "x" * 500]
    ages = [AgeBar(str(i), safe(text), safe(text), Decimal(i), i) for i, text in enumerate(hostile)]
    app = Shown(ages)
    async with app.run_test(size=(80, 2)) as pilot:
        for width in (80, 41, 20, 7, 3):
            await pilot.resize_terminal(width, 2)
            await pilot.pause()
            assert {width_of(line) for line in app.lines()} == {width}
