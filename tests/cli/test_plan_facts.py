"""A task's actual start and finish lie today or before, whoever writes them; a file of another planner is taken as it stands."""

from __future__ import annotations

from tests.cli.process import Pmo
from tests.exchange.mspdi_help import plan, task


def test_a_day_to_come_is_no_actual_day(office: Pmo) -> None:
    key = office.add("tasks", "project=SEW", "name=Dig", "duration=5d")
    head = office.head()
    said = office.fails(5, "set", key, "actual_finish=2099-01-01")
    assert "actual_finish" in said
    assert "still to come" in said
    assert "still to come" in office.fails(5, "set", key, 'actual_start:="2099-01-01"')
    assert "still to come" in office.fails(5, "add", "tasks", "project=SEW", "name=Pour", "actual_start=+1d")
    office.write("tasks.csv", "project,name,actual_start\nSEW,Pour,2026-01-05\nSEW,Plant,2099-01-01\n")
    assert "tasks.csv, row 3: actual_start" in office.fails(5, "import", "tasks.csv")
    assert office.head() == head
    office("set", key, "actual_start=today")


def test_a_planner_s_days_to_come_are_taken_and_told(office: Pmo) -> None:
    data = plan(
        task(1, "Dig", ActualStart="2099-03-02T08:00:00", Start="2099-03-02T08:00:00", Finish="2099-03-02T17:00:00")
    )
    (office.folder / "plan.xml").write_bytes(data)
    done = office("import", "plan.xml", "--project", "SEW", "--json")
    assert any("still to come" in note for note in done.json["notes"])
    found = office.list("tasks", "--fields", "key,actual_start")
    assert found[0]["actual_start"] == "2099-03-02"
    office("set", found[0]["key"], "name=Dig on")


def test_a_plan_of_long_ago_with_undone_tasks_is_late_by_today(office: Pmo) -> None:
    (office.folder / "plan.xml").write_bytes(
        plan(task(1, "Dig", Start="2001-03-02T08:00:00", Finish="2001-03-02T17:00:00"))
    )
    office("set", "SEW", "finish=2001-03-02")
    office("import", "plan.xml", "--project", "SEW")

    def late() -> list[str]:
        return [each["text"] for each in office.list("exceptions", "rule:past_finish") if each["record"] == "P-1"]

    assert "the plan is not done" in late()[0]
    assert "today, since not all is done" in office("why", "SEW", "rag_computed").out
    task_key = office.list("tasks", "--fields", "key")[0]["key"]
    office("set", task_key, "percent_complete=100")
    assert late() == []
