"""A derived value that can say where it comes from, down to the fields of records."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from msgspec import Struct

from pmo_tui.records.errors import Said

Value = Decimal | int | date | str | bool | None


class Source(Struct, frozen=True):
    """An input that is a fact: the field `field` of the record `key`, or a setting (no key) called `label`."""

    key: str
    field: str
    value: Value
    label: str = ""


class Figure(Struct, frozen=True):
    """`name` (marked for translation) is `value` in `unit` (an ISO currency, h, d, %, or nothing), by `formula` in words of `inputs`.

    Undefined is None with a `reason`, never 0 or infinity.
    """

    name: str
    value: Value
    unit: str = ""
    formula: str = ""
    inputs: tuple[Figure | Source, ...] = ()
    reason: Said | None = None

    def walk(self, depth: int = 0) -> Iterator[tuple[int, Figure | Source]]:
        """This figure and everything it stands on, depth first, each with how deep it lies."""
        yield depth, self
        for part in self.inputs:
            if isinstance(part, Figure):
                yield from part.walk(depth + 1)
            else:
                yield depth + 1, part


def total(name: str, parts: tuple[Figure | Source, ...], unit: str = "", formula: str = "") -> Figure:
    """The sum of what is defined among `parts`."""
    values = [
        part.value for part in parts if isinstance(part.value, Decimal | int) and not isinstance(part.value, bool)
    ]
    return Figure(name, sum((Decimal(value) for value in values), Decimal(0)), unit, formula, parts)


def undefined(
    name: str, template: str, unit: str = "", inputs: tuple[Figure | Source, ...] = (), **values: object
) -> Figure:
    """A figure that has no value, and why; `template` is marked for translation."""
    return Figure(name, None, unit, "", inputs, Said(template, values))
