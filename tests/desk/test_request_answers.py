"""Answering a request: the booking and the request change together."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

import pytest

from pmo_tui.desk.desk import Desk
from pmo_tui.desk.people.request_answers import book, turn_down
from pmo_tui.records.errors import NotFound, Refused


@pytest.fixture
def asked(desk: Desk) -> Desk:
    """Jan, and a request for a tester, half time."""
    desk.add("people", {"name": "Jan", "pattern": "8 8 8 8 0 0 0"})
    desk.add("projects", {"name": "Portal"})
    desk.add("requests", {
        "role": "Tester", "project": "P-1", "start": "2027-01-11", "finish": "2027-02-21", "hours_per_week": "0.5fte", "status": "submitted",
    })  # fmt: skip
    return desk


def test_booking_answers_the_request_in_one_transaction(asked: Desk) -> None:
    head = asked.store.head()
    key = book(asked, "REQ-1", "PER-1")
    assert asked.store.head() == head + 1
    booking, request = asked.values(key), asked.values("REQ-1")
    assert (booking["project"], booking["role"], booking["hours_per_week"]) == ("P-1", "Tester", 20)
    assert (booking["status"], str(booking["start"]), str(booking["finish"])) == ("hard", "2027-01-11", "2027-02-21")
    assert (request["status"], request["person"]) == ("booked", "PER-1")
    asked.undo()
    assert (asked.values("REQ-1")["status"], asked.record(key)) == ("submitted", None)


def test_proposing_books_softly_and_the_request_stays_open(asked: Desk) -> None:
    key = book(asked, "REQ-1", "PER-1", Decimal(60))
    assert (asked.values(key)["status"], asked.values(key)["probability"]) == ("soft", 60)
    assert asked.values("REQ-1")["status"] == "proposed"


def test_what_was_proposed_is_booked_in_the_same_booking(asked: Desk) -> None:
    proposed = book(asked, "REQ-1", "PER-1", Decimal(60))
    asked.set([proposed], {"notes": "mornings only"})
    asked.add("people", {"name": "Esra"})
    assert book(asked, "REQ-1", "PER-2") == proposed
    values = asked.values(proposed)
    assert (values["person"], values["status"], values["probability"]) == ("PER-2", "hard", 100)
    assert values["notes"] == "mornings only"
    assert len(asked.store.shelf("bookings")) == 1


@pytest.mark.parametrize("status", ["rejected", "released"])
def test_what_is_turned_down_is_no_longer_booked(asked: Desk, status: Literal["rejected", "released"]) -> None:
    proposed = book(asked, "REQ-1", "PER-1", Decimal(60))
    turn_down(asked, "REQ-1", status)
    assert (asked.record(proposed), asked.values("REQ-1")["status"]) == (None, status)
    asked.undo()
    assert asked.values("REQ-1")["booking"] == proposed


def test_demand_counts_a_proposal_once(asked: Desk) -> None:
    week = date(2027, 1, 11)
    asked.add("people", {"name": "Tester N.N.", "kind": "placeholder", "function": "Tester"})

    def demand() -> list[float]:
        return [float(each.needs[0].demand.hours) for each in asked.allocation.demand(first=week, count=1)[1]]

    assert demand() == [0, 20]
    book(asked, "REQ-1", "PER-1", Decimal(50))
    assert demand() == [10, 0]
    book(asked, "REQ-1", "PER-1")
    assert demand() == [20, 0]


@pytest.mark.parametrize("status", ["booked", "rejected", "released"])
def test_what_has_its_answer_is_not_answered_again(asked: Desk, status: str) -> None:
    asked.set(["REQ-1"], {"status": status})
    with pytest.raises(Refused, match=status):
        book(asked, "REQ-1", "PER-1")
    assert not asked.store.shelf("bookings")


def test_only_what_is_there_is_booked(asked: Desk) -> None:
    with pytest.raises(NotFound, match="REQ-9"):
        book(asked, "REQ-9", "PER-1")
    with pytest.raises(Refused):
        book(asked, "REQ-1", "PER-9")
    assert asked.values("REQ-1")["status"] == "submitted"
