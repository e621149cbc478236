"""Accounts and VAT numbers whose check digits do not fit, in words."""

from __future__ import annotations

from typing import Any

from pmo_tui.records.check_digits import doubt_about, plain
from pmo_tui.records.errors import Problem, Said
from pmo_tui.wording.languages import _

NUMBERS = frozenset({"iban", "ibans", "vat_number"})
"""The fields that hold such numbers, in whatever register."""


def doubt_words(field: str, value: Any) -> str:
    """What cannot be right about the value of a field; empty where nothing is known against it."""
    for number in _numbers(field, value):
        doubt = doubt_about(field, number)
        if doubt:
            return f"{number}: " + _(doubt).format(country=plain(number)[:2])
    return ""


def refused(register: str, field: str, value: Any) -> Problem | None:
    """An account of a supplier that is typed with check digits that do not fit is surely mistyped, and nothing is paid to it."""
    if register != "suppliers" or field != "ibans":
        return None
    for number in _numbers(field, value):
        doubt = doubt_about(field, number)
        if doubt:
            return Problem(Said(doubt, {"country": plain(number)[:2]}), field, number)
    return None


def _numbers(field: str, value: Any) -> list[str]:
    if field not in NUMBERS or not value:
        return []
    return [str(each) for each in (value if isinstance(value, list) else [value])]
