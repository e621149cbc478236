"""Where an e-invoice is to be paid, and how much of it there: a Dutch G-account takes part of the amount."""

from __future__ import annotations

from typing import Any

from pmo_tui.exchange.ubl_part import Part
from pmo_tui.exchange.ubl_party import compact

G_ACCOUNT = "GACCOUNT"
"""The id of the payment means that is the blocked account (NL-GA-04 of the G-account extension to EN 16931)."""


def payment_means(document: Part) -> list[dict[str, Any]]:
    """The payment means in the order of the file, each with the amount that the terms of payment give it."""
    amounts = {
        terms.text("PaymentMeansID"): terms.signed("Amount")
        for terms in document.parts("PaymentTerms")
        if terms.text("PaymentMeansID")
    }
    return [_means(means, amounts) for means in document.parts("PaymentMeans")]


def _means(means: Part, amounts: dict[str | None, Any]) -> dict[str, Any]:
    name = means.text("ID")
    values = {
        "iban": compact(means.text("PayeeFinancialAccount/ID")),
        "account_name": means.text("PayeeFinancialAccount/Name"),
        "code": means.text("PaymentMeansCode"),
        "reference": means.text("PaymentID"),
        "amount": amounts.get(name) if name else None,
        "g_account": (name or "").upper() == G_ACCOUNT,
    }
    return {field: value for field, value in values.items() if value is not None}


def payment_fields(document: Part) -> dict[str, Any]:
    """The invoice's fields that say where to pay: all means, the ordinary account, and what goes to the blocked one."""
    means = payment_means(document)
    ordinary = [each["iban"] for each in means if "iban" in each and not each["g_account"]]
    blocked = [each["amount"] for each in means if each["g_account"] and "amount" in each]
    return {
        "payment_means": means,
        "iban": ordinary[0] if ordinary else None,
        "g_amount": sum(blocked) if blocked else None,
    }
