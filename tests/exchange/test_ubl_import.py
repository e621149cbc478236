"""Invoices and orders taken in over the command line into a real store: what is new, what stays, what is refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pmo_tui.__main__ import main
from pmo_tui.records.errors import Exit
from tests.exchange.ubl_help import MEANS, Line, changed, invoice, order, order_line, party

BROKEN = changed(invoice(), '<cbc:PayableAmount currencyID="EUR">242.00', '<cbc:PayableAmount currencyID="EUR">240.00')
Run = Callable[..., Any]


@pytest.fixture
def pmo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a verb on the test's own store: its JSON, or with `code` the exit code that is expected and all that was said."""
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    monkeypatch.setenv("PMO_STORE", str(tmp_path / "pmo.json"))
    monkeypatch.setenv("LANG", "C")

    def run(*words: str | Path, code: int | None = None) -> Any:
        ended = main([*(["--json"] if code is None else []), *map(str, words)])
        out, err = capsys.readouterr()
        assert ended == (code or Exit.DONE), out + err
        return json.loads(out) if code is None else out + err

    return run


@pytest.fixture
def file(tmp_path: Path) -> Callable[[str, str], Path]:
    """Writes a file and gives its path."""

    def write(text: str, name: str = "bill.xml") -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write


File = Callable[..., Path]


def counts(told: dict[str, Any]) -> tuple[int, int, int]:
    return told["new"], told["changed"], told["unchanged"]


def test_an_invoice_comes_in_with_its_supplier_and_once(pmo: Run, file: File) -> None:
    path = file(invoice(Line(order_line="1"), off="20.00", prepaid="100.00"))
    assert counts(pmo("import", path)) == (2, 0, 0)
    (found,) = pmo("list", "invoices")
    assert {name: found[name] for name in ("key", "number", "net", "vat", "gross", "prepaid", "payable", "supplier", "status")} == {
        "key": "INV-1", "number": "F-2026-17", "net": "180.00", "vat": "37.80", "gross": "217.80", "prepaid": "100.00", "payable": "117.80",
        "supplier": "SUP-1", "status": "registered",
    }  # fmt: skip
    assert counts(pmo("import", path)) == (0, 0, 2)
    assert counts(pmo("import", file(invoice(Line(order_line="1"), off="20.00", prepaid="100.00"), "copy.xml"))) == (
        0,
        0,
        2,
    )
    assert [entry["seq"] for entry in pmo("history")][-1] == pmo("history", "INV-1")[-1]["seq"]


def test_a_dry_run_tells_and_writes_nothing(pmo: Run, file: File) -> None:
    told = pmo("import", file(invoice(Line("4", "254.00", billed="100.00"))), "--dry-run")
    assert counts(told) == (2, 0, 0)
    assert not told["written"]
    assert any("1016.00" in note for note in told["notes"])
    assert pmo("list", "invoices") == pmo("list", "suppliers") == []


def test_what_the_officer_did_with_an_invoice_survives_its_coming_again(pmo: Run, file: File) -> None:
    pmo("add", "projects", "name=Haven")
    path = file(invoice())
    pmo("import", path)
    (line,) = pmo("show", "INV-1")["lines"]
    pmo("set", "INV-1", "status=disputed", "lines:=" + json.dumps([{**line, "project": "P-1"}]))
    assert counts(pmo("import", path)) == (0, 0, 2)
    found = pmo("show", "INV-1")
    assert (found["status"], found["lines"][0]["project"]) == ("disputed", "P-1")


def test_one_number_in_several_files_is_told_and_waits(pmo: Run, file: File) -> None:
    one, two = file(invoice(), "one.xml"), file(invoice(Line("5"), number="f 2026 017"), "two.xml")
    (note,) = [each for each in pmo("import", one, two)["notes"] if "used the number" in each]
    assert note.startswith("two.xml")
    assert "the supplier used the number f 2026 017 before, in " in note
    assert "one.xml" in note
    assert [each["match"] for each in pmo("list", "invoices", "--sort", "key")] == ["no order", "exception"]
    three = file(invoice(Line("6"), number="F/2026/17"), "three.xml")
    (note,) = [each for each in pmo("import", three)["notes"] if "used the number" in each]
    assert "in INV-1, INV-2;" in note
    credit = file(invoice(Line("6"), kind="CreditNote"), "credit.xml")
    assert not [each for each in pmo("import", credit)["notes"] if "used the number" in each]


