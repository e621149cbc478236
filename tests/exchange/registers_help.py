"""What the tests of register tables share: own fields, and what an import of a batch would change."""

from __future__ import annotations

import io
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import msgspec

from pmo_tui.exchange.csv_file import read_table, write_table
from pmo_tui.exchange.incoming import Find, Incoming
from pmo_tui.exchange.mapping import TableMap
from pmo_tui.exchange.registers import Reading, from_table
from pmo_tui.exchange.tables import Table
from pmo_tui.exchange.xlsx_file import read_workbook, write_workbook
from pmo_tui.records.fields import Field
from pmo_tui.records.registers import by_name
from pmo_tui.records.schema import FieldOf

OWN = {
    "cost_owner": FieldOf("cost_owner", Field("Cost owner"), False, None),
    "go_no_go": FieldOf("go_no_go", Field("Go / no go", "date"), False, None),
    "weight": FieldOf("weight", Field("Weight", "number"), False, None),
}


def fields(register: str, own: Mapping[str, FieldOf] = OWN) -> dict[str, FieldOf]:
    """Built-in and own fields, as the desk has them."""
    return {name: item for name, item in by_name(register).fields.items() if name != "extra"} | dict(own)


def as_csv(table: Table) -> bytes:
    stream = io.BytesIO()
    write_table(table, stream, bom=True)
    return stream.getvalue()


def as_xlsx(table: Table) -> bytes:
    stream = io.BytesIO()
    write_workbook([table], stream)
    return stream.getvalue()


def read(data: bytes | str, register: str, name: str = "", mapping: TableMap | None = None, **more: Any) -> Reading:
    """The reading of a file's content."""
    data = data.encode() if isinstance(data, str) else data
    name = name or f"{register}.csv"
    table = read_workbook(data, name) if data.startswith(b"PK") else read_table(data, name)
    return from_table(table, by_name(register), fields(register), mapping=mapping, source=name, **more)


def plain(value: Any) -> Any:
    """A value as the store keeps it, with what is looked up taken as found by key, and numbers compared as numbers."""
    if isinstance(value, Find):
        return value.text
    if isinstance(value, list):
        return [plain(item) for item in value] or None
    if isinstance(value, dict):
        return {name: plain(inner) for name, inner in value.items()} or None
    if isinstance(value, Decimal | int) and not isinstance(value, bool):
        return Decimal(value).normalize()
    return None if value == "" else msgspec.to_builtins(value)


def changes(document: Mapping[str, Any], incoming: Incoming) -> dict[str, Any]:
    """The fields that importing would change in the document."""
    own = document.get("extra") or {}
    known = fields(incoming.register)
    found = {}
    for name, value in incoming.values.items():
        before = document.get(name, own.get(name))
        if known[name].field.kind in ("integer", "number", "money", "percent", "hours") and before is not None:
            before = Decimal(str(before))
        if plain(before) != plain(value):
            found[name] = value
    return found
