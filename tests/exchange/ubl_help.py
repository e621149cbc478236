"""E-invoices and orders made up for the tests: whole and right unless a test says otherwise."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from pmo_tui.exchange import ubl
from pmo_tui.exchange.incoming import Batch, Incoming

UBL = "urn:oasis:names:specification:ubl:schema:xsd"
PEPPOL = "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0"
NLCIUS = "urn:cen.eu:en16931:2017#compliant#urn:fdc:nen.nl:nlcius:v1.0"
G_ACCOUNT = f"{NLCIUS}#conformant#urn:fdc:nen.nl:gaccount:v1.0"
EXEMPT = ("E", "AE", "K", "G", "O")
"""Categories whose total gives a reason for there being no VAT."""
CENT = Decimal("0.01")


def cents(amount: Decimal) -> Decimal:
    return amount.quantize(CENT, ROUND_HALF_UP)


@dataclass(frozen=True)
class Line:
    """One line; `net` follows from the rest unless it is given."""

    quantity: str = "4"
    price: str = "50.00"
    base: str = ""
    allowance: str = ""
    charge: str = ""
    billed: str = ""
    category: str = "S"
    rate: str = "21"
    order_line: str = ""
    more: str = ""

    @property
    def net(self) -> Decimal:
        if self.billed:
            return Decimal(self.billed)
        exact = Decimal(self.quantity) * Decimal(self.price) / Decimal(self.base or "1")
        return cents(exact - Decimal(self.allowance or "0") + Decimal(self.charge or "0"))


def category(name: str, code: str, rate: str, reason: str = "") -> str:
    percent = "" if code == "O" else f"<cbc:Percent>{rate}</cbc:Percent>"
    exempt = f"<cbc:TaxExemptionReason>{reason}</cbc:TaxExemptionReason>" if reason else ""
    return f"<cac:{name}><cbc:ID>{code}</cbc:ID>{percent}{exempt}<cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:{name}>"


def allowance(amount: str, *, charge: bool = False, tax: str = "", reason: str = "Agreed") -> str:
    """An allowance or charge of a line; of the document with `tax`, such as `S 21`."""
    code, _blank, rate = tax.partition(" ")
    return (
        f"<cac:AllowanceCharge><cbc:ChargeIndicator>{str(charge).lower()}</cbc:ChargeIndicator>"
        f"<cbc:AllowanceChargeReason>{reason}</cbc:AllowanceChargeReason>"
        f'<cbc:Amount currencyID="EUR">{amount}</cbc:Amount>{category("TaxCategory", code, rate) if tax else ""}</cac:AllowanceCharge>'
    )


def line_xml(number: int, line: Line, kind: str) -> str:
    name, quantity = (
        ("InvoiceLine", "InvoicedQuantity") if kind == "Invoice" else ("CreditNoteLine", "CreditedQuantity")
    )
    reference = f"<cac:OrderLineReference><cbc:LineID>{line.order_line}</cbc:LineID></cac:OrderLineReference>"
    off = allowance(line.allowance) if line.allowance else ""
    on = allowance(line.charge, charge=True) if line.charge else ""
    base = f'<cbc:BaseQuantity unitCode="HUR">{line.base}</cbc:BaseQuantity>' if line.base else ""
    return (
        f'<cac:{name}><cbc:ID>{number}</cbc:ID><cbc:{quantity} unitCode="HUR">{line.quantity}</cbc:{quantity}>'
        f'<cbc:LineExtensionAmount currencyID="EUR">{line.net}</cbc:LineExtensionAmount>{line.more}'
        f"{reference if line.order_line else ''}{off}{on}"
        f"<cac:Item><cbc:Name>Consultancy {number}</cbc:Name>{category('ClassifiedTaxCategory', line.category, line.rate)}</cac:Item>"
        f'<cac:Price><cbc:PriceAmount currencyID="EUR">{line.price}</cbc:PriceAmount>{base}</cac:Price></cac:{name}>'
    )


def party(name: str, *, number: str, vat: str = "", endpoint: str = "", country: str = "NL", more: str = "") -> str:
    tax = f"<cac:PartyTaxScheme><cbc:CompanyID>{vat}</cbc:CompanyID><cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:PartyTaxScheme>"
    return (
        f'{f"""<cbc:EndpointID schemeID="0106">{endpoint}</cbc:EndpointID>""" if endpoint else ""}'
        f"<cac:PostalAddress><cbc:StreetName>Kade 7</cbc:StreetName><cbc:CityName>Zwolle</cbc:CityName><cbc:PostalZone>8011 AB</cbc:PostalZone>"
        f"<cac:Country><cbc:IdentificationCode>{country}</cbc:IdentificationCode></cac:Country></cac:PostalAddress>"
        f"{tax if vat else ''}<cac:PartyLegalEntity><cbc:RegistrationName>{name}</cbc:RegistrationName>"
        f'<cbc:CompanyID schemeID="0106">{number}</cbc:CompanyID></cac:PartyLegalEntity>{more}'
    )


SELLER = party("Waterbouw Zwolle B.V.", number="27364512", vat="NL004495445B01", endpoint="27364512")
BUYER = party("Provincie Voorbeeld", number="51234567", vat="NL002345678B01")
MEANS = (
    "<cac:PaymentMeans><cbc:PaymentMeansCode>30</cbc:PaymentMeansCode><cbc:PaymentID>F-2026-17</cbc:PaymentID>"
    "<cac:PayeeFinancialAccount><cbc:ID>NL91 ABNA 0417 1643 00</cbc:ID></cac:PayeeFinancialAccount></cac:PaymentMeans>"
)


def money(name: str, amount: Decimal | str) -> str:
    return f'<cbc:{name} currencyID="EUR">{amount}</cbc:{name}>'


def taxes(lines: Iterable[Line], on_all: Iterable[tuple[str, str]]) -> tuple[str, Decimal]:
    """The VAT total and its amount; `on_all` are signed amounts on the whole document with their tax."""
    sums: dict[tuple[str, str], Decimal] = {}
    for line in lines:
        sums[line.category, line.rate] = sums.get((line.category, line.rate), Decimal(0)) + line.net
    for amount, tax in on_all:
        code, _blank, rate = tax.partition(" ")
        sums[code, rate] = sums.get((code, rate), Decimal(0)) + Decimal(amount)
    vat = {key: cents(taxable * Decimal(key[1]) / 100) for key, taxable in sums.items()}
    parts = [
        f"<cac:TaxSubtotal>{money('TaxableAmount', taxable)}{money('TaxAmount', vat[code, rate])}"
        f"{category('TaxCategory', code, rate, 'No VAT' if code in EXEMPT else '')}</cac:TaxSubtotal>"
        for (code, rate), taxable in sums.items()
    ]
    total = sum(vat.values(), Decimal(0))
    return f"<cac:TaxTotal>{money('TaxAmount', total)}{''.join(parts)}</cac:TaxTotal>", total


def invoice(
    *lines: Line, kind: str = "Invoice", code: str = "", number: str = "F-2026-17", profile: str = PEPPOL, off: str = "", on: str = "",
    prepaid: str = "", rounding: str = "", seller: str = SELLER, buyer: str = BUYER, means: str = MEANS, head: str = "",
    references: str = "<cac:OrderReference><cbc:ID>4711</cbc:ID></cac:OrderReference>", delivery: str = "", due: str = "2026-04-14",
) -> str:  # fmt: skip
    """An invoice or a credit note. `off` and `on` are an allowance and a charge on the whole at 21 %; amounts follow from the lines."""
    lines = lines or (Line(),)
    on_all = [(f"-{off}", "S 21")] * bool(off) + [(on, "S 21")] * bool(on)
    tax, vat = taxes(lines, on_all)
    sum_of_lines = sum((line.net for line in lines), Decimal(0))
    net = sum_of_lines + sum((Decimal(amount) for amount, _tax in on_all), Decimal(0))
    payable = net + vat - Decimal(prepaid or 0) + Decimal(rounding or 0)
    totals = [
        money("LineExtensionAmount", sum_of_lines),
        money("TaxExclusiveAmount", net),
        money("TaxInclusiveAmount", net + vat),
    ]
    named = (
        ("AllowanceTotalAmount", off),
        ("ChargeTotalAmount", on),
        ("PrepaidAmount", prepaid),
        ("PayableRoundingAmount", rounding),
    )
    totals += [money(name, amount) for name, amount in named if amount]
    type_ = code or ("380" if kind == "Invoice" else "381")
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<{kind} xmlns="{UBL}:{kind}-2" xmlns:cac="{UBL}:CommonAggregateComponents-2"'
        f' xmlns:cbc="{UBL}:CommonBasicComponents-2"><cbc:CustomizationID>{profile}</cbc:CustomizationID>'
        f"<cbc:ProfileID>urn:fdc:peppol.eu:2017:poacc:billing:01:1.0</cbc:ProfileID><cbc:ID>{number}</cbc:ID><cbc:IssueDate>2026-03-15</cbc:IssueDate>"
        f"{f'<cbc:DueDate>{due}</cbc:DueDate>' if due and kind == 'Invoice' else ''}<cbc:{kind}TypeCode>{type_}</cbc:{kind}TypeCode>"
        f"<cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>{head}{references}"
        f"<cac:AccountingSupplierParty><cac:Party>{seller}</cac:Party></cac:AccountingSupplierParty>"
        f"<cac:AccountingCustomerParty><cac:Party>{buyer}</cac:Party></cac:AccountingCustomerParty>{delivery}{means}"
        f"{allowance(off, tax='S 21') if off else ''}{allowance(on, charge=True, tax='S 21') if on else ''}{tax}"
        f"<cac:LegalMonetaryTotal>{''.join(totals)}{money('PayableAmount', payable)}</cac:LegalMonetaryTotal>"
        f"{''.join(line_xml(number, line, kind) for number, line in enumerate(lines, 1))}</{kind}>"
    )


def changed(xml: str, old: str, new: str) -> str:
    """The document with one place changed, which must be there."""
    assert old in xml, f"{old} is not in the document"
    return xml.replace(old, new, 1)


def read(xml: str | bytes, name: str = "bill.xml", **more: Any) -> Batch:
    """The batch of an invoice."""
    return ubl.read_invoice(xml.encode() if isinstance(xml, str) else xml, name, **more)


def record(batch: Batch, register: str = "invoices") -> Incoming:
    """The one record of a register."""
    (found,) = [each for each in batch.records if each.register == register]
    return found


def values(xml: str | bytes, **more: Any) -> dict[str, Any]:
    """The fields of the invoice, which nothing speaks against."""
    batch = read(xml, **more)
    assert [str(problem) for problem in batch.problems] == []
    return record(batch).values


def order(*lines: str, number: str = "4711", head: str = "") -> str:
    """A purchase order."""
    return (
        f'<Order xmlns="{UBL}:Order-2" xmlns:cac="{UBL}:CommonAggregateComponents-2" xmlns:cbc="{UBL}:CommonBasicComponents-2">'
        f"<cbc:CustomizationID>urn:fdc:peppol.eu:poacc:trns:order:3</cbc:CustomizationID><cbc:ID>{number}</cbc:ID>"
        f"<cbc:IssueDate>2026-01-08</cbc:IssueDate><cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>{head}"
        f"<cac:BuyerCustomerParty><cac:Party>{BUYER}</cac:Party></cac:BuyerCustomerParty>"
        f"<cac:SellerSupplierParty><cac:Party>{SELLER}</cac:Party></cac:SellerSupplierParty>{''.join(lines or (order_line(),))}</Order>"
    )


def order_line(
    number: str = "1",
    quantity: str = "10",
    price: str = "50.00",
    base: str = "",
    more: str = "",
    item: str = "Consultancy",
    net: str = "",
) -> str:
    """A line of an order."""
    each = f'<cbc:BaseQuantity unitCode="HUR">{base}</cbc:BaseQuantity>' if base else ""
    return (
        f'<cac:OrderLine><cac:LineItem><cbc:ID>{number}</cbc:ID><cbc:Quantity unitCode="HUR">{quantity}</cbc:Quantity>'
        f"{money('LineExtensionAmount', net or round(Decimal(quantity) * Decimal(price) / Decimal(base or 1), 2))}{more}<cac:Price>{money('PriceAmount', price)}{each}</cac:Price>"
        f"<cac:Item><cbc:Name>{item}</cbc:Name></cac:Item></cac:LineItem></cac:OrderLine>"
    )
