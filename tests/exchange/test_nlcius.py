"""The Dutch rules hold for a supplier in the Netherlands whose invoice says that it follows them, and for nobody else."""

from __future__ import annotations

from typing import Any

import pytest

from pmo_tui.exchange import nlcius
from pmo_tui.exchange.ubl_part import Part
from pmo_tui.exchange.xml_file import parse_xml
from tests.exchange.test_ubl_invoice import BLOCKED
from tests.exchange.ubl_help import (
    BUYER,
    G_ACCOUNT,
    MEANS,
    NLCIUS,
    SELLER,
    Line,
    allowance,
    changed,
    invoice,
    read,
    record,
)

KVK = '<cbc:CompanyID schemeID="0106">27364512</cbc:CompanyID>'
FOREIGN = changed(SELLER, ">NL</cbc:IdentificationCode>", ">BE</cbc:IdentificationCode>")
ORDER = "<cac:OrderReference><cbc:ID>4711</cbc:ID></cac:OrderReference>"
REPRESENTATIVE = (
    "<cac:TaxRepresentativeParty><cac:PartyName><cbc:Name>R</cbc:Name></cac:PartyName><cac:PostalAddress>{}<cac:Country><cbc:IdentificationCode>"
    "NL</cbc:IdentificationCode></cac:Country></cac:PostalAddress><cac:PartyTaxScheme><cbc:CompanyID>NL1</cbc:CompanyID><cac:TaxScheme>"
    "<cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:PartyTaxScheme></cac:TaxRepresentativeParty>"
)


def rules(text: str, *, fatal: bool = True) -> list[str]:
    """The rules of NLCIUS that the document breaks."""
    root = parse_xml(text.encode(), "bill.xml")
    kind = root.tag.rpartition("}")[2]
    return sorted({each.rule for each in nlcius.check(Part(root, kind, "bill.xml")) if each.fatal == fatal})


def dutch(**more: Any) -> str:
    return invoice(*more.pop("lines", ()), profile=NLCIUS, **more)


def test_a_right_invoice_breaks_nothing() -> None:
    for text in (dutch(), dutch(kind="CreditNote"), dutch(lines=[Line(order_line="1")])):
        assert rules(text) == rules(text, fatal=False) == []
        assert read(text).problems == []


BREACHES: list[tuple[str, str]] = [
    ("BR-NL-1", dutch(seller=changed(SELLER, KVK, '<cbc:CompanyID schemeID="0088">27364512</cbc:CompanyID>'))),
    ("BR-NL-1", dutch(seller=changed(SELLER, KVK, ""))),
    ("BR-NL-2", dutch(references="")),
    ("BR-NL-3", dutch(seller=changed(SELLER, "<cbc:StreetName>Kade 7</cbc:StreetName>", ""))),
    ("BR-NL-3", dutch(seller=changed(SELLER, "<cbc:CityName>Zwolle</cbc:CityName>", ""))),
    ("BR-NL-3", dutch(seller=changed(SELLER, "<cbc:PostalZone>8011 AB</cbc:PostalZone>", ""))),
    ("BR-NL-4", dutch(buyer=changed(BUYER, "<cbc:PostalZone>8011 AB</cbc:PostalZone>", ""))),
    ("BR-NL-5", dutch(delivery=REPRESENTATIVE.format("<cbc:CityName>Zwolle</cbc:CityName>"))),
    ("BR-NL-7", dutch(code="326")),
    ("BR-NL-8", dutch(code="381")),
    ("BR-NL-8", dutch(kind="CreditNote", code="384", references=ORDER + "<cac:BillingReference><cac:InvoiceDocumentReference>"
                      "<cbc:ID>1</cbc:ID></cac:InvoiceDocumentReference></cac:BillingReference>")),
    ("BR-NL-9", dutch(code="384")),
    ("BR-NL-10", dutch(buyer=changed(BUYER, 'schemeID="0106"', 'schemeID="0088"'))),
    ("BR-NL-11", dutch(means="")),
    ("BR-NL-12", dutch(means=changed(MEANS, "<cbc:PaymentMeansCode>30<", "<cbc:PaymentMeansCode>31<"))),
    ("BR-NL-13", dutch(lines=[Line(order_line="1")], references="", head="<cbc:BuyerReference>unit 12</cbc:BuyerReference>")),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "text"), BREACHES)
