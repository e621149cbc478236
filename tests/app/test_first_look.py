"""Lists that have to be worked out: what is at hand comes at once, keys work meanwhile, and then the figures are there."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from pmo_tui.desk import desk as desk_module
from pmo_tui.desk.desk import Desk
from pmo_tui.desk.money.ageing_sums import ageing_sums
from pmo_tui.desk.planning.plans_in_scope import first_plan
from pmo_tui.desk.portfolio import Portfolio
from pmo_tui.desk.raid.risk_log import RiskLog
from pmo_tui.screens import planning
from pmo_tui.screens.risks import RisksScreen
from tests.app.conftest import Run
from tests.app.driving import Driver, row
from tests.app.plan_help import planned


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Every list counts as long, and how a project stands is not known before the gate is opened."""
    opened, measure = threading.Event(), Portfolio._measure

    def waiting(self: Portfolio, key: str) -> Any:
        assert opened.wait(20)
        return measure(self, key)

    monkeypatch.setattr(desk_module, "QUICK_UP_TO", 0)
    monkeypatch.setattr(Portfolio, "_measure", waiting)
    yield opened
    opened.set()


@pytest.fixture
def looking(run: Run, desk: Desk, gate: threading.Event) -> Any:
    """Goes to a screen by its key while the gate is closed."""

    @asynccontextmanager
    async def look(key: str, until: str) -> AsyncIterator[Driver]:
        async with run("registers") as app:
            await app.pilot.press(key)
            for _ in range(400):
                await app.pilot.pause()
                if until in app.text:
                    break
                await asyncio.sleep(0.01)
            try:
                assert until in app.text
                yield app
            finally:
                gate.set()
            await app.settle()

    return look


async def test_the_portfolio_names_its_projects_before_the_figures_are_there(
    looking: Any, desk: Desk, gate: threading.Event
) -> None:
    async with looking("7", "Town archive") as app:
        assert "reading …" in app.status
        assert "Budget …" in app.lines()[1]
        await app.pilot.press("down")
        await app.pilot.pause()
        assert app.frame.table.key == "P-2"
        gate.set()
        await app.settle()
        assert "reading …" not in app.status
        assert "Budget EUR" in app.lines()[1]
        assert app.frame.table.key == "P-2"
        assert "R" in row(app, "P-2")


async def test_whoever_touched_nothing_sees_the_worst_first(looking: Any, desk: Desk, gate: threading.Event) -> None:
    desk.set(["P-2"], {"name": "Zoo archive"})
    async with looking("7", "Zoo archive") as app:
        names = [line.split()[0] for line in app.lines() if line.startswith((" P-", "P-"))]
        assert names[:2] == ["P-1", "P-2"]
        gate.set()
        await app.settle()
        assert app.frame.table.cursor == 0


async def test_status_shows_what_was_declared_before_what_follows_by_rule(
    looking: Any, desk: Desk, gate: threading.Event
) -> None:
    for key in ("P-1", "P-2"):
        desk.set([key], {"status": "active"})
    async with looking("2", "Harbour bridge") as app:
        assert "reading …" in app.status
        before = row(app, "P-2")
        gate.set()
        await app.settle()
        assert "reading …" not in app.status
        assert row(app, "P-2") != before


async def test_what_was_overtaken_is_not_shown(looking: Any, desk: Desk, gate: threading.Event) -> None:
    async with looking("7", "Town archive") as app:
        await app.pilot.press("slash")
        for letter in "harb":
            await app.pilot.press(letter)
        await app.pilot.press("enter")
        gate.set()
        await app.settle()
        assert "Harbour bridge" in app.text
        assert "Town archive" not in app.text


