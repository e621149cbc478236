"""Days and spans of days: the door to how they are read; `shown_days.py` shows them.

`parse_date` reads what a person types for a day (`days.py`), `parse_range` for a span (`periods.py`), `parse_timestamp_date` what a
file says (`timestamps.py`).
"""

from __future__ import annotations

from pmo_tui.wording.days import parse_date
from pmo_tui.wording.periods import DateRange, parse_range
from pmo_tui.wording.timestamps import parse_timestamp_date

__all__ = ["DateRange", "parse_date", "parse_range", "parse_timestamp_date"]
