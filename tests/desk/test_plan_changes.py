"""Changes of a plan that are looked at before they are kept: what is understood, what follows, what is written, what stays."""

from __future__ import annotations

from datetime import date
from time import perf_counter

import pytest

from pmo_tui.analysis.scheduling_moves import Change
from pmo_tui.desk.desk import Desk
from pmo_tui.desk.planning.plan_baseline import take_baseline
from pmo_tui.desk.planning.plan_changes import (
    propose_duration,
    propose_links,
    propose_move,
    propose_reschedule,
    understood_move,
)
from pmo_tui.desk.planning.plan_keeping import keep
from pmo_tui.records.errors import Conflict, Fault, NotFound, WrongUse
from tests.desk.plan_help import BUILDING, DESIGN, DRAWING, OPENING, ROOF, SKETCH, WALLS, days, december, portal, task

FRIDAY = date(2026, 12, 4)
TODAY = date(2026, 11, 25)


@pytest.fixture
def plan(desk: Desk) -> Desk:
    return portal(desk)


@pytest.mark.parametrize(
    ("text", "change"),
    [
        ("+5d", Change(shift=5)),
        (" + 5 days ", Change(shift=5)),
        ("-3", Change(shift=-3)),
        ("−3d", Change(shift=-3)),
        ("+2w", Change(start=date(2026, 12, 18))),
        ("-1mo", Change(start=date(2026, 11, 4))),
        ("+1q", Change(start=date(2027, 3, 4))),
        ("+3ed", Change(start=date(2026, 12, 7))),
        ("fri", Change(start=date(2026, 11, 27))),
        ("12-3", Change(start=date(2027, 3, 12))),
        ("w50", Change(start=date(2026, 12, 7))),
    ],
)
def test_a_move_is_read_as_people_type_it(text: str, change: Change) -> None:
    assert understood_move(text, FRIDAY, TODAY) == change


@pytest.mark.parametrize("text", ["", "soon", "+", "+5h", "+1.5d", "+1.234d", "+5x", "31-2", "+999999d"])
def test_what_is_no_move_is_refused(plan: Desk, text: str) -> None:
    with pytest.raises((WrongUse, Fault)):
        propose_move(plan, [WALLS], text)


def test_a_move_tells_everything_that_moves_and_writes_nothing(plan: Desk) -> None:
    head = plan.store.head()
    found = propose_move(plan, [DRAWING], "+2d")
    assert [(effect.key, effect.new_finish.day, effect.days) for effect in found.effects] == [
        (DESIGN, 8, 4), (DRAWING, 8, 4), (BUILDING, 18, 2), (WALLS, 15, 4), (ROOF, 18, 2), (OPENING, 18, 2),
    ]  # fmt: skip
    assert (found.old_finish, found.new_finish) == (december(16), december(18))
    assert found.effects[-1].milestone
    assert found.critical == (0, 1)
    assert "Move T-3 Drawing: +2d" in found.title.words()
    assert plan.store.head() == head


def test_what_is_kept_is_one_transaction_with_its_reason_and_the_baseline_stays(plan: Desk) -> None:
    take_baseline(plan, "P-1", "Agreed")
    agreed = plan.add("decisions", {"title": "Open after the summer"})
    head = plan.store.head()
    sequence = keep(plan, propose_move(plan, [OPENING], "+5d"), "The minister cannot come", agreed)
    assert sequence == head + 1
    assert days(plan, OPENING) == ("12-23", "12-23")
    assert task(plan, OPENING).constraint == "FNET"
    assert plan.values(OPENING)["baseline_finish"] == december(16)
    event = plan.history(OPENING)[0]
    assert event.note == "Move T-7 Opening: +5d; The minister cannot come (D-1)"
    plan.undo()
    assert days(plan, OPENING) == ("12-16", "12-16")
    assert task(plan, OPENING).constraint == "ASAP"


