"""Days and spans of days: the door to how they are shown and how they are read.

`format_date` shows a day (see `shown_days.py`), `parse_date` reads what a person types for one (`days.py`), `parse_range` for a span
(`periods.py`), `parse_timestamp_date` what a file says (`timestamps.py`).
"""

from __future__ import annotations

from pmo_tui.wording.days import parse_date
from pmo_tui.wording.periods import DateRange, parse_range
from pmo_tui.wording.shown_days import DateForm, format_date
from pmo_tui.wording.timestamps import parse_timestamp_date

__all__ = ["DateForm", "DateRange", "format_date", "parse_date", "parse_range", "parse_timestamp_date"]
