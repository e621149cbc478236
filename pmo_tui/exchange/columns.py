"""What every column of a table is for: decided once for a file, from its header, the register's fields, and a map."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from pmo_tui.exchange.conventions import Ways, day_first, decimal_sign
from pmo_tui.exchange.headers import folded, in_other_number, names_by_title, nearest_field, reason_column
from pmo_tui.exchange.mapping import FoundOrAdded, TableMap, Target, ToRelated
from pmo_tui.exchange.tables import Cell, Table, is_blank
from pmo_tui.exchange.translations import by_word, wrong_values
from pmo_tui.records.errors import Problem, Said, Words
from pmo_tui.records.marks import N_
from pmo_tui.records.registers import Register, by_name
from pmo_tui.records.schema import FieldOf

NUMERIC = frozenset({"number", "money", "percent", "hours", "integer"})


@dataclass(slots=True)
class Columns:
    """The columns of one table by their place in the row.

    `fields` go into the row's own record, `related` and `added` make records beside it. `identity` is the column that a map
    calls the key. `templates` are texts with `{column}` in them, by field. `values` say by field what the words of a cell mean.
    `guessed` are titles that were taken for the field beside them. `order_value` is where a list of orders has an amount each.
    """

    fields: list[tuple[int, str]] = field(default_factory=list)
    related: list[tuple[int, ToRelated]] = field(default_factory=list)
    added: list[tuple[int, FoundOrAdded]] = field(default_factory=list)
    identity: int | None = None
    constants: dict[str, Cell] = field(default_factory=dict)
    templates: dict[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, Cell]] = field(default_factory=dict)
    ways: dict[int, Ways] = field(default_factory=dict)
    order_value: int | None = None
    guessed: list[tuple[str, str]] = field(default_factory=list)
    computed: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def place_of(self, name: str) -> int | None:
        """Where the field `name` is, if it has a column."""
        return next((place for place, found in self.fields if found == name), None)

    def filled(self) -> set[str]:
        """Names of the fields that a row of this table can fill."""
        added = (target.field for _, target in self.added)
        return {*(name for _, name in self.fields), *self.constants, *self.templates, *added}


def understood(
    table: Table,
    register: Register,
    fields: Mapping[str, FieldOf],
    mapping: TableMap | None,
    constants: Mapping[str, Cell],
) -> Columns:
    """The meaning of each column; `problems` say why the file cannot be read as this register."""
    columns = Columns(constants=dict(constants))
    if mapping is None:
        _by_title(columns, table, fields)
    else:
        _by_map(columns, table, fields, mapping)
    for name in [*columns.constants, *columns.templates, *(target.field for _, target in columns.added)]:
        if name not in fields:
            _refuse(columns, table, name, N_("is not a field of {register}"), register=Words(register.label))
    for place, name in list(columns.fields):
        if fields[name].field.computed:
            columns.computed.append(name)
            if (register.name, name) == ("orders", "value"):
                columns.order_value = place
            if name != "line":
                columns.fields.remove((place, name))
    _judge_key(columns, table, register, fields, mapping)
    columns.ways = _ways(columns, table, fields, Ways() if mapping is None else mapping.ways)
    return columns


def _by_title(columns: Columns, table: Table, fields: Mapping[str, FieldOf]) -> None:
    known = names_by_title(fields)
    others = []
    for place, title in enumerate(table.header):
        name = known.get(folded(title))
        if name is not None:
            _take(columns, table, place, name)
        elif title or any(not is_blank(cell) for cell in table.column(place)):
            others.append((place, title or f"column {place + 1}"))
    for place, title in others:
        name = in_other_number(title, fields)
        if name is not None and columns.place_of(name) is None:
            columns.fields.append((place, name))
            columns.guessed.append((title, name))
        elif not _is_of_rejects(table, place, fields):
            columns.unknown.append(title)


def _is_of_rejects(table: Table, place: int, fields: Mapping[str, FieldOf]) -> bool:
    """Whether a column is the one that says why a row was rejected."""
    return place == len(table.header) - 1 and table.header[place] == reason_column(fields)


def _take(columns: Columns, table: Table, place: int, name: str) -> None:
    taken = columns.place_of(name)
    if taken is None:
        columns.fields.append((place, name))
        return
    both = f"“{table.header[taken]}”, “{table.header[place]}”"
    _refuse(columns, table, name, N_("is in two columns: {both}; leave one out"), both=both)


def _by_map(columns: Columns, table: Table, fields: Mapping[str, FieldOf], mapping: TableMap) -> None:
    places = {folded(title): place for place, title in reversed(list(enumerate(table.header)))}
    columns.constants = {**columns.constants, **mapping.constants}
    columns.templates = dict(mapping.templates)
    columns.values = by_word(mapping.values)
    for title, targets in mapping.columns.items():
        place = places.get(folded(title))
        if place is None:
            _refuse(columns, table, title, N_("is in the map {map}, but not a column of the file"), map=mapping.name)
            continue
        for target in targets:
            _aim(columns, table, place, target, fields, mapping)
    for template in mapping.templates.values():
        for title in re.findall(r"\{([^{}]+)\}", template):
            if folded(title) not in places:
                _refuse(
                    columns, table, title, N_("is in the map {map}, but not a column of the file"), map=mapping.name
                )
    if mapping.key is not None:
        columns.identity = places.get(folded(mapping.key))
        if columns.identity is None:
            _refuse(
                columns,
                table,
                mapping.key,
                N_("is the key in the map {map}, but not a column of the file"),
                map=mapping.name,
            )
        elif mapping.key not in mapping.columns and "code" not in columns.filled():
            columns.fields.append((columns.identity, "code"))
    columns.problems += wrong_values(mapping.values, fields, {name for _, name in columns.fields}, mapping.name)
    used = {place for place, _ in [*columns.fields, *columns.related, *columns.added]}
    in_templates = {
        places.get(folded(title)) for text in mapping.templates.values() for title in re.findall(r"\{([^{}]+)\}", text)
    }
    for place, title in enumerate(table.header):
        if title and place not in {*used, *in_templates, columns.identity} and not _is_of_rejects(table, place, fields):
            columns.unknown.append(title)


def _aim(
    columns: Columns, table: Table, place: int, target: Target, fields: Mapping[str, FieldOf], mapping: TableMap
) -> None:
    title = table.header[place]
    if isinstance(target, FoundOrAdded):
        columns.added.append((place, target))
    elif isinstance(target, ToRelated):
        wanted = target.field or first_day(by_name(target.register))
        if wanted not in by_name(target.register).fields:
            _refuse(
                columns,
                table,
                title,
                N_("“{field}” is not a field of {register}"),
                field=wanted,
                register=target.register,
            )
        elif owner_field(by_name(target.register), mapping.register) is None:
            _refuse(
                columns,
                table,
                title,
                N_("{other} do not belong to {register}"),
                other=target.register,
                register=mapping.register,
            )
        else:
            columns.related.append((place, ToRelated(target.register, target.name, wanted)))
    elif target.field not in fields:
        near = nearest_field(target.field, fields)
        reason = N_("“{field}” is not a field; did you mean {near}?") if near else N_("“{field}” is not a field")
        _refuse(columns, table, title, reason, field=target.field, near=near)
    else:
        _take(columns, table, place, target.field)


def first_day(register: Register) -> str:
    """The first date field of a register."""
    return next((name for name, item in register.fields.items() if item.field.kind == "date"), "")


def owner_field(register: Register, owner: str) -> str | None:
    """The field of `register` by which its records belong to those of `owner`."""
    return next((name for name, item in register.fields.items() if owner in item.field.refers), None)


def _judge_key(
    columns: Columns, table: Table, register: Register, fields: Mapping[str, FieldOf], mapping: TableMap | None
) -> None:
    """A row must be recognisable, or at least hold all that a new record needs."""
    if columns.problems or columns.identity is not None or {"key", "code"} & columns.filled():
        return
    needed = [name for name, item in fields.items() if item.required]
    missing = [name for name in needed if name not in columns.filled()]
    if not missing and columns.fields:
        return
    reason = N_(
        "has no column that says which {register} its rows are: neither key nor code, and to add new ones it lacks {missing}"
    )
    said = Said(reason, {"register": Words(register.label), "missing": ", ".join(missing)})
    columns.problems.append(Problem(said, "", table.name))


def _ways(columns: Columns, table: Table, fields: Mapping[str, FieldOf], told: Ways) -> dict[int, Ways]:
    """How each column is written: as the map says, else as the column shows, else as all figures or days of the file show."""
    numeric = [place for place, name in columns.fields if fields[name].field.kind in NUMERIC]
    numeric += [] if columns.order_value is None else [columns.order_value]
    days = [place for place, name in columns.fields if fields[name].field.kind == "date"]
    days += [
        place for place, target in columns.related if by_name(target.register).fields[target.field].field.kind == "date"
    ]
    signs = {place: decimal_sign(table.column(place)) for place in numeric}
    firsts = {place: day_first(table.column(place)) for place in days}
    found: dict[int, Ways] = {}
    for place in numeric:
        found[place] = Ways(told.decimal or signs[place] or _only(signs.values()), None)
    for place in days:
        first = told.day_first if told.day_first is not None else firsts[place]
        found[place] = Ways(None, first if first is not None else _only(firsts.values()))
    return found


T = TypeVar("T")


def _only(values: Iterable[T | None]) -> T | None:
    """The one value that all who know agree on."""
    found = {value for value in values if value is not None}
    return found.pop() if len(found) == 1 else None


def _refuse(columns: Columns, table: Table, title: str, reason: str, **values: object) -> None:
    columns.problems.append(Problem(Said(reason, dict(values)), title, table.name))