def test_what_a_task_becomes_by_a_move_is_told(plan: Desk) -> None:
    take_baseline(plan, "P-1", "Agreed")
    plan.set([ROOF], {"deadline": "2026-12-17"})
    plan.set([OPENING], {"constraint": "FNLT", "constraint_date": "2026-12-16"})
    found = {effect.key: effect for effect in propose_move(plan, [WALLS], "+2d").effects}
    assert set(found[ROOF].becomes) >= {"over its deadline", "behind the baseline"}
    assert "against its constraint" in found[OPENING].becomes
    assert found[ROOF].worse
    keep(plan, propose_move(plan, [WALLS], "+2d"))
    back = {effect.key: effect for effect in propose_move(plan, [WALLS], "2026-12-07").effects}
    assert set(back[ROOF].becomes) >= {"within its deadline", "as in the baseline"}
    assert not back[ROOF].worse


def test_what_comes_onto_the_critical_path_is_told(plan: Desk) -> None:
    plan.add(
        "tasks",
        {"project": "P-1", "name": "Text", "duration": "2d", "start": "2026-11-30", "finish": "2026-12-01"},
        {"outline_level": 1},
    )
    found = propose_move(plan, ["T-8"], "+20d")
    assert found.effects[0].becomes == ("critical now",)
    assert found.critical == (1, 7)


def test_a_summary_takes_what_stands_under_it_along_and_keeps_its_length_true(plan: Desk) -> None:
    plan.set([BUILDING], {"duration": "8d"})
    found = propose_move(plan, [BUILDING, WALLS], "2026-12-14")
    assert [task.key for task in found.changed] == [BUILDING]
    keep(plan, found)
    assert days(plan, BUILDING) == ("12-14", "12-23")
    assert days(plan, WALLS) == ("12-14", "12-18")
    keep(plan, propose_duration(plan, [ROOF], "1w"))
    assert task(plan, BUILDING).duration == "10d"
    assert task(plan, ROOF).duration == "1w"
    assert days(plan, OPENING) == ("12-25", "12-25")


def test_what_links_hold_in_place_is_told(plan: Desk) -> None:
    found = propose_move(plan, [WALLS], "2026-12-01")
    assert found.held == (WALLS,)
    assert found.effects == ()
    assert found.new_finish == found.old_finish
    keep(plan, found)
    assert task(plan, WALLS).constraint_date == december(1)
    assert days(plan, WALLS) == ("12-07", "12-11")


def test_facts_are_not_moved(plan: Desk) -> None:
    plan.set([SKETCH], {"actual_start": "2026-11-23", "percent_complete": "50"})
    with pytest.raises(WrongUse, match="started on"):
        propose_move(plan, [SKETCH], "+1d")
    with pytest.raises(NotFound):
        propose_move(plan, ["T-99"], "+1d")
    with pytest.raises(WrongUse, match="follows from the tasks"):
        propose_duration(plan, [DESIGN], "5d")


def test_a_manual_task_takes_its_day_and_others_follow_their_links(plan: Desk) -> None:
    plan.set([WALLS], {"mode": "manual"})
    keep(plan, propose_move(plan, [WALLS], "2026-12-01"))
    assert days(plan, WALLS) == ("12-01", "12-07")
    assert days(plan, ROOF) == ("12-08", "12-10")


def test_tasks_of_two_plans_are_not_moved_at_once_and_those_that_wait_elsewhere_are_named(plan: Desk) -> None:
    plan.add("projects", {"name": "Network"})
    plan.add("tasks", {"project": "P-2", "name": "Cable", "duration": "2d"}, {"predecessors": [{"task": ROOF}]})
    with pytest.raises(WrongUse, match="one plan"):
        propose_move(plan, [WALLS, "T-8"], "+1d")
    found = propose_move(plan, [WALLS], "+1d").elsewhere
    assert [(each.key, each.project, each.waits_for) for each in found] == [("T-8", "P-2", ROOF)]