def test_each_fatal_rule_is_broken_alone_and_named(rule: str, text: str) -> None:
    assert rules(text) == [rule]


@pytest.mark.parametrize(("rule", "text"), [each for each in BREACHES if each[0] != "BR-NL-13"])
def test_they_ask_nothing_of_another_profile_or_another_country(rule: str, text: str) -> None:
    assert rules(text.replace(NLCIUS, "urn:cen.eu:en16931:2017")) == []
    seller = text.index("<cac:AccountingSupplierParty>")
    abroad = text[:seller] + changed(text[seller:], ">NL</cbc:IdentificationCode>", ">BE</cbc:IdentificationCode>")
    assert rules(abroad) == []


def test_an_order_line_without_an_order_is_wrong_from_any_country() -> None:
    text = dutch(lines=[Line(order_line="1")], references="", seller=FOREIGN)
    assert rules(text) == ["BR-NL-13"]


@pytest.mark.parametrize(
    "text",
    [
        dutch(seller=changed(SELLER, KVK, '<cbc:CompanyID schemeID="0190">00000001003214345000</cbc:CompanyID>')),
        dutch(references="", head="<cbc:BuyerReference>unit 12</cbc:BuyerReference>"),
        dutch(buyer=changed(changed(BUYER, ">NL<", ">DE<"), "<cbc:StreetName>Kade 7</cbc:StreetName>", "")),
        dutch(buyer=changed(changed(BUYER, ">NL<", ">DE<"), 'schemeID="0106"', 'schemeID="0088"')),
        dutch(kind="CreditNote", means=""),
        dutch(lines=[Line("-4")], means=""),
        dutch(code="389"),
    ],
)
def test_what_the_rules_allow(text: str) -> None:
    assert rules(text) == []


def test_a_broken_dutch_rule_refuses_the_file_and_can_be_registered_as_returned() -> None:
    text = dutch(means="")
    batch = read(text)
    (problem,) = batch.problems
    assert problem.field == "BR-NL-11"
    assert "Invoice/PaymentMeans" in problem.place
    assert batch.records == []
    returned = record(read(text, accept_broken=True)).values
    assert (returned["status"], returned["flags"]) == ("returned", ["BR-NL-11"])


ADVICE: list[tuple[str, str]] = [
    ("BR-NL-19", dutch(head="<cbc:TaxCurrencyCode>EUR</cbc:TaxCurrencyCode>")),
    ("BR-NL-20", changed(dutch(), "<cbc:DocumentCurrencyCode>", "<cbc:TaxPointDate>2026-03-01</cbc:TaxPointDate><cbc:DocumentCurrencyCode>")),
    ("BR-NL-21", dutch(references=f"<cac:InvoicePeriod><cbc:DescriptionCode>35</cbc:DescriptionCode></cac:InvoicePeriod>{ORDER}")),
    ("BR-NL-24", dutch(references=f"{ORDER}<cac:BillingReference><cac:InvoiceDocumentReference><cbc:ID>1</cbc:ID>"
                       "<cbc:IssueDate>2026-01-01</cbc:IssueDate></cac:InvoiceDocumentReference></cac:BillingReference>")),
    ("BR-NL-25", dutch(seller=changed(SELLER, "<cac:PartyLegalEntity>", "<cac:PartyTaxScheme><cbc:CompanyID>7</cbc:CompanyID><cac:TaxScheme>"
                       "<cbc:ID>TAX</cbc:ID></cac:TaxScheme></cac:PartyTaxScheme><cac:PartyLegalEntity>"))),
    ("BR-NL-26", dutch(seller=changed(SELLER, KVK, f"{KVK}<cbc:CompanyLegalForm>B.V.</cbc:CompanyLegalForm>"))),
    ("BR-NL-27", dutch(seller=changed(SELLER, "<cac:Country>", "<cac:AddressLine><cbc:Line>3</cbc:Line></cac:AddressLine><cac:Country>"))),
    ("BR-NL-28", dutch(buyer=changed(BUYER, "<cac:Country>", "<cbc:CountrySubentity>Overijssel</cbc:CountrySubentity><cac:Country>"))),
    ("BR-NL-29", dutch(means=changed(MEANS, "<cbc:PaymentMeansCode>", "<cbc:PaymentMeansCode name='credit transfer'>"))),
    ("BR-NL-30", dutch(means=changed(MEANS, "</cac:PayeeFinancialAccount>", "<cbc:Name>Waterbouw</cbc:Name></cac:PayeeFinancialAccount>"))),
    ("BR-NL-31", dutch(means=changed(MEANS, ">30</cbc:PaymentMeansCode>", ">58</cbc:PaymentMeansCode>").replace(
        "</cac:PayeeFinancialAccount>", "<cac:FinancialInstitutionBranch><cbc:ID>ABNANL2A</cbc:ID></cac:FinancialInstitutionBranch></cac:PayeeFinancialAccount>"))),
    ("BR-NL-32", changed(dutch(off="20.00"), "<cbc:AllowanceChargeReason>", "<cbc:AllowanceChargeReasonCode>95</cbc:AllowanceChargeReasonCode><cbc:AllowanceChargeReason>")),
    ("BR-NL-34", changed(dutch(lines=[Line(charge="5.00")]), "<cbc:AllowanceChargeReason>",
                         "<cbc:AllowanceChargeReasonCode>AAA</cbc:AllowanceChargeReasonCode><cbc:AllowanceChargeReason>")),
    ("BR-NL-33", changed(dutch(), "<cac:TaxTotal>", "<cac:TaxTotal><cbc:TaxAmount currencyID='USD'>45.00</cbc:TaxAmount></cac:TaxTotal><cac:TaxTotal>")),
    ("BR-NL-35", changed(dutch(lines=[Line(category="E", rate="0")]), "<cbc:TaxExemptionReason>",
                         "<cbc:TaxExemptionReasonCode>VATEX-EU-132</cbc:TaxExemptionReasonCode><cbc:TaxExemptionReason>")),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "text"), ADVICE)
