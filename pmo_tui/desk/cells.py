"""One value as one safe line of a table: references by name, money and dates in the language in use."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from pmo_tui.records.durations import Duration
from pmo_tui.records.schema import FieldOf
from pmo_tui.wording.dates import format_date
from pmo_tui.wording.durations import format_duration
from pmo_tui.wording.languages import _
from pmo_tui.wording.money import format_money
from pmo_tui.wording.numbers import format_number
from pmo_tui.wording.safe import safe

if TYPE_CHECKING:
    from pmo_tui.desk.desk import Desk


def cell(desk: Desk, item: FieldOf, value: Any, values: Mapping[str, Any]) -> str:
    """`value` as a table shows it; `values` are the other fields of its record (an amount's currency is among them)."""
    kind = item.field.kind
    if value is None or value in ("", []):
        return ""
    if kind == "choice":
        return safe(_(value))
    if kind == "flag":
        return _("yes") if value else ""
    if kind == "reference":
        return safe(desk.lookup.short(value))
    if kind == "list" and item.field.refers:
        return safe(", ".join(desk.lookup.short(key) for key in value))
    if kind == "list":
        return safe(", ".join(value))
    if item.name == "predecessors":
        return safe(desk.predecessors(value, values.get("project")))
    if kind == "rows":
        return str(len(value))
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return format_date(value)
    if kind == "money":
        return format_money(value, str(values.get(item.field.currency) or ""))
    if kind == "duration":
        return format_duration(Duration.parse(value))
    if isinstance(value, Decimal):
        return format_number(value) + ("%" if kind == "percent" else "")
    return safe(value)
