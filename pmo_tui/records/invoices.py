"""Supplier invoices and credit notes, in the terms of EN 16931."""

from dataclasses import field
from datetime import date
from decimal import Decimal
from typing import Annotated, ClassVar

from pmo_tui.records import fields as f
from pmo_tui.records.base import Record, Row, record
from pmo_tui.records.fields import Field
from pmo_tui.records.marks import N_

TYPES = ("invoice", "credit", "corrective", "self_billed")
"""UNTDID 1001: 380, 381, 384, 389."""
STATUSES = ("registered", "returned", "disputed", "approved", "payable", "paid", "credited", "cancelled")
MATCHES = ("no order", "exception", "matched")
"""How an invoice stands against its order."""
BUCKETS = ("current", N_("1-30"), N_("31-60"), N_("61-90"), N_("over 90"), "disputed")
"""Not yet due (due today included), then by days past due; what is disputed stands apart however old it is."""
STEPS = ("answered", "accepted", "approved", "disputed", "returned", "credited", "paid")
"""What is decided or done about an invoice: the budget holder answered, or accepted what does not match; and so on."""
SUM_TOLERANCE = Decimal("0.02")
"""From this difference on, an amount is said not to follow from those that it is the sum or the product of."""
VAT_CATEGORIES = ("S", "Z", "E", "AE", "K", "G", "O", "L", "M")
"""UNCL 5305 as EN 16931 uses it: standard, zero, exempt, reverse charge, intra-community, export, outside scope, IGIC, IPSI."""


@record
class InvoiceLine(Row):
    """A line as billed. `price` is for `base_quantity` units; `net` is after the line's allowances and charges, without VAT.

    `order_line` names the order's line (`3`, or `PO-7/3` for another order than the invoice's). Credit notes are negative.
    """

    line: Annotated[str | None, f.text(N_("Line"), 6)] = None
    description: Annotated[str | None, f.text(N_("Description"), 30)] = None
    quantity: Annotated[Decimal | None, f.number(N_("Quantity"))] = None
    unit: Annotated[str | None, f.text(N_("Unit"), 6)] = None
    price: Annotated[Decimal | None, f.money(N_("Price"))] = None
    base_quantity: Annotated[Decimal, f.number(N_("Price base quantity"))] = Decimal(1)
    allowance: Annotated[Decimal | None, f.money(N_("Line allowance"))] = None
    charge: Annotated[Decimal | None, f.money(N_("Line charge"))] = None
    net: Annotated[Decimal, f.money(N_("Net"))]
    vat_category: Annotated[str | None, f.choice(N_("VAT category"), *VAT_CATEGORIES)] = None
    vat_rate: Annotated[Decimal | None, f.percent(N_("VAT rate"))] = None
    order_line: Annotated[str | None, f.text(N_("Order line"), 8)] = None
    project: Annotated[str | None, f.ref(N_("Project"), "projects")] = None
    work_package: Annotated[str | None, f.ref(N_("Work package"), "tasks")] = None
    cost_type: Annotated[str | None, f.text(N_("Cost type"), 12)] = None
    ledger: Annotated[str | None, f.text(N_("Ledger account"), 10)] = None
    cost_centre: Annotated[str | None, f.text(N_("Cost centre"), 10)] = None
    capex: Annotated[bool | None, f.flag(N_("Capex"))] = None


@record
class VatTotal(Row):
    """The VAT of one category and rate."""

    category: Annotated[str, f.choice(N_("VAT category"), *VAT_CATEGORIES)]
    rate: Annotated[Decimal | None, f.percent(N_("VAT rate"))] = None
    taxable: Annotated[Decimal, f.money(N_("Taxable"))]
    amount: Annotated[Decimal, f.money(N_("VAT"))]
    exemption: Annotated[str | None, f.text(N_("Exemption reason"), 30)] = None


@record
class Allowance(Row):
    """An allowance (or a charge) on the whole document."""

    charge: Annotated[bool, f.flag(N_("Charge"))] = False
    amount: Annotated[Decimal, f.money(N_("Amount"))]
    reason: Annotated[str | None, f.text(N_("Reason"), 24)] = None
    vat_category: Annotated[str | None, f.choice(N_("VAT category"), *VAT_CATEGORIES)] = None
    vat_rate: Annotated[Decimal | None, f.percent(N_("VAT rate"))] = None


@record
class PaymentMeans(Row):
    """Where to pay, and how much of it there: a G-account takes part of the amount."""

    iban: Annotated[str | None, f.text(N_("IBAN"), 24)] = None
    account_name: Annotated[str | None, f.text(N_("Account name"), 24)] = None
    code: Annotated[str | None, f.text(N_("Means"), 4, help="UNCL 4461: 30 credit transfer, 58 SEPA")] = None
    reference: Annotated[str | None, f.text(N_("Payment reference"), 20)] = None
    amount: Annotated[Decimal | None, f.money(N_("Amount"))] = None
    g_account: Annotated[bool, f.flag(N_("G-account"))] = False


