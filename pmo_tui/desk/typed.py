"""Typed text to canonical values and back, by the kind of the field: what forms, the command line and files share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import msgspec

from pmo_tui.exchange.headers import wordings
from pmo_tui.records.documents import check
from pmo_tui.records.errors import Fault, NotFound, WrongUse
from pmo_tui.records.marks import N_
from pmo_tui.records.schema import FieldOf
from pmo_tui.wording.dates import parse_date
from pmo_tui.wording.durations import parse_duration
from pmo_tui.wording.hours import parse_load
from pmo_tui.wording.languages import _
from pmo_tui.wording.typed_money import parse_money
from pmo_tui.wording.typed_numbers import parse_number

if TYPE_CHECKING:
    from pmo_tui.desk.desk import Desk

YES = frozenset({"yes", "y", "true", "1", "x", "ja", "j", "waar", "on"})
NO = frozenset({"no", "n", "false", "0", "nee", "onwaar", "off"})


def parse(desk: Desk, item: FieldOf, text: str, values: Mapping[str, Any]) -> Any:
    """The canonical value of `text`; None for an empty one. Fault (a ValueError) says what is not understood."""
    text = text if item.field.kind == "long" else text.strip()
    if not text:
        return None
    return _PARSERS[item.field.kind](desk, item, text, values)


def _text(desk: Desk, item: FieldOf, text: str, values: Mapping[str, Any]) -> Any:
    return item.field.checked(text)


def _number(desk: Desk, item: FieldOf, text: str, values: Mapping[str, Any]) -> Any:
    return item.field.checked(parse_number(text.removesuffix("%").strip() if item.field.kind == "percent" else text))


def _money(desk: Desk, item: FieldOf, text: str, values: Mapping[str, Any]) -> Any:
    amount, currency = parse_money(text)
    expected = values.get(item.field.currency)
    if currency and expected and currency != expected:
        raise Fault(N_("is in {currency}, but this record is in {expected}"), currency=currency, expected=expected)
    return item.field.checked(amount)


def _hours(desk: Desk, item: FieldOf, text: str, values: Mapping[str, Any]) -> Any:
    """An fte is one of full time; a per cent too, unless the field says whose week it is a share of."""
    from pmo_tui.records.people import FULL_TIME_HOURS

    return item.field.checked(parse_load(text, FULL_TIME_HOURS, _own_week(desk, values.get(item.field.share_of))))


def _own_week(desk: Desk, who: str | None) -> Decimal | None:
    """The hours of the week that a per cent is a share of; None for full time."""
    from pmo_tui.analysis.availability import weekly_hours
    from pmo_tui.records.people import Person, System

    record = desk.record(who) if who else None
    return weekly_hours(record) if isinstance(record, Person | System) else None


def _date(desk: Desk, item: FieldOf, text: str, values: Mapping[str, Any]) -> date:
    return parse_date(text, desk.today())


def _duration(desk: Desk, item: FieldOf, text: str, values: Mapping[str, Any]) -> str:
    return str(parse_duration(text))


def _choice(desk: Desk, item: FieldOf, text: str, values: Mapping[str, Any]) -> str:
    """A choice by its word in any of our languages, or by the beginning of one when it is the only one."""
    folded = text.casefold()
    if text in item.field.choices:
        return text
    said = {word: [each.casefold() for each in wordings(word)] for word in item.field.choices}
    found = [word for word, words in said.items() if folded in words]
    found = found or [word for word, words in said.items() if any(each.startswith(folded) for each in words)]
    if len(found) == 1:
        return found[0]
    return str(item.field.checked(text))


def _flag(desk: Desk, item: FieldOf, text: str, values: Mapping[str, Any]) -> bool:
    if text.casefold() in YES:
        return True
    if text.casefold() in NO:
        return False
    raise Fault(N_("“{text}” is neither yes nor no"), text=text)


def _reference(desk: Desk, item: FieldOf, text: str, values: Mapping[str, Any]) -> str:
    try:
        return desk.find(text, item.field.refers)
    except (NotFound, WrongUse) as error:
        raise Fault(error.message.words(_) + " " + error.hint.words(_)) from error


def _list(desk: Desk, item: FieldOf, text: str, values: Mapping[str, Any]) -> list[str]:
    words = [word.strip() for word in text.replace(";", ",").split(",") if word.strip()]
    if item.field.refers:
        return [_reference(desk, item, word, values) for word in words]
    return [str(item.field.checked(word)) for word in words]


def _rows(desk: Desk, item: FieldOf, text: str, values: Mapping[str, Any]) -> Any:
    if item.name == "predecessors" and not text.startswith("["):
        return _links(desk, text, values)
    if not text.startswith("["):
        from pmo_tui.desk.row_text import parse_rows

        return checked_rows(item, parse_rows(desk, item, text))
    import json

    try:
        rows = json.loads(text, parse_float=Decimal)
    except ValueError as error:
        raise Fault(N_("is not a JSON list of rows ({why})"), why=error) from error
    return checked_rows(item, rows)


def checked_rows(item: FieldOf, rows: Any) -> list[Any]:
    """Rows given as JSON, validated; Fault names the first row and field that is wrong."""
    if not isinstance(rows, list) or item.row is None:
        raise Fault(N_("a list of rows is expected"))
    found = []
    for number, row in enumerate(rows, 1):
        if not isinstance(row, dict):
            raise Fault(N_("row {number} is not an object"), number=number)
        made, problems = check(item.row, row)
        if problems:
            raise Fault(N_("row {number}: {why}"), number=number, why=problems[0].words(_))
        found.append(made)
    return found


def _links(desk: Desk, text: str, values: Mapping[str, Any]) -> list[dict[str, str]]:
    """Planner's notation, where a number is a line of the same plan and `code:12` or `P-3:12` one of another."""
    from pmo_tui.wording.predecessors import parse_predecessors

    project = values.get("project")
    links = []
    for typed in parse_predecessors(text):
        links.append({"task": _task(desk, typed.reference, project), "type": typed.type, "lag": typed.lag})
    return links


