"""How the figures and days of a column are written, told from the cells that can only be read one way.

`1.234` may be a thousand or a little over one, `5/02/2016` may be in February or in May. One cell cannot tell; the others of its
column can: `12,50` shows a decimal comma, `1.234.567` a point for thousands, `24/10/2016` that the day comes first. Where a column
shows both ways, or none, nothing is assumed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from pmo_tui.exchange.tables import Cell

Sign = Literal[".", ","]

_FIGURE = re.compile(
    r"[-+(]?\s*(?:[A-Z]{3}|[€$£¥])?\s*[-+]?\s*([\d][\d.,'’\s\u00a0\u202f]*|[.,]\d+)\s*(?:[A-Z]{3}|[€$£¥]|%)?\)?-?"
)
_NUMERIC_DAY = re.compile(r"(\d{1,2})([/.\- ])(\d{1,2})\2(\d{4}|\d{2})(?!\d).*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Ways:
    """How a column is written: its decimal sign, and whether the day comes before the month. None is unknown."""

    decimal: Sign | None = None
    day_first: bool | None = None


def decimal_sign(cells: Iterable[Cell]) -> Sign | None:
    """The decimal sign that every certain cell agrees on; None where no cell is certain, or where they differ."""
    found = {sign for cell in cells if isinstance(cell, str) and (sign := _sign_of(cell.strip())) is not None}
    return found.pop() if len(found) == 1 else None


def _sign_of(text: str) -> Sign | None:
    match = _FIGURE.fullmatch(text)
    if match is None:
        return None
    figure = match[1].strip()
    points, commas = figure.count("."), figure.count(",")
    if points and commas:
        return "." if figure.rfind(".") > figure.rfind(",") else ","
    if points > 1 or commas > 1:
        group = "." if points else ","
        grouped = re.fullmatch(rf"\d{{1,3}}(\{group}\d{{3}})+", figure)
        return None if grouped is None else "," if points else "."
    sign: Sign = "." if points else ","
    whole, found, rest = figure.partition(sign)
    if not found or (re.fullmatch(r"[1-9]\d{0,2}", whole) and re.fullmatch(r"\d{3}", rest)):
        return None
    return sign


def without_noise(number: Decimal) -> Decimal:
    """2066075.5899999999 → 2066075.59: what a spreadsheet's binary figures leave behind beyond their fifteen digits.

    Only a number that becomes at least four digits shorter when it is cut to fifteen, or six when cut to fourteen, is taken for one of
    those: sums leave more behind.
    """
    length = len(number.as_tuple().digits)
    if length < 16:
        return number
    for kept, shorter in ((15, 4), (14, 6)):
        short = Decimal(f"{number:.{kept - 1}e}").normalize()
        if length - len(short.as_tuple().digits) >= shorter:
            return Decimal(f"{short:f}")
    return number


def day_first(cells: Iterable[Cell]) -> bool | None:
    """Whether days come before months; None where no cell is certain, or where they differ."""
    found = set()
    for cell in cells:
        match = _NUMERIC_DAY.fullmatch(cell.strip()) if isinstance(cell, str) else None
        if match:
            first, second = int(match[1]), int(match[3])
            if (first > 12) != (second > 12):
                found.add(first > 12)
    return found.pop() if len(found) == 1 else None
