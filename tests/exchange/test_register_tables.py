"""Registers as tables: what is exported and read back changes nothing, an edited cell changes exactly that."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmo_tui.exchange.csv_file import read_table
from pmo_tui.exchange.incoming import Find, To
from pmo_tui.exchange.registers import from_table, rejects_table, to_table
from pmo_tui.exchange.tables import Table
from pmo_tui.exchange.xlsx_file import read_workbook, write_workbook
from pmo_tui.records.errors import Refused
from pmo_tui.records.registers import by_name
from pmo_tui.wording.languages import _, speaking
from tests.exchange.registers_help import as_csv, as_xlsx, changes, fields, read

TEXT = st.one_of(
    st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn")), min_size=1, max_size=10),
    st.lists(
        st.sampled_from(
            ["=", "+1", "-", "@", "'", '"', ",", ";", "1.10", "007", "=SUM(1)", "31-12-2026", " ", "é", "true"]
        ),
        min_size=1,
        max_size=4,
    ).map("".join),
).filter(lambda text: bool(text.strip()))
LONG = st.lists(TEXT, min_size=1, max_size=3).map("\n".join)
AMOUNT = (
    st.decimals(-(10**9), 10**9, places=2).map(str) | st.decimals(-1000, 1000, places=4).map(str) | st.just("1.234")
)
DAY = st.dates(date(1990, 1, 1), date(2060, 1, 1)).map(str)
KEY = st.integers(1, 999)


def with_some(needed: dict[str, Any], maybe: dict[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(needed, optional=maybe)


PROJECT = with_some(
    {"revision": st.integers(1, 10**6), "name": TEXT, "status": st.sampled_from(["active", "closed"]), "currency": st.just("EUR"), "confidential": st.booleans()},
    {"code": TEXT, "start": DAY, "budget": AMOUNT, "rag": st.sampled_from(["green", "amber"]), "manager": KEY.map("PER-{}".format), "tags": st.lists(TEXT, min_size=1, max_size=3),
     "notes": LONG, "department": TEXT, "extra": with_some({}, {"cost_owner": TEXT, "go_no_go": DAY, "weight": AMOUNT})},
)  # fmt: skip
LINE = with_some(
    {"quantity": AMOUNT, "price": AMOUNT, "closed": st.booleans()},
    {"line": TEXT, "description": TEXT, "delivery": DAY, "vat_rate": st.just("21")},
)
ORDER = with_some(
    {"title": TEXT, "supplier": KEY.map("SUP-{}".format), "lines": st.lists(LINE, min_size=1, max_size=3)},
    {"number": TEXT},
)
LINK = with_some(
    {"task": KEY.map("T-{}".format), "type": st.sampled_from(["FS", "SS"])},
    {"lag": st.sampled_from(["2d", "-1d", "50%"])},
)
TASK = with_some(
    {"project": st.just("P-1"), "name": TEXT, "milestone": st.booleans(), "percent_complete": st.just("50")},
    {
        "wbs": st.sampled_from(["1.10", "1", "2.3.4"]),
        "duration": st.just("5d"),
        "predecessors": st.lists(LINK, min_size=1, max_size=2),
    },
)


@pytest.mark.parametrize("written", [as_csv, as_xlsx])
@pytest.mark.parametrize(("register", "strategy"), [("projects", PROJECT), ("orders", ORDER), ("tasks", TASK)])
def test_what_is_exported_and_read_back_changes_nothing(written: Any, register: str, strategy: Any) -> None:
    prefix = by_name(register).prefix

    @given(st.lists(strategy, min_size=1, max_size=3), st.sampled_from(["name", "label"]))
    def holds(found: list[dict[str, Any]], headers: Any) -> None:
        documents = [{**document, "key": f"{prefix}-{number}"} for number, document in enumerate(found, 1)]
        reading = read(written(to_table(by_name(register), fields(register), documents, headers=headers)), register)
        assert [str(problem) for problem in reading.batch.problems] == []
        records = reading.batch.records
        assert [record.match for record in records] == [({"key": document["key"]},) for document in documents]
        assert [record.revision for record in records] == [document.get("revision") for document in documents]
        assert [changes(document, record) for document, record in zip(documents, records, strict=True)] == [{}] * len(
            documents
        )

    holds()


DOCUMENT = {
    "key": "P-7", "revision": 12, "name": "=SUM(1)", "code": "007", "start": "2026-05-01", "budget": "1000.00", "status": "active",
    "rag": "amber", "manager": "PER-1", "currency": "EUR", "tags": ["a", "b"], "confidential": False, "extra": {"weight": "1.5"},
}  # fmt: skip
EDITS: list[tuple[str, str, Any]] = [
    ("budget", "1000", None),
    ("budget", "€ 1.000,00", None),
    ("budget", "1200.5", Decimal("1200.5")),
    ("budget", "", ...),
    ("start", "1-5-2026", None),
    ("start", "5/13/26", date(2026, 5, 13)),
    ("rag", "Red", "red"),
    ("rag", "o", None),
    ("confidential", "WAAR", True),
    ("tags", "a;b", None),
    ("tags", "b", ["b"]),
    ("manager", "per-1", None),
    ("manager", "Jan Jansen", Find(("people",), "Jan Jansen", ("name", "email", "login"), "problem")),
    ("weight", "2", Decimal(2)),
    ("name", "=SUM(2)", "=SUM(2)"),
]


@pytest.mark.parametrize(("name", "typed", "value"), EDITS)
@pytest.mark.parametrize("written", [as_csv, as_xlsx])
def test_an_edited_cell_changes_exactly_that(written: Any, name: str, typed: str, value: Any) -> None:
    table = to_table(by_name("projects"), fields("projects"), [DOCUMENT])
    table.rows[0][table.header.index(name)] = typed
    reading = read(written(table), "projects")
    assert reading.batch.problems == []
    expected = {} if value is None else {name: None if value is ... else value}
    assert changes(DOCUMENT, reading.batch.records[0]) == expected


def test_a_column_that_is_not_there_leaves_its_field_alone() -> None:
    record = read("key,status\nP-7,closed\n", "projects").batch.records[0]
    assert (record.values, record.existing) == ({"status": "closed"}, True)


def test_columns_are_known_by_name_and_label_in_both_languages() -> None:
    for title in ("Next_Review", "Next review", "NEXT  REVIEW"):
        record = read(f"Key,{title}\nR-1,2026-12-31\n", "risks").batch.records[0]
        assert record.values == {"next_review": date(2026, 12, 31)}
    with speaking("nl"):
        header = to_table(by_name("risks"), fields("risks"), [], headers="label").header
    assert read(",".join(header) + "\n", "risks").batch.problems == []


def test_unknown_and_computed_columns_are_named() -> None:
    notes = read("key,title,scroe,onwer,,score\nR-1,a,9,1,,9\n", "risks").batch.notes
    assert notes[0] == "risks.csv: the column “onwer” is not read; did you mean owner?"
    assert notes[1] == "risks.csv: the column “scroe” is not read; no field is called that"
    assert notes[2] == "risks.csv: computed columns are not read: score"
    assert len(notes) == 3
    (note,) = read("key,title,weather,mood\nR-1,a,9,1\n", "risks").batch.notes
    assert note == "risks.csv: 2 columns are not read, for no field is called weather, mood"


def problems(text: str, register: str, **more: Any) -> list[str]:
    return [str(problem) for problem in read(text, register, **more).batch.problems]


def test_a_file_without_a_key_is_refused_unless_it_can_add() -> None:
    (problem,) = problems("status,owner\nopen,Jan\n", "risks")
    assert problem == (
        "risks.csv: has no column that says which Risks its rows are: neither key nor code, and to add new ones it lacks title"
    )
    assert problems("title\nFlood\n", "risks") == []
    (problem,) = problems("title,Title\na,b\n", "risks")
    assert problem == "risks.csv: title: is in two columns: “title”, “Title”; leave one out"


def test_a_bad_cell_names_file_row_field_and_reason() -> None:
    text = "key,title,probability,next_review,owner,status\nR-1,a,9,30-2-2026,PER-1,open\nP-2,b,3,,,\nR-3,,3,,T-1,\n"
    found = problems(text, "risks")
    assert found[0] == "risks.csv, row 2: probability: 9 is outside 1 to 5"
    assert found[1].startswith("risks.csv, row 2: next_review: “30-2-2026”")
    assert found[2].startswith("risks.csv, row 2: status: “open” is not one of identified")
    assert found[3] == "risks.csv, row 3: key: “P-2” is not a key of Risks, such as R-12"
    assert found[4] == "risks.csv, row 4: owner: T-1 is not one of People"
    assert found[5] == "risks.csv, row 4: title: is needed"


def test_registers_are_named_in_the_language_in_use() -> None:
    found = read("key,title,owner\nP-2,b,\nR-3,c,T-1\n", "risks").batch.problems
    with speaking("nl"):
        assert [problem.words(_) for problem in found] == [
            "risks.csv, row 2: key: “P-2” is geen sleutel van Risico's, zoals R-12",
            "risks.csv, row 3: owner: T-1 hoort niet bij Mensen",
        ]


def test_a_row_twice_is_refused() -> None:
    assert problems("key,title\nR-1,a\nr-1,b\n", "risks") == ["risks.csv, row 3: key: is the same as in row 2"]
    assert problems("code,title\nx,a\nx,b\n", "risks") == ["risks.csv, row 3: code: is the same as in row 2"]


def budgets(*cells: str) -> list[Any]:
    text = "".join(f'P-{number},"{cell}"\n' for number, cell in enumerate(cells, 1))
    reading = read(f"key,budget\n{text}", "projects")
    return [record.values["budget"] for record in reading.batch.records] + [str(p) for p in reading.batch.problems]


def test_a_figure_that_could_be_two_things_is_asked_unless_its_column_tells() -> None:
    (problem,) = budgets("1.234")
    assert problem.startswith("projects.csv, row 2: budget: “1.234” could be 1234 or 1.234")
    assert budgets("1.234", "12,50") == [Decimal(1234), Decimal("12.50")]
    assert budgets("1.234", "0.5") == [Decimal("1.234"), Decimal("0.5")]
    assert budgets("1,234", "1.000.000") == [Decimal("1.234"), Decimal(1_000_000)]
    found = budgets("1.234", "12,50", "12.50")
    assert found[:2] == [Decimal("12.50"), Decimal("12.50")]
    assert "row 2: budget" in found[2]


def test_the_other_figures_of_the_file_may_tell() -> None:
    reading = read('key,budget,vat_recoverable\nP-1,1.234,"12,5"\n', "projects")
    assert reading.batch.records[0].values["budget"] == Decimal(1234)


def test_days_first_or_months_first_is_told_by_the_column() -> None:
    def starts(*cells: str) -> list[Any]:
        text = "".join(f"P-{number},{cell}\n" for number, cell in enumerate(cells, 1))
        return [record.values["start"] for record in read(f"key,start\n{text}", "projects").batch.records]

    assert starts("5/02/2016 5:00:00 PM", "24/10/2016", "2017-02-28 08:00:00") == [
        date(2016, 2, 5), date(2016, 10, 24), date(2017, 2, 28),
    ]  # fmt: skip
    assert starts("5/02/2016", "10/24/2016") == [date(2016, 5, 2), date(2016, 10, 24)]


def test_an_amount_that_names_its_currency_must_agree_with_it() -> None:
    assert read("name,budget\na,AUD 5\n", "projects").batch.records[0].values["currency"] == "AUD"
    (problem,) = problems("name,budget,currency\na,AUD 5,EUR\n", "projects")
    assert problem == "projects.csv, row 2: budget: is in AUD, but this record is in EUR"


def test_new_rows_are_known_again_wherever_they_stand() -> None:
    first = read("title,owner\nFlood,Jan\nFire,\nFlood,Piet\n", "risks").batch.records
    later = read("title,owner\nStorm,\nFlood,Jan\nFire,\nFlood,Piet\n", "risks").batch.records
    assert [record.source_key for record in first] == [
        "csv:risks.csv#Flood",
        "csv:risks.csv#Fire",
        "csv:risks.csv#Flood#2",
    ]
    assert [record.source_key for record in later[1:]] == [record.source_key for record in first]
    coded = read("code,title\nX1,Flood\n", "risks").batch.records[0]
    assert (coded.source_key, coded.match) == ("csv:risks.csv#X1", ({"code": "X1"},))


def test_predecessors_in_the_planners_notation() -> None:
    text = 'project,name,predecessors\nP-1,Design,\nP-1,Build,1FS+2d\nP-2,Other,\nP-1,Test,"2SS-1d; T-12FF"\n'
    records = read(text, "tasks").batch.records
    assert records[1].values["predecessors"] == [{"task": To(records[0].source_key), "type": "FS", "lag": "2d"}]
    first, second = records[3].values["predecessors"]
    assert first == {"task": To(records[1].source_key), "type": "SS", "lag": "-1d"}
    assert (second["task"].text, second["type"], second["lag"]) == ("T-12", "FF", "")
    assert [record.values["position"] for record in records] == [1, 2, 1, 3]


def test_a_predecessor_that_cannot_be_is_named_and_spreads() -> None:
    text = "name,predecessors\nDesign,1\nBuild,1\nTest,9\nShip,2\n"
    assert problems(text, "tasks", constants={"project": "P-1"}) == [
        "tasks.csv, row 2: predecessors: the task follows itself",
        "tasks.csv, row 3: predecessors: a task that it follows is in a row that is rejected",
        "tasks.csv, row 4: predecessors: line 9 is not in this file; give the task's key, such as T-12",
        "tasks.csv, row 5: predecessors: a task that it follows is in a row that is rejected",
    ]


BAD = 'Code;Title;Next review;Remark\nA1;Flood;1-12-2026;=X\nA2;;31-12-2026;\n\nA3;Fire;45-1-2026;"two\nlines"\nA4;Storm\nA5;a;;;more\n'


def test_bad_rows_come_back_in_their_own_layout_with_the_reason() -> None:
    reading = read(BAD, "risks")
    assert len(reading.batch.problems) == 3
    assert [record.values["code"] for record in reading.good().records] == ["A1", "A4"]
    assert reading.good().problems == []
    table = read_table(BAD.encode(), "risks.csv")
    rejects = rejects_table(table, reading.rejected)
    assert rejects.header == ["Code", "Title", "Next review", "Remark", "reason"]
    assert [row[:4] for row in rejects.rows] == [
        ["A2", None, "31-12-2026", None],
        ["A3", "Fire", "45-1-2026", "two\nlines"],
        ["A5", "a", None, None],
    ]
    assert rejects.rows[0][4] == "title: is needed"
    again = rejects_table(rejects, reading.rejected)
    assert again.header == rejects.header


def test_what_the_store_finds_wrong_rejects_its_row_too() -> None:
    from pmo_tui.records.errors import Problem

    reading = read("title,owner\nFlood,Jan\nFire,Nobody\n", "risks")
    more = reading.without([Problem("not found", "owner", "risks.csv, row 3"), Problem("else", "", "elsewhere")])
    assert [each.number for each in more.rejected] == [3]
    assert [record.values["title"] for record in more.good().records] == ["Flood"]


def test_an_empty_table_gives_no_record() -> None:
    reading = read("key,title\n", "risks")
    assert (reading.batch.records, reading.batch.problems) == ([], [])
    assert isinstance(to_table(by_name("risks"), fields("risks"), []), Table)
    with pytest.raises(Refused):
        read_table(b"", "risks.csv")


def test_an_amount_is_a_number_in_a_workbook_and_loses_what_was_worked_out_there() -> None:
    known = by_name("projects").fields
    documents = [{"name": "Dyke", "budget": "8949341.59999999412345"}, {"name": "Lock", "budget": "87.3456"}]
    stream = io.BytesIO()
    write_workbook([to_table(by_name("projects"), known, documents, ["name", "budget"])], stream)
    table = read_workbook(stream.getvalue(), "projects.xlsx")
    assert all(isinstance(row[1], Decimal) for row in table.rows)
    found = from_table(table, by_name("projects"), known, source="projects.xlsx")
    assert [str(record.values["budget"]) for record in found.batch.records] == ["8949341.6", "87.3456"]
