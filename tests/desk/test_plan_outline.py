"""The outline rearranged: in, out, up, down, new rows between; summaries, positions and WBS codes follow."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmo_tui.desk.desk import Desk
from pmo_tui.desk.planning import plan_outline
from pmo_tui.desk.planning.plan_outline import Line, indent, insert, outdent, shift
from pmo_tui.records.errors import NotFound, Refused, WrongUse
from pmo_tui.records.planning import Task
from tests.desk.plan_help import BUILDING, DESIGN, DRAWING, OPENING, ROOF, SKETCH, WALLS, days, december, portal, task


@pytest.fixture
def plan(desk: Desk) -> Desk:
    return portal(desk)


def outline(desk: Desk) -> list[tuple[str, int]]:
    """The rows with their levels, in order."""
    return [(key, task(desk, key).outline_level) for key in desk.plans.keys("P-1")]


def test_a_row_goes_under_the_one_above_and_makes_it_a_summary_of_its_days(plan: Desk) -> None:
    with pytest.raises(Refused, match="makes a loop of links"):
        indent(plan, [DRAWING])
    plan.set([DRAWING], {"predecessors": ""})
    indent(plan, [DRAWING])
    assert outline(plan)[:3] == [(DESIGN, 1), (SKETCH, 2), (DRAWING, 3)]
    assert task(plan, SKETCH).summary
    assert days(plan, SKETCH) == ("12-03", "12-04")
    plan.undo()
    assert not task(plan, SKETCH).summary
    assert days(plan, SKETCH) == ("11-30", "12-02")


def test_a_summary_takes_its_rows_along(plan: Desk) -> None:
    indent(plan, [BUILDING, WALLS])
    assert outline(plan) == [(DESIGN, 1), (SKETCH, 2), (DRAWING, 2), (BUILDING, 2), (WALLS, 3), (ROOF, 3), (OPENING, 1)]
    assert days(plan, DESIGN) == ("11-30", "12-16")
    outdent(plan, [BUILDING])
    assert outline(plan)[3:6] == [(BUILDING, 1), (WALLS, 2), (ROOF, 2)]
    assert days(plan, DESIGN) == ("11-30", "12-04")


def test_a_summary_that_loses_its_rows_is_a_task_again(plan: Desk) -> None:
    outdent(plan, [SKETCH, DRAWING])
    assert not task(plan, DESIGN).summary
    assert outline(plan)[:3] == [(DESIGN, 1), (SKETCH, 1), (DRAWING, 1)]


@pytest.mark.parametrize(("work", "key"), [(indent, DESIGN), (indent, SKETCH), (outdent, DESIGN)])
def test_where_there_is_no_room_it_is_said_and_nothing_changes(plan: Desk, work: object, key: str) -> None:
    head = plan.store.head()
    with pytest.raises(WrongUse, match=key):
        work(plan, [key])  # type: ignore[operator]
    assert plan.store.head() == head


def test_rows_change_places_with_all_under_them(plan: Desk) -> None:
    shift(plan, BUILDING, -1)
    assert [key for key, _ in outline(plan)] == [BUILDING, WALLS, ROOF, DESIGN, SKETCH, DRAWING, OPENING]
    assert [plan.plans.line(key) for key in (BUILDING, DESIGN, OPENING)] == [1, 4, 7]
    shift(plan, BUILDING, 1)
    assert [key for key, _ in outline(plan)] == [DESIGN, SKETCH, DRAWING, BUILDING, WALLS, ROOF, OPENING]
    shift(plan, ROOF, -1)
    assert [key for key, _ in outline(plan)][3:6] == [BUILDING, ROOF, WALLS]
    with pytest.raises(WrongUse, match="first one"):
        shift(plan, ROOF, -1)
    with pytest.raises(WrongUse, match="last one"):
        shift(plan, WALLS, 1)
    with pytest.raises(NotFound):
        shift(plan, "T-99", 1)


def test_links_stay_with_their_tasks_when_lines_change(plan: Desk) -> None:
    shift(plan, BUILDING, -1)
    assert plan.predecessors(task(plan, WALLS).predecessors, "P-1") == "6"


def test_only_rows_that_change_are_written(plan: Desk) -> None:
    shift(plan, ROOF, -1)
    last = next(iter(plan.store.since(plan.store.head() - 1)))
    assert {op.key for op in last.ops} == {WALLS, ROOF}
    assert last.note == "Order of T-6"


def test_a_new_task_stands_below_the_row_or_first_under_the_summary(plan: Desk) -> None:
    below = insert(plan, {"name": "Model", "duration": "1d"}, SKETCH)
    first = insert(plan, {"name": "Ground"}, BUILDING)
    last = insert(plan, {"name": "After"}, OPENING)
    assert outline(plan) == [
        (DESIGN, 1), (SKETCH, 2), (below, 2), (DRAWING, 2), (BUILDING, 1), (first, 2), (WALLS, 2), (ROOF, 2), (OPENING, 1), (last, 1),
    ]  # fmt: skip
    assert task(plan, below).duration == "1d"
    for _ in range(3):
        plan.undo()
    assert plan.store.get(below) is None
    assert [key for key, _ in outline(plan)][:3] == [DESIGN, SKETCH, DRAWING]
    with pytest.raises(Refused, match="name"):
        insert(plan, {"duration": "1d"}, SKETCH)
    with pytest.raises(NotFound):
        insert(plan, {"name": "x"}, "T-99")


def test_a_task_typed_for_another_project_goes_there(plan: Desk) -> None:
    plan.add("projects", {"name": "Other"})
    key = insert(plan, {"name": "Elsewhere", "project": "P-2"}, SKETCH)
    assert task(plan, key).project == "P-2"
    assert len(outline(plan)) == 7


def test_wbs_codes_that_count_the_outline_keep_counting_it(plan: Desk) -> None:
    codes = ("1", "1.1", "1.2", "2", "2.1", "2.2", "3")
    for key, code in zip((DESIGN, SKETCH, DRAWING, BUILDING, WALLS, ROOF, OPENING), codes, strict=True):
        plan.set([key], {"wbs": code})
    indent(plan, [BUILDING])
    assert [task(plan, key).wbs for key, _ in outline(plan)] == ["1", "1.1", "1.2", "1.3", "1.3.1", "1.3.2", "2"]
    key = insert(plan, {"name": "Model"}, SKETCH)
    assert task(plan, key).wbs == "1.2"
    plan.set([DRAWING], {"wbs": "D-1"})
    outdent(plan, [BUILDING])
    assert task(plan, BUILDING).wbs == "1.4"
    assert task(plan, DRAWING).wbs == "D-1"


def test_a_manual_summary_keeps_its_days(plan: Desk) -> None:
    plan.set([SKETCH], {"mode": "manual"})
    indent(plan, [DRAWING])
    assert task(plan, SKETCH).start == date(2026, 11, 30)
    assert task(plan, SKETCH).finish == december(2)


LEVELS = st.lists(st.integers(1, 4), min_size=1, max_size=12)


@settings(max_examples=60)
@given(LEVELS, st.data())
def test_whatever_is_rearranged_no_row_is_lost_and_positions_rise(levels: list[int], data: st.DataObject) -> None:
    lines = [
        Line(
            Task(
                key=f"T-{number}", project="P-1", name="x", position=data.draw(st.integers(0, 9)), outline_level=level
            ),
            level,
        )
        for number, level in enumerate(levels, 1)
    ]
    lines.sort(key=lambda line: (line.task.position, int(line.key[2:])))
    key = data.draw(st.sampled_from([line.key for line in lines]))
    step = data.draw(st.sampled_from([-1, 1]))
    try:
        if data.draw(st.booleans()):
            new = plan_outline.swapped(lines, key, step)
        else:
            new = plan_outline.levelled(lines, [key], step)
    except WrongUse:
        return
    found = plan_outline.followed(lines, new)
    assert sorted(each.key for each in found) == sorted(line.key for line in lines)
    assert all(one.position < other.position for one, other in pairwise(found))
    assert min(each.outline_level for each in found) >= 1
