"""Working days of the demo: Monday to Friday without the Dutch public holidays."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from datetime import date, timedelta
from functools import cache

from pmo_tui.records.calendars import OFFICE_DAY, Calendar, CalendarException


@cache
def days_off(year: int) -> dict[date, str]:
    """Public holidays in the Netherlands that offices keep: Good Friday is a working day, 5 May is free every fifth year."""
    import holidays

    found = holidays.country_holidays("NL", years=year, language="en_US")
    return {day: str(name) for day, name in sorted(found.items()) if "Good" not in str(name)}


class WorkingDays:
    """The days on which the office is open, from some years before a day to some years after it."""

    def __init__(self, today: date, before: int = 4, after: int = 5) -> None:
        self.years = range(today.year - before, today.year + after)
        self.off = {day: name for year in self.years for day, name in days_off(year).items()}
        day = date(self.years[0], 1, 1)
        self._days: list[date] = []
        while day.year in self.years:
            if day.weekday() < 5 and day not in self.off:
                self._days.append(day)
            day += timedelta(1)

    def plus(self, day: date, count: int) -> date:
        """The working day `count` working days after the first one at or after `day`."""
        return self._days[bisect_left(self._days, day) + count]

    def minus(self, day: date, count: int) -> date:
        """The working day `count` working days before the last one at or before `day`."""
        return self._days[bisect_right(self._days, day) - 1 - count]

    def between(self, first: date, last: date) -> int:
        """How many working days there are from `first` to `last`, both included; 0 where `last` comes before."""
        return max(0, bisect_right(self._days, last) - bisect_left(self._days, first))

    def calendar(self) -> Calendar:
        """The calendar of the demo's organisation."""
        exceptions = [CalendarException(name=name, start=day, finish=day) for day, name in self.off.items()]
        return Calendar(
            name="Office", monday=OFFICE_DAY, tuesday=OFFICE_DAY, wednesday=OFFICE_DAY, thursday=OFFICE_DAY, friday=OFFICE_DAY,
            saturday="", sunday="", exceptions=exceptions,
        )  # fmt: skip
