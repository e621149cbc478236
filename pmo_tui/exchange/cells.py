"""One cell and one value, by the kind of the field: out to a spreadsheet, and back from whatever it has made of it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from typing import Any

from pmo_tui.exchange.conventions import Ways, without_noise
from pmo_tui.exchange.incoming import Find, Share
from pmo_tui.exchange.tables import Cell, is_blank, plain
from pmo_tui.records.documents import check, document_of
from pmo_tui.records.errors import Fault, Words
from pmo_tui.records.marks import N_
from pmo_tui.records.projects import RAG
from pmo_tui.records.registers import by_name, looks_like_key, register_of
from pmo_tui.records.schema import FieldOf

LEFT_OUT = "#left out: too long for a cell of a spreadsheet"
"""Stands in a workbook's cell for text of more than 32,767 characters; read back, it leaves the field alone."""
YES = frozenset({"yes", "y", "true", "1", "x", "ja", "j", "waar"})
NO = frozenset({"no", "n", "false", "0", "nee", "onwaar"})
RAG_LETTERS = {"g": "green", "a": "amber", "o": "amber", "r": "red", "b": "blue", "-": "grey", "–": "grey"}
"""English and Dutch reports write R A G and R O G."""
CENT = Decimal("0.01")
PRICE = -4
"""Power of ten of the last decimal that rates and prices are written with."""
CALLED = ("name", "title", "number", "email", "login", "short_name", "registration", "vat_number")
"""Fields by which a record referred to is found, beside its key and its code, where its register has them."""


class Alone(Exception):
    """The cell says nothing: the field is left alone."""


def cell_of(value: Any, item: FieldOf) -> Cell:
    """The cell for a stored value: amounts as numbers, days as days, lists as `a; b`, rows as compact JSON."""
    if value is None or value in ("", [], {}):
        return None
    kind = item.field.kind
    if isinstance(value, bool | date):
        return value
    if kind == "date":
        return date.fromisoformat(str(value))
    if kind in ("integer", "number", "money", "percent", "hours"):
        return Decimal(str(value))
    if isinstance(value, list):
        return _json(value) if kind == "rows" or item.row is not None else list_text([str(word) for word in value])
    return _json(value) if isinstance(value, dict) else str(value)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str)


def list_text(words: list[str]) -> str:
    """`a; b`; words that could not be told apart that way are written as a JSON list."""
    if all(word and word == word.strip() and not re.search(r"[;\n\r]", word) for word in words) and words[0][0] != "[":
        return "; ".join(words)
    return _json(words)


def list_words(text: str) -> list[str]:
    """The words of `a; b`, or of a JSON list of text."""
    if text.startswith("["):
        try:
            found = json.loads(text)
        except ValueError:
            found = None
        if isinstance(found, list) and all(isinstance(word, str) for word in found):
            return found
    return [word.strip() for word in re.split(r"[;\n]", text) if word.strip()]


def value_of(cell: Cell, item: FieldOf, ways: Ways, *, exact: bool = False) -> Any:
    """The canonical value of a cell; None for a blank one. Fault says what is not understood; Alone leaves the field alone.

    `exact` keeps blanks around text: the cell was exported from here.
    """
    if is_blank(cell):
        return None
    if isinstance(cell, str) and cell == LEFT_OUT:
        raise Alone
    if isinstance(cell, str) and not (exact and item.field.kind in ("text", "long")):
        cell = cell.strip()
    return _READERS[item.field.kind](cell, item, ways)


def _text(cell: Cell, item: FieldOf, ways: Ways) -> Any:
    if isinstance(cell, Decimal):
        return item.field.checked(f"{without_noise(cell).normalize():f}")
    if isinstance(cell, str):
        cell = cell.replace("\r\n", "\n").replace("\r", "\n")
    return item.field.checked(plain(cell))


def _number(cell: Cell, item: FieldOf, ways: Ways) -> Any:
    if item.field.share_of and isinstance(cell, str) and cell.endswith("%"):
        return Share(cell)
    return item.field.checked(_decimal(cell, item, ways))


def _decimal(cell: Cell, item: FieldOf, ways: Ways) -> Decimal:
    if isinstance(cell, bool):
        raise Fault(N_("a number is expected, not yes or no"))
    if isinstance(cell, date):
        raise Fault(N_("a number is expected; the spreadsheet has made the day {day} of it"), day=cell.isoformat())
    if isinstance(cell, Decimal):
        return _amount(cell) if item.field.kind == "money" else without_noise(cell)
    text = str(cell)
    if item.field.kind == "percent":
        text = text.removesuffix("%").strip()
    from pmo_tui.wording.languages import DUTCH, ENGLISH
    from pmo_tui.wording.typed_money import parse_money
    from pmo_tui.wording.typed_numbers import parse_number

    assume = None if ways.decimal is None else ENGLISH if ways.decimal == "." else DUTCH
    number = parse_money(text, assume)[0] if item.field.kind == "money" else parse_number(text, assume)
    return without_noise(number)


