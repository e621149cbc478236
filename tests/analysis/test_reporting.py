"""Periods of reports, and how long a report is good."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from pmo_tui.analysis.reporting import good_until, is_good, latest, period_days
from pmo_tui.records.reports import Report


def report(period: str, **more: Any) -> Report:
    return Report(**{"project": "P-1", "period": period, "rag": "green", **more})


@pytest.mark.parametrize(
    ("period", "first", "last", "good"),
    [
        ("2026-w47", date(2026, 11, 16), date(2026, 11, 22), date(2026, 11, 29)),
        ("2026-w53", date(2026, 12, 28), date(2027, 1, 3), date(2027, 1, 10)),
        ("2026-11", date(2026, 11, 1), date(2026, 11, 30), date(2026, 12, 31)),
        ("2024-01", date(2024, 1, 1), date(2024, 1, 31), date(2024, 2, 29)),
    ],
)
def test_periods(period: str, first: date, last: date, good: date) -> None:
    assert period_days(period) == (first, last)
    assert good_until(period) == good
    assert is_good(report(period), good)
    assert not is_good(report(period), good + timedelta(days=1))


def test_the_latest_report_that_says_something() -> None:
    asked = report("2026-w48", status="requested", rag=None)
    old, new = report("2026-w46", status="issued"), report("2026-w47")
    assert latest([new, asked, old]) is new
    assert latest([asked]) is None
    assert not is_good(None, date(2026, 1, 1))
