"""People, systems that are booked like people, bookings and absences."""

from datetime import date
from decimal import Decimal
from typing import Annotated, ClassVar

from pmo_tui.records import fields as f
from pmo_tui.records.base import NODES, Record, record
from pmo_tui.records.fields import Field
from pmo_tui.records.marks import N_

PATTERN = r"\d+(\.\d+)?( \d+(\.\d+)?){6}"
PATTERN_HELP = "a working pattern is seven numbers, the hours of Monday to Sunday, such as 8 8 8 8 0 0 0"
FULL_TIME = "8 8 8 8 8 0 0"
FULL_TIME_HOURS = Decimal(40)
"""What a full-time equivalent works in a week."""


@record
class Person(Record):
    """Somebody who works on projects, named or a placeholder for a role. `pattern` is the hours of Monday to Sunday."""

    name: Annotated[str, f.text(N_("Name"), 26, shown=True, personal=True)]
    function: Annotated[str | None, f.text(N_("Function"), 20, shown=True)] = None
    skills: Annotated[str | None, f.text(N_("Skills"), 20)] = None
    unit: Annotated[str | None, f.text(N_("Unit"), 14, shown=True)] = None
    email: Annotated[str | None, f.text(N_("E-mail"), 24, personal=True)] = None
    fte: Annotated[Decimal, f.number(N_("FTE"), 0, 10, shown=True)] = Decimal(1)
    pattern: Annotated[str, f.text(N_("Pattern"), 16, pattern=PATTERN, help=PATTERN_HELP)] = FULL_TIME
    calendar: Annotated[str | None, f.ref(N_("Calendar"), "calendars")] = None
    kind: Annotated[str, f.choice(N_("Kind"), "named", "placeholder", shown=True)] = "named"
    paid_by: Annotated[str, f.choice(N_("Paid by"), "payroll", "invoice")] = "payroll"
    supplier: Annotated[str | None, f.ref(N_("Supplier"), "suppliers")] = None
    rate: Annotated[Decimal | None, f.money(N_("Rate an hour"), "rate_currency")] = None
    rate_currency: Annotated[str, f.text(N_("Rate currency"), 4, pattern="[A-Z]{3}")] = "EUR"
    login: Annotated[str | None, f.text(N_("Login"), 12, personal=True)] = None
    start: Annotated[date | None, f.day(N_("From"))] = None
    finish: Annotated[date | None, f.day(N_("Until"))] = None


@record
class System(Record):
    """A test environment, a room of machines, a licence: something that only so many can use at once."""

    name: Annotated[str, f.text(N_("Name"), 26, shown=True)]
    kind: Annotated[str | None, f.text(N_("Kind"), 16, shown=True)] = None
    owner: Annotated[str | None, f.ref(N_("Owner"), "people", shown=True)] = None
    capacity: Annotated[Decimal, f.hours(N_("Hours a week"), shown=True)] = Decimal(40)


@record
class Booking(Record):
    """Somebody (or a system) booked on a project for a period: `hours_per_week`, hard or soft with its probability."""

    title_field: ClassVar[str] = "person"
    computed: ClassVar[dict[str, Field]] = {
        "percent": f.percent(N_("Per cent"), None, None, computed=True, shown=True, help="of the person's own week"),
    }

    person: Annotated[str, f.ref(N_("Person"), "people", "systems", shown=True)]
    project: Annotated[str, f.ref(N_("Project"), *NODES, shown=True)]
    task: Annotated[str | None, f.ref(N_("Task"), "tasks")] = None
    role: Annotated[str | None, f.text(N_("Role"), 18, shown=True)] = None
    start: Annotated[date, f.day(N_("Start"), shown=True)]
    finish: Annotated[date, f.day(N_("Finish"), shown=True)]
    hours_per_week: Annotated[Decimal, f.hours(N_("Hours a week"), share_of="person", shown=True)]
    work: Annotated[str | None, f.duration(N_("Work"))] = None
    status: Annotated[str, f.choice(N_("Status"), "hard", "soft", shown=True)] = "hard"
    probability: Annotated[Decimal, f.percent(N_("Probability"))] = Decimal(100)


@record
class Absence(Record):
    """Days somebody is away. It has no reason, and no notes either: why is nobody's business here."""

    title_field: ClassVar[str] = "person"
    without: ClassVar[tuple[str, ...]] = ("notes", "tags")

    person: Annotated[str, f.ref(N_("Person"), "people", shown=True, personal=True)]
    start: Annotated[date, f.day(N_("First day"), shown=True)]
    finish: Annotated[date, f.day(N_("Last day"), shown=True)]
    hours_per_day: Annotated[Decimal | None, f.number(N_("Hours a day"), 0, 24, shown=True)] = None
