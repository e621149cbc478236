"""Weeks as ISO 8601 numbers them: Monday to Sunday, week 1 the one with the year's first Thursday."""

from __future__ import annotations

from datetime import date, timedelta

from pmo_tui.records.marks import N_
from pmo_tui.wording.not_understood import NotUnderstood

A_WEEK = timedelta(days=7)


def weeks_in(year: int) -> int:
    """52, or 53 in years such as 2026, 2032, 2037 and 2043."""
    return date(year, 12, 28).isocalendar().week


def monday_of(year: int, week: int, text: str = "") -> date:
    """The first day of that week; NotUnderstood when the year has no such week, naming the years nearby that have.

    `text` is what was typed, for the message.
    """
    if 1 <= week <= weeks_in(year):
        return date.fromisocalendar(year, week, 1)
    typed = text or f"{year}-w{week:02}"
    if week != 53:
        template = N_("“{text}”: there is no week {week}; they run from 1 to 52, in some years to 53")
        raise NotUnderstood(template, typed, week=week)
    long_years = [str(near) for near in range(year - 6, year + 7) if weeks_in(near) == 53]
    template = N_("“{text}”: {year} has 52 weeks; a week 53 is in {years}")
    raise NotUnderstood(template, typed, year=year, years=", ".join(long_years))


def week_to_come(week: int, today: date, text: str = "") -> date:
    """The Monday of the first week of that number that is not over yet, the week of `today` included.

    A week 53 is that of this year or none: the next may be six years away, which nobody means without saying so.
    """
    year = today.isocalendar().year
    monday = monday_of(year, week, text)
    if monday + A_WEEK <= today:
        monday = monday_of(year + 1, week, text)
    return monday
