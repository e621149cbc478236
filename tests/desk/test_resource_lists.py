"""Everybody who can be booked as a list, who is on too many projects at once, the causes of a cell, the sheet as a file."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from pmo_tui.analysis.periods import period_of
from pmo_tui.desk.desk import Desk
from pmo_tui.desk.people.load_causes import causes_of
from pmo_tui.desk.people.sheet_file import export_sheet, sheet_table
from pmo_tui.desk.views.lists import ListView
from pmo_tui.records.errors import WrongUse

W50 = period_of("week", date(2026, 12, 7))


@pytest.fixture
def team(desk: Desk) -> Desk:
    """Jan (32 h) over-booked in December, Esra on four small projects, a lab."""
    desk.add(
        "people", {"name": "Jan", "pattern": "8 8 8 8 0 0 0", "function": "Tester", "unit": "Digital", "login": "Anna"}
    )
    desk.add("people", {"name": "Esra", "function": "Architect"})
    desk.add("systems", {"name": "Lab"})
    for number in range(4):
        desk.add("projects", {"name": f"Project {number}"})
        book(desk, "PER-2", f"P-{number + 1}", "2", "2026-11-23", "2026-12-06")
    book(desk, "PER-1", "P-1", "16", "2026-11-01", "2027-06-30")
    book(desk, "PER-1", "P-2", "20", "2026-12-07", "2026-12-20")
    book(desk, "PER-1", "P-3", "8", "2026-12-07", "2026-12-13", status="soft", probability="25%")
    return desk


def book(desk: Desk, person: str, project: str, hours: str, start: str, finish: str, **more: str) -> str:
    texts = {"person": person, "project": project, "hours_per_week": hours, "start": start, "finish": finish}
    return desk.add("bookings", {**texts, **more})


def test_everybody_with_the_load_of_this_week_and_of_those_to_come(team: Desk) -> None:
    view = team.view("resources")
    names = ("name", "kind", "booked", "percent", "weeks_over", "over", "first_over")
    rows = [tuple(view.values(i)[name] for name in names) for i in range(len(view))]
    assert rows == [
        ("Esra", "named", 8, 20, 0, 0, None),
        ("Jan", "named", 16, 50, 2, 6, "2026-w50"),
        ("Lab", "system", 0, 0, 0, 0, None),
    ]
    assert view.record_key(view.key(2)) == "SYS-1"


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("function:test", ["PER-1"]), ("unit:digital", ["PER-1"]), ("kind:system", ["SYS-1"]), ("weeks_over>0", ["PER-1"]),
        ('projects:"Project 3"', ["PER-2"]), ("@P-2", ["PER-2", "PER-1"]), ("@me", ["PER-1"]), ("esra", ["PER-2"]),
    ],
)  # fmt: skip
def test_they_are_filtered_by_what_people_are_and_are_booked_on(team: Desk, words: str, found: list[str]) -> None:
    view = team.view("resources", words)
    assert [view.key(i) for i in range(len(view))] == found


def test_who_is_on_too_many_projects_at_once(team: Desk) -> None:
    view = team.view("crowds")
    (row,) = [view.values(i) for i in range(len(view))]
    assert (row["person"], row["count"], row["finish"]) == ("PER-2", 4, date(2026, 12, 6))
    assert view.record_key(view.key(0)) == "PER-2"


def test_causes_are_a_list_that_adds_up_to_the_cell(team: Desk) -> None:
    view = ListView(team, causes_of("PER-1", W50), "", "")
    names = ("booking", "hours", "full", "by", "status", "probability")
    assert [tuple(view.values(i)[name] for name in names) for i in range(len(view))] == [
        ("BKG-6", 20, 20, "Jan", "hard", None),
        ("BKG-5", 16, 16, "Jan", "hard", None),
        ("BKG-7", 2, 8, "Jan", "soft", 25),
    ]
    cell = team.allocation.sheet(first=W50.start, count=1).rows[1].cells[0]
    assert sum(view.value(key, "hours") for key in view.keys) == cell.hours


def test_the_sheet_as_a_file(team: Desk, tmp_path: Path) -> None:
    sheet = team.allocation.sheet(first=W50.start, count=2)
    assert sheet_table(sheet, "hours").header[-2:] == ["2026-w50", "2026-w51"]
    rows = {unit: sheet_table(sheet, unit).rows[1] for unit in ("hours", "percent", "fte")}
    assert rows["hours"] == ["PER-1", "Jan", "Tester", "Digital", "hours", 38, 36]
    assert rows["percent"][-2:] == [Decimal("118.8"), Decimal("112.5")]
    assert rows["fte"][-2:] == [Decimal("0.95"), Decimal("0.9")]
    assert export_sheet(sheet, "hours", str(tmp_path / "sheet.csv")) == 3
    assert (tmp_path / "sheet.csv").read_text().splitlines()[2] == "PER-1,Jan,Tester,Digital,hours,38,36"
    with pytest.raises(WrongUse, match=r"sheet\.doc"):
        export_sheet(sheet, "hours", "sheet.doc")
