"""The Dutch rules on top of EN 16931: NLCIUS 1.0.3 (SI-UBL 2.0) and its extension for G-accounts, under their published ids.

BR-NL-1 to BR-NL-13 are fatal, BR-NL-19 to BR-NL-35 advise against an element, BR-GA-1 to BR-GA-7 hold where the G-account extension is
named. All but BR-NL-13 and the BR-GA rules ask only a supplier in the Netherlands. BR-NL-6, 14 to 18, 22 and 23 ask nothing of UBL.
Source: Stichting Simplerinvoicing / Nederlandse Peppolautoriteit, “Gebruiksinstructie basisfactuur” and “G-account version 1.0”.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from pmo_tui.exchange.breaches import Breach
from pmo_tui.exchange.ubl_part import Part
from pmo_tui.exchange.ubl_party import COUNTRY, LEGAL
from pmo_tui.exchange.ubl_payment import G_ACCOUNT
from pmo_tui.records.errors import Said
from pmo_tui.records.marks import N_

NLCIUS = "#compliant#urn:fdc:nen.nl:nlcius:v1.0"
GACCOUNT = "#conformant#urn:fdc:nen.nl:gaccount:v1.0"
SELLER, BUYER = "AccountingSupplierParty/Party", "AccountingCustomerParty/Party"
REGISTERS = ("0106", "0190")
"""ISO 6523: Chamber of Commerce (KvK) and Organisatie-identificatienummer (OIN)."""
MEANS = ("30", "48", "49", "57", "58", "59")
SEPA = ("58", "59")
TYPES = ("380", "381", "384", "389")

ADVISED_AGAINST: dict[str, tuple[str, ...]] = {
    "BR-NL-19": ("TaxCurrencyCode",),
    "BR-NL-20": ("TaxPointDate",),
    "BR-NL-21": ("InvoicePeriod/DescriptionCode",),
    "BR-NL-24": ("BillingReference/InvoiceDocumentReference/IssueDate",),
    "BR-NL-26": (f"{SELLER}/{LEGAL}/CompanyLegalForm",),
    "BR-NL-30": ("PaymentMeans/PayeeFinancialAccount/Name",),
    "BR-NL-35": ("TaxTotal/TaxSubtotal/TaxCategory/TaxExemptionReasonCode",),
}
"""Elements that have no use on an invoice from the Netherlands."""
ADDRESSES = (
    f"{SELLER}/PostalAddress",
    f"{BUYER}/PostalAddress",
    "TaxRepresentativeParty/PostalAddress",
    "Delivery/DeliveryLocation/Address",
)
ASKED_BY_G_ACCOUNT = frozenset({"UBL-CR-411", "UBL-CR-453", "UBL-CR-459"})
"""What EN 16931 advises against and the G-account extension needs: ids of payment means, and amounts of payment terms."""


def uses_g_account(document: Part) -> bool:
    """Whether the document says that it follows the G-account extension."""
    return GACCOUNT in (document.text("CustomizationID") or "")


def check(document: Part) -> list[Breach]:
    """The rules that the document breaks; none where it does not say that it follows them."""
    profile = document.text("CustomizationID") or ""
    found: list[Breach] = []
    if NLCIUS in profile or GACCOUNT in profile:
        if (document.text(f"{SELLER}/{COUNTRY}") or "").upper() == "NL":
            found += [
                *_identity(document),
                *_addresses(document),
                *_type(document),
                *_payment(document),
                *_advice(document),
            ]
        found += _order_reference(document)
    if uses_g_account(document) and document.place == "Invoice":
        found += _g_account(document)
    return [
        replace(breach, place=f"{document.place}/{breach.place.removeprefix(f'{document.place}/')}") for breach in found
    ]


def _breach(rule: str, template: str, place: str, **values: object) -> Breach:
    return Breach(rule, Said(template, values), place)


def _identity(document: Part) -> Iterator[Breach]:
    registered = N_(
        "the party in the Netherlands needs its number in the trade register (KvK, 0106) or as public body (OIN, 0190)"
    )
    if not _in_a_register(document.part(SELLER)):
        yield _breach("BR-NL-1", registered, f"{SELLER}/{LEGAL}/CompanyID")
    if not document.text("BuyerReference") and not document.text("OrderReference/ID"):
        yield _breach("BR-NL-2", N_("the buyer's reference or the order's number is needed"), "BuyerReference")
    if _in_the_netherlands(document.part(BUYER)) and not _in_a_register(document.part(BUYER)):
        yield _breach("BR-NL-10", registered, f"{BUYER}/{LEGAL}/CompanyID")


def _in_the_netherlands(party: Part) -> bool:
    return party.text(COUNTRY) == "NL"


def _in_a_register(party: Part) -> bool:
    return any(
        legal.attribute("CompanyID", "schemeID") in REGISTERS and bool(legal.text("CompanyID"))
        for legal in party.parts(LEGAL)
    )


def _addresses(document: Part) -> Iterator[Breach]:
    asked = [("BR-NL-3", SELLER), ("BR-NL-4", BUYER), ("BR-NL-5", "TaxRepresentativeParty")]
    for rule, path in asked:
        party = document.part(path)
        address = party.part("PostalAddress")
        if not address or not (rule == "BR-NL-3" or _in_the_netherlands(party)):
            continue
        missing = [name for name in ("StreetName", "CityName", "PostalZone") if not address.text(name)]
        if missing:
            said = N_("an address in the Netherlands needs street, city and postal code; {missing} is missing")
            yield _breach(rule, said, f"{path}/PostalAddress", missing=", ".join(missing))


def _type(document: Part) -> Iterator[Breach]:
    path = "CreditNoteTypeCode" if document.text("CreditNoteTypeCode") else "InvoiceTypeCode"
    code = document.text(path)
    if code not in TYPES:
        said = N_("the type of document is {code}; it can be {types}")
        yield _breach("BR-NL-7", said, path, code=code or "–", types=", ".join(TYPES))
    elif (code == "381") != (document.place == "CreditNote"):
        yield _breach(
            "BR-NL-8", N_("a document of type {code} cannot be a {kind}"), path, code=code, kind=document.place
        )
    if code == "384" and not document.elements("BillingReference/InvoiceDocumentReference/ID"):
        said = N_("a corrective invoice names the invoice that it corrects")
        yield _breach("BR-NL-9", said, "BillingReference/InvoiceDocumentReference/ID")


def _payment(document: Part) -> Iterator[Breach]:
    means = document.parts("PaymentMeans")
    payable = document.number("LegalMonetaryTotal/PayableAmount") or Decimal(0)
    if document.place == "Invoice" and payable > 0 and not means:
        yield _breach("BR-NL-11", N_("there is an amount to pay, and no means of payment"), "PaymentMeans")
    for each in means:
        code = each.text("PaymentMeansCode")
        if code not in MEANS:
            said = N_("the means of payment is {code}; it can be {means}")
            yield _breach("BR-NL-12", said, each.place, code=code or "–", means=", ".join(MEANS))


def _order_reference(document: Part) -> Iterator[Breach]:
    lines = [*document.parts("InvoiceLine"), *document.parts("CreditNoteLine")]
    named = [line.place for line in lines if line.elements("OrderLineReference/LineID")]
    if named and not document.text("OrderReference/ID"):
        yield _breach("BR-NL-13", N_("a line names the line of an order, and the invoice names no order"), named[0])


def _advice(document: Part) -> Iterator[Breach]:
    for rule, paths in ADVISED_AGAINST.items():
        yield from (_advised(rule, path) for path in paths if document.elements(path))
    for address in ADDRESSES:
        for rule, name in (("BR-NL-27", "AddressLine/Line"), ("BR-NL-28", "CountrySubentity")):
            if document.elements(f"{address}/{name}"):
                yield _advised(rule, f"{address}/{name}")
    if any(_other_tax(scheme) for scheme in document.parts(f"{SELLER}/PartyTaxScheme")):
        yield _advised("BR-NL-25", f"{SELLER}/PartyTaxScheme/CompanyID")
    yield from _payment_advice(document)
    yield from _reason_codes(document)
    currency = document.text("DocumentCurrencyCode")
    if any(total.get("currencyID") != currency for total in document.elements("TaxTotal/TaxAmount")):
        yield _advised("BR-NL-33", "TaxTotal/TaxAmount")


def _advised(rule: str, path: str) -> Breach:
    return Breach(rule, Said(N_("{element} is advised against in the Netherlands"), {"element": path}), fatal=False)


def _other_tax(scheme: Part) -> bool:
    return bool(scheme.text("CompanyID")) and scheme.text("TaxScheme/ID") != "VAT"


def _payment_advice(document: Part) -> Iterator[Breach]:
    for each in document.parts("PaymentMeans"):
        if each.attribute("PaymentMeansCode", "name"):
            yield _advised("BR-NL-29", f"{each.place}/PaymentMeansCode/@name")
        bank = "PayeeFinancialAccount/FinancialInstitutionBranch/ID"
        if each.text("PaymentMeansCode") in SEPA and each.text(bank):
            yield _advised("BR-NL-31", f"{each.place}/{bank}")


def _reason_codes(document: Part) -> Iterator[Breach]:
    for path in ("AllowanceCharge", "InvoiceLine/AllowanceCharge", "CreditNoteLine/AllowanceCharge"):
        coded = [each for each in document.parts(path) if each.text("AllowanceChargeReasonCode")]
        for rule in sorted({"BR-NL-34" if each.true("ChargeIndicator") else "BR-NL-32" for each in coded}):
            yield _advised(rule, f"{path}/AllowanceChargeReasonCode")


def _g_account(document: Part) -> Iterator[Breach]:
    terms, means = document.parts("PaymentTerms"), document.parts("PaymentMeans")
    if len(terms) != 2:
        yield _breach("BR-GA-1", N_("two terms of payment are needed, not {count}"), "PaymentTerms", count=len(terms))
    if len(means) != 2:
        yield _breach("BR-GA-2", N_("two means of payment are needed, not {count}"), "PaymentMeans", count=len(means))
    payable = document.number("LegalMonetaryTotal/PayableAmount")
    parts = sum((each.number("Amount") or Decimal(0) for each in terms), Decimal(0))
    if payable is not None and parts != payable:
        said = N_("the payments add up to {parts}, the amount to pay is {payable}")
        yield _breach("BR-GA-3", said, "PaymentTerms", parts=parts, payable=payable)
    wanted = [each.text("PaymentMeansID") for each in terms]
    given = [each.text("ID") for each in means]
    if None in wanted:
        yield _breach("BR-GA-4", N_("each term of payment names its means of payment"), "PaymentTerms/PaymentMeansID")
    if None in given:
        yield _breach("BR-GA-5", N_("each means of payment needs an id"), "PaymentMeans/ID")
    if any(given.count(name) != 1 for name in wanted if name):
        yield _breach(
            "BR-GA-6", N_("each term of payment names one means of payment that is there once"), "PaymentTerms"
        )
    if given.count(G_ACCOUNT) != 1:
        yield _breach("BR-GA-7", N_("one means of payment has the id {id}"), "PaymentMeans/ID", id=G_ACCOUNT)
