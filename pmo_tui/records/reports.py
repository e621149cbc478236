"""Status reports: what a project manager declared for a period, frozen when issued."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar

from pmo_tui.records import fields as f
from pmo_tui.records.base import NODES, Record
from pmo_tui.records.marks import N_
from pmo_tui.records.projects import RAG


@dataclass(frozen=True, slots=True, kw_only=True)
class Report(Record):
    """A project's status in a period (`2026-w47` or `2026-11`): RAG per dimension, text, declared and recorded by whom."""

    title_field: ClassVar[str] = "period"

    project: Annotated[str, f.ref(N_("Project"), *NODES, shown=True)]
    period: Annotated[
        str, f.text(N_("Period"), 9, shown=True, pattern=r"\d{4}-(w\d\d|\d\d)", help="a period is 2026-w47 or 2026-11")
    ]
    status: Annotated[str, f.choice(N_("Status"), "requested", "draft", "issued", shown=True)] = "draft"
    rag: Annotated[str | None, f.choice(N_("RAG"), *RAG, width=6, shown=True)] = None
    rag_time: Annotated[str | None, f.choice(N_("Time"), *RAG, width=6, shown=True)] = None
    rag_cost: Annotated[str | None, f.choice(N_("Cost"), *RAG, width=6, shown=True)] = None
    rag_scope: Annotated[str | None, f.choice(N_("Scope"), *RAG, width=6)] = None
    rag_quality: Annotated[str | None, f.choice(N_("Quality"), *RAG, width=7)] = None
    rag_benefit: Annotated[str | None, f.choice(N_("Benefit"), *RAG, width=7)] = None
    rag_risk: Annotated[str | None, f.choice(N_("Risk"), *RAG, width=6)] = None
    rag_resources: Annotated[str | None, f.choice(N_("Resources"), *RAG, width=9)] = None
    declared_by: Annotated[str | None, f.ref(N_("Declared by"), "people", shown=True)] = None
    declared_on: Annotated[date | None, f.day(N_("Declared on"))] = None
    recorded_by: Annotated[str | None, f.ref(N_("Recorded by"), "people")] = None
    summary: Annotated[str | None, f.long(N_("Summary"), shown=True)] = None
    next_period: Annotated[str | None, f.long(N_("Next period"))] = None
    decisions_asked: Annotated[str | None, f.long(N_("Decisions asked"))] = None
    issued_on: Annotated[date | None, f.day(N_("Issued on"))] = None
    head_sum: Annotated[str | None, f.text(N_("Journal sum"), 16)] = None
