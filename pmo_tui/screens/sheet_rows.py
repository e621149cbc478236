"""The sheet of the desk as its table shows it: figures in four columns, marks, the words for periods and cells."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from pmo_tui.analysis.allocation import Cell
from pmo_tui.analysis.availability import hours
from pmo_tui.analysis.periods import Period
from pmo_tui.desk.people.sheet_units import UNIT_NAMES, Unit, amount, available, usual
from pmo_tui.records.marks import N_
from pmo_tui.records.registers import register_of
from pmo_tui.widgets.sheet import AFTER, AWAY, BEFORE, NOBODY, OVER, SOFT, SheetCell, SheetPeriod
from pmo_tui.wording.languages import _, current, ngettext
from pmo_tui.wording.numbers import format_number, round_half_up
from pmo_tui.wording.safe import safe
from pmo_tui.wording.shown_days import format_date

if TYPE_CHECKING:
    from pmo_tui.desk.desk import Desk
    from pmo_tui.desk.people.sheet import Row, Sheet

INSIDE = {"day": N_("d"), "week": N_("w")}
"""The letter of an alarm inside the period: on a day, in a week."""
NOTHING = "·"
FIGURE = 4
"""Columns that a figure may take."""


class PeopleRows:
    """Rows for the table of a sheet; a row's cells are made when they are painted."""

    def __init__(self, sheet: Sheet, unit: Unit) -> None:
        self.sheet = sheet
        self.unit = unit

    def __len__(self) -> int:
        return len(self.sheet.rows)

    def key(self, i: int) -> str:
        """The person's key."""
        return self.sheet.rows[i].key

    def index(self, key: str) -> int | None:
        """The row of a person."""
        return self.sheet.places.get(key)

    def name(self, i: int) -> str:
        """What the person is called."""
        return safe(self.sheet.rows[i].name)

    def detail(self, i: int) -> str:
        """The function; of what is no person that it is a system or a placeholder."""
        who = self.sheet.rows[i].who
        kind = _("system") if self.sheet.rows[i].key.startswith("SYS-") else _(str(who.kind))
        return kind if kind != _("named") else safe(getattr(who, "function", None))

    def figures(self, i: int, first: int, last: int) -> list[SheetCell]:
        """The cells of a row."""
        row, periods = self.sheet.rows[i], self.sheet.periods
        return [self._cell(row, row.cells[place], periods[place]) for place in range(first, last + 1)]

    def _cell(self, row: Row, cell: Cell, period: Period) -> SheetCell:
        alarm = OVER if cell.alarm == period.granularity else _(INSIDE[cell.alarm]) if cell.alarm else ""
        away = cell.available < usual(row.who, period)
        return SheetCell(figure_of(cell, period, self.unit), alarm, cell.soft > 0, away, tone_of(cell, period))

    def alarms(self, i: int) -> tuple[int, int] | None:
        """The first and the last period in which somebody has too much."""
        found = [place for place, cell in enumerate(self.sheet.rows[i].cells) if cell.alarm]
        return (found[0], found[-1]) if found else None

    def totals(self, first: int, last: int) -> list[tuple[str, list[SheetCell]]]:
        """What the named people have together: booked, and available."""
        shown = list(zip(self.sheet.total, self.sheet.periods, strict=True))[first : last + 1]
        booked, there = [], []
        for cell, period in shown:
            over = cell.booked > cell.available
            booked.append(
                SheetCell(
                    short(amount(cell, period, self.unit)), OVER if over else "", tone="red" if over else "strong"
                )
            )
            there.append(SheetCell(short(available(cell, period, self.unit)), tone="faint"))
        label = _("Available (h)") if self.unit == "percent" else _("Available")
        return [(_("Booked"), booked), (label, there)]

    def cells(self, i: int, names: Sequence[str]) -> list[str]:
        """Some columns as text: the name, or what is booked in a period, in full precision."""
        row = self.sheet.rows[i]
        places = {period.name: place for place, period in enumerate(self.sheet.periods)}
        return [self._text(row, places[name]) if name in places else safe(row.name) for name in names]

    def _text(self, row: Row, place: int) -> str:
        value = amount(row.cells[place], self.sheet.periods[place], self.unit)
        return "" if value is None else format_number(value)

    def tones(self, i: int, names: Sequence[str]) -> list[str]:
        """Nothing is stressed in text."""
        return [""] * len(names)


def figure_of(cell: Cell, period: Period, unit: Unit) -> str:
    """What is booked, in at most four columns; hours where there is no share of nothing, a point or dash where nothing is booked."""
    if not cell.booked and not cell.soft:
        return NOTHING if cell.available else NOBODY
    value = amount(cell, period, unit)
    return short(value) if value is not None else f"{short(cell.hours)[: FIGURE - 1]}{current().hour}"


def tone_of(cell: Cell, period: Period) -> str:
    """What stresses a cell."""
    if cell.alarm:
        return "red" if cell.alarm == period.granularity else "amber"
    if not cell.available:
        return "grey"
    return "blue" if cell.soft else "faint" if not cell.booked else ""