def test_a_broken_rule_refuses_with_exit_code_5_and_writes_nothing(pmo: Run, file: File) -> None:
    said = pmo("import", file(BROKEN), file(invoice(number="2"), "good.xml"), code=Exit.REFUSED)
    assert "bill.xml" in said
    assert "BR-CO-16" in said
    assert "--return" in said
    assert pmo("list", "invoices") == pmo("list", "suppliers") == []


def test_returned_it_is_kept_with_the_reasons_and_the_mended_one_comes_beside_it(pmo: Run, file: File) -> None:
    path = file(BROKEN)
    pmo("import", "--return", path)
    (found,) = pmo("list", "invoices")
    assert (found["status"], found["flags"][0]) == ("returned", "BR-CO-16")
    assert "Amount due for payment" in found["notes"]
    assert counts(pmo("import", "--return", path)) == (0, 0, 2)
    assert counts(pmo("import", file(invoice()))) == (1, 0, 1)
    assert [each["status"] for each in pmo("list", "invoices")] == ["returned", "registered"]


def test_an_invoice_that_cannot_be_read_is_refused_by_element(pmo: Run, file: File) -> None:
    said = pmo(
        "import",
        file(changed(invoice(), ">242.00</cbc:PayableAmount>", ">1.234,50</cbc:PayableAmount>")),
        code=Exit.REFUSED,
    )
    for part in ("bill.xml", "Invoice/LegalMonetaryTotal/PayableAmount", "1.234,50", "once more"):
        assert part in said


@pytest.mark.parametrize("head", ['<!DOCTYPE x [<!ENTITY a "b">]>', '<!DOCTYPE x SYSTEM "file:///etc/hostname">'])
def test_definitions_are_refused_before_anything_else(pmo: Run, file: File, head: str) -> None:
    body = invoice().partition("\n")[2]
    assert "DOCTYPE" in pmo("import", file(head + body), code=Exit.REFUSED)


def test_the_other_syntax_is_refused_by_its_name(pmo: Run, file: File) -> None:
    text = "<rsm:CrossIndustryInvoice xmlns:rsm='urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100'/>"
    assert "CrossIndustryInvoice" in pmo("import", file(text), code=Exit.REFUSED)
    assert "CII" in pmo("import", "--as", "invoice", file(text), code=Exit.REFUSED)


def test_an_order_and_then_the_invoice_that_names_it(pmo: Run, file: File) -> None:
    assert counts(pmo("import", file(order(order_line(), order_line("2", "5")), "order.xml"))) == (2, 0, 0)
    (found,) = pmo("list", "orders")
    assert (found["number"], found["supplier"], found["title"]) == ("4711", "SUP-1", "Consultancy, Consultancy")
    assert counts(pmo("import", file(invoice(Line(order_line="2"))))) == (1, 0, 1)
    billed = pmo("show", "INV-1")
    assert (billed["order"], billed["order_reference"], billed["lines"][0]["order_line"]) == ("PO-1", "4711", "2")
    assert pmo("list", "suppliers")[0]["key"] == billed["supplier"] == "SUP-1"


def test_an_order_that_is_not_there_is_noted_and_kept_as_billed(pmo: Run, file: File) -> None:
    told = pmo("import", file(invoice()))
    assert any("4711" in note for note in told["notes"])
    found = pmo("show", "INV-1")
    assert (found.get("order"), found["order_reference"]) == (None, "4711")


def test_an_order_read_again_changes_what_changed_and_keeps_how_it_was_coded(pmo: Run, file: File) -> None:
    pmo("add", "projects", "name=Haven")
    pmo("import", file(order(order_line(), order_line("2")), "order.xml"))
    lines = pmo("show", "PO-1")["lines"]
    pmo(
        "set",
        "PO-1",
        "title=Advice",
        "lines:=" + json.dumps([{**line, "project": "P-1", "cost_type": "hire"} for line in lines]),
    )
    assert counts(pmo("import", file(order(order_line(), order_line("2")), "order.xml"))) == (0, 0, 2)
    assert counts(pmo("import", file(order(order_line(), order_line("2", "8")), "order.xml"))) == (0, 1, 1)
    found = pmo("show", "PO-1")
    assert found["title"] == "Advice"
    assert [(line["quantity"], line["project"], line["cost_type"]) for line in found["lines"]] == [
        ("10", "P-1", "hire"),
        ("8", "P-1", "hire"),
    ]


