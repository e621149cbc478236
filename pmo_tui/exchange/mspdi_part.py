"""The parts of a plan in MS Project's XML (MSPDI): a value is asked for by the name of its element, and what is wrong with it is
named by the part's place and that name.

The codes are those of Microsoft's schema `mspdi_pj12.xsd`: durations and lags bear a format, which says their unit and whether they
are estimates; `0` and `1` are no and yes. Elements are known by their local name, whatever their namespace.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from xml.etree.ElementTree import Element

from pmo_tui.exchange.incoming import Batch, To
from pmo_tui.records.durations import DAYS_PER_MONTH, HOURS_PER_DAY, HOURS_PER_WEEK, WORKING, Duration, Unit
from pmo_tui.records.errors import Fault, Problem, Said
from pmo_tui.records.marks import N_
from pmo_tui.wording.languages import _

UNITS: dict[int, Unit] = {
    3: "m", 4: "em", 5: "h", 6: "eh", 7: "d", 8: "ed", 9: "w", 10: "ew", 11: "mo", 12: "emo",
}  # fmt: skip
PER_CENT = (19, 20)
"""Of working and of elapsed time."""
ESTIMATED_BY = 32
"""How much the format of an estimate (`5d?`) is above that of the same unit; 21 and 53 name no unit."""
ESTIMATES = range(35, 54)
TENTHS = 10
"""Lags and levelling delays are in tenths of a minute."""
CENT = Decimal("0.01")
NO_DAY = date(1970, 1, 1)
"""What ProjectLibre writes where there is no date."""
NAMED_AT_MOST = 10
MOST = {"MinutesPerDay": 24 * 60, "MinutesPerWeek": 7 * 24 * 60, "DaysPerMonth": 31}
LARGEST, SMALLEST = 14, -30
"""Powers of ten of numbers that are read."""

KIND = "msproject"
"""What source keys of plans begin with: `msproject:plan.xml#17`, whose scope is `plan.xml` and whose word is `17`."""
WHITE = " \t\r\n"
_BLANKS = re.compile(r" *[\t\r\n]+ *")
_INTEGER = re.compile(r"[+-]?[0-9]{1,18}")
_FLAGS = {"1": True, "true": True, "0": False, "false": False, "-1": True}


def local(tag: str) -> str:
    """The name of an element without its namespace."""
    return tag.rpartition("}")[2]


def scope_and_word(source_key: str) -> tuple[str, str]:
    """Of which plan a source key is, and what that calls the record; nothing where it is not one of a plan."""
    kind, _colon, rest = source_key.partition(":")
    scope, _hash, word = rest.rpartition("#")
    return (scope, word) if kind == KIND else ("", "")


def scope_within(project: str, name: str) -> str:
    """The scope of a file that is put into a project."""
    return f"{project}:{name}"


def unestimated(format_: int | None) -> int:
    """The format of the same unit when it is no estimate; 0 for none."""
    code = format_ or 0
    return code - ESTIMATED_BY if code in ESTIMATES else code


@dataclass(frozen=True, slots=True)
class Units:
    """What a day, a week and a month are in this file, and the unit of durations that name none."""

    hours_per_day: Decimal = HOURS_PER_DAY
    hours_per_week: Decimal = HOURS_PER_WEEK
    days_per_month: Decimal = DAYS_PER_MONTH
    usual: Unit = "d"

    def unit(self, format_: int | None, usual: Unit | None = None) -> Unit:
        """The unit that a format says; `usual`, or else the file's usual one, where it says none."""
        return UNITS.get(unestimated(format_), usual or self.usual)


