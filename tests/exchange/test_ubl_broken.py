"""What is no readable e-invoice is refused in one sentence: the file, the element, the reason, the way out."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmo_tui.exchange import ubl
from pmo_tui.exchange.incoming import Batch
from pmo_tui.records.errors import Exit, PmoError, Refused
from tests.exchange.ubl_help import UBL, Line, changed, invoice, order, read, record

GOOD = invoice()


def refusal(data: str | bytes, reader: Callable[[bytes, str], Batch] = ubl.read_invoice) -> Refused:
    with pytest.raises(Refused) as refused:
        reader(data.encode() if isinstance(data, str) else data, "bill.xml")
    assert refused.value.code == Exit.REFUSED
    assert "bill.xml" in str(refused.value)
    assert refused.value.hint.words()
    return refused.value


@pytest.mark.parametrize(
    ("old", "new", "place", "reason"),
    [
        (">484.00</cbc:PayableAmount>", ">1.234,50</cbc:PayableAmount>", "Invoice/LegalMonetaryTotal/PayableAmount", "“1.234,50”"),
        (">484.00</cbc:PayableAmount>", ">1,234.50</cbc:PayableAmount>", "Invoice/LegalMonetaryTotal/PayableAmount", "“1,234.50”"),
        (">484.00</cbc:PayableAmount>", ">NaN</cbc:PayableAmount>", "Invoice/LegalMonetaryTotal/PayableAmount", "“NaN”"),
        (">484.00</cbc:PayableAmount>", ">1e3</cbc:PayableAmount>", "Invoice/LegalMonetaryTotal/PayableAmount", "“1e3”"),
        (">484.00</cbc:PayableAmount>", ">٤٢</cbc:PayableAmount>", "Invoice/LegalMonetaryTotal/PayableAmount", "“٤٢”"),
        (">484.00</cbc:PayableAmount>", f">{'9' * 16}</cbc:PayableAmount>", "Invoice/LegalMonetaryTotal/PayableAmount", "fifteen digits"),
        (">484.00</cbc:PayableAmount>", f">{'9' * 5000}</cbc:PayableAmount>", "Invoice/LegalMonetaryTotal/PayableAmount", "not a number"),
        (">50.00</cbc:PriceAmount>", ">fifty</cbc:PriceAmount>", "Invoice/InvoiceLine[2]/Price/PriceAmount", "“fifty”"),
        ("2026-03-15", "2026-02-30", "Invoice/IssueDate", "“2026-02-30” is not a day"),
        ("2026-03-15", "15-03-2026", "Invoice/IssueDate", "“15-03-2026” is not a day"),
        ("2026-03-15", "20260315", "Invoice/IssueDate", "“20260315” is not a day"),
        ("2026-04-14", "2026-04-31", "Invoice/DueDate", "“2026-04-31” is not a day"),
        (">EUR</cbc:DocumentCurrencyCode>", ">euro</cbc:DocumentCurrencyCode>", "Invoice/DocumentCurrencyCode", "three capitals"),
        ("<cbc:ID>F-2026-17</cbc:ID>", "<cbc:ID>1</cbc:ID><cbc:ID>2</cbc:ID>", "Invoice/ID", "2 times"),
        ("Provincie Voorbeeld", "Provincie\u009b31m", "", ""),
        ("Waterbouw Zwolle B.V.", "Water\u009b31m", "Invoice/AccountingSupplierParty/Party/PartyLegalEntity/RegistrationName", "U+009B"),
    ],
)  # fmt: skip
def test_a_value_that_cannot_be_read_is_named(old: str, new: str, place: str, reason: str) -> None:
    text = invoice(Line(), Line())
    if "PriceAmount" in place:
        second = text.rindex(old)
        text = text[:second] + changed(text[second:], old, new)
    else:
        text = changed(text, old, new)
    if not place:
        assert read(text).problems == [], "the buyer is nobody we keep"
        return
    (problem,) = refusal(text).problems
    assert (problem.place, problem.field) == ("bill.xml", place)
    assert reason in problem.reason.words()


@pytest.mark.parametrize("word", ["yes", "", "True", "2"])
def test_what_is_neither_allowance_nor_charge_is_refused(word: str) -> None:
    text = changed(invoice(off="5.00"), ">false</cbc:ChargeIndicator>", f">{word}</cbc:ChargeIndicator>")
    assert [problem.field for problem in refusal(text).problems] == ["Invoice/AllowanceCharge/ChargeIndicator"]


def test_every_unreadable_value_is_named_at_once() -> None:
    text = changed(changed(GOOD, "2026-03-15", "never"), ">50.00</cbc:PriceAmount>", ">free</cbc:PriceAmount>")
    assert {problem.field for problem in refusal(text).problems} == {
        "Invoice/InvoiceLine/Price/PriceAmount",
        "Invoice/IssueDate",
    }


@pytest.mark.parametrize(
    ("old", "place"),
    [
        ("<cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>", "Invoice/DocumentCurrencyCode"),
        ("<cbc:ID>F-2026-17</cbc:ID>", "Invoice/ID"),
        ("<cbc:IssueDate>2026-03-15</cbc:IssueDate>", "Invoice/IssueDate"),
        ('<cbc:PayableAmount currencyID="EUR">242.00</cbc:PayableAmount>', "Invoice/LegalMonetaryTotal/PayableAmount"),
        ('<cbc:LineExtensionAmount currencyID="EUR">200.00</cbc:LineExtensionAmount><cac:Item>', "Invoice/InvoiceLine/LineExtensionAmount"),
        ("<cbc:RegistrationName>Waterbouw Zwolle B.V.</cbc:RegistrationName>",
         "Invoice/AccountingSupplierParty/Party/PartyLegalEntity/RegistrationName"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("accept_broken", [False, True])
def test_what_an_invoice_cannot_be_without_is_named(old: str, place: str, accept_broken: bool) -> None:
    batch = read(changed(GOOD, old, "<cac:Item>" if old.endswith("<cac:Item>") else ""), accept_broken=accept_broken)
    assert batch.records == []
    assert place in [problem.field for problem in batch.problems]
    assert any(problem.field.startswith("BR-") for problem in batch.problems)


HOSTILE = {
    "bomb": '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>',
    "external entity": '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>',
    "external definition": '<!DOCTYPE x SYSTEM "https://example.org/x.dtd">',
}


@pytest.mark.parametrize("kind", HOSTILE)
@pytest.mark.parametrize("reader", [ubl.read_invoice, ubl.read_order])
def test_definitions_of_its_own_are_refused(kind: str, reader: Callable[[bytes, str], Batch]) -> None:
    text = order() if reader is ubl.read_order else GOOD.partition("\n")[2]
    assert "DOCTYPE" in str(refusal(HOSTILE[kind] + changed(text, "Consultancy", "&a;"), reader))


@pytest.mark.parametrize("cut", [0.1, 0.5, 0.9, 0.999])
def test_a_file_that_breaks_off_is_refused(cut: float) -> None:
    assert "line" in str(refusal(GOOD[: int(len(GOOD) * cut)]))


@pytest.mark.parametrize("letter", ["\0", "\x1b", "&#0;", "&#27;"])
def test_nul_and_escape_in_a_name_are_refused(letter: str) -> None:
    assert "line" in str(refusal(changed(GOOD, "Waterbouw", f"Water{letter}bouw")))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be"])
def test_the_encoding_is_found_out(encoding: str) -> None:
    text = changed(GOOD, "Waterbouw Zwolle B.V.", "Wäter‑böuw € 你好").replace("UTF-8", encoding[:6])
    assert record(read(text.encode(encoding)), "suppliers").values["name"] == "Wäter‑böuw € 你好"


@pytest.mark.parametrize(
    ("root", "said"),
    [
        ("<rsm:CrossIndustryInvoice xmlns:rsm='urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100'/>", "CII"),
        ("<Invoice xmlns='urn:example:bills'/>", "Invoice (urn:example:bills)"),
        ("<Invoice/>", "Invoice (–)"),
        ("<html/>", "html"),
        (order(), "is a UBL Order"),
        (f"<Quotation xmlns='{UBL}:Quotation-2'/>", "Quotation"),
        (
            "<StandardBusinessDocument xmlns='http://www.unece.org/cefact/namespaces/StandardBusinessDocumentHeader'/>",
            "SBDH",
        ),
    ],
)
def test_another_document_is_refused_saying_what_it_is(root: str, said: str) -> None:
    assert said in str(refusal(root))


def test_an_invoice_is_no_order() -> None:
    refused = refusal(GOOD, ubl.read_order)
    assert "is a UBL Invoice" in str(refused)
    assert "--as invoice" in refused.hint.words()


def test_elements_of_another_namespace_are_not_seen() -> None:
    foreign = "<x:ID xmlns:x='urn:example:x'>other</x:ID><cbc:ID>F-2026-17</cbc:ID>"
    assert record(read(changed(GOOD, "<cbc:ID>F-2026-17</cbc:ID>", foreign))).values["number"] == "F-2026-17"


@given(st.data())
def test_whatever_is_done_to_a_file_it_is_read_or_refused_and_never_a_crash(data: st.DataObject) -> None:
    text = data.draw(st.sampled_from([GOOD, invoice(kind="CreditNote"), order()]))
    reader = ubl.read_order if "<Order " in text else ubl.read_invoice
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 200)))
    put = data.draw(
        st.sampled_from(["", "0", "-", "x", "<", ">", "</", "&amp;", "<cbc:ID>7</cbc:ID>", "\u009b", "9" * 30])
    )
    assert "bill.xml" in outcome(reader, (text[:start] + put + text[end:]).encode())


def outcome(reader: Callable[[bytes, str], Batch], data: bytes) -> str:
    """Where the record came from, or why there is none."""
    try:
        batch = reader(data, "bill.xml")
    except PmoError as error:
        return str(error)
    return " ".join([*map(str, batch.problems), *(each.place for each in batch.records)])
