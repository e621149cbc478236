"""A UBL purchase order (Peppol BIS Order 3) as the fields of an order record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from pmo_tui.exchange.incoming import Find
from pmo_tui.exchange.ubl_invoice import attachments, currency_of
from pmo_tui.exchange.ubl_lines import document_allowances
from pmo_tui.exchange.ubl_part import Part
from pmo_tui.records.invoices import SUM_TOLERANCE
from pmo_tui.records.marks import N_

PLACES = Decimal("1e-10")
"""To what a price for one unit is rounded, where it does not come out even."""
TITLES = 3
REFERENCES = {
    "Customer reference": "CustomerReference",
    "Seller's number": "SalesOrderID",
    "Quotation": "QuotationDocumentReference/ID",
    "Earlier order": "OrderDocumentReference/ID",
    "Originator's document": "OriginatorDocumentReference/ID",
}
"""What the order refers to, by the words under which the record's notes keep it."""


def order_values(document: Part) -> dict[str, Any]:
    """The fields that the document speaks of, without the supplier; what cannot be read is in the document's faults."""
    contract, project = document.text("Contract/ID"), document.text("ProjectReference/ID")
    delivery = delivery_day(document)
    values: dict[str, Any] = {
        "number": document.text("ID"),
        "ordered_on": document.day("IssueDate"),
        "delivery": delivery,
        "contract": Find(("contracts",), contract, ("number",)) if contract else None,
        "project": Find(("projects",), project) if project else None,
        "cost_centre": document.text("AccountingCost"),
        "currency": currency_of(document),
        "lines": [_line(line, delivery) for line in document.parts("OrderLine/LineItem")],
        "notes": "\n".join(order_remarks(document)) or None,
    }
    if values["number"] is None:
        document.missing("ID")
    if not values["lines"]:
        document.refuse(f"{document.place}/OrderLine", N_("is missing"))
    return {name: value for name, value in values.items() if value not in (None, [])}


def delivery_day(part: Part) -> date | None:
    """The last day on which delivery is asked for, or was promised."""
    for period in ("RequestedDeliveryPeriod", "PromisedDeliveryPeriod"):
        found = part.day(f"Delivery/{period}/EndDate") or part.day(f"Delivery/{period}/StartDate")
        if found:
            return found
    return None


def _line(line: Part, delivery: date | None) -> dict[str, Any]:
    tax = line.part("Item/ClassifiedTaxCategory")
    quantity, price = line.number("Quantity"), price_paid(line)
    values = {
        "line": line.text("ID"),
        "description": line.text("Item/Name") or line.text("Item/Description"),
        "item": line.text("Item/SellersItemIdentification/ID") or line.text("Item/StandardItemIdentification/ID"),
        "quantity": quantity,
        "unit": line.attribute("Quantity", "unitCode"),
        "price": price,
        "net": line.number("LineExtensionAmount"),
        "vat_category": tax.text("ID"),
        "vat_rate": tax.number("Percent"),
        "delivery": delivery_day(line) or delivery,
    }
    for value, path in ((quantity, "Quantity"), (price, "Price/PriceAmount")):
        if value is None:
            line.missing(path)
    return {name: value for name, value in values.items() if value is not None}


def price_paid(line: Part) -> Decimal | None:
    """The price of one unit with the line's charges and allowances, so that the line is worth its net amount."""
    price, quantity, net = unit_price(line), line.number("Quantity"), line.number("LineExtensionAmount")
    if price is None or not quantity or net is None or abs(quantity * price - net) < SUM_TOLERANCE:
        return price
    return _divided(net, quantity)


def _divided(amount: Decimal, quantity: Decimal) -> Decimal:
    """Exactly, where it comes out even."""
    one = amount / quantity
    return one if one * quantity == amount else one.quantize(PLACES)


def _listed(line: Part) -> str:
    """What the notes say of a line whose price is not the one listed; empty where it is."""
    listed = unit_price(line)
    if listed is None or price_paid(line) == listed:
        return ""
    return f"Line {line.text('ID') or line.place}: listed at {listed}, with its charges and allowances {line.text('LineExtensionAmount')} for {line.text('Quantity')}"


def unit_price(line: Part) -> Decimal | None:
    """The price listed for one unit: the price divided by the quantity that it is for; without a price the line's net amount is spread."""
    price, base = line.number("Price/PriceAmount"), line.number("Price/BaseQuantity")
    if price is None:
        price, base = line.number("LineExtensionAmount"), line.number("Quantity")
    if price is None or base is None or base == 1:
        return price
    if base <= 0:
        line.refuse(f"{line.place}/Price/BaseQuantity", N_("a price is for more than no units"))
        return None
    return _divided(price, base)


def line_titles(lines: Sequence[Mapping[str, Any]]) -> str:
    """What an order is called where it has no title of its own: its first items."""
    names = [line["description"] for line in lines if "description" in line]
    return ", ".join(names[:TITLES]) + (" …" if len(names) > TITLES else "")


def order_remarks(document: Part) -> list[str]:
    """The buyer's own words, what the order refers to, and the money that no line holds."""
    named = [f"{label}: {text}" for label, path in REFERENCES.items() if (text := document.text(path))]
    extra = [
        f"{'Charge' if each['charge'] else 'Allowance'} on the whole order: {each['amount']} {each.get('reason', '')}".strip()
        for each in document_allowances(document)
        if "amount" in each
    ]
    kept = [f"Attachment, not stored: {name}" for name in attachments(document)]
    listed = [text for line in document.parts("OrderLine/LineItem") if (text := _listed(line))]
    return [*document.texts("Note"), *named, *extra, *listed, *kept]
