"""Somebody else's columns, mapped: the shape of a published list of capital projects."""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from pmo_tui.exchange.incoming import To
from pmo_tui.exchange.mapping import read_map
from pmo_tui.records.errors import Refused
from tests.exchange.registers_help import read

EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "capital-delivery.toml"
HEADER = (
    "ID,FFC,Delivery Program,Tender Closed,Owner Group,BNI,BCA,PBC,EPT,Approval body,Owner Team,Stage1,Stage2,Stage3"
)
LIST = f'''\ufeff{HEADER}
A1001,2066075.5899999999,Renewals,,Networks,5/02/2016 5:00:00 PM,2016-05-25 17:00:00,30/03/2016 5:00:00 PM,3 Gate,Board,Pipes,2017-02-16 00:00:00,2017-12-22 17:00:00,2018-02-16 17:00:00
A1002,59342000,Growth - Large,2028-04-04 17:00:00,Networks,28/10/2019 5:00:00 PM,2028-07-11 17:00:00,,2 Gate,"Finance, Audit",Pumps,2031-12-09 17:00:00,2032-03-18 17:00:00,
A1003,1.5,Renewals,,Networks,11/07/2016,2017-02-28 10:00:00,24/10/2016,Other,Board,"Pipes & ""Drains""",2017-08-15 17:00:00,,
A1004,774234.8500000001,Growth - Large,2018-07-13 17:00:00,Networks,,2018-07-27 17:00:00,,Other,Board,Pumps,2021-03-26 17:00:00,2021-07-07 17:00:00,2022-02-24 17:00:00
A1005,100,,,Networks,1/1/2020,2018-07-27,,Other,Board,,2021-03-26,,
B2,0.1,Renewals,,,2/05/2018 8:57:00 AM,2018-07-27 17:00:00,,,,,2021-03-26 17:00:00,,
'''


def test_a_list_becomes_projects_programmes_and_gates() -> None:
    mapping = read_map(EXAMPLE.read_bytes(), EXAMPLE.name)
    reading = read(LIST, "projects", "list.csv", mapping)
    assert reading.batch.problems == []
    assert reading.batch.notes == []
    found = Counter(record.register for record in reading.batch.records)
    assert found == {"programmes": 2, "projects": 6, "gates": 26}
    programme, project = reading.batch.records[0], reading.batch.records[2]
    assert (programme.values, programme.update) == ({"currency": "AUD", "name": "Renewals"}, False)
    assert project.source_key == "csv:capital-delivery#A1001"
    assert project.match == ({"code": "A1001"},)
    assert project.values == {
        "code": "A1001", "budget": Decimal("2066075.59"), "department": "Pipes", "start": date(2016, 2, 5), "finish": date(2018, 2, 16),
        "parent": To(programme.source_key), "currency": "AUD", "name": "A1001 Renewals", "notes": "Approval by Board, 3 Gate; Networks",
    }  # fmt: skip
    gate = reading.batch.records[3]
    owner = To(project.source_key)
    assert gate.values == {"project": owner, "name": "BNI", "position": 1, "planned_on": date(2016, 2, 5)}
    assert gate.match == ({"project": owner, "name": "BNI"},)
    assert reading.batch.complete_for == ("csv:capital-delivery#",)


def test_a_bad_date_rejects_the_project_with_its_gates() -> None:
    mapping = read_map(EXAMPLE.read_bytes(), EXAMPLE.name)
    reading = read(LIST.replace("28/10/2019", "30/02/2019"), "projects", "list.csv", mapping)
    assert {problem.place for problem in reading.batch.problems} == {"list.csv, row 3"}
    assert {problem.field for problem in reading.batch.problems} == {"start", "BNI"}
    assert not [record for record in reading.good().records if "A1002" in record.source_key]


