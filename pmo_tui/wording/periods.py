"""Spans of days as people type them; both ends belong to them.

- `w02-w07`, `w48`, `2027-w02`; `jan`, `jan 2027`, `2027-01`; `q1`, `2027-q1`; `h1 2027`; `2027`; `2026-2028`;
- `this week`, `next month`, `last quarter`, `deze week`, `volgende maand`, `vorig jaar`;
- a single day in any of its forms;
- two of these: `2026-01-01..2026-03-31`, `nov..feb`, `today..+2w`, `1 jan - 31 mar`, `w50 t/m w03`.

Without a year a week, month or quarter is the first that is not over yet; a span of two is the one under way, or else
the first to come. What stands second comes after what stands first.
"""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date, timedelta
from typing import NamedTuple

from pmo_tui.records.marks import N_
from pmo_tui.wording.calendar_words import MONTHS, SPANS, TURNS, Span, one_of, plain
from pmo_tui.wording.days import read_day, read_week
from pmo_tui.wording.languages import DateOrder, Language, current
from pmo_tui.wording.not_understood import NotUnderstood
from pmo_tui.wording.relative_days import MONTHS_IN, start_of
from pmo_tui.wording.weeks import A_WEEK
from pmo_tui.wording.written_dates import LAST_YEAR, add_months, check_year

A_DAY = timedelta(days=1)
A_YEAR = timedelta(weeks=52)

_BETWEEN = re.compile(r" ?(?:\.{2,}|…|–|—) ?| - | to | t/m | tot en met ")
_MONTH = re.compile(rf"({one_of(MONTHS)})\.?(?:[ -]?([0-9]{{4}}))?")
_MONTH_FIGURES = re.compile(r"([0-9]{4})[-/]([0-9]{1,2})|([0-9]{1,2})[-/]([0-9]{4})")
_PART_OF_YEAR = re.compile(r"(?:([0-9]{4})[- ]?)?([qkh])([1-4])(?:[- ]([0-9]{4}))?")
_YEAR = re.compile(r"[0-9]{4}")
_TURN = re.compile(rf"({one_of(TURNS)}) ({one_of(SPANS)})")
_WEEK_NUMBER = re.compile(r"[0-9]{1,2}")


class DateRange(NamedTuple):
    """A span of days, both ends included."""

    start: date
    finish: date


def parse_range(text: str, today: date, language: Language | None = None) -> DateRange:
    """The first and the last day that `text` means on `today`. NotUnderstood says why it is none and how spans are written."""
    order = (language or current()).date_order
    typed = plain(text)
    parts = _BETWEEN.split(typed)
    found = None
    if len(parts) == 2 and all(parts):
        found = _between(text, parts[0], parts[1], today, order)
    elif len(parts) == 1:
        found = _one(typed, today, order, None) or _hyphened(text, typed, today, order)
    if found is None:
        template = N_(
            "“{text}” is not a span of days; write it as w02-w07, jan, q1, 2026, fri or 2026-01-01..2026-03-31"
        )
        raise NotUnderstood(template, text)
    return found


def _one(text: str, today: date, order: DateOrder, after: date | None) -> DateRange | None:
    found = _period(text, today, after)
    if found is not None:
        return found
    day = read_day(text, today, order, after)
    return None if day is None else DateRange(day, day)


def _between(text: str, first: str, last: str, today: date, order: DateOrder) -> DateRange | None:
    """The span that is under way, which may have begun last year, or else as the words come."""
    with suppress(NotUnderstood):
        under_way = _from_to(first, last, today, order, today - A_YEAR)
        if under_way is not None and under_way.start <= today <= under_way.finish:
            return under_way
    found = _from_to(first, last, today, order, None)
    if found is not None and found.finish < found.start:
        template = N_("“{text}” ends ({finish}) before it starts ({start})")
        raise NotUnderstood(template, text, start=found.start.isoformat(), finish=found.finish.isoformat())
    return found


def _from_to(first: str, last: str, today: date, order: DateOrder, after: date | None) -> DateRange | None:
    start = _one(first, today, order, after)
    finish = None if start is None else _one(last, today, order, start.start)
    return None if start is None or finish is None else DateRange(start.start, finish.finish)


def _hyphened(text: str, typed: str, today: date, order: DateOrder) -> DateRange | None:
    """`w02-w07`, `w2-7`, `jan-mar`, `2026-2028`: a hyphen between two periods. Days would be too easily mistaken."""
    for hyphen in re.finditer(" ?- ?", typed):
        first, last = typed[: hyphen.start()], typed[hyphen.end() :]
        if not first or not last or _period(first, today, None) is None:
            continue
        if _WEEK_NUMBER.fullmatch(last) and read_week(first, today) is not None:
            last = f"w{last}"
        if _period(last, today, None) is not None:
            return _between(text, first, last, today, order)
    return None


def _period(text: str, today: date, after: date | None) -> DateRange | None:
    """A span that has a name of its own; None when `text` is none, also when it is one day of a week."""
    week = read_week(text, after or today)
    if week is not None:
        monday, weekday = week
        return DateRange(monday, monday + A_WEEK - A_DAY) if weekday is None else None
    found = _TURN.fullmatch(text)
    if found is not None:
        return _turn(SPANS[found[2]], TURNS[found[1]], today)
    found = _YEAR.fullmatch(text)
    if found is not None:
        return _months(text, int(text), 1, 12, today)
    found = _MONTH.fullmatch(text)
    if found is not None:
        return _months(text, found[2] and int(found[2]), MONTHS[found[1]], 1, after or today)
    found = _MONTH_FIGURES.fullmatch(text)
    if found is not None:
        month = int(found[2] or found[3])
        return _months(text, int(found[1] or found[4]), month, 1, today) if 1 <= month <= 12 else None
    found = _PART_OF_YEAR.fullmatch(text)
    if found is None or (found[1] and found[4]) or (found[2] == "h" and found[3] > "2"):
        return None
    length = 6 if found[2] == "h" else 3
    year = found[1] or found[4]
    return _months(text, year and int(year), (int(found[3]) - 1) * length + 1, length, after or today)


def _months(text: str, year: int | str | None, month: int, count: int, not_over_on: date) -> DateRange:
    """`count` months from the first of `month`; without a year the first such span that is not over on that day."""
    if year:
        check_year(text, int(year))
        start = date(int(year), month, 1)
        return DateRange(start, add_months(start, count) - A_DAY)
    start = date(not_over_on.year, month, 1)
    finish = add_months(start, count) - A_DAY
    if finish >= not_over_on or start.year >= LAST_YEAR:
        return DateRange(start, finish)
    start = add_months(start, 12)
    return DateRange(start, add_months(start, count) - A_DAY)


def _turn(span: Span, turns: int, today: date) -> DateRange:
    """This, the next or the last day, week, month, quarter or year."""
    start = start_of(span, today)
    if span in MONTHS_IN:
        start = add_months(start, turns * MONTHS_IN[span])
        return DateRange(start, add_months(start, MONTHS_IN[span]) - A_DAY)
    length = A_WEEK if span == "week" else A_DAY
    start += turns * length
    return DateRange(start, start + length - A_DAY)
