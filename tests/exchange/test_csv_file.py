"""Comma-separated text: how it is recognised, what is refused, and that text comes back as it was."""

from __future__ import annotations

import io
import time
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmo_tui.exchange.csv_file import read_table, write_table
from pmo_tui.exchange.tables import Cell, Table
from pmo_tui.records.errors import Refused

ROWS = "key;title\nR-1;Überlauf\nR-2;b\n"


def written(rows: list[list[Cell]], **options: object) -> bytes:
    stream = io.BytesIO()
    as_read = bool(options.pop("as_read", False))
    header = [f"c{place}" for place in range(len(rows[0]))]
    table = Table("t", header, rows, list(range(2, len(rows) + 2)), as_read=as_read)
    write_table(table, stream, **options)  # type: ignore[arg-type]
    return stream.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_encodings_are_recognised(encoding: str) -> None:
    table = read_table(ROWS.encode(encoding), "risks.csv")
    assert table.header == ["key", "title"]
    assert table.rows == [["R-1", "Überlauf"], ["R-2", "b"]]
    assert bool(table.notes) == (encoding == "cp1252")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiters_are_found(delimiter: str) -> None:
    text = 'key,title\nR-1,"a; b, c | d; e"\n'.replace("key,title", f"key{delimiter}title").replace(
        "R-1,", f"R-1{delimiter}"
    )
    table = read_table(text.encode(), "risks.csv")
    assert table.rows == [["R-1", "a; b, c | d; e"]]
    assert table.delimiter == delimiter


def test_the_delimiter_may_be_said_in_a_first_line() -> None:
    table = read_table(b"sep=;\nkey;title\nR-1;a,b,c\n", "risks.csv")
    assert (table.header, table.rows, table.numbers) == (["key", "title"], [["R-1", "a,b,c"]], [3])


def test_rows_are_numbered_as_a_spreadsheet_does() -> None:
    table = read_table(b'key,title\nR-1,"two\nlines"\n\n,\nR-2,b\n', "risks.csv")
    assert list(table.numbered()) == [(2, ["R-1", "two\nlines"]), (5, ["R-2", "b"])]


def refusal(data: bytes) -> str:
    with pytest.raises(Refused) as caught:
        read_table(data, "risks.csv")
    return str(caught.value)


def test_what_is_no_table_is_refused_by_row() -> None:
    assert "risks.csv, row 2: holds a NUL" in refusal(b"key,title\nR-1,a\0b\n")
    assert "risks.csv, row 3: a quotation mark" in refusal(b'key,title\nR-1,a\nR-2,"b" c\nR-3,d\n')
    assert "risks.csv, row 2: a quotation mark" in refusal(b'key,title\nR-1,"never closed\nR-2,b\n')
    assert "line 2: is neither UTF-8" in refusal(b"key,title\nR-1,\x81\xfe\n")
    assert "workbook" in refusal(b"PK\x03\x04rest")
    assert "holds nothing" in refusal(b"\n\n")


@pytest.mark.parametrize("begin", [b"", b"key,title\nR-1,", b'key,title\nR-1,"'])
def test_fifty_megabytes_on_one_line_are_refused_at_once(begin: bytes) -> None:
    data = begin + b"x" * 50_000_000
    began = time.perf_counter()
    assert "longer than 1000000 characters" in refusal(data)
    assert time.perf_counter() - began < 2


def test_an_open_quotation_mark_does_not_swallow_a_large_file() -> None:
    assert "row 2: is longer than" in refusal(b'key,title\nR-1,"a\n' + b"R-2,b\n" * 400_000)


def test_rows_wider_or_narrower_than_the_header_are_named() -> None:
    table = read_table(b"key,title,owner\nR-1,a\nR-2,b,c,d\nR-3,a,b,,,\nR-4,cut", "risks.csv")
    assert sorted(table.broken) == [3, 5]
    assert "4 cells under a header of 3" in table.broken[3].words()
    assert "cut off" in table.broken[5].words()
    assert "rows 2 have fewer" in table.notes[0]
    assert table.rows[2] == ["R-3", "a", "b"]


RISKY = [
    "=SUM(1)",
    "+31 6",
    "@cmd",
    "-lead",
    "\tx",
    "'=x",
    "''@x",
    "1.10",
    "007",
    "-5",
    "'007",
    "31-12-2026",
    "true",
    "5 mei 2026",
    "1e5",
]
SAFE = ["'t Hof", "R-12", "2026-w47", "a=b", "5d", "2nd phase", "NL91ABNA0417164300", "", "'s", "a; b"]


@pytest.mark.parametrize("text", RISKY)
def test_text_that_a_spreadsheet_would_change_gets_an_apostrophe(text: str) -> None:
    data = written([["x", text]])
    assert ("'" + text).encode() in data
    assert read_table(data, "t").rows == [["x", text]]


@pytest.mark.parametrize("text", SAFE)
def test_other_text_is_written_as_it_is(text: str) -> None:
    assert b",'" + text.encode() not in written([["x", text]])


def test_a_file_given_back_keeps_its_own_figures_but_runs_no_formula() -> None:
    data = written([["-5.00", "007", "=HYPERLINK(1)"]], as_read=True)
    assert b"-5.00,007,'=HYPERLINK(1)" in data
    assert read_table(data, "t").rows == [["-5.00", "007", "=HYPERLINK(1)"]]


def test_numbers_days_and_truth_are_plain_text() -> None:
    data = written([[Decimal("-1234.50"), date(2026, 12, 31), True, None, Decimal("1.234")]], bom=True, delimiter=";")
    assert data == b"\xef\xbb\xbfc0;c1;c2;c3;c4\r\n-1234.50;2026-12-31;yes;;1.2340\r\n"


CHARACTERS = st.characters(codec="utf-8", exclude_characters="\0")
PIECES = st.sampled_from(
    ["=", "+", "-", "@", "\t", "'", '"', ",", ";", "\n", "\r", "\r\n", "1", ".", " ", "€", "jan", "\ufeff"]
)
TEXT = st.one_of(st.text(CHARACTERS, max_size=12), st.lists(PIECES, max_size=6).map("".join))


@given(st.lists(st.lists(TEXT, min_size=2, max_size=2), min_size=1, max_size=5), st.booleans(), st.booleans())
def test_any_text_comes_back_exactly(rows: list[list[str]], as_read: bool, bom: bool) -> None:
    marked: list[list[Cell]] = [["x", *row, "x"] for row in rows]
    back = read_table(written(marked, as_read=as_read, bom=bom), "t")
    assert [[cell or "" for cell in row] for row in back.rows] == marked
    assert not back.broken