def short(value: Decimal | None) -> str:
    """A number in at most four columns: with as many decimals as fit, in thousands from ten thousand on."""
    if value is None:
        return NOBODY
    for places in (2, 1, 0):
        text = format_number(round_half_up(value, places))
        if len(text) <= FIGURE:
            return text
    whole = f"{round_half_up(value, 0):f}"
    return whole if len(whole) <= FIGURE else f"{round_half_up(value / 1000, 0):f}k"


# ---- words ---------------------------------------------------------------------------------------------------------------


def shown_period(period: Period, today: date) -> SheetPeriod:
    """A period as a column."""
    language, day = current(), period.start
    now = period.start <= today <= period.finish
    month = language.months_short[day.month - 1]
    if period.granularity == "month":
        return SheetPeriod(period.name, month, str(day.year), f"{day.year % 100:02}", now)
    if period.granularity == "week":
        return SheetPeriod(period.name, format_date(day, "week"), f"{month} {day.year}", month, now)
    monday = day - timedelta(days=day.weekday())
    week, month = format_date(day, "week"), language.months_short[monday.month - 1]
    label = f"{language.weekdays_short[day.weekday()][:2]} {day.day}"
    return SheetPeriod(period.name, label, f"{week} · {month} {monday.year}", week, now)


def period_words(period: Period) -> str:
    """`w50 7–13 Dec`, `Mon 7 Dec 2026`, `Dec 2026`."""
    if period.granularity == "day":
        return format_date(period.start, "long")
    if period.granularity == "month":
        return f"{current().months_short[period.start.month - 1]} {period.start.year}"
    start, finish = format_date(period.start, "short"), format_date(period.finish, "short")
    days = f"{period.start.day}–{finish}" if period.start.month == period.finish.month else f"{start} – {finish}"
    return f"{format_date(period.start, 'week')} {days}"


def load_words(cell: Cell) -> str:
    """`36 of 32 h, 112.5%, 4 h over, soft 4 of 8 h`: of soft bookings what counts by their probability, and what they are in full."""
    hour = current().hour
    words = _("{booked} of {available} {hour}")
    parts = [words.format(booked=format_number(cell.hours), available=format_number(hours(cell.available)), hour=hour)]
    if cell.percent is not None:
        parts.append(f"{format_number(cell.percent)}%")
    if cell.over:
        parts.append(_("{hours} over").format(hours=_hours(cell.over)))
    elif cell.alarm == "day":
        parts.append(_("too much on a day"))
    elif cell.alarm:
        parts.append(_("too much in a week"))
    elif cell.free:
        parts.append(_("{hours} free").format(hours=_hours(cell.free)))
    if cell.soft:
        counted = format_number(hours(cell.booked - cell.hard))
        parts.append(_("soft {counted} of {full}").format(counted=counted, full=_hours(cell.soft)))
    return ", ".join(parts)


def _hours(amount_: int) -> str:
    return f"{format_number(hours(amount_))} {current().hour}"


def cell_words(sheet: Sheet, row: Row, place: int) -> str:
    """A cell in words: the period, its load, what somebody usually works where it is more, what is booked inside the scope."""
    period, cell = sheet.periods[place], row.cells[place]
    parts = [f"{period_words(period)}: {load_words(cell)}"]
    normal = usual(row.who, period)
    if cell.available < normal:
        parts.append(_("usually {hours}").format(hours=_hours(normal)))
    if sheet.scope.project:
        parts.append(_("{hours} in this scope").format(hours=_hours(row.inside[place])))
    return "; ".join(parts)


def total_words(sheet: Sheet, place: int) -> str:
    """What all named people of a sheet have together in a period, in words."""
    return f"{period_words(sheet.periods[place])}: {load_words(sheet.total[place])}"


def corner_words(sheet: Sheet, unit: Unit) -> tuple[str, ...]:
    """How many people are shown, in what, and how many systems with them; the last form is for a narrow screen and leaves the systems out."""
    people = sum(1 for row in sheet.rows if row.key.startswith("PER-"))
    systems = len(sheet.rows) - people
    words = _("{count} people · {unit}").format(count=format_number(people), unit=_(UNIT_NAMES[unit]))
    if not systems:
        return (words,)
    told = ngettext("{count} system", "{count} systems", systems).format(count=format_number(systems))
    return (f"{words} · {told}", words)


def legend() -> list[tuple[str, str]]:
    """The signs of the sheet with their meaning."""
    return [
        (f"36{OVER}", _("more is booked in the period than can be worked")),
        (f"36{_(INSIDE['day'])}  36{_(INSIDE['week'])}", _("the period is calm, a day or a week in it is not")),
        (f"20{SOFT}", _("a part is booked softly; it counts by its probability")),
        (f"16{AWAY}", _("less can be worked than usual: days off, absence, not employed")),
        (f"{NOTHING}  {NOBODY}", _("nothing is booked; nothing can be worked either")),
        (f"{BEFORE} {AFTER}", _("too much in a period out of sight")),
    ]


def typed_name(desk: Desk, key: str) -> str:
    """How a form names a record: by what it is called where nothing else is called so, or else by its key."""
    title = desk.title(key)
    return title if desk.lookup.named(title, (register_of(key).name,)) == [key] else key
