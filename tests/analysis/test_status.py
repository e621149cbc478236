"""Which period is collected when, how far its status is, and what moved."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmo_tui.analysis import status
from pmo_tui.analysis.periods import Granularity, period_of
from pmo_tui.records.reports import Report


def report(period: str = "2026-w47", **more: Any) -> Report:
    return Report(**{"project": "P-1", "period": period, "rag": "green", "declared_by": "PER-1", **more})


@pytest.mark.parametrize(
    ("granularity", "day", "expected"),
    [
        ("week", date(2026, 11, 26), "2026-w47"),
        ("week", date(2026, 11, 27), "2026-w48"),
        ("week", date(2026, 11, 29), "2026-w48"),
        ("week", date(2027, 1, 1), "2026-w53"),
        ("month", date(2026, 11, 27), "2026-10"),
        ("month", date(2026, 11, 30), "2026-11"),
        ("month", date(2026, 10, 30), "2026-10"),
        ("month", date(2027, 1, 4), "2026-12"),
    ],
)
def test_a_period_is_collected_from_its_last_working_day_on(granularity: Granularity, day: date, expected: str) -> None:
    assert status.collected(granularity, day).name == expected


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.sampled_from(["week", "month"]), st.integers(-30, 30))
def test_steps_lead_back_and_names_to_their_days(day: date, granularity: Granularity, by: int) -> None:
    period = period_of(granularity, day)
    assert status.step(status.step(period, by), -by) == period
    assert status.period_named(period.name) == period


def test_how_far_a_status_is() -> None:
    period = status.period_named("2026-w47")
    during, after = period.finish, period.finish + timedelta(days=2)
    asked = report(status="requested", rag=None, declared_by=None)
    assert status.state(None, period, during) == "missing"
    assert status.state(asked, period, during) == "asked"
    assert status.state(None, period, after) == status.state(asked, period, after) == "late"
    assert status.state(report(status="requested"), period, after) == "copied"
    assert status.state(report(), period, after) == "sent"
    assert status.state(report(status="issued"), period, after) == "issued"
    assert status.days_late("late", period, after) == 2
    assert status.days_late("sent", period, after) == 0


def test_the_report_of_a_period_is_the_one_that_is_worked_on() -> None:
    issued, draft = report(status="issued", revision=9), report(revision=3)
    assert status.of_period([issued, draft], "2026-w47") is draft
    assert status.of_period([issued], "2026-w47") is issued
    assert status.of_period([issued], "2026-w48") is None


def test_the_last_one_before_a_period_and_whether_it_is_too_old() -> None:
    old, last, asked = report("2026-w44"), report("2026-w46"), report("2026-w46", status="requested")
    assert status.last_before([old, last, asked], "2026-w47") is last
    assert status.last_before([asked], "2026-w47") is None
    assert not status.is_stale(last, status.period_named("2026-w47"))
    assert status.is_stale(old, status.period_named("2026-w47"))
    assert not status.is_stale(report("2026-10"), status.period_named("2026-11"))


def test_issued_ones_in_the_order_of_their_periods() -> None:
    first, second = report("2026-w45", status="issued", revision=9), report("2026-w46", status="issued", revision=5)
    later = report("2026-w49", status="issued", revision=7)
    period = status.period_named("2026-w47")
    assert status.issued_until([later, second, first, report()], period) == [first, second]
    assert status.last_issued([first, second, later], period) is second


@pytest.mark.parametrize(
    ("now", "last", "arrow"),
    [
        ("red", "green", "↓"),
        ("green", "amber", "↑"),
        ("red", "red", "→"),
        ("grey", "red", ""),
        (None, "red", ""),
        ("red", None, ""),
    ],
)
def test_arrows(now: str | None, last: str | None, arrow: str) -> None:
    assert status.arrow(now, last) == arrow


def test_what_is_declared_better_than_by_rule() -> None:
    declared = {"overall": "green", "time": "red", "cost": "amber", "scope": "green", "risk": None}
    rule = {"overall": "amber", "time": "amber", "cost": "red", "risk": "red"}
    assert status.better_than_rule(declared, rule) == ["overall", "cost"]
