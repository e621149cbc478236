"""Computed lists: rows that follow from several registers, listed, filtered, sorted and exported like a register.

A new list is one definition and one line in `list_names.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any, TypeVar

from pmo_tui.desk.views.cells import cell, tone
from pmo_tui.desk.views.columns import Lines
from pmo_tui.desk.views.hits import Hits
from pmo_tui.desk.views.list_names import LISTS
from pmo_tui.desk.views.scope import ME, nodes
from pmo_tui.desk.views.view import View
from pmo_tui.records.base import NODES
from pmo_tui.records.errors import NotFound
from pmo_tui.records.fields import Field
from pmo_tui.records.marks import N_
from pmo_tui.records.registers import REGISTERS, by_name, is_register
from pmo_tui.records.schema import FieldOf
from pmo_tui.wording.languages import current

if TYPE_CHECKING:
    from pmo_tui.desk.desk import Desk

T = TypeVar("T")
Values = dict[str, Any]
"""A row: values by field, of the fields' kinds."""


@dataclass(frozen=True, slots=True)
class ListDefinition:
    """A computed list: what it is called, its fields, and how its rows are made.

    `key` tells which record a row opens. `identity` are the fields that tell a row from the others. `order` is how the rows are sorted
    where nothing is said: fields as in `--sort`, or as they come.
    """

    name: str
    label: str
    fields: dict[str, FieldOf]
    rows: Callable[[Desk], list[Values]]
    key: Callable[[Mapping[str, Any]], str]
    identity: tuple[str, ...] = ("key",)
    order: str = ""

    def identify(self, row: Mapping[str, Any]) -> str:
        """What tells a row from the others, as one word."""
        return "/".join(str(row[name]) for name in self.identity)


def fields_named(**fields: Field) -> dict[str, FieldOf]:
    """Fields of a list by name, in order."""
    return {name: FieldOf(name, field, False, None) for name, field in fields.items()}


def list_named(name: str) -> ListDefinition:
    """The computed list called `name`, loaded when it is asked for; NotFound names the registers and lists there are."""
    if name not in LISTS:
        names = ", ".join([*(register.name for register in REGISTERS), *LISTS])
        raise NotFound(N_("There is no register or list “{name}”."), N_("There are {names}."), name=name, names=names)
    module, attribute = LISTS[name].split(":")
    found: ListDefinition = getattr(import_module(f"pmo_tui.desk.{module}"), attribute)
    return found


def natural_order(name: str) -> str:
    """How a register or computed list is sorted where nothing is said: fields as in `--sort`, "" for as they come."""
    return by_name(name).cls.natural_order if is_register(name) else list_named(name).order


class Lists:
    """The rows of computed lists, kept until anything changes, the day or the language."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._kept: dict[str, tuple[tuple[int, int, str], dict[str, Values]]] = {}
        self._prepared: dict[str, tuple[dict[str, Values], dict[str, Any]]] = {}

    def known(self, name: str) -> bool:
        """Whether a list was made before: making it again after a change is quick then."""
        return name in self._kept

    def rows(self, definition: ListDefinition) -> dict[str, Values]:
        """The rows of a list by what identifies them, in its own order."""
        at = (self.desk.store.head(), self.desk.today().toordinal(), current().code)
        kept = self._kept.get(definition.name)
        if kept is None or kept[0] != at:
            rows = {definition.identify(row): row for row in definition.rows(self.desk)}
            kept = self._kept[definition.name] = (at, rows)
        return kept[1]

    def prepared(self, name: str, rows: dict[str, Values], what: str, make: Callable[[], T]) -> T:
        """Something that is made of the rows of a list for filters and sorting, kept as long as these rows are."""
        kept = self._prepared.get(name)
        if kept is None or kept[0] is not rows:
            kept = self._prepared[name] = (rows, {})
        if what not in kept[1]:
            kept[1][what] = make()
        found: T = kept[1][what]
        return found


class ListView(View):
    """The rows of a computed list that a filter leaves, in order."""

    register: ListDefinition

    def __init__(self, desk: Desk, definition: ListDefinition, filter_text: str = "", sort: str = "") -> None:
        self.register = definition
        self._rows = desk.lists.rows(self.register)
        super().__init__(desk, self.register.fields, filter_text, sort or self.register.order)

    def _all(self) -> list[str]:
        return list(self._rows)

    def _column(self, item: FieldOf, rows: Sequence[str] | None = None) -> Mapping[str, Any]:
        return self._prepared(item.name, lambda: {row: values.get(item.name) for row, values in self._rows.items()})

    def _prepared(self, what: str, make: Callable[[], T]) -> T:
        return self.desk.lists.prepared(self.register.name, self._rows, what, make)

    def _hits(self) -> Hits | None:
        return self._prepared(f"* in order of {self.sort}", lambda: Hits(self.desk.today()))

    def _lines(self) -> Lines | None:
        return self._prepared("* in one piece", lambda: Lines(self._text()))

    def _text(self) -> Mapping[str, str]:
        return self._prepared("*", self._all_words)

    def _all_words(self) -> Mapping[str, str]:
        titles: dict[str, str] = {}
        return {row: "\n".join(self._words(values, titles)).casefold() for row, values in self._rows.items()}

    def _words(self, values: Values, titles: dict[str, str]) -> list[str]:
        words: list[str] = []
        for name, value in values.items():
            for each in value if isinstance(value, list) else [value]:
                if not isinstance(each, str):
                    continue
                words.append(each)
                if self.fields[name].field.refers:
                    words.append(titles.setdefault(each, self.desk.title(each)))
        return words

    def _members(self, word: str) -> set[str] | None:
        """Rows that name me or a node inside the scope, in any field; None where the list knows neither."""
        mine = word.casefold() == ME
        registers = {"people"} if mine else set(NODES)
        named = [name for name, item in self.fields.items() if registers & set(item.field.refers)]
        if not named:
            return None
        keys = {self.desk.me()} if mine else nodes(self.desk, word)
        return {row for row, values in self._rows.items() if any(_names(values[name], keys) for name in named)}

    def values(self, i: int, names: Sequence[str] | None = None) -> Values:
        found = self._rows[self.keys[i]]
        return {name: found.get(name) for name in (self.fields if names is None else names)}

    def value(self, key: str, name: str) -> Any:
        return self._rows[key].get(name)

    def record_key(self, key: str) -> str:
        return self.register.key(self._rows[key])

    def cells(self, i: int, names: Sequence[str]) -> list[str]:
        row = self._rows[self.keys[i]]
        return [cell(self.desk, self.fields[name], row.get(name), row) for name in names]

    def tones(self, i: int, names: Sequence[str]) -> list[str]:
        row = self._rows[self.keys[i]]
        return [tone(self.desk, self.fields[name], row.get(name), row) for name in names]


def _names(value: Any, keys: set[str]) -> bool:
    return not keys.isdisjoint(value) if isinstance(value, list) else value in keys
