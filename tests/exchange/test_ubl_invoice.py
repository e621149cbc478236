"""A supplier's e-invoice becomes an invoice record and its supplier, with every figure as billed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from pmo_tui.exchange.incoming import Find, To
from tests.exchange.ubl_help import (
    BUYER,
    G_ACCOUNT,
    MEANS,
    SELLER,
    Line,
    changed,
    invoice,
    party,
    read,
    record,
    values,
)

BLOCKED = (
    "<cac:PaymentMeans><cbc:ID>BENEFICIARY</cbc:ID><cbc:PaymentMeansCode>58</cbc:PaymentMeansCode>"
    "<cac:PayeeFinancialAccount><cbc:ID>NL91ABNA0417164300</cbc:ID></cac:PayeeFinancialAccount></cac:PaymentMeans>"
    "<cac:PaymentMeans><cbc:ID>GACCOUNT</cbc:ID><cbc:PaymentMeansCode>58</cbc:PaymentMeansCode><cbc:PaymentID>PG 7</cbc:PaymentID>"
    "<cac:PayeeFinancialAccount><cbc:ID>NL20 INGB 0001 2345 67</cbc:ID></cac:PayeeFinancialAccount></cac:PaymentMeans>"
    "<cac:PaymentTerms><cbc:PaymentMeansID>BENEFICIARY</cbc:PaymentMeansID><cbc:Amount currencyID='EUR'>181.50</cbc:Amount></cac:PaymentTerms>"
    "<cac:PaymentTerms><cbc:PaymentMeansID>GACCOUNT</cbc:PaymentMeansID><cbc:Amount currencyID='EUR'>60.50</cbc:Amount></cac:PaymentTerms>"
)


def test_what_stands_at_the_head_of_an_invoice() -> None:
    period = "<cac:InvoicePeriod><cbc:StartDate>2026-02-01</cbc:StartDate><cbc:EndDate>2026-02-28</cbc:EndDate></cac:InvoicePeriod>"
    more = (
        "<cbc:AccountingCost>4310</cbc:AccountingCost><cbc:BuyerReference>unit 12</cbc:BuyerReference>"
        f"{period}<cac:OrderReference><cbc:ID>4711</cbc:ID></cac:OrderReference>"
        "<cac:ContractDocumentReference><cbc:ID>RO-9</cbc:ID></cac:ContractDocumentReference>"
    )
    found = values(invoice(head=more, references=""))
    assert found | {"lines": (), "vat_totals": (), "payment_means": ()} == {
        "supplier": To("ubl:supplier:0106:27364512"),
        "number": "F-2026-17",
        "type": "invoice",
        "order_reference": "4711",
        "order": Find(("orders",), "4711", ("number",), having=(("supplier", To("ubl:supplier:0106:27364512")),)),
        "contract_reference": "RO-9",
        "contract": Find(("contracts",), "RO-9", ("number",), "note"),
        "buyer_reference": "unit 12",
        "issue_date": date(2026, 3, 15),
        "due_date": date(2026, 4, 14),
        "period_start": date(2026, 2, 1),
        "period_end": date(2026, 2, 28),
        "currency": "EUR",
        "net": Decimal("200.00"),
        "vat": Decimal("42.00"),
        "gross": Decimal("242.00"),
        "prepaid": Decimal(0),
        "rounding": Decimal(0),
        "payable": Decimal("242.00"),
        "iban": "NL91ABNA0417164300",
        "lines": (),
        "vat_totals": (),
        "payment_means": (),
    }
    assert found["lines"][0]["ledger"] == "4310"


def test_a_line_keeps_quantity_price_base_quantity_allowance_charge_vat_and_order_line() -> None:
    line = Line("1500", "80.00", base="1000", allowance="10.00", charge="2.50", order_line="3", category="S", rate="9")
    found = values(invoice(line))
    assert found["lines"] == [
        {
            "line": "1", "description": "Consultancy 1", "quantity": Decimal(1500), "unit": "HUR", "price": Decimal("80.00"),
            "base_quantity": Decimal(1000), "allowance": Decimal("10.00"), "charge": Decimal("2.50"), "net": Decimal("112.50"),
            "vat_category": "S", "vat_rate": Decimal(9), "order_line": "3",
        }
    ]  # fmt: skip
    assert "flags" not in found


def test_a_line_may_name_the_line_of_another_order() -> None:
    other = "<cac:OrderLineReference><cbc:LineID>2</cbc:LineID><cac:OrderReference><cbc:ID>{}</cbc:ID></cac:OrderReference></cac:OrderLineReference>"
    lines = values(invoice(Line(more=other.format("4800")), Line(more=other.format("4711"))))["lines"]
    assert [line["order_line"] for line in lines] == ["4800/2", "2"]


def test_allowances_and_charges_on_the_whole_prepaid_and_rounding() -> None:
    found = values(invoice(off="20.00", on="5.00", prepaid="100.00", rounding="0.15"))
    assert [
        (each["charge"], each["amount"], each["vat_category"], each["vat_rate"]) for each in found["allowances"]
    ] == [
        (False, Decimal("20.00"), "S", Decimal(21)),
        (True, Decimal("5.00"), "S", Decimal(21)),
    ]
    assert (found["net"], found["gross"]) == (Decimal("185.00"), Decimal("223.85"))
    assert found["payable"] == found["gross"] - found["prepaid"] + found["rounding"] == Decimal("124.00")


def test_vat_of_several_rates_is_kept_by_category() -> None:
    found = values(invoice(Line(), Line(rate="9"), Line(category="Z", rate="0")))
    assert [(each["category"], each["rate"], each["taxable"], each["amount"]) for each in found["vat_totals"]] == [
        ("S", Decimal(21), Decimal("200.00"), Decimal("42.00")),
        ("S", Decimal(9), Decimal("200.00"), Decimal("18.00")),
        ("Z", Decimal(0), Decimal("200.00"), Decimal("0.00")),
    ]
    assert found["vat"] == Decimal("60.00")


ABROAD = (
    "<cac:Delivery><cbc:ActualDeliveryDate>2026-03-10</cbc:ActualDeliveryDate><cac:DeliveryLocation><cac:Address>"
    "<cac:Country><cbc:IdentificationCode>BE</cbc:IdentificationCode></cac:Country></cac:Address></cac:DeliveryLocation></cac:Delivery>"
)
NO_VAT_NUMBERS = {"seller": party("A", number="27364512"), "buyer": party("B", number="51234567")}


@pytest.mark.parametrize(
    ("category", "rate", "more"),
    [
        ("Z", "0", {}),
        ("E", "0", {}),
        ("AE", "0", {}),
        ("K", "0", {"delivery": ABROAD}),
        ("G", "0", {}),
        ("O", "0", NO_VAT_NUMBERS),
        ("L", "7", {}),
        ("M", "4", {}),
    ],
)
def test_every_vat_category_is_read(category: str, rate: str, more: dict[str, Any]) -> None:
    found = values(invoice(Line(category=category, rate=rate), **more))
    (total,) = found["vat_totals"]
    assert (total["category"], found["lines"][0]["vat_category"]) == (category, category)
    assert total["amount"] == Decimal("200.00") * Decimal(rate) / 100
    assert total.get("exemption") == (None if category in "ZLM" else "No VAT")


def test_reverse_charge_needs_only_one_number_of_the_buyer() -> None:
    legal_alone = party("Provincie Voorbeeld", number="51234567")
    assert values(invoice(Line(category="AE", rate="0"), buyer=legal_alone))["vat"] == 0
    tax_alone = changed(BUYER, '<cbc:CompanyID schemeID="0106">51234567</cbc:CompanyID>', "")
    assert values(invoice(Line(category="AE", rate="0"), buyer=tax_alone))["vat"] == 0
    neither = changed(legal_alone, '<cbc:CompanyID schemeID="0106">51234567</cbc:CompanyID>', "")
    problems = read(invoice(Line(category="AE", rate="0"), buyer=neither)).problems
    assert "BR-AE-02" in [problem.field for problem in problems]


def test_a_credit_note_is_negative_in_amounts_and_quantities_and_not_in_prices() -> None:
    original = "<cac:BillingReference><cac:InvoiceDocumentReference><cbc:ID>F-2026-9</cbc:ID></cac:InvoiceDocumentReference></cac:BillingReference>"
    lines = (Line(allowance="10.00", charge="3.00"), Line("-1", "30.00"))
    found = values(
        invoice(*lines, kind="CreditNote", off="20.00", prepaid="50.00", rounding="-0.03", references=original)
    )
    positive = values(invoice(*lines, off="20.00", prepaid="50.00", rounding="-0.03"))
    assert (found["type"], found["original"]) == ("credit", "F-2026-9")
    for name in ("net", "vat", "gross", "prepaid", "rounding", "payable"):
        assert found[name] == -positive[name], name
    for rows in ("lines", "vat_totals", "allowances"):
        for row, other in zip(found[rows], positive[rows], strict=True):
            for name in ("quantity", "net", "allowance", "charge", "taxable", "amount"):
                assert row.get(name) == (-other[name] if name in other else None), (rows, name)
            assert row.get("price") == other.get("price")
    assert "flags" not in found


def test_nothing_is_a_negative_nought() -> None:
    found = values(invoice(Line(category="Z", rate="0"), kind="CreditNote"))
    assert str(found["vat"]) == "0.00"


@pytest.mark.parametrize(
    ("code", "kind", "type_"),
    [("380", "Invoice", "invoice"), ("381", "CreditNote", "credit"), ("384", "Invoice", "corrective"), ("389", "Invoice", "self_billed"),
     ("326", "Invoice", "invoice"), ("396", "CreditNote", "credit")],
)  # fmt: skip
def test_the_type_follows_the_code(code: str, kind: str, type_: str) -> None:
    batch = read(invoice(kind=kind, code=code))
    assert record(batch).values["type"] == type_
    told = [note for note in batch.notes if code in note]
    assert bool(told) == (code in ("326", "396"))


def test_a_credit_note_is_due_where_its_payment_means_says_so() -> None:
    due = changed(
        MEANS, "</cbc:PaymentMeansCode>", "</cbc:PaymentMeansCode><cbc:PaymentDueDate>2026-05-01</cbc:PaymentDueDate>"
    )
    assert values(invoice(kind="CreditNote", means=due))["due_date"] == date(2026, 5, 1)
    assert "due_date" not in values(invoice(kind="CreditNote"))


def test_without_a_period_of_its_own_an_invoice_has_that_of_its_lines() -> None:
    period = "<cac:InvoicePeriod><cbc:StartDate>2026-0{}-01</cbc:StartDate><cbc:EndDate>2026-0{}-28</cbc:EndDate></cac:InvoicePeriod>"
    found = values(invoice(Line(more=period.format(2, 2)), Line(more=period.format(1, 1)), Line()))
    assert (found["period_start"], found["period_end"]) == (date(2026, 1, 1), date(2026, 2, 28))


def test_a_period_of_the_whole_invoice_comes_before_those_of_its_lines() -> None:
    period = "<cac:InvoicePeriod><cbc:StartDate>2026-0{}-01</cbc:StartDate><cbc:EndDate>2026-0{}-28</cbc:EndDate></cac:InvoicePeriod>"
    found = values(invoice(Line(more=period.format(1, 3)), references=period.format(2, 2)))
    assert (found["period_start"], found["period_end"]) == (date(2026, 2, 1), date(2026, 2, 28))


def test_an_order_that_only_the_seller_knows_is_no_reference() -> None:
    found = values(
        invoice(
            references="<cac:OrderReference><cbc:ID>NA</cbc:ID><cbc:SalesOrderID>S-1</cbc:SalesOrderID></cac:OrderReference>"
        )
    )
    assert not {"order", "order_reference"} & set(found)


def test_lines_go_to_the_project_that_the_invoice_names() -> None:
    wanted = Find(("projects",), "HAVEN-2")
    named = "<cac:ProjectReference><cbc:ID>HAVEN-2</cbc:ID></cac:ProjectReference>"
    assert values(invoice(delivery="", references=named))["lines"][0]["project"] == wanted
    credit = "<cac:AdditionalDocumentReference><cbc:ID>HAVEN-2</cbc:ID><cbc:DocumentTypeCode>50</cbc:DocumentTypeCode></cac:AdditionalDocumentReference>"
    assert values(invoice(kind="CreditNote", references=credit))["lines"][0]["project"] == wanted


def test_both_payment_means_of_a_g_account_with_their_amounts() -> None:
    batch = read(invoice(profile=G_ACCOUNT, means=BLOCKED))
    assert batch.problems == []
    assert batch.notes == []
    found = record(batch).values
    assert found["payment_means"] == [
        {"iban": "NL91ABNA0417164300", "code": "58", "amount": Decimal("181.50"), "g_account": False},
        {
            "iban": "NL20INGB0001234567",
            "code": "58",
            "reference": "PG 7",
            "amount": Decimal("60.50"),
            "g_account": True,
        },
    ]
    assert (found["g_amount"], found["iban"]) == (Decimal("60.50"), "NL91ABNA0417164300")
    assert found["g_amount"] + found["payment_means"][0]["amount"] == found["payable"]


def test_the_ordinary_account_is_the_invoices_also_where_the_blocked_one_comes_first() -> None:
    start, end = BLOCKED.index("<cac:PaymentMeans><cbc:ID>GACCOUNT"), BLOCKED.index("<cac:PaymentTerms>")
    turned = BLOCKED[start:end] + BLOCKED[:start] + BLOCKED[end:]
    assert values(invoice(profile=G_ACCOUNT, means=turned))["iban"] == "NL91ABNA0417164300"


def test_the_vat_total_for_a_tax_office_in_its_own_currency_is_not_the_invoices() -> None:
    foreign = "<cac:TaxTotal><cbc:TaxAmount currencyID='SEK'>480.00</cbc:TaxAmount></cac:TaxTotal><cac:TaxTotal>"
    text = changed(invoice(head="<cbc:TaxCurrencyCode>SEK</cbc:TaxCurrencyCode>"), "<cac:TaxTotal>", foreign)
    assert values(text)["vat"] == Decimal("42.00")


def test_attachments_are_named_and_not_stored() -> None:
    references = (
        "<cac:AdditionalDocumentReference><cbc:ID>A1</cbc:ID><cac:Attachment><cbc:EmbeddedDocumentBinaryObject mimeCode='application/pdf'"
        " filename='hours.pdf'>UGFwZXI=</cbc:EmbeddedDocumentBinaryObject></cac:Attachment></cac:AdditionalDocumentReference>"
        "<cac:AdditionalDocumentReference><cbc:ID>A2</cbc:ID><cac:Attachment><cac:ExternalReference><cbc:URI>https://example.org/a2</cbc:URI>"
        "</cac:ExternalReference></cac:Attachment></cac:AdditionalDocumentReference>"
    )
    batch = read(invoice(references=references))
    for name in ("hours.pdf", "https://example.org/a2"):
        assert any(name in note and "bill.xml" in note for note in batch.notes)
        assert name in record(batch).values["notes"]
    assert "UGFwZXI" not in repr(batch)


def test_the_suppliers_own_words_are_kept() -> None:
    text = changed(
        invoice(), "<cbc:DocumentCurrencyCode>", "<cbc:Note>Paid\n   in part</cbc:Note><cbc:DocumentCurrencyCode>"
    )
    terms = "<cac:PaymentTerms><cbc:Note>Within 30 days</cbc:Note></cac:PaymentTerms>"
    assert (
        values(changed(text, "<cac:TaxTotal>", f"{terms}<cac:TaxTotal>"))["notes"]
        == "Paid in part\nPayment terms: Within 30 days"
    )


# ---- the supplier ------------------------------------------------------------------------------------------------------------


def test_the_supplier_is_known_by_its_numbers_then_its_accounts_then_its_name() -> None:
    contact = "<cac:Contact><cbc:Name>Truus Bakker</cbc:Name><cbc:ElectronicMail>truus@example.org</cbc:ElectronicMail></cac:Contact>"
    supplier = record(read(invoice(seller=SELLER + contact)), "suppliers")
    assert not supplier.update
    assert supplier.values == {
        "name": "Waterbouw Zwolle B.V.",
        "registration": "27364512",
        "vat_number": "NL004495445B01",
        "endpoint": "0106:27364512",
        "ibans": ["NL91ABNA0417164300"],
        "address": "Kade 7, 8011 AB Zwolle",
        "country": "NL",
        "contact": "Truus Bakker",
        "email": "truus@example.org",
    }
    assert supplier.match == (
        {"registration": "27364512"},
        {"registration": "0106:27364512"},
        {"vat_number": "NL004495445B01"},
        {"ibans": "NL91ABNA0417164300"},
        {"ibans": "NL91 ABNA 0417 1643 00"},
        {"endpoint": "0106:27364512"},
        {"name": "Waterbouw Zwolle B.V."},
    )


def test_a_vat_number_is_known_however_it_is_spelled() -> None:
    dotted = party("Waterbouw", number="27364512", vat="NL0044.95.445.B.01")
    supplier = record(read(invoice(seller=dotted)), "suppliers")
    assert supplier.values["vat_number"] == "NL004495445B01"
    assert {"vat_number": "NL0044.95.445.B.01"} in supplier.match


def test_a_registration_for_another_tax_is_no_vat_number() -> None:
    other = "<cac:PartyTaxScheme><cbc:CompanyID>77</cbc:CompanyID><cac:TaxScheme><cbc:ID>TAX</cbc:ID></cac:TaxScheme></cac:PartyTaxScheme>"
    seller = changed(SELLER, "<cac:PartyTaxScheme>", f"{other}<cac:PartyTaxScheme>")
    assert record(read(invoice(seller=seller)), "suppliers").values["vat_number"] == "NL004495445B01"


def test_the_account_of_another_payee_tells_nothing_about_the_supplier() -> None:
    payee = "<cac:PayeeParty><cac:PartyName><cbc:Name>Factor Fonds</cbc:Name></cac:PartyName></cac:PayeeParty>"
    batch = read(invoice(delivery=payee))
    supplier = record(batch, "suppliers")
    assert "ibans" not in supplier.values
    assert not any("ibans" in way for way in supplier.match)
    assert record(batch).values["iban"] == "NL91ABNA0417164300"
    assert any("Factor Fonds" in note for note in batch.notes)


# ---- known again -------------------------------------------------------------------------------------------------------------


def source_key(text: str | bytes, name: str = "bill.xml", **more: Any) -> str:
    return record(read(text, name, **more)).source_key


def test_the_same_invoice_is_known_again_whatever_its_file_is_called_and_however_it_is_laid_out() -> None:
    text = invoice()
    key = source_key(text)
    assert key.startswith("ubl:0106:27364512:F-2026-17:")
    assert source_key(text, "copy (2).xml") == key
    assert source_key(text.replace("><", ">\n  <")) == key
    assert source_key(text.replace("xmlns:cbc", "xmlns:b").replace("<cbc:", "<b:").replace("</cbc:", "</b:")) == key
    assert source_key(text.replace('encoding="UTF-8"', 'encoding="UTF-16"').encode("utf-16")) == key


def test_another_amount_or_supplier_under_the_same_number_is_another_invoice() -> None:
    keys = {
        source_key(invoice()),
        source_key(invoice(Line("5"))),
        source_key(invoice(kind="CreditNote")),
        source_key(invoice(seller=party("Other", number="11112222", vat="NL004495445B01"))),
    }
    assert len(keys) == 4
