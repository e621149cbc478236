"""The computed fields of all tasks at once, plan by plan: after an edit only the plans that it touched are worked out again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pmo_tui.desk.wanted import give_way

if TYPE_CHECKING:
    from pmo_tui.desk.desk import Desk

LINE = "line"
BASELINES = {"baseline_start": "start", "baseline_finish": "finish"}


class PlanColumns:
    """Values by document number, as `Desk.computed` has them one by one."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._parts: dict[tuple[str, str], tuple[Mapping[str, Any], dict[str, Any]]] = {}

    def column(self, name: str) -> dict[str, Any]:
        """A computed field for every task; None where it has none."""
        shelf = self.desk.store.shelf("tasks")
        found: dict[str, Any] = dict.fromkeys(shelf.numbers())
        if name in BASELINES:
            rows = self.desk.plans.baseline_rows()
            return {number: getattr(rows.get(f"T-{number}"), BASELINES[name], None) for number in found}
        for project in set(shelf.column("project")):
            give_way()
            found.update(self._part(project, name))
        return {number: found[number] for number in shelf.numbers()} if len(found) != len(shelf) else found

    def _part(self, project: str, name: str) -> dict[str, Any]:
        """Of one plan; the same as before while what it is read from is the same."""
        plans = self.desk.plans
        source: Mapping[str, Any] = plans.lines(project) if name == LINE else plans.figures(project)
        kept = self._parts.get((project, name))
        if kept is None or kept[0] is not source:
            items = source.items()
            part = {key[2:]: value if name == LINE else getattr(value, name) for key, value in items}
            kept = self._parts[project, name] = (source, part)
        return kept[1]
