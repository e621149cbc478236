"""Days told from today on, in both languages whichever is in use; weeks begin on Monday.

- `today`, `tomorrow`, `yesterday`, `vandaag`, `morgen`, `gisteren`;
- `+2w`, `-3d`, `+1mo`, `+1q`, `+1y`, `in 3 weeks`, `in ten days`, `over 3 weken`, `over een maand`: as many days, weeks, months,
  quarters or years from today; a month's end stays one where the other month is shorter;
- `next monday`, `volgende maandag`, `next week friday`, `vrijdag volgende week`: that day of next week, so on a Sunday `next monday` is
  tomorrow and on a Monday a week away; `this friday`, `deze vrijdag` that of this week, `last friday`, `vorige vrijdag` of last week;
- `komende maandag`, `coming monday`: the first after today; `afgelopen maandag`: the last before today;
- `som eom soq eoq soy eoy`, `end of month`, `eind maand`: the first or the last day of the month, quarter or year of today;
- `end of next month`, `eind volgende maand`, `start of this quarter`, `begin volgend jaar`: of the month, quarter or year that is
  meant; a week ends on its Friday: `end of week`, `eind volgende week`;
- `end of march`, `begin januari`, `eind q1`, `end of q1 2027`, `eind 2026`: of that month, quarter or year; without its year the nearest
  such day, before or after today, of two equally near ones the later.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from pmo_tui.records.marks import N_
from pmo_tui.wording.calendar_words import (
    ANCHORS,
    COMING,
    DAYS_FROM_TODAY,
    EDGES,
    MONTHS,
    NUMBER_WORDS,
    SPANS,
    SPANS_AFTER,
    THE_PRESENT,
    TURNS,
    WEEKDAYS,
    Span,
    one_of,
)
from pmo_tui.wording.not_understood import NotUnderstood
from pmo_tui.wording.written_dates import add_months, check_year

MONTHS_IN: dict[Span, int] = {"month": 1, "quarter": 3, "year": 12}
FRIDAY = 5

_WEEKDAY = one_of(WEEKDAYS)
_TURN = one_of(TURNS)
_WEEKS = one_of(word for word, span in SPANS.items() if span == "week")
_LONG_SPANS = one_of(word for word, span in SPANS.items() if span != "day")
_COUNT = rf"(?P<count>[0-9]{{1,5}}|{one_of(NUMBER_WORDS)})"
_OFFSET = re.compile(r"([+-]) ?([0-9]{1,5}) ?([a-z]+)")
_AWAY = re.compile(rf"(?P<word>{one_of(SPANS_AFTER)}) {_COUNT} ?(?P<span>[a-z]+)")
_OF_A_WEEK = re.compile(
    rf"(?P<turn1>{_TURN}) (?:(?:{_WEEKS}) )?(?P<day1>{_WEEKDAY})|(?P<day2>{_WEEKDAY}) (?P<turn2>{_TURN}) (?:{_WEEKS})"
)
_COMING = re.compile(rf"({one_of(COMING)}) ({_WEEKDAY})")
_EDGE = re.compile(rf"(?:the |het )?({one_of(EDGES)}) (.+)")
_TURNED = re.compile(rf"(?:(?:the|de|het) )?(?:({_TURN}) )?({_LONG_SPANS})")
_NAMED = re.compile(rf"(?:({one_of(MONTHS)})\.?|[qk]([1-4]))(?: ([0-9]{{4}}))?|([0-9]{{4}})")


def read_relative(text: str, typed: str, today: date, after: date | None) -> date | None:
    """The day that `typed`, in small letters, tells from `today`; None when it has another shape.

    NotUnderstood, with `text` as it was typed, when it is too far away. With `after` the end of a month or quarter without its year is
    the first from that day on.
    """
    if typed in DAYS_FROM_TODAY:
        return today + timedelta(days=DAYS_FROM_TODAY[typed])
    if typed in ANCHORS:
        last, span = ANCHORS[typed]
        return _edge_of(span, 0, today, last=last)
    try:
        found = _away(typed, today) or _weekday(typed, today) or _edge(typed, today, after)
    except OverflowError as error:
        raise NotUnderstood(N_("“{text}” is too far away; did you mean fewer?"), text) from error
    if found is not None:
        check_year(text, found.year)
    return found


def start_of(span: Span, today: date) -> date:
    """The first day of the week, month, quarter or year that `today` lies in."""
    if span == "week":
        return today - timedelta(days=today.weekday())
    if span == "day":
        return today
    month = {"month": today.month, "quarter": (today.month - 1) // 3 * 3 + 1, "year": 1}[span]
    return date(today.year, month, 1)


def weekday_from(day: date, weekday: int) -> date:
    """The first such weekday from `day` on, Monday being 1."""
    return day + timedelta(days=(weekday - day.isoweekday()) % 7)


def nearest_of(in_year: Callable[[int], date | None], today: date, after: date | None) -> date | None:
    """The day nearest to `today` that `in_year` gives for a year, the later of two equally near ones; with `after` the first from
    that day on. None where no year near has it."""
    first = today.year - 1 if after is None else after.year
    found = [day for year in range(first, first + 3) if (day := in_year(year)) is not None]
    if after is not None:
        found = [day for day in found if day >= after][:1]
    return min(found, key=lambda day: (abs(day - today), today > day), default=None)


def _away(typed: str, today: date) -> date | None:
    found = _OFFSET.fullmatch(typed)
    if found is not None and found[3] in SPANS:
        return _moved(today, int(found[1] + found[2]), SPANS[found[3]])
    found = _AWAY.fullmatch(typed)
    if found is None or found["span"] not in SPANS_AFTER[found["word"]]:
        return None
    count = NUMBER_WORDS.get(found["count"])
    return _moved(today, int(found["count"]) if count is None else count, SPANS[found["span"]])


def _moved(day: date, count: int, span: Span) -> date:
    if span in MONTHS_IN:
        return add_months(day, count * MONTHS_IN[span])
    return day + timedelta(days=count * (7 if span == "week" else 1))


def _weekday(typed: str, today: date) -> date | None:
    """A day of this, the next or the last week, or the first of its name after or before today."""
    found = _COMING.fullmatch(typed)
    if found is not None:
        weekday = WEEKDAYS[found[2]]
        step = COMING[found[1]]
        return weekday_from(today + timedelta(days=1 if step > 0 else -7), weekday)
    found = _OF_A_WEEK.fullmatch(typed)
    if found is None:
        return None
    turn, weekday = TURNS[found["turn1"] or found["turn2"]], WEEKDAYS[found["day1"] or found["day2"]]
    return weekday_from(_moved(start_of("week", today), turn, "week"), weekday)


def _edge(typed: str, today: date, after: date | None) -> date | None:
    """The first or last day of a span."""
    found = _EDGE.fullmatch(typed)
    if found is None:
        return None
    last, rest = EDGES[found[1]], found[2]
    turned = _TURNED.fullmatch(rest)
    if turned is not None:
        return _edge_of(SPANS[turned[2]], TURNS[turned[1] or THE_PRESENT], today, last=last)
    named = _NAMED.fullmatch(rest)
    if named is None:
        return None
    month, quarter, year, whole_year = named.groups()
    span: Span = "year" if whole_year else "month" if month else "quarter"
    first = MONTHS[month] if month else int(quarter or 1) * 3 - 2 if quarter else 1

    def in_year(number: int) -> date | None:
        return _edge_of(span, 0, date(number, first, 1), last=last) if 1 <= number <= 9998 else None

    if year or whole_year:
        return in_year(int(year or whole_year))
    return nearest_of(in_year, today, after)


def _edge_of(span: Span, turns: int, today: date, *, last: bool) -> date:
    """The first or last day of the span that is `turns` after the one that `today` lies in."""
    start = _moved(start_of(span, today), turns, span)
    if span == "week":
        return weekday_from(start, FRIDAY) if last else start
    return _moved(start, 1, span) - timedelta(days=1) if last else start
