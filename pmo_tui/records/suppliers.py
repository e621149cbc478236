"""Suppliers and the contracts with them."""

from dataclasses import field
from datetime import date
from decimal import Decimal
from typing import Annotated, ClassVar

from pmo_tui.records import fields as f
from pmo_tui.records.base import Record, record
from pmo_tui.records.marks import N_


@record
class Supplier(Record):
    """A party that bills. It is found by name, registration (KvK, OIN, GLN …), VAT number, IBAN or creditor number (`code`)."""

    name: Annotated[str, f.text(N_("Name"), 30, shown=True)]
    registration: Annotated[str | None, f.text(N_("Registration"), 14, shown=True)] = None
    vat_number: Annotated[str | None, f.text(N_("VAT number"), 16, shown=True)] = None
    endpoint: Annotated[
        str | None, f.text(N_("E-address"), 20, help="electronic address with its scheme, such as 0106:12345678")
    ] = None
    ibans: Annotated[list[str], f.several(N_("IBANs"), width=24, shown=True)] = field(default_factory=list)
    address: Annotated[str | None, f.text(N_("Address"), 30)] = None
    country: Annotated[
        str | None, f.text(N_("Country"), 4, pattern="[A-Z]{2}", help="a country is two capitals, such as NL")
    ] = None
    contact: Annotated[str | None, f.text(N_("Contact"), 20, personal=True)] = None
    email: Annotated[str | None, f.text(N_("E-mail"), 24, personal=True)] = None
    payment_days: Annotated[int | None, f.integer(N_("Payment days"), 0, 365)] = None
    price_tolerance: Annotated[Decimal | None, f.percent(N_("Price tolerance"))] = None
    status: Annotated[str, f.choice(N_("Status"), "active", "blocked", "ended", shown=True)] = "active"


@record
class Contract(Record):
    """An agreement with a supplier: its value, its term, and the day by which notice must be given."""

    title_field: ClassVar[str] = "title"

    title: Annotated[str, f.text(N_("Title"), 30, shown=True)]
    number: Annotated[str | None, f.text(N_("Number"), 14, shown=True)] = None
    supplier: Annotated[str, f.ref(N_("Supplier"), "suppliers", shown=True)]
    owner: Annotated[str | None, f.ref(N_("Owner"), "people")] = None
    start: Annotated[date | None, f.day(N_("Start"), shown=True)] = None
    finish: Annotated[date | None, f.day(N_("Finish"), shown=True)] = None
    notice_by: Annotated[date | None, f.day(N_("Notice by"))] = None
    value: Annotated[Decimal | None, f.money(N_("Value"), shown=True)] = None
    currency: Annotated[str, f.currency()] = "EUR"
    status: Annotated[str, f.choice(N_("Status"), "draft", "active", "ended", shown=True)] = "active"
