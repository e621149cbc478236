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
from pmo_tui.exchange.mspdi_part import CENT, Part, Plan, last_day
from pmo_tui.exchange.mspdi_tasks import PlanTask
from pmo_tui.records.errors import Said
from pmo_tui.records.marks import N_

NUMBERS = range(11)
SUM_LENGTH = 8
KIND = "msproject-baseline"
"""Source keys of their own, so that a baseline which the file no longer holds is not called gone."""


@dataclass(slots=True)
class _Frozen:
    """What a baseline says of one task."""

    start: datetime | None
    finish: datetime | None
    duration: str | None
    minutes: Decimal | None
    cost: Decimal | None

    def add(self, other: _Frozen) -> None:
        """Take in another assignment of the task."""
        self.start = min((each for each in (self.start, other.start) if each), default=None)
        self.finish = max((each for each in (self.finish, other.finish) if each), default=None)
        self.minutes = _sum(self.minutes, other.minutes)
        self.cost = _sum(self.cost, other.cost)

    def values(self) -> dict[str, Any]:
        """As the record has it."""
        return {
            "start": None if self.start is None else self.start.date(),
            "finish": last_day(self.start, self.finish),
            "duration": self.duration,
            "work": None if self.minutes is None else (self.minutes / 60).quantize(CENT),
            "cost": self.cost,
        }


def _sum(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    return one if other is None else other if one is None else one + other


def add_baselines(plan: Plan, tasks: Mapping[int, PlanTask]) -> None:
    """Put the baselines of the tasks into the batch, one record a number."""
    found: dict[int, dict[int, _Frozen]] = {}
    for uid, task in tasks.items():
        for number, frozen in _read(task.part):
            found.setdefault(number, {})[uid] = frozen
    of_assignments: dict[int, dict[int, _Frozen]] = {}
    for part in plan.parts("Assignments"):
        uid_or_none = part.integer("TaskUID")
        if uid_or_none is None or uid_or_none not in tasks:
            continue
        for number, frozen in _read(part):
            rows = of_assignments.setdefault(number, {})
            if uid_or_none in rows:
                rows[uid_or_none].add(frozen)
            else:
                rows[uid_or_none] = frozen
    for number in sorted({*found, *of_assignments}):
        plan.batch.records.append(
            _incoming(plan, number, {**of_assignments.get(number, {}), **found.get(number, {})}, tasks)
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


def _incoming(plan: Plan, number: int, rows: Mapping[int, _Frozen], tasks: Mapping[int, PlanTask]) -> Incoming:
    ordered = [(uid, rows[uid].values()) for uid in tasks if uid in rows]
    content = sha256(repr(ordered).encode()).hexdigest()[:SUM_LENGTH]
    values: dict[str, Any] = {
        "project": plan.project,
        "name": f"Baseline {number}" if number else "Baseline",
        "number": number,
        "tasks": [{"task": To(tasks[uid].source_key), **frozen} for uid, frozen in ordered],
    }
    word = f"{number}-{content}"
    place = f"{plan.name}, Baseline {number}"
    return Incoming("baselines", plan.key(word, KIND), values, plan.match(word, KIND), update=False, place=place)
