"""Where in a line of text a day or a span of days stands, when it may just as well be part of the text.

`call the vendor fri`, `call the vendor in 3 weeks`, `@jan fri send the minutes`, `send the minutes by 1 dec`: a day is looked for at the edges of the text,
between the marks, never in the middle. Words that mean something else too (`do`, `zo`, `1.2`) count only where they stand alone or
behind a word such as `by`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date
from typing import NamedTuple, TypeVar

from pmo_tui.wording.dates import DateRange, parse_date, parse_range

T = TypeVar("T")
LONGEST = 5
"""No day or span of days has more words: `1 jan - 31 mar`."""
BEFORE = frozenset({"by", "before", "on", "due", "voor", "vóór", "op", "uiterlijk", "per", "tegen"})
"""Words that say that a day follows, and belong to it."""
DOUBTFUL = re.compile(r"do|zo|ma|sat|sun|wed|\d{1,2}[-./]\d{1,2}", re.IGNORECASE)
PART_OF_TEXT = re.compile(r"(?:last|vorige?|afgelopen) .+|in (?:an?|one|een|één) .+", re.IGNORECASE)
"""Days of more words that are told of rather than meant: `the minutes of last friday`, `twice in a week`."""
NOT_AT_FIRST = re.compile(r"(?:(?:the|het) )?(?:start|begin|beginning|einde?|end) .+", re.IGNORECASE)
"""Days that are rather what a text is about when it begins with them: `end of year report`."""
SINCE = frozenset({"from", "in", "for", "during", "van", "vanaf", "tijdens", "voor"})
"""Words before a span of days that belong to it."""
_WRITTEN = re.compile(r"\d{4}([-/.])\d{1,2}\1\d{1,2}|\d{1,2}([-/.])\d{1,2}\2(?:\d{4}|\d{2})")
"""A day in figures with its year."""
_FIGURE = re.compile(r"\d")


class Found(NamedTuple):
    """A day in a run of words: which words of it (`first` up to but not including `last`) it takes up."""

    day: date
    first: int
    last: int


def day_in(run: Sequence[str], today: date, *, leading: bool) -> Found | None:
    """The day at the end of a run of words, or (when `leading`) at its beginning; None where there is none."""
    count = len(run)
    for length in range(min(LONGEST, count), 0, -1):
        first = count - length
        announced = first > 0 and run[first - 1].casefold() in BEFORE
        day = _day(run[first:], today)
        if day is not None and PART_OF_TEXT.fullmatch(" ".join(run[first:])):
            break
        if day is not None and (announced or first == 0 or not DOUBTFUL.fullmatch(run[first])):
            return Found(day, first - announced, count)
    if not leading:
        return None
    for length in range(min(LONGEST, count - 1), 0, -1):
        skipped = int(run[0].casefold() in BEFORE)
        day = _day(run[skipped:length], today)
        text = " ".join(run[:length])
        if day is not None and (PART_OF_TEXT.fullmatch(text) or NOT_AT_FIRST.fullmatch(text)):
            break
        if day is not None and (skipped or length > 1 or not DOUBTFUL.fullmatch(run[0])):
            return Found(day, 0, length)
    return None


def written_in(run: Sequence[str], *, leading: bool) -> int | None:
    """Which word is written as a day with its year, whether there is such a day or not: the last of a run or, when `leading`, the first."""
    place = 0 if leading else len(run) - 1
    return place if run and _WRITTEN.fullmatch(run[place]) else None


def _day(words: Sequence[str], today: date) -> date | None:
    return _read(parse_date, words, today)


def _read(parse: Callable[[str, date], T], words: Sequence[str], today: date) -> T | None:
    with suppress(ValueError):
        return parse(" ".join(words), today) if words else None
    return None


class FoundSpan(NamedTuple):
    """A span of days in a line, and which words it takes up."""

    span: DateRange
    first: int
    last: int


def span_in(run: Sequence[str], today: date) -> FoundSpan | None:
    """The likeliest span of days anywhere in a run of words, with the `from` before it.

    Of several days rather than one, with figures rather than without, of the most words, the last. One day without a figure
    (`do`) is text.
    """
    best: tuple[tuple[bool, bool, int, int], FoundSpan] | None = None
    for first in range(len(run)):
        for last in range(first + 1, min(len(run), first + LONGEST) + 1):
            words = run[first:last]
            span = _read(parse_range, words, today)
            figures = _FIGURE.search(" ".join(words)) is not None
            if span is None or not (figures or span.finish > span.start):
                continue
            rank = (span.finish > span.start, figures, last - first, first)
            if best is None or rank > best[0]:
                best = (rank, FoundSpan(span, first, last))
    if best is None:
        return None
    span, first, last = best[1]
    return FoundSpan(span, first - (first > 0 and run[first - 1].casefold() in SINCE), last)