def _task(desk: Desk, reference: str, project: str | None) -> str:
    plan, colon, line = reference.rpartition(":")
    if colon:
        project = desk.find(plan, ("projects",))
    if not line.isdecimal():
        return desk.find(line, ("tasks",))
    if project is None:
        raise Fault(N_("line {line} of which plan? Give the project first"), line=line)
    return desk.plans.on_line(project, int(line))


def _nothing(desk: Desk, item: FieldOf, text: str, values: Mapping[str, Any]) -> Any:
    raise Fault(N_("cannot be typed"))


_PARSERS: dict[str, Callable[[Desk, FieldOf, str, Mapping[str, Any]], Any]] = {
    "text": _text, "long": _text, "integer": _number, "number": _number, "percent": _number, "money": _money, "date": _date,
    "duration": _duration, "hours": _hours, "choice": _choice, "flag": _flag, "reference": _reference, "list": _list,
    "rows": _rows, "time": _nothing, "extra": _nothing,
}  # fmt: skip


def text(desk: Desk, item: FieldOf, value: Any) -> str:
    """`value` as an officer would type it, so that `parse` gives it back."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, list):
        if item.name == "predecessors":
            return desk.predecessors(value)
        if item.row is not None:
            import json

            return json.dumps(msgspec.to_builtins(value), ensure_ascii=False)
        return ", ".join(str(word) for word in value)
    return str(value)


def predecessors_text(links: list[Any], name: Callable[[str], str]) -> str:
    """Links in planner's notation; `name` says how a task's key is written: as its line, or as it is."""
    from pmo_tui.wording.predecessors import TypedLink, format_predecessors

    typed = []
    for link in links:
        key, type_, lag = (
            (link["task"], link.get("type", "FS"), link.get("lag", ""))
            if isinstance(link, dict)
            else (link.task, link.type, link.lag)
        )
        typed.append(TypedLink(name(key), type_, lag))
    return format_predecessors(typed)
