"""Working calendars: the hours of each weekday and the days that differ."""

from dataclasses import field
from datetime import date
from decimal import Decimal
from typing import Annotated

from pmo_tui.records import fields as f
from pmo_tui.records.base import Record, Row, record
from pmo_tui.records.marks import N_

SHIFTS = r"(\d\d:\d\d-\d\d:\d\d( \d\d:\d\d-\d\d:\d\d)*)?"
SHIFTS_HELP = "working hours look like 08:00-12:00 13:00-17:00; empty is a day off"
OFFICE_DAY = "08:00-12:00 13:00-17:00"


@record
class CalendarException(Row):
    """Days that differ from the week: a holiday (no hours) or an extra working day. `finish` is the last day itself."""

    name: Annotated[str | None, f.text(N_("Name"))] = None
    start: Annotated[date, f.day(N_("First day"))]
    finish: Annotated[date, f.day(N_("Last day"))]
    hours: Annotated[str, f.text(N_("Hours"), 24, pattern=SHIFTS, help=SHIFTS_HELP)] = ""


@record
class Calendar(Record):
    """A working calendar. A weekday left empty is as in `base`; without a base it is a day off.

    `hours_per_day`, `hours_per_week` and `days_per_month` turn `5d`, `2w` and `1mo` into working hours, as planners do.
    """

    name: Annotated[str, f.text(N_("Name"), 24, shown=True)]
    base: Annotated[str | None, f.ref(N_("Based on"), "calendars", shown=True)] = None
    monday: Annotated[str | None, f.text(N_("Monday"), 24, pattern=SHIFTS, help=SHIFTS_HELP)] = None
    tuesday: Annotated[str | None, f.text(N_("Tuesday"), 24, pattern=SHIFTS, help=SHIFTS_HELP)] = None
    wednesday: Annotated[str | None, f.text(N_("Wednesday"), 24, pattern=SHIFTS, help=SHIFTS_HELP)] = None
    thursday: Annotated[str | None, f.text(N_("Thursday"), 24, pattern=SHIFTS, help=SHIFTS_HELP)] = None
    friday: Annotated[str | None, f.text(N_("Friday"), 24, pattern=SHIFTS, help=SHIFTS_HELP)] = None
    saturday: Annotated[str | None, f.text(N_("Saturday"), 24, pattern=SHIFTS, help=SHIFTS_HELP)] = None
    sunday: Annotated[str | None, f.text(N_("Sunday"), 24, pattern=SHIFTS, help=SHIFTS_HELP)] = None
    hours_per_day: Annotated[Decimal, f.number(N_("Hours a day"), 0, 24, shown=True)] = Decimal(8)
    hours_per_week: Annotated[Decimal, f.number(N_("Hours a week"), 0, 168, shown=True)] = Decimal(40)
    days_per_month: Annotated[Decimal, f.number(N_("Days a month"), 0, 31)] = Decimal(20)
    exceptions: Annotated[list[CalendarException], f.rows(N_("Exceptions"), shown=True)] = field(default_factory=list)
