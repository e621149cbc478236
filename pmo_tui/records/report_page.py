"""What a report says, as plain facts: colours, dates and amounts without a language, so that it can be printed in any later.

An issued report keeps it as text in `content`: one JSON array a line, `["head", {…}]` first, then a line for each row with the name
of its section.
"""

from __future__ import annotations

import json
from dataclasses import MISSING, dataclass, field, fields
from datetime import date
from decimal import Decimal
from typing import Any

import msgspec

from pmo_tui.records.errors import Fault, Said
from pmo_tui.records.marks import N_

OVERALL = "overall"
"""The dimension of the whole, before those of `reports.DIMENSIONS`."""
HEAD = "head"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why something is not known: a template to be translated, and its values as text."""

    template: str = ""
    values: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, said: Said | None) -> Reason | None:
        """The reason that was said; None for none."""
        return None if said is None else cls(template=said.template, values={k: str(v) for k, v in said.values.items()})

    def said(self) -> Said:
        """As every other sentence of the program."""
        return Said(self.template, dict(self.values))


@dataclass(frozen=True, slots=True, kw_only=True)
class RagRow:
    """One dimension: declared now and last time, by rule, and what is said about it."""

    dimension: str
    now: str | None = None
    last: str | None = None
    by_rule: str | None = None
    comment: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyRow:
    """One figure, called as the field of a project is, now and in the last report; without a value the reason."""

    name: str
    now: Decimal | None = None
    last: Decimal | None = None
    currency: str = "EUR"
    reason: Reason | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectRow:
    """A project of a node: declared now and last time, by rule."""

    key: str
    name: str
    manager: str = ""
    now: str | None = None
    last: str | None = None
    by_rule: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MilestoneRow:
    """A milestone: the day of the baseline, the day expected now and in the last report, days behind the baseline."""

    key: str
    name: str
    project: str = ""
    agreed: date | None = None
    expected: date | None = None
    was: date | None = None
    slip: int | None = None
    state: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskRow:
    """A risk: its score now and in the last report; `new` when it came since."""

    key: str
    title: str
    project: str = ""
    kind: str = "threat"
    score: int | None = None
    was: int | None = None
    new: bool = False
    owner: str = ""
    response: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionRow:
    """A decision that is asked."""

    key: str
    title: str
    options: str = ""
    recommendation: str = ""
    due: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRow:
    """What happened to a record since the last report: created, changed (in which fields) or deleted. `count` records at once where
    one transaction touched many; `title` is then its note."""

    key: str
    register: str
    title: str
    what: str
    fields: list[str] = field(default_factory=list)
    count: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page about a project or another node, from the records as they stood after transaction `head`.

    `last_period` and `last_issued` are those of the last issued report, which `last` values of money and the changes are measured
    from. `more_…` count what the page has no room for. `distribution` says how many projects have which colour by rule.
    """

    node: str
    level: str
    title: str
    period: str
    as_of: date
    head: int
    head_sum: str
    author: str
    code: str = ""
    manager: str = ""
    version: int = 1
    status: str = "draft"
    issued_on: date | None = None
    declared_by: str = ""
    declared_on: date | None = None
    declared_how: str = ""
    recorded_by: str = ""
    reason: str = ""
    last_period: str = ""
    last_issued: date | None = None
    summary: str = ""
    next_period: str = ""
    decisions_asked: str = ""
    distribution: dict[str, int] = field(default_factory=dict)
    why: str = ""
    more_projects: int = 0
    more_milestones: int = 0
    more_risks: int = 0
    more_decisions: int = 0
    more_changes: int = 0
    rag: tuple[RagRow, ...] = ()
    projects: tuple[ProjectRow, ...] = ()
    milestones: tuple[MilestoneRow, ...] = ()
    risks: tuple[RiskRow, ...] = ()
    money: tuple[MoneyRow, ...] = ()
    decisions: tuple[DecisionRow, ...] = ()
    changes: tuple[ChangeRow, ...] = ()

    def money_row(self, name: str) -> MoneyRow | None:
        """The figure with that name."""
        return next((row for row in self.money if row.name == name), None)


SECTIONS: dict[str, type[Any]] = {
    "rag": RagRow,
    "projects": ProjectRow,
    "milestones": MilestoneRow,
    "risks": RiskRow,
    "money": MoneyRow,
    "decisions": DecisionRow,
    "changes": ChangeRow,
}
"""The parts of a page that are rows, in the order in which they are kept."""


def page_text(page: Page) -> str:
    """A page as an issued report keeps it."""
    plain: dict[str, Any] = msgspec.to_builtins(page)
    rows = {name: plain.pop(name) for name in SECTIONS}
    lines: list[list[Any]] = [[HEAD, _filled(Page, plain)]]
    lines += [[name, _filled(row_class, row)] for name, row_class in SECTIONS.items() for row in rows[name]]
    return "\n".join(json.dumps(line, ensure_ascii=False, separators=(",", ":")) for line in lines)


def _filled(cls: type[Any], values: dict[str, Any]) -> dict[str, Any]:
    """What must be given, and what holds something."""
    needed = {part.name for part in fields(cls) if part.default is MISSING and part.default_factory is MISSING}
    return {name: value for name, value in values.items() if name in needed or value not in (None, "", [], {})}


def page_from(text: str) -> Page:
    """The page in the content of an issued report. Fault where it is none."""
    try:
        lines = [json.loads(line) for line in text.split("\n")]
        if lines[0][0] != HEAD:
            raise ValueError(lines[0][0])
        rows: dict[str, list[Any]] = {name: [] for name in SECTIONS}
        for name, values in lines[1:]:
            rows[name].append(msgspec.convert(values, SECTIONS[name], builtin_types=()))
        known = {part.name for part in fields(Page)}
        head = {name: value for name, value in lines[0][1].items() if name in known}
        return msgspec.convert({**head, **{n: tuple(found) for n, found in rows.items()}}, Page, builtin_types=())
    except (ValueError, KeyError, IndexError, TypeError, msgspec.ValidationError) as error:
        raise Fault(N_("is not a page as reports are issued ({why})"), why=error) from error
