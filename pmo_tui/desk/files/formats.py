"""Files to batches: the format is recognised by content and its reader called. Nothing here looks into the store's records."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pmo_tui.desk.files.doors import COMMAND_LINE, Door
from pmo_tui.desk.files.importing import ImportPlan, Progress, plan_import
from pmo_tui.desk.files.sources import base_name, contents
from pmo_tui.exchange.formats import chosen, recognise, register_in
from pmo_tui.exchange.incoming import Batch
from pmo_tui.records.errors import Refused, WrongUse
from pmo_tui.records.marks import N_
from pmo_tui.records.registers import REGISTERS, by_name, is_register

if TYPE_CHECKING:
    from pmo_tui.desk.desk import Desk
    from pmo_tui.exchange.registers import Reading
    from pmo_tui.exchange.tables import Table


@dataclass(frozen=True, slots=True)
class Choices:
    """What was said about an import: the project it belongs to, the format or register, a map of columns, whether wrong rows or broken
    invoices are taken apart instead of refusing the file, and by which door it came."""

    project: str = ""
    as_format: str = ""
    map_file: str = ""
    keep_rejects: bool = False
    accept_broken: bool = False
    door: Door = COMMAND_LINE


@dataclass(slots=True)
class Read:
    """What was read: batches of other formats, and tables with what was understood of them."""

    batches: list[Batch] = field(default_factory=list)
    tables: list[tuple[Table, Reading]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Prepared:
    """An import ready to be carried out, and the wrong rows that were taken apart, in their own layout with the reason.

    `registers` are those that the tables of `rejects` belong to, one each. `strange` says that a table has columns which were not
    understood, `tables` that there is one at all.
    """

    plan: ImportPlan
    rejects: list[Table]
    registers: list[str]
    strange: bool = False
    tables: bool = False


def prepare(desk: Desk, names: Sequence[str], choices: Choices, progress: Progress | None = None) -> Prepared:
    """Read files and compare them with the store; nothing is written.

    With `keep_rejects` wrong rows of tables are taken apart, also those found wrong only beside the store's records; taking one
    apart may make another wrong that refers to it, so it is asked again until nothing more falls out.
    """
    read = read_files(desk, names, choices)
    while True:
        batches = [reading.good() if choices.keep_rejects else reading.batch for _, reading in read.tables]
        plan = plan_import(desk, [*read.batches, *batches], progress, choices.door)
        again = (
            [(table, reading.without(plan.problems)) for table, reading in read.tables] if choices.keep_rejects else []
        )
        if [len(reading.rejected) for _, reading in again] == [len(reading.rejected) for _, reading in read.tables][
            : len(again)
        ]:
            break
        read.tables = again
    rejects, registers = _rejects(read) if choices.keep_rejects else ([], [])
    strange = any(reading.strange for _, reading in read.tables)
    return Prepared(plan, rejects, registers, strange, bool(read.tables))


def _rejects(read: Read) -> tuple[list[Table], list[str]]:
    from pmo_tui.exchange.registers import rejects_table

    found = [(table, reading) for table, reading in read.tables if reading.rejected]
    return (
        [rejects_table(table, reading.rejected, reading.reason) for table, reading in found],
        [reading.register for _table, reading in found],
    )


def read_files(desk: Desk, names: Sequence[str], choices: Choices) -> Read:
    """Read every file; Refused names what is wrong with one that cannot be read at all."""
    found = Read()
    for name in names:
        data = contents(name, choices.door)
        if not data.strip(b"\0 \r\n\t\xef\xbb\xbf"):
            raise Refused(N_("{name} is empty."), N_("Export it again."), name=name)
        read_one(desk, data, base_name(name), choices, found)
    return found


def read_one(desk: Desk, data: bytes, name: str, choices: Choices, found: Read) -> None:
    """Read one file into `found`."""
    as_register = is_register(choices.as_format)
    wanted = "" if as_register else choices.as_format
    format_ = chosen(wanted) if wanted else recognise(data, name)
    if format_ == "mspdi":
        from pmo_tui.desk.files.plans import read_plan

        project = desk.find(choices.project, ("projects",)) if choices.project else None
        found.batches.append(read_plan(desk, data, name, project))
    elif format_ == "invoice":
        from pmo_tui.exchange import ubl

        way_back = choices.door.send_back or ubl.RETURN
        found.batches.append(ubl.read_invoice(data, name, accept_broken=choices.accept_broken, way_back=way_back))
    elif format_ == "order":
        from pmo_tui.exchange import ubl

        found.batches.append(ubl.read_order(data, name))
    else:
        _table(desk, data, name, format_, choices, found)


def _table(desk: Desk, data: bytes, name: str, format_: str, choices: Choices, found: Read) -> None:
    from pmo_tui.exchange import registers as tables

    if format_ == "xlsx":
        from pmo_tui.exchange.xlsx_file import read_workbook

        table = read_workbook(data, name)
    else:
        from pmo_tui.exchange.csv_file import read_table

        table = read_table(data, name)
    mapping = _map(choices)
    register = by_name(_register(name, choices, mapping))
    fields = desk.fields(register.name)
    given = {"project": desk.find(choices.project, ("projects",))} if choices.project and "project" in fields else {}
    reading = tables.from_table(table, register, fields, mapping=mapping, source=name, constants=given)
    found.tables.append((table, reading))


def _map(choices: Choices) -> Any:
    if not choices.map_file:
        return None
    from pmo_tui.exchange.mapping import read_map

    return read_map(contents(choices.map_file, choices.door), base_name(choices.map_file))


def _register(name: str, choices: Choices, mapping: Any) -> str:
    """The register a table belongs to: as was said, by the map, by the file's name."""
    if is_register(choices.as_format):
        return choices.as_format
    if mapping is not None and mapping.register:
        return str(mapping.register)
    guess = register_in(name)
    if is_register(guess):
        return guess
    names = ", ".join(register.name for register in REGISTERS)
    raise WrongUse(N_("Which register does {name} belong to?"), choices.door.register, name=name, registers=names)
