"""Who could do what a request asks for."""

from __future__ import annotations

import pytest

from pmo_tui.desk.desk import Desk
from pmo_tui.desk.people.candidates import Candidate, candidates
from pmo_tui.desk.people.request_answers import book
from pmo_tui.records.requests import Request


@pytest.fixture
def asked(desk: Desk) -> Desk:
    """Two testers, one of them busy, an architect who can test, a placeholder, somebody who has left; half a tester for two weeks."""
    desk.add("people", {"name": "Busy", "function": "Senior tester", "pattern": "8 8 8 8 0 0 0"})
    desk.add("people", {"name": "Free", "function": "Tester"})
    desk.add("people", {"name": "Able", "function": "Architect", "skills": "Java, load testing"})
    desk.add("people", {"name": "Tester N.N.", "kind": "placeholder", "function": "Tester"})
    desk.add("people", {"name": "Gone", "function": "Tester", "finish": "2026-11-30"})
    desk.add("projects", {"name": "Portal"})
    desk.add("bookings", {
        "person": "PER-1", "project": "P-1", "hours_per_week": "16", "start": "2026-12-07", "finish": "2026-12-13",
    })  # fmt: skip
    desk.add("requests", {
        "role": "tester", "project": "P-1", "start": "2026-12-07", "finish": "2026-12-20", "hours_per_week": "0.5fte", "status": "submitted",
    })  # fmt: skip
    return desk


def found(desk: Desk) -> list[Candidate]:
    request = desk.record("REQ-1")
    assert isinstance(request, Request)
    return candidates(desk, request)


def test_who_fits_and_has_time_comes_first(asked: Desk) -> None:
    rows = [
        (each.name, int(each.free), int(each.asked), each.weeks_over, each.weeks, each.fits) for each in found(asked)
    ]
    assert rows == [
        ("Free", 80, 40, 0, 2, True),
        ("Busy", 48, 40, 1, 2, True),
        ("Able", 80, 40, 0, 2, False),
    ]


def test_skills_that_are_asked_for_count_too(asked: Desk) -> None:
    asked.set(["REQ-1"], {"skills": "load testing"})
    assert {each.name: each.fits for each in found(asked)}["Able"]


def test_whom_the_request_names_comes_first(asked: Desk) -> None:
    asked.set(["REQ-1"], {"person": "PER-3"})
    first = found(asked)[0]
    assert (first.name, first.named) == ("Able", True)


def test_what_was_proposed_is_not_in_its_own_way(asked: Desk) -> None:
    book(asked, "REQ-1", "PER-2")
    asked.set(["REQ-1"], {"status": "proposed"})
    first = found(asked)[0]
    assert (first.name, int(first.free), first.weeks_over) == ("Free", 80, 0)
