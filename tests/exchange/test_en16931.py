"""The official rules of EN 16931 are run on every e-invoice, and a broken one is named as it is published."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time

import pytest

from pmo_tui.exchange import en16931, extras
from pmo_tui.exchange.extras import MissingExtra
from pmo_tui.exchange.xml_file import parse_xml
from tests.exchange.ubl_help import BUYER, Line, changed, invoice, read, record

GOOD = invoice()


def broken(text: str) -> list[str]:
    """The fatal rules that the document breaks."""
    return [each.rule for each in en16931.check(parse_xml(text.encode(), "bill.xml")) if each.fatal]


def test_a_right_invoice_and_a_right_credit_note_break_nothing() -> None:
    assert broken(GOOD) == broken(invoice(kind="CreditNote")) == []


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("<cbc:ID>F-2026-17</cbc:ID>", "", "BR-02"),
        ("<cbc:IssueDate>2026-03-15</cbc:IssueDate>", "", "BR-03"),
        ("<cbc:InvoiceTypeCode>380</cbc:InvoiceTypeCode>", "", "BR-04"),
        ("<cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>", "", "BR-05"),
        ("<cbc:RegistrationName>Waterbouw Zwolle B.V.</cbc:RegistrationName>", "", "BR-06"),
        ("<cbc:RegistrationName>Provincie Voorbeeld</cbc:RegistrationName>", "", "BR-07"),
        (">42.00</cbc:TaxAmount><cac:TaxSubtotal>", ">43.00</cbc:TaxAmount><cac:TaxSubtotal>", "BR-CO-14"),
        (
            '<cbc:TaxInclusiveAmount currencyID="EUR">242.00',
            '<cbc:TaxInclusiveAmount currencyID="EUR">243.00',
            "BR-CO-15",
        ),
        ('<cbc:PayableAmount currencyID="EUR">242.00', '<cbc:PayableAmount currencyID="EUR">240.00', "BR-CO-16"),
        ('<cbc:TaxableAmount currencyID="EUR">200.00', '<cbc:TaxableAmount currencyID="EUR">250.00', "BR-S-08"),
        ('<cbc:InvoicedQuantity unitCode="HUR">', '<cbc:InvoicedQuantity unitCode="hours">', "BR-CL-23"),
    ],
)
def test_a_broken_rule_refuses_the_file_under_its_published_name(old: str, new: str, rule: str) -> None:
    batch = read(changed(GOOD, old, new))
    assert rule in [problem.field for problem in batch.problems]
    assert batch.records == []
    (told,) = [problem for problem in batch.problems if problem.field == rule]
    assert told.place.startswith("bill.xml")
    assert len(told.reason.words()) > 20
    assert f"{rule}: " in str(told)


def test_an_invoice_without_lines_is_refused() -> None:
    start = GOOD.index("<cac:InvoiceLine>")
    assert "BR-16" in [problem.field for problem in read(GOOD[:start] + "</Invoice>").problems]


def test_the_place_says_which_of_several() -> None:
    text = changed(invoice(Line(), Line(rate="9")), '<cbc:TaxableAmount currencyID="EUR">200.00</cbc:TaxableAmount><cbc:TaxAmount currencyID="EUR">18.00',
                   '<cbc:TaxableAmount currencyID="EUR">300.00</cbc:TaxableAmount><cbc:TaxAmount currencyID="EUR">18.00')  # fmt: skip
    (problem,) = [each for each in read(text).problems if each.field == "BR-S-08"]
    assert problem.place == "bill.xml: Invoice/TaxTotal/TaxSubtotal[2]/TaxCategory"


def test_the_way_out_is_told() -> None:
    batch = read(invoice(Line(category="E", rate="5")))
    assert batch.problems
    assert any("send it back to the supplier" in note for note in batch.notes)


def test_accepted_as_broken_the_invoice_is_registered_as_returned_with_the_rules() -> None:
    text = changed(GOOD, '<cbc:PayableAmount currencyID="EUR">242.00', '<cbc:PayableAmount currencyID="EUR">240.00')
    batch = read(text, accept_broken=True)
    assert batch.problems == []
    found = record(batch).values
    assert found["status"] == "returned"
    assert found["flags"] == ["BR-CO-16", "payable 240.00 billed, 242.00 by gross, prepaid and rounding"]
    assert found["notes"].startswith("Returned: ")
    assert "BR-CO-16: Amount due for payment (BT-115) = " in found["notes"]


def test_accepting_the_broken_changes_nothing_for_the_whole() -> None:
    batch = read(GOOD, accept_broken=True)
    assert "status" not in record(batch).values
    assert record(batch) == record(read(GOOD))


def test_without_a_number_not_even_a_returned_invoice_can_be_registered() -> None:
    batch = read(changed(GOOD, "<cbc:ID>F-2026-17</cbc:ID>", ""), accept_broken=True)
    assert batch.records == []
    assert {problem.field for problem in batch.problems} == {"BR-02", "Invoice/ID"}


def test_warnings_are_notes_and_refuse_nothing() -> None:
    text = changed(GOOD, "<cbc:CustomizationID>", "<cbc:UBLVersionID>2.1</cbc:UBLVersionID><cbc:CustomizationID>")
    text = changed(
        text,
        "<cac:Item>",
        "<cac:TaxTotal><cbc:TaxAmount currencyID='EUR'>42.00</cbc:TaxAmount></cac:TaxTotal><cac:Item>",
    )
    batch = read(text)
    assert batch.problems == []
    assert any("UBL-CR-561" in note for note in batch.notes)


def test_what_the_rules_cannot_be_tried_on_is_a_broken_rule_and_not_a_crash(capfd: pytest.CaptureFixture[str]) -> None:
    twice = changed(GOOD, "<cbc:ProfileID>", "<cbc:CustomizationID>x</cbc:CustomizationID><cbc:ProfileID>")
    (breach,) = [each for each in en16931.check(parse_xml(twice.encode(), "bill.xml")) if each.fatal]
    assert breach.rule == "EN 16931"
    assert "more than one item" in breach.said.words()
    assert capfd.readouterr() == ("", "")


def test_a_doubled_id_is_named_and_nothing_is_said_behind_the_programs_back(capfd: pytest.CaptureFixture[str]) -> None:
    scheme = "<cac:TaxScheme><cbc:ID>VAT</cbc:ID>"
    text = invoice(buyer=changed(BUYER, scheme, f"{scheme}<cbc:ID>VAT</cbc:ID>"))
    batch = read(text)
    assert ["TaxScheme has 2 IDs" in str(problem) for problem in batch.problems] == [True]
    assert capfd.readouterr() == ("", "")


def test_what_a_message_quotes_from_the_file_brings_no_control_characters_with_it() -> None:
    text = changed(invoice(off="5.00"), ">5.00</cbc:AllowanceTotalAmount>", ">\u009b31m</cbc:AllowanceTotalAmount>")
    batch = read(text, accept_broken=True)
    assert "\u009b" not in "".join([*batch.notes, record(batch).values["notes"], *record(batch).values["flags"]])


def test_one_invoice_takes_a_fraction_of_a_second_once_the_rules_are_compiled() -> None:
    root = parse_xml(invoice(*[Line()] * 50).encode(), "bill.xml")
    en16931.check(root)
    start = time.perf_counter()
    en16931.check(root)
    assert time.perf_counter() - start < 1


def test_any_thread_may_ask() -> None:
    found: list[list[str]] = []
    text = changed(GOOD, "<cbc:IssueDate>2026-03-15</cbc:IssueDate>", "")
    threads = [threading.Thread(target=lambda: found.append(broken(text))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 4
    assert all(rules == found[0] and "BR-03" in rules for rules in found)


def test_without_the_extra_it_is_said_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(extras.MODULES, "einvoice", ("a_module_that_is_not_there",))
    en16931._compiled.cache_clear()
    with pytest.raises(MissingExtra) as refused:
        read(GOOD)
    assert "einvoice" in refused.value.hint.words()


def test_amounts_in_another_currency_than_the_invoices_refuse_it() -> None:
    batch = read(changed(GOOD, '<cbc:PriceAmount currencyID="EUR">', '<cbc:PriceAmount currencyID="USD">'))
    (problem,) = [each for each in batch.problems if each.field == "PEPPOL-EN16931-R051"]
    assert "PriceAmount is in USD, the document in EUR" in str(problem)


def test_the_rules_leave_the_process_its_locale() -> None:
    """The environment is changed after the start, as a program that starts others may do; Saxon reads it as it loads."""
    script = (
        "import locale, os, sys\n"
        "os.environ['LC_ALL'] = 'C'\n"
        "before = locale.setlocale(locale.LC_ALL)\n"
        "from pmo_tui.exchange import en16931\n"
        "from pmo_tui.exchange.xml_file import parse_xml\n"
        "en16931.check(parse_xml(sys.stdin.buffer.read(), 'bill.xml'))\n"
        "assert locale.setlocale(locale.LC_ALL) == before, locale.setlocale(locale.LC_ALL)\n"
    )
    environ = {name: value for name, value in os.environ.items() if not name.startswith("LC_")} | {"LANG": "C.UTF-8"}
    ended = subprocess.run([sys.executable, "-c", script], input=GOOD.encode(), env=environ, capture_output=True)
    assert ended.returncode == 0, ended.stderr.decode()
