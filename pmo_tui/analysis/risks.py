"""Scores, bands, heat map and trend of risks: probability × impact on a five by five matrix (ISO 31010's consequence / likelihood)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

if TYPE_CHECKING:
    from pmo_tui.records.raid import Risk

BANDS: tuple[tuple[int, str], ...] = ((16, "very_high"), (10, "high"), (5, "medium"), (1, "low"))
"""Lowest score of each band, highest first: 1-4, 5-9, 10-15, 16-25."""
LEVELS = (1, 2, 3, 4, 5)
ENDED = frozenset({"closed", "occurred"})
"""Risks in these states threaten nothing any more; one that occurred is an issue."""

Which = Literal["residual", "inherent", "target"]
"""As it stands now, as it came in before any response, and as it should become."""


def assessed(risk: Risk, which: Which = "residual") -> tuple[int, int] | None:
    """Probability and impact, each 1 to 5; None while either is not assessed."""
    pairs = {
        "residual": (risk.probability, risk.impact),
        "inherent": (risk.inherent_probability, risk.inherent_impact),
        "target": (risk.target_probability, risk.target_impact),
    }
    probability, impact = pairs[which]
    return None if probability is None or impact is None else (probability, impact)


def score(risk: Risk, which: Which = "residual") -> int | None:
    """Probability × impact, 1 to 25; None while either is not assessed."""
    pair = assessed(risk, which)
    return None if pair is None else pair[0] * pair[1]


def band(points: int | None, bands: Sequence[tuple[int, str]] = BANDS) -> str | None:
    """The band a score falls into; None for no score."""
    if points is None:
        return None
    return next((name for lowest, name in bands if points >= lowest), None)


def is_open(risk: Risk) -> bool:
    """Whether a risk may still happen."""
    return risk.status not in ENDED


class Heat(Struct, frozen=True):
    """Keys of risks by probability and impact (`cells[probability - 1][impact - 1]`), and of those not assessed."""

    cells: tuple[tuple[tuple[str, ...], ...], ...]
    unassessed: tuple[str, ...]

    def keys(self, probability: int, impact: int) -> tuple[str, ...]:
        """The risks in one cell."""
        return self.cells[probability - 1][impact - 1]

    def count(self, probability: int, impact: int) -> int:
        """How many risks are in one cell."""
        return len(self.keys(probability, impact))


def heat(found: Iterable[Risk], which: Which = "residual") -> Heat:
    """The heat map of some risks, in their order."""
    placed: dict[tuple[int, int] | None, list[str]] = {}
    for risk in found:
        placed.setdefault(assessed(risk, which), []).append(risk.key)
    rows = tuple(tuple(tuple(placed.get((p, i), ())) for i in LEVELS) for p in LEVELS)
    return Heat(rows, tuple(placed.get(None, ())))


class Trend(Struct, frozen=True):
    """How a score moved: `new` has none before, "" has none now."""

    direction: Literal["up", "down", "same", "new", ""]
    before: int | None
    now: int | None


def trend(changes: Iterable[tuple[datetime, int | None]], since: datetime) -> Trend:
    """How a score moved since a time, told by each change: when, and the score from then on."""
    before: int | None = None
    now: int | None = None
    for when, points in sorted(changes, key=lambda change: change[0]):
        now = points
        if when <= since:
            before = points
    if now is None:
        return Trend("", before, None)
    if before is None:
        return Trend("new", None, now)
    return Trend("up" if now > before else "down" if now < before else "same", before, now)
