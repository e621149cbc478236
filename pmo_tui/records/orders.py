"""Purchase orders and the receipts on them."""

from dataclasses import field
from datetime import date
from decimal import Decimal
from typing import Annotated, ClassVar

from pmo_tui.records import fields as f
from pmo_tui.records.base import Record, Row, record
from pmo_tui.records.fields import Field
from pmo_tui.records.marks import N_


@record
class OrderLine(Row):
    """A line of an order: `line` is its number, by which receipts and invoices name it; `price` is for one unit, without VAT."""

    line: Annotated[str | None, f.text(N_("Line"), 6)] = None
    description: Annotated[str | None, f.text(N_("Description"), 30)] = None
    item: Annotated[str | None, f.text(N_("Item"), 14)] = None
    quantity: Annotated[Decimal, f.number(N_("Quantity"))]
    unit: Annotated[str | None, f.text(N_("Unit"), 6)] = None
    price: Annotated[Decimal, f.money(N_("Price"))]
    net: Annotated[Decimal | None, f.money(N_("Net"))] = None
    vat_category: Annotated[str | None, f.text(N_("VAT category"), 4)] = None
    vat_rate: Annotated[Decimal | None, f.percent(N_("VAT rate"))] = None
    project: Annotated[str | None, f.ref(N_("Project"), "projects")] = None
    work_package: Annotated[str | None, f.ref(N_("Work package"), "tasks")] = None
    cost_type: Annotated[str | None, f.text(N_("Cost type"), 12)] = None
    delivery: Annotated[date | None, f.day(N_("Delivery"))] = None
    closed: Annotated[bool, f.flag(N_("Closed"))] = False


@record
class Order(Record):
    """What was ordered from a supplier, line by line."""

    title_field: ClassVar[str] = "title"
    computed: ClassVar[dict[str, Field]] = {
        "value": f.money(N_("Value"), computed=True, shown=True),
        "cost": f.money(N_("Cost"), computed=True),
        "accrual": f.money(N_("Accrual"), computed=True),
        "prepaid": f.money(N_("Prepaid"), computed=True),
        "open_commitment": f.money(N_("Open commitment"), computed=True),
        "order_left": f.money(N_("Order left"), computed=True, shown=True),
    }

    title: Annotated[str, f.text(N_("Title"), 28, shown=True)]
    number: Annotated[str | None, f.text(N_("Number"), 14, shown=True)] = None
    supplier: Annotated[str, f.ref(N_("Supplier"), "suppliers", shown=True)]
    contract: Annotated[str | None, f.ref(N_("Contract"), "contracts")] = None
    project: Annotated[str | None, f.ref(N_("Project"), "projects", shown=True)] = None
    ordered_on: Annotated[date | None, f.day(N_("Ordered on"), shown=True)] = None
    delivery: Annotated[date | None, f.day(N_("Delivery"))] = None
    budget_holder: Annotated[str | None, f.ref(N_("Budget holder"), "people")] = None
    cost_centre: Annotated[str | None, f.text(N_("Cost centre"), 12)] = None
    currency: Annotated[str, f.currency()] = "EUR"
    status: Annotated[str, f.choice(N_("Status"), "draft", "open", "closed", "cancelled", shown=True)] = "open"
    lines: Annotated[list[OrderLine], f.rows(N_("Lines"), shown=True)] = field(default_factory=list)


@record
class ReceiptLine(Row):
    """How much of an order's line came in or was accepted."""

    order_line: Annotated[str, f.text(N_("Order line"), 6)]
    quantity: Annotated[Decimal, f.number(N_("Quantity"))]


@record
class Receipt(Record):
    """Goods received or services accepted on an order, and who accepted them."""

    title_field: ClassVar[str] = "order"

    order: Annotated[str, f.ref(N_("Order"), "orders", shown=True)]
    received_on: Annotated[date, f.day(N_("Received on"), shown=True)]
    accepted_by: Annotated[str | None, f.ref(N_("Accepted by"), "people", shown=True)] = None
    reference: Annotated[str | None, f.text(N_("Reference"), 16, shown=True)] = None
    lines: Annotated[list[ReceiptLine], f.rows(N_("Lines"), shown=True)] = field(default_factory=list)
