"""What is done with status updates: declared by a project manager and recorded by the officer, copied forward, asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from pmo_tui.analysis import status
from pmo_tui.analysis.periods import Period
from pmo_tui.analysis.reporting import period_days
from pmo_tui.desk import rules
from pmo_tui.desk.reports.estimates import ESTIMATE, carry, day_of
from pmo_tui.desk.reports.status_list import LABELS
from pmo_tui.desk.writing import build, difference, understand, without_key
from pmo_tui.records.documents import Document, document_of, record_of
from pmo_tui.records.errors import Fault, NotFound, Problem, Refused, Said, WrongUse
from pmo_tui.records.marks import N_
from pmo_tui.records.projects import Project
from pmo_tui.records.registers import by_name, looks_like_key, register_of
from pmo_tui.records.report_page import OVERALL
from pmo_tui.records.reports import DIMENSIONS, DRAFT, ISSUED, REQUESTED, Report
from pmo_tui.store import Draft
from pmo_tui.wording.languages import _

if TYPE_CHECKING:
    from pmo_tui.desk.desk import Desk

COPIED = (
    "rag",
    *(f"rag_{name}" for name in DIMENSIONS),
    "reason",
    "comments",
    "summary",
    "next_period",
    "decisions_asked",
    *ESTIMATE,
    "currency",
)
"""What of last period's report goes into this one's."""


def rag_field(dimension: str) -> str:
    """The field that holds the colour of a dimension."""
    return "rag" if dimension == OVERALL else f"rag_{dimension}"


@dataclass(frozen=True, slots=True)
class Start:
    """What an update begins with: the report that is there for the period or else what was said last, and what is beside it.

    `key` and `revision` are those of the report that is written on, "" and 0 for a new one. `colours` and `comments` are by dimension;
    colours that are too old are left out. `estimate` is the estimate to complete: the report's, or the one known last.
    """

    node: str
    period: Period
    key: str = ""
    revision: int = 0
    state: str = status.MISSING
    colours: dict[str, str | None] = field(default_factory=dict)
    comments: dict[str, str] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    last: Report | None = None
    by_rule: dict[str, str] = field(default_factory=dict)
    estimate: Decimal | None = None


def start(desk: Desk, node: str, day: date | None = None) -> Start:
    """What the update of a node begins with: for the period being collected, or that of a day."""
    period = desk.statuses.period(node, day)
    report, last = desk.statuses.of(node, period), desk.statuses.before(node, period)
    own = report is not None and report.rag is not None
    begun = report if own else last
    open_ = report is not None and report.status != ISSUED
    manager = getattr(desk.portfolio.node(node), "manager", None)
    texts = {name: getattr(begun, name, None) or "" for name in ("summary", "next_period", "decisions_asked")}
    texts["reason"] = (report.reason if own and report is not None else None) or ""
    texts["declared_by"] = (report.declared_by if report is not None else None) or manager or ""
    texts["declared_how"] = (begun.declared_how if begun is not None else None) or "phone"
    return Start(
        node, period,
        key=report.key if report is not None and open_ else "",
        revision=report.revision if report is not None and open_ else 0,
        state=status.state(report, period, desk.today()),
        colours=status.declared(report) if own else status.last_colours(last, period),
        comments={each.dimension: each.text for each in begun.comments} if begun is not None else {},
        texts=texts,
        last=last,
        by_rule=rule_of(desk, node, period),
        estimate=_estimate(desk, node, period, report if own else None, last),
    )  # fmt: skip


def _estimate(desk: Desk, node: str, period: Period, own: Report | None, last: Report | None) -> Decimal | None:
    """The estimate to complete that an update begins with; for a period that is over what was said then, not what is known now."""
    project = desk.portfolio.node(node)
    if own is not None or not isinstance(project, Project):
        return own.etc if own is not None else None
    return project.etc if period == desk.statuses.period(node) else last.etc if last is not None else None


def rule_of(desk: Desk, node: str, period: Period) -> dict[str, str]:
    """The colours by rule as they stand today, by dimension; none for a period that is not being collected."""
    if period != desk.statuses.period(node):
        return {}
    if not node.startswith("P-") or node in desk.portfolio.tree().children:
        return {OVERALL: desk.portfolio.totals(node).rag.rag}
    return {name: str(figure.value) for name, figure in status.by_rule(desk.portfolio.standing(node)).items()}


# ---- declaring -----------------------------------------------------------------------------------------------------------


def declare(
    desk: Desk,
    node: str,
    period: str,
    typed: Mapping[str, str],
    given: Mapping[str, Any],
    *,
    key: str = "",
    revision: int | None = None,
) -> str:
    """Record what was declared for a period, and the colour on the node itself, in one transaction; the key of the report.

    Without `declared_by` it is the node's manager. `key` with its `revision` is the report that was looked at: Conflict when somebody
    else wrote it meanwhile. Refused names what is missing: who declared it, the colour, the reason for one that is better than by rule.
    """
    known = {"currency": getattr(desk.portfolio.node(node), "currency", "")}
    values, problems = understand(desk, "reports", typed, given, known)
    values |= {"project": node, "period": period, "status": DRAFT}
    values["declared_by"] = values.get("declared_by") or getattr(desk.portfolio.node(node), "manager", None)
    values["declared_on"] = values.get("declared_on") or desk.today()
    values["recorded_by"] = me(desk)
    _date_estimate(desk, node, values)
    problems += _missing(desk, node, period, values)
    if problems:
        raise Refused(problems=problems)
    written: list[str] = []

    def work(draft: Draft) -> None:
        written[:] = [_write(desk, draft, values, key or _open_report(draft, node, period), revision if key else None)]
        _colour_node(draft, node, period, values)
        carry(draft, draft.get(written[0]) or {})

    desk.store.transact(work, note="status")
    return written[0]


def _date_estimate(desk: Desk, node: str, values: dict[str, Any]) -> None:
    """An estimate is in the project's currency, and of the day on which it was declared, or of the day it was while it stays the same."""
    project = desk.portfolio.node(node)
    if isinstance(project, Project) and isinstance(values.get("etc"), Decimal):
        values["currency"] = project.currency
        values["etc_on"] = values.get("etc_on") or day_of(project, values["etc"], values["declared_on"])


