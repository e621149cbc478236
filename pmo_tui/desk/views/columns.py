"""Prepared columns: the values of one field for a whole register, for filters and sorting."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING, Any

import msgspec

from pmo_tui.desk.views.hits import Hits
from pmo_tui.desk.views.upkeep import Upkeep
from pmo_tui.records.registers import by_name
from pmo_tui.records.schema import FieldOf
from pmo_tui.wording.languages import current

if TYPE_CHECKING:
    from pmo_tui.desk.desk import Desk
    from pmo_tui.desk.planning.plan_columns import PlanColumns

TYPES: dict[str, Any] = {
    "integer": int, "number": Decimal, "money": Decimal, "percent": Decimal, "hours": Decimal, "date": date,
}  # fmt: skip
Column = dict[str, Any]
"""Values by document number. One that was handed out stays as it is."""
Reader = Callable[[Sequence[str], Iterable[msgspec.Raw]], Column]
"""Makes a column of numbers and their documents, all in one go: a call for each would take longer than decoding it."""
PLANNED = "tasks"
"""The register of which there may be so many that computed fields are worked out plan by plan."""
FEW = 4
"""A column is made for some rows alone where they are less than one in so many."""
OWN_FIELDS = "fields"
"""The register that says which fields an organisation has of its own."""


class Kept(msgspec.Struct):
    """A column as of a transaction, and what reads it from documents."""

    head: int
    column: Column
    read: Reader
    titles: dict[str, str] = {}


class Columns:
    """Columns made when first asked for, and mended where documents changed; computed ones are made again when anything did."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._upkeep = Upkeep(desk.store)
        self._kept: dict[tuple[str, str], Kept] = {}
        self._computed: dict[tuple[str, str], tuple[int, Column]] = {}
        self._lines: dict[str, tuple[Column, Lines]] = {}
        self._hits: dict[tuple[str, str], Hits] = {}

    def column(self, register: str, item: FieldOf, rows: Sequence[str] | None = None) -> Column:
        """The canonical values of a field, for every document of the register; where there is no such column yet and `rows`
        are few of many, for those alone."""
        if item.field.computed:
            return self._worked_out(register, item)
        own = item.name not in by_name(register).fields
        if rows is not None and (register, item.name) not in self._kept:
            shelf = self.desk.store.shelf(register)
            if len(rows) * FEW < len(shelf):
                read = _own(item) if own else _stored(item)
                return read(*shelf.undecoded(rows))
        return self._get(register, item.name, lambda titles: _own(item) if own else _stored(item)).column

    def text(self, register: str) -> Column:
        """For free text: everything readable in each record, folded, with the names of what it refers to."""
        return self._get(register, "*", lambda titles: self._words(register, titles)).column

    def text_of(self, register: str, numbers: Sequence[str]) -> Column:
        """The free text of some documents, for a list of few out of many."""
        kept = self._kept.get((register, "*"))
        if kept is not None and kept.head == self._upkeep.head():
            return kept.column
        return self._words(register, {})(*self.desk.store.shelf(register).undecoded(numbers))

    def lines(self, register: str) -> Lines:
        """The free text of every document in one piece, to be searched at once."""
        text = self.text(register)
        kept = self._lines.get(register)
        if kept is None or kept[0] is not text:
            kept = self._lines[register] = (text, Lines(text))
        return kept[1]

    def hits(self, register: str, sort: str) -> Hits:
        """What filters left of a register lately, in the order of `sort`, while nothing changed."""
        at = (self._upkeep.head(), self.desk.today(), current().code)
        kept = self._hits.get((register, sort))
        if kept is None or kept.at != at:
            kept = self._hits[register, sort] = Hits(at)
        return kept

    # ---- upkeep --------------------------------------------------------------------------------------------------------

    def _get(self, register: str, name: str, reader: Callable[[dict[str, str]], Reader]) -> Kept:
        head, kept = self._upkeep.head(), self._kept.get((register, name))
        if kept is not None and kept.head != head:
            kept = self._mended(register, kept, head)
        if kept is None:
            titles: dict[str, str] = {}
            read = reader(titles)
            kept = Kept(head, read(*self.desk.store.shelf(register).undecoded()), read, titles)
        self._kept[register, name] = kept
        return kept

    def _mended(self, register: str, kept: Kept, head: int) -> Kept | None:
        """The column with what changed since; None where it has to be made again."""
        changed = self._upkeep.since(kept.head)
        if changed is None or OWN_FIELDS in changed or self._called_otherwise(changed, kept.titles):
            return None
        column, shelf = kept.column, self.desk.store.shelf(register)
        if register in changed:
            column = dict(column)
            column.update(kept.read(*shelf.undecoded(changed[register])))
            for number in changed[register]:
                if number not in shelf:
                    column.pop(number, None)
        return Kept(head, column, kept.read, kept.titles)

    def _called_otherwise(self, changed: Mapping[str, set[str]], titles: Mapping[str, str]) -> bool:
        """Whether a record that others name by its title has another one by now."""
        if not titles:
            return False
        keys = (f"{by_name(register).prefix}-{number}" for register, numbers in changed.items() for number in numbers)
        return any(key in titles and titles[key] != self.desk.title(key) for key in keys)

    def _worked_out(self, register: str, item: FieldOf) -> Column:
        head, kept = self.desk.store.head(), self._computed.get((register, item.name))
        if kept is None or kept[0] != head:
            kept = self._computed[register, item.name] = (head, self._made(register, item.name))
        return kept[1]

    def _made(self, register: str, name: str) -> Column:
        if register == PLANNED:
            return self._plans.column(name)
        prefix, numbers = by_name(register).prefix, self.desk.store.shelf(register).numbers()
        return {number: self.desk.computed(f"{prefix}-{number}", name) for number in numbers}

    @cached_property
    def _plans(self) -> PlanColumns:
        from pmo_tui.desk.planning.plan_columns import PlanColumns

        return PlanColumns(self.desk)

    def _words(self, register: str, titles: dict[str, str]) -> Reader:
        """Reads what can be read in documents; `titles` gets what the records that it names are called."""
        refers = {name for name, item in by_name(register).fields.items() if item.field.kind == "reference"}

        def title(key: str) -> str:
            if key not in titles:
                titles[key] = self.desk.title(key)
            return titles[key]

        def read(raw: msgspec.Raw) -> str:
            words: list[str] = []
            for name, value in msgspec.json.decode(raw).items():
                if isinstance(value, str):
                    words.append(value)
                    if name in refers:
                        words.append(title(value))
                elif isinstance(value, list | dict):
                    words.extend(_strings(value))
            return "\n".join(words).casefold()

        return lambda numbers, raws: dict(zip(numbers, map(read, raws), strict=True))


