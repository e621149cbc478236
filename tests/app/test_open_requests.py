"""Somebody asked for in one line, and requests answered: booked, proposed, turned down."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pmo_tui.desk.desk import Desk
from pmo_tui.desk.people.request_answers import book
from tests.app.conftest import Run
from tests.app.team import fill_team


@pytest.fixture
def team(desk: Desk) -> Desk:
    """The people of the resource sheet."""
    return fill_team(desk)


async def test_workflow_9_a_tester_half_time_for_six_weeks_in_seven_keys(run: Run, team: Desk) -> None:
    async with run("portfolio") as app:
        await app.press("6", "plus")
        await app.type("tester 0.5fte w02-w07 #hb1")
        assert "tester · 20h/w = 50% = 0.5fte · 11 Jan – 21 Feb (6 weeks) · Harbour bridge" in app.status
        await app.press("enter")
        assert "20h/w = 50% = 0.5fte" in app.text
        assert "Mon 11 Jan 2027, w02" in app.text
        assert "✓ Jan de Vries" in app.text
        await app.press("enter")
        assert app.keys <= 7
        values = team.values("REQ-1")
        assert (values["role"], values["project"], values["hours_per_week"]) == ("tester", "P-1", 20)
        assert (str(values["start"]), str(values["finish"]), values["status"]) == (
            "2027-01-11", "2027-02-21", "submitted",
        )  # fmt: skip
        assert "REQ-1" in app.status
        await app.press("u")
        assert team.record("REQ-1") is None


async def test_what_a_request_leaves_open_is_asked_with_offers(run: Run, team: Desk) -> None:
    async with run("resources") as app:
        await app.press("plus")
        await app.type("tester 50% #x")
        await app.press("enter")
        assert app.prompting
        await app.type("bri")
        await app.press("enter")
        assert "in which period?" in app.status
        await app.type("soonish")
        await app.press("enter")
        assert app.prompting
        await app.press("ctrl+u")
        await app.type("w02-w07")
        await app.press("enter")
        assert "20h/w" in app.text
        assert "Harbour bridge" in app.text
        assert "Sun 21 Feb 2027, w07" in app.text
        await app.press("e")
        assert "New Resource request" in app.lines()[0]
        await app.press("f2")
        assert str(team.values("REQ-1")["finish"]) == "2027-02-21"


async def test_half_a_request_is_kept(run: Run, team: Desk) -> None:
    async with run("resources") as app:
        await app.press("plus")
        await app.type("tester 0.5fte")
        await app.press("escape")
        assert "kept" in app.status
        await app.press("plus")
        assert "tester 0.5fte" in app.text
        await app.type(" w02-w07 #hb1")
        await app.press("enter", "escape")
        assert "kept" in app.status
        assert not team.store.shelf("requests")
        await app.press("plus", "enter", "enter")
        assert team.record("REQ-1") is not None
        await app.press("plus")
        assert "+ tester" not in app.text


@pytest.fixture
def asked(team: Desk) -> Desk:
    """A tester is asked for, half time, in two weeks of December in which Jan is over-booked already."""
    team.add("people", {"name": "Bo Tester", "function": "Tester"})
    team.add("requests", {
        "role": "Tester", "project": "P-2", "start": "2026-12-07", "finish": "2026-12-20", "hours_per_week": "20", "status": "submitted",
    })  # fmt: skip
    return team


async def test_a_request_is_booked_on_whoever_has_time(run: Run, asked: Desk) -> None:
    async with run("resources") as app:
        await app.press("R")
        assert "Open requests" in app.lines()[0]
        await app.press("b")
        offers = [line.strip() for line in app.lines() if "h free for" in line]
        assert offers[0].startswith("✓ Bo Tester")
        assert "80 h free for 40 h" in offers[0]
        assert offers[1].startswith("✓ Jan de Vries")
        assert "2/2 weeks over" in offers[1]
        head = asked.store.head()
        await app.press("enter")
        assert asked.store.head() == head + 1
        assert asked.values("REQ-1")["status"] == "booked"
        assert asked.values("BKG-4")["person"] == "PER-4"
        assert "Bo Tester booked as BKG-4" in app.status
        assert "No request waits" in app.text
        await app.press("u")
        assert asked.record("BKG-4") is None
        assert asked.values("REQ-1")["status"] == "submitted"
        await app.press("b", "down", "down", "enter")
        assert asked.values("REQ-1")["person"] == "PER-1"
        assert "Jan de Vries booked as BKG-5, 2/2 weeks over; u takes it back" in app.status
        await app.press("C")
        assert "booked" in app.text


async def test_a_request_is_proposed_with_a_probability_and_turned_down(run: Run, asked: Desk) -> None:
    async with run("resources") as app:
        await app.press("R", "B")
        await app.type("esra")
        await app.press("enter")
        assert "How likely" in app.text
        await app.press("backspace", "backspace")
        await app.type("x")
        await app.press("enter")
        assert app.prompting
        await app.press("backspace")
        await app.type("70")
        await app.press("enter")
        assert (asked.values("BKG-4")["status"], asked.values("BKG-4")["probability"]) == ("soft", 70)
        assert asked.values("REQ-1")["status"] == "proposed"
        await app.press("minus")
        await app.type("rel")
        await app.press("enter")
        assert asked.values("REQ-1")["status"] == "released"
        assert asked.record("BKG-4") is None
        await app.press("u", "minus", "enter")
        assert asked.values("REQ-1")["status"] == "rejected"


async def test_a_proposal_does_not_stand_in_its_own_way(run: Run, asked: Desk) -> None:
    book(asked, "REQ-1", "PER-4", Decimal(100))
    async with run("resources") as app:
        await app.press("R", "b")
        first = next(line for line in app.lines() if "h free for" in line)
        assert "Bo Tester" in first
        assert "80 h free for 40 h" in first
