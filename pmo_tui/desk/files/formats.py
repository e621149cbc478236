"""Files to batches: the format is recognised by content and its reader called. Nothing here looks into the store's records."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pmo_tui.desk.files.importing import ImportPlan, Progress, plan_import
from pmo_tui.exchange.formats import chosen, recognise, register_in
from pmo_tui.exchange.incoming import Batch
from pmo_tui.records.errors import NotFound, Refused, WrongUse
from pmo_tui.records.marks import N_
from pmo_tui.records.registers import REGISTERS, by_name, is_register

if TYPE_CHECKING:
    from pmo_tui.desk.desk import Desk
    from pmo_tui.exchange.registers import Reading
    from pmo_tui.exchange.tables import Table

LARGEST = 500 * 1024 * 1024
STDIN = "-"


@dataclass(frozen=True, slots=True)
class Choices:
    """What was said about an import: the project it belongs to, the format or register, a map of columns, whether wrong rows or broken
    invoices are taken apart instead of refusing the file."""

    project: str = ""
    as_format: str = ""
    map_file: str = ""
    keep_rejects: bool = False
    accept_broken: bool = False


@dataclass(slots=True)
class Read:
    """What was read: batches of other formats, and tables with what was understood of them."""

    batches: list[Batch] = field(default_factory=list)
    tables: list[tuple[Table, Reading]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Prepared:
    """An import ready to be carried out, and the wrong rows that were taken apart, in their own layout with the reason.

    `registers` are those that the tables of `rejects` belong to, one each.
    """

    plan: ImportPlan
    rejects: list[Table]
    registers: list[str]


def prepare(desk: Desk, names: Sequence[str], choices: Choices, progress: Progress | None = None) -> Prepared:
    """Read files and compare them with the store; nothing is written.

    With `keep_rejects` wrong rows of tables are taken apart, also those found wrong only beside the store's records; taking one
    apart may make another wrong that refers to it, so it is asked again until nothing more falls out.
    """
    read = read_files(desk, names, choices)
    while True:
        batches = [reading.good() if choices.keep_rejects else reading.batch for _, reading in read.tables]
        plan = plan_import(desk, [*read.batches, *batches], progress)
        again = (
            [(table, reading.without(plan.problems)) for table, reading in read.tables] if choices.keep_rejects else []
        )
        if [len(reading.rejected) for _, reading in again] == [len(reading.rejected) for _, reading in read.tables][
            : len(again)
        ]:
            break
        read.tables = again
    return Prepared(plan, *_rejects(read)) if choices.keep_rejects else Prepared(plan, [], [])


def _rejects(read: Read) -> tuple[list[Table], list[str]]:
    from pmo_tui.exchange.registers import rejects_table

    found = [(table, reading) for table, reading in read.tables if reading.rejected]
    return (
        [rejects_table(table, reading.rejected) for table, reading in found],
        [reading.register for _table, reading in found],
    )


def check_names(names: Sequence[str]) -> None:
    """An error that names the first that is no file to be read, and the way out; before a store is made for it."""
    if list(names).count(STDIN) > 1:
        raise WrongUse(N_("Standard input can be read once."), N_("Name - once, and the other files by name."))
    for name in names:
        path = path_of(name)
        if name == STDIN:
            continue
        if not path.exists():
            raise NotFound(N_("There is no file {name}."), N_("Check the path; - reads standard input."), name=name)
        if path.is_dir():
            folder = name.rstrip("/") or name
            raise WrongUse(N_("{name} is a folder."), N_("Name the files in it: pmo import {name}/*"), name=folder)
        if path.stat().st_size > LARGEST:
            raise Refused(N_("{name} is larger than 500 MB."), N_("Split it."), name=name)


def path_of(name: str) -> Path:
    """The file that `name` means; behind a `#` may stand one of its sheets: `risks.xlsx#Open`."""
    path = Path(name).expanduser()
    return path if path.exists() or "#" not in path.name else path.with_name(path.name.partition("#")[0])


def contents(name: str) -> bytes:
    """The bytes of a file, or of standard input for `-`; an error that names the file and the way out."""
    check_names([name])
    return sys.stdin.buffer.read() if name == STDIN else path_of(name).read_bytes()


def read_files(desk: Desk, names: Sequence[str], choices: Choices) -> Read:
    """Read every file; Refused names what is wrong with one that cannot be read at all."""
    found = Read()
    for name in names:
        data = contents(name)
        if not data.strip(b"\0 \r\n\t\xef\xbb\xbf"):
            raise Refused(N_("{name} is empty."), N_("Export it again."), name=name)
        read_one(desk, data, base_name(name), choices, found)
    return found


def base_name(name: str) -> str:
    """The file's own name, by which its records are known again; `stdin` for standard input."""
    return "stdin" if name == STDIN else Path(name).name


def read_one(desk: Desk, data: bytes, name: str, choices: Choices, found: Read) -> None:
    """Read one file into `found`."""
    as_register = is_register(choices.as_format)
    wanted = "" if as_register else choices.as_format
    format_ = chosen(wanted) if wanted else recognise(data, name)
    if format_ == "mspdi":
        from pmo_tui.exchange import mspdi

        project = desk.find(choices.project, ("projects",)) if choices.project else None
        found.batches.append(mspdi.read(data, name, project=project))
    elif format_ == "invoice":
        from pmo_tui.exchange import ubl

        found.batches.append(ubl.read_invoice(data, name, accept_broken=choices.accept_broken))
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
    mapping = _map(choices.map_file)
    register = by_name(_register(name, choices, mapping))
    fields = desk.fields(register.name)
    given = {"project": desk.find(choices.project, ("projects",))} if choices.project and "project" in fields else {}
    reading = tables.from_table(table, register, fields, mapping=mapping, source=name, constants=given)
    found.tables.append((table, reading))


def _map(path: str) -> Any:
    if not path:
        return None
    from pmo_tui.exchange.mapping import read_map

    return read_map(contents(path), base_name(path))


def _register(name: str, choices: Choices, mapping: Any) -> str:
    """The register a table belongs to: by --as, by the map, by the file's name."""
    if is_register(choices.as_format):
        return choices.as_format
    if mapping is not None and mapping.register:
        return str(mapping.register)
    guess = register_in(name)
    if is_register(guess):
        return guess
    names = ", ".join(register.name for register in REGISTERS)
    hint = N_("Say it with --as REGISTER, or name the file after it: risks.csv. The registers are {registers}.")
    raise WrongUse(N_("Which register does {name} belong to?"), hint, name=name, registers=names)