def _amount(cell: Decimal) -> Decimal:
    """An amount of a workbook. What has more decimals than a price is written with was worked out there, and is rounded to cents."""
    number = without_noise(cell)
    exponent = number.normalize().as_tuple().exponent
    return number.quantize(CENT, ROUND_HALF_UP) if isinstance(exponent, int) and exponent < PRICE else number


def currency_in(cell: Cell) -> str | None:
    """The ISO currency that an amount in a cell names, if it does."""
    from pmo_tui.wording.languages import ENGLISH
    from pmo_tui.wording.typed_money import parse_money

    if not isinstance(cell, str) or (cell[:1].isdecimal() and cell[-1:].isdecimal()):
        return None
    try:
        return parse_money(cell, ENGLISH)[1]
    except Fault:
        return None


def _date(cell: Cell, item: FieldOf, ways: Ways) -> Any:
    from pmo_tui.wording.timestamps import parse_timestamp_date

    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, bool):
        raise Fault(N_("a date is expected, not yes or no"))
    if isinstance(cell, date):
        return cell
    if isinstance(cell, Decimal):
        raise Fault(N_("{number} is a number, not a date; give the cell a date format"), number=f"{cell:f}")
    return parse_timestamp_date(str(cell), "mdy" if ways.day_first is False else "dmy")


def _time(cell: Cell, item: FieldOf, ways: Ways) -> Any:
    return plain(cell)


def _duration(cell: Cell, item: FieldOf, ways: Ways) -> Any:
    from pmo_tui.wording.durations import parse_duration

    if not isinstance(cell, str):
        raise Fault(N_("a duration needs its unit, such as 5d, 40h, 2w or 3ed"))
    return str(parse_duration(cell))


def _flag(cell: Cell, item: FieldOf, ways: Ways) -> Any:
    text = plain(cell).casefold()
    if text in YES | NO:
        return text in YES
    raise Fault(N_("“{text}” is neither yes nor no"), text=text)


def _choice(cell: Cell, item: FieldOf, ways: Ways) -> Any:
    from pmo_tui.exchange.headers import folded, wordings

    text = plain(cell)
    if text in item.field.choices:
        return text
    if item.field.choices == RAG and text.casefold() in RAG_LETTERS:
        return RAG_LETTERS[text.casefold()]
    wanted = folded(text)
    found = [word for word in item.field.choices if wanted in {folded(said) for said in wordings(word)}]
    return found[0] if len(found) == 1 else item.field.checked(text)


def reference(text: str, item: FieldOf) -> Find:
    """The record meant by `text`: a key, a code or a name, to be looked up when the file is compared with the store."""
    registers = item.field.refers
    if looks_like_key(text.upper()):
        text = text.upper()
        if registers and register_of(text).name not in registers:
            labels = Words(*(by_name(name).label for name in registers))
            raise Fault(N_("{key} is not one of {registers}"), key=text, registers=labels)
    return Find(registers, text, _called(registers), "problem")


@cache
def _called(registers: tuple[str, ...]) -> tuple[str, ...]:
    """The fields of `CALLED` that these registers have."""
    return tuple(name for name in CALLED if any(name in by_name(register).fields for register in registers))


def _reference(cell: Cell, item: FieldOf, ways: Ways) -> Any:
    return reference(_text(cell, item, ways), item)


def _list(cell: Cell, item: FieldOf, ways: Ways) -> Any:
    words = list_words(_text(cell, item, ways) if not isinstance(cell, str) else cell)
    return [reference(word, item) if item.field.refers else word for word in words]


def _rows(cell: Cell, item: FieldOf, ways: Ways) -> Any:
    text = plain(cell)
    try:
        found = json.loads(text, parse_float=Decimal)
    except ValueError as error:
        raise Fault(N_("is not a JSON list of rows ({why})"), why=str(error)) from error
    if not isinstance(found, list) or item.row is None:
        raise Fault(N_("a list of rows is expected"))
    return [_row(number, values, item.row) for number, values in enumerate(found, 1)]


def _row(number: int, values: Any, cls: type[Any]) -> dict[str, Any]:
    if not isinstance(values, dict):
        raise Fault(N_("row {number} is not an object"), number=number)
    made, problems = check(cls, values)
    if problems:
        raise Fault(N_("row {number}: {why}"), number=number, why=problems[0].words())
    return document_of(made)


def _extra(cell: Cell, item: FieldOf, ways: Ways) -> Any:
    raise Fault(N_("own fields have a column each"))


_READERS: Mapping[str, Callable[[Cell, FieldOf, Ways], Any]] = {
    "text": _text, "long": _text, "integer": _number, "number": _number, "money": _number, "percent": _number, "date": _date,
    "time": _time, "duration": _duration, "hours": _number, "choice": _choice, "flag": _flag, "reference": _reference,
    "list": _list, "rows": _rows, "extra": _extra,
}  # fmt: skip
