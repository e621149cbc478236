"""Risks as the risk log lists them: the score with the letter of its band, an arrow for what moved, opportunities told apart."""

from __future__ import annotations

from collections.abc import Sequence

from pmo_tui.analysis.risks import Which, band, score
from pmo_tui.desk.raid.risk_log import OPPORTUNITY
from pmo_tui.desk.views.view import RegisterView
from pmo_tui.records.raid import Risk
from pmo_tui.wording.languages import _

THREAT_TONES = {"very_high": "red", "high": "amber", "medium": "yellow", "low": "green"}
OPPORTUNITY_TONES = {"very_high": "good", "high": "green", "medium": "blue", "low": "faint"}
KINDS = {"threat": "−", "opportunity": "+"}
ARROWS = {"up": "▲", "down": "▼", "same": "=", "new": "*"}
PAIRS: dict[Which, tuple[str, str, str]] = {
    "residual": ("probability", "impact", "score"),
    "inherent": ("inherent_probability", "inherent_impact", "inherent_score"),
    "target": ("target_probability", "target_impact", "target_score"),
}
"""The fields of each assessment: probability, impact, score."""
SCORES = {pair[2]: which for which, pair in PAIRS.items()}
OWN = frozenset({"kind", "trend", *SCORES})
"""Fields that this list shows in its own way."""


def letter(name: str) -> str:
    """The letter of a band in the language in use."""
    return _(name)[:1].upper()


def band_tone(points: int | None, kind: str) -> str:
    """The tone of a score: the higher a threat, the redder; an opportunity is never red."""
    name = band(points)
    if name is None:
        return ""
    return (OPPORTUNITY_TONES if kind == OPPORTUNITY else THREAT_TONES)[name]


class RiskView(RegisterView):
    """The risks that a filter leaves. Trends are shown once the journal has been read for them."""

    def cells(self, i: int, names: Sequence[str]) -> list[str]:
        """Row `i` as the risk log shows it."""
        plain = [name for name in names if name not in OWN]
        texts = dict(zip(plain, super().cells(i, plain), strict=True))
        risk = self.desk.record(self.keys[i])
        if not isinstance(risk, Risk):
            return [texts.get(name, "") for name in names]
        return [texts[name] if name in texts else self._own(risk, name) for name in names]

    def _own(self, risk: Risk, name: str) -> str:
        if name == "kind":
            return KINDS[risk.kind]
        if name == "trend":
            return ARROWS.get(self._moved(risk), "")
        points = score(risk, SCORES[name])
        return "" if points is None else f"{points} {letter(band(points) or '')}"

    def _moved(self, risk: Risk) -> str:
        return self.desk.trends.of(risk).direction if self.desk.trends.begun else ""

    def tones(self, i: int, names: Sequence[str]) -> list[str]:
        """What stresses each cell of row `i`."""
        plain = [name for name in names if name not in OWN]
        found = dict(zip(plain, super().tones(i, plain), strict=True))
        risk = self.desk.record(self.keys[i])
        if not isinstance(risk, Risk):
            return [""] * len(names)
        return [found[name] if name in found else self._own_tone(risk, name) for name in names]

    def _own_tone(self, risk: Risk, name: str) -> str:
        if name == "kind":
            return "good" if risk.kind == OPPORTUNITY else "faint"
        if name == "trend":
            worse = "down" if risk.kind == OPPORTUNITY else "up"
            moved = self._moved(risk)
            return "red" if moved == worse else "good" if moved in ("up", "down") else "faint"
        return band_tone(score(risk, SCORES[name]), risk.kind)
