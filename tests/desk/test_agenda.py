"""What is late, due and changed, and for whom."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from pmo_tui.desk.agenda import Entry, agenda, changes
from pmo_tui.desk.desk import Desk
from pmo_tui.store import Store, open_store
from tests.desk.office import furnish


@pytest.fixture
def office(desk: Desk) -> Desk:
    furnish(desk)
    desk.add("actions", {"title": "Call the mayor", "project": "P-1", "owner": "Anna", "due": "2026-11-24"})
    desk.add("actions", {"title": "Paint", "project": "P-2", "owner": "Piet", "due": "2026-12-02"})
    desk.add("actions", {"title": "Later", "project": "P-2", "owner": "Piet", "due": "2026-12-03"})
    desk.add("actions", {"title": "Done", "project": "P-1", "owner": "Anna", "due": "2026-11-01", "status": "done"})
    desk.add("decisions", {"title": "Go on?", "project": "P-2", "due": "2026-11-25"})
    desk.add(
        "contracts",
        {"title": "Frame", "supplier": "SUP-1", "owner": "Piet", "notice_by": "2026-11-30", "finish": "2027-01-31"},
    )
    desk.set(["PO-1"], {"contract": "CON-1", "budget_holder": "Anna"})
    return desk


def told(entries: Sequence[Entry]) -> list[tuple[str, str, int]]:
    return [(entry.kind, entry.key, entry.days_late) for entry in entries]


def test_late_and_due(office: Desk) -> None:
    found = agenda(office)
    assert told(found.late) == [
        ("invoice", "INV-1", 5), ("review", "R-1", 5), ("report", "REP-2", 3), ("milestone", "T-1", 2), ("action", "A-1", 1),
    ]  # fmt: skip
    assert told(found.due) == [
        ("decision", "D-1", 0), ("invoice", "INV-3", 0), ("notice", "CON-1", 0), ("milestone", "T-3", 0), ("action", "A-2", 0),
    ]  # fmt: skip
    assert found.changed == ()


def test_each_entry_says_what_it_is_about_and_who_is_to_do_it(office: Desk) -> None:
    by_key = {entry.key: entry for entry in [*agenda(office).late, *agenda(office).due]}
    assert (by_key["A-1"].text, by_key["A-1"].who, by_key["A-1"].project) == ("Call the mayor", "PER-1", "P-1")
    assert by_key["INV-1"].text == "A-1 · Waterworks · EUR 4,000.00"
    assert by_key["INV-1"].who == "PER-1"
    assert (by_key["T-1"].text, by_key["T-1"].who) == ("Design ready", "PER-2")
    assert (by_key["REP-2"].text, by_key["REP-2"].who) == ("2026-w47", "PER-2")


def test_an_approved_invoice_waits_for_finance(office: Desk) -> None:
    office.set(["INV-1"], {"status": "approved", "approved_by": "Anna"})
    (found,) = [entry for entry in agenda(office).late if entry.key == "INV-1"]
    assert (found.who, found.party) == (None, "finance")


def keys(desk: Desk, scope: str) -> set[str]:
    found = agenda(desk, scope)
    return {entry.key for entry in (*found.late, *found.due)}


def test_scopes(office: Desk) -> None:
    assert keys(office, "@me") == {"INV-1", "R-1", "A-1", "T-1"}
    assert keys(office, "@mine") == {"INV-1", "R-1", "A-1", "T-1", "CON-1"}
    assert keys(office, "@P-2") == {"REP-2", "D-1", "INV-3", "T-3", "A-2"}
    assert keys(office, '@"Dry feet"') == keys(office, "@PG-1") == keys(office, "")
    assert keys(office, "@PG-2") == set()


def test_a_deputy_looks_after_the_projects_too(office: Desk) -> None:
    assert "A-2" not in keys(office, "@mine")
    office.set(["P-2"], {"deputy": "Anna"})
    assert {"REP-2", "D-1", "INV-3", "T-3", "A-2"} <= keys(office, "@mine")


def test_the_manager_of_a_project_is_asked_for_its_report(office: Desk) -> None:
    office.set(["P-2"], {"manager": "Anna"})
    assert "REP-2" in keys(office, "@me")


def test_how_far_ahead_is_said(office: Desk) -> None:
    assert "A-3" not in {entry.key for entry in agenda(office, ahead=7).due}
    assert "A-3" in {entry.key for entry in agenda(office, ahead=8).due}


def test_what_is_paid_or_disputed_is_not_chased(office: Desk) -> None:
    office.set(["INV-1"], {"status": "disputed"})
    assert "INV-1" not in keys(office, "")
    office.set(["INV-1"], {"status": "paid"})
    assert "INV-1" not in keys(office, "")


@pytest.fixture
def piet(office: Desk, tmp_path: Path) -> Store:
    return open_store(tmp_path / "pmo.json", author="Piet", login="piet")


def test_what_others_changed_since(office: Desk, piet: Store) -> None:
    since = office.store.head()
    office.set(["P-3"], {"notes": "mine"})
    with piet as store:
        store.transact(lambda draft: draft.change("P-1", {"budget": "21000"}))
        store.transact(lambda draft: draft.change("P-1", {"phase": "Build"}))
        store.transact(lambda draft: (draft.add("risks", {"title": "Fog", "project": "P-2"}), None)[1])
        store.transact(lambda draft: draft.delete("A-4"))
    office.store.refresh()
    found = agenda(office, since=since).changed
    assert [(each.key, each.what, each.fields, each.authors, each.text) for each in found] == [
        ("A-4", "deleted", (), ("Piet",), "Done"),
        ("R-4", "created", (), ("Piet",), "Fog"),
        ("P-1", "changed", ("budget", "phase"), ("Piet",), "Dike"),
    ]
    assert [each.key for each in changes(office, since, "@P-1")] == ["A-4", "P-1"]
    assert [each.key for each in changes(office, since, own=True)] == ["A-4", "R-4", "P-1", "P-3"]


def test_a_large_change_is_one_line(office: Desk, piet: Store) -> None:
    since = office.store.head()

    def work(draft: object) -> None:
        for number in range(30):
            draft.add("actions", {"title": f"Action {number}", "project": "P-1"})  # type: ignore[attr-defined]

    with piet as store:
        store.transact(work, note="actions.csv")
    office.store.refresh()
    [told_] = agenda(office, since=since).changed
    assert (told_.count, told_.text, told_.authors) == (30, "actions.csv", ("Piet",))
