"""Computed fields of all tasks at once say the same as one by one, whatever is edited; an edit has only its own plan scheduled again."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmo_tui.desk.computed import COMPUTED
from pmo_tui.desk.desk import Desk
from pmo_tui.desk.home.folders import folders
from pmo_tui.desk.planning.plan_baseline import take_baseline
from pmo_tui.desk.planning.plans import ProjectPlan
from pmo_tui.records.errors import PmoError
from pmo_tui.store import open_store

TODAY = date(2026, 11, 25)
NAMES = [name for register, name in COMPUTED if register == "tasks"]
EDITS = st.one_of(
    st.tuples(st.just("duration"), st.integers(1, 6), st.sampled_from(["1d", "5d", "12d"])),
    st.tuples(st.just("project"), st.integers(1, 6), st.sampled_from(["P-1", "P-2"])),
    st.tuples(st.just("predecessors"), st.integers(1, 6), st.sampled_from(["T-1", "T-4", ""])),
    st.tuples(st.just("delete"), st.integers(1, 6), st.just("")),
    st.tuples(st.just("add"), st.just(0), st.sampled_from(["P-1", "P-3"])),
    st.tuples(st.just("baseline"), st.just(0), st.sampled_from(["P-1", "P-2"])),
)


def filled(desk: Desk) -> None:
    for name in ("Bridge", "Archive", "Sewer"):
        desk.add("projects", {"name": name, "start": "2026-11-02"})
    for number in range(1, 7):
        desk.add("tasks", {"name": f"Task {number}", "project": f"P-{1 + number % 2}", "duration": f"{number}d"})


def edit(desk: Desk, what: str, number: int, text: str) -> None:
    """What is refused, such as a loop of links or deleting what others wait for, changes nothing."""
    with suppress(PmoError):
        if what == "add":
            desk.add("tasks", {"name": "Later", "project": text, "duration": "3d"})
        elif what == "baseline":
            take_baseline(desk, text, "Agreed")
        elif what == "delete":
            desk.delete([f"T-{number}"])
        else:
            desk.set([f"T-{number}"], {what: text})


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(EDITS, st.sampled_from(NAMES)), min_size=2, max_size=8))
def test_all_at_once_is_as_one_by_one(steps: list[tuple[tuple[str, int, str], str]]) -> None:
    with TemporaryDirectory() as folder, open_store(Path(folder, "pmo.json"), author="anna", login="anna") as store:
        desk = Desk(store, folders({"HOME": folder}), today=lambda: TODAY)
        filled(desk)
        for (what, number, text), name in steps:
            edit(desk, what, number, text)
            for each in (name, "critical"):
                found = desk.columns.column("tasks", desk.fields("tasks")[each])
                anew = Desk(store, folders({"HOME": folder}), today=lambda: TODAY)
                numbers = store.shelf("tasks").numbers()
                assert found == {number: anew.computed(f"T-{number}", each) for number in numbers}


def test_an_edit_has_its_own_plan_scheduled_again_and_no_other(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(desk)
    made: list[str] = []
    schedule = ProjectPlan.make_schedule

    def counted(self: ProjectPlan, desk: Desk) -> object:
        made.append(self.project)
        return schedule(self, desk)

    monkeypatch.setattr(ProjectPlan, "make_schedule", counted)
    assert len(desk.view("tasks", "critical:yes")) == 2
    assert sorted(made) == ["P-1", "P-2"]
    desk.set(["T-1"], {"duration": "20d"})
    made.clear()
    assert "T-1" in desk.view("tasks", "critical:yes").keys
    assert made == ["P-2"]
    desk.set(["P-3"], {"name": "Drains"})
    made.clear()
    assert len(desk.view("tasks", "critical:yes")) == 2
    assert made == []
