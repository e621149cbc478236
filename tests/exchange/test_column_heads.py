"""What an import makes of heads that are no field's: misspelt ones, singulars and plurals, and a title above them all."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmo_tui.exchange.mapping import read_map
from pmo_tui.exchange.tables import Table
from pmo_tui.records.registers import REGISTERS
from pmo_tui.wording.nearness import allowed, distance
from tests.exchange.registers_help import as_xlsx, fields, read


def notes(register: str, *heads: str) -> list[str]:
    """What is told of heads beside those that a new record needs."""
    needed = [name for name, item in fields(register).items() if item.required]
    row = ["x"] * len(needed) + ["y"] * len(heads)
    return read(f"{','.join([*needed, *heads])}\n{','.join(row)}\n", register, "list.csv").batch.notes


@pytest.mark.parametrize(
    ("register", "head"),
    [
        ("projects", "FFC"), ("projects", "EPT"), ("projects", "Stage1"), ("invoices", "Invoice date"), ("issues", "scroe"),
        ("risks", "scroe"), ("risks", "reasons"), ("orders", "valeu"),
    ],
)  # fmt: skip
def test_nothing_is_guessed_of_a_head_that_is_like_no_field_of_a_file(register: str, head: str) -> None:
    assert notes(register, head) == [f"list.csv: the column “{head}” is not read; no field is called that"]


@pytest.mark.parametrize(
    ("register", "head", "near"),
    [("projects", "Bugdet", "budget"), ("risks", "Ownr", "owner"), ("risks", "probabilty", "probability"), ("risks", "Eigenar", "owner")],
)  # fmt: skip
def test_a_misspelt_head_names_the_field(register: str, head: str, near: str) -> None:
    assert notes(register, head) == [f"list.csv: the column “{head}” is not read; did you mean {near}?"]


@given(st.sampled_from([register.name for register in REGISTERS]), st.text("abcdeinorst", min_size=1, max_size=12))
def test_a_guess_is_never_further_than_a_slip_of_the_fingers(register: str, head: str) -> None:
    from pmo_tui.exchange.headers import folded, names_by_title, nearest_field

    known = fields(register)
    near = nearest_field(head, known)
    if near is not None:
        assert not known[near].field.computed
        words = [word for word, name in names_by_title(known).items() if name == near]
        assert any(distance(folded(head), word, allowed(head)) is not None for word in words)


def test_the_singular_of_a_field_is_that_field() -> None:
    reading = read("name,iban\nAcme,NL91ABNA0417164300\n", "suppliers", "list.csv")
    assert reading.batch.records[0].values == {"name": "Acme", "ibans": ["NL91ABNA0417164300"]}
    assert reading.batch.notes == ["list.csv: the column “iban” is read as ibans"]
    assert not reading.strange


def test_the_field_s_own_column_goes_before_its_singular() -> None:
    reading = read("name,iban,ibans\nAcme,x,NL91ABNA0417164300\n", "suppliers", "list.csv")
    assert reading.batch.records[0].values["ibans"] == ["NL91ABNA0417164300"]
    assert reading.batch.notes == ["list.csv: the column “iban” is not read; no field is called that"]


@pytest.mark.parametrize(
    ("register", "head"), [("orders", "line"), ("reports", "resource"), ("risks", "keys"), ("risks", "scores")]
)
def test_rows_choices_keys_and_figures_are_not_meant_by_another_number(register: str, head: str) -> None:
    assert not any("is read as" in note for note in notes(register, head))


def test_the_reason_of_a_rejected_row_is_no_column_to_complain_of() -> None:
    assert notes("risks", "reason") == []
    assert notes("risks", "reason", "mood")[0].startswith("list.csv: 2 columns are not read")


TITLED = [["RISK LOG – Project B"], [], ["Title", "Owner", "Next review"], ["Flood", "", "2027-01-04"]]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("padded", [True, False])
def test_a_title_above_the_heads_is_told(delimiter: str, padded: bool) -> None:
    rows = [[*row, *([""] * (3 - len(row)))] if padded else row for row in TITLED]
    reading = read("".join(delimiter.join(row) + "\n" for row in rows), "risks", "log.csv")
    assert [str(problem) for problem in reading.batch.problems] == [
        "log.csv: the heads of the columns are expected in row 1 and seem to be in row 3; delete the rows above"
    ]
    assert reading.batch.notes == []
    assert not reading.strange


def test_a_title_above_the_heads_is_told_of_workbooks_and_with_a_map() -> None:
    table = Table("log", ["RISK LOG – Project B"])
    table.rows = [["of", None, None], ["Title", "Owner", "Next review"], ["Flood", None, date(2027, 1, 4)]]
    (problem,) = read(as_xlsx(table), "risks", "log.xlsx").batch.problems
    assert "seem to be in row 3" in str(problem)
    mapping = read_map(b'register = "risks"\nkey = "Nr"\n[columns]\nWhat = "title"\n', "x.toml")
    (problem,) = read("RISK LOG,\nNr,What\n1,Flood\n", "risks", "log.csv", mapping).batch.problems
    assert "seem to be in row 2" in str(problem)


def test_rows_that_name_fields_are_no_head_below_one_that_does() -> None:
    reading = read("title,owner\nTitle,Owner\n", "risks", "log.csv")
    assert reading.batch.problems == []
    (problem,) = read("status,owner\nTitle,x\n", "risks", "log.csv").batch.problems
    assert "has no column that says which Risks" in str(problem)


def test_the_amount_of_an_order_is_the_line_of_a_new_one() -> None:
    reading = read(
        'Number;Title;Supplier;Value\nPO-1;Pumps;Acme;"€ 12.500,00"\nPO-2;Pipes;Acme;\n', "orders", "list.csv"
    )
    first, second = reading.batch.records
    assert (first.values["currency"], "lines" in first.values) == ("EUR", False)
    (line,) = first.once["lines"]
    assert [line["description"], str(line["quantity"]), str(line["price"])] == ["Pumps", "1", "12500.00"]
    assert second.once == {}
    assert reading.batch.notes == []
