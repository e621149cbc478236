"""Links between tasks in the planner's notation: `3`, `3FS+2d`, `4SS-1d`, `7FF+3ed`, `9SF`, `2FS+50%`, `code:12FS`, `T-12SS`.

A number is the line of the same plan, `code:12` (or `P-3:12`) the line of another, `T-12` the key of a task. Several stand one
after another with `;` or `,` between them. Without a type a link is FS, finish to start. Dutch EB, BB, EE and BE (einde, begin) are
read too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from pmo_tui.records.marks import N_
from pmo_tui.records.planning import LAG, LINK_TYPES
from pmo_tui.wording.durations import parse_duration
from pmo_tui.wording.not_understood import NotUnderstood
from pmo_tui.wording.typed_numbers import parse_number

DUTCH_TYPES = {"EB": "FS", "BB": "SS", "EE": "FF", "BE": "SF"}
"""Einde or begin of the predecessor, then of the successor."""
TYPES = {**{word: word for word in LINK_TYPES}, **DUTCH_TYPES}

_LINK = re.compile(
    r"(?P<reference>(?:[^\s;,:]+:)?(?:T-)?[0-9]+)\s*(?P<type>" + "|".join(TYPES) + r")?\s*(?P<lag>[+\-−].+)?",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(
    r";|\n|,(?!\d)|(?<=[a-zA-Z%]),|(?<=\d),(?=\s*(?:T-)?\d+\s*(?:FS|SS|FF|SF|EB|BB|EE|BE|[;,]|$))", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class TypedLink:
    """A link as it is written: which task, the type, and the canonical lag (`2d`, `-1d`, `3ed`, `50%`, or nothing)."""

    reference: str
    type: str = "FS"
    lag: str = ""


def parse_predecessors(text: str) -> list[TypedLink]:
    """The links in `text`, in order; NotUnderstood names the part that is none."""
    return [_link(part.strip()) for part in _SEPARATOR.split(text) if part.strip()]


def _link(part: str) -> TypedLink:
    found = _LINK.fullmatch(part)
    if found is None:
        raise NotUnderstood(
            N_("“{text}” is not a predecessor; write it as 3, 3FS+2d, 4SS-1d, 7FF+50% or code:12FS"), part
        )
    reference = found["reference"]
    plan, colon, line = reference.rpartition(":")
    line = line.upper() if not line.isdecimal() else str(int(line))
    return TypedLink(f"{plan}{colon}{line}", TYPES[(found["type"] or "FS").upper()], _lag(part, found["lag"] or ""))


def _lag(part: str, text: str) -> str:
    """Canonical: without a plus, a zero lag left out."""
    text = text.replace("−", "-").replace(" ", "")
    if not text:
        return ""
    sign, size = ("-" if text[0] == "-" else ""), text[1:]
    if size.endswith("%"):
        number = parse_number(size[:-1])
        lag = f"{number:f}%"
    else:
        number = parse_duration(size).amount
        lag = str(parse_duration(size))
    if not number:
        return ""
    if not re.fullmatch(LAG, sign + lag):
        raise NotUnderstood(N_("“{text}” has a lag that is not written as +2d, -1d, +3ed or +50%"), part)
    return sign + lag


def format_predecessors(links: Iterable[TypedLink]) -> str:
    """The links as a planner writes them, `3; 4SS-1d`; FS without a lag is left out. `parse_predecessors` reads it back."""
    return "; ".join(_written(link) for link in links)


def _written(link: TypedLink) -> str:
    if not link.lag:
        return link.reference + ("" if link.type == "FS" else link.type)
    return f"{link.reference}{link.type}{'' if link.lag.startswith('-') else '+'}{link.lag}"
