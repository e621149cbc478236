"""What somebody is booked on in one period, as a list: the largest part first, with who booked it and when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pmo_tui.analysis.periods import Period
from pmo_tui.desk.people.allocation import CauseLine
from pmo_tui.desk.views.lists import ListDefinition, Values, fields_named
from pmo_tui.records import fields as f
from pmo_tui.records.base import NODES
from pmo_tui.records.marks import N_

if TYPE_CHECKING:
    from pmo_tui.desk.desk import Desk

FIELDS = fields_named(
    project=f.ref(N_("Project"), *NODES, shown=True),
    title=f.text(N_("Name"), 20, shown=True, computed=True),
    hours=f.hours(
        N_("Hours"), width=6, shown=True, help="in the period; a soft booking by its probability", computed=True
    ),
    by=f.text(N_("Booked by"), 10, shown=True, help="who wrote the booking last", computed=True),
    written=f.day(N_("On"), shown=True, help="when it was written last", computed=True),
    status=f.choice(N_("Status"), "hard", "soft", width=6, shown=True),
    probability=f.percent(N_("Probability"), width=5, shown=True, help="of a soft booking"),
    start=f.day(N_("Start"), shown=True),
    finish=f.day(N_("Finish"), shown=True),
    hours_per_week=f.hours(N_("Hours a week"), shown=True),
    role=f.text(N_("Role"), 16),
    full=f.hours(N_("In full"), help="in the period, whatever the probability", computed=True),
    booking=f.ref(N_("Booking"), "bookings", width=8, computed=True),
)


def causes_of(who: str, period: Period) -> ListDefinition:
    """The list for one person or system and one period. Its rows are bookings, their hours add up to what is booked."""

    def rows(desk: Desk) -> list[Values]:
        return [_row(desk, each) for each in desk.allocation.causes(who, period)]

    name = f"causes {who} {period.name}"
    return ListDefinition(name, N_("Causes"), FIELDS, rows, lambda row: str(row["booking"]), identity=("booking",))


def _row(desk: Desk, line: CauseLine) -> Values:
    booking, written = line.booking, line.written
    return {
        "booking": booking.key,
        "project": booking.project,
        "title": desk.title(booking.project),
        "hours": line.hours,
        "full": line.full,
        "by": desk.title(desk.person(written.author)) if written else None,
        "written": written.time.astimezone().date() if written else None,
        "status": booking.status,
        "probability": booking.probability if booking.status == "soft" else None,
        "role": booking.role,
        "start": booking.start,
        "finish": booking.finish,
        "hours_per_week": booking.hours_per_week,
    }