class Lines:
    """Texts by document number, joined: one search through all of them takes a fraction of a search in each."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._numbers = list(texts)
        self._starts = [0, *accumulate(len(text) + 1 for text in texts.values())]
        self._joined = "\0".join(texts.values())

    def holding(self, text: str) -> set[str]:
        """The numbers of the documents in whose text `text` stands."""
        if "\0" in text:
            return set()
        found: set[str] = set()
        find, starts, numbers = self._joined.find, self._starts, self._numbers
        at = find(text)
        while at >= 0:
            line = bisect_right(starts, at) - 1
            if line >= len(numbers):
                break
            found.add(numbers[line])
            at = find(text, starts[line + 1])
        return found


def _stored(item: FieldOf) -> Reader:
    """Reads a field of the program's own."""
    default, kind = item.default, TYPES.get(item.field.kind, Any)
    value = ("value", kind | None if kind is not Any else Any, msgspec.field(name=item.name, default=None))
    decode: Callable[[msgspec.Raw], Any] = msgspec.json.Decoder(msgspec.defstruct("Only", [value], gc=False)).decode

    def read(numbers: Sequence[str], raws: Iterable[msgspec.Raw]) -> Column:
        found = {number: only.value for number, only in zip(numbers, map(decode, raws), strict=True)}
        if default is not None:
            found |= {number: default for number, value in found.items() if value is None}
        return found

    return read


def _own(item: FieldOf) -> Reader:
    """Reads a field of the organisation's own."""
    from pmo_tui.desk.own_fields import loaded

    decode = msgspec.json.Decoder(_Extra).decode
    return lambda numbers, raws: {
        number: loaded(item, (found.extra or {}).get(item.name))
        for number, found in zip(numbers, map(decode, raws), strict=True)
    }


class _Extra(msgspec.Struct):
    extra: dict[str, Any] | None = None


def _strings(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        value = list(value.values())
    return [text for inner in value for text in _strings(inner)] if isinstance(value, list) else []
