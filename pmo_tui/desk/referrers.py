"""Which records refer to a record, register by register, and how one is told in a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pmo_tui.records.registers import REGISTERS, references, register_of

if TYPE_CHECKING:
    from pmo_tui.desk.desk import Desk


def referrers(desk: Desk, key: str) -> dict[str, list[str]]:
    """Keys of the records that refer to `key`, by register, registers without any left out."""
    name = register_of(key).name
    found: dict[str, list[str]] = {}
    for register in REGISTERS:
        shelf = desk.store.shelf(register.name)
        numbers: dict[str, None] = {}
        for reference in references(register.name):
            if len(shelf) and name in reference.registers:
                numbers |= dict.fromkeys(shelf.where(reference.path, key))
        if numbers:
            found[register.name] = [f"{register.prefix}-{number}" for number in sorted(numbers, key=int)]
    return found


def summary(desk: Desk, key: str) -> str:
    """A record in a line: the fields of its table, without its key, what is empty left out. Safe text."""
    fields = desk.fields(register_of(key).name)
    names = [name for name, item in fields.items() if item.field.shown and name != "key" and item.field.kind != "long"]
    return " · ".join(cell for cell in desk.cells(key, names[:6]) if cell)
