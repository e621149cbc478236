"""A register or a computed list as it is looked at: filtered, sorted, and decoded row by row when a row is asked for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import compress
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from pmo_tui.records.errors import NotFound, WrongUse
from pmo_tui.records.registers import Register, by_name
from pmo_tui.records.schema import FieldOf

if TYPE_CHECKING:
    from pmo_tui.desk.desk import Desk
    from pmo_tui.desk.views.columns import Lines
    from pmo_tui.desk.views.filter import Term
    from pmo_tui.desk.views.hits import Hits

MANY = 2_000
"""From so many rows on free text is looked for in all of them at once."""
SAME_AGAIN = frozenset({"text", "long", "reference", "duration"})
"""Kinds of fields whose values take time to rank, and of which many rows hold the same."""


class Named(Protocol):
    """What is looked at: a register or a computed list."""

    @property
    def name(self) -> str:
        """What commands and files call it."""

    @property
    def label(self) -> str:
        """What it is called on screen, marked for translation."""


class View:
    """Rows that a filter leaves, in order: what a register and a computed list have in common.

    `total` counts the rows without the filter. A row has a name of its own inside the source it is read from; `keys` are what the rows
    that are left are known by outside.
    """

    register: Named

    def __init__(self, desk: Desk, fields: dict[str, FieldOf], filter_text: str, sort: str) -> None:
        self.desk = desk
        self.fields = fields
        self.filter_text = filter_text
        self.sort = sort
        self.total = len(self._all())
        terms: tuple[Term, ...] = ()
        if filter_text:
            from pmo_tui.desk.views.filter import parse_filter

            terms = tuple(parse_filter(filter_text, fields))
        self.keys = [self._key(row) for row in self._found(terms)]
        self._places: dict[str, int] | None = None

    def _all(self) -> list[str]:
        """Every row, in the order of the source."""
        raise NotImplementedError

    def _key(self, row: str) -> str:
        """What a row is known by outside."""
        return row

    def _row(self, key: str) -> str:
        """The row that is known outside by `key`."""
        return key

    def _column(self, item: FieldOf, rows: Sequence[str] | None = None) -> Mapping[str, Any]:
        """The values of a field by row: of every row, or of `rows` at least."""
        raise NotImplementedError

    def _text(self) -> Mapping[str, str]:
        """For free text: everything readable by row, folded."""
        raise NotImplementedError

    def _members(self, word: str) -> set[str] | None:
        """The rows that belong to a scope; None where it does not narrow."""
        raise NotImplementedError

    def _numbered(self, item: FieldOf) -> bool:
        """Whether a field is sorted by the numbers of its keys, not by what the records are called."""
        return item.name == "key"

    def _found(self, terms: Sequence[Term]) -> list[str]:
        """The rows that the terms of the filter leave, in order: from what a filter left before, where this one goes on from there."""
        hits, asked = self._hits(), tuple(terms)
        known = hits.nearest(asked) if hits is not None else None
        rows = self._sorted(self._narrowed(self._all(), terms)) if known is None else self._narrowed(*known)
        if hits is not None:
            hits.keep(asked, rows)
        return rows

    def _hits(self) -> Hits | None:
        """What filters left of this lately in this order, while it is the same; None where that is not kept."""
        return None

    def _lines(self) -> Lines | None:
        """What can be read in every row, in one piece; None where that is not kept."""
        return None

    def _narrowed(self, rows: list[str], terms: Sequence[Term]) -> list[str]:
        for term in sorted(terms, key=self._is_dear):
            rows = self._left(rows, term)
        return rows

    def _is_dear(self, term: Term) -> bool:
        """Whether a term asks for what has to be worked out, which is left for the rows that the others leave."""
        item = self.fields.get(term.field)
        return item is not None and item.field.computed

    def _holding(self, rows: list[str], text: str) -> list[str]:
        """The rows in which a folded text stands; of many rows in one search through all that is written in them."""
        lines = self._lines() if len(rows) >= MANY else None
        if lines is not None:
            found = lines.holding(text)
            return [row for row in rows if row in found]
        texts = self._text()
        return [row for row in rows if text in texts[row]]

    def _left(self, rows: list[str], term: Term) -> list[str]:
        from pmo_tui.desk.views.filter import FREE_TEXT, SCOPE
        from pmo_tui.desk.views.matching import test_of

        if term.field == SCOPE:
            inside = self._inside(term)
            return rows if inside is None else [row for row in rows if (row in inside) != term.negated]
        item = self.fields.get(term.field)
        if term.field == FREE_TEXT or item is None:
            found = self._holding(rows, term.values[0].casefold())
            if not term.negated:
                return found
            out = set(found)
            return [row for row in rows if row not in out]
        test, column = test_of(self.desk, item, term), self._column(item, rows)
        return list(compress(rows, map(test, map(column.__getitem__, rows))))

    def _inside(self, term: Term) -> set[str] | None:
        try:
            return self._members(term.values[0])
        except NotFound as error:
            values = {**error.hint.values, **error.message.values}
            raise WrongUse(error.message.template, error.hint.template, **values) from error

    def _sorted(self, rows: list[str]) -> list[str]:
        """By the last sort column first, each pass stable; records without a value stand last either way."""
        for word in reversed([word.strip() for word in self.sort.split(",") if word.strip()]):
            from pmo_tui.desk.views.filter import field_named

            down = word.startswith("-")
            item = self.fields[field_named(word.lstrip("-"), self.fields)]
            column = self._column(item)
            rank = remembered(self._rank(item)) if item.field.kind in SAME_AGAIN else self._rank(item)
            empty = [row for row in rows if column[row] is None]
            filled = [row for row in rows if column[row] is not None]
            rows = sorted(filled, key=lambda row: rank(column[row]), reverse=down) + empty
        return rows

    def _rank(self, item: FieldOf) -> Callable[[Any], Any]:
        kind, desk = item.field.kind, self.desk
        if self._numbered(item):
            return by_number
        if kind == "reference":
            return lambda value: natural(desk.lookup.short(value))
        if kind == "choice":
            order = {word: place for place, word in enumerate(item.field.choices)}
            return lambda value: order.get(value, len(order))
        if kind == "duration":
            from pmo_tui.desk.views.matching import minutes

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

    def values(self, i: int, names: Sequence[str] | None = None) -> dict[str, Any]:
        """Every field of row `i`, computed ones included, or those asked for."""
        raise NotImplementedError

    def value(self, key: str, name: str) -> Any:
        """One field of a row, by the row's key."""
        raise NotImplementedError

    def each(self, name: str) -> Iterator[Any]:
        """The values of a field, row by row in the order of the list."""
        column = self._column(self.fields[name])
        return (column.get(self._row(key)) for key in self.keys)

    def record_key(self, key: str) -> str:
        """The record that a row stands for."""
        raise NotImplementedError

    def cells(self, i: int, names: Sequence[str]) -> list[str]:
        """Row `i` as a table shows it, one safe line a field."""
        raise NotImplementedError

    def tones(self, i: int, names: Sequence[str]) -> list[str]:
        """What colour may stress each cell of row `i` with; see `desk.cells.tone`."""
        raise NotImplementedError