def test_the_published_list_becomes_445_projects_with_gate_dates(shared_data: Path) -> None:
    data = (shared_data / "portfolio" / "melbourne-water-capital-delivery.csv").read_bytes()
    reading = read(data, "projects", "list.csv", read_map(EXAMPLE.read_bytes(), EXAMPLE.name))
    assert reading.batch.problems == []
    found = Counter(record.register for record in reading.batch.records)
    assert (found["projects"], found["programmes"]) == (445, 4)
    gates = [record for record in reading.batch.records if record.register == "gates"]
    filled = sum(bool(cell) for line in data.decode("utf-8-sig").splitlines()[1:] for cell in _cells(line))
    assert len(gates) == filled
    assert all(isinstance(gate.values["planned_on"], date) for gate in gates)
    first = next(gate for gate in gates if gate.source_key.endswith("#Q05640/gates/BNI"))
    assert first.values["planned_on"] == date(2016, 7, 11)


def _cells(line: str) -> list[str]:
    """The seven gate cells of a line of the published list."""
    import csv

    row = next(csv.reader([line]))
    return [row[place] for place in (3, 5, 6, 7, 11, 12, 13)]


def refusal(text: str) -> str:
    with pytest.raises(Refused) as caught:
        read_map(text.encode(), "x.toml")
    return str(caught.value)


def test_a_map_that_cannot_be_meant_is_refused_by_line() -> None:
    assert "x.toml: is not TOML" in refusal("register = ")
    assert "x.toml: colums: is not known here; did you mean columns?" in refusal('register = "projects"\n[colums]\n')
    assert "x.toml: register: is needed" in refusal("")
    assert "“project” is not a register" in refusal('register = "project"\n')
    assert "x.toml: A: “gate” is not a register" in refusal('register = "projects"\n[columns]\nA = "gate.BNI"\n')
    assert "decimal" in refusal('register = "projects"\ndecimal = ";"\n')


def problems(text: str, data: str = "ID,FFC\nA,1\n") -> list[str]:
    mapping = read_map(text.encode(), "x.toml")
    return [str(problem) for problem in read(data, "projects", "list.csv", mapping).batch.problems]


def test_a_map_that_does_not_fit_the_file_is_refused() -> None:
    base = 'register = "projects"\nkey = "ID"\n[columns]\n'
    assert problems(base + 'FFD = "budget"\n') == ["list.csv: FFD: is in the map x.toml, but not a column of the file"]
    assert problems(base + 'FFC = "budgte"\n') == ["list.csv: FFC: “budgte” is not a field; did you mean budget?"]
    assert problems(base + 'FFC = "people.x"\n') == ["list.csv: FFC: people do not belong to projects"]
    assert problems(base + 'FFC = "gates.x.y"\n') == ["list.csv: FFC: “y” is not a field of gates"]
    assert problems(base + '[templates]\nname = "{Nmae}"\n') == [
        "list.csv: Nmae: is in the map x.toml, but not a column of the file"
    ]
    assert problems(base + '[constants]\nstatus = "nope"\n')[0].startswith("list.csv: status: “nope” is not one of")
    assert problems(base.replace('"ID"', '"Id code"')) == [
        "list.csv: Id code: is the key in the map x.toml, but not a column of the file"
    ]
    assert problems(base, "ID,FFC\nA,1\n,2\nA,3\n") == [
        "list.csv, row 3: ID: is needed: it tells the rows apart",
        "list.csv, row 4: ID: is the same as in row 2",
    ]


def test_the_key_of_the_map_becomes_the_code_and_figures_are_read_as_it_says() -> None:
    text = 'register = "projects"\nkey = "ID"\ndecimal = ","\n[columns]\nFFC = "budget"\nCalled = "name"\n'
    mapping = read_map(text.encode(), "x.toml")
    record = read("ID,FFC,Called\nA,1.234,x\n", "projects", "list.csv", mapping).batch.records[0]
    assert record.values == {"code": "A", "budget": Decimal(1234), "name": "x"}


def test_two_columns_may_fill_one_related_record() -> None:
    text = 'register = "projects"\nkey = "ID"\n[columns]\nPlan = "gates.G1"\nReal = "gates.G1.passed_on"\n'
    records = read(
        "ID,Plan,Real\nA,2026-01-02,2026-02-03\n", "projects", "x.csv", read_map(text.encode(), "x")
    ).batch.records
    assert [record.register for record in records] == ["projects", "gates"]
    assert records[1].values["planned_on"] == date(2026, 1, 2)
    assert records[1].values["passed_on"] == date(2026, 2, 3)
