"""Rates of exchange, by which amounts in other currencies are brought into the one a report is in."""

from datetime import date
from decimal import Decimal
from typing import Annotated, ClassVar

from pmo_tui.records import fields as f
from pmo_tui.records.base import Record, record
from pmo_tui.records.marks import N_

REPORT = "report"
"""The table by which sums over projects are made."""


@record
class ExchangeRate(Record):
    """What one unit of `currency` is worth in `to`, from a day on, in a named table: `report` is the one that sums are made by."""

    title_field: ClassVar[str] = "currency"

    currency: Annotated[str, f.currency(shown=True)]
    to: Annotated[str, f.currency(N_("Into"), shown=True)] = "EUR"
    rate: Annotated[Decimal, f.number(N_("Rate"), 0, shown=True)]
    valid_from: Annotated[date | None, f.day(N_("Valid from"), shown=True)] = None
    table: Annotated[str, f.text(N_("Rate table"), 12, shown=True)] = REPORT
