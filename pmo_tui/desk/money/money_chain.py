"""From one record of supplier money to the others: contract, order, receipts, invoices, supplier."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pmo_tui.analysis.supplier_money import orders_of
from pmo_tui.records.invoices import Invoice
from pmo_tui.records.orders import Order, Receipt
from pmo_tui.records.registers import by_name, register_of
from pmo_tui.records.suppliers import Contract, Supplier

if TYPE_CHECKING:
    from pmo_tui.desk.desk import Desk

CHAIN = ("invoices", "orders", "receipts", "contracts", "suppliers")
"""The registers of supplier money in the order in which they are gone through."""


def order_keys(desk: Desk, key: str) -> list[str]:
    """The orders that a record of the chain belongs to or has, its own first, then the newest."""
    record = desk.record(key)
    if isinstance(record, Order):
        return [record.key]
    if isinstance(record, Invoice):
        return [each for each in orders_of(record) if desk.store.get(each)]
    if isinstance(record, Receipt):
        return [record.order]
    field = "contract" if isinstance(record, Contract) else "supplier" if isinstance(record, Supplier) else ""
    found = desk.store.shelf("orders").where(field, key) if field else []
    return [f"PO-{number}" for number in sorted(found, key=int, reverse=True)]


def supplier_of(desk: Desk, key: str) -> str | None:
    """The supplier that a record of the chain is about."""
    record = desk.record(key)
    if isinstance(record, Supplier):
        return record.key
    if isinstance(record, Receipt):
        record = desk.record(record.order)
    found: str | None = getattr(record, "supplier", None)
    return found


def related(desk: Desk, key: str, register: str) -> str | None:
    """The record of another register that one comes to from `key`: its order, the order's newest receipt or invoice, its contract."""
    if register_of(key).name == register:
        return key
    if register == "suppliers":
        return supplier_of(desk, key)
    orders = order_keys(desk, key)
    if register == "orders":
        return orders[0] if orders else None
    if register == "contracts":
        own = getattr(desk.record(key), "contract", None)
        found = [own, *((desk.store.get(order) or {}).get("contract") for order in orders)]
        return next((each for each in found if each), None)
    numbers = [number for order in orders[:1] for number in desk.store.shelf(register).where("order", order)]
    return f"{by_name(register).prefix}-{max(numbers, key=int)}" if numbers else None
