"""Days and spans of days: how they are shown, and the door to how they are read.

`parse_date` reads what a person types for a day (see `days.py`), `parse_range` for a span (`periods.py`),
`parse_timestamp_date` what a file says (`timestamps.py`).
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from pmo_tui.wording.days import parse_date
from pmo_tui.wording.languages import current
from pmo_tui.wording.periods import DateRange, parse_range
from pmo_tui.wording.timestamps import parse_timestamp_date

__all__ = ["DateForm", "DateRange", "format_date", "parse_date", "parse_range", "parse_timestamp_date"]

DateForm = Literal["iso", "short", "long", "week"]


def format_date(day: date, form: DateForm = "iso") -> str:
    """`2026-11-23` (iso), `23 Nov` (short), `Mon 23 Nov 2026` (long) or `w48` (week), names and week mark in the language in use.

    All but the short one and the week, which leave out the year, are read back by `parse_date` as the same day.
    """
    if form == "iso":
        return day.isoformat()[:10]
    language = current()
    if form == "week":
        return f"{language.week_mark}{day.isocalendar().week:02}"
    short = f"{day.day} {language.months_short[day.month - 1]}"
    return short if form == "short" else f"{language.weekdays_short[day.weekday()]} {short} {day.year}"