class RegisterView(View):
    """The rows of a register that a filter leaves, in order."""

    register: Register
    _plain: ClassVar[bool] = True
    """Whether rows and values are those of the register; a subclass may have others."""

    def __init__(self, desk: Desk, register: str, filter_text: str = "", sort: str = "") -> None:
        self.register = by_name(register)
        natural_order = self.register.cls.natural_order
        super().__init__(desk, desk.fields(register), filter_text, sort or natural_order)

    def _all(self) -> list[str]:
        return self.desk.store.shelf(self.register.name).numbers()

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        own = {name for each in cls.__mro__[: cls.__mro__.index(RegisterView)] for name in vars(each)}
        cls._plain = not own & {"_all", "_column", "_sorted"}

    def _hits(self) -> Hits | None:
        return self.desk.columns.hits(self.register.name, self.sort) if self._plain else None

    def _lines(self) -> Lines | None:
        return self.desk.columns.lines(self.register.name)

    def _key(self, row: str) -> str:
        return f"{self.register.prefix}-{row}"

    def _row(self, key: str) -> str:
        return key.rpartition("-")[2]

    def _column(self, item: FieldOf, rows: Sequence[str] | None = None) -> Mapping[str, Any]:
        return self.desk.columns.column(self.register.name, item, rows)

    def _text(self) -> Mapping[str, str]:
        return self.desk.columns.text(self.register.name)

    def _members(self, word: str) -> set[str] | None:
        from pmo_tui.desk.views.scope import members

        return members(self.desk, self.register.name, word)

    def _numbered(self, item: FieldOf) -> bool:
        of_natural_order = self.register.cls.natural_order.startswith(item.name)
        return item.name == "key" or (item.field.kind == "reference" and of_natural_order)

    def values(self, i: int, names: Sequence[str] | None = None) -> dict[str, Any]:
        return self.desk.values(self.keys[i], names)

    def value(self, key: str, name: str) -> Any:
        return self._column(self.fields[name]).get(self._row(key))

    def record_key(self, key: str) -> str:
        return key

    def cells(self, i: int, names: Sequence[str]) -> list[str]:
        return self.desk.cells(self.keys[i], names)

    def tones(self, i: int, names: Sequence[str]) -> list[str]:
        return self.desk.tones(self.keys[i], names)


def remembered(rank: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """The rank of a value, worked out once: many rows share one."""
    known: dict[Any, Any] = {}

    def found(value: Any) -> Any:
        if value not in known:
            known[value] = rank(value)
        return known[value]

    return found


def by_number(key: str) -> tuple[str, int]:
    """R-9 before R-10."""
    prefix, _, number = key.rpartition("-")
    return prefix, int(number) if number.isdecimal() else 0


def natural(text: Any) -> tuple[tuple[int, int, str], ...]:
    """Digits by their number, letters without case: 1.9 before 1.10, `a2` before `a10`."""
    parts = re.findall(r"\d+|\D+", str(text).casefold())
    return tuple((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts)
