"""Slip and lateness of milestones."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmo_tui.analysis.milestones import Milestone, next_of, worst_slip

TODAY = date(2026, 3, 16)


def milestone(days: int | None, baseline: int | None = None, **more: Any) -> Milestone:
    day = None if days is None else TODAY + timedelta(days=days)
    agreed = None if baseline is None else TODAY + timedelta(days=baseline)
    return Milestone(more.pop("key", "T-1"), "P-1", "Go live", day, agreed, **more)


@pytest.mark.parametrize(
    ("found", "state", "late", "slip"),
    [
        (milestone(-3, -3), "late", 3, 3),
        (milestone(-3, -3, done=True), "done", 0, 0),
        (milestone(0, -10), "due", 0, 10),
        (milestone(14), "due", 0, None),
        (milestone(15, 20), "planned", 0, -5),
        (milestone(None), "planned", 0, None),
    ],
)
def test_how_it_stands(found: Milestone, state: str, late: int, slip: int | None) -> None:
    assert (found.state(TODAY), found.days_late(TODAY), found.slip(TODAY)) == (state, late, slip)


def test_the_next_one_is_from_today_on() -> None:
    found = [
        milestone(9, key="T-3"),
        milestone(-1, key="T-1"),
        milestone(2, key="T-2", done=True),
        milestone(5, key="T-4"),
    ]
    coming = next_of(found, TODAY)
    assert coming is not None
    assert coming.key == "T-4"
    assert next_of([milestone(-1)], TODAY) is None


def test_the_worst_slip_is_that_of_an_open_one() -> None:
    found = [
        milestone(30, 0, key="T-1", done=True),
        milestone(5, 0, key="T-2"),
        milestone(-4, -4, key="T-3"),
        milestone(99),
    ]
    worst = worst_slip(found, TODAY)
    assert worst is not None
    assert (worst[0], worst[1].key) == (5, "T-2")
    assert worst_slip([milestone(3)], TODAY) is None


@given(st.integers(-400, 400), st.integers(-400, 400), st.booleans(), st.integers(0, 60))
def test_slip_never_shrinks_while_time_goes_by(days: int, baseline: int, done: bool, later: int) -> None:
    found = milestone(days, baseline, done=done)
    now, then = found.slip(TODAY), found.slip(TODAY + timedelta(days=later))
    assert now is not None
    assert then is not None
    assert then >= now
