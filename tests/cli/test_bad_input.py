"""Whatever comes in: a clear error, exit 5, and a store that is as it was."""

from __future__ import annotations

import io
import zipfile

import pytest

from tests.cli.process import Pmo

FILES: dict[str, tuple[bytes, str]] = {
    "noise.csv": (bytes(range(256)) * 20, "is neither UTF-8 nor UTF-16 nor Windows-1252 text"),
    "program.csv": (b"\x7fELF\x02\x01\x01\0\0", "holds a NUL character; this is not a table, or it is damaged"),
    "nul.csv": (b"title,impact\nA\0B,3\n", "nul.csv, row 2: holds a NUL character"),
    "escape.csv": (
        b"title,impact\nA\x1b[31mB,3\n",
        "escape.csv, row 2: title: holds the control character U+001B at place 2",
    ),
    "no-key.csv": (b"impact,colour\n3,red\n", "neither key nor code, and to add new ones it lacks title"),
    "two-things.csv": (b"title,cost_impact\nA,1.234\n", "row 2: cost_impact: “1.234” could be 1234 or 1.234"),
    "february.csv": (b"title,next_review\nA,30-02-2026\n", "row 2: next_review: “30-02-2026” does not exist"),
    "one-line.csv": (b"title,impact\n" + b"x" * 50_000_000 + b",3\n", "row 2: is longer than 1000000 characters"),
    "quote.csv": (b'title,impact\n"A,3\nB,4\n', "row 2: a quotation mark is opened and not closed"),
    "twice.csv": (b"title,title\nA,B\n", "title: is in two columns"),
    "empty.csv": (b"", "empty.csv is empty"),
    "wide.csv": (b"title,impact\nA,3,4,5\n", "row 2: has 4 cells under a header of 2"),
    "cut.csv": (b"title,impact,cause\nA,3,x\nB,4", "row 3: has 2 cells under a header of 3 and no line end"),
    "keys.csv": (b"key,title\nP-1,X\nR-99,Y\nhello,Z\n", "row 4: key: “hello” is not a key of Risks, such as R-12"),
    "same.csv": (b"key,impact\nR-1,1\nR-1,2\n", "row 3: key: is the same as in row 2"),
    "page.csv": (b"<html><body>Log in</body></html>", "is XML, but neither a plan from MS Project nor a UBL"),
    "not-a-book.xlsx": (b"PK\x03\x04nothing", "not-a-book.xlsx: is not a workbook that can be read"),
}


@pytest.mark.parametrize("names", [list(FILES)[:9], list(FILES)[9:]], ids=["first", "second"])
def test_files_that_cannot_be_taken_in(office: Pmo, names: list[str]) -> None:
    before = office.head()
    for name in names:
        data, expected = FILES[name]
        office.write(name, data)
        said = office.fails(5, "import", name, "--as", "risks")
        assert expected in said, name
        assert name in said
    assert office.head() == before


def test_a_workbook_that_says_it_unpacks_to_a_flood(office: Pmo) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"\0" * 1000)
    data = bytearray(stream.getvalue())
    size = data.rindex(b"PK\x01\x02") + 24
    data[size : size + 4] = (2_000_000_000).to_bytes(4, "little")
    office.write("bomb.xlsx", bytes(data))
    assert "more than a workbook can need" in office.fails(5, "import", "bomb.xlsx", "--as", "risks")


def test_text_of_other_encodings_is_understood(office: Pmo) -> None:
    for encoding in ("utf-16", "utf-16-le", "utf-8-sig", "cp1252"):
        office.write("risks.csv", f"title;cause\nÜber {encoding};Größe\n".encode(encoding))
        assert office("import", "risks.csv", "--json").json["new"] == 1
    assert {row["title"] for row in office.list("risks", "cause:größe")} == {
        "Über utf-16", "Über utf-16-le", "Über utf-8-sig", "Über cp1252",
    }  # fmt: skip


def test_tasks_that_follow_themselves_or_each_other(office: Pmo) -> None:
    before = office.head()
    office.write("self.csv", "project,name,predecessors\nSEW,A,1\n")
    assert "self.csv, row 2: predecessors: the task follows itself" in office.fails(
        5, "import", "self.csv", "--as", "tasks"
    )
    office.write("loop.csv", "project,name,predecessors\nSEW,A,3\nSEW,B,1\nSEW,C,2\n")
    said = office.fails(5, "import", "loop.csv", "--as", "tasks")
    assert "loop.csv, row 2: predecessors: makes a loop of links: “A” → “B” → “C” → “A”" in said
    assert office.head() == before
    office.write("tasks.csv", "project,name,predecessors\nSEW,A,\nSEW,B,1\n")
    office("import", "tasks.csv")
    before = office.head()
    assert "makes a loop of links: T-1 → T-2 → T-1" in office.fails(5, "set", "T-1", "predecessors=2")
    assert "a task cannot depend on itself" in office.fails(5, "set", "T-1", "predecessors=1")
    assert office.head() == before


def test_names_from_a_file_never_reach_the_terminal_raw(office: Pmo) -> None:
    office.write("risks.csv", "title\n\u202e[red]x[/]\n")
    assert "\\u202e[red]x[/]" in office("import", "risks.csv").out
    office.write("b\x1b[31mad.csv", "title\nA\n")
    assert "␛[31m" in office.fails(2, "import", "b\x1b[31mad.csv")
    office.write("issues.csv", "title,\x1b[2Jcolour\nA,red\n")
    assert "␛[2Jcolour" in office("import", "issues.csv").err


def test_a_folder_is_answered_with_the_files_in_it(office: Pmo) -> None:
    (office.folder / "mails").mkdir()
    for name in ("mails", "mails/"):
        assert "pmo import mails/*\n" in office.fails(2, "import", name) + "\n"


def test_an_estimate_to_complete_is_never_below_nothing(office: Pmo) -> None:
    before = office.head()
    for words in (("set", "SEW", "etc=-5"), ("add", "reports", "project=SEW", "period=2026-w47", "etc=-5")):
        assert "etc: -5 is below 0" in office.fails(5, *words)
    office.write("reports.csv", b"project,period,etc\nSEW,2026-w47,-5\n")
    assert "row 2: etc: -5 is below 0" in office.fails(5, "import", "reports.csv", "--as", "reports")
    assert office.head() == before
