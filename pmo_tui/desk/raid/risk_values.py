"""What one risk is worth. Light enough for a list of risks on the command line."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from pmo_tui.analysis.exposure import Level, emv
from pmo_tui.records.raid import Risk

if TYPE_CHECKING:
    from pmo_tui.desk.desk import Desk


def level_of(desk: Desk, node: str | None) -> Level | None:
    """What the risks of a node are measured by; None where there is no such node."""
    document = desk.store.get(node) if node else None
    if document is None:
        return None
    budget = document.get("budget")
    return Level(str(node), None if budget is None else Decimal(budget), str(document.get("currency") or "EUR"))


def emv_of(desk: Desk, risk: Risk) -> Decimal | None:
    """The expected value of a risk as it stands, in its own currency; None where it is not known."""
    figure = emv(risk, level_of(desk, risk.project))
    if not isinstance(figure.value, Decimal):
        return None
    if figure.unit == risk.currency:
        return figure.value
    return desk.money.rates().convert(figure.value, figure.unit, risk.currency)
