"""A register as a table and a table as records of a register, by the register's definition and the organisation's own fields.

What is exported here, edited in a spreadsheet and imported gives exactly the edited cells: a row is recognised by its key, an
emptied cell empties the field, a column that is not there leaves the field alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal, Protocol

from pmo_tui.exchange.cells import cell_of
from pmo_tui.exchange.columns import Columns, understood
from pmo_tui.exchange.headers import REASON, folded, head_below, names_by_title, nearest_field, reason_column, titles
from pmo_tui.exchange.incoming import Batch, To
from pmo_tui.exchange.mapping import TableMap
from pmo_tui.exchange.order_values import PRICE
from pmo_tui.exchange.rows import RowReader
from pmo_tui.exchange.tables import Cell, Table, is_blank
from pmo_tui.records.errors import Problem, Refused, Said
from pmo_tui.records.marks import N_
from pmo_tui.records.registers import Register
from pmo_tui.records.schema import FieldOf

NAMED = 8
"""So many columns that a map leaves out are named."""


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row that cannot be taken in: its number in the file, its cells as they were, and why."""

    number: int
    cells: list[Cell]
    reasons: list[Problem]


@dataclass(slots=True)
class Reading:
    """A table read as the register of that name.

    `batch` holds the good rows, and in `problems` everything that is wrong: it is refused as long as there is any. `good()` is
    the same without the rejected rows' problems, for whoever wants the good rows written and the bad ones back. `strange` says that
    columns were not understood, which a map would say; `reason` is the column for why a row is rejected.
    """

    register: str
    batch: Batch
    rejected: list[Rejected] = field(default_factory=list)
    rows: dict[str, tuple[int, list[Cell]]] = field(default_factory=dict)
    strange: bool = False
    reason: str = REASON

    def good(self) -> Batch:
        """The good rows alone; only problems of the file as a whole remain."""
        bad = {id(problem) for rejected in self.rejected for problem in rejected.reasons}
        found = self.batch
        kept = [problem for problem in found.problems if id(problem) not in bad]
        return replace(found, problems=kept)

    def without(self, problems: Sequence[Problem]) -> Reading:
        """The reading after the store found more wrong: rows at whose place there is one of `problems` are rejected too.

        So are the rows that refer to one of those. What a rejected row merely names stays as long as another row names it.
        """
        by_place: dict[str, list[Problem]] = {}
        for problem in problems:
            if problem.place in self.rows and problem not in self.batch.problems:
                by_place.setdefault(problem.place, []).append(problem)
        self._with_followers(by_place)
        more = [Rejected(*self.rows[place], reasons) for place, reasons in by_place.items()]
        kept = [record for record in self.batch.records if record.place not in by_place]
        named = {source_key for record in kept for source_key in _named_in(record.values)}
        records = [
            record
            for record in self.batch.records
            if record.place not in by_place or (not record.update and record.source_key in named)
        ]
        found = [*self.batch.problems, *(problem for reasons in by_place.values() for problem in reasons)]
        batch = replace(self.batch, records=records, problems=found)
        return Reading(
            self.register,
            batch,
            sorted([*self.rejected, *more], key=lambda item: item.number),
            self.rows,
            self.strange,
            self.reason,
        )

    def _with_followers(self, by_place: dict[str, list[Problem]]) -> None:
        """Add the rows that refer to a record of a rejected row."""
        followers: dict[str, list[str]] = {}
        owned: dict[str, list[str]] = {}
        for record in self.batch.records:
            for source_key in _named_in(record.values):
                followers.setdefault(source_key, []).append(record.place)
            if record.update:
                owned.setdefault(record.place, []).append(record.source_key)
        waiting = list(by_place)
        while waiting:
            place = waiting.pop()
            for source_key in owned.get(place, ()):
                for other in followers.get(source_key, ()):
                    if other not in by_place:
                        reason = Said(N_("refers to {place}, which is rejected"), {"place": place})
                        by_place[other] = [Problem(reason, "", other)]
                        waiting.append(other)


def _named_in(value: Any) -> Iterator[str]:
    """The source keys that a value refers to in its own batch."""
    if isinstance(value, To):
        yield value.source_key
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _named_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _named_in(inner)


class Named(Protocol):
    """A register, or a list that follows from several."""

    @property
    def name(self) -> str:
        """What files call it."""


def to_table(
    register: Named,
    fields: Mapping[str, FieldOf],
    documents: Iterable[Mapping[str, Any]],
    columns: Sequence[str] | None = None,
    headers: Literal["name", "label"] = "name",
) -> Table:
    """Documents as a table: one column a field, titled by its name or by its label in the language in use.

    `documents` hold the values as the store keeps them, computed ones beside them; own fields stand in `extra` or beside them.
    """
    names = [name for name in columns or fields if fields[name].field.kind != "extra"]
    amounts = frozenset(place for place, name in enumerate(names) if fields[name].field.kind == "money")
    table = Table(register.name, titles(fields, names, labels=headers == "label"), amounts=amounts)
    for number, document in enumerate(documents, 2):
        own = document.get("extra") or {}
        table.rows.append([cell_of(document.get(name, own.get(name)), fields[name]) for name in names])
        table.numbers.append(number)
    return table


