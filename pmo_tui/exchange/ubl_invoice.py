"""A UBL invoice or credit note as the fields of an invoice record, in the terms of EN 16931."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from pmo_tui.exchange.incoming import Find
from pmo_tui.exchange.ubl_checks import line_flags, total_flags
from pmo_tui.exchange.ubl_lines import (
    document_allowances,
    line_values,
    lines_of,
    unknown_categories,
    vat_totals,
)
from pmo_tui.exchange.ubl_part import Part
from pmo_tui.exchange.ubl_payment import payment_fields
from pmo_tui.records.fields import CURRENCY_PATTERN
from pmo_tui.records.marks import N_

TYPES = {"380": "invoice", "381": "credit", "384": "corrective", "389": "self_billed"}
"""UNTDID 1001 to the type of the record; any other code is an invoice or a credit by its document."""
NO_ORDER = "NA"
"""What Peppol puts where an order's number must stand and only the seller has one."""
PROJECT = "50"
"""The code of a document reference that is a project's (BT-11 in a credit note)."""
TOTALS = {"net": "TaxExclusiveAmount", "gross": "TaxInclusiveAmount", "payable": "PayableAmount"}


def currency_of(document: Part) -> str | None:
    """The document's currency; a problem where it is missing or none."""
    currency = document.text("DocumentCurrencyCode")
    if currency is None:
        document.missing("DocumentCurrencyCode")
    elif not re.fullmatch(CURRENCY_PATTERN, currency):
        document.refuse(f"{document.place}/DocumentCurrencyCode", N_("a currency is three capitals, such as EUR"))
    return currency


def invoice_values(document: Part) -> dict[str, Any]:
    """The fields that the document speaks of, without the supplier; what cannot be read is in the document's faults."""
    order = document.text("OrderReference/ID")
    order = None if order == NO_ORDER else order
    lines = lines_of(document, document.place)
    rows = [line_values(line, document.place, document.text("AccountingCost"), order) for line in lines]
    project = _project(document)
    values: dict[str, Any] = {
        "number": document.text("ID"),
        "type": type_of(document),
        **_references(document, order),
        **_days(document, lines),
        "currency": currency_of(document),
        **_totals(document),
        **payment_fields(document),
        "lines": [{**row, "project": Find(("projects",), project)} for row in rows] if project else rows,
        "allowances": document_allowances(document),
        "notes": "\n".join(_remarks(document)) or None,
    }
    for name, path in (("number", "ID"), ("issue_date", "IssueDate")):
        if values.get(name) is None:
            document.missing(path)
    flags = [flag for line, row in zip(lines, rows, strict=True) for flag in line_flags(line, row)]
    flags += [f"VAT category {code} is not one of EN 16931" for code in unknown_categories(document)]
    values["flags"] = flags if document.faults.all() else flags + total_flags(values)
    return {name: value for name, value in values.items() if value not in (None, [])}


def type_code(document: Part) -> str | None:
    """The code of the document's type (UNTDID 1001)."""
    return document.text("CreditNoteTypeCode" if document.place == "CreditNote" else "InvoiceTypeCode")


def type_of(document: Part) -> str:
    """The record's type: by the code, or by the document where the code says less."""
    by_document = "credit" if document.place == "CreditNote" else "invoice"
    return TYPES.get(type_code(document) or "", by_document)


def _references(document: Part, order: str | None) -> dict[str, Any]:
    """What the invoice refers to, as billed and as the record that it is."""
    contract = document.text("ContractDocumentReference/ID")
    originals = [part.text("InvoiceDocumentReference/ID") for part in document.parts("BillingReference")]
    return {
        "order_reference": order,
        "order": Find(("orders",), order, ("number",)) if order else None,
        "contract_reference": contract,
        "contract": Find(("contracts",), contract, ("number",)) if contract else None,
        "buyer_reference": document.text("BuyerReference"),
        "original": ", ".join(number for number in originals if number) or None,
    }


def _project(document: Part) -> str | None:
    named = document.text("ProjectReference/ID")
    others = document.parts("AdditionalDocumentReference")
    return named or next((part.text("ID") for part in others if part.text("DocumentTypeCode") == PROJECT), None)


def _days(document: Part, lines: Iterable[Part]) -> dict[str, date | None]:
    """The days of the invoice; without a period of its own it has the one that its lines span."""
    periods = [document, *lines]
    starts = [part.day("InvoicePeriod/StartDate") for part in periods]
    ends = [part.day("InvoicePeriod/EndDate") for part in periods]
    due = document.day("DueDate") or document.day("PaymentMeans/PaymentDueDate")
    return {
        "issue_date": document.day("IssueDate"),
        "due_date": due,
        "period_start": starts[0] or min((day for day in starts if day), default=None),
        "period_end": ends[0] or max((day for day in ends if day), default=None),
    }


def _totals(document: Part) -> dict[str, Any]:
    """Net, VAT per category and in all, gross, prepaid, rounding, payable."""
    total = document.part("LegalMonetaryTotal")
    values: dict[str, Any] = {name: total.signed(path) for name, path in TOTALS.items()}
    for name, path in TOTALS.items():
        if values[name] is None:
            total.missing(path)
    tax = _tax(document)
    values["vat"] = tax.signed("TaxAmount")
    if values["vat"] is None and values["gross"] is not None and values["net"] is not None:
        values["vat"] = values["gross"] - values["net"]
    values["prepaid"] = total.signed("PrepaidAmount") or Decimal(0)
    values["rounding"] = total.signed("PayableRoundingAmount") or Decimal(0)
    values["vat_totals"] = vat_totals(tax)
    return values


def _tax(document: Part) -> Part:
    """The VAT total in the document's currency; a second one is for the tax office of the supplier, in its own."""
    currency = document.text("DocumentCurrencyCode")
    for total in document.parts("TaxTotal"):
        if total.attribute("TaxAmount", "currencyID") == currency:
            return total
    return document.part("TaxTotal")


def _remarks(document: Part) -> list[str]:
    """The supplier's own words, and the attachments, which are not kept."""
    terms = [f"Payment terms: {text}" for part in document.parts("PaymentTerms") for text in part.texts("Note")]
    return [*document.texts("Note"), *terms, *(f"Attachment, not stored: {name}" for name in attachments(document))]


def attachments(document: Part) -> list[str]:
    """The names of what came with the document or lies where it says."""
    found = []
    for each in document.parts("AdditionalDocumentReference"):
        inside = each.attribute("Attachment/EmbeddedDocumentBinaryObject", "filename")
        outside = each.text("Attachment/ExternalReference/URI")
        if each.elements("Attachment/EmbeddedDocumentBinaryObject") or outside:
            found.append(inside or outside or each.text("ID") or each.place)
    return found
