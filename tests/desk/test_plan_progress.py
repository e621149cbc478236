"""Progress by a key: per cent, actual days, and what stands above adds up."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from pmo_tui.desk.desk import Desk
from pmo_tui.desk.planning.plan_progress import set_finished, set_percent, set_started
from pmo_tui.records.errors import NotFound, WrongUse
from tests.desk.plan_help import DESIGN, DRAWING, SKETCH, WALLS, portal, strayed, task

MONDAY, TODAY = date(2026, 11, 23), date(2026, 11, 25)


@pytest.fixture
def plan(desk: Desk) -> Desk:
    found = portal(desk)
    strayed(found, SKETCH, "2026-11-23", "2026-11-25")
    return found


def test_what_is_begun_gets_a_start_and_what_is_done_a_finish(plan: Desk) -> None:
    set_percent(plan, [SKETCH], Decimal(60))
    found = task(plan, SKETCH)
    assert (found.percent_complete, found.actual_start, found.actual_finish) == (Decimal(60), MONDAY, None)
    set_percent(plan, [SKETCH], Decimal(100))
    assert task(plan, SKETCH).actual_finish == TODAY
    set_percent(plan, [SKETCH], Decimal(40))
    assert task(plan, SKETCH).actual_finish is None
    set_percent(plan, [SKETCH], Decimal(0))
    assert task(plan, SKETCH).actual_start is None


def test_nothing_has_started_or_finished_after_today(plan: Desk) -> None:
    set_percent(plan, [WALLS], Decimal(100))
    found = task(plan, WALLS)
    assert (found.actual_start, found.actual_finish) == (TODAY, TODAY)


def test_the_remaining_duration_follows_the_per_cent(plan: Desk) -> None:
    plan.set([SKETCH], {"remaining_duration": "3d", "actual_duration": "0d"})
    set_percent(plan, [SKETCH], Decimal(50))
    assert task(plan, SKETCH).remaining_duration is None
    assert plan.values(SKETCH)["early_finish"] == date(2026, 11, 25)


def test_summaries_add_up_the_working_time_under_them_in_the_same_transaction(plan: Desk) -> None:
    head = plan.store.head()
    set_percent(plan, [SKETCH], Decimal(50))
    assert plan.store.head() == head + 1
    assert task(plan, DESIGN).percent_complete == 30
    set_percent(plan, [SKETCH, DRAWING], Decimal(100))
    assert task(plan, DESIGN).percent_complete == 100
    plan.undo()
    assert task(plan, DESIGN).percent_complete == 30
    set_percent(plan, [SKETCH], Decimal("99.9"))
    set_percent(plan, [DRAWING], Decimal(100))
    assert task(plan, DESIGN).percent_complete == 99


def test_started_and_finished_on_days_that_are_typed(plan: Desk) -> None:
    set_started(plan, [SKETCH], date(2026, 11, 20))
    assert task(plan, SKETCH).actual_start == date(2026, 11, 20)
    set_finished(plan, [SKETCH], date(2026, 11, 24))
    found = task(plan, SKETCH)
    assert (found.percent_complete, found.actual_start, found.actual_finish) == (
        Decimal(100),
        date(2026, 11, 20),
        date(2026, 11, 24),
    )
    with pytest.raises(WrongUse, match="finished on"):
        set_started(plan, [SKETCH], TODAY)
    with pytest.raises(WrongUse, match="started on"):
        set_finished(plan, [SKETCH], date(2026, 11, 1))
    set_finished(plan, [DRAWING], date(2026, 11, 24))
    assert task(plan, DRAWING).actual_start == date(2026, 11, 24)
    assert task(plan, DESIGN).percent_complete == 100


def test_a_summary_is_not_reported_on_itself(plan: Desk) -> None:
    with pytest.raises(WrongUse, match="summary"):
        set_percent(plan, [DESIGN], Decimal(50))
    with pytest.raises(NotFound):
        set_percent(plan, ["T-99"], Decimal(50))
