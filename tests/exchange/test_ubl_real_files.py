"""E-invoices and an order that others made: read with every total as it stands in the file."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from pmo_tui.exchange import ubl
from pmo_tui.exchange.incoming import Batch
from tests.exchange.ubl_help import record

CBC = "{urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2}"
INVOICES = [
    "SI-UBL-2.0_ok_full.xml",
    "SI-UBL-2.0_ok_base.xml",
    "SI-UBL-2.0_ok_minimal.xml",
    "SI-UBL-2.0_ok_allowance.xml",
    "SI-UBL-2.0_ok_charge_line.xml",
    "SI-UBL-2.0_ok_more_decimals.xml",
    "SI-UBL-2.0_ok_negative.xml",
    "SI-UBL-2.0_ok_tax_category_O.xml",
    "SI-UBL-2.0_ok_quantities_linevalues_wrong.xml",
    "SI-UBL-2.0_BR-NL-8_ok_381.xml",
    "si-ubl-2.0-ext-gaccount_ok_sample.xml",
]
FLAGGED = {
    "SI-UBL-2.0_ok_full.xml": [
        "line 1: net 1273.00 billed, 1271.00 by quantity and price",
        "to be paid to Ebeneser Scrooge Inc., not to the supplier",
    ],
    "SI-UBL-2.0_ok_quantities_linevalues_wrong.xml": [
        "line 1: net 100.00 billed, 1016.00 by quantity and price",
        "line 2: net 100.00 billed, 11.00 by quantity and price",
    ],
}


@pytest.fixture
def folder(shared_data: Path) -> Path:
    return shared_data / "einvoice"


def read(path: Path) -> Batch:
    return ubl.read_invoice(path.read_bytes(), path.name)


def amounts(root: ET.Element, name: str) -> list[Decimal]:
    """Every value of that name, wherever it stands."""
    return [Decimal(element.text or "") for element in root.iter(CBC + name)]


def test_every_real_invoice_is_named_here(folder: Path) -> None:
    there = {path.name for path in folder.glob("*.xml")}
    assert there == {*INVOICES, "SI-UBL-2.0_BR-S-08_error.xml", "PB3-Order_ok_full.xml"}


@pytest.mark.parametrize("name", INVOICES)
def test_totals_are_those_of_the_file(folder: Path, name: str) -> None:
    batch = read(folder / name)
    assert [str(problem) for problem in batch.problems] == []
    found = record(batch).values
    root = ET.fromstring((folder / name).read_bytes())
    sign = -1 if "CreditNote" in root.tag else 1
    (payable,) = amounts(root, "PayableAmount")
    (net,), (gross,) = amounts(root, "TaxExclusiveAmount"), amounts(root, "TaxInclusiveAmount")
    assert (found["payable"], found["net"], found["gross"]) == (sign * payable, sign * net, sign * gross)
    assert found["vat"] == sum(total["amount"] for total in found["vat_totals"]) == found["gross"] - found["net"]
    assert found["payable"] == found["gross"] - found["prepaid"] + found["rounding"]
    on_all = sum(each["amount"] if each["charge"] else -each["amount"] for each in found.get("allowances", ()))
    assert sum(line["net"] for line in found["lines"]) + on_all == found["net"]
    quantities = amounts(root, "CreditedQuantity" if sign < 0 else "InvoicedQuantity")
    assert [line["quantity"] for line in found["lines"]] == [sign * quantity for quantity in quantities]
    assert found.get("flags", []) == FLAGGED.get(name, [])


def test_the_full_invoice(folder: Path) -> None:
    batch = read(folder / "SI-UBL-2.0_ok_full.xml")
    found = record(batch).values
    expected: dict[str, Any] = {
        "number": "TOSL108", "order_reference": "123", "prepaid": Decimal(1000), "rounding": Decimal("0.30"), "payable": Decimal(729)
    }  # fmt: skip
    assert {name: found[name] for name in expected} == expected
    assert [line["order_line"] for line in found["lines"]] == ["1", "5", "3", "2", "4"]
    first = found["lines"][0]
    assert (first["allowance"], first["charge"], first["base_quantity"]) == (Decimal(12), Decimal(10), Decimal(1))
    assert [(total["category"], total["rate"]) for total in found["vat_totals"]] == [("S", 20), ("S", 10), ("E", 0)]
    assert any("drawing.pdf" in note for note in batch.notes)


def test_the_credit_note_is_one_and_negative(folder: Path) -> None:
    found = record(read(folder / "SI-UBL-2.0_BR-NL-8_ok_381.xml")).values
    assert (found["type"], found["original"], found["payable"]) == ("credit", "46568", Decimal("-227.00"))
    assert [line["net"] for line in found["lines"]] == [Decimal("-200.00"), Decimal("-100.00"), Decimal("100.00")]


def test_the_g_account_has_two_payment_means(folder: Path) -> None:
    found = record(read(folder / "si-ubl-2.0-ext-gaccount_ok_sample.xml")).values
    assert [(means["iban"], means["amount"], means["g_account"]) for means in found["payment_means"]] == [
        ("NL15ABNA1111111111", Decimal("578.98"), False),
        ("NL15ABNA00000000000", Decimal(193), True),
    ]
    assert found["g_amount"] == 193


def test_the_broken_one_is_refused_under_the_rules_name(folder: Path) -> None:
    batch = read(folder / "SI-UBL-2.0_BR-S-08_error.xml")
    assert [problem.field for problem in batch.problems] == ["BR-S-08"]
    assert batch.records == []


def test_the_same_supplier_is_one_supplier_in_every_file(folder: Path) -> None:
    keys = {record(read(folder / name), "suppliers").source_key for name in INVOICES}
    assert keys == {"ubl:supplier:0106:12345678", "ubl:supplier:0106:SITEST00000"}


def test_no_two_files_are_the_same_invoice(folder: Path) -> None:
    assert len({record(read(folder / name)).source_key for name in INVOICES}) == len(INVOICES)


def test_the_order(folder: Path) -> None:
    path = folder / "PB3-Order_ok_full.xml"
    found = record(ubl.read_order(path.read_bytes(), path.name), "orders").values
    root = ET.fromstring(path.read_bytes())
    assert (found["number"], found["currency"]) == ("123", "EUR")
    assert sum(line["net"] for line in found["lines"]) == Decimal("2100.00")
    assert [line["net"] for line in found["lines"]] == amounts(root, "LineExtensionAmount")[1:]
    assert [(line["line"], line["item"], line["quantity"], line["unit"], line["price"], line["vat_rate"]) for line in found["lines"]] == [
        ("1", "121212", 10, "EA", 105, 21),
        ("2", "121212", 10, "EA", 105, 21),
    ]  # fmt: skip
    assert str(found["lines"][0]["delivery"]) == "2020-01-28"
