"""The parts of a UBL 2.1 document (OASIS): a value is asked for by its path, and what is wrong with it is named by that path.

Aggregates and values live in two namespaces; an element of the same name from any other is not seen. Numbers and days are as XML
Schema writes them (`1234.50`, `2026-12-31`), never as people do.
"""

from __future__ import annotations

import re
import unicodedata
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from xml.etree.ElementTree import Element

from pmo_tui.records.errors import Problem, Said
from pmo_tui.records.marks import N_

CAC = "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
CBC = "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"
LONGEST = 40
LARGEST = Decimal("1e15")
"""Numbers have forty characters at most and are below this, as in every record."""

_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
_DAY = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:Z|[+-][0-9]{2}:[0-9]{2})?")

YES, NO = ("true", "1"), ("false", "0")

NOT_A_NUMBER = N_("“{text}” is not a number as XML writes it: 1234.50, with a point and without marks for thousands")
TOO_LARGE = N_("“{text}” is larger than a project office can need (fifteen digits)")
NO_INDICATOR = N_("“{text}” is neither true nor false")
NOT_A_DAY = N_("“{text}” is not a day of the calendar, written as 2026-12-31")


@dataclass(slots=True)
class Faults:
    """What is wrong with a document, by place: values that cannot be read, and values that are needed and not there."""

    unreadable: dict[str, Problem] = field(default_factory=dict)
    missing: dict[str, Problem] = field(default_factory=dict)

    def all(self) -> list[Problem]:
        """Everything, each place once."""
        return list({**self.missing, **self.unreadable}.values())


@dataclass(frozen=True, slots=True)
class Part:
    """One aggregate and its `place` (`Invoice/InvoiceLine[2]`), or nothing at that place: what that is asked for is not there either.

    `faults` is shared by all parts of a document. `sign` is −1 in a credit note, whose amounts and quantities count against the
    supplier.
    """

    element: Element | None
    place: str
    file: str
    faults: Faults = field(default_factory=Faults)
    sign: int = 1

    def __bool__(self) -> bool:
        return self.element is not None

    def parts(self, path: str) -> list[Part]:
        """Every aggregate at the path, in the order of the file."""
        found = [self]
        for name in path.split("/"):
            found = [inner for part in found for inner in part._inner(name)]
        return found

    def _inner(self, name: str) -> list[Part]:
        elements = [] if self.element is None else self.element.findall(f"{{{CAC}}}{name}")
        places = [
            f"{self.place}/{name}" + (f"[{number}]" if number > 1 else "") for number in range(1, len(elements) + 1)
        ]
        return [self._at(element, place) for element, place in zip(elements, places, strict=True)]

    def _at(self, element: Element | None, place: str) -> Part:
        return Part(element, place, self.file, self.faults, self.sign)

    def part(self, path: str) -> Part:
        """The first aggregate at the path, or the nothing there."""
        found = self.parts(path)
        return found[0] if found else self._at(None, f"{self.place}/{path}")

    def elements(self, path: str) -> list[Element]:
        """The values at the path, as elements."""
        above, _slash, name = path.rpartition("/")
        owners = self.parts(above) if above else [self]
        return [
            value
            for owner in owners
            if owner.element is not None
            for value in owner.element.findall(f"{{{CBC}}}{name}")
        ]

    def _owner(self, path: str) -> tuple[Part, str]:
        above, _slash, name = path.rpartition("/")
        return (self.part(above) if above else self), name

    def _element(self, path: str) -> tuple[Element | None, str]:
        """The one value at the path in the first aggregate above it, and its place."""
        owner, name = self._owner(path)
        place = f"{owner.place}/{name}"
        found = owner.elements(name)
        if len(found) > 1:
            self.refuse(place, Said(N_("stands there {count} times, and may once"), {"count": len(found)}))
        return (found[0] if found else None), place

    def refuse(self, place: str, reason: Said | str) -> None:
        """Remember what is wrong at a place; what was said first about it stays."""
        self.faults.unreadable.setdefault(place, Problem(reason, place, self.file))

    def missing(self, path: str) -> None:
        """Say that the value at the path is needed."""
        owner, name = self._owner(path)
        place = f"{owner.place}/{name}"
        self.faults.missing.setdefault(place, Problem(N_("is missing"), place, self.file))

    def text(self, path: str) -> str | None:
        """The text at the path on one line; None where there is none."""
        element, place = self._element(path)
        return None if element is None else self._clean(element.text, place)

    def texts(self, path: str) -> list[str]:
        """All texts at the path."""
        found = [self._clean(element.text, f"{self.place}/{path}") for element in self.elements(path)]
        return [text for text in found if text]

    def attribute(self, path: str, name: str) -> str | None:
        """An attribute of the value at the path."""
        element, place = self._element(path)
        return None if element is None else self._clean(element.get(name), f"{place}/@{name}")

    def _clean(self, text: str | None, place: str) -> str | None:
        line = " ".join((text or "").split())
        for letter in line:
            if unicodedata.category(letter) == "Cc":
                self.refuse(place, Said(N_("holds the control character {code}"), {"code": f"U+{ord(letter):04X}"}))
                return None
        return line or None

    def number(self, path: str) -> Decimal | None:
        """The number at the path, exactly as written."""
        text = self.text(path)
        if text is None:
            return None
        if len(text) > LONGEST or not _NUMBER.fullmatch(text):
            self.refuse(self._element(path)[1], Said(NOT_A_NUMBER, {"text": text[:LONGEST]}))
            return None
        if abs(Decimal(text)) >= LARGEST:
            self.refuse(self._element(path)[1], Said(TOO_LARGE, {"text": text}))
            return None
        return Decimal(text)

    def signed(self, path: str) -> Decimal | None:
        """The amount or quantity at the path, negative where a credit note has it positive."""
        number = self.number(path)
        return number.copy_negate() if number and self.sign < 0 else number

    def day(self, path: str) -> date | None:
        """The day at the path; a time zone behind it says nothing here."""
        text = self.text(path)
        if text is None:
            return None
        written = _DAY.fullmatch(text)
        if written:
            with suppress(ValueError):
                return date.fromisoformat(written[1])
        self.refuse(self._element(path)[1], Said(NOT_A_DAY, {"text": text[:LONGEST]}))
        return None

    def true(self, path: str) -> bool:
        """Whether the indicator at the path says yes; one that says neither yes nor no is refused."""
        text = self.text(path)
        if text in YES + NO:
            return text in YES
        self.refuse(self._element(path)[1], Said(NO_INDICATOR, {"text": (text or "")[:LONGEST]}))
        return False
