"""The baselines of a plan in MSPDI: up to eleven, made of what its tasks, or failing that their assignments, say of them.

A baseline is a snapshot. When the file holds another one under the same number, that is a new record beside the old one, so the
source key holds a sum of the content.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from hashlib import sha256
from typing import Any

from pmo_tui.exchange.incoming import Incoming, To
from pmo_tui.exchange.mspdi_part import CENT, Part, Plan
from pmo_tui.exchange.mspdi_tasks import PlanDays, PlanTask
from pmo_tui.records.errors import Said
from pmo_tui.records.marks import N_

NUMBERS = range(11)
SUM_LENGTH = 8
KIND = "msproject-baseline"
"""Source keys of their own, so that a baseline which the file no longer holds is not called gone."""


@dataclass(frozen=True, slots=True)
class _Frozen:
    """What a baseline says of one task."""

    start: datetime | None
    finish: datetime | None
    duration: str | None
    minutes: Decimal | None
    cost: Decimal | None

    @property
    def content(self) -> str:
        """All of it in one line, for the sum."""
        return f"{self.start} {self.finish} {self.duration} {self.minutes} {self.cost}"

    def with_other(self, other: _Frozen) -> _Frozen:
        """Together with another assignment of the task."""
        return _Frozen(
            min((each for each in (self.start, other.start) if each), default=None),
            max((each for each in (self.finish, other.finish) if each), default=None),
            None,
            _sum(self.minutes, other.minutes),
            _sum(self.cost, other.cost),
        )

    def values(self, task: PlanTask, days: PlanDays) -> dict[str, Any]:
        """As the record has it."""
        return {
            "task": To(task.source_key),
            "start": None if self.start is None else self.start.date(),
            "finish": days.last(task, self.start, self.finish),
            "duration": self.duration,
            "work": None if self.minutes is None else (self.minutes / 60).quantize(CENT),
            "cost": self.cost,
        }


def _sum(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    return one if other is None else other if one is None else one + other


def add_baselines(plan: Plan, tasks: Mapping[int, PlanTask], days: PlanDays) -> None:
    """Put the baselines of the tasks into the batch, one record a number."""
    of_tasks: dict[int, dict[int, _Frozen]] = {}
    for uid, task in tasks.items():
        for number, frozen in _read(task.part):
            of_tasks.setdefault(number, {})[uid] = frozen
    of_assignments: dict[int, dict[int, _Frozen]] = {}
    for part in plan.parts("Assignments"):
        task_uid = part.integer("TaskUID")
        if task_uid is None or task_uid not in tasks:
            continue
        for number, frozen in _read(part):
            rows = of_assignments.setdefault(number, {})
            rows[task_uid] = frozen if task_uid not in rows else rows[task_uid].with_other(frozen)
    for number in sorted({*of_tasks, *of_assignments}):
        rows = {**of_assignments.get(number, {}), **of_tasks.get(number, {})}
        plan.batch.records.append(
            _incoming(plan, number, {uid: rows[uid] for uid in tasks if uid in rows}, tasks, days)
        )


def _read(part: Part) -> Iterator[tuple[int, _Frozen]]:
    """The baselines that say a day or an amount, with their numbers."""
    for each in part.parts("Baseline"):
        number = each.integer("Number") or 0
        if each.flag("Interim"):
            continue
        if number not in NUMBERS:
            each.refuse(
                "Baseline", Said(N_("{number} is not the number of a baseline; they are 0 to 10"), {"number": number})
            )
            continue
        start, finish = each.moment("Start"), each.moment("Finish")
        duration = each.duration("Duration", each.integer("DurationFormat"))
        frozen = _Frozen(start, finish, duration, each.minutes("Work"), each.money("Cost"))
        if start or finish:
            yield number, frozen


def _incoming(
    plan: Plan, number: int, rows: Mapping[int, _Frozen], tasks: Mapping[int, PlanTask], days: PlanDays
) -> Incoming:
    content = sha256("\n".join(f"{uid} {rows[uid].content}" for uid in sorted(rows)).encode()).hexdigest()
    values: dict[str, Any] = {
        "project": plan.project,
        "name": f"Baseline {number}" if number else "Baseline",
        "number": number,
        "tasks": [frozen.values(tasks[uid], days) for uid, frozen in rows.items()],
    }
    word = f"{number}-{content[:SUM_LENGTH]}"
    place = f"{plan.name}, Baseline {number}"
    return Incoming("baselines", plan.key(word, KIND), values, plan.match(word, KIND), update=False, place=place)
