"""What needs somebody's attention, each with the rule that says so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from msgspec import Struct

from pmo_tui.analysis.amounts import HUNDRED, Amount, tidy
from pmo_tui.analysis.expected_finish import ending
from pmo_tui.analysis.invoice_match import EXCEPTION, MATCHED
from pmo_tui.analysis.invoice_steps import accepted
from pmo_tui.analysis.milestones import worst_slip
from pmo_tui.analysis.rag import THRESHOLDS, better
from pmo_tui.analysis.reporting import good_until
from pmo_tui.analysis.risks import is_open
from pmo_tui.analysis.vat import in_force
from pmo_tui.records.errors import Said
from pmo_tui.records.marks import N_
from pmo_tui.records.projects import ENDED

if TYPE_CHECKING:
    from pmo_tui.analysis.ageing import Aged
    from pmo_tui.analysis.duplicates import Suspicion
    from pmo_tui.analysis.invoice_match import Match
    from pmo_tui.analysis.standing import Standing
    from pmo_tui.records.invoices import Invoice
    from pmo_tui.records.raid import Risk
    from pmo_tui.records.suppliers import Contract

RULES: tuple[str, ...] = (
    N_("over_budget"), N_("result_below"), N_("past_finish"), N_("milestone_slip"),
    N_("stale_report"), N_("declared_better"), N_("no_owner"), N_("no_officer"),
    N_("review_overdue"), N_("match_exception"), N_("overdue_invoice"), N_("duplicate"),
    N_("suspected"), N_("shared_iban"), N_("strange_iban"), N_("vat_rate"),
    N_("notice_due"), N_("over_booked"),
)  # fmt: skip
"""Every rule, the gravest first within a project's and within an invoice's."""
SETTLED = frozenset({"paid", "credited", "returned", "cancelled"})
"""Invoices in these states need nobody any more."""


class Limits(Struct, frozen=True):
    """From when on something is an exception: days of slip, days before a contract's notice, per cent of the budget that the
    estimate at completion may lie above it (the tolerance of cost that colours go by too)."""

    slip: int = 10
    notice: int = 30
    cost: Decimal = THRESHOLDS.cost


LIMITS = Limits()


class Finding(Struct, frozen=True):
    """The record `key` breaks `rule`, as the sentence says; `project` is the node it belongs to, `days` how long already."""

    key: str
    rule: str
    said: Said
    project: str | None = None
    days: int = 0


def of_project(found: Standing, today: date, limits: Limits = LIMITS) -> list[Finding]:
    """What is to be seen to in a project that is not over yet."""
    if found.facts.project.status in ENDED:
        return []
    return [
        *_money(found),
        *_result(found, limits),
        *_plan(found, today, limits),
        *_reporting(found, today),
        *_people(found),
        *of_risks(found.facts.risks, today),
    ]


def _money(found: Standing) -> Iterator[Finding]:
    project = found.facts.project
    if found.available is not None and found.available < 0:
        said = Said(
            N_("{over} over budget ({budget})"),
            {
                "over": Amount(-found.available, project.currency),
                "budget": Amount(project.budget or found.available, project.currency),
            },
        )
        yield Finding(project.key, "over_budget", said, project.key)


def _result(found: Standing, limits: Limits) -> Iterator[Finding]:
    """An expected result that lies further below nothing than the tolerance allows."""
    project, value = found.facts.project, found.expected_result
    if value is None or not project.budget or -value * HUNDRED <= project.budget * limits.cost:
        return
    said = Said(
        N_("{over} over budget at completion, tolerated is {limit} %"),
        {"over": Amount(-value, project.currency), "limit": tidy(limits.cost)},
    )
    yield Finding(project.key, "result_below", said, project.key)


def _plan(found: Standing, today: date, limits: Limits) -> Iterator[Finding]:
    project, facts = found.facts.project, found.facts
    end = ending(project, facts.plan, today)
    if end is not None and end.days > 0:
        yield Finding(project.key, "past_finish", end.said, project.key, end.days)
    slip = worst_slip(facts.milestones, today)
    if slip is not None and slip[0] > limits.slip:
        days, milestone = slip
        said = Said(
            N_("{name} has slipped {days} d, more than {limit}"),
            {"name": milestone.name, "days": days, "limit": limits.slip},
        )
        yield Finding(milestone.key, "milestone_slip", said, project.key, days)


def _reporting(found: Standing, today: date) -> Iterator[Finding]:
    from pmo_tui.analysis.standing import RUNNING

    project, report = found.facts.project, found.facts.report
    if not found.reported and project.status in RUNNING:
        if report is None:
            yield Finding(project.key, "stale_report", Said(N_("nothing was reported yet"), {}), project.key)
        else:
            days = (today - good_until(report.period)).days
            said = Said(N_("the last report is of {period}"), {"period": report.period})
            yield Finding(project.key, "stale_report", said, project.key, days)
    if better(project.rag, found.colour):
        said = Said(DECLARED[project.rag or "", found.colour], {})
        yield Finding(project.key, "declared_better", said, project.key)


DECLARED = {
    ("green", "amber"): N_("declared green, amber by rule: ask why"),
    ("green", "red"): N_("declared green, red by rule: ask why"),
    ("amber", "red"): N_("declared amber, red by rule: ask why"),
}


def _people(found: Standing) -> Iterator[Finding]:
    project = found.facts.project
    if project.manager is None:
        yield Finding(project.key, "no_owner", Said(N_("the project has no manager"), {}), project.key)
    if project.officer is None:
        yield Finding(project.key, "no_officer", Said(N_("the project has no officer"), {}), project.key)


def of_risks(found: Iterable[Risk], today: date) -> Iterator[Finding]:
    """What is to be seen to about risks that may still happen."""
    for risk in found:
        if not is_open(risk):
            continue
        if risk.owner is None:
            yield Finding(risk.key, "no_owner", Said(N_("the risk has no owner"), {}), risk.project)
        if risk.next_review is not None and risk.next_review < today:
            said = Said(N_("the review was due on {day}"), {"day": risk.next_review})
            yield Finding(risk.key, "review_overdue", said, risk.project, (today - risk.next_review).days)


def of_invoice(
    invoice: Invoice, project: str | None, matched: Match, old: Aged | None, *, dutch: bool
) -> Iterator[Finding]:
    """What is to be seen to about an invoice that is not settled; `dutch` when its supplier bills Dutch VAT."""
    if invoice.status in SETTLED:
        return
    if matched.badge == EXCEPTION and not accepted(invoice, matched.reasons):
        for reason in matched.reasons:
            yield Finding(invoice.key, "match_exception", reason, project)
    if old is not None and old.days_late > 0:
        said = Said(
            N_("{open} is open, {days} d past due"),
            {"open": Amount(old.open, invoice.currency), "days": old.days_late},
        )
        yield Finding(invoice.key, "overdue_invoice", said, project, old.days_late)
    if dutch and invoice.issue_date is not None:
        rates = {line.vat_rate for line in invoice.lines if line.vat_rate is not None}
        for rate in sorted(rates - in_force(invoice.issue_date)):
            said = Said(N_("{rate} % is no Dutch VAT rate on {day}"), {"rate": tidy(rate), "day": invoice.issue_date})
            yield Finding(invoice.key, "vat_rate", said, project)


def of_suspicions(
    invoice: Invoice, project: str | None, matched: Match, suspicions: Iterable[Suspicion]
) -> Iterator[Finding]:
    """What was noticed about an invoice that is not settled. The same amount twice is no wonder where both were received."""
    if invoice.status in SETTLED:
        return
    for each in suspicions:
        if each.kind != "suspected" or matched.badge != MATCHED:
            yield Finding(invoice.key, each.kind, each.said, project)


def of_contract(contract: Contract, today: date, limits: Limits = LIMITS) -> Finding | None:
    """A contract in force whose day of notice is near or has gone by."""
    if contract.status != "active" or contract.notice_by is None:
        return None
    days = (contract.notice_by - today).days
    if contract.notice_by > today + timedelta(days=limits.notice):
        return None
    template = N_("notice is to be given by {day}") if days >= 0 else N_("notice was to be given by {day}")
    return Finding(contract.key, "notice_due", Said(template, {"day": contract.notice_by}), None, max(0, -days))
