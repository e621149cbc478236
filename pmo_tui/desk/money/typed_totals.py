"""The sums of an invoice: net, VAT per category, gross. Of one that is typed the paper's own are held against what the lines make; of
any new one those that are not given follow from the others and from the lines."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from pmo_tui.analysis.amounts import HUNDRED, NOTHING, half_up
from pmo_tui.analysis.supplier_money import billed_net, billed_rows
from pmo_tui.records.errors import Said
from pmo_tui.records.invoices import Invoice, InvoiceLine, VatTotal
from pmo_tui.records.marks import N_


@dataclass(slots=True)
class Sums:
    """The fields of the invoice that hold sums, and what is wrong with those that were typed."""

    values: dict[str, Any] = field(default_factory=dict)
    wrong: dict[str, Said] = field(default_factory=dict)


def totals_of(lines: Sequence[InvoiceLine], typed: Mapping[str, Decimal | None], *, credit: bool = False) -> Sums:
    """The sums of `lines` with those that were typed in their place. A net or gross that does not follow is wrong; a VAT that differs
    is what the supplier bills, and is flagged. payable = gross − prepaid + rounding (EN 16931, BR-CO-16)."""

    def given(name: str) -> Decimal | None:
        value = typed.get(name)
        return -abs(value) if credit and value is not None and name != "rounding" else value

    found = Sums()
    net = sum((line.net for line in lines), NOTHING)
    if given("net") not in (None, net):
        found.wrong["net"] = Said(N_("the lines make {sum}"), {"sum": half_up(net)})
    totals = vat_totals(lines)
    vat = sum((total.amount for total in totals), NOTHING)
    billed = given("vat")
    flags: list[str] = []
    if billed is not None and billed != vat:
        totals = _adjusted(totals, billed - vat)
        flags.append(f"VAT {half_up(billed)} billed, {half_up(vat)} by its rates")
        vat = billed
    gross = net + vat
    if given("gross") not in (None, gross):
        found.wrong["gross"] = Said(N_("net and VAT make {sum}"), {"sum": half_up(gross)})
    prepaid, rounding = given("prepaid") or NOTHING, given("rounding") or NOTHING
    found.values = {
        "net": half_up(net),
        "vat": half_up(vat),
        "gross": half_up(gross),
        "prepaid": prepaid,
        "rounding": rounding,
        "payable": half_up(gross - prepaid + rounding),
        "vat_totals": totals,
        "flags": flags,
    }
    return found


def with_totals(invoice: Invoice, given: Collection[str]) -> Invoice:
    """The invoice with the sums that are not among the fields `given`, as far as they follow; what is given stays as it is."""
    found: dict[str, Any] = {}
    known = set(given)

    def follows(name: str, value: Decimal) -> None:
        if name not in known:
            found[name] = half_up(value)
            known.add(name)

    def amount(name: str) -> Decimal:
        value: Decimal = found.get(name, getattr(invoice, name))
        return value

    totals = invoice.vat_totals or vat_totals(billed_rows(invoice))
    if invoice.lines:
        follows("net", billed_net(invoice))
    if totals and "vat" not in known:
        found["vat_totals"] = totals
        follows("vat", sum((total.amount for total in totals), NOTHING))
    if {"net", "gross"} <= known:
        follows("vat", invoice.gross - amount("net"))
    if invoice.lines or {"net", "vat"} <= known:
        follows("gross", amount("net") + amount("vat"))
    if "gross" in known:
        follows("payable", amount("gross") - invoice.prepaid + invoice.rounding)
    return replace(invoice, **found)


def vat_totals(lines: Sequence[InvoiceLine]) -> list[VatTotal]:
    """The VAT of each category and rate, half-up to the cent on the sum of its lines, in the order in which they come."""
    taxable: dict[tuple[str, Decimal | None], Decimal] = {}
    for line in lines:
        if line.vat_category:
            at = (line.vat_category, line.vat_rate)
            taxable[at] = taxable.get(at, NOTHING) + line.net
    return [
        VatTotal(category=category, rate=rate, taxable=amount, amount=half_up(amount * (rate or NOTHING) / HUNDRED))
        for (category, rate), amount in taxable.items()
    ]


def _adjusted(totals: list[VatTotal], difference: Decimal) -> list[VatTotal]:
    """The largest total takes what was billed beside the rates."""
    if not totals:
        return totals
    largest = max(range(len(totals)), key=lambda place: abs(totals[place].taxable))
    return [
        replace(total, amount=total.amount + difference) if place == largest else total
        for place, total in enumerate(totals)
    ]
