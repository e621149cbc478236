"""Plans in the store: computed dates are listed like fields, stay true when anything they stand on changes, and can be asked why."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from pmo_tui.analysis.figure import Source
from pmo_tui.analysis.scheduling_moves import Change
from pmo_tui.desk import why
from pmo_tui.desk.desk import Desk
from pmo_tui.desk.planning.plans import RECENT
from pmo_tui.records.errors import Fault, NotFound, Refused

LINKS = {"predecessors": [{"task": "T-1"}]}


@pytest.fixture
def plan(desk: Desk) -> Desk:
    """A project from Monday 7 December 2026: five days of design, two of building, a milestone."""
    desk.add("projects", {"name": "Portal", "start": "2026-12-07"})
    desk.add("tasks", {"project": "P-1", "name": "Design", "duration": "5d", "position": "1"})
    desk.add("tasks", {"project": "P-1", "name": "Build", "duration": "2d", "position": "2"}, LINKS)
    milestone = {"project": "P-1", "name": "Ready", "duration": "0d", "position": "3"}
    desk.add("tasks", milestone, {"milestone": True, "predecessors": [{"task": "T-2"}]})
    return desk


def early(desk: Desk, key: str) -> tuple[date, date]:
    values = desk.values(key)
    return values["early_start"], values["early_finish"]


def december(first: int, last: int) -> tuple[date, date]:
    return date(2026, 12, first), date(2026, 12, last)


def test_computed_dates_and_floats_are_fields_of_a_task(plan: Desk) -> None:
    values = plan.values("T-2")
    assert early(plan, "T-2") == december(14, 15)
    assert (values["late_start"], values["late_finish"]) == december(14, 15)
    assert (values["total_float"], values["free_float"], values["critical"]) == ("0d", "0d", True)
    assert early(plan, "T-3") == december(15, 15)
    plan.add("tasks", {"project": "P-1", "name": "Text", "duration": "1d", "position": "4"})
    assert plan.values("T-4")["total_float"] == "6d"
    assert plan.view("tasks", "critical:yes").keys == ["T-1", "T-2", "T-3"]
    assert plan.view("tasks", "total_float>2d").keys == ["T-4"]


def test_a_change_of_a_predecessor_is_seen_at_once(plan: Desk) -> None:
    assert early(plan, "T-2") == december(14, 15)
    plan.set(["T-1"], {"duration": "3d"})
    assert early(plan, "T-2") == december(10, 11)
    plan.undo()
    assert early(plan, "T-2") == december(14, 15)


def test_a_change_of_the_project_or_its_calendar_is_seen_at_once(plan: Desk) -> None:
    plan.set(["P-1"], {"start": "2026-12-14"})
    assert early(plan, "T-1") == december(14, 18)
    hours = dict.fromkeys(("monday", "tuesday", "wednesday", "thursday"), "08:00-12:00 13:00-17:00")
    plan.add("calendars", {"name": "Four days", **hours})
    plan.set(["P-1"], {"calendar": "CAL-1"})
    assert early(plan, "T-1") == december(14, 21)
    plan.set(["CAL-1"], {"friday": "08:00-12:00 13:00-17:00"})
    assert early(plan, "T-1") == december(14, 18)


def test_a_change_in_another_plan_that_this_one_waits_for_is_seen_at_once(plan: Desk) -> None:
    plan.add("projects", {"name": "Network", "start": "2026-12-07"})
    plan.add(
        "tasks", {"project": "P-2", "name": "Cable", "start": "2026-12-17", "finish": "2026-12-18", "duration": "2d"}
    )
    plan.set(["T-2"], {}, {"predecessors": [{"task": "T-1"}, {"task": "T-4"}]})
    assert early(plan, "T-2") == december(21, 22)
    plan.set(["T-4"], {"finish": "2026-12-22"})
    assert early(plan, "T-2") == december(23, 24)
    plan.set(["T-4"], {"start": "2026-12-07", "finish": "2026-12-07"})
    assert early(plan, "T-2") == december(14, 15)


def test_only_the_plan_that_was_touched_is_scheduled_again(plan: Desk) -> None:
    plan.add("projects", {"name": "Network", "start": "2026-12-07"})
    plan.add("tasks", {"project": "P-2", "name": "Cable", "duration": "2d"})
    one, other = plan.plans.schedule("P-1"), plan.plans.schedule("P-2")
    plan.set(["T-1"], {"name": "Design again"})
    assert plan.plans.schedule("P-2") is other
    assert plan.plans.schedule("P-1") is not one


def test_lines_follow_positions_and_deletions(plan: Desk) -> None:
    assert [plan.plans.line(key) for key in ("T-1", "T-2", "T-3", "T-9")] == [1, 2, 3, None]
    plan.set(["T-3"], {"position": "0"})
    assert plan.plans.keys("P-1") == ["T-3", "T-1", "T-2"]
    plan.delete(["T-3"])
    assert [plan.values(key)["line"] for key in ("T-1", "T-2")] == [1, 2]
    assert plan.plans.keys("P-9") == []


def test_the_row_of_the_plan_itself_counts_as_no_line(plan: Desk) -> None:
    """MS Project puts the project itself on line 0; what its planners call line 3 must be line 3 here."""
    plan.add("tasks", {"project": "P-1", "name": "Portal", "outline_level": "0", "position": "0"})
    assert plan.plans.keys("P-1") == ["T-4", "T-1", "T-2", "T-3"]
    assert [plan.plans.line(key) for key in ("T-4", "T-1", "T-2", "T-3")] == [0, 1, 2, 3]
    plan.set(["T-3"], {"predecessors": "1"})
    assert [link.task for link in plan.values("T-3")["predecessors"]] == ["T-1"]
    assert plan.predecessors(plan.values("T-3")["predecessors"], "P-1") == "1"
    for line in ("0", "4"):
        with pytest.raises(Refused, match=f"no line {line}; this plan has 3"):
            plan.set(["T-3"], {"predecessors": line})


def test_a_plan_that_cannot_be_scheduled_has_no_figures_and_says_why(plan: Desk) -> None:
    plan.add("calendars", {"name": "Empty"})
    plan.set(["P-1"], {"calendar": "CAL-1"})
    assert plan.values("T-1")["early_start"] is None
    assert plan.plans.scheduled("T-1") is None
    figure = plan.plans.why("T-1", "early_start")
    assert figure.value is None
    assert figure.reason is not None
    assert "calendar Empty has no working time" in figure.reason.words()
    with pytest.raises(Fault):
        plan.plans.schedule("P-1")


def test_a_date_says_why(plan: Desk) -> None:
    figure = plan.plans.why("T-2", "early_start")
    assert figure.inputs == (
        Source("T-1", "early_finish", date(2026, 12, 11)),
        Source("T-2", "", "T-1 FS", "Predecessors"),
    )
    with pytest.raises(NotFound):
        plan.plans.why("T-99", "early_start")


def test_a_move_shows_what_moves_and_writes_nothing(plan: Desk) -> None:
    head = plan.store.head()
    found = plan.plans.impact({"T-1": Change(shift=2)})
    assert [(move.key, move.new_start, move.new_finish) for move in found.moves] == [
        ("T-1", *december(9, 15)),
        ("T-2", *december(16, 17)),
        ("T-3", *december(17, 17)),
    ]
    assert plan.store.head() == head
    plan.add("projects", {"name": "Network"})
    plan.add("tasks", {"project": "P-2", "name": "Cable", "duration": "2d"})
    with pytest.raises(Fault, match="one plan"):
        plan.plans.impact({"T-1": Change(shift=2), "T-4": Change(shift=2)})


def test_rescheduling_names_the_tasks_whose_dates_are_not_those_of_their_links(plan: Desk) -> None:
    plan.set(["T-1"], {"start": "2026-12-07", "finish": "2026-12-11"})
    assert plan.plans.reschedule("P-1") == {"T-2": december(14, 15), "T-3": december(15, 15)}
    plan.today = lambda: date(2026, 12, 15)
    plan.set(["T-1"], {"actual_start": "2026-12-07"}, {"percent_complete": Decimal(40)})
    assert plan.plans.reschedule("P-1", date(2026, 12, 15))["T-1"] == december(7, 18)


def test_a_trace_reads_as_lines(plan: Desk) -> None:
    lines = [(step.depth, step.name, step.value) for step in why.trace(plan, "T-2", "early_finish")]
    assert lines == [
        (0, "Early finish", "2026-12-15"),
        (1, "Early start", "2026-12-14"),
        (2, "T-1  Early finish", "2026-12-11"),
        (2, "T-2  Predecessors", "T-1 FS"),
        (1, "T-2  Duration", "2d"),
    ]


def test_more_plans_than_are_kept_whole_still_answer(plan: Desk) -> None:
    for number in range(2, RECENT + 4):
        plan.add("projects", {"name": f"Project {number}", "start": "2026-12-07"})
        plan.add("tasks", {"project": f"P-{number}", "name": "Only", "duration": "1d"})
    projects = [f"P-{number}" for number in range(1, RECENT + 4)]
    assert [plan.plans.schedule(project).start for project in projects] == [date(2026, 12, 7)] * len(projects)
    assert early(plan, "T-2") == december(14, 15)
    assert len(plan.plans.figures("P-1")) == 3
