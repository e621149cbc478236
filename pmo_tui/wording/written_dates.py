"""Dates written in figures or with the month's name: `2026-12-31`, `31-12`, `31/12/26`, `31 dec 2026`, `dec 31`.

Where the year does not stand first, the day does (`5/02/2016` is in February), as everywhere in Europe. Two figures
of a year are read as POSIX has it: 69 to 99 are of the last century, 00 to 68 of this.
"""

from __future__ import annotations

import re
from calendar import isleap
from dataclasses import dataclass
from datetime import date, timedelta

from pmo_tui.records.marks import N_
from pmo_tui.wording.calendar_words import MONTHS, one_of, plain
from pmo_tui.wording.languages import DateOrder, current
from pmo_tui.wording.not_understood import NotUnderstood
from pmo_tui.wording.suggest import nearest

FIRST_YEAR, LAST_YEAR = 1900, 2199
"""Outside these a year is a slip of the finger."""

MONTH_LENGTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)

_MONTH = one_of(MONTHS)
_YEAR_FIRST = re.compile(r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})|([0-9]{4})([0-9]{2})([0-9]{2})")
_FIGURES = re.compile(r"([0-9]{1,2})([-/.])([0-9]{1,2})(?:\2([0-9]{4}|[0-9]{2})|\.)?")
_DAY = r"([0-9]{1,2})(?:st|nd|rd|th|ste|de|e)?"
_YEAR = r"(?:[ \-/.]?([0-9]{4})|[ \-/.]([0-9]{2}))?"
_DAY_MONTH = re.compile(rf"{_DAY}[ \-/.]?({_MONTH})\.?{_YEAR}")
_MONTH_DAY = re.compile(rf"({_MONTH})\.?[ \-]?{_DAY}(?:[ \-]([0-9]{{4}}))?")
_DAY_WORD = re.compile(r"[0-9]{1,2} ?([a-z]{3,})\.?(?: ?[0-9]{2,4})?")


@dataclass(frozen=True, slots=True)
class Written:
    """What stands there, not yet checked: a day, a month, and a year where one is written."""

    text: str
    day: int
    month: int
    year: int | None


def read_written(text: str, order: DateOrder) -> Written | None:
    """The figures of a written date, None when `text` has another shape. NotUnderstood when its month's name is none."""
    typed = plain(text)
    found = _YEAR_FIRST.fullmatch(typed)
    if found is not None:
        year, _mark, month, day, *together = found.groups()
        return _written(text, *((day, month, year) if year else reversed(together)))
    found = _FIGURES.fullmatch(typed)
    if found is not None:
        first, second = (found[1], found[3]) if order == "dmy" else (found[3], found[1])
        return _written(text, first, second, found[4])
    found = _DAY_MONTH.fullmatch(typed)
    if found is not None:
        return _written(text, found[1], str(MONTHS[found[2]]), found[3] or found[4])
    found = _MONTH_DAY.fullmatch(typed)
    if found is not None:
        return _written(text, found[2], str(MONTHS[found[1]]), found[3])
    found = _DAY_WORD.fullmatch(typed)
    likely = nearest(found[1], MONTHS) if found is not None else []
    if found is not None and likely:
        template = N_("“{text}”: there is no month “{word}”; was it {likely}?")
        raise NotUnderstood(template, text, word=found[1], likely=", ".join(likely))
    return None


def _written(text: str, day: str, month: str, year: str | None) -> Written:
    number = None if year is None else int(year)
    if number is not None and year is not None and len(year) == 2:
        number += 1900 if number >= 69 else 2000
    return Written(text, int(day), int(month), number)


def date_of(written: Written, year: int) -> date:
    """The date in `year`; NotUnderstood with the reason when there is no such day."""
    check_day(written)
    check_year(written.text, year)
    try:
        return date(year, written.month, written.day)
    except ValueError as error:  # only 29 February of a common year is left
        raise _not_in_february(written, year) from error


def check_year(text: str, year: int) -> None:
    """NotUnderstood for a year that is a slip of the finger."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        template = N_("“{text}”: the year {year} is not between {first} and {last}")
        raise NotUnderstood(template, text, year=year, first=FIRST_YEAR, last=LAST_YEAR)


def check_day(written: Written) -> None:
    """NotUnderstood when no year has that day or that month; a month first is named as what it could have been."""
    day, month = written.day, written.month
    if 12 < month <= 31 and 1 <= day <= 12:
        template = N_("“{text}”: there is no month {month}. If the month stands first, write {other}")
        other = f"{month}-{day}" + ("" if written.year is None else f"-{written.year}")
        raise NotUnderstood(template, written.text, month=month, other=other)
    if not 1 <= month <= 12:
        raise NotUnderstood(
            N_("“{text}”: there is no month {month}; write 2026-12-31 or 31-12"), written.text, month=month
        )
    if month == 2 and day > 28 and written.year is not None and not isleap(written.year):
        raise _not_in_february(written, written.year)
    most = MONTH_LENGTHS[month - 1]
    if not 1 <= day <= most:
        name = current().months[month - 1]
        template = N_("“{text}” does not exist: {month} has the days 1 to {days}")
        raise NotUnderstood(template, written.text, month=name, days=most)


def _not_in_february(written: Written, year: int) -> NotUnderstood:
    """A day that February does not have in a common year."""
    template = N_("“{text}” does not exist: {month} {year} has {days} days")
    return NotUnderstood(template, written.text, month=current().months[1], year=year, days=28)


def add_months(day: date, months: int) -> date:
    """The same day `months` later, the last of the month where that month is shorter. OverflowError off the calendar."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    if not 1 <= year <= 9999:
        raise OverflowError
    first_of_next = date(year + month // 11, (month + 1) % 12 + 1, 1) if (year, month) != (9999, 11) else None
    last = 31 if first_of_next is None else (first_of_next - timedelta(days=1)).day
    return date(year, month + 1, min(day.day, last))
