"""What a key changes goes out before the next one is looked at, and is what painting the whole screen would show."""

from __future__ import annotations

import asyncio
import random

import pytest
from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip
from textual.widgets import Static

from pmo_tui.widgets.at_once import LinesCompositor, LinesUpdate
from pmo_tui.widgets.form import Entry, Form
from pmo_tui.widgets.themes import OFFERED
from tests.app.conftest import Run

KEYS = (
    *("down",) * 6, *("up",) * 3, "pagedown", "pageup", "right", "left", "space", "V", "slash", "a", "escape", "f8", "f6", "question_mark", "u",
    "ctrl+r", "ctrl+t", "1", "2", "3", "4", "5", "6", "7", "enter", "v", "colon", "shift+down", "e", "n", "tab", "w",
)  # fmt: skip


def shown(strip: Strip) -> list[tuple[str, Style | None]]:
    """Each character with its look."""
    return [(letter, segment.style) for segment in strip for letter in segment.text]


class Watched:
    """Each update of changed lines alone, held against the whole screen."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.updates: list[LinesUpdate] = []
        once = LinesCompositor.render_partial_update

        def watched(compositor: LinesCompositor) -> object:
            wanted = {place for region in compositor._dirty_regions for place in places(region, compositor.size.region)}
            update = once(compositor)
            if isinstance(update, LinesUpdate):
                self.hold(update, compositor.render_strips(), wanted)
            return update

        patch.setattr(LinesCompositor, "render_partial_update", watched)

    def hold(self, update: LinesUpdate, whole: list[Strip], wanted: set[tuple[int, int]]) -> None:
        """What was to be painted is, and as it stands on the whole screen."""
        self.updates.append(update)
        painted = set()
        for y, x, strip in update.lines:
            assert shown(strip) == shown(whole[y].crop(x, x + strip.cell_length)), (y, x)
            painted |= {(y, x + column) for column in range(strip.cell_length)}
        assert painted == wanted


def places(region: Region, screen: Region) -> set[tuple[int, int]]:
    """Row and column of every cell of a region on the screen."""
    on_it = region.intersection(screen)
    return {(y, x) for y in on_it.line_range for x in on_it.column_range}


@pytest.mark.parametrize("seed", range(5))
async def test_changed_lines_are_those_of_the_whole_screen(
    run: Run, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    chance = random.Random(seed)
    async with run("risks") as app:
        watched = Watched(monkeypatch)
        for _ in range(30):
            await app.press(chance.choice(KEYS))
            if chance.random() < 0.1:
                app.app.theme = chance.choice(OFFERED)
            elif chance.random() < 0.1:
                await app.pilot.resize_terminal(chance.choice((80, 120)), chance.choice((24, 36)))
            elif chance.random() < 0.05:
                app.app.notify("something [b]lies[/] on the list")
            await app.settle()
        assert len(watched.updates) > 10


async def test_a_step_is_one_update_of_three_lines(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    async with run(register="risks") as app:
        await app.press("down")
        watched = Watched(monkeypatch)
        await app.press("down")
        (update,) = watched.updates
        table, status = app.frame.query_one("#table").region, app.frame.status.region
        assert [y for y, _x, _strip in update.lines] == [table.y + 2, table.y + 3, status.y]


async def test_what_lies_upon_a_list_is_left_to_textual(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    async with run(register="risks") as app:
        upon = Static("lies upon it\n" * 8)
        upon.styles.overlay = "screen"
        upon.styles.position = "absolute"
        upon.styles.width, upon.styles.height = 20, 8
        upon.styles.offset = (30, 2)
        await app.frame.mount(upon)
        await app.settle()
        watched = Watched(monkeypatch)
        await app.press("down")
        assert watched.updates == []
        shown_now = app.lines()
        assert "lies upon it" in shown_now[3]
        assert " 2 / " in shown_now[-2]


async def test_a_form_whose_fields_give_way_to_others_is_painted_at_any_moment(run: Run) -> None:
    """Textual paints when a timer comes round, be it between a field's end and the layout without it."""
    async with run(register="risks") as app:
        await app.press("n")
        screen, form = app.frame, app.frame.query_one(Form)
        await form.show([Entry("cause", "Cause", "The crane is old.", long=True)])
        await app.settle()
        row = form.rows["cause"]
        removed = row.remove()
        while row.field.is_attached:
            await asyncio.sleep(0)
        row.field.notify_style_update()  # as after a change of theme or focus: looks are not remembered
        screen.refresh()
        screen._on_timer_update()
        assert screen._compositor.render_strips(), "a screen that lies below another one is painted as well"
        await removed
        await form.show([Entry("effect", "Effect", "The roof waits.", long=True)])
        await app.settle()
        assert "The roof waits." in app.text
        assert "The crane is old." not in app.text
