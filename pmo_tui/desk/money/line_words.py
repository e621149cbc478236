"""Lines of an invoice as they are typed: `12`, `12 x 97.50`, `=1170`, `1170 #HB1 Travel 9%`; several parts between semicolons.

The first number is a quantity where the price is known from an order, else an amount. `x` gives another price, `=` an amount, `#` the
project by key, code or name (`#"Harbour bridge"`), `21%` or `AE` the VAT, `PO-7/3` a line of another order. The rest describes it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from pmo_tui.analysis.supplier_money import key_in
from pmo_tui.records.errors import Fault, NotFound, WrongUse
from pmo_tui.records.invoices import VAT_CATEGORIES
from pmo_tui.records.marks import N_
from pmo_tui.wording.languages import _
from pmo_tui.wording.typed_money import parse_money
from pmo_tui.wording.typed_numbers import parse_number

if TYPE_CHECKING:
    from pmo_tui.desk.desk import Desk

PART = re.compile(r'(?:[^;"]|"[^"]*"?)+')
WORD = re.compile(r'(?:[^\s"]|"[^"]*"?)+')
Vat = tuple[str | None, Decimal | None]
"""A VAT category and a rate in per cent."""
TAXED, ZERO = "S", "Z"
TIMES = frozenset("x×*")
JOINED = re.compile(r"([+\-−]?[\d.,]*\d)[x×*]([€$£]?\d[\d.,]*)")
FIGURE = re.compile(r"[+\-−]?[€$£]?[+\-−]?[.,]?\d.*")


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a line: what was said of it, None for what was not. `number` is a quantity or an amount, whichever the line takes."""

    number: Decimal | None = None
    price: Decimal | None = None
    net: Decimal | None = None
    project: str | None = None
    vat_category: str | None = None
    vat_rate: Decimal | None = None
    order_line: str | None = None
    description: str | None = None


def parts_of(desk: Desk, text: str) -> list[Part]:
    """The parts of a line; a Fault says which word is not understood."""
    return [_part(desk, found) for found in PART.findall(text) if found.strip()]


def _part(desk: Desk, text: str) -> Part:
    words = _split(text)
    found = Part()
    rest: list[str] = []
    if words and FIGURE.fullmatch(words[0]):
        found = replace(found, number=_amount(words.pop(0)))
        if len(words) > 1 and words[0] in TIMES:
            found = replace(found, price=_amount(words[1]))
            words = words[2:]
    for word in words:
        said = _word(desk, word, found)
        if said is None:
            rest.append(word.strip('"'))
        else:
            found = said
    return replace(found, description=" ".join(rest) or None)


def _split(text: str) -> list[str]:
    """The words; a price that is written together with its quantity stands apart."""
    words = WORD.findall(text)
    joined = JOINED.fullmatch(words[0]) if words else None
    return [joined[1], "x", joined[2], *words[1:]] if joined else words


def _word(desk: Desk, word: str, found: Part) -> Part | None:
    """What a word adds; None for one that only describes."""
    if word.startswith("=") and len(word) > 1:
        return replace(found, net=_amount(word[1:]))
    if word.startswith("#") and len(word) > 1:
        return replace(found, project=project_named(desk, word[1:].replace('"', "")))
    vat = vat_word(word)
    if vat is not None:
        category, rate = vat
        return replace(found, vat_category=category or found.vat_category, vat_rate=found.vat_rate if rate is None else rate)  # fmt: skip
    return replace(found, order_line=word) if key_in(word) else None


def vat_word(word: str) -> tuple[str | None, Decimal | None] | None:
    """A VAT category or a rate in per cent; None where a word is neither."""
    if word in VAT_CATEGORIES:
        return word, None
    if word.endswith("%") and len(word) > 1:
        return None, parse_number(word[:-1])
    return None


def read_vat(text: str) -> Vat | None:
    """The VAT that is typed for a whole invoice: `21%`, `21`, `AE`, `E 0%`; None for none. A Fault where it is neither."""
    category: str | None = None
    rate: Decimal | None = None
    for word in text.split():
        try:
            known = vat_word(word if word.endswith("%") else word.upper()) or vat_word(f"{word}%") or (None, None)
        except ValueError as error:
            raise Fault(N_("“{text}” is no VAT; write 21%, 9%, 0%, AE or E"), text=text) from error
        category, rate = known[0] or category, rate if known[1] is None else known[1]
    if category is None and rate is not None:
        category = TAXED if rate else ZERO
    return (category, rate) if category else None


def vat_text(vat: Vat | None) -> str:
    """A VAT as it is typed."""
    category, rate = vat or (None, None)
    parts = [category if category not in (None, TAXED) else "", "" if rate is None else f"{format(rate, 'f')}%"]
    return " ".join(part for part in parts if part)


def project_named(desk: Desk, word: str) -> str:
    """The key of the project that a word means: exactly, or as the only one that comes near."""
    try:
        return desk.find(word, ("projects",))
    except WrongUse as error:
        raise Fault(error.message.words(_)) from error
    except NotFound as error:
        near = desk.complete(("projects",), word, 2)
        if len(near) == 1:
            return near[0][0]
        some = ", ".join(f"{key} {title}" for key, title in near) or "–"
        raise Fault(N_("there is no project “{word}” (nearest: {near})"), word=word, near=some) from error


def _amount(word: str) -> Decimal:
    return parse_money(word)[0]