def from_table(
    table: Table,
    register: Register,
    fields: Mapping[str, FieldOf],
    *,
    mapping: TableMap | None = None,
    source: str,
    constants: Mapping[str, Cell] | None = None,
) -> Reading:
    """The records that the rows are. Nothing is raised: what is wrong with the file or a row is in the reading.

    `source` is the file as messages and source keys call it. `constants` fill fields that a row leaves empty, such as the project of
    every task.
    """
    columns = understood(table, register, fields, mapping, constants or {})
    if columns.problems and (head := _head_elsewhere(table, fields, mapping)) is not None:
        return Reading(register.name, Batch(source, "table", notes=list(table.notes), problems=[head]))
    batch = Batch(source, "table", notes=list(table.notes), problems=list(columns.problems))
    reading = Reading(register.name, batch, strange=bool(columns.unknown or columns.problems) and mapping is None)
    reading.reason = reason_column(fields)
    if columns.problems:
        batch.notes += _notes(table, columns, fields, mapping)
        return reading
    named = source if mapping is None or mapping.source is None else mapping.source
    reader = RowReader(table, register, fields, columns, source, f"csv:{named}#")
    batch.problems += reader.problems
    rows = [
        reader.read(number, cells) for number, cells in table.numbered() if not all(is_blank(cell) for cell in cells)
    ]
    reader.settle(rows)
    if any(row.once for row in rows):
        columns.computed.remove(PRICE.name)
    batch.notes += _notes(table, columns, fields, mapping)
    batch.places = [row.place for row in rows]
    good = [row for row in rows if not row.problems]
    batch.records += reader.found_or_added(good)
    for row in rows:
        reading.rows[row.place] = (row.number, row.cells)
        if row.problems:
            reading.rejected.append(Rejected(row.number, row.cells, row.problems))
            batch.problems += row.problems
        else:
            batch.records += reader.records(row)
    if mapping is not None:
        batch.complete_for = (reader.prefix,)
    return reading


def refuse_if_wrong(reading: Reading) -> Batch:
    """The batch, or Refused with everything that is wrong with the file."""
    if reading.batch.problems:
        raise Refused(problems=reading.batch.problems)
    return reading.batch


def rejects_table(table: Table, rejected: Sequence[Rejected], column: str = REASON) -> Table:
    """The bad rows in their own layout, why in a last `column`, to be mended and imported again."""
    again = bool(table.header) and table.header[-1] == column
    width = len(table.header) - again
    found = Table(table.name, [*table.header[:width], column], as_read=True, delimiter=table.delimiter)
    for each in rejected:
        cells = [*each.cells[:width], *[None] * (width - len(each.cells))]
        spare = [cell for cell in each.cells[width + again :] if not is_blank(cell)]
        reason = "; ".join(Problem(problem.reason, problem.field).words() for problem in each.reasons)
        found.rows.append([*cells, reason, *spare])
        found.numbers.append(each.number)
    return found


def _head_elsewhere(table: Table, fields: Mapping[str, FieldOf], mapping: TableMap | None) -> Problem | None:
    """That the heads of the columns stand further down, under a title."""
    titles = names_by_title(fields) if mapping is None else [*mapping.columns, mapping.key or ""]
    row = head_below(table, {folded(title) for title in titles} - {""})
    if row is None:
        return None
    reason = N_("the heads of the columns are expected in row 1 and seem to be in row {row}; delete the rows above")
    return Problem(Said(reason, {"row": row}), "", table.name)


def _notes(table: Table, columns: Columns, fields: Mapping[str, FieldOf], mapping: TableMap | None) -> list[str]:
    from pmo_tui.wording.languages import _

    notes, strange = [], []
    for title in columns.unknown:
        near = nearest_field(title, fields) if mapping is None else None
        if near and columns.place_of(near) is None:
            said = N_("{file}: the column “{title}” is not read; did you mean {near}?")
            notes.append(_(said).format(file=table.name, title=title, near=near))
        else:
            strange.append(title)
    if strange and mapping is not None:
        said = N_("{file}: not in the map {map} and not read: {titles}")
        some = ", ".join(strange[:NAMED]) + (" …" if len(strange) > NAMED else "")
        notes.append(_(said).format(file=table.name, map=mapping.name, titles=some))
    elif len(strange) == 1:
        said = N_("{file}: the column “{title}” is not read; no field is called that")
        notes.append(_(said).format(file=table.name, title=strange[0]))
    elif strange:
        said = N_("{file}: {count} columns are not read, for no field is called {titles}")
        notes.append(_(said).format(file=table.name, count=len(strange), titles=", ".join(strange)))
    for title, name in columns.guessed:
        said = N_("{file}: the column “{title}” is read as {field}")
        notes.append(_(said).format(file=table.name, title=title, field=name))
    if columns.computed:
        said = N_("{file}: computed columns are not read: {names}")
        notes.append(_(said).format(file=table.name, names=", ".join(columns.computed)))
    return notes
