"""Workbooks (extra `office`): read whatever a spreadsheet saved, write plain sheets in which text is text and a number is a number."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, BinaryIO

from pmo_tui.exchange.cells import LEFT_OUT
from pmo_tui.exchange.extras import need
from pmo_tui.exchange.tables import Cell, Table, plain
from pmo_tui.records.errors import Problem, Refused, Said
from pmo_tui.records.marks import N_

LONGEST = 32_767
"""Characters in one cell (Microsoft, “Excel specifications and limits”)."""
LARGEST = 500_000_000
"""Bytes of a workbook when unpacked; more is refused before it fills the memory."""
FIRST_DAY = date(1900, 3, 1)
"""Earlier days are written as text: a spreadsheet counts a 29 February 1900 that never was."""
WIDEST = 60
SAMPLE = 200


def sheet_of(name: str) -> tuple[str, str]:
    """`risks.xlsx#Open` as the file's name and the sheet's."""
    file, _, sheet = name.partition("#")
    return file, sheet


def read_workbook(data: bytes, name: str) -> Table:
    """The first sheet, or the one behind the `#` in `name`, as a table; Refused where there is none.

    A formula counts as the value that was saved with it.
    """
    need("office")
    from python_calamine import CalamineError, CalamineWorkbook

    file, wanted = sheet_of(name)
    _refuse_a_bomb(data, file)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheet = wanted or next(iter(book.sheet_names), "")
        if sheet not in book.sheet_names:
            reason = Said(
                N_("has no sheet “{sheet}”; it has {sheets}"), {"sheet": sheet, "sheets": ", ".join(book.sheet_names)}
            )
            raise Refused(problems=[Problem(reason, place=file)])
        others = [each for each in book.sheet_names if each != sheet] if not wanted else []
        rows: list[list[Any]] = book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
    except (CalamineError, zipfile.BadZipFile, ValueError, OSError) as error:
        reason = Said(N_("is not a workbook that can be read ({why})"), {"why": str(error) or type(error).__name__})
        raise Refused(problems=[Problem(reason, place=file)]) from error
    table = _table(rows, name)
    if others:
        from pmo_tui.wording.languages import _

        said = N_("{file}: only the sheet “{sheet}” is read, not {others}; another is named as {file}#{other}")
        table.notes.append(_(said).format(file=file, sheet=sheet, others=", ".join(others), other=others[0]))
    return table


def _refuse_a_bomb(data: bytes, file: str) -> None:
    """A small file that unpacks to a huge one is refused before it is read."""
    if not zipfile.is_zipfile(io.BytesIO(data)):
        return
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        size = sum(part.file_size for part in packed.infolist())
    if size > LARGEST:
        reason = Said(N_("unpacks to {size} MB, more than a workbook can need"), {"size": size // 1_000_000})
        raise Refused(problems=[Problem(reason, place=file)])


def _table(rows: list[list[Any]], name: str) -> Table:
    table = Table(name, [], as_read=True)
    for number, cells in enumerate(rows, 1):
        found = [_cell(cell) for cell in cells]
        if not any(cell is not None for cell in found):
            continue
        if not table.header:
            table.header = [" ".join(plain(cell).split()) for cell in found]
            while table.header and not table.header[-1]:
                table.header.pop()
            continue
        width = len(table.header)
        if any(cell is not None for cell in found[width:]):
            values: dict[str, object] = {"count": len(found), "width": width}
            table.broken[number] = Said(N_("has {count} cells under a header of {width}"), values)
        else:
            found = found[:width]
        table.rows.append(found)
        table.numbers.append(number)
    if not table.header:
        raise Refused(problems=[Problem(N_("holds nothing"), place=name)])
    return table


def _cell(value: Any) -> Cell:
    """The cell as ours: whole and binary figures as exact decimals, a midnight as its day."""
    if value is None or value == "":
        return None
    if isinstance(value, bool | str):
        return value
    if isinstance(value, int | float):
        return Decimal(int(value)) if value == int(value) and abs(value) < 1e15 else Decimal(repr(value))
    if isinstance(value, datetime):
        return value.date() if value.time() == time() else value
    if isinstance(value, date):
        return value
    return str(value) if isinstance(value, time | timedelta) else plain(value)


def write_workbook(tables: Sequence[Table], stream: BinaryIO) -> None:
    """Each table as a sheet: header in bold and frozen, filter on, text as text whatever it looks like, days as days.

    Rows are written as they come, so that memory does not grow with them. A number that a spreadsheet's binary figures cannot
    hold exactly is written as text, but an amount of money as the number nearest to it, so that a spreadsheet adds it up; text too long for a cell is left out with a word that says so, and stays when read back.
    """
    need("office")
    import xlsxwriter

    book = xlsxwriter.Workbook(stream, {"constant_memory": True})
    formats = {
        "head": book.add_format({"bold": True, "bottom": 1}),
        "day": book.add_format({"num_format": "yyyy-mm-dd"}),
        "moment": book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"}),
        "money": book.add_format({"num_format": "#,##0.00"}),
    }
    names: list[str] = []
    for table in tables:
        names.append(_sheet_name(table.name, names))
        _write_sheet(book.add_worksheet(names[-1]), table, formats)
    book.close()


def _sheet_name(wanted: str, taken: Sequence[str]) -> str:
    """A name that a workbook allows: at most 31 characters, none of []:*?/\\, no quote at an end, and only once."""
    clean = re.sub(r"[\[\]:*?/\\\x00-\x1f]", " ", wanted).strip(" '")[:31].strip(" '") or "Sheet"
    name, count = clean, 2
    while name.casefold() in {other.casefold() for other in taken} or name.casefold() == "history":
        name, count = f"{clean[:27]} {count}", count + 1
    return name


def _write_sheet(sheet: Any, table: Table, formats: dict[str, Any]) -> None:
    for place, width in enumerate(_widths(table)):
        sheet.set_column(place, place, width)
    sheet.freeze_panes(1, 0)
    if table.header:
        sheet.autofilter(0, 0, max(len(table.rows), 1), len(table.header) - 1)
    for place, title in enumerate(table.header):
        sheet.write_string(0, place, title, formats["head"])
    for line, cells in enumerate(table.rows, 1):
        for place, cell in enumerate(cells):
            _write_cell(sheet, line, place, cell, formats, money=place in table.amounts)


def _write_cell(sheet: Any, line: int, place: int, cell: Cell, formats: dict[str, Any], *, money: bool) -> None:
    if cell is None:
        return
    if isinstance(cell, bool):
        sheet.write_boolean(line, place, cell)
    elif isinstance(cell, Decimal):
        if money or Decimal(repr(float(cell))) == cell:
            two_decimals = money or cell.as_tuple().exponent == -2
            sheet.write_number(line, place, float(cell), formats["money"] if two_decimals else None)
        else:
            sheet.write_string(line, place, f"{cell:f}")
    elif isinstance(cell, datetime):
        sheet.write_string(line, place, cell.isoformat(sep=" ")) if cell.tzinfo else sheet.write_datetime(
            line, place, cell, formats["moment"]
        )
    elif isinstance(cell, date) and cell >= FIRST_DAY:
        sheet.write_datetime(line, place, cell, formats["day"])
    else:
        text = plain(cell)
        sheet.write_string(line, place, text if len(text) <= LONGEST else LEFT_OUT)


def _widths(table: Table) -> list[int]:
    """Columns as wide as what stands in their first rows, within reason."""
    widths = [len(title) + 3 for title in table.header]
    for cells in table.rows[:SAMPLE]:
        for place, cell in enumerate(cells[: len(widths)]):
            longest = max((len(line) for line in plain(cell).splitlines()), default=0)
            widths[place] = min(WIDEST, max(widths[place], longest + 2))
    return widths
