"""How a day is shown. Reading one takes more; a start that only shows days does not load that."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pmo_tui.wording.languages import current

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
