"""`import` of a list of orders as spreadsheets have them: one amount an order, or lines in a cell."""

from __future__ import annotations

import csv
import io

import pytest

from tests.cli.process import Pmo


@pytest.fixture
def buyer(office: Pmo) -> Pmo:
    office.add("suppliers", "name=Acme")
    return office


def test_a_new_order_is_worth_what_the_list_says(buyer: Pmo) -> None:
    buyer.write(
        "orders.csv", "Number;Title;Supplier;Project;Value\nPO-1;Pumps;Acme;SEW;12.500,00\nPO-2;Pipes;Acme;SEW;\n"
    )
    done = buyer("import", "orders.csv", "--json").json
    assert done["notes"] == [
        "1 new order has no lines in the file; it gets one, of quantity 1 at the value that the file gives",
        "orders.csv, row 3: 1 new order has no lines, and so no value",
    ]
    found = {row["number"]: row for row in buyer.list("orders")}
    assert {number: row["value"] for number, row in found.items()} == {"PO-1": "12500.00", "PO-2": "0"}
    (project,) = buyer.list("projects", "--fields", "key,open_commitment")
    assert project["open_commitment"] == "12500.00"

    again = buyer("import", "orders.csv", "--json").json
    assert (again["new"], again["changed"], again["notes"]) == (0, 0, [])
    buyer.write("orders.csv", "Number;Title;Supplier;Project;Value\nPO-1;Pumps;Acme;SEW;99,00\n")
    assert buyer("import", "orders.csv", "--json").json["changed"] == 0


def test_an_exported_list_with_a_new_row(buyer: Pmo) -> None:
    buyer.write("orders.csv", "title,supplier,value\nPumps,Acme,500\n")
    buyer("import", "orders.csv")
    buyer("export", "orders.csv")
    path = buyer.folder / "orders.csv"
    rows = list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"))))
    new = dict.fromkeys(rows[0], "") | {"title": "Pipes", "supplier": "SUP-1", "value": "20", "currency": "EUR"}
    with path.open("w", newline="") as stream:
        writer = csv.DictWriter(stream, list(new))
        writer.writeheader()
        writer.writerows([rows[0] | {"value": "900"}, new])
    done = buyer("import", "orders.csv", "--json").json
    assert (done["new"], done["unchanged"]) == (1, 1)
    assert {row["title"]: row["value"] for row in buyer.list("orders")} == {"Pumps": "500", "Pipes": "20"}


def test_lines_in_a_cell_go_before_the_amount(buyer: Pmo) -> None:
    cell = '"[{""description"":""Pump"",""quantity"":2,""price"":1200.50},{""quantity"":1,""price"":99}]"'
    buyer.write("orders.csv", f"title,supplier,value,lines\nPumps,Acme,7,{cell}\nPipes,Acme,5,\n")
    buyer("import", "orders.csv")
    assert {row["title"]: row["value"] for row in buyer.list("orders")} == {"Pumps": "2500.00", "Pipes": "5"}


def test_an_amount_in_another_currency_than_the_order_s_is_refused(buyer: Pmo) -> None:
    buyer.write("orders.csv", "title,supplier,currency,value\nPumps,Acme,EUR,USD 500\nPipes,Acme,EUR,soon\n")
    said = buyer.fails(5, "import", "orders.csv")
    assert "orders.csv, row 2: value: is in USD, but this record is in EUR" in said
    assert "orders.csv, row 3: value: “soon”" in said
