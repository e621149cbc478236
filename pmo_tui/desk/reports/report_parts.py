"""The parts of a report's page, each from the records as they stand: colours, projects, milestones, risks, money, decisions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from pmo_tui.analysis import status
from pmo_tui.analysis.figure import Figure
from pmo_tui.analysis.milestones import DONE, SOON, Milestone
from pmo_tui.analysis.periods import Period
from pmo_tui.analysis.project_money import NO_BUDGET
from pmo_tui.analysis.risks import is_open, score
from pmo_tui.desk.reports.report_changes import Since
from pmo_tui.desk.reports.status import rule_of
from pmo_tui.records.projects import ENDED
from pmo_tui.records.raid import Risk
from pmo_tui.records.report_page import (
    OVERALL,
    DecisionRow,
    MilestoneRow,
    MoneyRow,
    Page,
    ProjectRow,
    RagRow,
    Reason,
    RiskRow,
)
from pmo_tui.records.reports import DIMENSIONS, Report

if TYPE_CHECKING:
    from pmo_tui.desk.desk import Desk

MOST_MILESTONES, MOST_RISKS, MOST_PROJECTS, MOST_DECISIONS = 8, 5, 12, 8
"""What a page has room for."""
MONEY = ("budget", "cost", "prepaid", "open_commitment", "available")
ESTIMATED = ("eac", "expected_result")
"""What follows from an estimate to complete; the first is shown where there is one."""


def is_node(key: str) -> bool:
    """Whether a node is a programme or a portfolio."""
    return not key.startswith("P-")


def colours(desk: Desk, node: str, period: Period, report: Report | None, last: Report | None) -> tuple[RagRow, ...]:
    """The colour of the whole and of each dimension; of a programme only those that somebody declared."""
    now, before = status.declared(report), status.last_colours(last, period)
    rule = rule_of(desk, node, period)
    comments = {each.dimension: each.text for each in report.comments} if report is not None else {}
    rows = [
        RagRow(dimension=name, now=now[name], last=before[name], by_rule=rule.get(name), comment=comments.get(name, ""))
        for name in (OVERALL, *DIMENSIONS)
    ]
    return tuple(row for row in rows if row.dimension == OVERALL or not is_node(node) or row.now or row.last)


def projects(desk: Desk, node: str, day: date | None) -> tuple[list[ProjectRow], int]:
    """The living projects of a node: what changed colour and what is red before the others; how many more there are."""
    if not is_node(node):
        return [], 0
    found: list[ProjectRow] = []
    for standing in desk.portfolio.standings(node):
        project = standing.facts.project
        if project.status in ENDED:
            continue
        period = desk.statuses.period(project.key, day)
        report, last = desk.statuses.of(project.key, period), desk.statuses.before(project.key, period)
        found.append(
            ProjectRow(
                key=project.key,
                name=project.name,
                manager=name_of(desk, project.manager),
                now=report.rag if report is not None and status.said(report) else None,
                last=status.last_colours(last, period)[OVERALL],
                by_rule=standing.colour,
            )
        )
    found.sort(key=lambda row: (row.now == row.last, _worst_first(row), row.name.casefold()))
    return found[:MOST_PROJECTS], max(0, len(found) - MOST_PROJECTS)


def _worst_first(row: ProjectRow) -> int:
    order = ("red", "amber", None, "grey", "green", "blue")
    return order.index(row.now) if row.now in order else len(order)


def milestones(desk: Desk, node: str, period: Period, since: Since | None) -> tuple[list[MilestoneRow], int]:
    """The milestones to show: of a project in the order of their days, of a node those that are late, slipped or near."""
    today, wide = desk.today(), is_node(node)
    found = [each for each in _all_milestones(desk, node) if _to_show(each, today, period, wide=wide)]
    if wide:
        found.sort(key=lambda each: (-(each.slip(today) or 0), each.finish or date.max))
    else:
        found.sort(key=lambda each: (each.expected(today) or date.max, each.key))
    rows = [
        MilestoneRow(
            key=each.key,
            name=each.name,
            project=each.project,
            agreed=each.baseline,
            expected=each.expected(today),
            was=None if since is None else since.finish(each.key, each.finish),
            slip=each.slip(today),
            state=each.state(today),
        )
        for each in found[:MOST_MILESTONES]
    ]
    return rows, max(0, len(found) - MOST_MILESTONES)


def _all_milestones(desk: Desk, node: str) -> Iterable[Milestone]:
    for standing in desk.portfolio.standings(node):
        if standing.facts.project.status not in ENDED:
            yield from standing.facts.milestones


def _to_show(each: Milestone, today: date, period: Period, *, wide: bool) -> bool:
    if each.state(today) == DONE:
        return each.finish is not None and each.finish >= period.start
    if not wide:
        return True
    near = each.finish is not None and (each.finish - today).days <= SOON
    return near or (each.slip(today) or 0) > 0


def risks(desk: Desk, node: str, since: Since | None) -> tuple[list[RiskRow], int]:
    """The open risks at and under a node with the highest scores, and how many more are open."""
    found = [risk for key in desk.portfolio.under(node) for risk in desk.portfolio.risks(key) if is_open(risk)]
    found.sort(key=lambda risk: (-(score(risk) or 0), risk.key))
    return [_risk(desk, risk, since) for risk in found[:MOST_RISKS]], max(0, len(found) - MOST_RISKS)


def _risk(desk: Desk, risk: Risk, since: Since | None) -> RiskRow:
    return RiskRow(
        key=risk.key,
        title=risk.title,
        project=risk.project or "",
        kind=risk.kind,
        score=score(risk),
        was=None if since is None else since.score(risk),
        new=since is not None and risk.key in since.made,
        owner=name_of(desk, risk.owner),
        response=risk.response_plan or risk.response or "",
    )


def money(desk: Desk, node: str, last: Page | None) -> tuple[MoneyRow, ...]:
    """Budget, cost, open commitment, available and the expected result, beside those of the last report; prepaid and the estimate at
    completion where there is any."""
    totals = desk.portfolio.totals(node)
    rows = []
    for name in MONEY:
        now, before = getattr(totals, name), _last(last, name, totals.currency)
        if name == "prepaid" and not now and not before:
            continue
        reason = None if now is not None else totals.reason or NO_BUDGET
        rows.append(MoneyRow(name=name, now=now, last=before, currency=totals.currency, reason=Reason.of(reason)))
    for name in ESTIMATED:
        figure, before = estimated(desk, node, name), _last(last, name, totals.currency)
        if name == "eac" and figure.value is None and not before:
            continue
        value = figure.value if isinstance(figure.value, Decimal) else None
        rows.append(
            MoneyRow(name=name, now=value, last=before, currency=totals.currency, reason=Reason.of(figure.reason))
        )
    return tuple(rows)


def estimated(desk: Desk, node: str, name: str) -> Figure:
    """A figure that follows from estimates to complete; of a node with projects under it from the sums over them."""
    from pmo_tui.desk import why

    together = is_node(node) or node in desk.portfolio.tree().children
    return why.of_node(desk, node, name) if together else why.figure(desk, node, name)


def _last(page: Page | None, name: str, currency: str) -> Any:
    row = None if page is None else page.money_row(name)
    return row.now if row is not None and row.currency == currency else None


def decisions(desk: Desk, node: str) -> tuple[list[DecisionRow], int]:
    """The decisions that are asked at and under a node, the soonest first, and how many more there are."""
    view = desk.view("decisions", f"@{node} status:asked,deferred", "due,key")
    rows: Sequence[dict[str, Any]] = [view.values(i) for i in range(min(len(view), MOST_DECISIONS))]
    found = [
        DecisionRow(
            key=row["key"],
            title=row["title"],
            options=row["options"] or "",
            recommendation=row["recommendation"] or "",
            due=row["due"],
        )
        for row in rows
    ]
    return found, max(0, len(view) - MOST_DECISIONS)


def name_of(desk: Desk, key: str | None) -> str:
    """How somebody is called; "" for nobody."""
    return desk.title(key) if key else ""
