"""A plan of a project comes again in a file of another name, as each week's does: it is known again, and another plan is not."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmo_tui.desk import rules
from pmo_tui.desk.desk import Desk
from pmo_tui.desk.files.formats import Choices, prepare
from pmo_tui.desk.files.importing import ImportPlan, carry_out
from pmo_tui.desk.home.folders import folders
from pmo_tui.records.errors import Refused
from pmo_tui.store import open_store
from tests.exchange.mspdi_help import calendar, link, office_week, plan, tag, task

HELD = ("tasks", "bookings", "baselines", "calendars", "people", "projects")
BASELINE = tag("Baseline", Number=0, Start="2026-03-02T08:00:00", Finish="2026-03-02T17:00:00")
CALENDARS = calendar(1, "Standard", office_week()) + calendar(2, "Short week", office_week(without=6))
JAN = tag("Resource", UID=1, ID=1, Name="Jan", Type=1, CalendarUID=2)
WORK = tag("Assignment", UID=1, TaskUID=2, ResourceUID=1, Work="PT8H0M0S")
BUILT = {"calendars": CALENDARS, "resources": JAN, "assignments": WORK}
WEEK_47 = plan(task(1, "Dig", BASELINE), task(2, "Pour", link(1)), task(3, "Dry", link(2)), task(4, "Paint"), **BUILT)
WEEK_48 = plan(
    task(1, "Dig deeper", BASELINE), task(2, "Pour", link(1), Start="2026-03-04T08:00:00", Finish="2026-03-04T17:00:00"),
    task(3, "Dry", link(2)), task(4, "Paint"), task(5, "Sweep"), **BUILT,
)  # fmt: skip
GARDEN = plan(task(1, "Mow"), task(2, "Prune"), task(3, "Dry"), Title="Garden", **BUILT)


@contextmanager
def a_desk(folder: Path) -> Iterator[Desk]:
    (folder / "store").mkdir()
    with open_store(folder / "store" / "pmo.json", author="Anna", login="anna", check=rules.check) as store:
        yield Desk(store, folders({"HOME": str(folder)}), today=lambda: date(2026, 3, 2))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with a_desk(tmp_path) as found:
        yield found


@pytest.fixture
def built(desk: Desk, tmp_path: Path) -> str:
    """The project that the plan of week 47 made."""
    carry_out(desk, planned(desk, written(tmp_path, WEEK_47, "w47.xml")))
    (key,) = desk.view("projects").keys
    return key


def written(folder: Path, data: bytes, name: str) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def planned(desk: Desk, path: Path, project: str = "") -> ImportPlan:
    return prepare(desk, [str(path)], Choices(project=project)).plan


def held(desk: Desk) -> dict[str, dict[str, Any]]:
    """All that plans bring, as the store holds it; without the revisions, which an undo moves on."""
    found = {}
    for key in (key for register in HELD for key in desk.view(register).keys):
        record = desk.record(key)
        assert record is not None
        found[key] = {part.name: getattr(record, part.name) for part in fields(record) if part.name != "revision"}
    return found


def nothing_changes(desk: Desk, path: Path, project: str) -> ImportPlan:
    found = planned(desk, path, project)
    assert (found.problems, found.gone) == ([], [])
    assert [(item.what, item.incoming.place) for item in found.changes()] == []
    assert found.count("unchanged") > 0
    return found


def test_a_copy_under_another_name_changes_nothing(desk: Desk, tmp_path: Path, built: str) -> None:
    found = nothing_changes(desk, written(tmp_path, WEEK_47, "w48.xml"), built)
    assert found.notes == ["w48.xml: known again as the plan that came to P-1 as w47.xml"]


def test_the_same_file_with_its_project_changes_nothing(desk: Desk, tmp_path: Path, built: str) -> None:
    assert nothing_changes(desk, tmp_path / "w47.xml", built).notes == []


def test_a_real_plan_is_known_again_under_another_name(desk: Desk, tmp_path: Path, shared_data: Path) -> None:
    path = shared_data / "msproject" / "new-product.xml"
    carry_out(desk, planned(desk, path))
    nothing_changes(desk, path, "P-1")
    nothing_changes(desk, Path(shutil.copy(path, tmp_path / "np-w48.xml")), "P-1")
    other = planned(desk, shared_data / "msproject" / "sample1.xml", "P-1")
    assert (other.count("changed"), other.count("unchanged")) == (0, 0)
    carry_out(desk, other)
    nothing_changes(desk, path, "P-1")


def test_a_changed_copy_changes_what_changed_and_is_taken_back(desk: Desk, tmp_path: Path, built: str) -> None:
    before = held(desk)
    path = written(tmp_path, WEEK_48, "w48.xml")
    found = planned(desk, path, built)
    assert {item.key: sorted(item.fields) for item in found.planned if item.what == "changed"} == {
        "T-1": ["name"], "T-2": ["finish", "start"], "BKG-1": ["finish", "start"],
    }  # fmt: skip
    assert [item.fields["name"] for item in found.planned if item.what == "new"] == ["Sweep"]
    assert found.gone == []
    carry_out(desk, found)
    assert len(held(desk)) == len(before) + 1
    nothing_changes(desk, path, built)
    desk.undo(desk.store.head())
    assert held(desk) == before


def test_every_week_has_a_name_of_its_own(desk: Desk, tmp_path: Path, built: str) -> None:
    carry_out(desk, planned(desk, written(tmp_path, WEEK_48, "w48.xml"), built))
    renamed = WEEK_48.replace(b"Sweep", b"Clean up").replace(b"Pour", b"Pour slowly")
    found = planned(desk, written(tmp_path, renamed, "w49.xml"), built)
    assert [(item.what, item.fields) for item in found.changes()] == [
        ("changed", {"name": "Pour slowly"}), ("changed", {"name": "Clean up"}),
    ]  # fmt: skip
    carry_out(desk, found)
    shorter = plan(task(1, "Dig deeper", BASELINE), task(4, "Paint"), calendars=CALENDARS, resources=JAN)
    left = planned(desk, written(tmp_path, shorter, "w50.xml"), built)
    assert {desk.title(key) for key in left.gone if key.startswith("T-")} == {"Pour slowly", "Dry", "Clean up"}
    assert [key for key in left.gone if key.startswith(("CAL-", "PER-"))] == []


def test_a_plan_put_into_a_project_is_known_again_too(desk: Desk, tmp_path: Path) -> None:
    one, other = desk.add("projects", {"name": "One"}), desk.add("projects", {"name": "Other"})
    carry_out(desk, planned(desk, written(tmp_path, WEEK_47, "w47.xml"), one))
    path = written(tmp_path, WEEK_47, "w48.xml")
    nothing_changes(desk, path, one)
    found = planned(desk, path, other)
    assert {item.what for item in found.planned if item.incoming.register != "people"} == {"new"}
    assert found.notes == []


def test_another_plan_in_the_project_overwrites_nothing(desk: Desk, tmp_path: Path, built: str) -> None:
    before = held(desk)
    garden = written(tmp_path, GARDEN, "garden.xml")
    found = planned(desk, garden, built)
    assert [item.fields["name"] for item in found.changes() if item.incoming.register == "tasks"] == [
        "Mow", "Prune", "Dry",
    ]  # fmt: skip
    assert any("not the plan that came to P-1 as w47.xml" in note for note in found.notes)
    carry_out(desk, found)
    assert {key: value for key, value in held(desk).items() if key in before} == before
    nothing_changes(desk, garden, built)
    nothing_changes(desk, written(tmp_path, GARDEN, "garden-w48.xml"), built)
    nothing_changes(desk, written(tmp_path, WEEK_47, "w48.xml"), built)


def doubled(desk: Desk, project: str) -> None:
    """Every task of the project once more, as if it had come with week 48."""
    for key in desk.view("tasks").keys:
        uid = desk.values(key)["source_key"].rpartition("#")[2]
        desk.add(
            "tasks",
            {"name": desk.title(key), "project": project, "source_key": f"msproject:{project}:w48.xml#{uid}"},
        )


def test_a_plan_that_is_there_twice_is_not_guessed(desk: Desk, tmp_path: Path, built: str) -> None:
    doubled(desk, built)
    path = written(tmp_path, WEEK_48, "w49.xml")
    found = planned(desk, path, built)
    (problem,) = found.problems
    assert str(problem).startswith("w49.xml: P-1 has tasks of this plan more than once, as w47.xml, w48.xml: delete")
    before = held(desk)
    with pytest.raises(Refused):
        carry_out(desk, found)
    assert held(desk) == before


def test_the_name_of_the_file_tells_which_of_two_it_is(desk: Desk, tmp_path: Path, built: str) -> None:
    doubled(desk, built)
    found = planned(desk, written(tmp_path, WEEK_48, "w47.xml"), built)
    assert found.problems == []
    assert [item.key for item in found.planned if item.what == "changed"] == ["T-1", "T-2", "BKG-1"]
    assert found.gone == []


def test_what_came_under_several_names_is_all_of_it_known(desk: Desk, tmp_path: Path, built: str) -> None:
    """A store of which a part has the key that the second name gave."""
    desk.add("tasks", {"name": "Sweep", "project": built, "source_key": f"msproject:{built}:w48.xml#5"})
    found = planned(desk, written(tmp_path, WEEK_48, "w49.xml"), built)
    assert found.count("new") == 0
    assert found.problems == []
    assert {item.key for item in found.planned if item.incoming.register == "tasks"} == {f"T-{n}" for n in range(1, 6)}


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_however_a_week_changes_a_plan_its_tasks_stay_the_same_ones(data: st.DataObject) -> None:
    """As long as no more than half of them are called otherwise at once; week after week, each file with a name of its own."""
    uids = list(range(1, data.draw(st.integers(1, 7), "tasks") + 1))
    names = {uid: f"Task {uid}" for uid in uids}
    with tempfile.TemporaryDirectory() as home, a_desk(Path(home)) as desk:
        carry_out(desk, planned(desk, written(Path(home), plan(*(task(uid, names[uid]) for uid in uids)), "w1.xml")))
        for week in (2, 3):
            gone = data.draw(st.sets(st.sampled_from(sorted(names)), max_size=len(names) - 1), "gone")
            names = {uid: name for uid, name in names.items() if uid not in gone}
            renamed = data.draw(st.sets(st.sampled_from(sorted(names)), max_size=len(names) // 2), "renamed")
            added = [20 * week + n for n in range(data.draw(st.integers(0, 3), "added"))]
            names |= {uid: f"Task {uid} of week {week}" for uid in renamed} | {uid: f"Task {uid}" for uid in added}
            tasks = [task(uid, name) for uid, name in names.items()]
            found = planned(desk, written(Path(home), plan(*tasks), f"w{week}.xml"), "P-1")
            new = [item.fields["name"] for item in found.planned if item.what == "new"]
            changed = [item.fields for item in found.planned if item.what == "changed"]
            assert found.problems == []
            assert new == [names[uid] for uid in added]
            assert changed == [{"name": names[uid]} for uid in sorted(renamed)]
            carry_out(desk, found)
