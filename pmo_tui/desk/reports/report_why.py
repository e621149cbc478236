"""Where the figures on a report's page come from: from the records as they are, or for an issued page as they were then."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from pmo_tui.analysis import status
from pmo_tui.analysis.figure import Figure, Source
from pmo_tui.desk import why
from pmo_tui.desk.reports import report_parts as parts
from pmo_tui.desk.reports.reporting import desk_at
from pmo_tui.desk.reports.status import rag_field
from pmo_tui.exchange.report_blocks import FIGURES, LABELS
from pmo_tui.records.errors import WrongUse
from pmo_tui.records.marks import N_
from pmo_tui.records.report_page import OVERALL, Page
from pmo_tui.records.reports import ISSUED

if TYPE_CHECKING:
    from pmo_tui.desk.desk import Desk


def figure_of(desk: Desk, page: Page, target: str) -> Figure:
    """The figure behind a row of a page (`money:cost`, `rag:time`, `risks:R-2`); WrongUse where there is none."""
    section, _colon, name = target.partition(":")
    explain = EXPLAINED.get(section)
    if explain is None:
        raise WrongUse(N_("There is no figure here."), N_("⏎ opens the record behind a line."))
    return explain(_known_to(desk, page), page, name)


def _known_to(desk: Desk, page: Page) -> Desk:
    """The records that a page was made of."""
    return desk_at(desk, page.head, page.as_of) if page.status == ISSUED and page.head else desk


def _money(desk: Desk, page: Page, name: str) -> Figure:
    row = page.money_row(name)
    last = Source("", "", None if row is None else row.last, N_("in the last report"))
    if name in parts.ESTIMATED:
        found = parts.estimated(desk, page.node, name)
    elif parts.is_node(page.node) or page.node in desk.portfolio.tree().children:
        found = _sum(desk, page.node, name)
    else:
        found = why.figure(desk, page.node, name)
    return Figure(found.name, found.value, found.unit, found.formula, (*found.inputs, last), found.reason)


def _sum(desk: Desk, node: str, name: str) -> Figure:
    """A figure of a node: the sum over its projects; what is available from the sums."""
    totals = desk.portfolio.totals(node)
    if name == "available":
        inputs: tuple[Figure | Source, ...] = tuple(_sum(desk, node, each) for each in parts.MONEY if each != name)
        formula = N_("budget − cost − prepaid − open commitment")
    else:
        found = desk.portfolio.standings(node)
        inputs = tuple(
            Source(each.facts.project.key, name, each.facts.project.budget if name == "budget" else getattr(each.facts.money, name))
            for each in found
        )  # fmt: skip
        formula = N_("sum over its projects")
    return Figure(FIGURES[name], getattr(totals, name), totals.currency, formula, inputs, totals.reason)


def _colour(desk: Desk, page: Page, name: str) -> Figure:
    """What was declared, what was declared last, and what follows from the rules."""
    row = next(each for each in page.rag if each.dimension == name)
    period = status.period_named(page.period)
    report, last = desk.statuses.of(page.node, period), desk.statuses.before(page.node, period)
    field = rag_field(name)
    inputs: list[Figure | Source] = []
    if report is not None:
        inputs += [Source(report.key, field, row.now), Source(report.key, "declared_by", report.declared_by)]
    if last is not None:
        inputs.append(Source(last.key, field, getattr(last, field)))
    rule = status.by_rule(desk.portfolio.standing(page.node)) if page.node.startswith("P-") else {}
    if name in rule:
        inputs.append(rule[name])
    elif name == OVERALL:
        inputs.append(why.figure(desk, page.node, "rag_computed"))
    formula = N_("as it was declared") if row.now else N_("nothing is declared")
    return Figure(LABELS[name], row.now, "", formula, tuple(inputs))


def _slip(desk: Desk, page: Page, key: str) -> Figure:
    row = next(each for each in page.milestones if each.key == key)
    inputs = (
        Source(key, "finish", row.expected),
        Source(key, "baseline_finish", row.agreed),
        Source("", "", row.was, N_("in the last report")),
    )
    return Figure(
        f"{key} {row.name}",
        row.slip,
        "d",
        N_("calendar days expected after the baseline; one that is late counts on"),
        inputs,
    )


def _score(desk: Desk, page: Page, key: str) -> Figure:
    row = next(each for each in page.risks if each.key == key)
    found = why.figure(desk, key, "score")
    last = Source("", "", row.was, N_("in the last report"))
    return Figure(f"{key} {row.title}", row.score, "", found.formula, (*found.inputs, last), found.reason)


def _rule(desk: Desk, page: Page, key: str) -> Figure:
    return why.figure(desk, key, "rag_computed")


EXPLAINED: dict[str, Callable[[Desk, Page, str], Figure]] = {
    "money": _money,
    "rag": _colour,
    "milestones": _slip,
    "risks": _score,
    "projects": _rule,
}
"""By part of a page."""
