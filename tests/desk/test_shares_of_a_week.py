"""A per cent of somebody's time: of the person's own week in a booking, of full time in a request."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pmo_tui.desk.desk import Desk

SPAN = {"start": "2026-12-01", "finish": "2026-12-31", "project": "P-1"}


@pytest.fixture
def team(desk: Desk) -> Desk:
    """Jan works 32 hours, the lab has 60."""
    desk.add("people", {"name": "Jan", "pattern": "8 8 8 8 0 0 0"})
    desk.add("systems", {"name": "Lab", "capacity": "60"})
    desk.add("projects", {"name": "Portal"})
    return desk


@pytest.mark.parametrize(
    ("person", "typed", "hours", "percent"),
    [
        ("PER-1", "50%", "16", "50"),
        ("PER-1", "0.5fte", "20", "62.5"),
        ("PER-1", "20", "20", "62.5"),
        ("SYS-1", "50%", "30", "50"),
    ],
)
def test_a_booking_is_a_share_of_the_persons_own_week(
    team: Desk, person: str, typed: str, hours: str, percent: str
) -> None:
    key = team.add("bookings", {"hours_per_week": typed, "person": person, **SPAN})
    values = team.values(key)
    assert (values["hours_per_week"], values["percent"]) == (Decimal(hours), Decimal(percent))


def test_a_changed_booking_is_a_share_of_the_week_of_whoever_has_it_then(team: Desk) -> None:
    key = team.add("bookings", {"hours_per_week": "8", "person": "PER-1", **SPAN})
    team.set([key], {"hours_per_week": "25%"})
    assert team.values(key)["hours_per_week"] == 8
    team.set([key], {"hours_per_week": "25%", "person": "SYS-1"})
    assert team.values(key)["hours_per_week"] == 15


def test_a_request_is_a_share_of_full_time_whoever_is_proposed(team: Desk) -> None:
    key = team.add("requests", {"role": "Tester", "hours_per_week": "50%", "person": "PER-1", **SPAN})
    assert team.values(key)["hours_per_week"] == 20


def test_whoever_has_no_hours_has_no_per_cent(team: Desk) -> None:
    team.set(["PER-1"], {"pattern": "0 0 0 0 0 0 0"})
    key = team.add("bookings", {"hours_per_week": "8", "person": "PER-1", **SPAN})
    assert team.values(key)["percent"] is None


def test_bookings_are_found_by_their_share(team: Desk) -> None:
    team.add("bookings", {"hours_per_week": "100%", "person": "PER-1", **SPAN})
    team.add("bookings", {"hours_per_week": "10%", "person": "PER-1", **SPAN})
    assert team.view("bookings", "percent>50").keys == ["BKG-1"]
