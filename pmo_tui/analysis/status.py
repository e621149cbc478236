"""Status updates by period: which one is being collected, who has reported, what is declared better than it is by rule."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from pmo_tui.analysis.figure import Figure
from pmo_tui.analysis.periods import A_DAY, WORKING_DAYS, Granularity, Period, period_of
from pmo_tui.analysis.rag import BADNESS, better
from pmo_tui.analysis.reporting import period_days
from pmo_tui.analysis.standing import Standing
from pmo_tui.records.marks import N_
from pmo_tui.records.report_page import OVERALL
from pmo_tui.records.reports import DIMENSIONS, ISSUED, REQUESTED, Report

STATES = (N_("late"), N_("missing"), N_("asked"), N_("copied"), N_("sent"), N_("issued"))
LATE, MISSING, ASKED, COPIED, SENT, DONE = STATES
"""Nothing declared and the period is over, or not yet over; asked for; last one copied, not yet declared; declared; frozen."""
OPEN = frozenset({LATE, MISSING, ASKED, COPIED})
"""What is still to be collected."""
MEASURED = {"Cost": "cost", "Time": "time", "Risk": "risk"}
"""Dimensions that have a colour by rule, by the names of their figures."""
UP, DOWN, SAME = "↑", "↓", "→"


def collected(granularity: Granularity, today: date) -> Period:
    """The period whose status is being collected: the last one of which the last working day (Monday to Friday) has come."""
    now = period_of(granularity, today)
    last = now.finish
    while last.weekday() >= WORKING_DAYS:
        last -= A_DAY
    return now if today >= last else step(now, -1)


def step(period: Period, by: int) -> Period:
    """The period so many further on, or back where `by` is negative."""
    for _ in range(abs(by)):
        day = period.finish + A_DAY if by > 0 else period.start - A_DAY
        period = period_of(period.granularity, day)
    return period


def period_named(name: str) -> Period:
    """The week or month of a name such as `2026-w47`."""
    return period_of("week" if "w" in name else "month", period_days(name)[0])


def of_period(reports: Iterable[Report], period: str) -> Report | None:
    """The report of a period: one that is still worked on before one that was issued, the newest of several."""
    found = [report for report in reports if report.period == period]
    return max(found, key=lambda report: (report.status != ISSUED, report.revision), default=None)


def said(report: Report | None) -> bool:
    """Whether somebody declared something in it."""
    return report is not None and report.status != REQUESTED and report.rag is not None


def last_before(reports: Iterable[Report], period: str) -> Report | None:
    """The last report of an earlier period in which something was declared."""
    start = period_days(period)[0]
    found = [report for report in reports if said(report) and period_days(report.period)[1] < start]
    return max(found, key=lambda report: (period_days(report.period)[1], report.revision), default=None)


def issued_until(reports: Iterable[Report], period: Period) -> list[Report]:
    """The reports that were issued for a period and those before it, the last one last: by period, then by when it was issued.

    An issued report is never written again, so its revision tells when that was.
    """
    found = [each for each in reports if each.status == ISSUED and period_days(each.period)[1] <= period.finish]
    return sorted(found, key=lambda each: (period_days(each.period)[1], each.revision))


def last_issued(reports: Iterable[Report], period: Period) -> Report | None:
    """The report that was issued last, up to a period."""
    found = issued_until(reports, period)
    return found[-1] if found else None


def is_stale(report: Report, period: Period) -> bool:
    """Whether a report is older than the period before `period`."""
    return period_days(report.period)[1] < step(period, -1).start


def state(report: Report | None, period: Period, today: date) -> str:
    """How far the status of a period is."""
    if report is not None and report.status == ISSUED:
        return DONE
    if said(report):
        return SENT
    if report is not None and report.rag is not None:
        return COPIED
    if today > period.finish:
        return LATE
    return MISSING if report is None else ASKED


def days_late(found: str, period: Period, today: date) -> int:
    """Days since the end of a period whose status is still open."""
    return max(0, (today - period.finish).days) if found in OPEN else 0


def arrow(now: str | None, last: str | None) -> str:
    """How a colour moved: up is better. Nothing where either says nothing."""
    if now not in BADNESS or last not in BADNESS:
        return ""
    return SAME if now == last else UP if better(now, last) else DOWN


def declared(report: Report | None) -> dict[str, str | None]:
    """The colours of a report by dimension, the whole first; None for all where there is no report."""
    if report is None:
        return dict.fromkeys((OVERALL, *DIMENSIONS))
    return {OVERALL: report.rag, **{name: getattr(report, f"rag_{name}") for name in DIMENSIONS}}


def last_colours(last: Report | None, period: Period) -> dict[str, str | None]:
    """The colours that stand as the last ones beside those of `period`, by dimension: what was declared last before it.

    None for all where that is older than the period before: such a colour says nothing any more, and is shown grey.
    """
    return declared(None if last is None or is_stale(last, period) else last)


def by_rule(found: Standing | None) -> dict[str, Figure]:
    """The figures of the colours that follow from rules, by dimension, the whole first."""
    if found is None:
        return {}
    parts = {
        MEASURED[part.name]: part for part in found.rag.inputs if isinstance(part, Figure) and part.name in MEASURED
    }
    return {OVERALL: found.rag, **parts}


def better_than_rule(colours: Mapping[str, str | None], rule: Mapping[str, str | None]) -> list[str]:
    """The dimensions that are declared better than they are by rule; each asks for a reason."""
    return [name for name, colour in colours.items() if better(colour, rule.get(name))]
