"""Dates as spreadsheets and other programs export them, with or without a time of day."""

from __future__ import annotations

import re
from datetime import date

from pmo_tui.records.marks import N_
from pmo_tui.wording.languages import DateOrder
from pmo_tui.wording.not_understood import NotUnderstood
from pmo_tui.wording.written_dates import date_of, read_written

_WITH_TIME = re.compile(
    r"(?P<date>.+?)(?:[ tT]+(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:[.,][0-9]{1,9})?)?"
    r"\s*(?P<half>[aApP]\.?[mM]\.?)?\s*(?:[zZ]|[+-][0-9]{2}:?[0-9]{2})?)?"
)
_SERIAL = re.compile(r"[0-9]{5}(?:\.[0-9]+)?")


def parse_timestamp_date(text: str, order: DateOrder = "dmy") -> date:
    """The day of `5/02/2016 5:00:00 PM` (5 February), `2016-05-25 17:00:00`, `30/03/2016`, `2016-05-25T17:00:00Z`, `25 May 2016`.

    The day is the one written, whatever its time zone. `order` says how slashed dates of this source are written.
    NotUnderstood for a day without its year, a time that is none, and the bare day number of a spreadsheet: which
    calendar it counts is not guessed.
    """
    found = _WITH_TIME.fullmatch(text.strip())
    if found is None or len(text) > 60:
        raise _no_date(text)
    if _SERIAL.fullmatch(found["date"]):
        template = N_("“{text}” looks like a spreadsheet's day number; format the column as a date and export it again")
        raise NotUnderstood(template, text)
    if found["hour"] is not None:
        _check_time(text, found)
    written = read_written(found["date"], order)
    if written is None:
        raise _no_date(text)
    if written.year is None:
        raise NotUnderstood(N_("“{text}” has no year; write it as 2026-12-31"), text)
    return date_of(written, written.year)


def _check_time(text: str, found: re.Match[str]) -> None:
    hour, minute, second = int(found["hour"]), int(found["minute"]), int(found["second"] or 0)
    hours = range(1, 13) if found["half"] else range(24)
    if hour not in hours or minute > 59 or second > 60:
        raise NotUnderstood(N_("“{text}”: there is no such time of day"), text)


def _no_date(text: str) -> NotUnderstood:
    return NotUnderstood(N_("“{text}” is not a date; write it as 2026-12-31 or 31/12/2026"), text)
