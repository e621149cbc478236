"""Records out to files: a register as CSV or XLSX, milestones as a calendar. The format follows from the name."""

from __future__ import annotations

import io
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any, BinaryIO

import msgspec

from pmo_tui.desk.views.list_names import LISTS, is_list
from pmo_tui.exchange.formats import register_in
from pmo_tui.records.errors import WrongUse
from pmo_tui.records.marks import N_
from pmo_tui.records.registers import REGISTERS, is_register
from pmo_tui.wording.languages import _

if TYPE_CHECKING:
    from pmo_tui.desk.desk import Desk
    from pmo_tui.desk.views.view import View
    from pmo_tui.exchange.tables import Table

Progress = Callable[[int, int], None]
"""Called with how much is done, of how much."""
STEP = 64
"""Rows from one call to the next."""
MILESTONES = "milestones"
ENDINGS = {"csv": "csv", "xlsx": "xlsx", "ics": "ics"}


def nobody_asks(done: int, of: int) -> None:
    """No progress is shown."""


@dataclass(frozen=True, slots=True)
class Target:
    """What is exported (a register or a computed list) and in which format."""

    what: str
    format: str


def target_of(name: str, as_format: str = "") -> Target:
    """What a file's name asks for: `milestones.ics`, `risks.csv`, `projects.xlsx`; `--as risks.csv` says it for `-`."""
    asked = as_format or name
    if as_format and "." not in as_format:
        asked = (
            f"{as_format}.csv" if is_register(as_format) or is_list(as_format) else f"{PurePath(name).stem}.{as_format}"
        )
    ending = PurePath(asked).suffix.lstrip(".").casefold()
    format_ = ENDINGS.get(ending)
    what = register_in(asked)
    if format_ == "ics":
        return Target(MILESTONES, "ics")
    if format_ is None or not (is_register(what) or is_list(what)):
        names = ", ".join([*(register.name for register in REGISTERS), *LISTS])
        hint = N_(
            "Names like risks.csv, projects.xlsx or milestones.ics say it; for - use --as risks.csv. The registers and lists are {registers}."
        )
        raise WrongUse(N_("What is to be exported to {name}?"), hint, name=name, registers=names)
    return Target(what, format_)


def counted(rows: Sequence[int], progress: Progress) -> Iterator[int]:
    """The rows, while `progress` is told how far they are."""
    for done, row in enumerate(rows):
        if not done % STEP:
            progress(done, len(rows))
        yield row


def export(
    desk: Desk,
    target: Target,
    stream: BinaryIO,
    filter_text: str = "",
    project: str = "",
    *,
    labels: bool = False,
    progress: Progress = nobody_asks,
) -> int:
    """Write what `target` says, as far as the filter and the project go, and return how many records it holds.

    `progress` is told now and then how many rows of how many are worked out.
    """
    if target.format == "ics":
        return _calendar(desk, stream, filter_text, project)
    words = [_of_project(desk, target.what, project), filter_text]
    view = desk.view(target.what, " ".join(word for word in words if word))
    table = table_of(desk, view, rows=counted(range(len(view)), progress), labels=labels)
    stream.write(table_bytes(table, target.format))
    return len(view)


def table_of(
    desk: Desk,
    view: View,
    names: Sequence[str] | None = None,
    *,
    rows: Iterable[int] | None = None,
    labels: bool = False,
) -> Table:
    """The rows of a view as a table, with every field or those asked for; what a register's table holds is read back as it is."""
    from pmo_tui.exchange import registers as tables

    documents = (_plain(desk, view.values(i, names)) for i in (range(len(view)) if rows is None else rows))
    return tables.to_table(view.register, view.fields, documents, names, "label" if labels else "name")


def export_file(desk: Desk, name: str, filter_text: str = "", project: str = "") -> int:
    """Write to a file, whole or not at all, and return how many records it holds; the name says what and in which format."""
    target = target_of(name)
    stream = io.BytesIO()
    count = export(desk, target, stream, filter_text, project)
    put_file(Path(name).expanduser(), stream.getvalue())
    return count


def names_other(name: str, what: str) -> bool:
    """Whether a file's name asks for something else than the list `what`: a calendar, or another list; a name that asks for none does not."""
    try:
        return target_of(name) not in (Target(what, "csv"), Target(what, "xlsx"))
    except WrongUse:
        return PurePath(name).suffix.casefold() not in (".csv", ".xlsx")


def export_view(
    desk: Desk, name: str, view: View, rows: Sequence[int] | None = None, names: Sequence[str] | None = None
) -> int:
    """Write a list as it is looked at, CSV or XLSX by the file's ending: all rows or some, every field or those named; how many rows."""
    places = range(len(view)) if rows is None else rows
    table = table_of(desk, view, names, rows=places)
    put_file(Path(name).expanduser(), table_bytes(table, ENDINGS[PurePath(name).suffix.lstrip(".").casefold()]))
    return len(places)


def table_bytes(table: Table, format_: str) -> bytes:
    """A table as a CSV or XLSX file."""
    stream = io.BytesIO()
    if format_ == "xlsx":
        from pmo_tui.exchange.xlsx_file import write_workbook

        write_workbook([table], stream)
    else:
        from pmo_tui.exchange.csv_file import write_table

        write_table(table, stream, delimiter=table.delimiter)
    return stream.getvalue()


def put_file(path: Path, data: bytes) -> None:
    """Write a file whole or not at all, with the rights that new files get; a pipe or a device is written to, not replaced."""
    if path.exists() and not path.is_file():
        path.write_bytes(data)
        return
    try:
        handle, beside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as error:
        error.filename = str(path)  # what was asked for, not the name that was made up
        raise
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        mask = os.umask(0)
        os.umask(mask)
        os.chmod(beside, 0o666 & ~mask)
        os.replace(beside, path)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise


def _plain(desk: Desk, values: dict[str, Any]) -> dict[str, Any]:
    """Rows as documents; predecessors in planner's notation by the keys of tasks, which hold in any part of any plan."""
    found = {name: msgspec.to_builtins(value) if isinstance(value, list) else value for name, value in values.items()}
    if found.get("predecessors"):
        found["predecessors"] = desk.predecessors_by_key(found["predecessors"])
    return found


def _of_project(desk: Desk, register: str, project: str) -> str:
    if not project:
        return ""
    key = desk.find(project, ("projects",))
    if register in ("projects", "portfolio", "exposure"):
        return f"key={key}"
    if "project" not in desk.fields(register):
        raise WrongUse(N_("The register {register} has no project."), N_("Leave --project out."), register=register)
    return f"project={key}"


def _calendar(desk: Desk, stream: BinaryIO, filter_text: str, project: str) -> int:
    from pmo_tui.desk.planning.calendar_feed import milestones
    from pmo_tui.exchange.ics import write_milestones

    key = desk.find(project, ("projects",)) if project else ""
    found = list(milestones(desk, filter_text, key))
    stream.write(write_milestones(found, name=desk.title(key) if key else _("Milestones"), alarm=desk.config.alarm))
    return len(found)
