"""Reads a record class: its fields in order, their types, defaults, references and what lies inside rows."""

from __future__ import annotations

import dataclasses
import types
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from msgspec import Struct

from pmo_tui.records.base import Record
from pmo_tui.records.fields import Field

LAST = ("code", "tags", "notes", "source_key", "revision", "extra")
"""Fields of the base class that stand behind a register's own."""


class FieldOf(Struct, frozen=True):
    """A field of a class: its name, its `Field`, whether it must be given, its default, and the class of its rows."""

    name: str
    field: Field
    required: bool
    default: Any
    row: type[Any] | None = None


_FIELDS: dict[type[Any], dict[str, FieldOf]] = {}
_REFERENCES: dict[type[Any], tuple[Reference, ...]] = {}


def fields_of(cls: type[Any]) -> dict[str, FieldOf]:
    """The fields of a record or row class by name: key first, then its own in order of definition, then the common ones."""
    if cls not in _FIELDS:
        _FIELDS[cls] = _read(cls)
    return _FIELDS[cls]


def _read(cls: type[Any]) -> dict[str, FieldOf]:
    hints = get_type_hints(cls, include_extras=True)
    found: dict[str, FieldOf] = {}
    for part in dataclasses.fields(cls):
        hint = hints[part.name]
        if get_origin(hint) is not Annotated:
            continue
        inner, *metadata = get_args(hint)
        described = next(item for item in metadata if isinstance(item, Field))
        required = part.default is dataclasses.MISSING and part.default_factory is dataclasses.MISSING
        default = None
        if part.default is not dataclasses.MISSING:
            default = part.default
        elif part.default_factory is not dataclasses.MISSING:
            default = part.default_factory()
        found[part.name] = FieldOf(part.name, described, required, default, _row_class(inner))
    if not issubclass(cls, Record):
        return found
    own = [name for name in found if name != "key" and name not in LAST]
    ordered = ["key", *own, *(name for name in LAST if name not in cls.without)]
    computed = {name: FieldOf(name, described, False, None) for name, described in cls.computed.items()}
    stored = {name: found[name] for name in ordered}
    return {"key": stored.pop("key")} | _place(stored, computed)


def _place(stored: dict[str, FieldOf], computed: dict[str, FieldOf]) -> dict[str, FieldOf]:
    """The computed fields stand after a register's own and before the common ones."""
    own = {name: item for name, item in stored.items() if name not in LAST}
    return own | computed | {name: stored[name] for name in LAST if name in stored}


def _row_class(hint: Any) -> type[Any] | None:
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        return next((found for part in get_args(hint) if (found := _row_class(part)) is not None), None)
    if origin is list:
        inner = get_args(hint)[0]
        return inner if isinstance(inner, type) and dataclasses.is_dataclass(inner) else None
    return None


class Reference(Struct, frozen=True):
    """Where a record refers to others: a dotted `path` (lists on the way are walked) and the `registers` allowed there."""

    path: str
    registers: tuple[str, ...]


def references_of(cls: type[Any]) -> tuple[Reference, ...]:
    """Every reference in a record class, also inside its rows."""
    if cls not in _REFERENCES:
        _REFERENCES[cls] = _find_references(cls)
    return _REFERENCES[cls]


def _find_references(cls: type[Any]) -> tuple[Reference, ...]:
    found: list[Reference] = []
    for name, item in fields_of(cls).items():
        if item.field.computed:
            continue
        if item.field.refers:
            found.append(Reference(name, item.field.refers))
        elif item.row is not None:
            found.extend(Reference(f"{name}.{inner.path}", inner.registers) for inner in references_of(item.row))
    return tuple(found)
