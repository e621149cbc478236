"""What happened at and under a node since its last report, from the journal: notable changes, and how risks and milestones stood."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from pmo_tui.analysis.risks import score
from pmo_tui.desk.agenda import Changed, changes
from pmo_tui.records.raid import Risk
from pmo_tui.records.registers import register_of
from pmo_tui.records.report_page import ChangeRow

if TYPE_CHECKING:
    from pmo_tui.desk.desk import Desk
    from pmo_tui.store import Op

NOTABLE = (
    "projects", "programmes", "portfolios", "decisions", "gates", "baselines", "tasks", "risks", "issues", "contracts", "orders",
    "invoices", "actions",
)  # fmt: skip
"""Registers whose changes a steering committee wants to read of, in that order. Of tasks only milestones are named."""
MOST = 10
"""So many changes are named; the others are counted."""
SCORED_BY = ("probability", "impact")
REMEMBERED = {"risks": SCORED_BY, "tasks": ("finish",)}
SAID_BY_STATUS = frozenset({"rag", "rag_declared_by"})
"""Fields of a project that a status update sets: the page says them anyway."""


@dataclass(frozen=True, slots=True)
class Since:
    """The changes to name and how many more there are; of risks and tasks what fields were then, and which were not there yet."""

    rows: tuple[ChangeRow, ...] = ()
    more: int = 0
    before: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    made: frozenset[str] = frozenset()

    def score(self, risk: Risk) -> int | None:
        """The score of a risk then; None for one that was not there or not assessed."""
        if risk.key in self.made:
            return None
        known = {name: value for name, value in self.before.get(risk.key, {}).items() if name in SCORED_BY}
        return score(replace(risk, **known))

    def finish(self, key: str, now: date | None) -> date | None:
        """When a task was to finish then; None for one that was not there."""
        if key in self.made:
            return None
        if "finish" not in self.before.get(key, {}):
            return now
        text = self.before[key]["finish"]
        return date.fromisoformat(text) if text else None


def changes_since(desk: Desk, node: str, sequence: int) -> Since:
    """What happened after a transaction."""
    before: dict[str, dict[str, Any]] = {}
    made: set[str] = set()
    for transaction in desk.store.since(sequence):
        for op in transaction.ops:
            if op.register in REMEMBERED:
                _remember(op, before, made)
    told = [change for change in changes(desk, sequence, f"@{node}", own=True) if not _own_doing(change)]
    notable = sorted((change for change in told if _is_notable(desk, change)), key=_rank)
    rows = tuple(_row(change) for change in notable[:MOST])
    return Since(rows, len(told) - len(rows), before, frozenset(made))


def _remember(op: Op, before: dict[str, dict[str, Any]], made: set[str]) -> None:
    """The first change after a moment tells how a field was at it."""
    if op.old is None:
        made.add(op.key)
        return
    known = before.setdefault(op.key, {})
    for name in REMEMBERED[op.register]:
        if op.new is not None and (name in op.old or name in op.new):
            known.setdefault(name, op.old.get(name))


def _own_doing(change: Changed) -> bool:
    """Reports, messages, and the colour that a status update puts on its project."""
    register = register_of(change.key).name
    return register in ("reports", "messages") or (bool(change.fields) and set(change.fields) <= SAID_BY_STATUS)


def _is_notable(desk: Desk, change: Changed) -> bool:
    register = register_of(change.key).name
    if register == "tasks" and change.count == 1:
        return bool((desk.store.get(change.key) or {}).get("milestone"))
    return register in NOTABLE or change.count > 1


def _rank(change: Changed) -> tuple[int, int]:
    register = register_of(change.key).name
    return (NOTABLE.index(register) if register in NOTABLE else len(NOTABLE), -change.sequence)


def _row(change: Changed) -> ChangeRow:
    register = register_of(change.key).name
    fields = [name for name in change.fields if name not in SAID_BY_STATUS]
    return ChangeRow(
        key=change.key, register=register, title=change.text, what=change.what, fields=fields, count=change.count
    )
