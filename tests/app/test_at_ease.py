"""Screens are loaded once the page of the day is complete, while nobody waits; never instead of what somebody waits for."""

from __future__ import annotations

import gc
import sys
import threading
from typing import Any

import pytest

from pmo_tui.desk.desk import Desk
from pmo_tui.desk.wanted import Overtaken, as_long_as
from pmo_tui.screens import at_ease, today
from tests.app.conftest import Run

ONE = "colorsys"


def in_a_thread(wanted: bool) -> list[Overtaken]:
    """Load the screens as the program does; what came of it."""
    failed: list[Overtaken] = []

    def work() -> None:
        try:
            as_long_as(lambda: wanted, at_ease.load_screens)
        except Overtaken as error:
            failed.append(error)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join(30)
    return failed


def test_every_screen_is_loaded() -> None:
    assert in_a_thread(wanted=True) == []
    assert all(name in sys.modules for name in at_ease.NEXT)


def test_nothing_is_loaded_when_something_else_is_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(at_ease, "NEXT", (ONE,))
    monkeypatch.delitem(sys.modules, ONE, raising=False)
    assert len(in_a_thread(wanted=False)) == 1
    assert ONE not in sys.modules


def test_one_that_cannot_be_loaded_keeps_none_of_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(at_ease, "NEXT", ("pmo_tui.screens.no_such_screen", ONE))
    monkeypatch.delitem(sys.modules, ONE, raising=False)
    assert in_a_thread(wanted=True) == []
    assert ONE in sys.modules


async def test_the_page_of_the_day_is_complete_before_and_not_made_again_after(
    run: Run, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[str] = []
    made: list[object] = []
    over = today.TodayScreen._over

    def counted(self: today.TodayScreen) -> Any:
        made.append(self)
        return over(self)

    async with run("registers") as app:
        monkeypatch.setattr(today, "load_screens", lambda: shown.append(app.status))
        monkeypatch.setattr(today.TodayScreen, "_over", counted)
        await app.press("1")
        await app.settle()
        assert len(shown) == 1
        assert "reading …" not in shown[0]
        await app.press("8", "1")
        await app.settle()
        assert len(made) == 1


async def test_the_collector_never_looks_at_all_that_was_worked_out_while_a_key_may_come(run: Run, desk: Desk) -> None:
    """Looking at the figures of a large store would hold up a key; what is made and dropped later is collected all the same."""
    figures = [[number] for number in range(200_000)]
    async with run("today") as app:
        await app.settle()
        assert gc.isenabled()
        assert gc.get_threshold()[0] >= at_ease.YOUNG
        assert gc.get_freeze_count() >= len(figures)
