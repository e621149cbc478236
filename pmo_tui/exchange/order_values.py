"""Orders of a list that has one amount an order: a new one gets a line for it, since the value of an order is that of its lines."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from pmo_tui.records.documents import document_of
from pmo_tui.records.orders import OrderLine
from pmo_tui.records.registers import by_name

PRICE = by_name("orders").fields["value"]
"""The field in which such a list has the amount."""


def line_of_value(title: Any, value: Decimal) -> list[dict[str, Any]]:
    """The lines of an order of one amount. Without a project of its own the line is for the order's."""
    description = title if isinstance(title, str) else None
    return [document_of(OrderLine(line="1", description=description, quantity=Decimal(1), price=value))]
