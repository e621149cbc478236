"""One day as people type it, in both languages whichever is in use.

- written: `2026-12-31`, `20261231`, `31-12-2026`, `31/12/26`, `31 dec`, `31 december 2026`, `dec 31`; without its
  year the nearest such day, before or after today, of two equally near ones the later;
- a weekday (`fri`, `vr`, `friday`, `vrijdag`): the next to come, today included; before a date (`Fri 18 Dec 2026`) it
  is checked;
- told from today on (`relative_days.py`): `tomorrow`, `+2w`, `in 3 weeks`, `next monday`, `eom`, `end of next month`;
- a week: `w48` its Monday in the first week 48 that is not over, `2027-w02`, `w02 2027`, `2027-w02-5` its Friday,
  `fri w48`.
"""

from __future__ import annotations

import re
from datetime import date

from pmo_tui.records.marks import N_
from pmo_tui.wording.calendar_words import WEEKDAYS, one_of, plain
from pmo_tui.wording.languages import DateOrder, Language, current
from pmo_tui.wording.not_understood import NotUnderstood
from pmo_tui.wording.relative_days import nearest_of, read_relative, weekday_from
from pmo_tui.wording.weeks import monday_of, week_to_come
from pmo_tui.wording.written_dates import Written, check_day, check_year, date_of, read_written

LONGEST = 60

_WEEK_WORD = r"(?:w|wk|week)\.? ?"
_WEEK = re.compile(
    rf"(?:([0-9]{{4}})[- ]?{_WEEK_WORD}([0-9]{{1,2}})(?:-?([1-7]))?"
    rf"|{_WEEK_WORD}([0-9]{{1,2}})(?:[-/ ]([0-9]{{4}}))?)"
)
_WEEKDAY = one_of(WEEKDAYS)
_WEEKDAY_FIRST = re.compile(rf"({_WEEKDAY})\.? (.+)")
_WEEKDAY_LAST = re.compile(rf"(.+) ({_WEEKDAY})")


def parse_date(text: str, today: date, language: Language | None = None) -> date:
    """The day that `text` means on `today`. NotUnderstood says why it is none, and how days are written."""
    found = read_day(text, today, (language or current()).date_order)
    if found is None:
        raise NotUnderstood(
            N_("“{text}” is not a date; write it as 2026-12-31, 31-12, 31 dec, fri, +2w, w48 or eom"), text
        )
    return found


def read_day(text: str, today: date, order: DateOrder = "dmy", after: date | None = None) -> date | None:
    """The day, None when `text` has no shape of a day; NotUnderstood when it has one and there is no such day.

    With `after`, a weekday, a week or a day without its year is the first from that day on.
    """
    typed = plain(text)
    if len(typed) > LONGEST:
        return None
    if typed in WEEKDAYS:
        return weekday_from(after or today, WEEKDAYS[typed])
    relative = read_relative(text, typed, today, after)
    if relative is not None:
        return relative
    week = read_week(typed, after or today)
    if week is not None:
        monday, weekday = week
        return weekday_from(monday, weekday or 1)
    written = read_written(text, order)
    if written is not None:
        return date_of(written, written.year) if written.year is not None else _without_year(written, today, after)
    return _with_weekday(text, typed, today, order, after)


def read_week(text: str, today: date) -> tuple[date, int | None] | None:
    """The Monday of a week, with the number of the weekday that `2027-w02-5` names; None when `text` is no week."""
    found = _WEEK.fullmatch(plain(text))
    if found is None:
        return None
    week, year = int(found[2] or found[4]), found[1] or found[5]
    if year is None:
        return week_to_come(week, today, text), None
    check_year(text, int(year))
    return monday_of(int(year), week, text), int(found[3]) if found[3] else None


def _without_year(written: Written, today: date, after: date | None) -> date:
    check_day(written)

    def in_year(year: int) -> date | None:
        try:
            return date(year, written.month, written.day)
        except ValueError:
            return None

    found = nearest_of(in_year, today, after)
    if found is None:
        template = N_("“{text}” is in no year near; name the year, as in 29-2-2028")
        raise NotUnderstood(template, written.text)
    return found


def _with_weekday(text: str, typed: str, today: date, order: DateOrder, after: date | None) -> date | None:
    """`fri w48`, `w48 fri` choose a day of the week; `Fri 18 Dec 2026` says twice what must agree."""
    found = _WEEKDAY_FIRST.fullmatch(typed)
    name, rest = (found[1], found[2]) if found is not None else ("", "")
    if found is None:
        found = _WEEKDAY_LAST.fullmatch(typed)
        if found is None:
            return None
        name, rest = found[2], found[1]
    weekday = WEEKDAYS[name]
    week = read_week(rest, after or today)
    if week is not None and week[1] is None:
        return weekday_from(week[0], weekday)
    written = read_written(rest, order)
    if written is None:
        return None
    day = date_of(written, written.year) if written.year is not None else _without_year(written, today, after)
    if day.isoweekday() != weekday:
        template = N_("“{text}”: {date} is a {weekday}")
        raise NotUnderstood(template, text, date=day.isoformat(), weekday=current().weekdays[day.weekday()])
    return day
