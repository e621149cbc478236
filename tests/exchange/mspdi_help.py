"""Small plans in MS Project's XML, made for the tests, and what reading them gives."""

from __future__ import annotations

from typing import Any
from xml.sax.saxutils import escape

from pmo_tui.exchange import mspdi
from pmo_tui.exchange.incoming import Batch, Incoming, To

NAMESPACE = "http://schemas.microsoft.com/project"
OFFICE = "08:00 12:00 13:00 17:00"


def tag(name: str, *inside: str, **values: object) -> str:
    """An element: `values` are its simple children, None left out, `inside` is XML put after them."""
    simple = "".join(f"<{key}>{escape(str(value))}</{key}>" for key, value in values.items() if value is not None)
    return f"<{name}>{simple}{''.join(inside)}</{name}>"


def task(uid: int, name: str = "", *inside: str, **values: object) -> str:
    """A task of one day, in the row of its UID, unless `values` say otherwise."""
    usual: dict[str, object] = {
        "UID": uid, "ID": uid, "Name": name or f"Task {uid}", "IsNull": 0, "OutlineLevel": 1,
        "Start": "2026-03-02T08:00:00", "Finish": "2026-03-02T17:00:00", "Duration": "PT8H0M0S", "DurationFormat": 7,
    }  # fmt: skip
    return tag("Task", *inside, **(usual | values))


def link(uid: int, **values: object) -> str:
    """A predecessor."""
    return tag("PredecessorLink", PredecessorUID=uid, **values)


def times(hours: str) -> str:
    """`08:00 12:00 13:00 17:00` as working times."""
    clocks = hours.split()
    pairs = zip(clocks[::2], clocks[1::2], strict=True)
    shifts = [tag("WorkingTime", FromTime=f"{first}:00", ToTime=f"{last}:00") for first, last in pairs]
    return tag("WorkingTimes", *shifts)


def weekday(kind: int, hours: str | None = OFFICE) -> str:
    """A weekday, 1 being Sunday; no hours is a day off."""
    return tag("WeekDay", times(hours) if hours else "", DayType=kind, DayWorking=int(bool(hours)))


def office_week(*, without: int = 0) -> str:
    """Monday to Friday with office hours."""
    return tag("WeekDays", *(weekday(kind, None if kind in (1, 7, without) else OFFICE) for kind in range(1, 8)))


def period(first: str, last: str) -> str:
    """Whole days, as MS Project writes them."""
    return tag("TimePeriod", FromDate=f"{first}T00:00:00", ToDate=f"{last}T23:59:00")


def exception(first: str, last: str, hours: str = "", **values: object) -> str:
    """Days that differ."""
    return tag("Exception", period(first, last), times(hours) if hours else "", DayWorking=int(bool(hours)), **values)


def calendar(uid: int, name: str, *inside: str, **values: object) -> str:
    """A base calendar, unless `values` say otherwise."""
    return tag("Calendar", *inside, **({"UID": uid, "Name": name, "IsBaseCalendar": 1} | values))


def plan(
    *tasks: str, calendars: str = "", resources: str = "", assignments: str = "", inside: str = "", **head: object
) -> bytes:
    """A whole file."""
    values: dict[str, object] = {
        "Title": "Harbour", "CalendarUID": 1, "MinutesPerDay": 480, "MinutesPerWeek": 2400, "DaysPerMonth": 20,
        "DurationFormat": 7, "CurrencyCode": "EUR",
    }  # fmt: skip
    sections = [
        inside, tag("Calendars", calendars or calendar(1, "Standard", office_week())), tag("Tasks", *tasks),
        tag("Resources", resources), tag("Assignments", assignments),
    ]  # fmt: skip
    whole = tag("Project", *sections, **(values | head)).replace("<Project>", f'<Project xmlns="{NAMESPACE}">', 1)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{whole}'.encode()


def read(data: bytes, project: str | None = None) -> Batch:
    """The batch of a file without faults."""
    batch = mspdi.read(data, "plan.xml", project=project)
    assert batch.problems == []
    return batch


def problems(data: bytes) -> list[str]:
    """What is wrong with a file, in words."""
    return [str(problem) for problem in mspdi.read(data, "plan.xml").problems]


def of(batch: Batch, register: str) -> list[Incoming]:
    """The records for a register, in order."""
    return [incoming for incoming in batch.records if incoming.register == register]


def tasks_of(batch: Batch) -> dict[int, dict[str, Any]]:
    """The values of the tasks by UID, in order."""
    return {int(incoming.source_key.rpartition("#")[2]): incoming.values for incoming in of(batch, "tasks")}


def one_task(name: str = "", *inside: str, **values: object) -> dict[str, Any]:
    """The values of a single task."""
    return tasks_of(read(plan(task(1, name, *inside, **values))))[1]


def to(word: str) -> To:
    """The record of this file that it calls so."""
    return To(f"msproject:plan.xml#{word}")