def test_a_colleague_who_changed_a_task_meanwhile_is_not_overwritten(plan: Desk) -> None:
    found = propose_move(plan, [DRAWING], "+2d")
    plan.set([ROOF], {"name": "Roof and gutter"})
    head = plan.store.head()
    with pytest.raises(Conflict, match=ROOF):
        keep(plan, found)
    assert plan.store.head() == head
    gone = propose_move(plan, [OPENING], "+2d")
    plan.delete([OPENING])
    with pytest.raises(Conflict):
        keep(plan, gone)


def test_nothing_to_keep_is_said(plan: Desk) -> None:
    with pytest.raises(WrongUse, match="nothing to keep"):
        keep(plan, propose_reschedule(plan, "P-1"))


# ---- links ---------------------------------------------------------------------------------------------------------------


def test_links_are_given_by_lines_and_what_moves_is_seen_first(plan: Desk) -> None:
    found = propose_links(plan, ROOF, "5SS+1d; 3")
    assert [(effect.key, effect.new_start.day) for effect in found.effects] == [(BUILDING, 7), (ROOF, 8), (OPENING, 10)]
    assert [link.task for link in task(plan, ROOF).predecessors] == [WALLS]
    keep(plan, found)
    assert [(link.task, link.type, link.lag) for link in task(plan, ROOF).predecessors] == [
        (WALLS, "SS", "1d"),
        (DRAWING, "FS", ""),
    ]
    assert days(plan, OPENING) == ("12-10", "12-10")
    keep(plan, propose_links(plan, ROOF, ""))
    assert task(plan, ROOF).predecessors == []
    assert days(plan, ROOF) == ("11-30", "12-02")


def test_links_to_other_plans_count(plan: Desk) -> None:
    plan.add("projects", {"name": "Network", "code": "net"})
    plan.add(
        "tasks", {"project": "P-2", "name": "Cable", "start": "2026-12-17", "finish": "2026-12-18", "duration": "2d"}
    )
    keep(plan, propose_links(plan, WALLS, "net:1"))
    assert days(plan, WALLS) == ("12-21", "12-25")


@pytest.mark.parametrize("text", ["99", "0", "6", "7", "x"])
def test_links_that_cannot_be_are_refused(plan: Desk, text: str) -> None:
    with pytest.raises((WrongUse, Fault)):
        propose_links(plan, ROOF, text)


# ---- rescheduling ----------------------------------------------------------------------------------------------------------


def test_a_reschedule_puts_automatic_tasks_where_their_links_want_them(plan: Desk) -> None:
    plan.set([SKETCH], {"duration": "5d"})
    plan.set([ROOF], {"mode": "manual"})
    found = propose_reschedule(plan, "P-1")
    assert [effect.key for effect in found.effects] == [DESIGN, DRAWING, BUILDING, WALLS]
    keep(plan, found)
    assert days(plan, WALLS) == ("12-09", "12-15")
    assert days(plan, ROOF) == ("12-14", "12-16")


def test_what_is_not_done_goes_after_the_status_day(plan: Desk) -> None:
    plan.today = lambda: december(4)
    plan.set([SKETCH], {"actual_start": "2026-11-30", "percent_complete": "0"})
    found = propose_reschedule(plan, "P-1", december(4))
    assert found.effects[1].new_finish == december(9)
    assert "2026-12-04" in found.title.words()
    keep(plan, found)
    assert days(plan, SKETCH) == ("11-30", "12-09")


def test_one_move_in_two_hundred_tasks_is_proposed_at_once(plan: Desk) -> None:
    from pmo_tui.records.documents import document_of
    from pmo_tui.records.planning import Link, Task

    def work(draft: object) -> None:
        for number in range(8, 208):
            made = Task(
                project="P-1", name=f"Step {number}", position=number, duration="1d", predecessors=[Link(task=f"T-{number - 1}")],
            )  # fmt: skip
            draft.add("tasks", document_of(made))  # type: ignore[attr-defined]

    plan.store.transact(work)
    propose_move(plan, [SKETCH], "+1d")
    start = perf_counter()
    found = propose_move(plan, [SKETCH], "+5d")
    assert len(found.effects) == 207
    assert perf_counter() - start < 0.5
