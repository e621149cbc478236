"""`export`, edit, `import`: what comes back is exactly what was edited."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pmo_tui.exchange.csv_file import read_table
from pmo_tui.exchange.tables import Cell, Table
from pmo_tui.exchange.xlsx_file import read_workbook, write_workbook
from tests.cli.process import Pmo

Edit = Callable[[list[str], list[Cell]], None]


@pytest.fixture
def ledger(office: Pmo) -> Pmo:
    """The office with records that spreadsheets are known to spoil."""
    office.add("fields", "register=projects", "name=share", "label=Share", "kind=number")
    office.add(
        "projects", "name==HYPERLINK(1)", "code=007", "budget=1234.50", "short_name=1e5", "department=-5", "phase=1/2", "share=12.50",
        "notes=first line\nsecond; \"quoted\", with a comma", "tags=a, b c", "confidential=yes", "start=2026-01-31",
        "vat_recoverable=33.3330",
    )  # fmt: skip
    office.add(
        "projects", "name=+31 6 12345678", "code=2026-05", "budget=-99999999.99", "short_name=TRUE", "department=10:30"
    )
    office.add("projects", "name=Ελλάς 中文 Zoë", "code=1.10", "short_name='quoted'", "budget=0.001")
    return office


def edited(data: bytes, edit: Edit) -> bytes:
    """A workbook as a spreadsheet leaves it after some cells were edited."""
    table = read_workbook(data, "x.xlsx")
    for row in table.rows:
        row += [None] * (len(table.header) - len(row))
        edit(table.header, row)
    stream = io.BytesIO()
    write_workbook([Table("x", table.header, table.rows, table.numbers)], stream)
    return stream.getvalue()


def changes(pmo: Pmo, file: str, register: str = "projects") -> dict[tuple[str, str], Any]:
    """Import, and what it changed by key and field."""
    done = pmo("import", file, "--as", register, "--json").json
    assert done["new"] == 0
    return {(r["key"], c["field"]): c["new"] for r in done["records"] for c in r["changes"]}


@pytest.mark.parametrize("format_", ["csv", "xlsx"])
def test_unedited_nothing_changes_and_edited_exactly_that(ledger: Pmo, format_: str) -> None:
    ledger("export", f"projects.{format_}", "--labels" if format_ == "csv" else "--json")
    assert changes(ledger, f"projects.{format_}") == {}

    def edit(header: list[str], row: list[Cell]) -> None:
        at = {name.casefold().replace(" ", "_"): place for place, name in enumerate(header)}
        if row[at["key"]] == "P-2":
            row[at["budget"]], row[at["notes"]], row[at["phase"]] = "1300.25", "=1+1", None
        if row[at["key"]] == "P-4":
            row[at["name"]], row[at["manager"]] = "Ελλάς", "Jan de Boer"

    path = ledger.folder / f"projects.{format_}"
    if format_ == "xlsx":
        path.write_bytes(edited(path.read_bytes(), edit))
    else:
        rows: list[list[Cell]] = [list(row) for row in csv.reader(path.open(newline="", encoding="utf-8"))]
        for row in rows[1:]:
            edit([str(title) for title in rows[0]], row)
        with path.open("w", newline="", encoding="utf-8") as stream:
            csv.writer(stream).writerows(rows)
    assert changes(ledger, path.name) == {
        ("P-2", "budget"): "1300.25",
        ("P-2", "notes"): "=1+1",
        ("P-2", "phase"): None,
        ("P-4", "name"): "Ελλάς",
        ("P-4", "manager"): "PER-1",
    }


def test_an_older_file_does_not_undo_what_others_changed_since(ledger: Pmo) -> None:
    ledger("export", "projects.csv")
    ledger("--as", "anna", "set", "P-2", "budget=1")
    assert "P-2 was changed after this file was made; export it again" in ledger.fails(5, "import", "projects.csv")
    assert ledger("show", "P-2", "--json").json["budget"] == "1"


def test_a_formula_is_text_in_both_files(ledger: Pmo) -> None:
    out = ledger("export", "-", "key=P-2", "--as", "projects.csv").out
    (row,) = list(csv.DictReader(io.StringIO(out)))
    assert (row["name"], row["code"], row["department"]) == ("'=HYPERLINK(1)", "'007", "'-5")
    ledger("export", "projects.xlsx", "key=P-2")
    table = read_workbook((ledger.folder / "projects.xlsx").read_bytes(), "projects.xlsx")
    assert "=HYPERLINK(1)" in table.rows[0]


def test_filter_project_format_and_register(office: Pmo) -> None:
    office.add("projects", "name=Other", "code=OTH")
    office.add("risks", "title=Elsewhere", "project=OTH", "impact=5")
    said = office("export", "risks-open.csv", "impact>=4", "--project", "SEW", "--json")
    assert said.json == {"file": "risks-open.csv", "records": 1}
    assert [row[0] for row in read_table((office.folder / "risks-open.csv").read_bytes(), "x").rows] == ["R-1"]
    assert office("export", "-", "--as", "risks.xlsx").raw.startswith(b"PK")
    assert office("export", "out.csv", "--as", "people.csv").err.strip() == "1 records in out.csv"
    assert "What is to be exported to list.csv?" in office.fails(2, "export", "list.csv")
    assert "What is to be exported to risks.pdf?" in office.fails(2, "export", "risks.pdf")
    assert "There is no field “colour”" in office.fails(2, "export", "risks.csv", "colour:red")
    assert not (office.folder / "risks.csv").exists()
    office("export", "risks.csv")
    assert not list(office.folder.glob(".risks*"))


def test_orders_with_their_lines_and_plans_with_their_links_go_round(office: Pmo) -> None:
    office.add("suppliers", "name=Dijkwerk")
    lines = [
        {"quantity": "10", "price": "1000.250", "project": "P-1"},
        {"quantity": "1", "price": "2", "description": "a;b"},
    ]
    office.add("orders", "title=Works", "supplier=Dijkwerk", f"lines:={json.dumps(lines)}")
    office.add("tasks", "project=SEW", "name=Dig", "duration=5d")
    office.add("tasks", "project=SEW", "name=Pour", "duration=2w", "predecessors=1FS+2d")
    office.add("tasks", "project=SEW", "name=Plant", "predecessors=1SS, 2FF-1d")
    for register in ("orders", "tasks"):
        for format_ in ("csv", "xlsx"):
            office("export", f"{register}.{format_}")
            assert changes(office, f"{register}.{format_}", register) == {}


# ---- LibreOffice ---------------------------------------------------------------------------------------------------------


def saved_by_libreoffice(path: Path, to: str, folder: Path) -> Path:
    """The file opened and saved in another format (`csv`, `xlsx`, `ods`) by LibreOffice."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice (soffice) is not on this machine")
    profile = f"-env:UserInstallation=file://{folder}/profile"
    words = [program, profile, "--headless", "--norestore", "--convert-to", to, "--outdir", str(folder / to), str(path)]
    subprocess.run(words, check=True, capture_output=True, timeout=180)
    return folder / to / f"{path.stem}.{to}"


@pytest.mark.slow
def test_what_libreoffice_saves_gives_exactly_the_edited_cells(ledger: Pmo, tmp_path: Path) -> None:
    ledger("export", "projects.xlsx")
    ledger("export", "projects.csv")
    xlsx = saved_by_libreoffice(ledger.folder / "projects.xlsx", "xlsx", tmp_path)
    assert changes(ledger, str(xlsx)) == {}
    assert changes(ledger, str(saved_by_libreoffice(xlsx, "ods", tmp_path))) == {}
    assert changes(ledger, str(saved_by_libreoffice(xlsx, "xls", tmp_path))) == {}
    assert changes(ledger, str(saved_by_libreoffice(ledger.folder / "projects.csv", "csv", tmp_path))) == {}

    def edit(header: list[str], row: list[Cell]) -> None:
        if row[header.index("key")] == "P-3":
            row[header.index("budget")], row[header.index("name")] = "12.10", "+31 6 87654321"

    xlsx.write_bytes(edited(xlsx.read_bytes(), edit))
    again = saved_by_libreoffice(xlsx, "ods", tmp_path)
    assert changes(ledger, str(again)) == {("P-3", "budget"): "12.10", ("P-3", "name"): "+31 6 87654321"}
