"""Lengths of time as people type them, and as they are shown: `5d`, `40h`, `2w`, `3ed`.

Read in both languages whichever is in use: `5 days`, `5 dagen`, `40 u`, `1,5 wk`, `3 elapsed days`, `2w?` (an estimate), ISO
`PT40H`. A number without a unit is days, as planners mean it. `h` is shown as `u` and `mo` as `mnd` in Dutch.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import cast

from pmo_tui.records.durations import ELAPSED, Duration, Unit
from pmo_tui.records.marks import N_
from pmo_tui.wording.languages import current
from pmo_tui.wording.not_understood import Ambiguous, NotUnderstood
from pmo_tui.wording.numbers import format_number
from pmo_tui.wording.typed_numbers import parse_number

UNITS: dict[str, Unit] = {
    word: unit
    for unit, words in cast(
        "dict[Unit, str]",
        {
            "m": "m min mins minute minutes minuut minuten",
            "h": "h hr hrs hour hours u uur uren",
            "d": "d day days dy dys dag dagen",
            "w": "w wk wks week weeks weken",
            "mo": "mo mon mons mnd month months maand maanden",
        },
    ).items()
    for word in words.split()
}
"""What each unit is called, in both languages."""

_SHAPE = re.compile(r"([+\-−]?[0-9][0-9.,]*|[+\-−]?[.,][0-9]+)\s*([a-z]*(?: [a-z]+)?)\s*\??", re.IGNORECASE)
_ELAPSED_WORDS = re.compile(r"(?:elapsed|verstreken|doorlopende?|calendar|kalender)\s*(?=[a-z])")


def parse_duration(text: str) -> Duration:
    """The duration that `text` means; NotUnderstood says how durations are written, Ambiguous where a number could be two."""
    typed = text.strip()
    if typed.startswith(("P", "-P", "+P")):
        return Duration.parse(typed)
    found = _SHAPE.fullmatch(typed)
    unit = None if found is None else _unit(found[2].casefold())
    if found is None or unit is None:
        raise _none(text)
    try:
        amount = parse_number(found[1])
    except Ambiguous:
        raise
    except NotUnderstood as error:
        raise _none(text) from error
    return Duration(amount, unit)


def _unit(word: str) -> Unit | None:
    if not word:
        return "d"
    plain, elapsed = _ELAPSED_WORDS.subn("", word)
    if plain in UNITS:
        return cast("Unit", f"e{UNITS[plain]}") if elapsed else UNITS[plain]
    if word.startswith("e") and word[1:] in UNITS:
        return cast("Unit", f"e{UNITS[word[1:]]}")
    return None


def _none(text: str) -> NotUnderstood:
    template = N_("“{text}” is not a duration; write it as 5d, 40h, 2w, 3mo, or 3ed for elapsed days")
    return NotUnderstood(template, text)


def format_duration(duration: Duration) -> str:
    """`1.5d`, in Dutch `1,5d`; hours and months by their Dutch letters there. `parse_duration` reads it back."""
    language = current()
    elapsed = "e" if duration.unit in ELAPSED else ""
    unit = duration.unit.removeprefix("e")
    shown = {"h": language.hour, "mo": language.month}.get(unit, unit)
    number = format_number(duration.amount)
    if abs(duration.amount) >= Decimal(1000):
        number = number.replace(language.group_mark, "")
    return f"{number}{elapsed}{shown}"
