"""The tree a project office works in: portfolio › programme › project › subproject."""

from datetime import date
from decimal import Decimal
from typing import Annotated, ClassVar

from pmo_tui.records import fields as f
from pmo_tui.records.base import NODES, Record, record
from pmo_tui.records.fields import Field
from pmo_tui.records.marks import N_

RAG = ("green", "amber", "red", "grey", "blue")
"""Green inside tolerance, amber used up, red broken, grey not reported, blue closed (DOMAIN: PRINCE2 highlight report)."""
STATUSES = ("proposed", "approved", "active", "paused", "closing", "closed", "cancelled")
ENDED = frozenset({"closed", "cancelled"})
"""Projects in these states are over: nothing is still to come."""


@record
class Portfolio(Record):
    """Everything an organisation has decided to change, with one owner."""

    name: Annotated[str, f.text(N_("Name"), 30, shown=True)]
    parent: Annotated[str | None, f.ref(N_("Parent"), "portfolios")] = None
    manager: Annotated[str | None, f.ref(N_("Manager"), "people", shown=True)] = None
    officer: Annotated[str | None, f.ref(N_("Officer"), "people", shown=True)] = None
    budget: Annotated[Decimal | None, f.money(N_("Budget"), shown=True)] = None
    currency: Annotated[str, f.currency()] = "EUR"
    rag: Annotated[str | None, f.choice(N_("RAG"), *RAG, width=6, shown=True)] = None
    status: Annotated[str, f.choice(N_("Status"), *STATUSES)] = "active"


@record
class Programme(Record):
    """Projects that are run together for one outcome."""

    name: Annotated[str, f.text(N_("Name"), 30, shown=True)]
    parent: Annotated[str | None, f.ref(N_("Parent"), "portfolios", "programmes", shown=True)] = None
    manager: Annotated[str | None, f.ref(N_("Manager"), "people", shown=True)] = None
    officer: Annotated[str | None, f.ref(N_("Officer"), "people")] = None
    sponsor: Annotated[str | None, f.ref(N_("Sponsor"), "people")] = None
    start: Annotated[date | None, f.day(N_("Start"))] = None
    finish: Annotated[date | None, f.day(N_("Finish"))] = None
    budget: Annotated[Decimal | None, f.money(N_("Budget"), shown=True)] = None
    currency: Annotated[str, f.currency()] = "EUR"
    rag: Annotated[str | None, f.choice(N_("RAG"), *RAG, width=6, shown=True)] = None
    status: Annotated[str, f.choice(N_("Status"), *STATUSES, shown=True)] = "active"


@record
class Project(Record):
    """A project: what it is called, who runs, supports and pays it, when, for how much, and how it stands.

    `rag` is declared by the project manager and recorded by the officer; `rag_computed` follows from rules.
    `etc` is the estimate to complete that was declared last, in the project's currency. `profile` says how much method it carries. `vat_recoverable` is the share of VAT that is not a cost, in per cent.
    """

    computed: ClassVar[dict[str, Field]] = {
        "cost": f.money(N_("Cost"), computed=True, help="with the accrual, and VAT that is not recovered"),
        "accrual": f.money(N_("Accrual"), computed=True, help="received and not yet invoiced"),
        "prepaid": f.money(N_("Prepaid"), computed=True, help="invoiced and not yet received"),
        "open_commitment": f.money(N_("Open commitment"), computed=True, help="ordered, neither received nor invoiced"),
        "available": f.money(N_("Available"), computed=True, help="budget − cost − prepaid − open commitment"),
        "eac": f.money(
            N_("Estimate at completion"),
            computed=True,
            help="cost + estimate to complete; once it is over what it cost",
        ),
        "expected_result": f.money(
            N_("Expected result"), computed=True, help="BAC − EAC: the budget less the estimate at completion"
        ),
        "rag_computed": f.choice(
            N_("RAG by rule"), *RAG, width=7, computed=True, help="the worst of cost, time and risk"
        ),
    }

    name: Annotated[str, f.text(N_("Name"), 30, shown=True)]
    short_name: Annotated[str | None, f.text(N_("Short name"), 12)] = None
    parent: Annotated[str | None, f.ref(N_("Parent"), *NODES, shown=True)] = None
    rag: Annotated[str | None, f.choice(N_("RAG"), *RAG, width=6, shown=True)] = None
    status: Annotated[str, f.choice(N_("Status"), *STATUSES, shown=True)] = "active"
    phase: Annotated[str | None, f.text(N_("Phase"), 12)] = None
    manager: Annotated[str | None, f.ref(N_("Manager"), "people", shown=True)] = None
    officer: Annotated[str | None, f.ref(N_("Officer"), "people")] = None
    deputy: Annotated[str | None, f.ref(N_("Deputy"), "people")] = None
    sponsor: Annotated[str | None, f.ref(N_("Sponsor"), "people")] = None
    department: Annotated[str | None, f.text(N_("Department"), 16)] = None
    profile: Annotated[str, f.choice(N_("Profile"), "light", "standard", "full")] = "standard"
    start: Annotated[date | None, f.day(N_("Start"), shown=True)] = None
    finish: Annotated[date | None, f.day(N_("Finish"), shown=True)] = None
    rag_declared_by: Annotated[str | None, f.ref(N_("RAG declared by"), "people")] = None
    budget: Annotated[Decimal | None, f.money(N_("Budget"), shown=True)] = None
    etc: Annotated[
        Decimal | None,
        f.money(
            N_("Est. to complete"),
            low=Decimal(0),
            help="ETC: still to come besides the cost, what is ordered included; the last that was declared",
        ),
    ] = None
    etc_on: Annotated[date | None, f.day(N_("Estimated on"), help="the day that the estimate to complete is of")] = None
    currency: Annotated[str, f.currency()] = "EUR"
    vat_recoverable: Annotated[Decimal, f.percent(N_("VAT recoverable"))] = Decimal(100)
    calendar: Annotated[str | None, f.ref(N_("Calendar"), "calendars")] = None
    confidential: Annotated[bool, f.flag(N_("Confidential"))] = False
