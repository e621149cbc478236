"""The vocabulary in which a record class describes its fields.

A field's `Annotated` metadata is one `Field`: label, kind, width, choices, what it refers to. Table, form, filter words, command
line, columns of a spreadsheet and the reference page all read it. pydantic asks the same object for its checks, so that a
rule stands once: `Field.__get_pydantic_core_schema__` is called only when something is validated.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, Literal

from msgspec import Struct

from pmo_tui.records.errors import Fault, Words
from pmo_tui.records.marks import N_

Kind = Literal[
    "text", "long", "integer", "number", "money", "percent", "date", "time", "duration", "hours",
    "choice", "flag", "reference", "list", "rows", "extra",
]  # fmt: skip
"""What a value is. `long` is text of several lines, `time` an instant in UTC, `hours` hours a week or a count of hours,
`list` several words or references, `rows` several small records (an order's lines), `extra` the user-defined fields."""

WIDTHS: dict[str, int] = {
    "text": 20, "long": 30, "integer": 6, "number": 9, "money": 14, "percent": 6, "date": 10, "time": 16, "duration": 8,
    "hours": 8, "choice": 11, "flag": 5, "reference": 8, "list": 14, "rows": 6, "extra": 10,
}  # fmt: skip
NAMED = frozenset({"people", "suppliers", "systems"})
"""Registers whose records a table shows by name, and how wide that is."""
NAMED_WIDTH = 14
RIGHT_ALIGNED = frozenset({"integer", "number", "money", "percent", "duration", "hours", "rows"})


class Field(Struct, frozen=True):
    """One field as every screen, file and command needs to know it.

    `label` is English, marked for translation where it is written. `refers` names the registers a key may come from.
    `currency` names the sibling field that holds the ISO currency of an amount. `low` and `high` bound a number.
    `share_of` names the sibling field with whoever's week a per cent of hours is a share of, where that is not full time.
    `shown` puts the field into the table of a narrow screen, in the order of definition. `personal` and `secret_money` mark
    what `forget` removes and what a confidential register hides. `computed` fields are derived and never stored.
    """

    label: str
    kind: Kind = "text"
    width: int = 0
    choices: tuple[str, ...] = ()
    refers: tuple[str, ...] = ()
    unit: str = ""
    currency: str = ""
    share_of: str = ""
    low: Decimal | None = None
    high: Decimal | None = None
    pattern: str = ""
    help: str = ""
    shown: bool = False
    personal: bool = False
    computed: bool = False

    @property
    def columns(self) -> int:
        """Width in terminal columns."""
        return self.width or WIDTHS[self.kind]

    @property
    def right(self) -> bool:
        """Whether figures of this kind are set flush right."""
        return self.kind in RIGHT_ALIGNED

    def __get_pydantic_core_schema__(self, source: Any, handler: Callable[[Any], Any]) -> Any:
        from pydantic_core import core_schema

        return core_schema.no_info_before_validator_function(self.checked, handler(source))

    def checked(self, value: Any) -> Any:
        """`value` in its canonical form; ValueError says what is wrong with it. None and "" pass: they are 'not given'."""
        if value is None:
            return value
        check = _CHECKS.get(self.kind)
        return value if check is None else check(self, value)


def _text(field: Field, value: Any) -> Any:
    if not isinstance(value, str):
        raise Fault(N_("text is expected, not {type}"), type=type(value).__name__)
    allowed = "\n\t" if field.kind == "long" else ""
    for place, letter in enumerate(value, 1):
        if unicodedata.category(letter) in ("Cc", "Cs") and letter not in allowed:
            code = f"U+{ord(letter):04X}"
            raise Fault(N_("holds the control character {code} at place {place}; take it out"), code=code, place=place)
    if field.pattern and value and not re.fullmatch(field.pattern, value):
        raise Fault(field.help or N_("is not written as it should be"))
    return value


def _number(field: Field, value: Any) -> Any:
    if isinstance(value, bool):
        raise Fault(N_("a number is expected, not yes or no"))
    try:
        number = value if isinstance(value, Decimal) else Decimal(str(value))
    except InvalidOperation as error:
        raise Fault(N_("“{value}” is not a number"), value=value) from error
    if not number.is_finite():
        raise Fault(N_("a number is expected; NaN and infinity are not"))
    if abs(number) >= Decimal("1e15"):
        raise Fault(N_("the number is larger than a project office can need (fifteen digits)"))
    if (field.low is not None and number < field.low) or (field.high is not None and number > field.high):
        raise _out_of_bounds(field, number)
    if field.kind == "integer":
        if number != number.to_integral_value():
            raise Fault(N_("a whole number is expected, not {number}"), number=number)
        return int(number)
    return number


def _out_of_bounds(field: Field, number: Decimal) -> Fault:
    if field.low is None:
        return Fault(N_("{number} is above {high}"), number=number, high=field.high)
    if field.high is None:
        return Fault(N_("{number} is below {low}"), number=number, low=field.low)
    return Fault(N_("{number} is outside {low} to {high}"), number=number, low=field.low, high=field.high)


def _date(field: Field, value: Any) -> Any:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError as error:
            template = N_("“{value}” is not a date ({why}); write it as 2026-12-31")
            raise Fault(template, value=value, why=error) from error
    raise Fault(N_("a date is expected, written as 2026-12-31, not {type}"), type=type(value).__name__)


def _choice(field: Field, value: Any) -> Any:
    if value not in field.choices:
        raise Fault(N_("“{value}” is not one of {choices}"), value=value, choices=Words(*field.choices))
    return value


def _duration(field: Field, value: Any) -> Any:
    if not isinstance(value, str):
        raise Fault(N_("a duration is expected, such as 5d, 40h, 2w or 3ed"))
    from pmo_tui.records.durations import Duration

    return str(Duration.parse(value)) if value else value


def _flag(field: Field, value: Any) -> Any:
    if isinstance(value, bool):
        return value
    raise Fault(N_("yes or no is expected (true or false in JSON)"))


_CHECKS: dict[str, Callable[[Field, Any], Any]] = {
    "text": _text,
    "long": _text,
    "reference": _text,
    "integer": _number,
    "number": _number,
    "money": _number,
    "percent": _number,
    "hours": _number,
    "date": _date,
    "choice": _choice,
    "duration": _duration,
    "flag": _flag,
}

CURRENCY_PATTERN = "[A-Z]{3}"


def text(label: str, width: int = 20, **more: Any) -> Field:
    """One line of text."""
    return Field(label, "text", width, **more)


def long(label: str, **more: Any) -> Field:
    """Text of several lines."""
    return Field(label, "long", **more)


def integer(label: str, low: int | None = None, high: int | None = None, **more: Any) -> Field:
    """A whole number within bounds."""
    return Field(label, "integer", low=_decimal(low), high=_decimal(high), **more)


def number(label: str, low: int | None = None, high: int | None = None, **more: Any) -> Field:
    """A decimal number within bounds."""
    return Field(label, "number", low=_decimal(low), high=_decimal(high), **more)


def money(label: str, currency: str = "currency", **more: Any) -> Field:
    """An amount; its ISO currency is in the sibling field that `currency` names."""
    return Field(label, "money", currency=currency, **more)


def percent(label: str, low: int | None = 0, high: int | None = 100, **more: Any) -> Field:
    """A percentage: 50 means 50 %."""
    return Field(label, "percent", low=_decimal(low), high=_decimal(high), unit="%", **more)


def day(label: str, **more: Any) -> Field:
    """A calendar date; a finish is the last day itself."""
    return Field(label, "date", **more)


def duration(label: str, **more: Any) -> Field:
    """A length of working or elapsed time: 5d, 40h, 2w, 3ed."""
    return Field(label, "duration", **more)


def hours(label: str, **more: Any) -> Field:
    """A number of hours, or of hours a week."""
    return Field(label, "hours", unit="h", low=Decimal(0), **more)


def choice(label: str, *choices: str, **more: Any) -> Field:
    """One word out of several."""
    return Field(label, "choice", choices=choices, **more)


def flag(label: str, **more: Any) -> Field:
    """Yes or no."""
    return Field(label, "flag", **more)


def ref(label: str, *registers: str, **more: Any) -> Field:
    """A key of a record in one of `registers`; wider where tables show it by its name."""
    more.setdefault("width", NAMED_WIDTH if NAMED.intersection(registers) else 0)
    return Field(label, "reference", refers=registers, **more)


def several(label: str, *registers: str, **more: Any) -> Field:
    """Several words, or several keys where registers are named."""
    return Field(label, "list", refers=registers, **more)


def rows(label: str, **more: Any) -> Field:
    """Several small records inside this one."""
    return Field(label, "rows", **more)


def currency(label: str = N_("Currency"), **more: Any) -> Field:
    """An ISO 4217 currency code."""
    return Field(label, "text", 4, pattern=CURRENCY_PATTERN, help="a currency is three capitals, such as EUR", **more)


def _decimal(value: int | None) -> Decimal | None:
    return None if value is None else Decimal(value)
