"""How much of somebody's time: hours a week, typed as hours, as a share, or as full-time equivalents.

`20`, `20h`, `20h/w`, `20 u/wk`, `50%`, `0.5fte`, `0,5 fte`. What a per cent is a share of is for the caller to say: of full time in
a request, of the person in a booking.
"""

from __future__ import annotations

import re
from decimal import Decimal

from pmo_tui.records.marks import N_
from pmo_tui.wording.languages import current
from pmo_tui.wording.not_understood import Ambiguous, NotUnderstood
from pmo_tui.wording.numbers import format_number, round_half_up
from pmo_tui.wording.typed_numbers import parse_number

_SHAPE = re.compile(
    r"([0-9.,]+)\s*(?:(%|percent|procent)|(fte)|(?:h|hrs?|hours?|u|uur|uren)?(?:\s*(?:/|per|a|p)?\s*(?:w|wk|week))?)",
    re.IGNORECASE,
)


def parse_load(text: str, full_time: Decimal, of: Decimal | None = None) -> Decimal:
    """Hours a week. A per cent counts of `of` (where that is not given, of `full_time`), an fte of `full_time`.

    NotUnderstood says how a load is written, Ambiguous where a number could be two.
    """
    found = _SHAPE.fullmatch(text.strip())
    if found is None:
        raise _none(text)
    try:
        amount = parse_number(found[1])
    except Ambiguous:
        raise
    except NotUnderstood as error:
        raise _none(text) from error
    if found[2]:
        return _rounded(amount * (full_time if of is None else of) / 100)
    return _rounded(amount * full_time) if found[3] else amount


def _none(text: str) -> NotUnderstood:
    return NotUnderstood(N_("“{text}” is not a load; write it as 20h/w, 50% or 0.5fte"), text)


def _rounded(hours: Decimal) -> Decimal:
    short = round_half_up(hours, 2)
    return short.to_integral_value() if short == short.to_integral_value() else short.normalize()


def format_load(hours: Decimal, full_time: Decimal, of: Decimal | None = None) -> str:
    """All three: `20h/w = 50% = 0.5fte`; without per cent where nobody's hours are known."""
    parts = [f"{format_number(hours)}{current().hour}/w"]
    base = full_time if of is None else of
    if base:
        parts.append(f"{format_number(_rounded(hours * 100 / base))}%")
    if full_time:
        parts.append(f"{format_number(_rounded(hours / full_time))}fte")
    return " = ".join(parts)
