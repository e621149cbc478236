"""Proposals that relieve somebody, as a list, and one of them carried out."""

from __future__ import annotations

from datetime import date

import pytest

from pmo_tui.analysis.levelling import Proposal
from pmo_tui.analysis.periods import period_of
from pmo_tui.desk.desk import Desk
from pmo_tui.desk.people.levelling import carry_out, identity, proposals, proposals_of
from pmo_tui.desk.views.lists import ListView
from pmo_tui.records.errors import Conflict

W50 = period_of("week", date(2026, 12, 7))


@pytest.fixture
def team(desk: Desk) -> Desk:
    """Jan with 50 of 40 hours in two weeks, Esra with the same function and time, Tim with another function."""
    for name, function in (("Jan", "Tester"), ("Esra", "tester"), ("Tim", "Architect")):
        desk.add("people", {"name": name, "function": function})
    desk.add("projects", {"name": "Portal"})
    desk.add("projects", {"name": "Dike"})
    for project, hours, start, finish in (
        ("P-1", "30", "2026-11-02", "2027-01-03"),
        ("P-2", "20", "2026-12-07", "2026-12-20"),
    ):
        desk.add("bookings", {
            "person": "PER-1", "project": project, "hours_per_week": hours, "start": start, "finish": finish, "role": "Tester",
        })  # fmt: skip
    return desk


def proposal(desk: Desk, kind: str, booking: str) -> Proposal:
    return next(each for each in proposals(desk, "PER-1", W50) if (each.kind, each.booking) == (kind, booking))


def do(desk: Desk, kind: str, booking: str) -> None:
    record = desk.record(booking)
    assert record is not None
    carry_out(desk, proposal(desk, kind, booking), record.revision)


def over(desk: Desk, person: str) -> int:
    sheet = desk.allocation.sheet()
    return sheet.rows[sheet.places[person]].alarms


def test_proposals_are_a_list_with_what_each_would_change(team: Desk) -> None:
    view = ListView(team, proposals_of("PER-1", W50), "", "")
    rows = {view.key(i): view.values(i) for i in range(len(view))}
    assert rows["hand over/BKG-2"]["change"] == "Esra from 7 Dec"
    assert rows["later/BKG-2"]["change"] == "4 Jan – 17 Jan, 4 weeks later"
    assert rows["less/BKG-1"]["change"] == "20 instead of 30 h/w from 7 Dec"
    assert identity(proposal(team, "less", "BKG-1")) in rows
    assert {row["after"] for row in rows.values()} == {0}


def test_what_began_before_is_kept_and_goes_on_with_somebody_else(team: Desk) -> None:
    head = team.store.head()
    do(team, "hand_over", "BKG-1")
    assert team.store.head() == head + 1
    kept, taken = team.values("BKG-1"), team.values("BKG-3")
    assert (kept["person"], str(kept["finish"]), kept["hours_per_week"]) == ("PER-1", "2026-12-06", 30)
    assert (taken["person"], str(taken["start"]), str(taken["finish"])) == ("PER-2", "2026-12-07", "2027-01-03")
    assert (taken["project"], taken["role"], taken["hours_per_week"]) == ("P-1", "Tester", 30)
    assert (over(team, "PER-1"), over(team, "PER-2")) == (0, 0)
    team.undo()
    assert (over(team, "PER-1"), team.record("BKG-3")) == (2, None)


def test_a_request_follows_who_has_its_booking(team: Desk) -> None:
    team.add("requests", {
        "role": "tester", "project": "P-2", "start": "2026-12-07", "finish": "2026-12-20", "hours_per_week": "20", "status": "booked",
        "person": "PER-1", "booking": "BKG-2",
    })  # fmt: skip
    do(team, "hand_over", "BKG-2")
    assert (team.values("BKG-2")["person"], team.values("REQ-1")["person"]) == ("PER-2", "PER-2")


def test_later_and_less(team: Desk) -> None:
    do(team, "later", "BKG-2")
    assert (str(team.values("BKG-2")["start"]), str(team.values("BKG-2")["finish"])) == ("2027-01-04", "2027-01-17")
    team.undo()
    do(team, "less", "BKG-1")
    assert [team.values(key)["hours_per_week"] for key in ("BKG-1", "BKG-3")] == [30, 20]
    assert over(team, "PER-1") == 0


def test_what_a_colleague_changed_meanwhile_is_not_written_over(team: Desk) -> None:
    made = proposal(team, "less", "BKG-2")
    record = team.record("BKG-2")
    assert record is not None
    team.set(["BKG-2"], {"hours_per_week": "12"})
    with pytest.raises(Conflict):
        carry_out(team, made, record.revision)
