"""What an e-invoice's own figures should add up to, beyond the official rules. Nothing here refuses a file: it is flagged."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from pmo_tui.exchange.breaches import Breach
from pmo_tui.exchange.ubl_part import CBC, Part
from pmo_tui.records.errors import Said
from pmo_tui.records.invoices import SUM_TOLERANCE
from pmo_tui.records.marks import N_


def expected_net(line: Mapping[str, Any]) -> Decimal | None:
    """quantity × price / price base quantity − allowances + charges (EN 16931, 6.5); None where quantity or price is not given."""
    quantity, price = line.get("quantity"), line.get("price")
    if quantity is None or price is None:
        return None
    net: Decimal = quantity * price / line.get("base_quantity", Decimal(1))
    net += line.get("charge", Decimal(0)) - line.get("allowance", Decimal(0))
    return net


def line_flags(line: Part, values: Mapping[str, Any]) -> list[str]:
    """What is odd about one line, in a few words each."""
    name = f"line {values.get('line', line.place)}"
    found = []
    base = line.number("Price/BaseQuantity")
    if base is not None and base <= 0:
        found.append(f"{name}: price is for {base} units; 1 is taken")
    unit = line.attribute("Price/BaseQuantity", "unitCode")
    if unit and values.get("unit") and unit != values["unit"]:
        found.append(f"{name}: billed in {values['unit']}, priced in {unit}")
    expected = expected_net(values)
    if expected is not None and abs(values.get("net", expected) - expected) >= SUM_TOLERANCE:
        found.append(f"{name}: net {amount(values['net'])} billed, {amount(expected)} by quantity and price")
    return found


def total_flags(values: Mapping[str, Any]) -> list[str]:
    """payable = gross − prepaid + rounding (BR-CO-16), and the payments add up to payable."""
    found = []
    due = values["gross"] - values["prepaid"] + values["rounding"]
    if due != values["payable"]:
        found.append(f"payable {amount(values['payable'])} billed, {amount(due)} by gross, prepaid and rounding")
    parts = [means["amount"] for means in values["payment_means"] if "amount" in means]
    if parts and sum(parts) != values["payable"]:
        found.append(f"payable {amount(values['payable'])} billed, payments of {amount(sum(parts))}")
    return found


def amount(value: Decimal) -> str:
    """An amount for a flag, to the cent."""
    return f"{value:.2f}"


def foreign_amounts(document: Part, currency: str) -> list[Breach]:
    """Amounts in another currency than the document's (PEPPOL-EN16931-R051); the VAT total for the tax office may be in its own."""
    if document.element is None:
        return []
    for_tax_office = {id(total) for total in document.elements("TaxTotal/TaxAmount")}
    others = sorted(
        {
            (value.get("currencyID", ""), value.tag.removeprefix(f"{{{CBC}}}"))
            for value in document.element.iter()
            if value.get("currencyID", currency) != currency and id(value) not in for_tax_office
        }
    )
    template = N_("{element} is in {other}, the document in {currency}")
    return [
        Breach("PEPPOL-EN16931-R051", Said(template, {"element": name, "other": other, "currency": currency}))
        for other, name in others
    ]
