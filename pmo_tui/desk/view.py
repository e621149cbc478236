"""A register as it is looked at: filtered, sorted, and decoded row by row when a row is asked for."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from pmo_tui.desk.filter import FREE_TEXT, SCOPE, field_named, parse_filter
from pmo_tui.desk.matching import minutes, test_of
from pmo_tui.desk.scope import members
from pmo_tui.records.registers import Register, by_name
from pmo_tui.records.schema import FieldOf

if TYPE_CHECKING:
    from pmo_tui.desk.desk import Desk


class View:
    """The rows of a register that a filter leaves, in order. `total` counts the rows without the filter."""

    def __init__(self, desk: Desk, register: str, filter_text: str = "", sort: str = "") -> None:
        self.desk = desk
        self.register: Register = by_name(register)
        self.fields = desk.fields(register)
        self.filter_text = filter_text
        self.sort = sort or self.register.cls.natural_order
        numbers: list[str] = list(desk.store.shelf(register).numbers())
        self.total = len(numbers)
        for term in parse_filter(filter_text, self.fields):
            if term.field == SCOPE:
                inside = members(desk, register, term.values[0])
                numbers = [number for number in numbers if inside is None or (number in inside) != term.negated]
                continue
            item = self.fields.get(term.field)
            test = test_of(desk, item, term)
            column = (
                desk.columns.text(register)
                if term.field == FREE_TEXT or item is None
                else desk.columns.column(register, item)
            )
            numbers = [number for number in numbers if test(column[number])]
        prefix = self.register.prefix
        self.keys = [f"{prefix}-{number}" for number in self._sorted(numbers)]
        self._places: dict[str, int] | None = None

    def _sorted(self, numbers: list[str]) -> list[str]:
        """By the last sort column first, each pass stable; records without a value stand last either way."""
        for word in reversed([word.strip() for word in self.sort.split(",") if word.strip()]):
            down = word.startswith("-")
            item = self.fields[field_named(word.lstrip("-"), self.fields)]
            column = self.desk.columns.column(self.register.name, item)
            rank = self._rank(item)
            empty = [number for number in numbers if column[number] is None]
            filled = [number for number in numbers if column[number] is not None]
            numbers = sorted(filled, key=lambda number: rank(column[number]), reverse=down) + empty
        return numbers

    def _rank(self, item: FieldOf) -> Callable[[Any], Any]:
        kind, desk = item.field.kind, self.desk
        if item.name == "key" or (kind == "reference" and self.register.cls.natural_order.startswith(item.name)):
            return by_number
        if kind == "reference":
            return lambda value: desk.title(value).casefold()
        if kind == "choice":
            order = {word: place for place, word in enumerate(item.field.choices)}
            return lambda value: order.get(value, len(order))
        if kind == "duration":
            return lambda value: minutes(value) or 0
        if kind in ("text", "long"):
            return natural
        if kind in ("list", "rows"):
            return len
        return lambda value: value

    def __len__(self) -> int:
        return len(self.keys)

    def key(self, i: int) -> str:
        """The key of row `i`."""
        return self.keys[i]

    def index(self, key: str) -> int | None:
        """The row of `key`, None where the filter leaves it out."""
        if self._places is None:
            self._places = {each: place for place, each in enumerate(self.keys)}
        return self._places.get(key)

    def values(self, i: int) -> dict[str, Any]:
        """Every field of row `i`, computed ones included."""
        return self.desk.values(self.keys[i])

    def value(self, key: str, name: str) -> Any:
        """One field of a row, by the row's key."""
        column = self.desk.columns.column(self.register.name, self.fields[name])
        return column.get(key.rpartition("-")[2])

    def record_key(self, key: str) -> str:
        """The record that a row stands for."""
        return key

    def cells(self, i: int, names: Sequence[str]) -> list[str]:
        """Row `i` as a table shows it, one safe line a field."""
        return self.desk.cells(self.keys[i], names)

    def tones(self, i: int, names: Sequence[str]) -> list[str]:
        """What colour may stress each cell of row `i` with; see `desk.cells.tone`."""
        return self.desk.tones(self.keys[i], names)


def by_number(key: str) -> tuple[str, int]:
    """R-9 before R-10."""
    prefix, _, number = key.rpartition("-")
    return prefix, int(number) if number.isdecimal() else 0


def natural(text: Any) -> tuple[tuple[int, int, str], ...]:
    """Digits by their number, letters without case: 1.9 before 1.10, `a2` before `a10`."""
    parts = re.findall(r"\d+|\D+", str(text).casefold())
    return tuple((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts)
