"""The words people use for days, months and spans of time, in both languages whichever is in use."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

from pmo_tui.wording.languages import LANGUAGES

Span = Literal["day", "week", "month", "quarter", "year"]


def _numbered(*lists: Iterable[str]) -> dict[str, int]:
    return {word.casefold(): number for words in lists for number, word in enumerate(words, 1)}


WEEKDAYS: dict[str, int] = {
    **_numbered(*(names for language in LANGUAGES.values() for names in (language.weekdays, language.weekdays_short))),
    "tues": 2,
    "weds": 3,
    "thur": 4,
    "thurs": 4,
    **_numbered(("maa", "din", "woe", "don", "vrij", "zat", "zon")),
}
"""Monday is 1, as in ISO 8601."""

MONTHS: dict[str, int] = {
    **_numbered(*(names for language in LANGUAGES.values() for names in (language.months, language.months_short))),
    "sept": 9,
}

DAYS_FROM_TODAY: dict[str, int] = {
    "today": 0, "vandaag": 0, "tomorrow": 1, "morgen": 1, "overmorgen": 2, "yesterday": -1, "gisteren": -1,
    "eergisteren": -2,
}  # fmt: skip

SPANS: dict[str, Span] = {
    "d": "day", "day": "day", "days": "day", "dag": "day", "dagen": "day",
    "w": "week", "wk": "week", "wks": "week", "week": "week", "weeks": "week", "weken": "week",
    "m": "month", "mo": "month", "mnd": "month", "month": "month", "months": "month", "maand": "month", "maanden": "month",
    "q": "quarter", "quarter": "quarter", "quarters": "quarter", "kwartaal": "quarter", "kwartalen": "quarter",
    "y": "year", "yr": "year", "year": "year", "years": "year", "j": "year", "jr": "year", "jaar": "year", "jaren": "year",
}  # fmt: skip

ANCHORS: dict[str, tuple[bool, Span]] = {
    "som": (False, "month"), "eom": (True, "month"), "soq": (False, "quarter"), "eoq": (True, "quarter"),
    "soy": (False, "year"), "eoy": (True, "year"),
    "start of month": (False, "month"), "end of month": (True, "month"), "end of quarter": (True, "quarter"),
    "end of year": (True, "year"), "begin maand": (False, "month"), "eind maand": (True, "month"), "einde maand": (True, "month"),
    "eind kwartaal": (True, "quarter"), "einde kwartaal": (True, "quarter"), "eind jaar": (True, "year"), "einde jaar": (True, "year"),
}  # fmt: skip
"""Whether the last day is meant, and of which span, the one that today lies in."""

TURNS: dict[str, int] = {
    "this": 0, "deze": 0, "dit": 0, "next": 1, "volgende": 1, "volgend": 1, "komende": 1, "komend": 1,
    "last": -1, "vorige": -1, "vorig": -1, "afgelopen": -1,
}  # fmt: skip


def one_of(words: Iterable[str]) -> str:
    """A pattern for any of `words`, longer ones first."""
    return "(?:" + "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) + ")"


def plain(text: str) -> str:
    """`text` without capitals, commas and double blanks."""
    return " ".join(text.casefold().replace(",", " ").split())
