"""Lines that are kept are the lines that would be painted now, whatever was pressed, in every theme and size."""

from __future__ import annotations

import random

import pytest
from rich.style import Style
from textual._styles_cache import StylesCache
from textual.strip import Strip
from textual.widget import Widget

from pmo_tui.widgets.lines import KeyFooter, TopLine
from pmo_tui.widgets.still import StillLines
from pmo_tui.widgets.themes import OFFERED
from tests.app.conftest import Run
from tests.app.driving import Driver

KEYS = (
    "down", "up", "pagedown", "right", "space", "slash", "a", "escape", "f8", "f6", "question_mark", "u", "ctrl+r", "ctrl+t", "2", "4", "8",
    "enter", "v", "colon", "V", "shift+down", "e", "tab",
)  # fmt: skip


def kept(app: Driver) -> list[Strip]:
    """The screen as it goes out, from what the widgets keep."""
    return app.app.screen._compositor.render_strips()


def painted(app: Driver) -> list[Strip]:
    """The screen with everything painted anew."""
    for widget in (app.app.screen, *app.app.screen.query(Widget)):
        widget._styles_cache.clear()
    return kept(app)


@pytest.mark.parametrize("seed", range(6))
async def test_what_is_kept_is_what_would_be_painted(run: Run, seed: int) -> None:
    chance = random.Random(seed)
    async with run("risks") as app:
        assert isinstance(app.frame.status._styles_cache, StillLines)
        for _ in range(25):
            key = chance.choice(KEYS)
            await app.press(key)
            assert kept(app) == painted(app), key
            if chance.random() < 0.2:
                app.app.theme = chance.choice(OFFERED)
            elif chance.random() < 0.2:
                await app.pilot.resize_terminal(chance.choice((80, 120)), chance.choice((24, 36)))
            await app.settle()
            assert kept(app) == painted(app), (app.app.theme, app.app.size)


async def test_a_line_is_not_painted_again_for_the_news_of_another(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    async with run("risks") as app:
        await app.press("down")
        asked: list[str] = []
        once = KeyFooter.render_line

        def counted(line: KeyFooter, y: int) -> Strip:
            asked.append("foot")
            return once(line, y)

        monkeypatch.setattr(KeyFooter, "render_line", counted)
        await app.press("down", "up")
        assert asked == []
        app.frame.say("a sentence that goes on over the keys where it is long " * 4)
        await app.settle()
        assert asked == ["foot"]


@pytest.mark.parametrize("theme", OFFERED)
async def test_the_lines_around_are_as_textual_would_frame_them(run: Run, theme: str) -> None:
    async with run("risks") as app:
        app.app.theme = theme
        for said in ("", "what happened", "a sentence that goes on over the keys where it is long " * 4):
            app.frame.say(said, error=bool(said))
            await app.settle()
            for widget in (app.frame.query_one(TopLine), app.frame.status, app.frame.foot):
                framed = StylesCache().render_widget(widget, widget.size.region)
                assert [shown(strip) for strip in widget.render_lines(widget.size.region)] == [*map(shown, framed)]


def shown(strip: Strip) -> list[tuple[str, Style | None]]:
    """Each character with its look."""
    return [(letter, segment.style) for segment in strip for letter in segment.text]