def me(desk: Desk) -> str | None:
    """The key of the person who works here, where there is one."""
    found = desk.me()
    return found if looks_like_key(found) else None


def _missing(desk: Desk, node: str, period: str, values: Mapping[str, Any]) -> list[Problem]:
    found: list[Problem] = []
    if not values.get("rag"):
        found.append(Problem(N_("is needed"), "rag"))
    declared_by = values["declared_by"]
    if not declared_by:
        found.append(Problem(N_("who declared it? The project has no manager; name somebody"), "declared_by"))
    elif declared_by == values["recorded_by"] and not desk.config.small_firm:
        said = N_(
            "who records a status does not declare it; where one person does both, set small_firm in the configuration"
        )
        found.append(Problem(said, "declared_by"))
    current = desk.statuses.period(node)
    rule = rule_of(desk, node, current) if current.name == period else {}
    better = status.better_than_rule({name: values.get(rag_field(name)) for name in (OVERALL, *DIMENSIONS)}, rule)
    if better and not values.get("reason"):
        names = ", ".join(_(LABELS[name]).lower() for name in better)
        found.append(
            Problem(Said(N_("declared better than by rule ({dimensions}): say why"), {"dimensions": names}), "reason")
        )
    return found


def _open_report(draft: Draft, node: str, period: str) -> str:
    """The report of a period that is not issued; "" where there is none."""
    found = [(key, draft.get(key) or {}) for key in draft.find("reports", "project", node)]
    open_ = [
        (int(doc["revision"]), key)
        for key, doc in found
        if doc["period"] == period and doc.get("status", DRAFT) != ISSUED
    ]
    return max(open_, default=(0, ""))[1]


def _write(desk: Desk, draft: Draft, values: Mapping[str, Any], key: str, revision: int | None) -> str:
    register = by_name("reports")
    if not key:
        return draft.add("reports", _document(desk, values, None))
    document = draft.get(key)
    if document is None:
        if revision is not None:
            draft.change(key, {}, revision)
        raise NotFound(N_("There is no record {key}."), key=key)
    before = record_of(register, document)
    rules.refuse_change(before)
    draft.change(key, difference(document_of(before), _document(desk, values, before)), revision)
    return key


def _document(desk: Desk, values: Mapping[str, Any], before: Any) -> Document:
    record, problems = build(desk, by_name("reports"), values, before)
    if problems:
        raise Refused(problems=problems)
    return without_key(document_of(record))


def _colour_node(draft: Draft, node: str, period: str, values: Mapping[str, Any]) -> None:
    """What was declared last stands on the project itself too."""
    begun = period_days(period)[0]
    for key in draft.find("reports", "project", node):
        other = draft.get(key) or {}
        if other.get("rag") and other.get("status") != REQUESTED and period_days(other["period"])[0] > begun:
            return
    document = draft.get(node)
    if document is None:
        raise NotFound(N_("There is no record {key}."), key=node)
    wanted = {"rag": values["rag"], "rag_declared_by": values["declared_by"]}
    known = register_of(node).fields
    draft.change(node, {name: value for name, value in wanted.items() if name in known and document.get(name) != value})


# ---- copying forward and asking ------------------------------------------------------------------------------------------


def copy_forward(desk: Desk, nodes: Iterable[str], day: date | None = None) -> list[str]:
    """Last status of each node into this period's report, to be declared yet, in one transaction; the keys of the reports.

    What is declared already is left. WrongUse where there is nothing to copy.
    """
    plans: list[tuple[str, str, Report]] = []
    for node in nodes:
        period = desk.statuses.period(node, day)
        report, last = desk.statuses.of(node, period), desk.statuses.before(node, period)
        if last is not None and not status.said(report):
            plans.append((node, period.name, last))
    if not plans:
        raise WrongUse(
            N_("There is nothing to copy here."), N_("Either it is declared already, or nothing was ever reported.")
        )
    written: list[str] = []

    def work(draft: Draft) -> None:
        written.clear()
        for node, period, last in plans:
            values = {name: document_of(last).get(name) for name in COPIED}
            values |= {"project": node, "period": period, "status": REQUESTED, "recorded_by": me(desk)}
            key = _open_report(draft, node, period)
            if (draft.get(key) or {}).get("status", REQUESTED) == REQUESTED:
                written.append(_write(desk, draft, values, key, None))

    desk.store.transact(work, note="copied forward")
    return written


def ask_for(draft: Draft, nodes: Sequence[tuple[str, str]]) -> None:
    """Note for each node and period that its status was asked for, where nothing is there yet."""
    for node, period in nodes:
        if not any((draft.get(key) or {}).get("period") == period for key in draft.find("reports", "project", node)):
            draft.add("reports", {"project": node, "period": period, "status": REQUESTED})


def period_named(text: str) -> str:
    """A period as it is kept: `2026-w47` or `2026-11`; Fault where there is no such week or month."""
    typed = text.strip().lower()
    try:
        period_days(typed)
    except (ValueError, IndexError) as error:
        raise Fault(N_("“{text}” is not a period; write it as 2026-w47 or 2026-11"), text=text) from error
    return typed
