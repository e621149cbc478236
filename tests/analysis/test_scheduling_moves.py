"""Moving a task and seeing what moves; the same changes, kept and scheduled again, give what was shown."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from pmo_tui.analysis.scheduling import Schedule, reschedule
from pmo_tui.analysis.scheduling_moves import Change, Impact, impact, shifted
from pmo_tui.analysis.working_time import Calendars
from pmo_tui.records.errors import Fault
from pmo_tui.records.planning import Task
from tests.analysis.scheduling_help import MONDAY, day, figures, milestone, task


def kept(*tasks: Task) -> Schedule:
    """A plan whose records have the dates of its schedule."""
    plan = figures(*tasks)
    return figures(
        *(
            replace(each, start=plan[each.key].early_start, finish=plan[each.key].early_finish)
            for each in plan.plan.tasks
        )
    )


def shown(found: Impact) -> list[str]:
    return [
        f"{m.key} {m.old_start:%m-%d}..{m.old_finish:%m-%d} → {m.new_start:%m-%d}..{m.new_finish:%m-%d} {m.days:+d}"
        for m in found.moves
    ]


def test_a_moved_milestone_takes_along_what_waits_for_it() -> None:
    plan = kept(task("A", "2d"), milestone("M", "A"), task("B", "3d", "M"), task("C", "1d"), task("D", "1d", "B", "C"))
    found = impact(plan, {"M": Change(start=day("03-10"))})
    assert shown(found) == [
        "M 03-03..03-03 → 03-10..03-10 +7",
        "B 03-04..03-06 → 03-11..03-13 +7",
        "D 03-09..03-09 → 03-16..03-16 +7",
    ]
    assert (found.old_finish, found.new_finish) == (day("03-09"), day("03-16"))
    (changed,) = found.changed
    assert (changed.constraint, changed.constraint_date) == ("FNET", day("03-10"))


@pytest.mark.parametrize(
    ("constraint", "becomes"),
    [
        ({}, "FNET"),
        ({"constraint": "MSO", "constraint_date": "03-03"}, "MFO"),
        ({"constraint": "MFO", "constraint_date": "03-03"}, "MFO"),
    ],
)
def test_what_waits_for_a_milestone_keeps_its_distance(constraint: dict[str, str], becomes: str) -> None:
    plan = kept(task("A", "2d"), milestone("M", "A", **constraint), task("B", "3d", "M"))
    found = impact(plan, {"M": Change(shift=1)})
    assert shown(found) == ["M 03-03..03-03 → 03-04..03-04 +1", "B 03-04..03-06 → 03-05..03-09 +3"]
    assert found.changed[0].constraint == becomes
    again = kept(*(found.changed[0] if each.key == "M" else each for each in plan.plan.tasks))
    assert shown(impact(again, {"M": Change(shift=1)})) == [
        "M 03-04..03-04 → 03-05..03-05 +1", "B 03-05..03-09 → 03-06..03-10 +1"
    ]  # fmt: skip


def test_what_starts_on_the_day_of_a_milestone_does_so_after_a_move() -> None:
    plan = kept(milestone("Kick-off"), task("A", "2d", "Kick-off"))
    found = impact(plan, {"Kick-off": Change(shift=1)})
    assert shown(found) == ["Kick-off 03-02..03-02 → 03-03..03-03 +1", "A 03-02..03-03 → 03-03..03-04 +1"]
    assert found.changed[0].constraint == "SNET"


def test_what_is_shown_is_what_comes_when_the_change_is_kept() -> None:
    plan = kept(task("A", "2d"), task("B", "3d", "A"), task("C", "1d", "B"), task("D", "4d", "A SS+1d"))
    found = impact(plan, {"A": Change(shift=3), "C": Change(duration="4d")})
    new = {each.key: each for each in found.changed}
    again = figures(*(new.get(each.key, each) for each in plan.plan.tasks))
    for move in found.moves:
        assert (move.new_start, move.new_finish) == reschedule(again)[move.key]
    assert {move.key for move in found.moves} == {"A", "B", "C", "D"}


def test_a_move_within_the_float_moves_nothing_else() -> None:
    plan = kept(task("A", "2d"), task("B", "5d"), task("C", "1d", "A", "B"))
    assert shown(impact(plan, {"A": Change(shift=2)})) == ["A 03-02..03-03 → 03-04..03-05 +2"]


def test_a_task_that_its_links_hold_cannot_start_earlier() -> None:
    plan = kept(task("A", "5d"), task("B", "1d", "A"))
    assert impact(plan, {"B": Change(shift=-2)}).moves == ()


def test_a_task_held_by_its_own_constraint_can() -> None:
    plan = kept(task("A", "1d"), task("B", "1d", "A", constraint="SNET", constraint_date="03-11"))
    assert shown(impact(plan, {"B": Change(shift=-2)})) == ["B 03-11..03-11 → 03-09..03-09 -2"]


def test_what_is_not_touched_by_the_change_is_not_listed_even_where_its_record_differs() -> None:
    plan = figures(task("A", "1d", start="03-20", finish="03-20"), task("B", "1d", start="03-02", finish="03-02"))
    assert [move.key for move in impact(plan, {"B": Change(shift=1)}).moves] == ["B"]


def test_must_dates_stay_must_dates() -> None:
    plan = kept(
        task("S", "3d", constraint="MSO", constraint_date="03-04"),
        task("F", "3d", constraint="MFO", constraint_date="03-06"),
    )
    found = impact(plan, {"S": Change(shift=1), "F": Change(start=day("03-09"))})
    assert [(each.constraint, each.constraint_date) for each in found.changed] == [
        ("MSO", day("03-05")),
        ("MFO", day("03-11")),
    ]
    assert shown(found) == ["S 03-04..03-06 → 03-05..03-09 +3", "F 03-04..03-06 → 03-09..03-11 +5"]


def test_a_manual_task_takes_its_dates_and_keeps_its_length() -> None:
    plan = figures(task("M", "3d", mode="manual", start="03-05", finish="03-09"), task("B", "1d", "M"))
    found = impact(plan, {"M": Change(shift=2)})
    assert shown(found) == ["M 03-05..03-09 → 03-09..03-11 +2", "B 03-10..03-10 → 03-12..03-12 +2"]
    longer = impact(plan, {"M": Change(duration="5d")})
    assert shown(longer) == ["M 03-05..03-09 → 03-05..03-11 +2", "B 03-10..03-10 → 03-12..03-12 +2"]


def test_moving_a_summary_moves_what_stands_under_it() -> None:
    rows = [
        task("P", None),
        task("P1", "2d", outline_level=2),
        task("P2", "1d", "P1", outline_level=2),
        task("B", "1d"),
    ]
    found = impact(kept(*rows), {"P": Change(start=day("03-04"))})
    assert [move.key for move in found.moves] == ["P", "P1", "P2"]


def test_a_longer_task_under_way_has_more_left() -> None:
    plan = figures(
        task("A", "5d", actual_start="03-02", actual_duration="2d", remaining_duration="3d"), task("B", "1d", "A")
    )
    found = impact(plan, {"A": Change(duration="7d")})
    assert found.changed[0].remaining_duration == "5d"
    assert found.moves[-1].new_start == day("03-11")


@pytest.mark.parametrize(
    ("change", "more", "words"),
    [
        (Change(shift=1), {"actual_start": "03-02"}, "is a fact"),
        (Change(duration="1d"), {"actual_start": "03-02", "actual_finish": "03-03"}, "dates are facts"),
        (Change(duration="-1d"), {}, "negative"),
        (Change(shift=100_000), {}, "10000 working days"),
    ],
)
def test_what_cannot_be_moved_says_why(change: Change, more: dict[str, str], words: str) -> None:
    with pytest.raises(Fault, match=words):
        impact(figures(task("A", "2d", **more)), {"A": change})
    with pytest.raises(Fault, match="summary"):
        impact(figures(task("P", None), task("Q", "1d", outline_level=2)), {"P": Change(duration="2d")})
    with pytest.raises(KeyError):
        impact(figures(task("A")), {"B": change})


def test_moving_the_first_task_of_an_undated_plan_does_not_move_its_start() -> None:
    plan = figures(task("A", "2d", start="03-02"), task("B", "1d"), start=None, today=MONDAY)
    assert [move.key for move in impact(plan, {"A": Change(shift=2)}).moves] == ["A"]


def test_rescheduling_gives_new_dates_to_automatic_tasks_alone() -> None:
    plan = figures(
        task("A", "2d", start="04-01", finish="04-02"),
        task("M", "1d", mode="manual", start="03-05", finish="03-05"),
        task("S", "4d", actual_start="03-04", percent_complete=Decimal(50)),
        task("D", "1d", actual_start="03-02", actual_finish="03-02"),
        status=date(2026, 3, 6),
    )
    assert reschedule(plan) == {"A": (day("03-09"), day("03-10")), "S": (day("03-04"), day("03-10"))}


def test_days_are_shifted_over_weekends_both_ways() -> None:
    office = Calendars().of(None)
    assert shifted(office, day("03-06"), 1) == day("03-09")
    assert shifted(office, day("03-09"), -1) == day("03-06")
    assert shifted(office, day("03-07"), 1) == day("03-09")
    assert shifted(office, day("03-02"), 250) == date(2027, 2, 15)
