"""One project's plan: phases with steps, links and milestones, as agreed (the baseline) and as it went up to today."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from random import Random

from pmo_tui.desk.demo.days import WorkingDays
from pmo_tui.desk.demo.stories import Story
from pmo_tui.desk.demo.words import PHASES, Phase, Step
from pmo_tui.records.documents import document_of
from pmo_tui.records.planning import Baseline, BaselineTask, Link, Task
from pmo_tui.store import Draft

LARGE_PARTS = 7
"""Into so many parts each step of a large demo's plan is cut, so that 500 projects make 100,000 documents."""
STUCK = 5
"""How many working days ago the milestone was due that a stuck project has not reached."""


@dataclass(frozen=True, slots=True)
class Span:
    """A step or phase as agreed and as it goes: first and last days, and how much is done."""

    name: str
    agreed: tuple[date, date]
    actual: tuple[date, date]
    done: int
    key: str = ""
    milestone: bool = False


@dataclass(slots=True)
class Plan:
    """What the rest of the demo needs to know of a plan."""

    project: str
    start: date
    agreed_finish: date
    finish: date
    phases: list[Span] = field(default_factory=list)
    steps: list[Span] = field(default_factory=list)
    milestones: list[Span] = field(default_factory=list)

    def phase(self, today: date) -> Span:
        """The phase that is under way: the first that is not done, or the last one."""
        return next((each for each in self.phases if each.actual[1] >= today), self.phases[-1])

    def next_milestone(self) -> Span | None:
        """The first milestone that is not reached."""
        return next((each for each in self.milestones if each.done < 100), None)


@dataclass(slots=True)
class _Row:
    """A row while the plan is laid: working days as agreed and as it goes, links, and where it lies."""

    key: str
    name: str
    wbs: str
    agreed_days: int
    days: int
    links: list[Link]
    agreed: tuple[date, date]
    actual: tuple[date, date]
    milestone: bool = False
    beside: bool = False
    done: int = 0


