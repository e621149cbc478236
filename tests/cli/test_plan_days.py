"""The days that a plan gives its tasks are not typed over: the task is moved, or held by a constraint or a mode."""

from __future__ import annotations

import csv
import io

import pytest

from tests.cli.process import Pmo


@pytest.fixture
def plan(office: Pmo) -> Pmo:
    """Five days of digging from Monday 7 December 2026, a milestone after them, and what waits for that."""
    office("set", "SEW", "start=2026-12-07")
    office.add("tasks", "project=SEW", "name=Dig", "duration=5d", "start=2026-12-07", "finish=2026-12-11")
    office.add(
        "tasks", "project=SEW", "name=Dug", "duration=0d", "milestone=yes", "start=2026-12-11", "finish=2026-12-11", "predecessors=1",
    )  # fmt: skip
    office.add(
        "tasks", "project=SEW", "name=Pipe", "duration=2d", "start=2026-12-14", "finish=2026-12-15", "predecessors=2"
    )
    return office


def days(plan: Pmo, key: str) -> tuple[str, str]:
    found = plan("show", key, "--json").json
    return found["start"], found["finish"]


def test_computed_days_are_not_typed_and_the_way_out_is_said(plan: Pmo) -> None:
    head = plan.head()
    said = plan.fails(5, "set", "T-2", "finish=2027-06-01")
    assert "follows from the plan, which gives 2026-12-11" in said
    assert "constraint" in said
    assert "start" in plan.fails(5, "set", "T-1", "start=2026-12-08", "finish=2026-12-14")
    assert plan.head() == head
    plan("set", "T-2", "constraint=FNET", "constraint_date=2027-06-01", "finish=2027-06-01")
    assert days(plan, "T-2") == ("2027-06-01", "2027-06-01")
    assert plan("show", "T-3", "--json").json["early_start"] == "2027-06-02"
    plan("undo")
    plan("set", "T-2", "mode=manual", "finish=2027-06-01")
    assert days(plan, "T-2") == ("2027-06-01", "2027-06-01")


def test_days_that_the_plan_gives_and_those_of_a_task_by_itself_are_taken(plan: Pmo) -> None:
    plan("set", "T-1", "duration=6d", "finish=2026-12-14")
    plan("set", "T-2", "finish=2026-12-14")
    plan("set", "T-3", "start=2026-12-15", "finish=2026-12-16")
    loose = plan.add("tasks", "project=SEW", "name=Signed", "duration=0d", "start=2026-12-20", "finish=2026-12-20")
    plan("set", loose, "finish=2026-12-22")
    assert days(plan, loose) == ("2026-12-22", "2026-12-22")
    plan("set", "T-3", "start=", "finish=")


def test_a_sheet_does_not_type_them_either(plan: Pmo) -> None:
    plan("export", "tasks.csv")
    rows = list(csv.DictReader(io.StringIO((plan.folder / "tasks.csv").read_text("utf-8-sig"))))
    text = (plan.folder / "tasks.csv").read_text("utf-8-sig")
    assert len(rows) == 3
    plan.write("tasks.csv", text.replace("2026-12-15", "2026-12-18"))
    said = plan.fails(5, "import", "tasks.csv")
    assert "tasks.csv, row 4: finish: follows from the plan, which gives 2026-12-15" in said
    plan.write("tasks.csv", text.replace("Pipe", "Pipes"))
    assert plan("import", "tasks.csv", "--json").json["changed"] == 1


def test_another_duration_takes_the_finish_along(plan: Pmo) -> None:
    plan("set", "T-1", "duration=9d")
    assert days(plan, "T-1") == ("2026-12-07", "2026-12-17")
    assert days(plan, "T-2") == ("2026-12-11", "2026-12-11")
    plan("set", "T-1", "mode=manual")
    plan("set", "T-1", "duration=2d")
    assert days(plan, "T-1") == ("2026-12-07", "2026-12-08")
    plan("set", "T-1", "duration=3d", "finish=2026-12-10")
    assert days(plan, "T-1") == ("2026-12-07", "2026-12-10")
    loose = plan.add("tasks", "project=SEW", "name=Walk", "duration=2d", "start=2026-12-17", "finish=2026-12-18")
    plan("set", loose, "duration=4d", "start=2026-12-21")
    assert days(plan, loose) == ("2026-12-21", "2026-12-24")
    plan("set", loose, "percent_complete=100")
    plan("set", loose, "duration=1d")
    assert days(plan, loose) == ("2026-12-21", "2026-12-24")
