"""Plans on their way into a store: twice the same changes nothing, a changed file changes what changed, a bad one nothing at all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pmo_tui.analysis.scheduling import schedule
from pmo_tui.analysis.working_time import Calendars
from pmo_tui.desk import rules
from pmo_tui.desk.desk import Desk
from pmo_tui.desk.files.formats import Choices, prepare
from pmo_tui.desk.files.importing import ImportPlan, carry_out
from pmo_tui.desk.home.folders import folders
from pmo_tui.records.calendars import Calendar
from pmo_tui.records.errors import Refused
from pmo_tui.records.planning import Task
from pmo_tui.store import open_store
from tests.exchange.mspdi_help import calendar, exception, link, office_week, plan, tag, task


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_store(tmp_path / "store" / "pmo.json", author="Anna", login="anna", check=rules.check) as store:
        yield Desk(store, folders({"HOME": str(tmp_path)}), today=lambda: date(2026, 3, 2))


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path) -> None:
    (tmp_path / "store").mkdir()


def planned(desk: Desk, path: Path, project: str = "") -> ImportPlan:
    return prepare(desk, [str(path)], Choices(project=project)).plan


def imported(desk: Desk, path: Path, project: str = "") -> tuple[int, int, int]:
    """Import a file; how many records were new, changed and unchanged."""
    found = planned(desk, path, project)
    carry_out(desk, found)
    return found.count("new"), found.count("changed"), found.count("unchanged")


def written(tmp_path: Path, data: bytes, name: str = "plan.xml") -> Path:
    path = tmp_path / name
    path.write_bytes(data)
    return path


def keys(desk: Desk, register: str) -> list[str]:
    return list(desk.view(register).keys)


def stored(desk: Desk, key: str) -> dict[str, Any]:
    """What the store holds of a record."""
    record = desk.record(key)
    return {part.name: getattr(record, part.name) for part in fields(record)} if record else {}


def values(desk: Desk, register: str, **wanted: object) -> dict[str, Any]:
    """The one record with these values."""
    every = [stored(desk, key) for key in keys(desk, register)]
    (found,) = [each for each in every if all(each[name] == value for name, value in wanted.items())]
    return found


@pytest.mark.parametrize(
    ("name", "tasks", "people", "bookings"),
    [
        ("new-product.xml", 43, 8, 28), ("sample1.xml", 23, 2, 4), ("relations.xml", 6, 0, 0),
        ("task-durations-project2019.xml", 111, 0, 0),
    ],
)  # fmt: skip
def test_real_plans_go_in_once(
    desk: Desk, shared_data: Path, name: str, tasks: int, people: int, bookings: int
) -> None:
    path = shared_data / "msproject" / name
    dry = planned(desk, path)
    assert (desk.store.head(), dry.problems) == (0, [])
    new, changed, unchanged = imported(desk, path)
    assert (new, changed, unchanged) == (dry.count("new"), 0, 0)
    assert (len(keys(desk, "tasks")), len(keys(desk, "people")), len(keys(desk, "bookings"))) == (
        tasks,
        people,
        bookings,
    )
    assert len(keys(desk, "projects")) == 1
    head = desk.store.head()
    assert imported(desk, path) == (0, 0, new)
    assert desk.store.head() == head, "nothing was written"


def test_links_and_references_arrive_as_keys(desk: Desk, shared_data: Path) -> None:
    imported(desk, shared_data / "msproject" / "new-product.xml")
    project = values(desk, "projects")
    assert project["name"] == "Product #23 Development"
    assert values(desk, "calendars", key=project["calendar"])["name"] == "Standard"
    training, materials = (
        values(desk, "tasks", name="Sales training"),
        values(desk, "tasks", name="Create sales materials"),
    )
    assert [(each.task, each.type, each.lag) for each in training["predecessors"]] == [(materials["key"], "FS", "-15d")]
    design = values(desk, "tasks", name="Prototype design")
    scott = values(desk, "people", name="Scott Adams")
    booking = values(desk, "bookings", task=design["key"], person=scott["key"])
    assert (booking["project"], booking["hours_per_week"]) == (project["key"], 20)


@pytest.mark.parametrize("name", ["new-product.xml", "relations.xml", "task-durations-project2019.xml"])
def test_the_schedule_of_a_real_plan_is_what_its_planner_had(desk: Desk, shared_data: Path, name: str) -> None:
    """Made of durations, links, lags and calendars as they were read; the dates of the file are only compared with."""
    imported(desk, shared_data / "msproject" / name)
    tasks = [each for key in keys(desk, "tasks") if isinstance(each := desk.record(key), Task)]
    calendars = [each for key in keys(desk, "calendars") if isinstance(each := desk.record(key), Calendar)]
    project = values(desk, "projects")
    made = schedule(
        tasks, Calendars(calendars), today=desk.today(), start=project["start"], calendar=project["calendar"]
    )
    found = {task.name: (made[task.key].early_start, made[task.key].early_finish) for task in tasks}
    assert found == {task.name: (task.start, task.finish) for task in tasks}


def test_four_real_plans_stand_beside_each_other(desk: Desk, shared_data: Path) -> None:
    for path in sorted((shared_data / "msproject").glob("*.xml")):
        imported(desk, path)
    assert (len(keys(desk, "projects")), len(keys(desk, "tasks"))) == (4, 43 + 23 + 6 + 111)


BASELINE = tag("Baseline", Number=0, Start="2026-03-02T08:00:00", Finish="2026-03-02T17:00:00")
JAN = tag("Resource", UID=1, ID=1, Name="Jan", Type=1)
WORK = tag("Assignment", UID=1, TaskUID=2, ResourceUID=1, Work="PT8H0M0S")
FIRST = plan(
    task(1, "Dig", BASELINE), task(2, "Pour", link(1)), task(3, "Dry", link(2)), resources=JAN, assignments=WORK
)


def test_a_changed_file_changes_what_changed(desk: Desk, tmp_path: Path) -> None:
    path = written(tmp_path, FIRST)
    imported(desk, path)
    dig, dry = values(desk, "tasks", name="Dig")["key"], values(desk, "tasks", name="Dry")["key"]
    desk.set([dig], {"notes": "Anna's own", "tags": "watch"})
    written(
        tmp_path,
        plan(
            task(1, "Dig deeper", BASELINE, Duration="PT16H0M0S", Finish="2026-03-03T17:00:00"), task(2, "Pour", link(1)),
            task(4, "Harden", link(2, LinkLag=4800, LagFormat=7)), resources=JAN, assignments=WORK,
        ),
    )  # fmt: skip
    found = planned(desk, path)
    changes = {item.key: sorted(item.fields) for item in found.planned if item.what == "changed"}
    assert changes == {dig: ["duration", "finish", "name"]}
    assert [item.fields["name"] for item in found.planned if item.what == "new"] == ["Harden"]
    assert found.gone == [dry], "told, not deleted"
    carry_out(desk, found)
    after = stored(desk, dig)
    assert (after["name"], after["duration"], after["notes"], after["tags"]) == (
        "Dig deeper",
        "2d",
        "Anna's own",
        ["watch"],
    )
    assert desk.record(dry) is not None
    assert len(keys(desk, "baselines")) == 1


def test_what_the_file_no_longer_says_is_emptied(desk: Desk, tmp_path: Path) -> None:
    path = written(tmp_path, plan(task(1, "Dig", Deadline="2026-04-01T17:00:00", FixedCost=5000)))
    imported(desk, path)
    written(tmp_path, plan(task(1, "Dig")))
    imported(desk, path)
    after = values(desk, "tasks")
    assert (after["deadline"], after["fixed_cost"], after["currency"]) == (None, None, None)


def test_a_new_baseline_stands_beside_the_old_one(desk: Desk, tmp_path: Path) -> None:
    path = written(tmp_path, FIRST)
    imported(desk, path)
    before = values(desk, "baselines")
    written(tmp_path, FIRST.replace(b"<Number>0</Number><Start>2026-03-02", b"<Number>0</Number><Start>2026-03-01"))
    found = planned(desk, path)
    assert (found.count("new"), found.count("changed"), found.gone) == (1, 0, [])
    carry_out(desk, found)
    assert stored(desk, before["key"])["tasks"] == before["tasks"]
    assert len(keys(desk, "baselines")) == 2


def test_people_who_are_there_are_found_and_left_alone(desk: Desk, tmp_path: Path) -> None:
    jan = desk.add("people", {"name": "JAN", "fte": "0.8", "function": "Mason"})
    before = stored(desk, jan)
    imported(desk, written(tmp_path, FIRST))
    assert stored(desk, jan) == before
    assert values(desk, "bookings")["person"] == jan


def test_plans_of_the_same_name_do_not_touch_each_other(desk: Desk, tmp_path: Path) -> None:
    one, other = desk.add("projects", {"name": "One"}), desk.add("projects", {"name": "Other"})
    path = written(tmp_path, FIRST)
    imported(desk, path, one)
    written(tmp_path, plan(task(1, "Something else")))
    new, changed, unchanged = imported(desk, path, other)
    assert (new, changed, unchanged) == (2, 0, 0)
    names = {values_["name"]: values_["project"] for values_ in (stored(desk, key) for key in keys(desk, "tasks"))}
    assert names == {"Dig": one, "Pour": one, "Dry": one, "Something else": other}
    assert stored(desk, one)["name"] == "One"


def test_a_project_that_a_file_made_may_be_named_later(desk: Desk, tmp_path: Path) -> None:
    path = written(tmp_path, FIRST)
    imported(desk, path)
    project = values(desk, "projects")["key"]
    imported(desk, path, project)
    assert (len(keys(desk, "tasks")), len(keys(desk, "bookings")), len(keys(desk, "baselines"))) == (3, 1, 1)


def test_an_import_is_undone_as_one(desk: Desk, tmp_path: Path) -> None:
    imported(desk, written(tmp_path, FIRST))
    desk.undo(desk.store.head())
    assert (keys(desk, "tasks"), keys(desk, "projects"), keys(desk, "people")) == ([], [], [])


def test_calendars_on_a_base_go_in_with_their_exceptions(desk: Desk, tmp_path: Path) -> None:
    calendars = calendar(
        1, "Standard", office_week(), tag("Exceptions", exception("2026-04-27", "2026-04-27", Name="King's Day"))
    )
    calendars += calendar(
        2, "Long", tag("WeekDays", tag("WeekDay", DayType=2, DayWorking=1)), IsBaseCalendar=0, BaseCalendarUID=1
    )
    path = written(tmp_path, plan(task(1, CalendarUID=2), calendars=calendars))
    assert imported(desk, path)[0] == 4
    assert imported(desk, path) == (0, 0, 4)
    long, standard = values(desk, "calendars", name="Long"), values(desk, "calendars", name="Standard")
    assert (long["base"], values(desk, "tasks")["calendar"]) == (standard["key"], long["key"])
    assert [each.start for each in standard["exceptions"]] == [date(2026, 4, 27)]


GOOD = task(1, "Dig")
BAD: dict[str, tuple[bytes, str]] = {
    "no XML": (b"<Project xmlns='http://schemas.microsoft.com/project'> & </Project>", "line 1, column 57"),
    "cut off": (FIRST[:-300], "breaks off in line 2"),
    "another root": (b"<Invoice/>", "its root is “Invoice”"),
    "entity bomb": (
        b'<!DOCTYPE Project [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><Project xmlns="http://schemas.microsoft.com/project">&b;</Project>',
        "DOCTYPE",
    ),
    "external entity": (
        b'<!DOCTYPE Project [<!ENTITY a SYSTEM "file:///etc/passwd">]><Project><Title>&a;</Title></Project>', "DOCTYPE",
    ),
    "itself": (plan(GOOD, task(2, "Pour", link(2))), "the task 2 “Pour” depends on itself"),
    "a loop": (
        plan(task(1, "Dig", link(3)), task(2, "Pour", link(1)), task(3, "Dry", link(2))), "1 “Dig” → 2 “Pour” → 3 “Dry” → 1 “Dig”",
    ),
    "30 February": (plan(GOOD, task(2, Finish="2026-02-30T17:00:00")), "plan.xml, Task 2, row 2: Finish: “2026-02-30T17:00:00”"),
    "NUL": (plan(GOOD).replace(b"Dig", b"D\0g"), "line 2, column"),
    "escape": (plan(GOOD).replace(b"Dig", b"D\x1bg"), "line 2, column"),
    "escape, written": (plan(GOOD).replace(b"Dig", b"D&#27;g"), "line 2, column"),
    "a control character": (plan(GOOD, task(2, "Po\x85ur", ID=12)), "plan.xml, Task 2, row 12: name: holds the control character U+0085"),
    "a UID twice": (plan(GOOD, task(1, "Pour", ID=2)), "plan.xml, Task 1, row 2: UID: is the UID of the task 1 “Dig” too"),
    "a wrong number": (plan(GOOD, task(2, PercentComplete=140)), "plan.xml, Task 2, row 2: percent_complete: 140 is outside 0 to 100"),
    "a wrong duration": (plan(GOOD, task(2, Duration="8 hours")), "plan.xml, Task 2, row 2: Duration: “8 hours” is not a duration"),
}  # fmt: skip


@pytest.mark.parametrize("name", list(BAD))
def test_a_bad_file_says_where_and_leaves_the_store_as_it_was(desk: Desk, tmp_path: Path, name: str) -> None:
    data, words = BAD[name]
    imported(desk, written(tmp_path, FIRST, "first.xml"))
    head, before = desk.store.head(), [stored(desk, key) for key in keys(desk, "tasks")]
    path = written(tmp_path, data)
    with pytest.raises(Refused) as caught:
        carry_out(desk, prepare(desk, [str(path)], Choices(as_format="mspdi")).plan)
    assert words in str(caught.value)
    assert desk.store.head() == head
    assert [stored(desk, key) for key in keys(desk, "tasks")] == before


def test_utf_16_is_read(desk: Desk, tmp_path: Path) -> None:
    text = plan(task(1, "Dijk – één")).decode().replace("UTF-8", "UTF-16")
    imported(desk, written(tmp_path, text.encode("utf-16")))
    assert values(desk, "tasks")["name"] == "Dijk – één"
