"""What is offered for a text of a field while it is typed, and what it is taken for: the same words in forms, cells and questions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from pmo_tui.desk.doubtful_numbers import doubt_words
from pmo_tui.desk.together.form_texts import choice_word
from pmo_tui.records.errors import Fault
from pmo_tui.records.registers import Register
from pmo_tui.records.schema import FieldOf
from pmo_tui.wording.languages import _
from pmo_tui.wording.safe import safe
from pmo_tui.wording.suggest import fuzzy

if TYPE_CHECKING:
    from pmo_tui.desk.desk import Desk
    from pmo_tui.widgets.prompt import Offer

MOST = 8
"""Records that are offered at once."""


def offered(desk: Desk, register: Register, item: FieldOf, text: str, limit: int = MOST) -> list[Offer]:
    """The choices, or the records, that a text may mean."""
    if item.field.choices:
        found = fuzzy(text, [(word, choice_word(register, item, word)) for word in item.field.choices])
        return [(shown, shown) for _choice, shown in found]
    if item.field.refers and item.field.kind == "reference":
        return [(key, f"{key}  {safe(title)}") for key, title in desk.complete(item.field.refers, text, limit)]
    return []


def offered_or_told(desk: Desk, register: Register, item: FieldOf, text: str, known: Mapping[str, Any]) -> list[Offer]:
    """What a text may mean; of a field without offers one line that says what it is taken for, or what is wrong with it."""
    found = offered(desk, register, item, text)
    words = "" if found else told(desk, register, item, text, known)
    return [(text, words)] if words else found


def told(desk: Desk, register: Register, item: FieldOf, text: str, known: Mapping[str, Any]) -> str:
    """What a text is taken for where it does not say so itself, after ✗ what is wrong with it; safe text, empty where it is plain.

    `known` are the values beside it that reading it may need: the project of a predecessor's line, the currency of an amount.
    """
    try:
        value = desk.parse(item, text, known)
    except Fault as fault:
        return f"✗ {safe(fault.reason.words(_))}"
    except ValueError as error:
        return f"✗ {safe(error)}"
    if value is None:
        return ""
    doubt = doubt_words(item.name, value)
    return f"⚠ {safe(doubt)}" if doubt else taken_for(desk, register, item, text.strip(), value, known)


def taken_for(desk: Desk, register: Register, item: FieldOf, text: str, value: Any, known: Mapping[str, Any]) -> str:
    """What a value is, where its text does not say so itself; of a day always which one that is."""
    if item.field.kind == "reference":
        title = desk.title(value)
        return "" if text == title else safe(f"= {value}  {title}")
    if isinstance(value, date):
        return f"= {long_day(value)}"
    if isinstance(value, Decimal) or item.field.kind == "duration":
        return "" if text == str(value) else "= " + desk.cell(item, value, known)
    word = choice_word(register, item, value) if item.field.kind == "choice" else text
    return "" if text == word else f"= {word}"


def long_day(day: date) -> str:
    """A day with its weekday and its week."""
    from pmo_tui.wording.shown_days import format_date

    return f"{format_date(day, 'long')}, {format_date(day, 'week')}"