@record
class InvoiceStep(Row):
    """What was decided or done about an invoice: on which day, by a person or else a party (finance, the supplier), and why.

    `recorded_by` is who wrote it down here, as the journal names him; `own` says that he and the person are the same. `about` are
    the reasons of the match that were accepted, or the key of a credit note.
    """

    what: Annotated[str, f.choice(N_("What"), *STEPS)]
    on: Annotated[date, f.day(N_("On"))]
    by: Annotated[str | None, f.ref(N_("By"), "people")] = None
    party: Annotated[str | None, f.text(N_("Party"), 12)] = None
    recorded_by: Annotated[str, f.text(N_("Recorded by"), 12)]
    own: Annotated[bool, f.flag(N_("Decided and recorded by one"))] = False
    reason: Annotated[str | None, f.text(N_("Reason"), 30)] = None
    about: Annotated[str | None, f.text(N_("About"), 24)] = None
    amount: Annotated[Decimal | None, f.money(N_("Amount"))] = None


@record
class Invoice(Record):
    """A supplier's invoice or credit note (negative). payable = gross − prepaid + rounding (EN 16931, BR-CO-16).

    The budget holder approves and finance pays; both are recorded here with name and date, never done here.
    """

    title_field: ClassVar[str] = "number"
    computed: ClassVar[dict[str, Field]] = {
        "project": Field(N_("Project"), "text", 8, computed=True, help="the lines' project, or “several”"),
        "open": f.money(N_("Open"), computed=True, shown=True),
        "match": f.choice(N_("Match"), *MATCHES, width=10, computed=True, shown=True),
        "match_reasons": f.several(N_("Match reasons"), width=30, computed=True),
        "accepted": f.flag(N_("Accepted"), computed=True, help="the budget holder accepted what does not match"),
        "bucket": f.choice(N_("Past due"), *BUCKETS, computed=True, help="by days past due; empty once settled"),
        "noticed": f.several(
            N_("Noticed"), width=30, computed=True, help="may have come twice; accounts that are not the supplier's"
        ),
    }

    number: Annotated[str, f.text(N_("Number"), 16, shown=True)]
    type: Annotated[str, f.choice(N_("Type"), *TYPES)] = "invoice"
    supplier: Annotated[str | None, f.ref(N_("Supplier"), "suppliers", shown=True)] = None
    contract: Annotated[str | None, f.ref(N_("Contract"), "contracts")] = None
    order: Annotated[str | None, f.ref(N_("Order"), "orders", shown=True)] = None
    order_reference: Annotated[str | None, f.text(N_("Order as billed"), 14)] = None
    contract_reference: Annotated[str | None, f.text(N_("Contract as billed"), 14)] = None
    buyer_reference: Annotated[str | None, f.text(N_("Buyer reference"), 14)] = None
    original: Annotated[str | None, f.text(N_("Corrects or credits"), 16)] = None
    status: Annotated[str, f.choice(N_("Status"), *STATUSES, shown=True)] = "registered"
    received_on: Annotated[date | None, f.day(N_("Received on"))] = None
    issue_date: Annotated[date | None, f.day(N_("Issued"), shown=True)] = None
    due_date: Annotated[date | None, f.day(N_("Due"), shown=True)] = None
    period_start: Annotated[date | None, f.day(N_("Period from"))] = None
    period_end: Annotated[date | None, f.day(N_("Period to"))] = None
    currency: Annotated[str, f.currency()] = "EUR"
    net: Annotated[Decimal, f.money(N_("Net"), shown=True)] = Decimal(0)
    vat: Annotated[Decimal, f.money(N_("VAT"))] = Decimal(0)
    gross: Annotated[Decimal, f.money(N_("Gross"))] = Decimal(0)
    prepaid: Annotated[Decimal, f.money(N_("Prepaid"))] = Decimal(0)
    rounding: Annotated[Decimal, f.money(N_("Rounding"))] = Decimal(0)
    payable: Annotated[Decimal, f.money(N_("Payable"), shown=True)] = Decimal(0)
    paid: Annotated[Decimal, f.money(N_("Paid"))] = Decimal(0)
    iban: Annotated[str | None, f.text(N_("IBAN"), 24)] = None
    g_amount: Annotated[Decimal | None, f.money(N_("G-account amount"))] = None
    approved_by: Annotated[str | None, f.ref(N_("Approved by"), "people")] = None
    approved_on: Annotated[date | None, f.day(N_("Approved on"))] = None
    paid_on: Annotated[date | None, f.day(N_("Paid on"))] = None
    flags: Annotated[list[str], f.several(N_("Flags"), width=24, help="what was noticed when it came in")] = field(
        default_factory=list
    )
    lines: Annotated[list[InvoiceLine], f.rows(N_("Lines"))] = field(default_factory=list)
    vat_totals: Annotated[list[VatTotal], f.rows(N_("VAT per category"))] = field(default_factory=list)
    allowances: Annotated[list[Allowance], f.rows(N_("Allowances and charges"))] = field(default_factory=list)
    payment_means: Annotated[list[PaymentMeans], f.rows(N_("Payment means"))] = field(default_factory=list)
    steps: Annotated[list[InvoiceStep], f.rows(N_("Decided and done"))] = field(default_factory=list)
