"""`import`: what comes in as new although one of the name is there is told, since from then on the name means two records."""

from __future__ import annotations

from itertools import product
from time import perf_counter

from tests.cli.process import Pmo
from tests.exchange.mspdi_help import plan, tag, task


def notes(office: Pmo, *words: str) -> list[str]:
    found: list[str] = office("import", *words, "--dry-run", "--json").json["notes"]
    return [note for note in found if "called so too" in note or " new record" in note]


def test_a_person_of_a_list_who_has_the_name_of_one_that_a_plan_brought(office: Pmo) -> None:
    bill = tag("Resource", UID=1, ID=1, Name="Bill Kirk", Type=1)
    office.write("plan.xml", plan(task(1, "Dig"), resources=bill).decode())
    office("import", "plan.xml")
    office.write("people.csv", "name,email\nbill kirk,bill@example.org\nMary Logan,\n")
    (note,) = notes(office, "people.csv")
    assert note.startswith("people.csv: 1 new record has the name of one that is there: “bill kirk” (PER-2); ")
    office.write("people.csv", "key,email\nPER-2,bill@example.org\n")
    assert notes(office, "people.csv") == []
    office("import", "people.csv")
    assert [row["email"] for row in office.list("people") if row["name"] == "Bill Kirk"] == ["bill@example.org"]


def test_suppliers_systems_and_projects_of_tables_are_told_too(office: Pmo) -> None:
    office.add("suppliers", "name=Beton Oost")
    office.add("systems", "name=GIS")
    office.write("suppliers.csv", "name\nbeton oost\nBeton West\n")
    office.write("systems.csv", "name\nGIS\n")
    office.write("projects.csv", "name\nSewer renewal\n")
    found = notes(office, "suppliers.csv", "systems.csv", "projects.csv")
    assert [note.partition(";")[0].partition(": “")[2] for note in found] == [
        "beton oost” (SUP-1)", "GIS” (SYS-1)", "Sewer renewal” (P-1)",
    ]  # fmt: skip
    assert not any("--project" in note for note in found)


def test_the_same_list_again_tells_nothing_and_two_rows_of_a_name_do(office: Pmo) -> None:
    office.write("people.csv", "name\nMary Logan\nMary Logan\n")
    (note,) = notes(office, "people.csv")
    assert "“Mary Logan” (people.csv, row 2)" in note
    office("import", "people.csv")
    assert notes(office, "people.csv") == []


def test_a_row_that_is_wrong_is_nobodys_namesake(office: Pmo) -> None:
    office.write("people.csv", "name,fte\nMary Logan,80\nMary Logan,1\n")
    assert "“Mary Logan”" not in office.fails(5, "import", "people.csv", "--dry-run")


def test_thousands_of_namesakes_are_one_note_and_cost_little(office: Pmo) -> None:
    names = [f"{first} {last}" for first, last in product(range(60), range(60))]
    office.write("people.csv", "\n".join(["name", *names]))
    office("import", "people.csv")
    office.write("people-w48.csv", "\n".join(["name", *names]))
    begun = perf_counter()
    (note,) = notes(office, "people-w48.csv")
    assert perf_counter() - begun < 10
    assert note.startswith("people-w48.csv: 3,600 new records have the names of others")
    assert note.count("(PER-") == 10
