"""The sheet of people by periods as a file: a row a person, a column a period, in hours, per cent or FTE."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from pmo_tui.desk.files.exporting import put_file, table_bytes
from pmo_tui.desk.people.sheet_units import UNIT_NAMES, Unit, amount
from pmo_tui.records.errors import WrongUse
from pmo_tui.records.marks import N_
from pmo_tui.wording.languages import _

if TYPE_CHECKING:
    from pmo_tui.desk.people.sheet import Row, Sheet
    from pmo_tui.exchange.tables import Table

FORMATS = ("csv", "xlsx")
HEADER = ("key", "name", "function", "unit", "measure")


def sheet_table(sheet: Sheet, unit: Unit) -> Table:
    """The booked part of every cell; a period in which nothing is available has no per cent."""
    from pmo_tui.exchange.tables import Table

    table = Table("sheet", [*HEADER, *(period.name for period in sheet.periods)])
    for number, row in enumerate(sheet.rows, 2):
        table.rows.append([*_who(row, unit), *_amounts(sheet, row, unit)])
        table.numbers.append(number)
    return table


def _who(row: Row, unit: Unit) -> list[str | None]:
    function, organisation = getattr(row.who, "function", None), getattr(row.who, "unit", None)
    return [row.key, row.name, function, organisation, _(UNIT_NAMES[unit])]


def _amounts(sheet: Sheet, row: Row, unit: Unit) -> list[Decimal | None]:
    return [amount(cell, period, unit) for cell, period in zip(row.cells, sheet.periods, strict=True)]


def export_sheet(sheet: Sheet, unit: Unit, name: str) -> int:
    """Write the sheet to a CSV or XLSX file, whole or not at all; how many rows it holds."""
    format_ = PurePath(name).suffix.lstrip(".").casefold()
    if format_ not in FORMATS:
        raise WrongUse(
            N_("{name} is no name of a CSV or XLSX file."), N_("Call it sheet.csv or sheet.xlsx."), name=name
        )
    put_file(Path(name).expanduser(), table_bytes(sheet_table(sheet, unit), format_))
    return len(sheet.rows)
