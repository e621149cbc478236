"""Turns the terms of a filter into tests on values, by the kind of the field."""

from __future__ import annotations

import operator
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from pmo_tui.desk.states import FINISHED, OPEN
from pmo_tui.desk.views.filter import FREE_TEXT, Term
from pmo_tui.records.errors import WrongUse
from pmo_tui.records.marks import N_
from pmo_tui.records.registers import looks_like_key
from pmo_tui.records.schema import FieldOf
from pmo_tui.wording.languages import _

if TYPE_CHECKING:
    from pmo_tui.desk.desk import Desk

Test = Callable[[Any], bool]
COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip
EMPTY = frozenset({"none", "geen", ""})
ANY = frozenset({"any", "*", "elk"})
CENTURIES = ("19", "20", "21")
"""With these a day begins as the program writes it; what else a day may be called takes more to read."""
HOURS_PER_DAY, HOURS_PER_WEEK, DAYS_PER_MONTH = Decimal(8), Decimal(40), Decimal(20)


def test_of(desk: Desk, item: FieldOf | None, term: Term) -> Test:
    """The test that `term` puts to a value of the field; WrongUse where its value is not one of the field's kind."""
    if item is None or term.field == FREE_TEXT:
        return _turned(_free_text(term.values[0]), term)
    if term.operator in COMPARISONS:
        return _turned(_comparison(desk, item, term), term)
    tests = [_one(desk, item, term, value) for value in term.values]
    return _turned(tests[0] if len(tests) == 1 else lambda value: any(test(value) for test in tests), term)


def _turned(test: Test, term: Term) -> Test:
    return (lambda value: not test(value)) if term.negated else test


def _free_text(text: str) -> Test:
    wanted = text.casefold()
    return lambda value: wanted in value


def _one(desk: Desk, item: FieldOf, term: Term, text: str) -> Test:
    folded = text.casefold()
    if folded in EMPTY:
        return lambda value: value in (None, "", [])
    if folded in ANY:
        return lambda value: value not in (None, "", [])
    kind = item.field.kind
    if item.name == "key" and looks_like_key(text.upper()):
        return _contains(folded, exact=True)
    if kind == "reference" or (kind == "list" and item.field.refers):
        return _reference(desk, item, term, text)
    if kind == "date":
        return _date(desk, term, text)
    if kind in ("text", "long", "list", "rows"):
        return _contains(folded, exact=term.operator == "=")
    if item.name == "status" and folded == OPEN and OPEN not in item.field.choices:
        return lambda value: value not in FINISHED
    wanted = folded if folded in item.field.choices else _canonical(desk, item, term, text)
    if kind == "duration":
        return lambda value: minutes(value) == wanted
    return lambda value: value == wanted


def _contains(folded: str, *, exact: bool) -> Test:
    def test(value: Any) -> bool:
        if value is None:
            return False
        words = value if isinstance(value, list) else [value]
        return any(str(word).casefold() == folded if exact else folded in str(word).casefold() for word in words)

    return test


def _reference(desk: Desk, item: FieldOf, term: Term, text: str) -> Test:
    """A key, a code, or part of what the records referred to are called; the keys are looked up once."""
    if text.casefold() == "@me":
        keys = {desk.me()}
    elif looks_like_key(text.upper()):
        keys = {text.upper()}
    else:
        exact = term.operator == "="
        keys = set(desk.called(text, item.field.refers, exact=exact))
    return lambda value: (not keys.isdisjoint(value)) if isinstance(value, list) else value in keys


def _date(desk: Desk, term: Term, text: str) -> Test:
    first, last = _span(desk, term, text)
    return lambda value: value is not None and first <= value <= last


def _span(desk: Desk, term: Term, text: str) -> tuple[date, date]:
    if text[:2] in CENTURIES and text[4:5] == text[7:8] == "-":
        with suppress(ValueError):
            day = date.fromisoformat(text)
            return day, day
    from pmo_tui.wording.dates import parse_range

    try:
        return parse_range(text, desk.today())
    except ValueError as error:
        raise WrongUse(N_("In “{word}”: {why}"), word=term.word, why=error) from error


def _canonical(desk: Desk, item: FieldOf, term: Term, text: str) -> Any:
    try:
        value = desk.parse(item, text)
    except ValueError as error:
        raise WrongUse(N_("In “{word}”: {why}"), word=term.word, why=error) from error
    if value is None:
        raise WrongUse(N_("In “{word}”: what is it compared with?"), word=term.word)
    return minutes(value) if item.field.kind == "duration" else value


def _comparison(desk: Desk, item: FieldOf, term: Term) -> Test:
    kind = item.field.kind
    if kind in ("text", "long", "choice", "flag", "reference", "list"):
        template = N_("In “{word}”: {label} has no order; use : or =")
        raise WrongUse(template, word=term.word, label=_(item.field.label))
    compare = COMPARISONS[term.operator]
    wanted: Any
    if kind == "rows":
        wanted = _count(term)
        return lambda value: compare(len(value or ()), wanted)
    if kind == "date":
        wanted = _edge(desk, term)
    else:
        wanted = _canonical(desk, item, term, term.values[0])
    if kind == "duration":
        return lambda value: value is not None and compare(minutes(value), wanted)
    return lambda value: value is not None and compare(value, wanted)


def _count(term: Term) -> int:
    text = term.values[0]
    if not (text.isdecimal() and text.isascii() and len(text) < 10):
        raise WrongUse(N_("In “{word}”: a count is expected, such as 2"), word=term.word)
    return int(text)


def _edge(desk: Desk, term: Term) -> date:
    """The day a comparison means: of a period (w48, q1) its first for < and >=, its last for > and <=."""
    first, last = _span(desk, term, term.values[0])
    return first if term.operator in ("<", ">=") else last


def minutes(value: str | None) -> Decimal | None:
    """A duration in working minutes of an eight-hour day, for comparing and sorting."""
    from pmo_tui.records.durations import Duration

    return None if not value else Duration.parse(value).minutes(HOURS_PER_DAY, HOURS_PER_WEEK, DAYS_PER_MONTH)
