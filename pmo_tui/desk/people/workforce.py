"""The people, systems, bookings and absences of a store, decoded and brought together; what did not change is not read again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Generic, TypeVar

import msgspec
from msgspec import Raw

from pmo_tui.analysis.availability import Different, different_days
from pmo_tui.desk.people.holidays import USUAL, Employer, national
from pmo_tui.records.base import Record
from pmo_tui.records.calendars import Calendar
from pmo_tui.records.documents import ready
from pmo_tui.records.errors import Fault, Problem, Refused
from pmo_tui.records.people import Absence, Booking, Person, System
from pmo_tui.records.registers import by_name
from pmo_tui.records.requests import Request
from pmo_tui.store import Store

R = TypeVar("R", bound=Record)
Worker = Person | System


class Decoded(Generic[R]):
    """The records of one register by key. A document is decoded once, and again when it was changed."""

    def __init__(self, store: Store, register: str, cls: type[R]) -> None:
        self._store = store
        self._register = register
        self._prefix = by_name(register).prefix
        self._decode = msgspec.json.Decoder(ready(cls)).decode
        self._version = -1
        self._kept: dict[str, tuple[Raw, R]] = {}
        self.records: dict[str, R] = {}

    def refresh(self) -> bool:
        """Take in what was changed; whether anything was."""
        version = self._store.version(self._register)
        if version == self._version:
            return False
        fresh: dict[str, tuple[Raw, R]] = {}
        for number, raw in self._store.shelf(self._register).raws():
            kept = self._kept.get(number)
            fresh[number] = kept if kept is not None and kept[0] is raw else (raw, self._decode(raw))
        self._kept, self._version = fresh, version
        self.records = {f"{self._prefix}-{number}": record for number, (_, record) in fresh.items()}
        return True


class Workforce:
    """Who works, on what, and when not, as the store has it after `refresh`.

    `employer` decides about the days off of people without a calendar.
    """

    def __init__(self, store: Store, employer: Employer = USUAL) -> None:
        self._store = store
        self._employer = employer
        self._people = Decoded(store, "people", Person)
        self._systems = Decoded(store, "systems", System)
        self._bookings = Decoded(store, "bookings", Booking)
        self._absences = Decoded(store, "absences", Absence)
        self._calendars = Decoded(store, "calendars", Calendar)
        self._requests = Decoded(store, "requests", Request)
        self._different: dict[tuple[str | None, int, int], Different] = {}
        self.bookings: dict[str, tuple[Booking, ...]] = {}
        """Bookings by who is booked."""
        self.absences: dict[str, tuple[Absence, ...]] = {}
        """Absences by person."""

    def refresh(self) -> None:
        """Take in what was changed since the last time, all registers as they stand at one moment."""
        with self._store.steady():
            self._people.refresh()
            self._systems.refresh()
            self._requests.refresh()
            if self._bookings.refresh():
                self.bookings = _by_person(self._bookings.records)
            if self._absences.refresh():
                self.absences = _by_person(self._absences.records)
            if self._calendars.refresh():
                self._different = {}

    @property
    def workers(self) -> dict[str, Worker]:
        """People and systems by key."""
        return {**self._people.records, **self._systems.records}

    @property
    def all_bookings(self) -> Mapping[str, Booking]:
        """Bookings by key."""
        return self._bookings.records

    @property
    def requests(self) -> Mapping[str, Request]:
        """Requests by key."""
        return self._requests.records

    def different(self, who: Worker, first: int, last: int) -> Different:
        """The days from ordinal `first` to `last` that differ for somebody: by his calendar, or by the national days off.

        Refused, naming the calendar, where its hours are no times of day.
        """
        if isinstance(who, System):
            return {}
        key = (who.calendar, first, last)
        if key not in self._different:
            self._different[key] = self._of_calendar(who.calendar, first, last)
        return self._different[key]

    def _of_calendar(self, key: str | None, first: int, last: int) -> Different:
        calendars = self._calendars.records
        calendar = calendars.get(key) if key else None
        if calendar is None:
            return _national(first, last, self._employer)
        try:
            return different_days(calendar, calendars, first, last)
        except Fault as fault:
            raise Refused(problems=[Problem(fault.reason, "", calendar.key)]) from fault


def _national(first: int, last: int, employer: Employer) -> Different:
    years = range(date.fromordinal(first).year, date.fromordinal(last).year + 1)
    return different_days(national(years, employer), {}, first, last)


Dated = TypeVar("Dated", Booking, Absence)


def _by_person(records: Mapping[str, Dated]) -> dict[str, tuple[Dated, ...]]:
    found: dict[str, list[Dated]] = {}
    for record in records.values():
        found.setdefault(record.person, []).append(record)
    return {person: tuple(own) for person, own in found.items()}
