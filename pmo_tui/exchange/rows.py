"""One row of a table as one record: its values, who it is, and what else it brings with it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pmo_tui.exchange.cells import Alone, currency_in, value_of
from pmo_tui.exchange.columns import Columns, owner_field
from pmo_tui.exchange.conventions import Ways
from pmo_tui.exchange.headers import folded
from pmo_tui.exchange.incoming import Incoming, To
from pmo_tui.exchange.links import settle_plan
from pmo_tui.exchange.mapping import FoundOrAdded
from pmo_tui.exchange.order_values import PRICE, line_of_value
from pmo_tui.exchange.tables import Cell, Table, is_blank, plain
from pmo_tui.exchange.translations import AS_HERE, word
from pmo_tui.records.errors import Fault, Problem, Said, Words
from pmo_tui.records.marks import N_
from pmo_tui.records.registers import Register, by_name, looks_like_key, register_of
from pmo_tui.records.schema import FieldOf

ALSO_KNOWN_BY = {"people": ("email",), "suppliers": ("registration", "vat_number")}
"""What identifies a record beside its code, for rows that have neither key nor code."""


@dataclass(slots=True)
class Row:
    """A row while it is read. `key` and `source_key` say who it is.

    `related` are the records that belong to it, `links` its predecessors as written, yet to be resolved; `project` and `line` say
    where in which plan it stands, when the file does. `once` are values that only a new record gets.
    """

    number: int
    cells: list[Cell]
    place: str
    values: dict[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    key: str | None = None
    revision: int | None = None
    source_key: str = ""
    links: str | None = None
    project: str = ""
    line: int | None = None
    related: dict[str, Incoming] = field(default_factory=dict)
    once: dict[str, Any] = field(default_factory=dict)

    def refuse(self, name: str, reason: str | Said) -> None:
        """The row is wrong, and why."""
        self.problems.append(Problem(reason, name, self.place))


class RowReader:
    """Reads the rows of one table; what it remembers between rows is who was seen already."""

    def __init__(
        self,
        table: Table,
        register: Register,
        fields: Mapping[str, FieldOf],
        columns: Columns,
        source: str,
        prefix: str,
    ) -> None:
        self.table = table
        self.register = register
        self.fields = fields
        self.columns = columns
        self.source = source
        self.prefix = prefix
        self.problems: list[Problem] = []
        self._seen: dict[str, int] = {}
        self._titles = {folded(title): place for place, title in reversed(list(enumerate(table.header)))}
        self._constants: dict[str, Any] = {}
        for name, cell in columns.constants.items():
            try:
                self._constants[name] = value_of(cell, fields[name], AS_HERE)
            except Fault as fault:
                self.problems.append(Problem(fault.reason, name, source))

    def read(self, number: int, cells: list[Cell]) -> Row:
        """The row with its values; problems where it cannot be understood."""
        row = Row(number, cells, f"{self.source}, row {number}")
        if number in self.table.broken:
            row.refuse("", self.table.broken[number])
            return row
        self._read_key(row)
        for place, name in self.columns.fields:
            if place < len(cells) and name not in ("key", "revision", "line"):
                self._read_cell(row, place, name)
        self._read_templates(row)
        for name, value in self._constants.items():
            if row.values.get(name) is None:
                row.values[name] = value
        for place, target in self.columns.added:
            if place < len(cells):
                text = plain(cells[place]).strip()
                row.values[target.field] = To(self._added_key(target, text)) if text else None
        self._read_order_value(row)
        self._read_currencies(row)
        self._judge(row)
        self._identify(row)
        self._read_related(row)
        row.project = self._text_at(row, "project").casefold()
        line = self._text_at(row, "line")
        row.line = int(line) if line.isdecimal() else None
        return row

    def _read_key(self, row: Row) -> None:
        typed = self._text_at(row, "key")
        key = typed.upper()
        if key and not (looks_like_key(key) and register_of(key).name == self.register.name):
            said = Said(N_("“{key}” is not a key of {register}, such as {prefix}-12"), self._named(typed))
            row.refuse("key", said)
        elif key:
            row.key = key
            revision = self._text_at(row, "revision")
            row.revision = int(revision) if revision.isdecimal() else None

    def _named(self, key: str) -> dict[str, object]:
        return {"key": key, "register": Words(self.register.label), "prefix": self.register.prefix}

    def _text_at(self, row: Row, name: str) -> str:
        place = self.columns.place_of(name)
        return "" if place is None or place >= len(row.cells) else plain(row.cells[place]).strip()

    def _read_cell(self, row: Row, place: int, name: str) -> None:
        cell, item = row.cells[place], self.fields[name]
        if name == "predecessors" and not is_blank(cell) and not plain(cell).lstrip().startswith("["):
            row.links = plain(cell)
            return
        meant = self.columns.values.get(name)
        if meant and (said := word(cell)) in meant:
            self._put(row, name, meant[said], item, AS_HERE)
        else:
            self._put(row, name, cell, item, self.columns.ways.get(place, Ways()))

    def _put(self, row: Row, name: str, cell: Cell, item: FieldOf, ways: Ways) -> None:
        try:
            row.values[name] = value_of(cell, item, ways, exact=row.key is not None)
        except Alone:
            return
        except Fault as fault:
            row.refuse(name, fault.reason)

    def _read_order_value(self, row: Row) -> None:
        """The one amount of an order that has no key and no lines: a line for it, should the order be new."""
        place = self.columns.order_value
        if place is None or row.key is not None or row.values.get("lines") or place >= len(row.cells):
            return
        try:
            value = value_of(row.cells[place], PRICE, self.columns.ways.get(place, Ways()))
        except Fault as fault:
            row.refuse(PRICE.name, fault.reason)
            return
        if value is not None:
            row.values.pop("lines", None)
            row.once = {"lines": line_of_value(row.values.get("title"), value)}

    def _read_currencies(self, row: Row) -> None:
        """An amount that names its currency fills the currency, or must agree with it."""
        amounts = self.columns.fields
        if row.once and self.columns.order_value is not None:
            amounts = [*amounts, (self.columns.order_value, PRICE.name)]
        for place, name in amounts:
            sibling = self.fields[name].field.currency
            said = currency_in(row.cells[place]) if sibling and place < len(row.cells) else None
            if said is None or sibling not in self.fields:
                continue
            expected = row.values.setdefault(sibling, said) or said
            if expected != said:
                values: dict[str, object] = {"currency": said, "expected": expected}
                row.refuse(name, Said(N_("is in {currency}, but this record is in {expected}"), values))

    def _read_templates(self, row: Row) -> None:
        def cell(match: re.Match[str]) -> str:
            place = self._titles[folded(match[1])]
            return plain(row.cells[place]) if place < len(row.cells) else ""

        for name, template in self.columns.templates.items():
            text = " ".join(re.sub(r"\{([^{}]+)\}", cell, template).split())
            self._put(row, name, text, self.fields[name], AS_HERE)

    def _judge(self, row: Row) -> None:
        """What a record cannot be without: emptied, or in a new one not given."""
        known = row.key is not None or self.columns.identity is not None or row.values.get("code") is not None
        refused = {problem.field for problem in row.problems}
        for name, item in self.fields.items():
            given = name in row.values or (name == "predecessors" and row.links is not None)
            if item.required and name not in refused and row.values.get(name) is None and (given or not known):
                row.refuse(name, N_("is needed"))

    def _identify(self, row: Row) -> None:
        """A name for the row that stays the same when the same file, or a later one, is read again."""
        identity = self.columns.identity
        title = row.values.get(self.register.cls.title_field)
        if not isinstance(title, str):
            title = self._text_at(row, self.register.cls.title_field)
        own = row.values.get("source_key")
        if identity is not None:
            name = plain(row.cells[identity]).strip() if identity < len(row.cells) else ""
            if not name:
                row.refuse(self.table.header[identity], N_("is needed: it tells the rows apart"))
        else:
            name = row.key or str(row.values.get("code") or "")
        row.source_key = str(own) if own and not row.key else self.prefix + (name or title or str(row.number))
        before = self._seen.get(row.source_key)
        if before is None:
            self._seen[row.source_key] = row.number
        elif name or own:
            said = Said(N_("is the same as in row {row}"), {"row": before})
            row.refuse("key" if row.key else "code" if identity is None else self.table.header[identity], said)
        else:
            row.source_key = self._numbered(row.source_key, row.number)

    def _numbered(self, source_key: str, number: int) -> str:
        """The second, third … row of the same title."""
        count = 2
        while f"{source_key}#{count}" in self._seen:
            count += 1
        self._seen[f"{source_key}#{count}"] = number
        return f"{source_key}#{count}"

    def settle(self, rows: Sequence[Row]) -> None:
        """What can only be said when all rows are read: links to other rows, and the order of a plan."""
        if self.register.name == "tasks":
            settle_plan(rows)

    def records(self, row: Row) -> list[Incoming]:
        """The row's record, then those that belong to it."""
        ways: list[dict[str, Any]] = [{"key": row.key}] if row.key else []
        if not row.key:
            names = ("code",) if row.values.get("code") else ALSO_KNOWN_BY.get(self.register.name, ())
            ways += [{name: row.values[name]} for name in names if row.values.get(name)]
        values = {name: value for name, value in row.values.items() if name != "source_key" or row.key}
        own = Incoming(
            self.register.name,
            row.source_key,
            values,
            tuple(ways),
            once=row.once,
            revision=row.revision,
            existing=row.key is not None,
            place=row.place,
        )
        return [own, *row.related.values()]

    def _read_related(self, row: Row) -> None:
        for position, (place, target) in enumerate(self.columns.related, 1):
            if place >= len(row.cells) or is_blank(row.cells[place]):
                continue
            register = by_name(target.register)
            item = register.fields[target.field]
            try:
                value = value_of(row.cells[place], item, self.columns.ways.get(place, Ways()))
            except Fault as fault:
                row.refuse(self.table.header[place], fault.reason)
                continue
            source_key = f"{row.source_key}/{target.register}/{target.name}"
            if source_key not in row.related:
                row.related[source_key] = self._belonging(row, register, target.name, source_key, position)
            row.related[source_key].values[target.field] = value

    def _belonging(self, row: Row, register: Register, name: str, source_key: str, position: int) -> Incoming:
        """A record of `register` called `name` that belongs to the row's, without any value yet."""
        owner = owner_field(register, self.register.name) or ""
        same: dict[str, Any] = {owner: To(row.source_key), register.cls.title_field: name}
        order = {"position": position} if "position" in register.fields else {}
        return Incoming(register.name, source_key, {**same, **order}, (same,), place=row.place)

    def _added_key(self, target: FoundOrAdded, text: str) -> str:
        return f"{self.prefix}{target.register}/{text}"

    def found_or_added(self, rows: Sequence[Row]) -> list[Incoming]:
        """The records that rows only name, each once, before those that refer to them."""
        found: dict[str, Incoming] = {}
        for row in rows:
            for place, target in self.columns.added:
                text = plain(row.cells[place]).strip() if place < len(row.cells) else ""
                source_key = self._added_key(target, text)
                if text and source_key not in found:
                    register = by_name(target.register)
                    same = {register.cls.title_field: text}
                    shared = {name: value for name, value in self._constants.items() if name == "currency"}
                    values = {**(shared if "currency" in register.fields else {}), **same}
                    found[source_key] = Incoming(
                        target.register, source_key, values, (same,), update=False, place=row.place
                    )
        return list(found.values())
