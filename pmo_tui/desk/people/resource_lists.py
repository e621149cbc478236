"""The computed lists of the resource sheet: everybody who can be booked, and who is on too many projects at once."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from pmo_tui.analysis.availability import hours, weekly_hours
from pmo_tui.desk.people.allocation import COLUMNS
from pmo_tui.desk.views.lists import ListDefinition, Values, fields_named
from pmo_tui.records import fields as f
from pmo_tui.records.base import NODES
from pmo_tui.records.marks import N_

if TYPE_CHECKING:
    from pmo_tui.desk.desk import Desk
    from pmo_tui.desk.people.sheet import Row
    from pmo_tui.desk.people.workforce import Worker

KINDS = (N_("named"), N_("placeholder"), N_("system"))
PERSONAL = ("function", "unit", "skills", "fte", "paid_by", "supplier", "calendar", "start", "finish")
"""Fields of people that the list shows as they are; systems have none of them."""


def resource_rows(desk: Desk) -> list[Values]:
    """Everybody and every system by name, with the load of this week and of the 26 from it on."""
    sheet = desk.allocation.sheet()
    workforce = desk.allocation.workforce
    today = desk.today()
    rows = []
    for key, who in sorted(workforce.workers.items(), key=lambda pair: (pair[1].name.casefold(), pair[0])):
        coming = [each.project for each in workforce.bookings.get(key, ()) if each.finish >= today]
        place = sheet.places.get(key)
        ahead = {} if place is None else _ahead(sheet.rows[place], [week.name for week in sheet.periods])
        rows.append(_resource(key, who) | {"projects": list(dict.fromkeys(coming))} | ahead)
    return rows


def _resource(key: str, who: Worker) -> Values:
    kind = "system" if key.startswith("SYS-") else str(who.kind)
    plain = {name: getattr(who, name, None) for name in PERSONAL}
    return {"key": key, "name": who.name, "kind": kind, "hours": weekly_hours(who), "person": key, **plain}


def _ahead(row: Row, weeks: list[str]) -> dict[str, Any]:
    """The load of the first week, and what the weeks together hold."""
    now = row.cells[0]
    too_full = [week for week, cell in zip(weeks, row.cells, strict=True) if cell.alarm]
    return {
        "booked": now.hours,
        "percent": now.percent,
        "free": hours(now.free),
        "weeks_over": row.alarms,
        "over": hours(row.over),
        "first_over": too_full[0] if too_full else None,
    }


RESOURCES = ListDefinition(
    "resources",
    N_("Resources"),
    fields_named(
        key=f.text(N_("Key"), 8, shown=True),
        name=f.text(N_("Name"), 22, shown=True, personal=True),
        kind=f.choice(N_("Kind"), *KINDS),
        function=f.text(N_("Function"), 16, shown=True),
        unit=f.text(N_("Unit"), 12, shown=True),
        skills=f.text(N_("Skills"), 16),
        projects=f.several(N_("Projects"), *NODES, help="booked on, now or later", computed=True),
        hours=f.hours(N_("Hours a week"), computed=True),
        fte=f.number(N_("FTE")),
        booked=f.hours(N_("Booked"), shown=True, help="this week", computed=True),
        percent=f.percent(N_("Per cent"), None, None, shown=True, help="this week", computed=True),
        free=f.hours(N_("Free"), help="this week", computed=True),
        weeks_over=f.integer(N_("Weeks over"), shown=True, help="of the 26 from this week on", computed=True),
        over=f.hours(N_("Over"), help="the most that one of these weeks is over", computed=True),
        first_over=f.text(N_("First over"), 8, help="the first of these weeks", computed=True),
        paid_by=f.choice(N_("Paid by"), "payroll", "invoice"),
        supplier=f.ref(N_("Supplier"), "suppliers"),
        calendar=f.ref(N_("Calendar"), "calendars"),
        start=f.day(N_("From")),
        finish=f.day(N_("Until")),
        person=f.ref(N_("Opens"), "people", "systems", computed=True),
    ),
    resource_rows,
    lambda row: str(row["key"]),
)


def crowd_rows(desk: Desk) -> list[Values]:
    """When somebody is on more projects at once than is sensible, in the 26 weeks from today."""
    today = desk.today()
    found = desk.allocation.crowds(today, today + timedelta(weeks=COLUMNS))
    workers = desk.allocation.workforce.workers
    return [
        {
            "person": each.person,
            "start": each.start,
            "finish": each.finish,
            "count": len(each.projects),
            "projects": list(each.projects),
            "function": getattr(workers.get(each.person), "function", None),
            "unit": getattr(workers.get(each.person), "unit", None),
        }
        for each in found
    ]


CROWDS = ListDefinition(
    "crowds",
    N_("Projects at once"),
    fields_named(
        person=f.ref(N_("Person"), "people", shown=True),
        start=f.day(N_("From"), shown=True),
        finish=f.day(N_("Until"), shown=True),
        count=f.integer(N_("Projects"), shown=True, width=9, help="more at once than the configuration has it"),
        projects=f.several(N_("Which"), *NODES, shown=True, width=28),
        function=f.text(N_("Function"), 16),
        unit=f.text(N_("Unit"), 12),
    ),
    crowd_rows,
    lambda row: str(row["person"]),
    identity=("person", "start"),
)
