"""The rows of an e-invoice: its lines, the VAT of each category, the allowances and charges on the whole."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from pmo_tui.exchange.ubl_part import Part
from pmo_tui.records.invoices import VAT_CATEGORIES

LINES = {"Invoice": ("InvoiceLine", "InvoicedQuantity"), "CreditNote": ("CreditNoteLine", "CreditedQuantity")}
"""By document: the line's element and its quantity's."""


def lines_of(document: Part, kind: str) -> list[Part]:
    """The lines of an invoice or a credit note."""
    return document.parts(LINES[kind][0])


def line_values(line: Part, kind: str, booked_on: str | None, order: str | None) -> dict[str, Any]:
    """One line as a record's row; a credit note's is negative, its price is not.

    `booked_on` is the buyer's accounting reference of the whole invoice and holds where the line has none of its own; `order` is the
    order that the invoice names: a line on another order says which.
    """
    quantity = LINES[kind][1]
    allowance, charge = allowance_sums(line)
    base = line.number("Price/BaseQuantity")
    values = {
        "line": line.text("ID"),
        "description": line.text("Item/Name") or line.text("Item/Description"),
        "quantity": line.signed(quantity),
        "unit": line.attribute(quantity, "unitCode"),
        "price": line.number("Price/PriceAmount"),
        "base_quantity": base if base is not None and base > 0 else None,
        "allowance": allowance,
        "charge": charge,
        "net": line.signed("LineExtensionAmount"),
        **tax_category(line.part("Item/ClassifiedTaxCategory")),
        "order_line": _order_line(line, order),
        "ledger": line.text("AccountingCost") or booked_on,
    }
    if values["net"] is None:
        line.missing("LineExtensionAmount")
    return {field: value for field, value in values.items() if value is not None}


def _order_line(line: Part, order: str | None) -> str | None:
    number = line.text("OrderLineReference/LineID")
    other = line.text("OrderLineReference/OrderReference/ID")
    return f"{other}/{number}" if number and other and other != order else number


def allowance_sums(line: Part) -> tuple[Decimal | None, Decimal | None]:
    """What is taken off a line and what is put on it; None where there is nothing of the kind."""
    sums: list[Decimal | None] = [None, None]
    for each in line.parts("AllowanceCharge"):
        amount = each.signed("Amount")
        if amount is not None:
            place = int(each.true("ChargeIndicator"))
            sums[place] = (sums[place] or Decimal(0)) + amount
    return sums[0], sums[1]


def tax_category(category: Part) -> dict[str, Any]:
    """VAT category and rate as the rows of a record name them; a category that EN 16931 has not is left out."""
    code = category.text("ID")
    return {"vat_category": code if code in VAT_CATEGORIES else None, "vat_rate": category.number("Percent")}


def vat_totals(tax: Part) -> list[dict[str, Any]]:
    """The VAT of each category and rate."""
    found = []
    for each in tax.parts("TaxSubtotal"):
        category = tax_category(each.part("TaxCategory"))
        exemption = "TaxCategory/TaxExemptionReason"
        values = {
            "category": category["vat_category"],
            "rate": category["vat_rate"],
            "taxable": each.signed("TaxableAmount"),
            "amount": each.signed("TaxAmount"),
            "exemption": each.text(exemption) or each.text(f"{exemption}Code"),
        }
        for name, path in (("taxable", "TaxableAmount"), ("amount", "TaxAmount")):
            if values[name] is None:
                each.missing(path)
        if values["category"]:
            found.append({field: value for field, value in values.items() if value is not None})
    return found


def unknown_categories(document: Part) -> list[str]:
    """VAT categories on the document that EN 16931 has not, such as B of Italy's split payment."""
    paths = ("TaxTotal/TaxSubtotal/TaxCategory", "AllowanceCharge/TaxCategory")
    lines = [f"{line}/Item/ClassifiedTaxCategory" for line, _quantity in LINES.values()]
    codes = [part.text("ID") for path in (*paths, *lines) for part in document.parts(path)]
    return sorted({code for code in codes if code and code not in VAT_CATEGORIES})


def document_allowances(document: Part) -> list[dict[str, Any]]:
    """Allowances and charges on the whole document."""
    found = []
    for each in document.parts("AllowanceCharge"):
        values = {
            "charge": each.true("ChargeIndicator"),
            "amount": each.signed("Amount"),
            "reason": each.text("AllowanceChargeReason") or each.text("AllowanceChargeReasonCode"),
            **tax_category(each.part("TaxCategory")),
        }
        if values["amount"] is None:
            each.missing("Amount")
        found.append({field: value for field, value in values.items() if value is not None})
    return found
