"""The plans in the store: which task stands on which line, its baseline, and its schedule, kept until the plan changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from pmo_tui.records.planning import Baseline, Task

if TYPE_CHECKING:
    from pmo_tui.desk.desk import Desk


class Plans:
    """Plans by project. Lines count from 1 in the order of `position`."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._lines: tuple[int, dict[str, list[str]], dict[str, int]] = (-1, {}, {})
        self._baselines: tuple[int, dict[str, Any]] = (-1, {})

    def _placed(self) -> tuple[dict[str, list[str]], dict[str, int]]:
        version = self.desk.store.version("tasks")
        if self._lines[0] != version:
            fields = self.desk.fields("tasks")
            projects = self.desk.columns.column("tasks", fields["project"])
            positions = self.desk.columns.column("tasks", fields["position"])
            plans: dict[str, list[str]] = {}
            for number in sorted(positions, key=lambda number: (positions[number], int(number))):
                plans.setdefault(projects[number], []).append(f"T-{number}")
            places = {key: place for keys in plans.values() for place, key in enumerate(keys, 1)}
            self._lines = (version, plans, places)
        return self._lines[1], self._lines[2]

    def keys(self, project: str) -> list[str]:
        """The tasks of a project in the order of its plan."""
        return self._placed()[0].get(project, [])

    def line(self, key: str) -> int | None:
        """The line of a task in its plan, from 1."""
        return self._placed()[1].get(key)

    def baseline(self, task: Task, figure: str) -> Any:
        """`start` or `finish` of a task in the baseline taken last; None where it is in none."""
        version = self.desk.store.version("baselines")
        if self._baselines[0] != version:
            shelf = self.desk.store.shelf("baselines")
            found: dict[str, Any] = {}
            taken = [msgspec.json.decode(shelf.raw(number), type=Baseline) for number in shelf.numbers()]
            for baseline in sorted(taken, key=lambda each: (str(each.taken_on or ""), each.number)):
                found |= {row.task: row for row in baseline.tasks}
            self._baselines = (version, found)
        row = self._baselines[1].get(task.key)
        return None if row is None else getattr(row, figure)