class PlanMaker:
    """Lays one plan and writes it into a draft."""

    def __init__(self, draft: Draft, random: Random, days: WorkingDays, today: date, *, large: bool) -> None:
        self.draft = draft
        self.random = random
        self.days = days
        self.today = today
        self.large = large

    def make(self, project: str, story: Story, owners: list[str]) -> Plan:
        """Write the tasks of a project and their baseline."""
        phases = PHASES[story.kind]
        start = self._start(story, phases)
        rows: list[list[_Row]] = []
        agreed = actual = start
        gate: str | None = None
        summaries = []
        for number, phase in enumerate(phases, 1):
            summaries.append(self.draft.new_key("tasks"))
            found = self._lay(phase, number, story, agreed, actual, gate)
            rows.append(found)
            gate, agreed, actual = found[-1].key, self._after(found[-1].agreed[1]), self._after(found[-1].actual[1])
        return self._write(project, story, owners, list(zip(phases, summaries, rows, strict=True)))

    def _start(self, story: Story, phases: tuple[Phase, ...]) -> date:
        """So that today lies `into` the phase of the story, delays before it included."""
        past = sum(phase.share for phase in phases[: story.phase]) + story.into * phases[story.phase].share
        names = {step.name for phase in phases[: story.phase + 1] for step in phase.steps}
        delays = sum(days for name, days in story.delays if name in names)
        return self.days.minus(self.today, round(story.days * past / 100) + delays + (STUCK if story.stuck else 0))

    def _after(self, day: date) -> date:
        return self.days.plus(day, 1)

    def _lay(self, phase: Phase, number: int, story: Story, agreed: date, actual: date, gate: str | None) -> list[_Row]:
        """The steps of a phase one after the other, those beside them, and the milestone at its end."""
        weights = sum(step.weight for step in phase.steps if not step.beside)
        whole = story.days * phase.share / 100
        delays = dict(story.delays)
        rows: list[_Row] = []
        last: _Row | None = None
        ends: list[str] = []
        for step, part, parts in self._parts(phase):
            wbs = f"{number}.{len(rows) + 1}"
            name = step.name + (f", part {part}" if parts > 1 else "")
            if step.beside and last is not None:
                most = last.agreed_days
                days = max(1, min(most, round(most * 0.8)))
                row = self._row(name, wbs, days, days, last.agreed[0], last.actual[0], [Link(task=last.key, type="SS")])
                row.beside = True
                ends.append(row.key)
            else:
                days = max(1, round(whole * step.weight / weights / parts))
                longer = delays.get(step.name, 0) if part == parts else 0
                links = [Link(task=last.key)] if last else [Link(task=gate)] if gate else []
                row = last = self._row(name, wbs, days, days + longer, agreed, actual, links)
                agreed, actual = self._after(row.agreed[1]), self._after(row.actual[1])
            rows.append(row)
        assert last is not None
        links = [Link(task=last.key), *(Link(task=key) for key in ends)]
        ending = _Row(
            self.draft.new_key("tasks"), f"{phase.name} accepted", f"{number}.{len(rows) + 1}", 0, 0, links,
            (last.agreed[1], last.agreed[1]), (last.actual[1], last.actual[1]), milestone=True,
        )  # fmt: skip
        return [*rows, ending]

    def _parts(self, phase: Phase) -> list[tuple[Step, int, int]]:
        found = []
        for step in phase.steps:
            parts = 1 if step.beside or not self.large else LARGE_PARTS
            found += [(step, part, parts) for part in range(1, parts + 1)]
        return found

    def _row(
        self, name: str, wbs: str, agreed_days: int, days: int, agreed: date, actual: date, links: list[Link]
    ) -> _Row:
        return _Row(
            self.draft.new_key("tasks"), name, wbs, agreed_days, days, links,
            (agreed, self.days.plus(agreed, agreed_days - 1)), (actual, self.days.plus(actual, days - 1)),
        )  # fmt: skip

    def _write(
        self, project: str, story: Story, owners: list[str], phases: list[tuple[Phase, str, list[_Row]]]
    ) -> Plan:
        laid = [row for _, _, rows in phases for row in rows]
        stuck = self._stuck(laid) if story.stuck else None
        for row in laid:
            row.done = self._done(row, stuck)
        plan = Plan(project, laid[0].actual[0], laid[-1].agreed[1], laid[-1].actual[1])
        frozen: list[BaselineTask] = []
        position = 0
        for number, (phase, summary, rows) in enumerate(phases, 1):
            position += 1
            self._summary(plan, phase, summary, rows, number, position)
            for row in rows:
                position += 1
                self._task(plan, row, position, self.random.choice(owners))
                length = f"{row.agreed_days}d"
                frozen.append(BaselineTask(task=row.key, start=row.agreed[0], finish=row.agreed[1], duration=length))
        baseline = Baseline(project=project, name="Agreed plan", number=0, taken_on=plan.start, tasks=frozen)
        self.draft.add("baselines", document_of(baseline))
        return plan

    def _stuck(self, rows: list[_Row]) -> _Row | None:
        """The last step before the last milestone that should have been reached: it is not finished, and nothing behind it began."""
        found = last = None
        for row in rows:
            if row.milestone and row.actual[1] < self.today:
                found = last if self.days.between(row.actual[1], self.today) <= STUCK + 3 else None
            elif not row.beside:
                last = row
        return found

    def _done(self, row: _Row, stuck: _Row | None) -> int:
        start, finish = row.actual
        if stuck is not None and start >= stuck.actual[0] and not row.beside:
            return 90 if row is stuck else 0
        if finish < self.today:
            late = row.beside and self.days.between(finish, self.today) < 12 and self.random.random() < 0.5
            return 80 if late else 100
        if start >= self.today:
            return 0
        if row.milestone:
            return 0
        gone = self.days.between(start, self.today) - 1
        return min(95, 5 * round(20 * gone / max(1, self.days.between(start, finish))))

    def _task(self, plan: Plan, row: _Row, position: int, owner: str) -> None:
        (start, finish), done = row.actual, row.done
        task = Task(
            project=plan.project, wbs=row.wbs, name=row.name, position=position, outline_level=2, duration=f"{row.days}d", start=start,
            finish=finish, milestone=row.milestone, percent_complete=Decimal(done), predecessors=row.links, owner=owner,
            actual_start=start if done else None, actual_finish=finish if done == 100 else None,
            work=None if row.milestone else f"{row.days * 6}h",
        )  # fmt: skip
        self.draft.add("tasks", document_of(task), row.key)
        span = Span(row.name, row.agreed, row.actual, done, row.key, row.milestone)
        (plan.milestones if row.milestone else plan.steps).append(span)

    def _summary(self, plan: Plan, phase: Phase, key: str, rows: list[_Row], number: int, position: int) -> None:
        chain = [row for row in rows if not row.milestone and not row.beside]
        length = sum(row.days for row in chain)
        done = round(sum(row.done * row.days for row in chain) / length)
        actual = rows[0].actual[0], rows[-1].actual[1]
        task = Task(
            project=plan.project, wbs=str(number), name=phase.name, position=position, outline_level=1, summary=True, start=actual[0],
            finish=actual[1], duration=f"{length}d", percent_complete=Decimal(done),
            work=f"{sum(row.days for row in rows) * 6}h", actual_start=actual[0] if done else None,
            actual_finish=actual[1] if done == 100 else None,
        )  # fmt: skip
        self.draft.add("tasks", document_of(task), key)
        plan.phases.append(Span(phase.name, (rows[0].agreed[0], rows[-1].agreed[1]), actual, done, key))
