"""Comma-separated text: found out how it is written, read exactly, written so that a spreadsheet leaves it as it is.

A spreadsheet that opens such a file runs text that looks like a formula and turns `1.10` or `007` into numbers. Text of either sort
is written with an apostrophe in front; reading takes exactly one such apostrophe away, so what comes back is what was there.
An apostrophe before anything else is left alone, going out and coming in.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import BinaryIO

from pmo_tui.exchange.tables import Cell, Table, plain
from pmo_tui.records.errors import PmoError, Problem, Refused, Said
from pmo_tui.records.marks import N_

LONGEST = 1_000_000
"""Characters of the longest line and of the longest cell that are read; the rows of a large order fit in, a broken file does not."""
DELIMITERS = (",", ";", "\t", "|")
SAMPLE = 65_536
LONGEST_FIGURE = 320
"""Digits beyond which no spreadsheet takes text for a number."""

_NUMBER = r"[-+]?(?=[\d.,]*\d)[\d.,]+"
_FORMULA = re.compile(rf"(?!{_NUMBER}\Z)[=+\-@\t\r\n]", re.DOTALL)
"""Text that a spreadsheet would run (OWASP, CSV injection). A bare number with its sign is none."""
_MONTH = r"(jan|feb|mar|mrt|apr|may|mei|jun|jul|aug|sep|oct|okt|nov|dec)[a-z]*\.?"
_REWRITTEN = re.compile(
    rf"\s*([-+(]?\s*[€$£¥]?\s*[-+]?[\d.,:/%\s-]*\d[\d.,:/%\s€$£¥()-]*(e[-+]?\d+)?\s*(am|pm)?|true|false|waar|onwaar"
    rf"|\d{{1,4}}[-./\s]{_MONTH}([-./\s]\d+)?|{_MONTH}[-./\s]\d+([-./,\s]+\d+)?|\d{{4}}-\d\d?-\d\d?t[\d:.]+z?)\s*\Z",
    re.IGNORECASE,
)
"""Text that a spreadsheet would turn into a number, a day, a time or a truth value, and write back in another way."""


def read_table(data: bytes, name: str) -> Table:
    """The table in `data`; Refused, naming the row, where it is not one.

    UTF-8, UTF-16 and Windows-1252 are recognised, with or without byte-order mark, and so is the delimiter: `,` `;` tab or `|`.
    """
    text, notes = _decoded(data, name)
    _refuse_nul(text, name)
    first = 1
    said = re.match(r"sep=(.)\r?\n", text)
    if said:
        text, first = text[said.end() :], 2
    delimiter = said[1] if said else _delimiter(text, name)
    table = Table(name, [], notes=notes, as_read=True, delimiter=delimiter)
    for number, cells in _records(text, delimiter, name, first):
        if not table.header and not any(cell.strip() for cell in cells):
            continue
        if not table.header:
            table.header = [_unguarded(cell).strip() for cell in cells]
        elif cells and any(cells):
            _append(table, number, cells)
    if not table.header:
        raise _refused(N_("holds nothing"), name)
    _judge_the_last(table, text)
    _note_short_rows(table)
    return table


def write_table(table: Table, stream: BinaryIO, *, bom: bool = False, delimiter: str = ",") -> None:
    """Write `table` as UTF-8 (with a byte-order mark for Excel when `bom`), lines ended as RFC 4180 has them.

    Text that a spreadsheet would run or rewrite gets an apostrophe in front (see above). In a table `as_read`, the file's own
    figures stay as they are, and only formulas get one.
    """
    if bom:
        stream.write(codecs.BOM_UTF8)
    out = io.TextIOWrapper(stream, encoding="utf-8", newline="", write_through=True)
    try:
        writer = csv.writer(out, delimiter=delimiter, lineterminator="\r\n")
        writer.writerow([_guarded(cell, figures=False) for cell in table.header])
        for row in table.rows:
            writer.writerow([_written(cell, table.as_read) for cell in row])
    finally:
        out.detach()


def _written(cell: Cell, as_read: bool) -> str:
    if isinstance(cell, str):
        return _guarded(cell, figures=not as_read)
    if isinstance(cell, Decimal) and not isinstance(cell, bool):
        return number_text(cell)
    return plain(cell)


def number_text(number: Decimal) -> str:
    """`number` in plain decimal text. `1.234` is written `1.2340`: with three decimals it could be read as a thousand."""
    text = f"{number:f}"
    return text + "0" if re.fullmatch(r"-?[1-9]\d{0,2}\.\d{3}", text) else text


def _guarded(text: str, *, figures: bool) -> str:
    bare = text.lstrip("'")
    risky = _FORMULA.match(bare) or ((figures or bare != text) and _rewritten(bare))
    return "'" + text if risky else text


def _rewritten(text: str) -> bool:
    return len(text) <= LONGEST_FIGURE and _REWRITTEN.match(text) is not None


def _unguarded(text: str) -> str:
    if text[:1] != "'":
        return text
    bare = text.lstrip("'")
    return text[1:] if _FORMULA.match(bare) or _rewritten(bare) else text


def _decoded(data: bytes, name: str) -> tuple[str, list[str]]:
    """The text and a note where its encoding was a guess."""
    if data.startswith(b"PK\x03\x04"):
        raise _refused(
            N_("is a workbook or another zipped file, not text; give it its own ending, such as .xlsx"), name
        )
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            return _strictly(data, encoding, name), []
    head = data[:2000]
    if len(head) >= 4 and head[1::2].count(0) > len(head) // 4 and not head[0::2].count(0):
        return _strictly(data, "utf-16-le", name), []
    if len(head) >= 4 and head[0::2].count(0) > len(head) // 4 and not head[1::2].count(0):
        return _strictly(data, "utf-16-be", name), []
    try:
        return data.decode("utf-8"), []
    except UnicodeDecodeError:
        text = _strictly(data, "cp1252", name)
        return text, [f"{name} is not UTF-8; it was read as Windows-1252 (Western European)"]


def _strictly(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        reason = N_("is neither UTF-8 nor UTF-16 nor Windows-1252 text; save it as UTF-8")
        raise _refused(reason, f"{name}, line {line}") from error


def _refuse_nul(text: str, name: str) -> None:
    found = text.find("\0")
    if found >= 0:
        row = sum(1 for _ in io.StringIO(text[:found] + "x"))
        raise _refused(N_("holds a NUL character; this is not a table, or it is damaged"), f"{name}, row {row}")


def _delimiter(text: str, name: str) -> str:
    """The delimiter under which most rows are as wide as the header, and the header is widest."""
    sample = text[:SAMPLE]
    if len(sample) < len(text):
        sample = sample[: max(sample.rfind("\n"), sample.rfind("\r")) + 1] or sample
    return max(DELIMITERS, key=lambda delimiter: _fit(sample, delimiter))


def _fit(sample: str, delimiter: str) -> tuple[bool, float, int]:
    widths = []
    try:
        for cells in csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter):
            if cells:
                widths.append(len(cells))
            if len(widths) > 50:
                break
    except csv.Error:
        widths = widths[:-1]
    if not widths or widths[0] == 1:
        return False, 0.0, 0
    return True, sum(width == widths[0] for width in widths) / len(widths), widths[0]


def _records(text: str, delimiter: str, name: str, first: int) -> Iterator[tuple[int, list[str]]]:
    """Each record with its row number. Lines are cut as they come, so that one endless line is refused at once."""
    number = first

    def lines() -> Iterator[str]:
        for line in io.StringIO(text, newline=""):
            if len(line) > LONGEST:
                raise _refused(_TOO_LONG, f"{name}, row {number}", count=LONGEST)
            yield line

    before = csv.field_size_limit(LONGEST)
    try:
        for cells in csv.reader(lines(), delimiter=delimiter, strict=True):
            yield number, cells
            number += 1
    except csv.Error as error:
        place = f"{name}, row {number}"
        if "field larger" in str(error):
            raise _refused(_TOO_LONG, place, count=LONGEST) from error
        raise _refused(
            N_("a quotation mark is opened and not closed as it should be; look there and above"), place
        ) from error
    finally:
        csv.field_size_limit(before)


_TOO_LONG = N_("is longer than {count} characters; a quotation mark may be missing, or this is not a table")


def _append(table: Table, number: int, cells: list[str]) -> None:
    width = len(table.header)
    while len(cells) > width and not cells[-1].strip():
        cells.pop()
    if len(cells) > width:
        table.broken[number] = Said(
            N_("has {count} cells under a header of {width}"), {"count": len(cells), "width": width}
        )
    table.rows.append([_unguarded(cell) if cell else None for cell in cells])
    table.numbers.append(number)


def _judge_the_last(table: Table, text: str) -> None:
    """A last row that is short and lacks its line end may have been cut off on the way."""
    if table.rows and len(table.rows[-1]) < len(table.header) and not text.endswith(("\n", "\r")):
        values: dict[str, object] = {"count": len(table.rows[-1]), "width": len(table.header)}
        reason = N_("has {count} cells under a header of {width} and no line end: is the file cut off?")
        table.broken[table.numbers[-1]] = Said(reason, values)


def _note_short_rows(table: Table) -> None:
    short = [number for number, row in table.numbered() if len(row) < len(table.header) and number not in table.broken]
    if short:
        shown = ", ".join(map(str, short[:5])) + (" …" if len(short) > 5 else "")
        table.notes.append(
            f"{table.name}: rows {shown} have fewer cells than the header; the missing ones are left alone"
        )


def _refused(reason: str, place: str, **values: object) -> PmoError:
    return Refused(problems=[Problem(Said(reason, dict(values)), place=place)])
