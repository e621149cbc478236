"""What the planning board shows of a plan: rows with all that stands beside them, folds, kinds, and which plans a scope holds."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from pmo_tui.desk.desk import Desk
from pmo_tui.desk.files.importing import carry_out, plan_import
from pmo_tui.desk.planning.milestone_board import Milestones, MilestoneView, week_text
from pmo_tui.desk.planning.plan_baseline import baselines, take_baseline
from pmo_tui.desk.planning.plan_view import AHEAD, CRITICAL, LATE, MILESTONES, PlanView
from pmo_tui.desk.planning.planning_board import Board, Boards
from pmo_tui.desk.planning.plans_in_scope import first_plan, planned, projects_in, several
from pmo_tui.exchange import mspdi
from pmo_tui.records.errors import NotFound, WrongUse
from tests.desk.plan_help import BUILDING, DESIGN, DRAWING, OPENING, ROOF, SKETCH, WALLS, december, portal, strayed

ALL = [DESIGN, SKETCH, DRAWING, BUILDING, WALLS, ROOF, OPENING]


@pytest.fixture
def plan(desk: Desk) -> Desk:
    return portal(desk)


def board(desk: Desk) -> Board:
    return Boards(desk).of("P-1")


def test_rows_know_their_place_their_days_and_their_links(plan: Desk) -> None:
    found = board(plan)
    assert found.keys == ALL
    rows = {key: found.row(key) for key in ALL}
    assert [(row.line, row.depth, row.summary) for row in rows.values()] == [
        (1, 0, True), (2, 1, False), (3, 1, False), (4, 0, True), (5, 1, False), (6, 1, False), (7, 0, False),
    ]  # fmt: skip
    assert (rows[WALLS].start, rows[WALLS].finish) == (december(7), december(11))
    assert rows[WALLS].critical
    assert rows[WALLS].state == "auto"
    assert [(tie.first, tie.second) for tie in found.ties[WALLS]] == [(DRAWING, WALLS), (WALLS, ROOF)]
    assert found.under(BUILDING) == [BUILDING, WALLS, ROOF]
    assert list(found.above(ROOF)) == [BUILDING]
    assert found.strays() == []
    assert found.span() == (date(2026, 11, 30), december(16))


def test_days_off_are_those_of_the_projects_calendar(plan: Desk) -> None:
    off = board(plan).day_off()
    assert [off(december(day)) for day in (4, 5, 6, 7)] == [False, True, True, False]
    plan.add("calendars", {"name": "Not on Mondays", **dict.fromkeys(("tuesday", "wednesday"), "08:00-12:00")})
    plan.set(["P-1"], {"calendar": "CAL-1"})
    assert board(plan).day_off()(december(7))


def test_a_row_behind_its_baseline_or_late_says_by_how_much(plan: Desk) -> None:
    take_baseline(plan, "P-1", "Agreed")
    assert {board(plan).row(key).slip for key in ALL} == {0}
    strayed(plan, SKETCH, "2026-11-16", "2026-11-18")
    strayed(plan, ROOF, "2026-12-14", "2026-12-18")
    late, behind = board(plan).row(SKETCH), board(plan).row(ROOF)
    assert (late.days_late, late.slip) == (7, -7)
    assert (behind.days_late, behind.slip) == (0, 2)
    assert behind.baseline == (december(14), december(16))
    plan.set([SKETCH], {"percent_complete": "100"})
    assert board(plan).row(SKETCH).days_late == 0


def test_days_that_the_links_do_not_give_are_told(plan: Desk) -> None:
    strayed(plan, WALLS, "2026-12-08", "2026-12-14")
    assert board(plan).strays() == [WALLS]
    plan.set([WALLS], {"mode": "manual"})
    found = board(plan)
    assert found.row(WALLS).state == "manual"
    assert ROOF in found.strays()


def test_a_plan_that_cannot_be_scheduled_is_shown_all_the_same(plan: Desk) -> None:
    plan.add("calendars", {"name": "Empty"})
    plan.set(["P-1"], {"calendar": "CAL-1"})
    found = board(plan)
    trouble = found.trouble()
    assert trouble is not None
    assert "Empty" in trouble.words()
    row = found.row(WALLS)
    assert (row.start, row.critical, row.strays) == (december(7), False, False)
    assert found.day_off()(december(7))


def test_a_board_is_kept_until_its_plan_is_touched(plan: Desk) -> None:
    plan.add("projects", {"name": "Other"})
    boards = Boards(plan)
    before = boards.of("P-1")
    plan.add("tasks", {"project": "P-2", "name": "Elsewhere"})
    assert boards.of("P-1") is before
    plan.set([WALLS], {"name": "Outer walls"})
    assert boards.of("P-1") is not before
    assert boards.of_task("T-8").project == "P-2"
    with pytest.raises(NotFound):
        boards.of_task("T-99")


# ---- the outline as a list ---------------------------------------------------------------------------------------------


def view(desk: Desk, filter_text: str = "", sort: str = "", **more: object) -> PlanView:
    return PlanView(desk, board(desk), filter_text, sort, **more)  # type: ignore[arg-type]


def test_names_are_indented_and_marked(plan: Desk) -> None:
    plan.set([WALLS], {"mode": "manual"})
    plan.set([ROOF], {"active": "no"})
    shown = view(plan)
    names = [shown.cells(i, ["line", "name"]) for i in range(len(shown))]
    assert names == [
        ["1", "▾ Design"], ["2", "   Sketch"], ["3", "   Drawing"],
        ["4", "▾ Building"], ["5", " M Walls"], ["6", " × Roof"], ["7", "◆ Opening"],
    ]  # fmt: skip
    assert view(plan, sort="-duration").cells(0, ["name"]) == ["M Walls"]


def test_what_stands_under_a_folded_summary_is_left_out_unless_it_is_looked_for(plan: Desk) -> None:
    folded = {BUILDING}
    shown = view(plan, folded=folded)
    assert shown.keys == [DESIGN, SKETCH, DRAWING, BUILDING, OPENING]
    assert shown.total == 7
    assert shown.cells(3, ["name"]) == ["▸ Building"]
    assert view(plan, "walls", folded=folded).keys == [WALLS]
    assert view(plan, folded=folded, kind=CRITICAL).keys == [SKETCH, DRAWING, WALLS, ROOF, OPENING]
    plan.add("tasks", {"project": "P-1", "name": "Nested"}, {"position": 8, "outline_level": 2, "summary": False})
    assert board(plan).parents["T-8"] == OPENING
    assert view(plan, folded={OPENING, DESIGN, BUILDING}).keys == [DESIGN, BUILDING, OPENING]


def test_a_plan_is_narrowed_to_a_kind(plan: Desk) -> None:
    plan.set([SKETCH], {"start": "2026-11-16", "finish": "2026-11-18", "actual_start": "2026-11-16"})
    plan.add(
        "tasks",
        {"project": "P-1", "name": "Text", "duration": "1d", "start": "2026-12-07", "finish": "2026-12-07"},
        {"outline_level": 1},
    )
    assert "T-8" not in view(plan, kind=CRITICAL).keys
    assert view(plan, kind=LATE).keys == [SKETCH]
    assert view(plan, kind=MILESTONES).keys == [OPENING]
    assert view(plan, kind=AHEAD, weeks=1).keys == [SKETCH]
    assert view(plan, kind=AHEAD, weeks=2).keys == [SKETCH, DRAWING, WALLS, "T-8"]


def test_the_filter_language_works_on_the_plan_alone_and_on_computed_fields(plan: Desk) -> None:
    plan.add("projects", {"name": "Other"})
    plan.add("tasks", {"project": "P-2", "name": "Walls elsewhere"})
    assert view(plan, "walls").keys == [WALLS]
    assert view(plan, "critical:yes start>=2026-12-07").keys == [BUILDING, WALLS, ROOF, OPENING]
    assert view(plan, "", "-finish").keys[0] in (OPENING, ROOF, BUILDING)
    with pytest.raises(WrongUse, match="no field"):
        view(plan, "colour:red")


# ---- which plans -----------------------------------------------------------------------------------------------------------


def test_scopes_hold_plans(plan: Desk) -> None:
    plan.add("programmes", {"name": "Digital"})
    for name, parent in (("Site", "PG-1"), ("App", "PG-1"), ("Alone", "")):
        plan.add("projects", {"name": name, "parent": parent})
    plan.add("tasks", {"project": "P-3", "name": "Code"})
    assert projects_in(plan, "") == projects_in(plan, "@me") == ["P-1", "P-2", "P-3", "P-4"]
    assert projects_in(plan, "@Digital") == projects_in(plan, '@"Digital"') == ["P-2", "P-3"]
    assert [several(plan, scope) for scope in ("", "@me", "@P-1", "@PG-1")] == [False, False, False, True]
    assert planned(plan, "") == ["P-1", "P-3"]
    assert first_plan(plan, "@PG-1") == "P-3"
    plan.set(["P-1"], {"status": "closed"})
    assert first_plan(plan, "") == "P-3"
    assert first_plan(plan, "@P-4") == "P-4"


def test_an_empty_store_has_no_plan(desk: Desk) -> None:
    assert first_plan(desk, "") == ""
    assert planned(desk, "") == []


# ---- baselines -------------------------------------------------------------------------------------------------------------


def test_a_baseline_freezes_the_plan_and_the_last_one_counts(plan: Desk) -> None:
    key = take_baseline(plan, "P-1", "Agreed plan", "Signed by the steering group")
    taken = plan.values(key)
    assert (taken["name"], taken["number"], taken["taken_on"], taken["reason"]) == (
        "Agreed plan", 0, date(2026, 11, 25), "Signed by the steering group",
    )  # fmt: skip
    assert [(row.task, row.start, row.finish, row.duration) for row in taken["tasks"]][4] == (
        WALLS, december(7), december(11), "5d",
    )  # fmt: skip
    strayed(plan, ROOF, "2026-12-14", "2026-12-17")
    assert plan.values(ROOF)["baseline_finish"] == december(16)
    take_baseline(plan, "P-1", "Again")
    assert plan.values(ROOF)["baseline_finish"] == december(17)
    assert [each.number for each in baselines(plan, "P-1")] == [0, 1]
    plan.undo()
    assert plan.values(ROOF)["baseline_finish"] == december(16)


def test_there_is_no_baseline_of_nothing(plan: Desk) -> None:
    plan.add("projects", {"name": "Empty"})
    with pytest.raises(WrongUse, match="no tasks"):
        take_baseline(plan, "P-2", "Agreed")


# ---- milestones by week ------------------------------------------------------------------------------------------------------


def test_milestones_stand_in_their_week_with_their_slip(plan: Desk) -> None:
    take_baseline(plan, "P-1", "Agreed")
    strayed(plan, OPENING, "2026-12-18", "2026-12-18")
    plan.add("projects", {"name": "Without any"})
    shown = MilestoneView(plan, Milestones(plan))
    assert shown.keys == ["P-1"]
    weeks = ["week:2026-12-07", "week:2026-12-14"]
    assert shown.cells(0, ["name", "late", *weeks]) == ["Portal", "", "", "◆+2"]
    assert shown.tones(0, weeks) == ["", "amber"]
    strayed(plan, OPENING, "2026-11-20", "2026-11-20")
    shown = MilestoneView(plan, Milestones(plan), "late>0", "-slip")
    assert shown.cells(0, ["late", "week:2026-11-16"]) == ["1", "!◆-21"]
    assert shown.tones(0, ["week:2026-11-16"]) == ["red"]


def test_a_weeks_text_counts_what_stands_in_it(plan: Desk) -> None:
    milestones = Milestones(plan)
    first = milestones.of_week("P-1", december(14))
    assert week_text(first * 2, december(1)) == "2◆"
    plan.set([OPENING], {"percent_complete": "100"})
    assert week_text(Milestones(plan).of_week("P-1", december(14)), december(1)) == "✓"
    assert week_text([], december(1)) == ""


def test_a_real_plan_of_another_planner_is_shown(desk: Desk, shared_data: Path) -> None:
    path = shared_data / "msproject" / "new-product.xml"
    carry_out(desk, plan_import(desk, [mspdi.read(path.read_bytes(), path.name)]))
    found = board(desk)
    rows = [found.row(key) for key in found.keys]
    assert (len(rows), rows[0].line, rows[-1].line) == (43, 0, 42)
    assert (rows[0].depth, rows[1].depth, rows[3].depth) == (0, 1, 2)
    assert found.strays() == []
    assert [row.task.name for row in rows if row.critical][-1] == "End project"
    assert len(view(desk, folded=found.summaries - {found.keys[0]})) == 8
