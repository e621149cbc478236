"""The lines of the frame: what is said is said whole, and help is the last key to go."""

from __future__ import annotations

import pytest

from pmo_tui.actions import SCREENS
from pmo_tui.widgets.lines import StatusLine
from tests.app.conftest import Run
from tests.app.driving import said


async def test_a_long_sentence_goes_on_over_the_keys_until_the_next_key(run: Run) -> None:
    async with run("status") as app:
        await app.press("P", "i")
        assert "Nothing is declared for P-1 in 2026-w47. Record what the project manager declares first." in said(app)
        assert "Export" not in app.lines()[-1]
        await app.press("down")
        assert "Nothing is declared" not in app.text
        assert "Export" in app.lines()[-1]


async def test_what_is_said_puts_the_count_out_of_the_way(run: Run) -> None:
    async with run(register="risks") as app:
        standing = app.lines()[-2]
        count = standing.split()[-1]
        short, long = "w" * 20, "w" * 77
        app.frame.say(short)
        await app.settle()
        assert app.lines()[-2].split() == [short, *standing.split()]
        app.frame.say(long)
        await app.settle()
        assert app.lines()[-2].strip() == long
        app.frame.say("")
        await app.settle()
        assert app.lines()[-2].endswith(count)


async def test_what_is_said_while_one_types_is_whole(run: Run) -> None:
    async with run("risks") as app:
        await app.press("exclamation_mark")
        await app.type("r the crane may fall over in the wind on the quay @Jan #P-1 p3 i4")
        assert "3 × 4 = 12 H · Owner Jan de Vries · Project Harbour bridge" in said(app)
        await app.press("escape", "down")
        assert "Help" in app.lines()[-1]


@pytest.mark.parametrize("name", [name for name, _digit, _title in SCREENS])
@pytest.mark.parametrize("width", [40, 80, 200])
async def test_help_is_the_last_key_to_go(run: Run, name: str, width: int) -> None:
    async with run(name, (width, 24)) as app:
        assert app.lines()[-1].endswith("? Help")


async def test_a_form_says_how_it_is_left_and_explained(run: Run) -> None:
    async with run(register="risks") as app:
        await app.press("n")
        assert app.lines()[-1].split("  ")[:3] == [" f2 Save", "tab Next field", "esc Leave"]
        assert app.lines()[-1].endswith("f1 Help")


def test_nothing_is_said_before_there_is_room() -> None:
    line = StatusLine()
    line.tell("word " * 40)
    assert line.over == ""
