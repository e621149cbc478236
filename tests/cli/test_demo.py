"""`demo`: where it goes, and that it never touches real records."""

from __future__ import annotations

from tests.cli.process import Pmo


def test_it_goes_where_it_is_told_or_into_a_place_of_its_own(pmo: Pmo) -> None:
    made = pmo("demo", "--projects", "2", "--no-open", "--json").json
    assert (made["store"], made["projects"]) == (str(pmo.store), 2)
    assert 100 < made["documents"] < 400
    assert len(pmo.list("projects")) == 2
    head = pmo.head()
    again = pmo("demo", "--projects", "5", "--no-open")
    assert "There is a demo of 2 projects already" in again.err
    assert pmo.head() == head
    fresh = pmo("demo", "--projects", "3", "--no-open", "--fresh", "--json").json
    assert fresh["projects"] == 3
    assert len(list(pmo.folder.glob("pmo.json.old-*/pmo.json"))) == 1
    own = pmo("demo", "--projects", "1", "--no-open", "--json", PMO_STORE="").json["store"]
    assert own == str(pmo.folder / "home/.local/share/pmo_tui/demo-1-1.json")


def test_real_records_are_left_alone(office: Pmo) -> None:
    head = office.head()
    made = office("demo", "--projects", "1", "--no-open", "--json").json["store"]
    assert made.endswith("/demo-1-1.json")
    said = office.fails(5, "--store", "pmo.json", "demo", "--no-open", "--fresh")
    assert "holds records already; the demo needs a store of its own" in said
    assert office.head() == head
    assert "needs a terminal" in office.fails(1, "demo", "--projects", "1")
