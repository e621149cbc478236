"""The rows inside a record as text to edit: a line of field names (in other languages than English of labels; names are understood
there too), then a line a row, cells between bars.

    quantity | unit | price | project
    10       | day  | 1000  | P-1

Cells are typed as in a form: references by key, code or name, amounts and dates as people write them. A bar or a backslash inside a
cell is written `\\|` and `\\\\`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from pmo_tui.records.errors import Fault
from pmo_tui.records.marks import N_
from pmo_tui.records.schema import FieldOf, fields_of
from pmo_tui.wording.languages import _

if TYPE_CHECKING:
    from pmo_tui.desk.desk import Desk

BAR = re.compile(r"(?:[^|\\]|\\.)*")


def rows_text(desk: Desk, item: FieldOf, rows: Sequence[Any]) -> str:
    """The rows as text: the fields that any of them fills; where there are none the fields that a row needs, and no row."""
    inner = _inner(item)
    used = [
        name for name, field in inner.items()
        if field.required or any(_given(row, name, field) for row in rows)
    ]  # fmt: skip
    if not rows:
        used = [name for name, field in inner.items() if field.required or name in USUAL]
    lines = [
        [_head(inner, name) for name in used],
        *([_escaped(desk.text(inner[name], _value(row, name))) for name in used] for row in rows),
    ]
    widths = [max(len(line[place]) for line in lines) for place in range(len(used))]
    return "\n".join(
        " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines
    )


USUAL = frozenset({"description", "unit", "project", "order_line", "vat_rate", "vat_category"})
"""Fields that an empty list of rows offers beside those that are needed."""


def parse_rows(desk: Desk, item: FieldOf, text: str) -> list[dict[str, Any]]:
    """The rows in `text`; Fault names line and field of what is not understood. A head alone is no rows."""
    inner = _inner(item)
    lines = [(number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    if not lines:
        return []
    named = {_head(inner, name).casefold(): name for name in inner} | {name: name for name in inner}
    names = []
    for cell in map(str.strip, _cells(lines[0][1])):
        if cell.casefold() not in named:
            heads = ", ".join(_head(inner, name) for name in inner)
            raise Fault(N_("line 1: {name} is not a field here; the fields are {fields}"), name=cell, fields=heads)
        names.append(named[cell.casefold()])
    return [_row(desk, inner, names, number, line) for number, line in lines[1:]]


def _row(desk: Desk, inner: dict[str, FieldOf], names: list[str], number: int, line: str) -> dict[str, Any]:
    cells = [cell.strip() for cell in _cells(line)]
    if len(cells) > len(names):
        raise Fault(
            N_("line {number} has {found} cells under {count} names; write a bar inside a cell as \\|"),
            number=number,
            found=len(cells),
            count=len(names),
        )
    row: dict[str, Any] = {}
    for name, cell in zip(names, cells, strict=False):
        try:
            value = desk.parse(inner[name], cell, row)
        except ValueError as error:
            why = error.reason.words(_) if isinstance(error, Fault) else str(error)
            raise Fault(N_("line {number}, {name}: {why}"), number=number, name=_head(inner, name), why=why) from error
        if value is not None:
            row[name] = value
    return row


def _head(inner: dict[str, FieldOf], name: str) -> str:
    """What a column is called: the field's name in English, its label in another language."""
    label = inner[name].field.label
    return name if _(label) == label else _(label).casefold()


def _inner(item: FieldOf) -> dict[str, FieldOf]:
    assert item.row is not None
    return fields_of(item.row)


def _value(row: Any, name: str) -> Any:
    return row.get(name) if isinstance(row, dict) else getattr(row, name)


def _given(row: Any, name: str, field: FieldOf) -> bool:
    value = _value(row, name)
    return value not in (None, "", []) and value != field.default


def _cells(line: str) -> list[str]:
    found, place = [], 0
    while place <= len(line):
        match = BAR.match(line, place)
        assert match is not None
        found.append(re.sub(r"\\(.)", r"\1", match[0]))
        place = match.end() + 1
    return found


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("\n", " ")
