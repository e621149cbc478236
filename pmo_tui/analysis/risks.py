"""Scores and bands of risks: probability × impact on a five by five matrix (ISO 31010's consequence / likelihood matrix)."""

from __future__ import annotations

from collections.abc import Sequence

from pmo_tui.records.raid import Risk

BANDS: tuple[tuple[int, str], ...] = ((16, "very_high"), (10, "high"), (5, "medium"), (1, "low"))
"""Lowest score of each band, highest first: 1-4, 5-9, 10-15, 16-25."""


def score(risk: Risk) -> int | None:
    """Probability × impact, 1 to 25; None while either is not assessed."""
    if risk.probability is None or risk.impact is None:
        return None
    return risk.probability * risk.impact


def band(points: int | None, bands: Sequence[tuple[int, str]] = BANDS) -> str | None:
    """The band a score falls into; None for no score."""
    if points is None:
        return None
    return next((name for lowest, name in bands if points >= lowest), None)
