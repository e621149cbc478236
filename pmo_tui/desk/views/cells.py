"""One value as one safe line of a table: references by name, money and dates in the language in use."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from pmo_tui.analysis.risks import band
from pmo_tui.desk.states import FINISHED
from pmo_tui.records.durations import Duration
from pmo_tui.records.schema import FieldOf
from pmo_tui.wording.durations import format_duration
from pmo_tui.wording.languages import _
from pmo_tui.wording.money import format_money
from pmo_tui.wording.numbers import format_number
from pmo_tui.wording.rag import SHAPES, is_rag, rag_text
from pmo_tui.wording.safe import safe
from pmo_tui.wording.shown_days import format_date

if TYPE_CHECKING:
    from pmo_tui.desk.desk import Desk

DUE = frozenset({"due", "due_date", "next_review", "needed_by"})


def cell(desk: Desk, item: FieldOf, value: Any, values: Mapping[str, Any]) -> str:
    """`value` as a table shows it; `values` are the other fields of its record (an amount's currency is among them)."""
    if value is None or value in ("", []):
        return ""
    show = _SHOWN.get(item.field.kind)
    if show is not None:
        return show(desk, item, value, values)
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return format_date(value)
    if isinstance(value, Decimal):
        return format_number(value)
    return safe(value)


def _choice(desk: Desk, item: FieldOf, value: Any, values: Mapping[str, Any]) -> str:
    if is_rag(item.field.choices) and value in SHAPES:
        return rag_text(value)
    return safe(value if _is_own(item, values) else _(value))


def _is_own(item: FieldOf, values: Mapping[str, Any]) -> bool:
    """Whether a field is the organisation's own, whose choices are its own words: its record has no such field."""
    return bool(values) and not item.field.computed and item.name not in values


def _flag(desk: Desk, item: FieldOf, value: Any, values: Mapping[str, Any]) -> str:
    return _("yes") if value else ""


def _reference(desk: Desk, item: FieldOf, value: Any, values: Mapping[str, Any]) -> str:
    return safe(desk.lookup.short(value))


def _list(desk: Desk, item: FieldOf, value: Any, values: Mapping[str, Any]) -> str:
    return safe(", ".join(desk.lookup.short(each) if item.field.refers else str(each) for each in value))


def _rows(desk: Desk, item: FieldOf, value: Any, values: Mapping[str, Any]) -> str:
    if item.name == "predecessors":
        return safe(desk.predecessors(value, values.get("project")))
    return str(len(value))


def _money(desk: Desk, item: FieldOf, value: Any, values: Mapping[str, Any]) -> str:
    return format_money(value, str(values.get(item.field.currency) or ""))


def _duration(desk: Desk, item: FieldOf, value: Any, values: Mapping[str, Any]) -> str:
    return format_duration(Duration.parse(value))


def _percent(desk: Desk, item: FieldOf, value: Any, values: Mapping[str, Any]) -> str:
    return f"{format_number(value)}%"


_SHOWN: dict[str, Callable[[Desk, FieldOf, Any, Mapping[str, Any]], str]] = {
    "choice": _choice, "flag": _flag, "reference": _reference, "list": _list, "rows": _rows, "money": _money,
    "duration": _duration, "percent": _percent,
}  # fmt: skip


def tone(desk: Desk, item: FieldOf, value: Any, values: Mapping[str, Any]) -> str:
    """What colour may stress a cell with: a status colour, `late` for a day gone by on what is not finished, `key` for the key."""
    if item.name == "key":
        return "key"
    if is_rag(item.field.choices) and value in SHAPES:
        return str(value)
    if item.name in DUE and isinstance(value, date) and value < desk.today() and values.get("status") not in FINISHED:
        return "late"
    if item.name in ("score", "inherent_score") and isinstance(value, int):
        return {"very_high": "red", "high": "amber", "medium": "yellow", "low": "green"}[band(value) or "low"]
    return ""