class Plan:
    """What is known of the file while it is read. `project` is the key of its project, or the record that it makes of one; `known_as`
    are the scopes under which its records are in the store already, the first that of new ones too."""

    def __init__(self, root: Element, name: str, project: str | None, known_as: Sequence[str] = ()) -> None:
        self.name = name
        self.scope, *self.other_scopes = known_as or [name if project is None else scope_within(project, name)]
        complete_for = tuple(f"{KIND}:{scope}#" for scope in (self.scope, *self.other_scopes))
        self.batch = Batch(name, "mspdi", complete_for=complete_for)
        self.project: str | To = project or To(self.key("project"))
        self.currency: str | None = None
        self._sections = {local(child.tag): child for child in root if len(child)}
        self._parts: dict[str, list[Part]] = {}
        self._noted: set[str] = set()
        self._said: set[tuple[str, str, str]] = set()
        self.head = Part(root, self, name)
        self.units = self._units()

    def _units(self) -> Units:
        """What the file says a day, a week and a month are."""
        found = Units()
        usual = UNITS.get(self.head.integer("DurationFormat") or 0)
        day, week, month = (self._positive(name, most) for name, most in MOST.items())
        return Units(
            day / 60 if day else found.hours_per_day,
            week / 60 if week else found.hours_per_week,
            month or found.days_per_month,
            usual if usual in WORKING else found.usual,
        )

    def _positive(self, name: str, most: int) -> Decimal | None:
        number = self.head.number(name)
        if number is not None and not 0 <= number <= most:
            self.head.refuse(
                name, Said(N_("{number} is outside {low} to {high}"), {"number": number, "low": 0, "high": most})
            )
            return None
        return number

    def key(self, word: str, kind: str = KIND) -> str:
        """The source key of what the file calls `word`."""
        return f"{kind}:{self.scope}#{word}"

    def match(self, word: str, kind: str = KIND) -> tuple[dict[str, object], ...]:
        """How else a record is recognised: by the keys that it has where it came under another scope."""
        return tuple({"source_key": f"{kind}:{scope}#{word}"} for scope in self.other_scopes)

    def parts(self, section: str) -> list[Part]:
        """The elements of a section (`Tasks`: every `Task`), in the order of the file."""
        if section not in self._parts:
            inside = self._sections.get(section, ())
            self._parts[section] = [Part(child, self) for child in inside if local(child.tag) == section[:-1]]
        return self._parts[section]

    def note(self, template: str, **values: object) -> None:
        """Say something that changes nothing; once, however often it is met."""
        said = f"{self.name}: {_(template).format(**values)}"
        if said not in self._noted:
            self._noted.add(said)
            self.batch.notes.append(said)

    def note_several(self, template: str, names: list[str]) -> None:
        """Say something about several things at once, the first ten by name; nothing where there are none."""
        if names:
            more = "" if len(names) <= NAMED_AT_MOST else ", …"
            self.note(template, count=len(names), names=", ".join(names[:NAMED_AT_MOST]) + more)

    def refuse(self, reason: str | Said, name: str = "", place: str = "") -> None:
        """The file cannot be taken in, and why. A value that is asked for twice is refused once."""
        problem = Problem(reason, name, place or self.name)
        said = (problem.place, name, str(problem.reason.words()))
        if said not in self._said:
            self._said.add(said)
            self.batch.problems.append(problem)


