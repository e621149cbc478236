"""A template with its values as a sentence in the language in use: numbers and dates as that language writes them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from pmo_tui.analysis.amounts import Amount, Price
from pmo_tui.records.errors import Said
from pmo_tui.wording.languages import _
from pmo_tui.wording.money import format_money
from pmo_tui.wording.numbers import format_number
from pmo_tui.wording.shown_days import format_date


def said(what: Said) -> str:
    """The sentence. Raw text: make it safe before it is shown."""
    return Said(what.template, {name: _written(value) for name, value in what.values.items()}).words(_)


def _written(value: object) -> object:
    if isinstance(value, Amount):
        return format_money(value.amount, value.currency)
    if isinstance(value, Price):
        return format_number(value, max(2, -int(value.as_tuple().exponent)))
    if isinstance(value, Decimal):
        return format_number(value)
    return format_date(value) if isinstance(value, date) else value
