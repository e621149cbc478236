"""The sheet of people by weeks as a desk gives it: scopes, orders, causes with who booked them, and what a change makes anew."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from pmo_tui.analysis.availability import hours
from pmo_tui.analysis.periods import period_of
from pmo_tui.desk import rules
from pmo_tui.desk.desk import Desk
from pmo_tui.desk.home.config import Config
from pmo_tui.desk.home.folders import folders
from pmo_tui.desk.past import Past
from pmo_tui.desk.people.sheet import Scope
from pmo_tui.records.errors import NotFound, Refused
from pmo_tui.store import open_store

MONDAY = date(2026, 11, 23)
ASCENSION_WEEK = period_of("week", date(2027, 5, 6))
MON_TO_THU = "8 8 8 8 0 0 0"


@pytest.fixture
def team(desk: Desk) -> Desk:
    """Jan (32 h), Esra (40 h) and a placeholder, two projects under a programme, a test environment."""
    desk.add("people", {"name": "Jan", "pattern": MON_TO_THU, "fte": "0.8", "unit": "Digital", "function": "Tester"})
    desk.add("people", {"name": "Esra", "unit": "Works", "function": "Architect"})
    desk.add("people", {"name": "Tester N.N.", "kind": "placeholder", "function": "Tester"})
    desk.add("systems", {"name": "Lab", "capacity": "60"})
    desk.add("programmes", {"name": "Dry feet"})
    desk.add("projects", {"name": "Portal", "parent": "PG-1"})
    desk.add("projects", {"name": "Dike"})
    desk.add("projects", {"name": "Portal test", "parent": "P-1"})
    return desk


def book(desk: Desk, person: str, hours_per_week: str, project: str = "P-1", **more: str) -> str:
    texts = {"start": "2026-11-01", "finish": "2027-06-30", "person": person, "project": project}
    return desk.add("bookings", {**texts, "hours_per_week": hours_per_week, **more})


def names(desk: Desk, **scope: str) -> list[str]:
    return [row.name for row in desk.allocation.sheet(Scope(**scope)).rows]


def test_half_of_jan_in_ascension_week_without_a_calendar_of_his_own(team: Desk) -> None:
    book(team, "PER-1", "16")
    sheet = team.allocation.sheet(first=date(2027, 5, 3), count=1)
    (cell,) = sheet.rows[sheet.places["PER-1"]].cells
    assert [hours(cell.available), cell.hours, float(cell.percent or 0)] == [24, 16, 66.7]


def test_the_organisations_own_list_of_days_off_is_its_calendar(team: Desk) -> None:
    bridge = [{"name": "Bridge", "start": "2027-05-05", "finish": "2027-05-06"}]
    team.add("calendars", {"name": "Office"}, {"exceptions": bridge})
    team.set(["PER-1"], {"calendar": "CAL-1"})
    sheet = team.allocation.sheet(first=date(2027, 4, 26), count=2)
    assert [hours(cell.available) for cell in sheet.rows[sheet.places["PER-1"]].cells] == [32, 16]


def test_half_a_year_of_weeks_from_today_by_name(team: Desk) -> None:
    sheet = team.allocation.sheet()
    assert len(sheet.periods) == 26
    assert (sheet.periods[0].name, sheet.periods[-1].name) == ("2026-w48", "2027-w20")
    assert [row.name for row in sheet.rows] == ["Esra", "Jan", "Lab", "Tester N.N."]
    assert hours(sheet.total[0].available) == 72


def test_scopes(team: Desk) -> None:
    book(team, "PER-1", "8", "P-3")
    book(team, "PER-2", "8", "P-2")
    book(team, "SYS-1", "8", "P-1")
    assert names(team, unit="digital") == ["Jan"]
    assert names(team, function="Tester") == ["Jan", "Tester N.N."]
    assert names(team, project="P-3") == ["Jan"]
    assert names(team, project="P-1") == ["Jan", "Lab"]
    assert names(team, project="Dry feet") == ["Jan", "Lab"]
    assert names(team, project="P-2", unit="Digital") == []
    with pytest.raises(NotFound, match="Sewer"):
        names(team, project="Sewer")


def test_a_projects_sheet_shows_all_of_a_persons_work_and_the_projects_part(team: Desk) -> None:
    book(team, "PER-2", "8", "P-1")
    book(team, "PER-2", "30", "P-2")
    (row,) = team.allocation.sheet(Scope(project="P-1"), count=1).rows
    assert [row.cells[0].hours, hours(row.inside[0])] == [38, 8]


def test_who_is_over_comes_first(team: Desk) -> None:
    book(team, "PER-1", "34")
    book(team, "PER-3", "60")
    sheet = team.allocation.sheet(order="over", count=4)
    assert [(row.name, bool(row.alarms)) for row in sheet.rows] == [
        ("Tester N.N.", True), ("Jan", True), ("Esra", False), ("Lab", False),
    ]  # fmt: skip
    assert [float(hours(row.over)) for row in sheet.rows[:2]] == [20, 2]
    lenient = team.allocation.sheet(order="over", count=4, limit=110)
    assert [row.name for row in lenient.rows if row.alarms] == ["Tester N.N."]


def test_what_is_too_much_and_which_days_are_off_is_configured(team: Desk) -> None:
    book(team, "PER-2", "44", "P-1")
    book(team, "PER-2", "0", "P-2")
    config = Config(over_percent=110, most_projects=1, good_friday=True, liberation_day="every")
    lenient = Desk(team.store, team.folders, config, team.today).allocation
    assert [row.alarms for row in lenient.sheet(count=1).rows] == [0, 0, 0, 0]
    assert [len(crowd.projects) for crowd in lenient.crowds(MONDAY, MONDAY)] == [2]
    weeks = [lenient.sheet(first=day, count=1).total[0].available for day in (date(2027, 3, 22), date(2027, 5, 3))]
    assert [hours(each) for each in weeks] == [64, 40]
    usual = [
        team.allocation.sheet(first=day, count=1).total[0].available for day in (date(2027, 3, 22), date(2027, 5, 3))
    ]
    assert [hours(each) for each in usual] == [72, 56]


def test_who_has_left_is_gone_unless_somebody_booked_him(team: Desk) -> None:
    team.set(["PER-1", "PER-2"], {"finish": "2026-10-31"})
    book(team, "PER-2", "8")
    assert names(team) == ["Esra", "Lab", "Tester N.N."]
    sheet = team.allocation.sheet(count=1)
    assert sheet.rows[0].cells[0].alarm == "week"


def test_causes_by_size_with_who_booked_them_and_when(team: Desk, tmp_path: Path) -> None:
    small = book(team, "PER-1", "8", "P-2")
    soft = book(team, "PER-1", "40", "P-1", status="soft", probability="50%")
    with open_store(tmp_path / "pmo.json", author="Bram", login="bram", check=rules.check) as store:
        Desk(store, folders({"HOME": str(tmp_path)})).set([small], {"hours_per_week": "12"})
    team.store.refresh()
    found = team.allocation.causes("PER-1", ASCENSION_WEEK)
    assert [(line.booking.key, float(line.hours), float(line.full)) for line in found] == [
        (soft, 20, 40),
        (small, 12, 12),
    ]
    first, second = (line.written for line in found)
    assert first is not None
    assert second is not None
    assert (first.author, second.author, second.login) == ("Anna", "Bram", "bram")
    assert second.time == team.history(small)[0].time
    with pytest.raises(NotFound, match="PER-9"):
        team.allocation.causes("PER-9", ASCENSION_WEEK)


def test_a_load_says_why(team: Desk) -> None:
    key = book(team, "PER-1", "16")
    figure = team.allocation.figure("PER-1", ASCENSION_WEEK)
    assert float(str(figure.value)) == 66.7
    labels = {getattr(part, "label", "") for _, part in figure.walk()}
    assert "Ascension Day" in labels
    assert key in {getattr(part, "key", "") for _, part in figure.walk()}


CHANGES: list[Callable[[Desk], object]] = [
    lambda desk: desk.set(["BKG-1"], {"hours_per_week": "24"}),
    lambda desk: desk.add("absences", {"person": "PER-1", "start": "2026-11-24", "finish": "2026-11-24"}),
    lambda desk: desk.set(["PER-1"], {"pattern": "4 4 4 4 4 0 0"}),
    lambda desk: desk.set(["CAL-1"], {}, {"exceptions": [{"start": "2026-11-26", "finish": "2026-11-26"}]}),
    lambda desk: desk.delete(["BKG-1"]),
]


@pytest.mark.parametrize("change", CHANGES, ids=["booking", "absence", "pattern", "calendar", "deleted"])
def test_after_a_change_a_kept_sheet_is_as_a_fresh_one(team: Desk, change: Callable[[Desk], object]) -> None:
    team.add("calendars", {"name": "Office"})
    team.set(["PER-1"], {"calendar": "CAL-1"})
    book(team, "PER-1", "16")
    book(team, "PER-2", "16")
    before = team.allocation.sheet(count=4)
    change(team)
    after = team.allocation.sheet(count=4)
    fresh = Desk(team.store, team.folders, today=team.today).allocation.sheet(count=4)
    assert after.rows == fresh.rows
    assert after.rows[after.places["PER-1"]].cells != before.rows[before.places["PER-1"]].cells
    assert after.rows[after.places["PER-2"]].cells == before.rows[before.places["PER-2"]].cells


def test_days_weeks_and_months_are_the_same_work(team: Desk) -> None:
    book(team, "PER-1", "13.5", start="2026-11-25", finish="2026-12-10")
    totals = []
    for granularity, first, count in (("day", MONDAY, 42), ("week", MONDAY, 6)):
        sheet = team.allocation.sheet(granularity=granularity, first=first, count=count)  # type: ignore[arg-type]
        totals.append(sum(cell.booked for cell in sheet.rows[sheet.places["PER-1"]].cells))
    months = team.allocation.sheet(granularity="month", first=MONDAY, count=2)
    totals.append(sum(cell.booked for cell in months.rows[months.places["PER-1"]].cells))
    assert len(set(totals)) == 1
    assert totals[0] > 0


def test_a_calendar_with_impossible_hours_is_named(team: Desk) -> None:
    team.add(
        "calendars",
        {"name": "Office"},
        {"exceptions": [{"start": "2026-11-26", "finish": "2026-11-26", "hours": "08:00-25:00"}]},
    )
    team.set(["PER-1"], {"calendar": "CAL-1"})
    with pytest.raises(Refused, match=r"CAL-1.*Office.*25:00"):
        team.allocation.sheet()


def test_looking_ahead(team: Desk) -> None:
    for project in ("P-1", "P-2", "P-3"):
        book(team, "PER-1", "8", project, finish="2026-12-11")
    book(team, "SYS-1", "8", "P-2")
    team.add("requests", {
        "role": "Tester", "project": "P-1", "start": "w50", "finish": "2026-12-13", "hours_per_week": "20", "status": "submitted",
    })  # fmt: skip
    ends = team.allocation.roll_offs()
    assert [(each.person, each.last_day, each.within, float(each.left)) for each in ends] == [
        ("PER-1", date(2026, 12, 11), 30, 0)
    ] * 3
    crowds = team.allocation.crowds(MONDAY, date(2027, 2, 1), most=2)
    assert [(each.person, each.finish, each.projects) for each in crowds] == [
        ("PER-1", date(2026, 12, 11), ("P-1", "P-2", "P-3"))
    ]
    periods, needs = team.allocation.demand(count=4)
    testers = {need.function: need for need in needs}["Tester"]
    by_week = dict(zip((period.name for period in periods), testers.needs, strict=True))
    assert [float(by_week[week].gap.hours) for week in ("2026-w49", "2026-w50", "2026-w51")] == [8, -12, 32]


def test_in_the_past_bookings_stand_as_they_did(team: Desk) -> None:
    book(team, "PER-1", "16")
    head = team.store.head()
    team.set(["BKG-1"], {"hours_per_week": "40"})
    then = Desk(Past(team.store, head), team.folders, today=team.today).allocation
    (line,) = then.causes("PER-1", period_of("week", MONDAY))
    assert line.hours == 16
    assert [cell.hours for cell in team.allocation.sheet(count=1).rows[1].cells] == [40]
