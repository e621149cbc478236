"""Dutch days off, from the `holidays` library and the choices that employers make; an organisation's own list is a calendar.

The library counts Good Friday as a holiday, which most offices do not keep, and gives Liberation Day every fifth year, as the
government does. A day off that falls in a weekend is not made good on another day. Bridge days are the organisation's own: they
are exceptions of its calendar, as all of these become when they are put into one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

from pmo_tui.records.calendars import Calendar, CalendarException
from pmo_tui.records.documents import document_of
from pmo_tui.records.errors import NotFound
from pmo_tui.records.marks import N_
from pmo_tui.wording.languages import current

if TYPE_CHECKING:
    from pmo_tui.desk.desk import Desk
    from pmo_tui.desk.home.config import Config

LIBERATION_DAY = {"en": "Liberation Day", "nl": "Bevrijdingsdag"}
GOOD_FRIDAY = {"en": "Good Friday", "nl": "Goede vrijdag"}
"""Their names in the library, by language."""
IN_LIBRARY = {"en": "en_US", "nl": "nl"}


@dataclass(frozen=True, slots=True)
class Employer:
    """What an employer decides: Liberation Day off every fifth year (2025, 2030), every year or never; Good Friday or not."""

    liberation_day: Literal["fifth", "every", "never"] = "fifth"
    good_friday: bool = False


USUAL = Employer()


def employer(config: Config) -> Employer:
    """What the configuration says of the employer."""
    kept: Any = config.liberation_day
    return Employer(kept, config.good_friday)


@cache
def days_off(year: int, employer: Employer = USUAL, language: str = "en") -> dict[date, str]:
    """The days off of one year with their names in a language, in order."""
    import holidays

    named = holidays.country_holidays("NL", years=year, language=IN_LIBRARY[language])
    optional = {GOOD_FRIDAY[language]: employer.good_friday, LIBERATION_DAY[language]: _liberated(year, employer)}
    found = {day: [name for name in named.get_list(day) if optional.get(name, True)] for day in named}
    if _liberated(year, employer):
        found.setdefault(date(year, 5, 5), [LIBERATION_DAY[language]])
    return {day: ", ".join(names) for day, names in sorted(found.items()) if names}


def _liberated(year: int, employer: Employer) -> bool:
    return employer.liberation_day == "every" or (employer.liberation_day == "fifth" and year % 5 == 0)


def exceptions(years: Iterable[int], employer: Employer = USUAL) -> list[CalendarException]:
    """The days off of several years as exceptions of a calendar, named in the language in use."""
    return [
        CalendarException(name=name, start=day, finish=day)
        for year in years
        for day, name in days_off(year, employer, current().code).items()
    ]


def national(years: Iterable[int], employer: Employer = USUAL) -> Calendar:
    """The calendar of whoever has none of his own: a list of days off."""
    return Calendar(name="", exceptions=exceptions(years, employer))


def put_into(desk: Desk, key: str, years: Iterable[int], employer: Employer = USUAL) -> int:
    """Add the days off of `years` to the calendar `key`, in one transaction; how many were missing.

    What the calendar says about a day already, such as that one works then, stays. Conflict when somebody changes it meanwhile.
    """
    calendar = desk.record(key)
    if not isinstance(calendar, Calendar):
        raise NotFound(N_("There is no calendar {key}."), N_("pmo list calendars shows them."), key=key)
    missing = [each for each in exceptions(years, employer) if not _said(calendar, each.start)]
    if missing:
        together = sorted([*calendar.exceptions, *missing], key=lambda each: (each.start, each.finish))
        documents = [document_of(each) for each in together]
        desk.set([key], {}, {"exceptions": documents}, {key: calendar.revision})
    return len(missing)


def _said(calendar: Calendar, day: date) -> bool:
    return any(each.start <= day <= each.finish for each in calendar.exceptions)
