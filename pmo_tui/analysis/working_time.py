"""Working-time arithmetic of a calendar: exact, in whole minutes, and no slower over ten years than over a day.

An instant is a number of minutes since midnight of 1 January of the year 1 (a Monday). `worked(t)` counts the working minutes
before an instant; everything else follows from it and its two inverses: `reached(n)`, the earliest instant by which n minutes
are worked (where work stops), and `resumes(n)`, the latest one (where work goes on). Between the two lies a night or a weekend.

A calendar is a row of spells, each a week that repeats, or during an exception a day that repeats, so that an answer takes a
search among the exceptions and one division, whatever the span.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from pmo_tui.analysis.working_pattern import Pattern, Shifts
from pmo_tui.records.calendars import OFFICE_DAY, Calendar, CalendarException
from pmo_tui.records.durations import Duration
from pmo_tui.records.errors import Fault
from pmo_tui.records.marks import N_

MINUTES_PER_DAY = 1440
MINUTES_PER_WEEK = 7 * MINUTES_PER_DAY
LAST_INSTANT = date.max.toordinal() * MINUTES_PER_DAY
BEFORE_EVERYTHING = -(10**15)
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SHIFT = re.compile(r"(\d\d):(\d\d)-(\d\d):(\d\d)")


def midnight(day: date) -> int:
    """The instant at which a day begins."""
    return (day.toordinal() - 1) * MINUTES_PER_DAY


def day_at(instant: int) -> date:
    """The day an instant lies in; Fault outside the years 1 to 9999."""
    if not 0 <= instant < LAST_INSTANT:
        raise Fault(
            N_("the plan runs beyond the years 1 to 9999; look for a duration, lag or date that is far too large")
        )
    return date.fromordinal(instant // MINUTES_PER_DAY + 1)


def shifts(text: str, name: str = "") -> Shifts:
    """The periods in `08:00-12:00 13:00-17:00`; one that does not end after its start runs past midnight. Fault names `name`."""
    found: Shifts = []
    for from_hour, from_minute, to_hour, to_minute in _SHIFT.findall(text):
        start, end = int(from_hour) * 60 + int(from_minute), int(to_hour) * 60 + int(to_minute)
        if int(from_minute) > 59 or int(to_minute) > 59 or start >= MINUTES_PER_DAY or end > MINUTES_PER_DAY:
            raise Fault(N_("calendar {name}: “{hours}” is not a time of the day"), name=name, hours=text)
        found.append((start, end if end > start else end + MINUTES_PER_DAY))
    return found


@dataclass(frozen=True, slots=True)
class Spell:
    """From `start` on, `pattern` holds; `offset` turns the pattern's count of minutes into the calendar's."""

    start: int
    offset: int
    pattern: Pattern


class WorkingTime:
    """The working time of one calendar. `name` is for messages; hours a day and the like turn durations into minutes."""

    def __init__(
        self,
        week: Pattern,
        exceptions: Sequence[tuple[int, int, Pattern]] = (),
        *,
        name: str = "",
        per: tuple[Decimal, Decimal, Decimal] = (Decimal(8), Decimal(40), Decimal(20)),
    ) -> None:
        self.name = name
        self.per = per
        self._spells = list(_spells(week, exceptions))
        self._starts = [BEFORE_EVERYTHING, *(spell.start for spell in self._spells[1:])]
        self._worked = [
            BEFORE_EVERYTHING,
            *(spell.offset + spell.pattern.worked(spell.start) for spell in self._spells[1:]),
        ]
        self._minutes: dict[str, tuple[int, bool]] = {}
        self._texts: dict[int, str] = {}
        self._start_days: dict[int, date] = {}
        self._finish_days: dict[int, date] = {}

    # ---- the three functions that all others stand on ------------------------------------------------------------------

    def worked(self, instant: int) -> int:
        """Working minutes before `instant`, counted from the beginning of the calendar."""
        spell = self._spells[bisect_right(self._starts, instant) - 1]
        return spell.offset + spell.pattern.worked(instant)

    def resumes(self, work: int) -> int:
        """The latest instant by which no more than `work` minutes are worked: the start of what comes next."""
        spell = self._spells[bisect_right(self._worked, work) - 1]
        if not spell.pattern.total:
            raise self._exhausted()
        return spell.pattern.resumes(work - spell.offset)

    def reached(self, work: int) -> int:
        """The earliest instant by which `work` minutes are worked: the end of what came before."""
        spell = self._spells[bisect_left(self._worked, work) - 1]
        if not spell.pattern.total:
            raise self._exhausted()
        return spell.pattern.reached(work - spell.offset)

    def _exhausted(self) -> Fault:
        template = N_("calendar {name} has no working time left for the plan; give it hours on at least one weekday")
        return Fault(template, name=self.name or "?")

    # ---- arithmetic ----------------------------------------------------------------------------------------------------

    def add(self, instant: int, minutes: int) -> int:
        """The instant `minutes` of working time later, or earlier when negative: then the latest from which they remain."""
        if minutes > 0:
            return self.reached(self.worked(instant) + minutes)
        return self.resumes(self.worked(instant) + minutes) if minutes else instant

    def subtract(self, instant: int, minutes: int) -> int:
        """The latest instant from which `minutes` of working time lead to `instant`."""
        return self.add(instant, -minutes)

    def between(self, first: int, last: int) -> int:
        """Working minutes from `first` to `last`; negative when `last` is the earlier one."""
        return self.worked(last) - self.worked(first)

    def next_work(self, instant: int) -> int:
        """`instant` itself when it is a working one, else the start of the next working period."""
        return self.resumes(self.worked(instant))

    def working_minutes(self, day: date) -> int:
        """The working time of one day, 0 on a day off."""
        start = midnight(day)
        return self.between(start, start + MINUTES_PER_DAY)

    # ---- positions -----------------------------------------------------------------------------------------------------

    def position(self, instant: int) -> int:
        """An instant as a position: twice the working minutes before it, plus 1 unless it is just where work stops.

        Friday 17:00 and Monday 08:00 have the same minutes before them: they are the even and the odd position of that count.
        An instant in which no work is done moves on to where it resumes.
        """
        spell = self._spells[bisect_right(self._starts, instant) - 1]
        pattern = spell.pattern
        rounds, rest = divmod(instant, pattern.period)
        place = bisect_right(pattern.starts, rest) - 1
        work = spell.offset + rounds * pattern.total + pattern.before[place]
        spent, length = rest - pattern.starts[place], pattern.lengths[place]
        if spent < length:
            return 2 * (work + spent) + 1
        work += length
        if spent == length > 0 and rest % MINUTES_PER_DAY:
            return 2 * work
        return 2 * work if self.reached(work) == instant != self.resumes(work) else 2 * work + 1

    def instant(self, position: int) -> int:
        """The instant of a position."""
        return self.resumes(position >> 1) if position & 1 else self.reached(position >> 1)

    def first_of(self, day: date) -> int:
        """The instant at which work begins on a day; on a day off, after it."""
        return self.next_work(midnight(day))

    def last_of(self, day: date) -> int:
        """The instant at which work stops on a day; on a day off, before it."""
        return self.reached(self.worked(midnight(day) + MINUTES_PER_DAY))

    def start_day(self, work: int) -> date:
        """The day on which work goes on after `work` minutes."""
        found = self._start_days.get(work)
        if found is None:
            found = self._start_days[work] = day_at(self.resumes(work))
        return found

    def finish_day(self, work: int) -> date:
        """The day on which the last of `work` minutes is worked."""
        found = self._finish_days.get(work)
        if found is None:
            found = self._finish_days[work] = day_at(self.reached(work) - 1)
        return found

    # ---- durations -----------------------------------------------------------------------------------------------------

    def minutes(self, text: str) -> tuple[int, bool]:
        """A duration in whole minutes, and whether they are elapsed ones; Fault where the text is no duration."""
        found = self._minutes.get(text)
        if found is None:
            duration = Duration.parse(text)
            found = self._minutes[text] = (round(duration.minutes(*self.per)), duration.elapsed)
        return found

    def days(self, minutes: int) -> str:
        """Working minutes as a duration in days, such as `3d` or `-0.5d`; in a smaller unit where that alone is exact."""
        found = self._texts.get(minutes)
        if found is None:
            found = self._texts[minutes] = str(Duration.from_minutes(Decimal(minutes), "d", *self.per))
        return found


def _spells(week: Pattern, exceptions: Sequence[tuple[int, int, Pattern]]) -> Iterator[Spell]:
    """The week and the exceptions (start, end, pattern; in order, apart) as spells that follow each other."""
    parts: list[tuple[int, Pattern]] = [(0, week)]
    for start, end, pattern in exceptions:
        if parts[-1][0] == start:
            parts.pop()
        parts += [(start, pattern), (end, week)]
    worked = 0
    for place, (start, pattern) in enumerate(parts):
        offset = worked - pattern.worked(start)
        yield Spell(start, offset, pattern)
        if place + 1 < len(parts):
            worked = offset + pattern.worked(parts[place + 1][0])


def uncovered(exceptions: Sequence[CalendarException]) -> Iterator[tuple[int, int, CalendarException]]:
    """Exceptions as spans of instants in order, apart; where several cover a day the last one in the list counts."""
    edges: list[tuple[int, int, bool]] = []
    for place, exception in enumerate(exceptions):
        if exception.finish >= exception.start:
            edges.append((midnight(exception.start), place, True))
            edges.append((midnight(exception.finish) + MINUTES_PER_DAY, place, False))
    open_now: set[int] = set()
    edges.sort()
    for (instant, place, begins), following in pairwise([*edges, (0, 0, False)]):
        (open_now.add if begins else open_now.remove)(place)
        if open_now and following[0] > instant:
            yield instant, following[0], exceptions[max(open_now)]


ROUND_THE_CLOCK = WorkingTime(Pattern(MINUTES_PER_DAY, [(0, MINUTES_PER_DAY)]), name="24 hours")
"""Elapsed time: nights and weekends count."""
OFFICE_WEEK = Calendar(
    name="Monday to Friday",
    monday=OFFICE_DAY,
    tuesday=OFFICE_DAY,
    wednesday=OFFICE_DAY,
    thursday=OFFICE_DAY,
    friday=OFFICE_DAY,
)
"""The calendar where none is named: eight hours on five days."""


def working_time(calendar: Calendar, bases: Sequence[Calendar] = ()) -> WorkingTime:
    """The working time of a calendar that is based on the first of `bases`, that one on the second, and so on.

    An empty weekday is as in the base; exceptions of a base hold too, where the calendar has none of its own on that day.
    """
    line = [calendar, *bases]
    week: Shifts = []
    for number, weekday in enumerate(WEEKDAYS):
        text = next((hours for each in line if (hours := getattr(each, weekday)) is not None), "")
        start = number * MINUTES_PER_DAY
        week += [(start + first, start + last) for first, last in shifts(text, calendar.name)]
    patterns: dict[str, Pattern] = {}
    spans: list[tuple[int, int, Pattern]] = []
    for start, end, exception in uncovered([each for one in reversed(line) for each in one.exceptions]):
        if exception.hours not in patterns:
            patterns[exception.hours] = Pattern(MINUTES_PER_DAY, shifts(exception.hours, calendar.name))
        spans.append((start, end, patterns[exception.hours]))
    per = (calendar.hours_per_day, calendar.hours_per_week, calendar.days_per_month)
    if not all(per):
        raise Fault(
            N_("calendar {name}: hours a day, hours a week and days a month must be above 0"), name=calendar.name
        )
    return WorkingTime(Pattern(MINUTES_PER_WEEK, week), spans, name=calendar.name, per=per)


class Calendars:
    """The calendars that plans may name, each made ready when it is first asked for."""

    def __init__(self, calendars: Iterable[Calendar] = ()) -> None:
        self._records = {calendar.key: calendar for calendar in calendars}
        self._ready: dict[str | None, WorkingTime] = {}

    def of(self, key: str | None) -> WorkingTime:
        """The working time of a calendar, the office week for None; Fault where it is missing or cannot be worked out."""
        found = self._ready.get(key)
        if found is None:
            line = [OFFICE_WEEK] if key is None else self._line(key)
            found = self._ready[key] = working_time(line[0], line[1:])
        return found

    def _line(self, key: str) -> list[Calendar]:
        """A calendar and the ones it is based on, nearest first."""
        line: list[Calendar] = []
        above: str | None = key
        while above:
            calendar = self._records.get(above)
            if calendar is None:
                raise Fault(N_("there is no calendar {key}"), key=above)
            if any(calendar is other for other in line):
                raise Fault(N_("calendar {key} is based on itself"), key=above)
            line.append(calendar)
            above = calendar.base
        return line
