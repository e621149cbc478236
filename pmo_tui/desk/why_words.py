"""A figure with what it stands on, as lines for people and as nested objects for scripts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from pmo_tui.analysis.figure import Figure, Source, Value
from pmo_tui.desk.plain import as_json
from pmo_tui.desk.said import said
from pmo_tui.records.documents import document_of
from pmo_tui.records.registers import looks_like_key, register_of
from pmo_tui.records.schema import fields_of
from pmo_tui.wording.languages import _
from pmo_tui.wording.money import format_money
from pmo_tui.wording.numbers import format_number
from pmo_tui.wording.shown_days import format_date

if TYPE_CHECKING:
    from pmo_tui.desk.desk import Desk


@dataclass(frozen=True, slots=True)
class Step:
    """One line of a trace, `depth` levels down: what it is called, its value and formula in words, and the record it leads to."""

    depth: int
    name: str
    value: str
    formula: str
    key: str


def steps(desk: Desk, found: Figure) -> Iterator[Step]:
    """The lines of a tree, depth first."""
    for depth, part in found.walk():
        if isinstance(part, Source):
            name, value = _source_words(desk, part)
            yield Step(depth, name, value, "", part.key)
        else:
            value = written(part.value, part.unit) or "–"
            why = f"({said(part.reason)})" if part.reason is not None else _(part.formula)
            key, _slash, _line = part.name.partition("/")
            yield Step(depth, _(part.name), value, why, key if looks_like_key(key) else "")


def written(value: Value, unit: str = "") -> str:
    """A value as a person reads it; "" for none."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, Decimal | int):
        if len(unit) == 3 and unit.isupper():
            return format_money(Decimal(value), unit)
        number = format_number(value)
        return f"{number}{unit}" if unit in ("", "%") else f"{number} {unit}"
    return format_date(value) if isinstance(value, date) else _(value)


def _source_words(desk: Desk, source: Source) -> tuple[str, str]:
    """What a fact is called, with its record, and its value as that field is written."""
    if not source.key or not source.field:
        name = f"{source.key}  {_(source.label)}" if source.key else _(source.label)
        return name, written(source.value)
    record = desk.record(source.key)
    around = {} if record is None else document_of(record)
    item = desk.fields(register_of(source.key).name).get(source.field.partition(".")[0])
    label = _(item.field.label) if item is not None else source.field
    if item is not None and item.row is not None and source.field.count(".") == 2:
        line, name = source.field.split(".")[1:]
        item = fields_of(item.row)[name]
        label = _("line {number}: {label}").format(number=line, label=_(item.field.label))
    value = desk.cell(item, source.value, around) if item is not None else written(source.value)
    return f"{source.key}  {label}", value or "–"


def as_tree(part: Figure | Source) -> dict[str, Any]:
    """A figure as scripts get it: nested objects with canonical values."""
    if isinstance(part, Source):
        found = {"key": part.key, "field": part.field, "label": part.label, "value": as_json(part.value)}
        return {name: value for name, value in found.items() if value != "" or name == "value"}
    return {
        "figure": part.name,
        "value": as_json(part.value),
        "unit": part.unit,
        "formula": part.formula,
        "reason": said(part.reason) if part.reason is not None else None,
        "inputs": [as_tree(each) for each in part.inputs],
    }