class Part:
    """One element: a task, a link, a resource … Its simple values by name; `place` says where it stands, for messages."""

    __slots__ = ("element", "place", "plan", "values")

    def __init__(self, element: Element, plan: Plan, place: str = "") -> None:
        self.element = element
        self.plan = plan
        self.values = {local(child.tag): child.text or "" for child in element}
        self.place = place or f"{plan.name}, {self.said}"

    @property
    def said(self) -> str:
        """How it is called within the file: `Task 17, row 5`, by UID and by the number that its planner sees."""
        uid, row = (self.values.get(name, "").strip()[:20] for name in ("UID", "ID"))
        return local(self.element.tag) + (f" {uid}" if uid else "") + (f", row {row}" if row else "")

    def parts(self, *path: str) -> list[Part]:
        """The elements at a path inside this one. They stand where this one stands."""
        found = [self.element]
        for name in path:
            found = [child for element in found for child in element if local(child.tag) == name]
        return [Part(element, self.plan, self.place) for element in found]

    def refuse(self, name: str, reason: str | Said) -> None:
        """The value called `name` is wrong, and why."""
        self.plan.refuse(reason, name, self.place)

    def has(self, name: str) -> bool:
        """Whether the element is there, be it empty."""
        return name in self.values

    def line(self, name: str) -> str:
        """A text on one line; empty where there is none."""
        text = self.values.get(name)
        if not text:
            return ""
        text = text.strip(WHITE)
        return text if text.isprintable() else _BLANKS.sub(" ", text)

    def lines(self, name: str) -> str:
        """A text of several lines."""
        return self.values.get(name, "").replace("\r\n", "\n").replace("\r", "\n").strip(" \n")

    def flag(self, name: str, missing: bool = False) -> bool:
        """Yes or no."""
        text = self.line(name)
        found = _FLAGS.get(text.lower(), None if text else missing)
        if found is None:
            self.refuse(name, Said(N_("“{text}” is neither 0 nor 1"), {"text": text}))
        return bool(found)

    def integer(self, name: str) -> int | None:
        """A whole number."""
        text = self.line(name)
        if text and not _INTEGER.fullmatch(text):
            self.refuse(name, Said(N_("“{text}” is not a whole number"), {"text": text}))
            return None
        return int(text) if text else None

    def needed(self, name: str) -> int | None:
        """A whole number that has to be there, such as a UID."""
        if not self.line(name):
            self.refuse(name, N_("is needed"))
        return self.integer(name)

    def number(self, name: str) -> Decimal | None:
        """A number, as exact as it is written."""
        text = self.line(name)
        if not text:
            return None
        try:
            found = Decimal(text)
        except InvalidOperation:
            found = Decimal("NaN")
        if not found.is_finite() or (found and not SMALLEST <= found.adjusted() <= LARGEST):
            self.refuse(name, Said(N_("“{text}” is not a number that a plan could hold"), {"text": text}))
            return None
        return found or Decimal(0)

    def money(self, name: str) -> Decimal | None:
        """An amount, which the file gives in hundredths; None for nothing."""
        found = self.number(name)
        return (found / 100).quantize(CENT) if found else None

    def moment(self, name: str) -> datetime | None:
        """A day with its time; None where there is none."""
        text = self.line(name)
        if not text:
            return None
        try:
            found = datetime.fromisoformat(text).replace(tzinfo=None)
        except ValueError as error:
            template = N_("“{text}” is not a day of the calendar ({why})")
            self.refuse(name, Said(template, {"text": text, "why": error}))
            return None
        return None if found.date() == NO_DAY else found

    def day(self, name: str) -> date | None:
        """A day, whatever the time on it."""
        found = self.moment(name)
        return None if found is None else found.date()

    def minutes(self, name: str) -> Decimal | None:
        """The length of a duration (`PT40H0M0S`) in minutes."""
        text = self.line(name)
        if not text:
            return None
        found = _iso_minutes(text, self.plan.units)
        if found is None or found < 0:
            self.refuse(name, Said(N_("“{text}” is not a duration as XML writes it: PT40H0M0S"), {"text": text}))
            return None
        return found

    def duration(self, name: str, format_: int | None) -> str | None:
        """A duration in the unit that its format says: `5d`, `3ed`."""
        minutes = self.minutes(name)
        return None if minutes is None else self.text(name, minutes, self.plan.units.unit(format_))

    def work(self, name: str) -> str | None:
        """An amount of work, in hours."""
        minutes = self.minutes(name)
        return None if minutes is None else self.text(name, minutes, "h")

    def text(self, name: str, minutes: Decimal, unit: Unit) -> str | None:
        """So many minutes, in that unit where it holds them exactly; None where no plan could hold them."""
        try:
            return _text(minutes, unit, self.plan.units)
        except Fault as fault:
            self.refuse(name, fault.reason)
            return None


@lru_cache(maxsize=4096)
def _text(minutes: Decimal, unit: Unit, units: Units) -> str:
    return str(Duration.from_minutes(minutes, unit, units.hours_per_day, units.hours_per_week, units.days_per_month))


@lru_cache(maxsize=4096)
def _iso_minutes(text: str, units: Units) -> Decimal | None:
    if not text.lstrip("+-").startswith("P"):
        return None
    try:
        found = Duration.parse(text)
    except ValueError:
        return None
    return found.minutes(units.hours_per_day, units.hours_per_week, units.days_per_month)


def last_day(start: datetime | None, finish: datetime | None) -> date | None:
    """The last day that belongs to something that finishes then: a finish at midnight is the end of the day before."""
    if finish is None:
        return None
    if finish.time() == time(0) and (start is None or start.date() < finish.date()) and finish.date() > date.min:
        return finish.date() - timedelta(days=1)
    return finish.date()
