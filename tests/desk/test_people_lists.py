"""The computed lists of people: load, coming free, demand; listed, filtered and sorted like registers."""

from __future__ import annotations

from typing import Any

import pytest

from pmo_tui.desk.desk import Desk

DAYS = {"start": "2026-11-01", "finish": "2027-06-30"}


@pytest.fixture
def team(desk: Desk) -> Desk:
    """Jan (32 h) on two projects, Esra on none, a lab, and a request for a tester."""
    desk.add(
        "people", {"name": "Jan", "pattern": "8 8 8 8 0 0 0", "function": "Tester", "unit": "Digital", "login": "Anna"}
    )
    desk.add("people", {"name": "Esra", "function": "Architect"})
    desk.add("systems", {"name": "Lab"})
    desk.add("programmes", {"name": "Dry feet"})
    desk.add("projects", {"name": "Portal", "parent": "PG-1"})
    desk.add("projects", {"name": "Dike"})
    desk.add("bookings", {"person": "PER-1", "project": "P-1", "hours_per_week": "16", **DAYS})
    desk.add(
        "bookings",
        {"person": "PER-1", "project": "P-2", "hours_per_week": "20", "start": "2026-12-07", "finish": "2026-12-20"},
    )
    desk.add("requests", {
        "role": "tester", "project": "P-2", "start": "2026-12-07", "finish": "2026-12-13", "hours_per_week": "1fte", "status": "submitted",
    })  # fmt: skip
    return desk


def listed(desk: Desk, name: str, filter_text: str, *names: str, sort: str = "") -> list[tuple[Any, ...]]:
    view = desk.view(name, filter_text, sort)
    return [tuple(view.values(i)[each] for each in names) for i in range(len(view))]


def test_the_load_of_a_week(team: Desk) -> None:
    names = ("person", "week", "available", "booked", "percent", "over")
    found = listed(team, "load", "person:jan week:2026-w50", *names)
    assert [[*map(str, row)] for row in found] == [["PER-1", "2026-w50", "32", "36", "112.5", "4"]]


def test_who_is_over_next_month(team: Desk) -> None:
    assert listed(team, "load", "percent>100 start:dec", "person", "week") == [
        ("PER-1", "2026-w50"),
        ("PER-1", "2026-w51"),
    ]
    assert listed(team, "load", "over>0 unit:digital", "week", sort="-week") == [("2026-w51",), ("2026-w50",)]


def test_loads_narrowed_to_a_node_and_to_oneself(team: Desk) -> None:
    assert {row[0] for row in listed(team, "load", "@P-2", "week")} == {"2026-w50", "2026-w51"}
    assert len(team.view("load", '@"Dry feet"')) > 26
    assert {row[0] for row in listed(team, "load", "@me", "person")} == {"PER-1"}


def test_a_row_of_loads_opens_the_person(team: Desk) -> None:
    view = team.view("load", "week:2026-w50 lab")
    assert [view.record_key(view.key(i)) for i in range(len(view))] == ["SYS-1"]


def test_loads_are_those_of_half_a_year_and_of_booked_weeks_near(team: Desk) -> None:
    team.set(["BKG-1"], {"start": "1900-01-01", "finish": "2199-12-31"})
    team.add(
        "bookings",
        {"person": "PER-2", "project": "P-1", "hours_per_week": "8", "start": "2026-11-02", "finish": "2026-11-08"},
    )
    names = [row[0] for row in listed(team, "load", "", "person")]
    assert (names[0], names[-1]) == ("PER-2", "PER-1")
    assert team.view("load").values(len(names) - 1)["week"] == "2026-w47"
    jan = [row[0] for row in listed(team, "load", "person:jan", "week", sort="week")]
    assert len(jan) == len(set(jan))
    assert (jan[0], jan[-1]) == ("2025-w48", "2028-w47")
    assert [row[0] for row in listed(team, "load", "person:esra", "week")][::25] == ["2026-w48", "2027-w20"]
    assert [row[0] for row in listed(team, "load", "person:esra", "week")][-1] == "2026-w45"


def test_whose_work_ends_soon(team: Desk) -> None:
    (row,) = listed(team, "roll_offs", "within<=30", "person", "project", "within", "freed", "left", "function")
    assert row == ("PER-1", "P-2", 30, 20, 16, "Tester")
    view = team.view("roll_offs")
    assert view.record_key(view.key(0)) == "BKG-2"


def test_where_people_are_missing(team: Desk) -> None:
    names = ("function", "week", "capacity", "booked", "asked", "gap", "record")
    assert listed(team, "demand", "gap<0", *names) == [
        ("Tester", "2026-w50", 32, 36, 40, -44, "REQ-1"),
        ("Tester", "2026-w51", 32, 36, 0, -4, "REQ-1"),
    ]
    view = team.view("demand", "function:architect week:2026-w50")
    assert view.record_key(view.key(0)) == "PER-2"