def test_an_order_that_was_typed_is_recognised(pmo: Run, file: File) -> None:
    pmo("add", "suppliers", "name=Waterbouw", "registration=27364512")
    pmo("add", "orders", "title=Advice", "number=4711", "supplier=SUP-1")
    assert counts(pmo("import", file(order(), "order.xml"))) == (0, 1, 1)
    assert len(pmo("list", "orders")) == 1


@pytest.mark.parametrize(
    "known",
    [
        "registration=27364512",
        "vat_number=NL004495445B01",
        "ibans=NL91 ABNA 0417 1643 00",
        "endpoint=0106:27364512",
        "name=waterbouw zwolle b.v.",
    ],
)
def test_a_supplier_is_recognised_and_left_as_it_is(pmo: Run, file: File, known: str) -> None:
    pmo("add", "suppliers", *dict.fromkeys(["name=Ours"] if not known.startswith("name") else []), known)
    before = pmo("show", "SUP-1")
    assert counts(pmo("import", file(invoice()))) == (1, 0, 1)
    assert pmo("show", "SUP-1") == before
    assert pmo("show", "INV-1")["supplier"] == "SUP-1"


def test_two_invoices_of_one_new_supplier_come_in_together(pmo: Run, file: File) -> None:
    first, second = file(invoice(number="1"), "1.xml"), file(invoice(number="2"), "2.xml")
    assert counts(pmo("import", first, second, first)) == (3, 0, 3)
    assert [each["supplier"] for each in pmo("list", "invoices")] == ["SUP-1", "SUP-1"]


def test_the_same_number_from_another_supplier_is_another_invoice(pmo: Run, file: File) -> None:
    other = party("Baggerbedrijf", number="11223344", vat="NL009999999B01")
    means = changed(MEANS, "NL91 ABNA 0417 1643 00", "NL02 ABNA 0123 4567 89")
    pmo("import", file(invoice()), file(invoice(seller=other, means=means), "other.xml"))
    assert [(each["number"], each["supplier"]) for each in pmo("list", "invoices")] == [
        ("F-2026-17", "SUP-1"),
        ("F-2026-17", "SUP-2"),
    ]


def test_lines_are_coded_to_the_project_the_invoice_names(pmo: Run, file: File) -> None:
    pmo("add", "projects", "name=Haven", "code=HAVEN-2")
    pmo(
        "import",
        file(
            invoice(Line(), Line(), references="<cac:ProjectReference><cbc:ID>HAVEN-2</cbc:ID></cac:ProjectReference>")
        ),
    )
    assert [line["project"] for line in pmo("show", "INV-1")["lines"]] == ["P-1", "P-1"]


def test_real_files_come_in_and_again_change_nothing(pmo: Run, shared_data: Path) -> None:
    folder = shared_data / "einvoice"
    files = sorted(path for path in folder.glob("*.xml") if "BR-S-08" not in path.name)
    told = pmo("import", *files)
    assert counts(told)[:2] == (15, 0)
    assert counts(pmo("import", *files))[:2] == (0, 0)
    assert "BR-S-08" in pmo("import", folder / "SI-UBL-2.0_BR-S-08_error.xml", code=Exit.REFUSED)
    assert len(pmo("list", "invoices")) == 11
    (other,) = [each for each in pmo("list", "invoices") if each["number"] == "TOSL108"]
    assert (other["order"], pmo("show", other["key"])["order_reference"]) == (None, pmo("show", "PO-1")["number"])


def test_an_order_of_another_supplier_is_not_taken_for_the_one_that_is_billed(pmo: Run, file: File) -> None:
    pmo("add", "suppliers", "name=Another")
    pmo("add", "orders", "title=Theirs", "number=4711", "supplier=SUP-1", 'lines:=[{"quantity":"9","price":"1"}]')
    named = "<cac:OrderReference><cbc:ID>4711</cbc:ID></cac:OrderReference>"
    told = pmo("import", file(invoice(references=named)))
    assert any("4711" in note and "PO-1" in note and "another supplier" in note for note in told["notes"])
    found = pmo("show", "INV-1")
    assert (found.get("order"), found["order_reference"]) == (None, "4711")


def test_that_another_is_to_be_paid_stays_on_the_invoice(pmo: Run, file: File) -> None:
    payee = "<cac:PayeeParty><cac:PartyName><cbc:Name>Factor BV</cbc:Name></cac:PartyName></cac:PayeeParty>"
    pmo("import", file(changed(invoice(), MEANS, payee + MEANS)))
    assert pmo("show", "INV-1")["flags"] == ["to be paid to Factor BV, not to the supplier"]
