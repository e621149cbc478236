"""Reports: composed from one state of the records, issued as a snapshot, and read again as they were issued."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from pmo_tui.analysis import status
from pmo_tui.analysis.reporting import period_days
from pmo_tui.desk.reports import report_parts as parts
from pmo_tui.desk.reports.report_changes import changes_since
from pmo_tui.desk.reports.status import me, rag_field, rule_of
from pmo_tui.desk.reports.status_list import LABELS
from pmo_tui.records.base import NODES
from pmo_tui.records.errors import Conflict, Fault, NotFound, Problem, Refused, Said, WrongUse
from pmo_tui.records.marks import N_
from pmo_tui.records.projects import Portfolio, Programme, Project
from pmo_tui.records.registers import by_name
from pmo_tui.records.report_page import OVERALL, Page, page_from, page_text
from pmo_tui.records.reports import DIMENSIONS, ISSUED, Report
from pmo_tui.store import Draft
from pmo_tui.wording.languages import _

if TYPE_CHECKING:
    from pmo_tui.desk.desk import Desk

FEW = 100
"""So many transactions of the journal are read at once."""
TRIES = 5
"""So often a page is composed anew because others wrote meanwhile."""


def page(desk: Desk, word: str, day: date | None = None, *, anew: bool = False) -> Page:
    """The page of a node, by key, code or name, or of a report: as it was issued, or else as it would be issued now.

    `day` lies in the period that is meant; without it that is the one being collected. `anew` leaves aside that it is issued.
    """
    key = desk.find(word, (*NODES, "reports"))
    record = desk.record(key)
    if not isinstance(record, Report):
        record = None if anew else desk.statuses.of(key, desk.statuses.period(key, day))
    if record is None or (record.status != ISSUED and record.project == key):
        return compose(desk, key, day)
    if anew:
        return compose(desk, record.project, period_days(record.period)[0])
    if record.status != ISSUED:
        return compose(desk, record.project, period_days(record.period)[0])
    return issued_page(desk, record)


def is_quick(desk: Desk, key: str) -> bool:
    """Whether a page is composed within the time of a key: the store is small, and few transactions came since the last report."""
    record = desk.record(key)
    node = record.project if isinstance(record, Report) else key
    last = max(
        (each.revision for each in desk.statuses.reports(node) if each.status == ISSUED), default=desk.store.head()
    )
    return desk.is_quick("portfolio") and desk.store.head() - last < FEW


def issued_page(desk: Desk, report: Report) -> Page:
    """What was issued. A report that came from elsewhere without its page is composed from what was known when it was written."""
    if report.content:
        try:
            return page_from(report.content)
        except Fault as fault:
            raise Refused(problems=[Problem(fault.reason, "content", report.key)]) from fault
    then = desk_at(desk, report.revision, report.issued_on)
    found = compose(then, report.project, period_days(report.period)[0])
    return replace(found, status=ISSUED, issued_on=report.issued_on)


def desk_at(desk: Desk, sequence: int, day: date | None = None) -> Desk:
    """A desk on the records as they stood after a transaction, read-only; its today is `day`, or that of the transaction."""
    from pmo_tui.desk.desk import Desk as Another
    from pmo_tui.desk.past import Past

    then = Past(desk.store, sequence)
    today = day or then.day()
    return Another(then, desk.folders, desk.config, today=lambda: today)


# ---- composing -----------------------------------------------------------------------------------------------------------


def compose(desk: Desk, node: str, day: date | None = None) -> Page:
    """The page of a node from one state of the records: composed anew where others wrote meanwhile."""
    for _again in range(TRIES):
        head, head_sum = desk.store.head(), desk.store.head_sum()
        found = _composed(desk, node, day, head, head_sum)
        if desk.store.head() == head:
            return found
    with desk.store.steady():
        return _composed(desk, node, day, desk.store.head(), desk.store.head_sum())


def _composed(desk: Desk, node: str, day: date | None, head: int, head_sum: str) -> Page:
    record = desk.portfolio.node(node)
    if record is None:
        raise NotFound(N_("There is no project, programme or portfolio {key}."), key=node)
    statuses = desk.statuses
    period = statuses.period(node, day)
    report = statuses.of(node, period)
    declared = report if report is not None and status.said(report) else None
    before = statuses.before(node, period)
    others = [each for each in statuses.reports(node) if report is None or each.key != report.key]
    issued = status.last_issued(others, period)
    last_page = page_from(issued.content) if issued is not None and issued.content else None
    since = changes_since(desk, node, issued.revision) if issued is not None else None
    projects, more_projects = parts.projects(desk, node, day)
    milestones, more_milestones = parts.milestones(desk, node, period, since)
    risks, more_risks = parts.risks(desk, node, since)
    decisions, more_decisions = parts.decisions(desk, node)
    spread = desk.portfolio.totals(node).rag
    return Page(
        node=node, level=_level(record), title=record.name, code=record.code or "", manager=parts.name_of(desk, record.manager),
        period=period.name, as_of=desk.today(), head=head, head_sum=head_sum, author=desk.title(desk.me()),
        version=1 + len(status.issued_until(others, period)),
        declared_by=parts.name_of(desk, declared.declared_by) if declared else "",
        declared_on=declared.declared_on if declared else None,
        declared_how=(declared.declared_how or "") if declared else "",
        recorded_by=parts.name_of(desk, declared.recorded_by) if declared else "",
        reason=(declared.reason or "") if declared else "",
        last_period=issued.period if issued else "", last_issued=issued.issued_on if issued else None,
        summary=(declared.summary or "") if declared else "",
        next_period=(declared.next_period or "") if declared else "",
        decisions_asked=(declared.decisions_asked or "") if declared else "",
        distribution=dict(Counter(spread.counts)) if parts.is_node(node) else {}, why=spread.why if parts.is_node(node) else "",
        more_projects=more_projects, more_milestones=more_milestones, more_risks=more_risks, more_decisions=more_decisions, more_changes=since.more if since else 0,
        rag=parts.colours(desk, node, period, declared, before), projects=tuple(projects), milestones=tuple(milestones),
        risks=tuple(risks), money=parts.money(desk, node, last_page), decisions=tuple(decisions),
        changes=since.rows if since else (),
    )  # fmt: skip


def _level(record: Project | Programme | Portfolio) -> str:
    return {Project: "project", Programme: "programme", Portfolio: "portfolio"}[type(record)]


# ---- issuing -------------------------------------------------------------------------------------------------------------


def issue(desk: Desk, node: str, day: date | None = None) -> str:
    """Freeze the page of a node as a report and return the report's key.

    A project's status must have been declared for the period; what is declared better than it is by rule has its reason. A programme
    or portfolio is reported from its projects, with or without a status of its own. The page is of the very state it is issued on.
    """
    for _again in range(TRIES):
        found = compose(desk, node, day)
        _check_issue(desk, node, day)
        key = _issue(desk, found)
        if key:
            return key
    raise Conflict(N_("Others are writing all the time; nothing was issued."), N_("Try again in a moment."))


def _check_issue(desk: Desk, node: str, day: date | None) -> None:
    period = desk.statuses.period(node, day)
    report = desk.statuses.of(node, period)
    if report is not None and report.status == ISSUED:
        hint = N_("Record a new status for the period, and the correction is issued as the next version.")
        raise WrongUse(N_("{key} is issued for {period} already."), hint, key=report.key, period=period.name)
    if not status.said(report):
        if parts.is_node(node):
            return
        hint = N_("Record what the project manager declares first.")
        raise WrongUse(N_("Nothing is declared for {node} in {period}."), hint, node=node, period=period.name)
    colours = {name: getattr(report, rag_field(name)) for name in (OVERALL, *DIMENSIONS)}
    better = status.better_than_rule(colours, rule_of(desk, node, period))
    if better and report is not None and not report.reason:
        names = ", ".join(_(LABELS[name]).lower() for name in better)
        said = Said(N_("declared better than by rule ({dimensions}): say why"), {"dimensions": names})
        raise Refused(problems=[Problem(said, "reason", report.key)])


def _issue(desk: Desk, found: Page) -> str:
    """The key of the report; "" where others wrote after the page was composed."""
    today = desk.today()
    frozen = replace(found, status=ISSUED, issued_on=today)
    fields = {
        "status": ISSUED,
        "issued_on": today.isoformat(),
        "head_sum": found.head_sum,
        "content": page_text(frozen),
    }
    report = status.of_period(desk.statuses.reports(found.node), found.period)
    written: list[str] = []

    def work(draft: Draft) -> None:
        written.clear()
        if draft.sequence != found.head + 1:
            return
        if report is None:
            document = {"project": found.node, "period": found.period, "recorded_by": me(desk), **fields}
            written.append(draft.add("reports", document))
        else:
            draft.change(report.key, fields, report.revision)
            written.append(report.key)

    desk.store.transact(work, note="issued")
    return written[0] if written else ""


def refuse_undo(desk: Desk, sequence: int) -> None:
    """Refused where a transaction issued a report and somebody else did so, or it was on another day: others may have read it."""
    transaction = next(iter(desk.store.since(sequence - 1)), None) if sequence > 0 else None
    if transaction is None or transaction.sequence != sequence or transaction.undoes is not None:
        return
    for op in transaction.ops:
        if op.register == by_name("reports").name and op.new is not None and op.new.get("content"):
            same_day = op.new.get("issued_on") == desk.today().isoformat()
            if transaction.author != desk.author or not same_day:
                hint = N_("Record a new status for the period, and the correction is issued as the next version.")
                raise Refused(N_("{key} was issued by {author}; only they take it back, on the same day."), hint, key=op.key,
                              author=transaction.author)  # fmt: skip
