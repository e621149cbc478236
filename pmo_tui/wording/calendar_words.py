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
}  # fmt: skip
"""Whether the last day is meant, and of which span, the one that today lies in."""

EDGES: dict[str, bool] = {
    "start of": False, "beginning of": False, "end of": True,
    "begin": False, "begin van": False, "eind": True, "eind van": True, "einde": True, "einde van": True,
}  # fmt: skip
"""Words before a span that mean its first or, where True, its last day."""

TURNS: dict[str, int] = {
    "this": 0, "deze": 0, "dit": 0, "next": 1, "volgende": 1, "volgend": 1, "komende": 1, "komend": 1,
    "last": -1, "vorige": -1, "vorig": -1, "afgelopen": -1,
}  # fmt: skip
"""Of the spans that follow each other, which one is meant."""

THE_PRESENT = "this"
"""What `end of month` means where no other turn is named."""

COMING: dict[str, int] = {"komende": 1, "komend": 1, "aanstaande": 1, "coming": 1, "afgelopen": -1}
"""Words before a weekday that mean the first after today or, where -1, the last before today."""

NUMBER_WORDS: dict[str, int] = {
    "a": 1, "an": 1, "een": 1, "één": 1,
    **_numbered(
        ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
        ("één", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf", "twaalf"),
    ),
}  # fmt: skip

_DUTCH_ONLY = frozenset(
    {"dag", "dagen", "weken", "mnd", "maand", "maanden", "kwartaal", "kwartalen", "jr", "jaar", "jaren"}
)
_SHARED = frozenset({"wk", "week"})
_LONG = frozenset(word for word in SPANS if len(word) > 1)
SPANS_AFTER: dict[str, frozenset[str]] = {"in": _LONG, "over": _DUTCH_ONLY | _SHARED}
"""The units of `in 3 weeks` and `over 3 weken`, written out; `over 3 weeks` is English, and no day."""


def one_of(words: Iterable[str]) -> str:
    """A pattern for any of `words`, longer ones first."""
    return "(?:" + "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) + ")"


def plain(text: str) -> str:
    """`text` without capitals, commas and double blanks."""
    return " ".join(text.casefold().replace(",", " ").split())
