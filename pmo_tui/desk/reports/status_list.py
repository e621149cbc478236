"""Who has reported for a period and who has not: a row a project, declared beside computed, last period's beside this one's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from pmo_tui.analysis import status
from pmo_tui.analysis.periods import Granularity, Period, period_of
from pmo_tui.analysis.reporting import period_days
from pmo_tui.analysis.standing import RUNNING
from pmo_tui.analysis.status import STATES
from pmo_tui.desk.touched import Kept
from pmo_tui.desk.views.lists import ListDefinition, ListView, Values, fields_named
from pmo_tui.records import fields as f
from pmo_tui.records.base import NODES
from pmo_tui.records.marks import N_
from pmo_tui.records.projects import RAG, Project
from pmo_tui.records.report_page import OVERALL
from pmo_tui.records.reports import DIMENSIONS, WAYS, Report
from pmo_tui.wording.rag import SHAPES, letter

if TYPE_CHECKING:
    from pmo_tui.desk.desk import Desk

NAME = "status_updates"
LABELS: dict[str, str] = {
    OVERALL: N_("Overall"), "time": N_("Time"), "cost": N_("Cost"), "scope": N_("Scope"), "quality": N_("Quality"),
    "benefit": N_("Benefit"), "risk": N_("Risk"), "resources": N_("Resources"),
}  # fmt: skip
"""What the dimensions are called."""
GREY = "grey"


class Statuses:
    """The reports of every node, read again when the node was touched, and the periods they are for."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._reports = Kept(desk.touched, self._read)
        self._light = Kept(desk.touched, self._is_light)

    def _read(self, node: str) -> tuple[Report, ...]:
        numbers = self.desk.store.shelf("reports").where("project", node)
        return tuple(self.desk.money.some("reports", numbers, Report))

    def reports(self, node: str) -> tuple[Report, ...]:
        """The reports about a node itself."""
        return self._reports.get(node)

    def granularity(self, node: str) -> Granularity:
        """Whether a node reports by the week or by the month, as the configuration has it."""
        said = self.desk.config.report_period
        if said == "profile":
            return "month" if node and self._light.get(node) else "week"
        return "month" if said == "month" else "week"

    def _is_light(self, node: str) -> bool:
        record = self.desk.record(node)
        return isinstance(record, Project) and record.profile == "light"

    def period(self, node: str = "", day: date | None = None) -> Period:
        """The period of a node that is being collected now, or that lies around a day."""
        granularity = self.granularity(node)
        return status.collected(granularity, self.desk.today()) if day is None else period_of(granularity, day)

    def of(self, node: str, period: Period) -> Report | None:
        """The report of a node for a period."""
        return status.of_period(self.reports(node), period.name)

    def before(self, node: str, period: Period) -> Report | None:
        """The last report before a period in which somebody declared something."""
        return status.last_before(self.reports(node), period.name)


# ---- rows --------------------------------------------------------------------------------------------------------------


def rows(desk: Desk, day: date | None = None) -> list[Values]:
    """A row for each project that reports, or did so for the period: that of `day`, or the one being collected."""
    found = []
    for standing in desk.portfolio.standings():
        rule = {name: str(figure.value) for name, figure in status.by_rule(standing).items()}
        found += _rows_of(desk, standing.facts.project, day, rule)
    return found


def rows_at_hand(desk: Desk, day: date | None = None) -> list[Values]:
    """These rows without the colours by rule, which take the figures of every project."""
    found = []
    for key in desk.portfolio.projects():
        project = desk.record(key)
        if isinstance(project, Project):
            found += _rows_of(desk, project, day, {})
    return found


def in_collection(project: Project, report: Report | None) -> bool:
    """Whether a project's status is collected for a period: it is running, or there is a report of it all the same."""
    return project.status in RUNNING or report is not None


def _rows_of(desk: Desk, project: Project, day: date | None, rule: Mapping[str, str]) -> list[Values]:
    period = desk.statuses.period(project.key, day)
    report = desk.statuses.of(project.key, period)
    return [_row(desk, project, period, report, rule)] if in_collection(project, report) else []


def _row(desk: Desk, project: Project, period: Period, report: Report | None, rule: Mapping[str, str]) -> Values:
    today = desk.today()
    state = status.state(report, period, today)
    last = desk.statuses.before(project.key, period)
    now = status.declared(report if status.said(report) or state == status.COPIED else None)
    before = status.last_colours(last, period)
    current = period == desk.statuses.period(project.key)
    better = status.better_than_rule(now, rule) if current else []
    return {
        "key": project.key,
        "name": project.name,
        "period": period.name,
        "state": state,
        "order": STATES.index(state),
        "days_late": status.days_late(state, period, today),
        "silent": _silent(project, last, today),
        "rag": now[OVERALL],
        "rag_last": before[OVERALL],
        "rag_computed": rule.get(OVERALL) if current else None,
        **{name: now[name] for name in DIMENSIONS},
        **{f"{name}_last": before[name] for name in DIMENSIONS},
        **{f"{name}_computed": rule[name] if current else None for name in rule if name != OVERALL},
        "better": better,
        "reason": report.reason if report else None,
        "last_period": last.period if last else None,
        "manager": project.manager,
        "officer": project.officer,
        "declared_by": report.declared_by if report else None,
        "declared_how": report.declared_how if report else None,
        "declared_on": report.declared_on if report else None,
        "recorded_by": report.recorded_by if report else None,
        "issued_on": report.issued_on if report else None,
        "summary": report.summary if report else None,
        "report": report.key if report else None,
        "project": project.key,
    }