async def test_today_goes_on_when_it_is_in_front_again(
    run: Run, desk: Desk, gate: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.add("actions", {"title": "Call the mayor", "project": "P-1", "due": "2026-11-20"})
    for key in ("P-1", "P-2"):
        desk.set([key], {"status": "active", "budget": "1"})
    async with run("registers") as app:
        await app.pilot.press("1")
        for _ in range(400):
            await app.pilot.pause()
            if "Call the mayor" in app.text:
                break
        assert "reading … " in app.status
        await app.pilot.press("8")
        await app.pilot.pause()
        gate.set()
        await app.settle()
        await app.press("1")
        await app.settle()
        assert "reading …" not in app.status
        assert "Exceptions" in app.text


async def test_invoices_are_listed_before_what_is_owed_is_added_up(
    run: Run, money: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened, add_up = threading.Event(), ageing_sums

    def waiting(*what: Any) -> Any:
        assert opened.wait(20)
        return add_up(*what)

    monkeypatch.setattr(desk_module, "QUICK_UP_TO", 0)
    monkeypatch.setattr("pmo_tui.screens.invoices.ageing_sums", waiting)
    async with run("today", on=money) as app:
        await app.pilot.press("5")
        for _ in range(400):
            await app.pilot.pause()
            if "INV-1" in app.text:
                break
            await asyncio.sleep(0.01)
        assert "reading …" in app.status
        assert "EUR 4,840" not in app.lines()[2]
        opened.set()
        await app.settle()
        assert "reading …" not in app.status
        assert "INV-1" in app.text
        assert "due today" in app.text


async def test_risks_are_listed_before_their_map_and_figures_are_there(
    run: Run, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened, measure = threading.Event(), RiskLog.picture

    def waiting(self: RiskLog, keys: Any, scope: str = "", which: Any = "residual") -> Any:
        assert opened.wait(20)
        return measure(self, keys, scope, which)

    monkeypatch.setattr(desk_module, "QUICK_UP_TO", 0)
    monkeypatch.setattr(RiskLog, "picture", waiting)
    async with run("registers") as app:
        await app.pilot.press("4")
        for _ in range(400):
            await app.pilot.pause()
            if "Steel comes late" in app.text:
                break
            await asyncio.sleep(0.01)
        assert "reading …" in app.status
        assert "open …" in app.text
        await app.pilot.press("down")
        await app.pilot.pause()
        risks = app.frame
        assert isinstance(risks, RisksScreen)
        assert risks.table.cursor == 1
        opened.set()
        await app.settle()
        assert "reading …" not in app.status
        assert "open …" not in app.text
        assert risks.table.cursor == 1


async def test_risks_that_were_read_before_are_shown_at_once_after_an_edit(
    run: Run, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with run("risks") as app:
        risks = app.frame
        assert isinstance(risks, RisksScreen)
        monkeypatch.setattr(Desk, "is_small", lambda self: False)
        desk.set(["R-1"], {"title": "Steel is dear"})
        assert risks.is_ready()
        risks.look()
        await app.pilot.pause()
        assert "Steel is dear" in app.text
        desk.add("exchange_rates", {"currency": "USD", "valid_from": "2026-11-01", "rate": "0.9"})
        assert not risks.is_ready()
        risks.look()
        await app.settle()
        assert risks.is_ready()


async def test_the_board_frames_up_and_answers_keys_before_it_knows_which_plan_comes_first(
    run: Run, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    planned(desk)
    opened, find = threading.Event(), first_plan
    found: list[str] = []

    def waiting(desk: Desk, scope: str) -> str:
        if threading.current_thread() is not threading.main_thread():
            found.append(scope)
            assert opened.wait(20)
        return find(desk, scope)

    monkeypatch.setattr(desk_module, "QUICK_UP_TO", 0)
    monkeypatch.setattr(planning, "first_plan", waiting)
    async with run("registers") as app:
        await app.pilot.press("3")
        for _ in range(400):
            await app.pilot.pause()
            if found:
                break
            await asyncio.sleep(0.01)
        assert "Planning" in app.lines()[0]
        assert "reading …" in app.status
        for key in ("down", "m", "t"):
            await app.pilot.press(key)
        await app.pilot.pause()
        assert app.app.is_running
        opened.set()
        await app.settle()
        assert "Planning · P-" in app.lines()[0]
        assert "Works" in app.text
        assert "reading …" not in app.status
