"""The hand-worked numbers of supplier money, by the command line alone."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest

from tests.cli.process import Pmo


@pytest.fixture(scope="module")
def money(tmp_path_factory: pytest.TempPathFactory) -> Pmo:
    """10 × 1,000 ordered, 6 received, 4 invoiced, then 4 more; and what else has a number worked out by hand."""
    pmo = Pmo(tmp_path_factory.mktemp("money"))
    pmo.add("projects", "name=Bridge", "budget=20k")
    pmo.add("projects", "name=Archive", "vat_recoverable=70")
    pmo.add("suppliers", "name=Staal", "ibans=NL91ABNA0417164300")
    line = {"quantity": "10", "price": "1000", "project": "P-1"}
    pmo.add("orders", "title=Beams", "supplier=SUP-1", f"lines:={json.dumps([line])}")
    received = [{"order_line": "1", "quantity": "6"}]
    pmo.add("receipts", "order=PO-1", "received_on=2026-11-02", f"lines:={json.dumps(received)}")
    bill(pmo, "2026-1", "4", "4000", "order=PO-1")
    return pmo


def bill(pmo: Pmo, number: str, quantity: str, net: str, *more: str, **line: Any) -> str:
    """An invoice on the order."""
    lines = [{"net": net, "order_line": "1", **({"quantity": quantity} if quantity else {}), **line}]
    words = (f"number={number}", "supplier=SUP-1", f"net={net}", f"gross={net}", f"payable={net}", f"lines:={json.dumps(lines)}")  # fmt: skip
    return pmo.add("invoices", *words, *more)


def figures(pmo: Pmo) -> dict[str, str]:
    """The figures of the order."""
    (row,) = pmo.list("orders", "key=PO-1", "--fields", "cost,accrual,prepaid,open_commitment,order_left")
    return {name: value.removesuffix(".00") for name, value in row.items()}


def test_the_order_as_invoices_come(money: Pmo) -> None:
    assert figures(money) == {
        "cost": "6000", "accrual": "2000", "prepaid": "0", "open_commitment": "4000", "order_left": "6000",
    }  # fmt: skip
    key = bill(money, "2026-2", "4", "4000", "order=PO-1")
    assert figures(money)["cost"] == "6000"
    (row,) = money.list("invoices", f"key={key}", "--fields", "match,match_reasons,accepted,bucket")
    assert (row["match"], row["match_reasons"], row["accepted"]) == ("exception", ["8 billed, 6 received"], False)


def test_why_says_what_the_list_says(money: Pmo) -> None:
    for name, amount in figures(money).items():
        told = money("why", "PO-1", name).out.splitlines()[0]
        assert f"EUR {int(amount):,}" in told
    told = money("why", "P-1", "available", "--json").json
    (row,) = money.list("projects", "key=P-1", "--fields", "available,expected_result")
    assert str(told["value"]) == row["available"]
    assert row["expected_result"] is None


def test_vat_that_is_not_recovered_is_cost(money: Pmo) -> None:
    lines = [{"net": "1000", "project": "P-2", "vat_category": "S", "vat_rate": "21"}]
    money.add("invoices", "number=V-1", "supplier=SUP-1", "net=1000", "vat=210", "gross=1210", "payable=1210", f"lines:={json.dumps(lines)}")  # fmt: skip
    (row,) = money.list("projects", "key=P-2", "--fields", "cost")
    assert row["cost"] == "1063.00"


def test_hours_of_people_who_send_invoices_are_counted_once(money: Pmo) -> None:
    """40 accepted hours at 100, with an invoice of 4,000 → cost 4,000."""
    project = money.add("projects", "name=Portal")
    hours = [{"quantity": "40", "price": "100", "unit": "HUR", "project": project}]
    order = money.add("orders", "title=Tester", "supplier=SUP-1", f"lines:={json.dumps(hours)}")
    accepted = [{"order_line": "1", "quantity": "40"}]
    money.add("receipts", f"order={order}", "received_on=2026-11-20", f"lines:={json.dumps(accepted)}")
    costs = [money.list("projects", f"key={project}", "--fields", "cost")[0]["cost"]]
    bill(money, "T-1", "40", "4000", f"order={order}", project=project)
    costs.append(money.list("projects", f"key={project}", "--fields", "cost")[0]["cost"])
    assert [float(cost) for cost in costs] == [4000, 4000]


def test_ageing_by_open_amount_due_today_included_and_disputed_apart(money: Pmo) -> None:
    rows = [
        {"number": f"A-{days}{status}", "supplier": "SUP-1", "due_date": str(date.today() - timedelta(days=days)),
         "net": "100", "gross": "100", "payable": "100", "status": status, "tags": "aged"}
        for days, status in [(0, "registered"), (1, "approved"), (30, "approved"), (31, "payable"), (60, "registered"),
                             (61, "registered"), (90, "registered"), (91, "registered"), (99, "disputed"), (99, "paid")]
    ]  # fmt: skip
    text = "\n".join([",".join(rows[0]), *(",".join(each.values()) for each in rows)])
    money("import", money.write("invoices.csv", text))
    found = money.list("invoices", "tag:aged", "--sort", "key", "--fields", "bucket,open")
    assert [row["bucket"] for row in found] == [
        "current", "1-30", "1-30", "31-60", "31-60", "61-90", "61-90", "over 90", "disputed", None,
    ]  # fmt: skip
    assert found[-1]["open"] in ("0", "0.00")
    late = money.list("ageing", "number:A-", "--fields", "days_late,bucket", "--sort", "days_late")
    assert [row["days_late"] for row in late] == [0, 1, 30, 31, 60, 61, 90, 91, 99]
    assert money("why", "A-1approved", "bucket").out.splitlines()[0].startswith("Past due  1-30")


def test_the_same_number_whatever_its_form_and_strange_accounts(money: Pmo) -> None:
    first = bill(money, "inv 0012", "", "1", "iban=NL91 ABNA 0417 1643 00")
    again = bill(money, "INV-12", "", "2", "iban=NL02ABNA0123456789")
    (row,) = money.list("invoices", f"key={again}", "--fields", "noticed")
    assert row["noticed"] == [
        f"the same number as {first}", "NL02ABNA0123456789 is not an account on the record of SUP-1",
    ]  # fmt: skip
    money("set", first, "status=returned")
    (row,) = money.list("invoices", f"key={again}", "--fields", "noticed")
    assert row["noticed"] == ["NL02ABNA0123456789 is not an account on the record of SUP-1"]
    assert again in {row["key"] for row in money.list("invoices", "noticed:any", "--fields", "key")}


def test_a_list_of_invoices_without_lines_matches_no_order(money: Pmo) -> None:
    """One row an invoice, as a spreadsheet has it: the order and its project are untouched, and that is told."""
    order = money.add(
        "orders", "title=Piles", "number=77", "supplier=SUP-1", 'lines:=[{"quantity":"10","price":"1000"}]'
    )
    path = money.folder / "invoices.csv"
    path.write_text("Number;Supplier;Order;Net;VAT;Gross\nX-1;Staal;77;12000,00;2520,00;14520,00\n", encoding="utf-8")
    money("import", path)
    (row,) = money.list("invoices", "number=X-1", "--fields", "key,order,match,match_reasons,open")
    assert (row["order"], row["match"], row["match_reasons"]) == (order, "exception", ["no line says what is billed"])
    assert row["open"] == "14520.00"
    assert money.list("exceptions", f"record={row['key']}", "rule=match_exception")