def _silent(project: Project, last: Report | None, today: date) -> int | None:
    """Days since the end of the last period that was told of, or since the project began; None where nobody knows."""
    since = period_days(last.period)[1] if last is not None else project.start
    return None if since is None else max(0, (today - since).days)


def _colour(label: str, **more: Any) -> f.Field:
    return f.choice(label, *RAG, **more)


FIELDS = fields_named(
    key=f.text(N_("Key"), 6, shown=True),
    name=f.text(N_("Name"), 24, shown=True),
    state=f.choice(N_("Status"), *STATES, width=7, shown=True),
    rag=_colour(N_("RAG"), width=4, shown=True),
    rag_computed=_colour(N_("By rule"), width=4, shown=True),
    **{name: _colour(LABELS[name], width=4, shown=True) for name in DIMENSIONS},
    days_late=f.integer(N_("Days late")),
    silent=f.integer(N_("Silent"), unit="d", help="days since the last period that was told of"),
    manager=f.ref(N_("Manager"), "people"),
    declared_by=f.ref(N_("Declared by"), "people"),
    declared_how=f.choice(N_("Told by"), *WAYS, width=7),
    declared_on=f.day(N_("Declared on")),
    recorded_by=f.ref(N_("Recorded by"), "people"),
    reason=f.text(N_("Reason"), 30, help="why it is declared better than it is by rule"),
    better=f.several(N_("Better than by rule")),
    period=f.text(N_("Period"), 8),
    rag_last=_colour(N_("Last RAG"), width=4),
    last_period=f.text(N_("Last period"), 8),
    **{f"{name}_last": _colour(N_("Last"), width=4) for name in DIMENSIONS},
    **{f"{name}_computed": _colour(N_("By rule"), width=4) for name in ("time", "cost", "risk")},
    issued_on=f.day(N_("Issued on")),
    officer=f.ref(N_("Officer"), "people"),
    summary=f.long(N_("Summary")),
    report=f.ref(N_("Report"), "reports"),
    project=f.ref(N_("Project"), *NODES),
    order=f.integer(N_("Rank"), help="late ones first"),
)
ORDER = "order,-silent,name"
STATUS_UPDATES = ListDefinition(
    NAME, N_("Status updates"), FIELDS, rows, lambda row: str(row["key"]), identity=("key",), order=ORDER
)
"""For the period that is being collected."""


def updates_of(day: date | None, *, at_hand: bool = False) -> ListDefinition:
    """The list for the period of a day; the period being collected for None. `at_hand` leaves out what must be worked out."""
    if at_hand:
        return replace(STATUS_UPDATES, name=f"{NAME}/{day}/at hand", rows=partial(rows_at_hand, day=day))
    if day is None:
        return STATUS_UPDATES
    label = N_("Status updates")
    made = partial(rows, day=day)
    return ListDefinition(f"{NAME}/{day}", label, FIELDS, made, lambda row: str(row["key"]), order=ORDER)


# ---- as a table shows them ---------------------------------------------------------------------------------------------

MOVING = ("rag", *DIMENSIONS)
"""Colours that stand beside those of the last period."""


def moved(now: str | None, last: str | None) -> str:
    """Last period's letter, an arrow, and this period's shape and letter: `G↓▲A`."""
    before = letter(last) if last in SHAPES else " "
    here = now if now in SHAPES else GREY
    return f"{before}{status.arrow(now, last) or ' '}{SHAPES[here]}{letter(here)}"


class StatusView(ListView):
    """The rows with colours as a table shows them: how each moved, in the colour of this period."""

    def __init__(
        self, desk: Desk, day: date | None, filter_text: str = "", sort: str = "", *, at_hand: bool = False
    ) -> None:
        super().__init__(desk, updates_of(day, at_hand=at_hand), filter_text, sort)

    def cells(self, i: int, names: Sequence[str]) -> list[str]:
        """Some fields of a row."""
        row = self._rows[self.keys[i]]
        found = super().cells(i, names)
        return [self._cell(row, name, text) for name, text in zip(names, found, strict=True)]

    def _cell(self, row: Mapping[str, Any], name: str, text: str) -> str:
        return moved(row.get(name), row.get(f"{name}_last")) if name in MOVING else text

    def tones(self, i: int, names: Sequence[str]) -> list[str]:
        """What stresses each: the colour of this period, and a status that is late."""
        row = self._rows[self.keys[i]]
        found = super().tones(i, names)
        found = ["grey" if name in MOVING and not tone else tone for name, tone in zip(names, found, strict=True)]
        return [
            "late" if name == "state" and row["state"] == status.LATE else tone
            for name, tone in zip(names, found, strict=True)
        ]