def test_advice_is_told_and_never_refuses(rule: str, text: str) -> None:
    assert rules(text) == []
    assert rules(text, fatal=False) == [rule]
    assert any(rule in note for note in read(text).notes)


def test_an_allowance_and_a_charge_with_codes_are_two_pieces_of_advice() -> None:
    code = "<cbc:AllowanceChargeReasonCode>{}</cbc:AllowanceChargeReasonCode><cbc:AllowanceChargeReason>"
    both = allowance("1.00") + allowance("1.00", charge=True)
    line = Line(more=both.replace("<cbc:AllowanceChargeReason>", code.format("95")))
    assert rules(dutch(lines=[line]), fatal=False) == ["BR-NL-32", "BR-NL-34"]


# ---- the G-account -----------------------------------------------------------------------------------------------------------


def blocked(old: str = "", new: str = "") -> str:
    return invoice(profile=G_ACCOUNT, means=changed(BLOCKED, old, new) if old else BLOCKED)


TERMS = "<cac:PaymentTerms><cbc:PaymentMeansID>GACCOUNT</cbc:PaymentMeansID><cbc:Amount currencyID='EUR'>60.50</cbc:Amount></cac:PaymentTerms>"


def test_a_right_g_account_breaks_nothing() -> None:
    assert rules(blocked()) == []


@pytest.mark.parametrize(
    ("old", "new", "broken"),
    [
        (TERMS, "", ["BR-GA-1", "BR-GA-3"]),
        (TERMS, TERMS.replace("60.50", "30.25") * 2, ["BR-GA-1"]),
        ("<cac:PaymentMeans>", MEANS + "<cac:PaymentMeans>", ["BR-GA-2", "BR-GA-5"]),
        ("60.50", "60.00", ["BR-GA-3"]),
        ("<cbc:PaymentMeansID>BENEFICIARY</cbc:PaymentMeansID>", "", ["BR-GA-4"]),
        ("<cbc:ID>BENEFICIARY</cbc:ID>", "", ["BR-GA-5", "BR-GA-6"]),
        ("<cbc:PaymentMeansID>BENEFICIARY<", "<cbc:PaymentMeansID>OTHER<", ["BR-GA-6"]),
        ("<cbc:ID>GACCOUNT<", "<cbc:ID>BLOCKED<", ["BR-GA-6", "BR-GA-7"]),
    ],
)
def test_the_rules_of_the_g_account(old: str, new: str, broken: list[str]) -> None:
    assert rules(blocked(old, new)) == broken


def test_they_are_asked_only_where_the_invoice_names_the_extension() -> None:
    assert rules(dutch()) == []
    assert rules(invoice(profile=NLCIUS, means=changed(BLOCKED, "60.50", "60.00"))) == []
