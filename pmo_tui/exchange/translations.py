"""Words of somebody else's columns and what they mean here: the tables [values.FIELD] of a map."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from pmo_tui.exchange.cells import value_of
from pmo_tui.exchange.conventions import Ways
from pmo_tui.exchange.headers import nearest_field
from pmo_tui.exchange.tables import Cell, plain
from pmo_tui.records.errors import Fault, Problem, Said
from pmo_tui.records.marks import N_
from pmo_tui.records.schema import FieldOf

AS_HERE = Ways(".", None)
"""What a map says is written as here: with a decimal point."""


def word(cell: Cell) -> str:
    """A cell as it is compared: without capitals and blanks around it."""
    return " ".join(plain(cell).casefold().split())


def by_word(values: Mapping[str, Mapping[str, Cell]]) -> dict[str, dict[str, Cell]]:
    """The tables with what stands in a cell as it is compared."""
    return {name: {word(text): meant for text, meant in words.items()} for name, words in values.items()}


def said_twice(values: Mapping[str, Mapping[str, Any]], place: str) -> list[Problem]:
    """What stands twice in one of the tables of the map at `place`."""
    found = []
    for name, words in values.items():
        seen: set[str] = set()
        for text in words:
            if word(text) in seen:
                reason = N_("stands there twice; capitals and blanks make no difference")
                found.append(Problem(reason, f"values.{name}.{text}", place))
            seen.add(word(text))
    return found


def wrong_values(
    values: Mapping[str, Mapping[str, Cell]], fields: Mapping[str, FieldOf], filled: Collection[str], place: str
) -> list[Problem]:
    """What the map at `place` translates into no field, into one that no column fills, or into what the field cannot be."""
    found: list[Problem] = []
    for name, words in values.items():
        here = f"values.{name}"
        if name not in fields or fields[name].field.computed:
            near = nearest_field(name, fields)
            reason = N_("“{field}” is not a field; did you mean {near}?") if near else N_("“{field}” is not a field")
            found.append(Problem(Said(reason, {"field": name, "near": near}), here, place))
        elif name not in filled:
            found.append(Problem(N_("no column of the map goes into this field"), here, place))
        else:
            found += _wrong_words(words, fields[name], here, place)
    return found


def _wrong_words(words: Mapping[str, Cell], item: FieldOf, here: str, place: str) -> list[Problem]:
    found = []
    for text, meant in words.items():
        try:
            value_of(meant, item, AS_HERE)
        except Fault as fault:
            found.append(Problem(fault.reason, f"{here}.{text}", place))
    return found
