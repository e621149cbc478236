"""Prepared columns: the values of one field for a whole register, for filters and sorting."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import msgspec

from pmo_tui.records.registers import by_name
from pmo_tui.records.schema import FieldOf

if TYPE_CHECKING:
    from pmo_tui.desk.desk import Desk

TYPES: dict[str, Any] = {
    "integer": int, "number": Decimal, "money": Decimal, "percent": Decimal, "hours": Decimal, "date": date,
}  # fmt: skip
Column = dict[str, Any]
"""Values by document number."""


class Columns:
    """Columns made when first asked for and kept until the register (for computed ones: anything) changes."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._kept: dict[tuple[str, str], tuple[int, Column]] = {}

    def column(self, register: str, item: FieldOf) -> Column:
        """The canonical values of a field, for every document of the register."""
        own = item.name not in by_name(register).fields
        make = self._computed if item.field.computed else self._own if own else self._stored
        version = self.desk.store.head() if item.field.computed else self.desk.store.version(register)
        return self._keep(register, item.name, version, lambda: make(register, item))

    def text(self, register: str) -> Column:
        """For free text: everything readable in each record, folded, with the names of what it refers to."""
        return self._keep(register, "*", self.desk.store.head(), lambda: self._text(register))

    def _keep(self, register: str, name: str, version: int, make: Callable[[], Column]) -> Column:
        kept = self._kept.get((register, name))
        if kept is None or kept[0] != version:
            kept = self._kept[register, name] = (version, make())
        return kept[1]

    def _stored(self, register: str, item: FieldOf) -> Column:
        default = item.default
        kind: Any = TYPES.get(item.field.kind, Any)
        only = msgspec.defstruct(
            "Only", [("value", kind | None if kind is not Any else Any, msgspec.field(name=item.name, default=None))]
        )
        decode = msgspec.json.Decoder(only).decode
        shelf = self.desk.store.shelf(register)
        found: Column = {}
        for number in shelf.numbers():
            value: Any = decode(shelf.raw(number)).value  # type: ignore[attr-defined]
            found[number] = default if value is None else value
        return found

    def _own(self, register: str, item: FieldOf) -> Column:
        from pmo_tui.desk.own_fields import loaded

        shelf = self.desk.store.shelf(register)
        return {number: loaded(item, (shelf[number].get("extra") or {}).get(item.name)) for number in shelf.numbers()}

    def _computed(self, register: str, item: FieldOf) -> Column:
        prefix = by_name(register).prefix
        return {
            number: self.desk.computed(f"{prefix}-{number}", item.name)
            for number in self.desk.store.shelf(register).numbers()
        }

    def _text(self, register: str) -> Column:
        refers = {name for name, item in by_name(register).fields.items() if item.field.kind == "reference"}
        titles: dict[str, str] = {}
        shelf = self.desk.store.shelf(register)
        found: Column = {}
        for number in shelf.numbers():
            words: list[str] = []
            for name, value in shelf[number].items():
                if isinstance(value, str):
                    words.append(value)
                    if name in refers:
                        if value not in titles:
                            titles[value] = self.desk.title(value)
                        words.append(titles[value])
                elif isinstance(value, list | dict):
                    words.extend(_strings(value))
            found[number] = "\n".join(words).casefold()
        return found


def _strings(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        value = list(value.values())
    return [text for inner in value for text in _strings(inner)] if isinstance(value, list) else []
