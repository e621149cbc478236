"""Which report tells how a project stands, and whether it is still good for today."""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pmo_tui.records.reports import Report

A_DAY = timedelta(days=1)


def period_days(period: str) -> tuple[date, date]:
    """The first and last day of `2026-w47` (an ISO week) or `2026-11` (a month)."""
    year, _, part = period.partition("-")
    if part.startswith("w"):
        monday = date.fromisocalendar(int(year), int(part[1:]), 1)
        return monday, monday + timedelta(days=6)
    last = calendar.monthrange(int(year), int(part))[1]
    return date(int(year), int(part), 1), date(int(year), int(part), last)


def good_until(period: str) -> date:
    """The last day on which a report of that period is not older than a period: the end of the next one."""
    _, last = period_days(period)
    after = last + A_DAY
    if "w" in period:
        return last + timedelta(days=7)
    return after.replace(day=calendar.monthrange(after.year, after.month)[1])


def latest(reports: Iterable[Report]) -> Report | None:
    """The last report in which somebody declared something; one that was only asked for says nothing."""
    said = [report for report in reports if report.status != "requested" and report.rag is not None]
    return max(said, key=lambda report: (period_days(report.period)[1], report.revision), default=None)


def is_good(report: Report | None, today: date) -> bool:
    """Whether there is a report, and it is not older than a period."""
    return report is not None and today <= good_until(report.period)
