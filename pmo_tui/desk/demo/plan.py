"""One project's plan: phases with tasks, links, milestones, progress up to today, and a baseline that some tasks have left."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from random import Random

from pmo_tui.desk.demo.days import minus, plus
from pmo_tui.desk.demo.words import PHASES
from pmo_tui.records.documents import document_of
from pmo_tui.records.planning import Baseline, BaselineTask, Link, Task
from pmo_tui.store import Draft


class PlanMaker:
    """Lays the rows of one plan one under the other."""

    def __init__(self, draft: Draft, random: Random, project: str, owners: list[str], today: date) -> None:
        self.draft = draft
        self.random = random
        self.project = project
        self.owners = owners
        self.today = today
        self.rows: list[BaselineTask] = []
        self.position = 0
        self.late = 0

    def make(self, start: date, count: int) -> date:
        """About `count` tasks from `start` on; returns the finish of the last."""
        each = max(2, count // len(PHASES) - 2)
        gate: str | None = None
        for number, (phase, names) in enumerate(PHASES, 1):
            begin = self.position
            summary = self.draft.new_key("tasks")
            self.position += 1
            places = (summary, self.position, str(number))
            first = start
            previous, start = self._tasks(number, names, each, start, gate)
            gate, start = self._milestone(number, f"{phase} accepted", each + 1, previous, start)
            self._summary(places, phase, first, minus(start, 1) if self.position > begin else start)
        return minus(start, 1)

    def _tasks(self, phase: int, names: tuple[str, ...], count: int, start: date, gate: str | None) -> tuple[str, date]:
        previous, side = gate, None
        key = gate or ""
        for place in range(count):
            name = names[place % len(names)] + (f" {place // len(names) + 1}" if place >= len(names) else "")
            days = self.random.choice((2, 3, 5, 5, 8, 10)) if count < 8 else self.random.choice((1, 1, 2, 3))
            key = self.draft.new_key("tasks")
            links = [Link(task=previous)] if previous else []
            if side and side != previous:
                links.append(Link(task=side, type="SS", lag="1d"))
            finish = plus(start, days - 1)
            self.late += self.random.choice((0, 0, 0, 0, 0, 0, 1, 3)) if start < self.today and count < 8 else 0
            self._row(key, f"{phase}.{place + 1}", name, start, finish, f"{days}d", links)
            side, previous = previous, key
            start = plus(finish, 1)
        return key, start

    def _row(self, key: str, wbs: str, name: str, start: date, finish: date, days: str, links: list[Link]) -> None:
        self.position += 1
        done = self._done(start, finish)
        self.rows.append(
            BaselineTask(task=key, start=minus(start, self.late), finish=minus(finish, self.late), duration=days)
        )
        task = Task(
            project=self.project, wbs=wbs, name=name, position=self.position, outline_level=2, duration=days, start=start,
            finish=finish, percent_complete=Decimal(done), predecessors=links, owner=self.random.choice(self.owners),
            actual_start=start if done else None, actual_finish=finish if done == 100 else None,
            work=f"{int(days[:-1]) * 8}h",
        )  # fmt: skip
        self.draft.add("tasks", document_of(task), key)

    def _done(self, start: date, finish: date) -> int:
        if finish < self.today:
            return 100 if self.random.random() > 0.06 else 80
        if start >= self.today:
            return 0
        return min(90, 10 * round(10 * (self.today - start).days / max(1, (finish - start).days + 1)))

    def _milestone(self, phase: int, name: str, place: int, previous: str, start: date) -> tuple[str, date]:
        day = minus(start, 1)
        key = self.draft.new_key("tasks")
        self.position += 1
        passed = day < self.today and self.random.random() > 0.1
        self.rows.append(
            BaselineTask(task=key, start=minus(day, self.late), finish=minus(day, self.late), duration="0d")
        )
        milestone = Task(
            project=self.project, wbs=f"{phase}.{place}", name=name, position=self.position, outline_level=2, duration="0d",
            start=day, finish=day, milestone=True, percent_complete=Decimal(100 if passed else 0),
            predecessors=[Link(task=previous)], actual_finish=day if passed else None,
        )  # fmt: skip
        self.draft.add("tasks", document_of(milestone), key)
        return key, start

    def _summary(self, place: tuple[str, int, str], phase: str, start: date, finish: date) -> None:
        key, position, wbs = place
        done = self._done(start, finish)
        row = Task(
            project=self.project, wbs=wbs, name=phase, position=position, outline_level=1, summary=True, start=start,
            finish=max(start, finish), percent_complete=Decimal(done), mode="auto",
        )  # fmt: skip
        self.draft.add("tasks", document_of(row), key)

    def baseline(self, taken_on: date) -> None:
        """Freeze the plan as it was agreed."""
        frozen = Baseline(project=self.project, name="Agreed plan", number=0, taken_on=taken_on, tasks=self.rows)
        self.draft.add("baselines", document_of(frozen))
