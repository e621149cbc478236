"""Days on which something was: a task's start and finish as they came about lie today or before."""

from __future__ import annotations

from datetime import date

from pmo_tui.records.base import Record
from pmo_tui.records.errors import Problem, Said
from pmo_tui.records.marks import N_
from pmo_tui.records.planning import Task

FACTS = ("actual_start", "actual_finish")


def still_to_come(day: date, today: date) -> Said | None:
    """Why a day cannot be one on which something was; None where it can."""
    if day <= today:
        return None
    return Said(N_("{day} is still to come; a start or a finish goes on record once it is there"), {"day": day})


def problems(record: Record, before: Record | None, today: date) -> list[Problem]:
    """A problem for each fact of a task that is given a day to come; one that stood there before is left alone."""
    if not isinstance(record, Task):
        return []
    found = []
    for name in FACTS:
        day = getattr(record, name)
        said = None if day is None or day == getattr(before, name, None) else still_to_come(day, today)
        if said is not None:
            found.append(Problem(said, name))
    return found
