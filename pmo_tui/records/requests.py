"""Requests for people: the officer asks, a resource manager proposes and books."""

from datetime import date
from decimal import Decimal
from typing import Annotated, ClassVar

from pmo_tui.records import fields as f
from pmo_tui.records.base import NODES, Record, record
from pmo_tui.records.marks import N_

REQUEST_STATUSES = ("draft", "submitted", "proposed", "booked", "rejected", "released")
"""Draft until it is sent; proposed when somebody is named; booked when the booking stands; released when no longer needed."""
OPEN_STATUSES = frozenset({"submitted", "proposed"})
"""Requests that somebody still has to answer."""


@record
class Request(Record):
    """Somebody asked for: a role or skill for so many hours a week in a period. A per cent typed is one of full time.

    `person` is who was proposed for it, or asked for by name; `booking` the one that answers it.
    """

    title_field: ClassVar[str] = "role"
    natural_order: ClassVar[str] = "needed_by"

    role: Annotated[str, f.text(N_("Role"), 20, shown=True)]
    skills: Annotated[str | None, f.text(N_("Skills"), 18)] = None
    project: Annotated[str, f.ref(N_("Project"), *NODES, shown=True)]
    start: Annotated[date, f.day(N_("Start"), shown=True)]
    finish: Annotated[date, f.day(N_("Finish"), shown=True)]
    hours_per_week: Annotated[Decimal, f.hours(N_("Hours a week"), shown=True)]
    needed_by: Annotated[date | None, f.day(N_("Answer needed by"), shown=True)] = None
    status: Annotated[str, f.choice(N_("Status"), *REQUEST_STATUSES, shown=True)] = "draft"
    person: Annotated[str | None, f.ref(N_("Person proposed"), "people", shown=True)] = None
    booking: Annotated[str | None, f.ref(N_("Booking"), "bookings")] = None
    location: Annotated[str | None, f.text(N_("Location"), 14)] = None
    max_rate: Annotated[Decimal | None, f.money(N_("Highest rate an hour"))] = None
    currency: Annotated[str, f.currency()] = "EUR"
    requested_by: Annotated[str | None, f.ref(N_("Requested by"), "people")] = None
    requested_on: Annotated[date | None, f.day(N_("Requested on"))] = None
