"""Status reports: what a project manager declared for a period, frozen when issued."""

from dataclasses import field
from datetime import date
from decimal import Decimal
from typing import Annotated, ClassVar

from pmo_tui.records import fields as f
from pmo_tui.records.base import NODES, Record, Row, record
from pmo_tui.records.marks import N_
from pmo_tui.records.projects import RAG

DIMENSIONS = ("time", "cost", "scope", "quality", "benefit", "risk", "resources")
"""What a status colour is declared of beside the whole: PRINCE2's tolerances, and the resources that steering groups ask for."""
WAYS = ("phone", "mail", "meeting", "form")
"""How a project manager told his status."""
REQUESTED, DRAFT, ISSUED = "requested", "draft", "issued"


@record
class Comment(Row):
    """What is said about one dimension."""

    dimension: Annotated[str, f.choice(N_("Dimension"), *DIMENSIONS)]
    text: Annotated[str, f.text(N_("Comment"), 40)]


@record
class Report(Record):
    """A project's status in a period (`2026-w47` or `2026-11`): RAG per dimension, text, declared and recorded by whom.

    It is `requested` until somebody declares it, also when last period's was copied into it; then a `draft`, and frozen when it is
    `issued`. What was issued stands in `content`, so that it stays what it was when records change.
    """

    title_field: ClassVar[str] = "period"

    project: Annotated[str, f.ref(N_("Project"), *NODES, shown=True)]
    period: Annotated[
        str, f.text(N_("Period"), 9, shown=True, pattern=r"\d{4}-(w\d\d|\d\d)", help="a period is 2026-w47 or 2026-11")
    ]
    status: Annotated[str, f.choice(N_("Status"), REQUESTED, DRAFT, ISSUED, shown=True)] = DRAFT
    rag: Annotated[str | None, f.choice(N_("RAG"), *RAG, width=6, shown=True)] = None
    rag_time: Annotated[str | None, f.choice(N_("Time"), *RAG, width=6, shown=True)] = None
    rag_cost: Annotated[str | None, f.choice(N_("Cost"), *RAG, width=6, shown=True)] = None
    rag_scope: Annotated[str | None, f.choice(N_("Scope"), *RAG, width=6)] = None
    rag_quality: Annotated[str | None, f.choice(N_("Quality"), *RAG, width=7)] = None
    rag_benefit: Annotated[str | None, f.choice(N_("Benefit"), *RAG, width=7)] = None
    rag_risk: Annotated[str | None, f.choice(N_("Risk"), *RAG, width=6)] = None
    rag_resources: Annotated[str | None, f.choice(N_("Resources"), *RAG, width=9)] = None
    declared_by: Annotated[str | None, f.ref(N_("Declared by"), "people", shown=True)] = None
    declared_how: Annotated[str | None, f.choice(N_("Told by"), *WAYS, width=7)] = None
    declared_on: Annotated[date | None, f.day(N_("Declared on"))] = None
    recorded_by: Annotated[str | None, f.ref(N_("Recorded by"), "people")] = None
    etc: Annotated[
        Decimal | None,
        f.money(
            N_("Est. to complete"),
            low=Decimal(0),
            help="ETC: still to come besides the cost, orders included",
        ),
    ] = None
    etc_on: Annotated[
        date | None,
        f.day(
            N_("Estimated on"),
            help="the day that the estimate is of; by default the day it is declared, or as it was while it stays the same",
        ),
    ] = None
    currency: Annotated[str, f.currency()] = "EUR"
    reason: Annotated[str | None, f.text(N_("Reason"), 30, help="why it is declared better than it is by rule")] = None
    comments: Annotated[list[Comment], f.rows(N_("Comments"))] = field(default_factory=list)
    summary: Annotated[str | None, f.long(N_("Summary"), shown=True)] = None
    next_period: Annotated[str | None, f.long(N_("Next period"))] = None
    decisions_asked: Annotated[str | None, f.long(N_("Decisions asked"))] = None
    issued_on: Annotated[date | None, f.day(N_("Issued on"))] = None
    head_sum: Annotated[str | None, f.text(N_("Journal sum"), 16)] = None
    content: Annotated[str | None, f.long(N_("As issued"), help="the page as it was issued")] = None
