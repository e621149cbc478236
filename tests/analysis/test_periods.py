"""Days, ISO weeks and months as columns."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmo_tui.analysis.periods import GRANULARITIES, Granularity, period_of, periods_between, periods_from, working_days

DAYS = st.dates(date(1990, 1, 1), date(2080, 12, 31))
KINDS: st.SearchStrategy[Granularity] = st.sampled_from(GRANULARITIES)


@pytest.mark.parametrize(
    ("granularity", "day", "name", "start", "finish"),
    [
        ("day", "2026-11-25", "2026-11-25", "2026-11-25", "2026-11-25"),
        ("week", "2026-11-25", "2026-w48", "2026-11-23", "2026-11-29"),
        ("week", "2027-01-03", "2026-w53", "2026-12-28", "2027-01-03"),
        ("week", "2027-01-04", "2027-w01", "2027-01-04", "2027-01-10"),
        ("week", "2024-12-30", "2025-w01", "2024-12-30", "2025-01-05"),
        ("month", "2028-02-29", "2028-02", "2028-02-01", "2028-02-29"),
        ("month", "2026-12-31", "2026-12", "2026-12-01", "2026-12-31"),
    ],
)
def test_a_day_lies_in_its_period(granularity: Granularity, day: str, name: str, start: str, finish: str) -> None:
    found = period_of(granularity, date.fromisoformat(day))
    assert (found.name, found.start.isoformat(), found.finish.isoformat()) == (name, start, finish)


def test_weeks_run_on_over_a_year_of_53() -> None:
    names = [period.name for period in periods_from("week", date(2026, 12, 23), 3)]
    assert names == ["2026-w52", "2026-w53", "2027-w01"]


@given(KINDS, DAYS, st.integers(1, 40))
def test_columns_stand_side_by_side_without_a_gap(granularity: Granularity, day: date, count: int) -> None:
    columns = periods_from(granularity, day, count)
    assert len(columns) == count
    assert columns[0].start <= day <= columns[0].finish
    assert all(after.start - before.finish == timedelta(1) for before, after in pairwise(columns))
    assert columns == periods_between(granularity, columns[0].start, columns[-1].start)


@given(DAYS, st.integers(0, 800))
def test_working_days_are_those_one_counts(start: date, length: int) -> None:
    days = [start + timedelta(n) for n in range(length + 1)]
    assert working_days(start, days[-1]) == sum(day.weekday() < 5 for day in days)
