"""What the widgets of the risk log show, made of the desk's picture of the risks: cells of the map, figures, the card of one risk."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from pmo_tui.analysis.figure import Figure
from pmo_tui.analysis.risks import BANDS, LEVELS, Which, band, score
from pmo_tui.desk.raid.risk_log import OPPORTUNITY, THREAT, Picture
from pmo_tui.desk.raid.risk_view import ARROWS, KINDS, band_tone, letter
from pmo_tui.desk.said import said
from pmo_tui.records.marks import N_
from pmo_tui.records.raid import Risk
from pmo_tui.widgets.figure_line import ShownFigure
from pmo_tui.widgets.heat_map import HeatCell
from pmo_tui.widgets.text_page import TextLine, two_columns
from pmo_tui.wording.languages import _
from pmo_tui.wording.money import format_compact, format_money
from pmo_tui.wording.numbers import format_number
from pmo_tui.wording.safe import safe

if TYPE_CHECKING:
    from pmo_tui.desk.desk import Desk

ASSESSMENTS: dict[Which, str] = {
    "residual": N_("as it stands"),
    "inherent": N_("as it came in"),
    "target": N_("as it should become"),
}
IN_A_WORD: tuple[tuple[Which, str], ...] = (
    ("inherent", N_("came in")),
    ("residual", N_("now")),
    ("target", N_("target")),
)
PROBABILITY, IMPACT = N_("P"), N_("I")
"""The two in a letter."""
LABEL = 8
LONGEST = 400
"""So many letters of a text stand on the card; the record has all of it."""
TEXTS = (("cause", N_("Cause")), ("event", N_("Event")), ("effect", N_("Effect")), ("response_plan", N_("Plan")))


def cells_of(picture: Picture, kind: str) -> list[list[HeatCell]]:
    """The cells of the map, of one kind of risk or of both."""
    threats, opportunities = picture.heat(THREAT), picture.heat(OPPORTUNITY)
    counts = [
        [(threats.count(p, i) * (kind != OPPORTUNITY), opportunities.count(p, i) * (kind != THREAT)) for i in LEVELS]
        for p in LEVELS
    ]
    return [
        [HeatCell(*counts[p - 1][i - 1], letter(band(p * i) or ""), band_tone(p * i, kind or THREAT)) for i in LEVELS]
        for p in LEVELS
    ]


def title_of(picture: Picture) -> str:
    """What the map shows."""
    return f"{_(PROBABILITY)} ↑  {_(IMPACT)} →  {_(ASSESSMENTS[picture.which])}"


def figures_of(picture: Picture, *, full: bool) -> list[ShownFigure]:
    """The line of figures; amounts written out when `full`, else rounded."""
    sums = picture.exposure

    def money(amount: Decimal) -> str:
        return format_money(amount, sums.currency, 0) if full else format_compact(amount, sums.currency)

    found = [
        ShownFigure("open", _("open"), format_number(picture.open)),
        ShownFigure("threats", _("threats"), money(sums.threats), "red" if sums.threats else ""),
        ShownFigure(
            "opportunities", _("opportunities"), money(sums.opportunities), "good" if sums.opportunities else ""
        ),
        ShownFigure("net", _("net"), money(sums.net)),
        ShownFigure("due", _("to review"), format_number(len(picture.due)), "late" if picture.due else ""),
    ]
    if sums.unweighed:
        found.append(ShownFigure("unweighed", _("without value"), format_number(len(sums.unweighed)), "amber"))
    if picture.of_ended:
        found.append(ShownFigure("ended", _("of ended projects"), format_number(len(picture.of_ended)), "amber"))
    return found


def figures_to_come() -> list[ShownFigure]:
    """The line of figures while they are worked out."""
    labels = {
        "open": _("open"),
        "threats": _("threats"),
        "opportunities": _("opportunities"),
        "net": _("net"),
        "due": _("to review"),
    }
    return [ShownFigure(name, label, "…", "faint") for name, label in labels.items()]


def legend() -> list[tuple[str, str]]:
    """The signs of the log with their meaning."""
    limits = dict(zip((name for _lowest, name in BANDS), (25, *(lowest - 1 for lowest, _name in BANDS)), strict=False))
    bands = [f"{letter(name)} {_(name)} {lowest}–{limits[name]}" for lowest, name in reversed(BANDS)]
    moved = {"up": _("up"), "down": _("down"), "same": _("same"), "new": _("new")}
    return [
        ("±", " · ".join(f"{sign} {_(kind)}" for kind, sign in KINDS.items())),
        ("↕", _("in four weeks: {signs}").format(signs=" · ".join(f"{ARROWS[word]} {moved[word]}" for word in ARROWS))),
        (f"{_('Score')}, {_('Map')}", " · ".join(bands)),
        ("3+1", _("three threats and an opportunity in a cell of the map")),
    ]


def card_of(desk: Desk, risk: Risk) -> Sequence[TextLine]:
    """The card of a risk: cause and effect, what it may cost, how its score came about."""
    kind = " · ".join(safe(_(word)) for word in (risk.kind, risk.category, risk.response) if word)
    lines = [two_columns(risk.key, kind, LABEL, "strong")]
    lines.append(two_columns(_("Score"), _scores(risk) + _moved(desk, risk), LABEL))
    lines.append(two_columns(_("Expected"), _worth(desk.risk_log.emv(risk)), LABEL))
    for name, label in TEXTS:
        text = getattr(risk, name)
        if text:
            lines.append(two_columns(_(label), safe(text[:LONGEST]), LABEL))
    return lines


def _scores(risk: Risk) -> str:
    parts = [f"{_(word)} {points}" for which, word in IN_A_WORD if (points := score(risk, which)) is not None]
    return " → ".join(parts) or _("not assessed")


def _moved(desk: Desk, risk: Risk) -> str:
    found = desk.trends.of(risk) if desk.trends.begun else None
    if found is None or found.direction not in ("up", "down"):
        return ""
    return "  " + _("({before} four weeks ago)").format(before=found.before)


def _worth(figure: Figure) -> str:
    """The expected value with what it is made of; why not, where it is not known."""
    if not isinstance(figure.value, Decimal):
        return safe(said(figure.reason)) if figure.reason else "–"
    worth = format_money(figure.value, figure.unit, 0)
    parts = [part.value for part in figure.inputs if isinstance(part, Figure) and isinstance(part.value, Decimal)]
    if len(parts) != len(figure.inputs):
        return worth
    return f"{worth} = {format_number(parts[0])}% × {format_money(parts[1], figure.unit, 0)}"
