"""How days lie on the columns of a Gantt chart: five scales, from two columns a day to a column a month, and their time heads.

Columns are counted from the first day there is, so that a column means the same days wherever a chart begins.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from pmo_tui.records.marks import N_
from pmo_tui.wording.languages import current
from pmo_tui.wording.shown_days import format_date

LAST_DAY = date.max.toordinal()
MIDWEEK = 3
"""Thursday, where the second half of a week begins."""
Labels = tuple[str, ...]
"""What a period may be called, the fullest first; it is another one than that of the periods beside it."""


@dataclass(frozen=True, slots=True)
class Scale:
    """`first` is the first column of a day (by its ordinal) and `span` how many it has, `day` the first day of a column.

    `upper` and `lower` name the periods of the two lines of the head that a day lies in; `days` tells whether single days are seen.
    """

    name: str
    label: str
    first: Callable[[int], int]
    day: Callable[[int], int]
    upper: Callable[[date], Labels]
    lower: Callable[[date], Labels]
    span: int = 1
    days: bool = False

    def column(self, day: date) -> int:
        """The first column of a day."""
        return self.first(day.toordinal())

    def last_column(self, day: date) -> int:
        """Its last column."""
        return self.column(day) + self.span - 1

    def first_day(self, column: int) -> date:
        """The day with which a column begins, within what the calendar holds."""
        return date.fromordinal(max(1, min(LAST_DAY, self.day(column))))

    def last_day(self, column: int) -> date:
        """The day with which it ends."""
        return max(self.first_day(column), date.fromordinal(max(1, min(LAST_DAY, self.day(column + 1) - 1))))


def _half_week(ordinal: int) -> int:
    week, weekday = divmod(ordinal - 1, 7)
    return 2 * week + (weekday >= MIDWEEK)


def _half_week_day(column: int) -> int:
    week, half = divmod(column, 2)
    return week * 7 + 1 + half * MIDWEEK


def _month(ordinal: int) -> int:
    day = date.fromordinal(ordinal)
    return day.year * 12 + day.month - 1


def _month_day(column: int) -> int:
    year, month = divmod(column, 12)
    if year < 1:
        return 1
    return LAST_DAY if year > date.max.year else date(year, month + 1, 1).toordinal()


def _weekday(day: date) -> Labels:
    return format_date(day, "long"), current().weekdays_short[day.weekday()][:1]


def _week_and_day(day: date) -> Labels:
    monday = date.fromordinal(max(1, day.toordinal() - day.weekday()))
    week, month = format_date(monday, "week"), f"{format_date(monday, 'short')} {monday.year}"
    return f"{week} {month}", f"{week} {format_date(monday, 'short')}", week


def _monday(day: date) -> Labels:
    monday = date.fromordinal(max(1, day.toordinal() - day.weekday()))
    week = format_date(monday, "week")
    return f"{week} {monday.day}", week, str(monday.day)


def _month_and_year(day: date) -> Labels:
    names = current()
    month, short = names.months[day.month - 1], names.months_short[day.month - 1]
    return f"{month} {day.year}", f"{short} {day.year}", short


def _fortnight(day: date) -> Labels:
    """Every second week counted through, so that a week 53 shifts nothing."""
    monday = date.fromordinal(max(1, day.toordinal() - day.weekday() - 7 * ((day.toordinal() - 1) // 7 % 2)))
    return format_date(monday, "week"), str(monday.isocalendar().week)


def _month_name(day: date) -> Labels:
    return (current().months_short[day.month - 1],)


def _quarter(day: date) -> Labels:
    quarter = f"Q{(day.month + 2) // 3}"
    return f"{quarter} {day.year}", quarter


def _quarter_name(day: date) -> Labels:
    return (f"Q{(day.month + 2) // 3}",)


def _year(day: date) -> Labels:
    return (str(day.year),)


SCALES: tuple[Scale, ...] = (
    Scale("day", N_("days"), lambda n: 2 * n, lambda c: c // 2, _week_and_day, _weekday, 2, True),
    Scale("week", N_("weeks"), lambda n: n, lambda c: c, _month_and_year, _monday, 1, True),
    Scale("month", N_("months"), _half_week, _half_week_day, _month_and_year, _fortnight),
    Scale("quarter", N_("quarters"), lambda n: (n - 1) // 7, lambda c: c * 7 + 1, _quarter, _month_name),
    Scale("year", N_("years"), _month, _month_day, _year, _quarter_name),
)
"""From near to far. Two columns a day, one a day, two a week, one a week, one a month."""


def fitting(first: date, last: date, width: int) -> int:
    """The nearest scale in which all from `first` to `last` has room in `width` columns; the farthest where none has."""
    for place, scale in enumerate(SCALES):
        if scale.last_column(last) - scale.column(first) < width:
            return place
    return len(SCALES) - 1


def head(scale: Scale, origin: int, width: int) -> tuple[str, str]:
    """The two lines over a chart of `width` columns that begins with column `origin`."""
    days = [scale.first_day(column) for column in range(origin, origin + width)]
    upper = [(names, room, 0) for names, room in _runs([scale.upper(day) for day in days])]
    lower = _evenly(list(_runs([scale.lower(day) for day in days])))
    return "".join(_fitted(*each) for each in upper), "".join(_fitted(*each) for each in lower)


def _evenly(runs: list[tuple[Labels, int]]) -> list[tuple[Labels, int, int]]:
    """Periods that follow each other in one form: the fullest for which all have room that are seen whole."""
    form = max((_form(names, room) for names, room in runs[1:-1]), default=0)
    return [(names, room, form) for names, room in runs]


def _form(names: Labels, room: int) -> int:
    """Which of its labels a period has room for, with a blank after it."""
    return next((place for place, name in enumerate(names) if len(name) < room), len(names) - 1)


def _runs(labels: Sequence[Labels]) -> Iterator[tuple[Labels, int]]:
    """Equal neighbours with how many they are."""
    start = 0
    for place in range(1, len(labels) + 1):
        if place == len(labels) or labels[place] != labels[start]:
            yield labels[start], place - start
            start = place


def _fitted(names: Labels, room: int, form: int) -> str:
    """A period's label where it begins, as full as it fits from that form on; nothing where none fits."""
    found = next((name for name in names[form:] if len(name) < room), "")
    return found.ljust(room)
