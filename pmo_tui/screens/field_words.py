"""What a field means and takes, in words, for whoever asks with `?` or has to type it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from pmo_tui.records.marks import N_
from pmo_tui.records.registers import by_name
from pmo_tui.records.schema import FieldOf
from pmo_tui.wording.languages import _
from pmo_tui.wording.safe import safe

HOW: Mapping[str, str] = {
    "date": N_("fri, +2w, 31-12, w48, eom"),
    "duration": N_("5d, 40h, 2w"),
    "money": N_("1234.50 or 10k"),
    "hours": N_("20h/w, 50% or 0.5fte"),
    "flag": N_("yes or no"),
    "reference": N_("key, code or name"),
}
"""How a field of a kind is typed, by examples."""


def meaning(item: FieldOf) -> str:
    """Label, help, what it takes and how that is typed, whether it is needed; as safe text."""
    field = item.field
    parts = [_(field.label) + (f" ({field.unit})" if field.unit else ""), _(field.help) if field.help else ""]
    if field.choices:
        parts.append(" · ".join(_(word) for word in field.choices))
    elif field.refers:
        parts.append(_("of {registers}").format(registers=", ".join(_(by_name(name).label) for name in field.refers)))
    elif field.low is not None and field.high is not None:
        parts.append(f"{field.low}–{field.high}")
    if field.computed:
        parts.append(_("worked out, not typed"))
    elif field.kind in HOW:
        parts.append(_(HOW[field.kind]))
    parts.append(_("is needed") if item.required and not field.computed else "")
    return safe("; ".join(part for part in parts if part))


def when_typed(time: datetime) -> str:
    """When a text was typed: the time of today, the day of any other."""
    from pmo_tui.wording.shown_days import format_date

    return time.strftime("%H:%M") if time.date() == datetime.now().date() else format_date(time.date(), "short")
