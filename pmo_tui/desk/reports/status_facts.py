"""What is known of a project beside what its manager says: dates that moved, money, what is open; a line each, for who asks for a status."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from pmo_tui.analysis import status
from pmo_tui.analysis.figure import Figure
from pmo_tui.analysis.milestones import Milestone, next_of
from pmo_tui.desk.reports.estimates import doubt_words
from pmo_tui.records.errors import Fault
from pmo_tui.records.projects import Project
from pmo_tui.records.report_page import OVERALL, Page, page_from
from pmo_tui.wording.languages import _
from pmo_tui.wording.money import format_compact
from pmo_tui.wording.numbers import format_number
from pmo_tui.wording.safe import safe
from pmo_tui.wording.shown_days import format_date

if TYPE_CHECKING:
    from pmo_tui.desk.desk import Desk

MOST_LATE = 3
"""So many late milestones are named."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A line: what it is about, the words (both safe), and what stresses them: `late` or nothing."""

    label: str
    text: str
    tone: str = ""


def facts(desk: Desk, node: str) -> list[Fact]:
    """The facts of a node, the most urgent first."""
    return [*_dates(desk, node), *_money(desk, node), *_rules(desk, node), *_open(desk, node)]


def last_page(desk: Desk, node: str) -> Page | None:
    """The page that was issued last; None where there is none that can be read."""
    report = status.last_issued(desk.statuses.reports(node), desk.statuses.period(node))
    if report is None or not report.content:
        return None
    try:
        return page_from(report.content)
    except Fault:
        return None


def _dates(desk: Desk, node: str) -> Iterator[Fact]:
    today = desk.today()
    found = [each for standing in desk.portfolio.standings(node) for each in standing.facts.milestones]
    late = sorted((each for each in found if each.days_late(today)), key=lambda each: -each.days_late(today))
    page = last_page(desk, node)
    was = {row.key: row.expected for row in page.milestones} if page is not None else {}
    if late:
        names = ", ".join(
            _("{name} {days}d late").format(name=safe(each.name), days=each.days_late(today))
            for each in late[:MOST_LATE]
        )
        more = f" … ({len(late)})" if len(late) > MOST_LATE else ""
        yield Fact(_("Late"), names + more, "late")
    coming = next_of(found, today)
    if coming is not None and coming.finish is not None:
        yield Fact(_("Next"), _coming(coming, today, was.get(coming.key)))


def _coming(each: Milestone, today: date, was: date | None) -> str:
    assert each.finish is not None
    text = f"{safe(each.name)} {format_date(each.finish, 'short')}"
    slip = each.slip(today)
    if slip:
        text += " " + _("({days}d against the baseline)").format(days=f"{slip:+d}")
    if was is not None and was != each.finish:
        text += ", " + _("was {day} in the last report").format(day=format_date(was, "short"))
    return text


def _money(desk: Desk, node: str) -> Iterator[Fact]:
    totals, page = desk.portfolio.totals(node), last_page(desk, node)
    parts = []
    for label, name in (
        (_("cost"), "cost"),
        (_("committed"), "open_commitment"),
        (_("available"), "available"),
        (_("expected"), "expected_result"),
    ):
        now: Decimal | None = getattr(totals, name)
        if now is None:
            continue
        row = page.money_row(name) if page is not None else None
        moved = now - row.now if row is not None and row.now is not None and row.currency == totals.currency else None
        parts.append(
            f"{label} {format_compact(now)}"
            + (f" ({'+' if moved > 0 else ''}{format_compact(moved)})" if moved else "")
        )
    if parts:
        low = any(amount is not None and amount < 0 for amount in (totals.available, totals.expected_result))
        tone = "late" if low else ""
        yield Fact(_("Money"), f"{totals.currency}: " + " · ".join(parts), tone)
    yield from _estimate(desk, node)


def _estimate(desk: Desk, node: str) -> Iterator[Fact]:
    """What the project manager said last that is still to come, and when; with a doubt where orders ask for more."""
    project = desk.portfolio.node(node)
    if isinstance(project, Project) and project.etc is not None and project.etc_on is not None:
        words = _("{amount} to complete, said on {day}")
        amount = format_compact(project.etc, project.currency)
        text = words.format(amount=amount, day=format_date(project.etc_on, "short"))
        doubt = doubt_words(desk, project, project.etc)
        yield Fact(_("Estimate"), f"⚠ {text}, {doubt}" if doubt else text, "late" if doubt else "")


def _rules(desk: Desk, node: str) -> Iterator[Fact]:
    """What the colours by rule stand on, for those that are not green."""
    standing = desk.portfolio.standing(node) if node.startswith("P-") else None
    found = []
    for name, figure in status.by_rule(standing).items():
        measure = figure.inputs[0] if figure.inputs else None
        if name == OVERALL or figure.value not in ("red", "amber") or not isinstance(measure, Figure):
            continue
        if isinstance(measure.value, Decimal | int) and not isinstance(measure.value, bool):
            unit = "%" if measure.unit == "%" else ""
            found.append(f"{_(measure.name).lower()} {format_number(measure.value)}{unit}")
    if found:
        yield Fact(_("By rule"), " · ".join(found))


def _open(desk: Desk, node: str) -> Iterator[Fact]:
    """How many risks, issues, actions and decisions are open, and of those that have a day how many late."""
    today = desk.today().isoformat()
    parts = []
    for label, register, words, due in (
        (_("risks"), "risks", "-status:closed,occurred", ""),
        (_("issues"), "issues", "status:open,escalated", "due"),
        (_("actions"), "actions", "status:open", "due"),
        (_("decisions"), "decisions", "status:asked,deferred", "due"),
    ):
        count = len(desk.view(register, f"@{node} {words}"))
        late = len(desk.view(register, f"@{node} {words} {due}<{today}")) if due and count else 0
        if count:
            parts.append(
                f"{label} {format_number(count)}"
                + (f" ({_('{count} late').format(count=format_number(late))})" if late else "")
            )
    if parts:
        yield Fact(_("Open"), " · ".join(parts))
