"""In what the cells of the sheet are counted: hours, per cent of what somebody can work, full-time equivalents."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from pmo_tui.analysis.allocation import Cell
from pmo_tui.analysis.availability import Week, hours, week_of
from pmo_tui.analysis.periods import DAYS_IN_WEEK, Period
from pmo_tui.analysis.staffing import Load, full_time
from pmo_tui.records.marks import N_

if TYPE_CHECKING:
    from pmo_tui.desk.people.workforce import Worker

Unit = Literal["hours", "percent", "fte"]
UNITS: tuple[Unit, ...] = ("hours", "percent", "fte")
UNIT_NAMES: dict[Unit, str] = {"hours": N_("hours"), "percent": N_("per cent"), "fte": N_("FTE")}


def amount(cell: Cell, period: Period, unit: Unit) -> Decimal | None:
    """What is booked in a cell; None for a per cent of nothing, and for an FTE of a period without a working day."""
    if unit == "hours":
        return cell.hours
    return cell.percent if unit == "percent" else Load(cell.booked, full_time(period)).fte


def available(cell: Cell, period: Period, unit: Unit) -> Decimal | None:
    """What can be worked in a cell, in hours or FTE; for a per cent in hours too, of which it is one."""
    return Load(cell.available, full_time(period)).fte if unit == "fte" else hours(cell.available)


def usual(who: Worker, period: Period) -> int:
    """What somebody would work in a period without days off, absences and dates of employment, in seconds."""
    return _usual(week_of(who), period.start.toordinal(), period.finish.toordinal())


@lru_cache(maxsize=1 << 12)
def _usual(week: Week, first: int, last: int) -> int:
    return sum(week[(day - 1) % DAYS_IN_WEEK] for day in range(first, last + 1))
