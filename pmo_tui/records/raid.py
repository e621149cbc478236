"""The RAID log: risks, issues, actions, decisions."""

from datetime import date
from decimal import Decimal
from typing import Annotated, ClassVar

from pmo_tui.records import fields as f
from pmo_tui.records.base import NODES, Record, record
from pmo_tui.records.fields import Field
from pmo_tui.records.marks import N_

RISK_STATUSES = ("identified", "assessed", "planned", "monitoring", "occurred", "closed")
RESPONSES = (
    "avoid", "reduce", "transfer", "share", "accept", "prepare",
    "exploit", "enhance", "reject",
)  # fmt: skip
BANDS = ("low", "medium", "high", "very_high")
TRENDS = ("up", "down", "same", "new")
SCORE = {"low": 1, "high": 5}


@record
class Risk(Record):
    """A threat or an opportunity. Probability and impact are 1 to 5: as it stands now, and as it came in and should become."""

    title_field: ClassVar[str] = "title"
    computed: ClassVar[dict[str, Field]] = {
        "score": f.integer(N_("Score"), computed=True, shown=True, help="probability × impact"),
        "inherent_score": f.integer(N_("Inherent score"), computed=True),
        "target_score": f.integer(N_("Target score"), computed=True),
        "band": f.choice(N_("Band"), *BANDS, width=9, computed=True),
        "trend": f.choice(
            N_("Trend"), *TRENDS, width=5, computed=True, help="how the score moved in the last four weeks"
        ),
        "emv": f.money(N_("Expected value"), computed=True, help="probability × impact in money"),
    }

    title: Annotated[str, f.text(N_("Title"), 32, shown=True)]
    project: Annotated[str | None, f.ref(N_("Project"), *NODES, shown=True)] = None
    kind: Annotated[str, f.choice(N_("Kind"), "threat", "opportunity")] = "threat"
    cause: Annotated[str | None, f.long(N_("Cause"))] = None
    event: Annotated[str | None, f.long(N_("Event"))] = None
    effect: Annotated[str | None, f.long(N_("Effect"))] = None
    category: Annotated[str | None, f.text(N_("Category"), 14)] = None
    probability: Annotated[int | None, f.integer(N_("Probability"), **SCORE, width=4, shown=True)] = None
    impact: Annotated[int | None, f.integer(N_("Impact"), **SCORE, width=4, shown=True)] = None
    inherent_probability: Annotated[int | None, f.integer(N_("Inherent probability"), **SCORE)] = None
    inherent_impact: Annotated[int | None, f.integer(N_("Inherent impact"), **SCORE)] = None
    target_probability: Annotated[int | None, f.integer(N_("Target probability"), **SCORE)] = None
    target_impact: Annotated[int | None, f.integer(N_("Target impact"), **SCORE)] = None
    owner: Annotated[str | None, f.ref(N_("Owner"), "people", shown=True)] = None
    reported_by: Annotated[str | None, f.ref(N_("Reported by"), "people")] = None
    source: Annotated[str | None, f.text(N_("Source"), 14)] = None
    status: Annotated[str, f.choice(N_("Status"), *RISK_STATUSES, shown=True)] = "identified"
    response: Annotated[str | None, f.choice(N_("Response"), *RESPONSES)] = None
    response_plan: Annotated[str | None, f.long(N_("Response plan"))] = None
    proximity: Annotated[date | None, f.day(N_("Proximity"))] = None
    cost_impact: Annotated[Decimal | None, f.money(N_("Cost impact"))] = None
    currency: Annotated[str, f.currency()] = "EUR"
    days_impact: Annotated[int | None, f.integer(N_("Days impact"))] = None
    next_review: Annotated[date | None, f.day(N_("Next review"), shown=True)] = None
    identified_on: Annotated[date | None, f.day(N_("Identified on"))] = None
    closed_on: Annotated[date | None, f.day(N_("Closed on"))] = None


@record
class Issue(Record):
    """Something that has happened and needs handling."""

    title_field: ClassVar[str] = "title"

    title: Annotated[str, f.text(N_("Title"), 34, shown=True)]
    project: Annotated[str | None, f.ref(N_("Project"), *NODES, shown=True)] = None
    priority: Annotated[str, f.choice(N_("Priority"), "low", "medium", "high", "critical", shown=True)] = "medium"
    owner: Annotated[str | None, f.ref(N_("Owner"), "people", shown=True)] = None
    reported_by: Annotated[str | None, f.ref(N_("Reported by"), "people")] = None
    risk: Annotated[str | None, f.ref(N_("Came from risk"), "risks")] = None
    raised_on: Annotated[date | None, f.day(N_("Raised on"), shown=True)] = None
    due: Annotated[date | None, f.day(N_("Due"), shown=True)] = None
    status: Annotated[str, f.choice(N_("Status"), "open", "escalated", "resolved", "closed", shown=True)] = "open"
    resolution: Annotated[str | None, f.long(N_("Resolution"))] = None


@record
class Action(Record):
    """Something somebody has promised to do by a day."""

    title_field: ClassVar[str] = "title"

    title: Annotated[str, f.text(N_("Title"), 36, shown=True)]
    project: Annotated[str | None, f.ref(N_("Project"), *NODES, shown=True)] = None
    owner: Annotated[str | None, f.ref(N_("Owner"), "people", shown=True)] = None
    due: Annotated[date | None, f.day(N_("Due"), shown=True)] = None
    status: Annotated[str, f.choice(N_("Status"), "open", "done", "dropped", shown=True)] = "open"
    about: Annotated[str | None, f.ref(N_("About"), "risks", "issues", "decisions", "invoices", "reports")] = None
    done_on: Annotated[date | None, f.day(N_("Done on"))] = None


@record
class Decision(Record):
    """A decision asked or taken. The officer prepares and records; `decided_by` is the body or person that decided."""

    title_field: ClassVar[str] = "title"

    title: Annotated[str, f.text(N_("Title"), 36, shown=True)]
    project: Annotated[str | None, f.ref(N_("Project"), *NODES, shown=True)] = None
    options: Annotated[str | None, f.long(N_("Options"))] = None
    recommendation: Annotated[str | None, f.long(N_("Recommendation"))] = None
    decided_by: Annotated[str | None, f.text(N_("Decided by"), 18, shown=True)] = None
    recorded_by: Annotated[str | None, f.ref(N_("Recorded by"), "people")] = None
    due: Annotated[date | None, f.day(N_("Needed by"), shown=True)] = None
    decided_on: Annotated[date | None, f.day(N_("Decided on"), shown=True)] = None
    status: Annotated[str, f.choice(N_("Status"), "asked", "taken", "deferred", "withdrawn", shown=True)] = "asked"
    outcome: Annotated[str | None, f.long(N_("Outcome"))] = None
