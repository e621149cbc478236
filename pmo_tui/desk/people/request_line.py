"""A request for somebody in one line: `tester 0.5fte w02-w07 #portal`.

How much: hours a week, a per cent or an fte, both of full time. When: a span of days. `#` names the project, `@` who is thought
of, `max 95` the highest rate an hour, `by fri` when an answer is needed, `field:value` any other field. The rest is the role.
"""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING

from pmo_tui.desk.captured import Capture, Captured, words_of
from pmo_tui.desk.line_dates import BEFORE, LONGEST, day_in, span_in
from pmo_tui.desk.mentions import resolve
from pmo_tui.records.base import NODES
from pmo_tui.records.errors import Fault, Said
from pmo_tui.records.marks import N_
from pmo_tui.records.people import FULL_TIME_HOURS
from pmo_tui.records.registers import looks_like_key
from pmo_tui.wording.hours import parse_load
from pmo_tui.wording.typed_money import parse_money

if TYPE_CHECKING:
    from pmo_tui.desk.desk import Desk

REGISTER = "requests"
SHARES = {
    "fulltime": "100%", "full-time": "100%", "voltijd": "100%", "voltijds": "100%",
    "halftime": "50%", "half-time": "50%", "halftijds": "50%",
}  # fmt: skip
AT_MOST = frozenset({"max", "maximum", "<", "<="})
_UNIT = re.compile(r"[0-9.,]+ ?(?:%|fte|h|u|hrs?|hours?|uur|uren)", re.IGNORECASE)
_AN_HOUR = re.compile(r" ?(?:/|per |p/)(?:h|hr|hour|u|uur)$", re.IGNORECASE)
NEEDED = (
    ("role", N_("for which role or skill?")),
    ("project", N_("for which project? Name it as #project")),
    ("start", N_("in which period? Write it as w02-w07")),
    ("hours_per_week", N_("how much? Write it as 0.5fte, 50% or 20h/w")),
)


def parse_request(desk: Desk, line: str, project: str | None = None) -> Captured:
    """What a line is understood as: the texts of a request record. `project` is the key of the one that is looked at."""
    capture = Capture(desk, REGISTER)
    texts = capture.texts
    rest: list[str] = []
    for word in words_of(desk, REGISTER, line):
        if word.mark == "#":
            capture.mention("project", word.text, resolve(desk, NODES, word.text))
        elif word.mark == "@":
            capture.mention("person", word.text, resolve(desk, ("people",), word.text))
        elif word.mark == ":":
            capture.assign(word.field, word.text)
        else:
            rest.append(word.text)
    _take_load(capture, rest)
    _take_rate(capture, rest)
    _take_answer(capture, rest)
    _take_period(capture, rest)
    if rest:
        texts.setdefault("role", " ".join(rest))
    if project and "project" not in texts and not any(each.field == "project" for each in capture.unclear):
        texts["project"] = project
    texts.setdefault("requested_on", desk.today().isoformat())
    if looks_like_key(desk.me()):
        texts.setdefault("requested_by", desk.me())
    for field, why in NEEDED:
        if field not in texts and all(each.field != field for each in capture.unclear):
            capture.ask(field, "", Said(why, {}))
    return capture.done()


def _take_load(capture: Capture, rest: list[str]) -> None:
    """The first two words or one that say how much: `0.5fte`, `20 h/w`, `halftime`."""
    for place, word in enumerate(rest):
        rest[place] = SHARES.get(word.casefold(), word)
        for length in (2, 1):
            typed = " ".join(rest[place : place + length])
            if not _UNIT.match(typed):
                continue
            try:
                capture.texts.setdefault("hours_per_week", format(parse_load(typed, FULL_TIME_HOURS), "f"))
            except Fault as fault:
                if length > 1:
                    continue
                capture.ask("hours_per_week", typed, fault.reason)
            del rest[place : place + length]
            return


def _take_rate(capture: Capture, rest: list[str]) -> None:
    """`max 95`, `max €95/h`."""
    for place, word in enumerate(rest[:-1]):
        if word.casefold() in AT_MOST:
            with suppress(ValueError):
                amount, currency = parse_money(_AN_HOUR.sub("", rest[place + 1]))
                capture.texts.setdefault("max_rate", format(amount, "f"))
                if currency:
                    capture.texts.setdefault("currency", currency)
                del rest[place : place + 2]
                return


def _take_answer(capture: Capture, rest: list[str]) -> None:
    """`by fri`, `voor 1 dec`: when an answer is needed."""
    for place, word in enumerate(rest[:-1]):
        if word.casefold() not in BEFORE:
            continue
        for length in range(min(LONGEST, len(rest) - place - 1), 0, -1):
            found = day_in(rest[place : place + 1 + length], capture.desk.today(), leading=False)
            if found is not None and found.first == 0:
                capture.texts.setdefault("needed_by", found.day.isoformat())
                del rest[place : place + 1 + length]
                return


def _take_period(capture: Capture, rest: list[str]) -> None:
    found = span_in(rest, capture.desk.today())
    if found is not None and not {"start", "finish"} & capture.texts.keys():
        capture.texts["start"], capture.texts["finish"] = (day.isoformat() for day in found.span)
        del rest[found.first : found.last]
