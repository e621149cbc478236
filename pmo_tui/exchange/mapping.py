"""A map from somebody else's columns to ours, written by an officer in TOML (docs/spreadsheets.md shows one).

register = "projects"            # what a row is
key = "ID"                       # the column that tells rows apart; it becomes the code
source = "capital"               # optional: the same list under another file name next month
decimal = "."                    # optional: how figures are written, where the file cannot tell
days = "day first"               # optional: or "month first"

[columns]
FFC = "budget"                   # a field
BNI = "gates.BNI"                # a gate named BNI, with the date as its first date field
"Delivery Program" = "parent:programmes"    # found by name, added where missing
ID = ["code", "short_name"]      # several at once

[values.status]
"In delivery" = "active"         # what stands there, in any capitals, and what it is here

[constants]
currency = "AUD"

[templates]
name = "{ID} {Delivery Program}"
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from pmo_tui.exchange.conventions import Sign, Ways
from pmo_tui.exchange.tables import Cell
from pmo_tui.exchange.translations import said_twice
from pmo_tui.records.errors import Problem, Refused, Said
from pmo_tui.records.marks import N_
from pmo_tui.records.registers import is_register

KNOWN = ("register", "key", "source", "decimal", "days", "columns", "values", "constants", "templates")
DAYS = {"day first": True, "month first": False}


@dataclass(frozen=True, slots=True)
class ToField:
    """The cell goes into a field of the row's own record."""

    field: str


@dataclass(frozen=True, slots=True)
class ToRelated:
    """A filled cell makes a record of `register` called `name` that belongs to the row's; the cell goes into its `field`."""

    register: str
    name: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class FoundOrAdded:
    """The cell is the name of a record of `register`, added where missing, to which `field` refers."""

    field: str
    register: str


Target = ToField | ToRelated | FoundOrAdded


@dataclass(frozen=True, slots=True)
class TableMap:
    """A map as read; column titles are still the file's own. `values` say by field what the words of a cell mean."""

    name: str
    register: str
    key: str | None = None
    source: str | None = None
    ways: Ways = field(default_factory=Ways)
    columns: dict[str, tuple[Target, ...]] = field(default_factory=dict)
    values: dict[str, dict[str, Cell]] = field(default_factory=dict)
    constants: dict[str, Cell] = field(default_factory=dict)
    templates: dict[str, str] = field(default_factory=dict)


def read_map(data: bytes, name: str) -> TableMap:
    """The map in `data`; Refused names every line of it that cannot be meant."""
    try:
        said: dict[str, Any] = tomllib.loads(data.decode("utf-8-sig"), parse_float=Decimal)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Refused(problems=[Problem(Said(N_("is not TOML ({why})"), {"why": error}), place=name)]) from error
    problems = [_unknown(word, name) for word in said if word not in KNOWN]
    problems += _shape(said, name)
    if problems:
        raise Refused(problems=problems)
    columns: dict[str, tuple[Target, ...]] = {}
    templates: dict[str, str] = {}
    for title, wanted in said.get("columns", {}).items():
        each = wanted if isinstance(wanted, list) else [wanted]
        columns[title] = tuple(_target(str(word), title, name, problems) for word in each)
    for title, text in said.get("templates", {}).items():
        templates[title] = str(text)
    constants = {title: _cell(value) for title, value in said.get("constants", {}).items()}
    values = {
        into: {text: _cell(meant) for text, meant in words.items()} for into, words in said.get("values", {}).items()
    }
    problems += said_twice(values, name)
    if problems:
        raise Refused(problems=problems)
    decimal: Sign | None = said.get("decimal")
    ways = Ways(decimal, DAYS.get(said.get("days", "")))
    return TableMap(
        name, said["register"], said.get("key"), said.get("source"), ways, columns, values, constants, templates
    )


def _unknown(word: str, place: str) -> Problem:
    from pmo_tui.wording.suggest import nearest

    near = nearest(word, KNOWN, 1)
    if near:
        return Problem(Said(N_("is not known here; did you mean {near}?"), {"near": near[0]}), word, place)
    return Problem(Said(N_("is not known here; a map has {names}"), {"names": ", ".join(KNOWN)}), word, place)


def _shape(said: Mapping[str, Any], place: str) -> list[Problem]:
    """What is missing from the map or of the wrong kind."""
    found = []
    if "register" not in said:
        found.append(Problem(N_("is needed: which register the rows belong to"), "register", place))
    elif not is_register(str(said["register"])):
        found.append(Problem(Said(N_("“{name}” is not a register"), {"name": said["register"]}), "register", place))
    for word in ("columns", "constants", "templates"):
        if not isinstance(said.get(word, {}), dict):
            found.append(Problem(N_("a table is expected, such as [columns]"), word, place))
    values = said.get("values", {})
    if not isinstance(values, dict) or not all(isinstance(words, dict) for words in values.values()):
        found.append(Problem(N_("a table for each field is expected, such as [values.status]"), "values", place))
    for word in ("key", "source"):
        if not isinstance(said.get(word, ""), str):
            found.append(Problem(N_("text is expected"), word, place))
    if said.get("decimal", ".") not in (".", ","):
        found.append(Problem(N_('is "." or ","'), "decimal", place))
    if said.get("days", "day first") not in DAYS:
        found.append(Problem(N_('is "day first" or "month first"'), "days", place))
    return found


def _target(word: str, title: str, place: str, problems: list[Problem]) -> Target:
    head, colon, rest = word.partition(":")
    if colon:
        if not is_register(rest):
            problems.append(Problem(Said(N_("“{name}” is not a register"), {"name": rest}), title, place))
        return FoundOrAdded(head.strip(), rest.strip())
    head, dot, rest = word.partition(".")
    if dot:
        if not is_register(head):
            problems.append(Problem(Said(N_("“{name}” is not a register"), {"name": head}), title, place))
        called, _dot, into = rest.partition(".")
        return ToRelated(head, called, into)
    return ToField(word)


def _cell(value: Any) -> Cell:
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int):
        return Decimal(value)
    if isinstance(value, time):
        return value.isoformat()
    if isinstance(value, str | Decimal | date | datetime):
        return value
    return str(value)
