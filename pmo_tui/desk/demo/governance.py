"""One project's risks, issues, actions, decisions and gates."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from pmo_tui.desk.demo.days import WorkingDays
from pmo_tui.desk.demo.plan import Plan
from pmo_tui.desk.demo.stories import Story, number_of
from pmo_tui.desk.demo.words import ACTIONS, BOARD, DECISIONS, ISSUES, OPPORTUNITIES, THREATS, Threat
from pmo_tui.records.documents import document_of
from pmo_tui.records.gates import Gate
from pmo_tui.records.raid import Action, Decision, Issue, Risk
from pmo_tui.store import Draft

LIKELY = {1: 5, 2: 25, 3: 50, 4: 75, 5: 90}
"""Per cent by level of probability, as exposures are worked out."""
SIZES = {"light": (2, 1, 3, 1), "standard": (4, 2, 5, 2), "full": (6, 3, 7, 3)}
"""Risks, issues, actions and decisions by the profile of a project."""


@dataclass(slots=True)
class Facts:
    """What the records are filled with: the project, its plan, who works on it, and the names that sentences need."""

    key: str
    story: Story
    plan: Plan
    manager: str
    officer: str
    people: list[str]
    supplier: str
    words: dict[str, str] = field(default_factory=dict)


class GovernanceMaker:
    """Makes what a project office keeps about a project beside its plan and its money."""

    def __init__(self, random: Random, days: WorkingDays, today: date) -> None:
        self.random = random
        self.days = days
        self.today = today
        self.ownerless = True
        """Whether the one risk without an owner is still to be made."""

    def make(self, draft: Draft, facts: Facts) -> None:
        """Everything about one project."""
        risks, issues, actions, decisions = SIZES[facts.story.profile]
        keys = self._risks(draft, facts, risks)
        keys += [self._issue(draft, facts, place, keys) for place in range(issues)]
        kind = facts.story.kind
        asked = self.random.sample([words for words in DECISIONS if words[0] in ("", kind)], decisions)
        keys += [self._decision(draft, facts, place, *words[1:]) for place, words in enumerate(asked)]
        for place, title in enumerate(self.random.sample([*ACTIONS[""], *ACTIONS[kind]], actions)):
            self._action(draft, facts, place, title, keys)
        if facts.story.profile != "light":
            self._gates(draft, facts)

    # ---- risks ---------------------------------------------------------------------------------------------------------

    def _risks(self, draft: Draft, facts: Facts, count: int) -> list[str]:
        """Threats whose expected values add up to the exposure of the story, and an opportunity for every other project."""
        kind = facts.story.kind
        threats = self.random.sample([each for each in THREATS if each.kind in ("", kind)], count)
        chance = facts.story.profile != "light" and facts.story.days % 20 == 0
        good = self.random.choice([each for each in OPPORTUNITIES if each.kind in ("", kind)]) if chance else None
        levels = [(self.random.choice((2, 2, 3, 3, 4)), self.random.choice((2, 3, 3, 4, 5))) for _ in threats]
        closed = {count - 1} if count > 3 else set()
        weights = [p * i for place, (p, i) in enumerate(levels) if place not in closed]
        net = facts.story.budget * facts.story.exposure / 100
        gain = abs(net) * 0.25 if net > 0 else facts.story.budget * 0.06 if good else 0.0
        aim = net + gain if good else abs(net)
        keys = []
        for place, (threat, (p, i)) in enumerate(zip(threats, levels, strict=True)):
            expected = aim * p * i / sum(weights)
            keys.append(self._risk(draft, facts, threat, p, i, expected, closed=place in closed))
        if good is not None:
            keys.append(self._risk(draft, facts, good, 3, 3, gain, closed=False, good=True))
        return keys

    def _risk(
        self,
        draft: Draft,
        facts: Facts,
        what: Threat,
        p: int,
        i: int,
        expected: float,
        *,
        closed: bool,
        good: bool = False,
    ) -> str:
        came = max(facts.plan.start, self.today - timedelta(days=self.random.randint(12, 150)))
        overdue = self.random.random() < 0.1
        review = (
            self.days.minus(self.today, self.random.randint(1, 8))
            if overdue
            else self.days.plus(self.today, self.random.randint(1, 28))
        )
        owner: str | None = self.random.choice(facts.people)
        if self.ownerless and facts.story.budget > 800_000 and not good and not closed:
            owner, self.ownerless = None, False
        risk = Risk(
            title=what.title, project=facts.key, kind="opportunity" if good else "threat", cause=what.cause, event=what.event,
            effect=what.effect, category=what.category, inherent_probability=min(5, p + 1), inherent_impact=min(5, i + (i < 4)),
            probability=p, impact=i, target_probability=max(1, p - 1), target_impact=i, owner=owner, reported_by=facts.manager,
            source=self.random.choice(("workshop", "team", "supplier", "audit")), response_plan=what.plan,
            status="closed" if closed else self.random.choice(("assessed", "planned", "planned", "monitoring", "monitoring")),
            response="enhance" if good else self.random.choice(("reduce", "reduce", "avoid", "transfer", "accept")),
            cost_impact=Decimal(max(500, 500 * round(expected * 100 / LIKELY[p] / 500))), days_impact=self.random.choice((5, 10, 15, 20, 30)),
            proximity=self.days.plus(self.today, self.random.randint(10, 120)), next_review=None if closed else review, identified_on=came,
            closed_on=max(came, self.days.minus(self.today, self.random.randint(2, 20))) if closed else None,
        )  # fmt: skip
        return draft.add("risks", document_of(risk))

    # ---- issues, decisions, actions, gates -----------------------------------------------------------------------------

    def _issue(self, draft: Draft, facts: Facts, place: int, risks: list[str]) -> str:
        pool = ISSUES[facts.story.kind]
        title, resolution = pool[(place + number_of(facts.story.short)) % len(pool)]
        raised = max(facts.plan.start, self.days.minus(self.today, self.random.randint(4, 40)))
        status = ("open", "resolved", "escalated" if "R" in facts.story.declared else "open")[place % 3]
        due = (
            self.days.plus(self.today, self.random.randint(-3, 18))
            if status != "resolved"
            else self.days.plus(raised, 10)
        )
        issue = Issue(
            title=title, project=facts.key, owner=self.random.choice(facts.people), reported_by=facts.manager, raised_on=raised,
            risk=risks[0] if place == 2 and risks else None, priority=("medium", "low", "critical" if status == "escalated" else "high")[place % 3],
            due=max(due, raised), status=status, resolution=resolution if status == "resolved" else None,
        )  # fmt: skip
        return draft.add("issues", document_of(issue))

    def _decision(self, draft: Draft, facts: Facts, place: int, title: str, options: str, recommendation: str) -> str:
        taken = place % 2 == 0
        day = max(facts.plan.start, self.days.minus(self.today, self.random.randint(3, 50)))
        decision = Decision(
            title=title.format(amount=f"{max(5, facts.story.budget // 50_000) * 1000:,}", **facts.words), project=facts.key,
            options=options, recommendation=recommendation, decided_by=BOARD if taken else None, recorded_by=facts.officer,
            due=day if taken else self.days.plus(self.today, self.random.randint(2, 22)), decided_on=day if taken else None,
            status="taken" if taken else "asked", outcome="As recommended." if taken else None,
        )  # fmt: skip
        return draft.add("decisions", document_of(decision))

    def _action(self, draft: Draft, facts: Facts, place: int, title: str, keys: list[str]) -> None:
        """Of eight actions three are done, one is overdue, and the others are due in the weeks to come."""
        turn = (place + number_of(facts.story.short)) % 8
        done, overdue = turn < 3, turn == 3
        due = (
            self.days.minus(self.today, self.random.randint(1, 15 if done else 6))
            if done or overdue
            else self.days.plus(self.today, self.random.randint(0, 20))
        )
        done_on = (
            min(self.today, self.days.plus(due, self.random.randint(-2, 2)) if due < self.today else due)
            if done
            else None
        )
        action = Action(
            title=title.format(**facts.words), project=facts.key, owner=facts.officer if turn == 6 else self.random.choice(facts.people),
            about=self.random.choice(keys) if turn % 2 else None, due=due, status="done" if done else "open", done_on=done_on,
        )  # fmt: skip
        draft.add("actions", document_of(action))

    def _gates(self, draft: Draft, facts: Facts) -> None:
        for place, milestone in enumerate(facts.plan.milestones, 1):
            board = self.days.plus(milestone.actual[1], 3)
            passed = milestone.done == 100 and board <= self.today
            conditional = passed and self.random.random() < 0.2
            gate = Gate(
                project=facts.key, name=f"Gate {place}: {milestone.name.removesuffix(' accepted')}", position=place,
                planned_on=self.days.plus(milestone.agreed[1], 3), passed_on=board if passed else None,
                status="conditional" if conditional else "go" if passed else "planned", decided_by=BOARD if passed else None,
                recorded_by=facts.officer if passed else None,
                conditions="The risk log is reviewed again before the next phase ends." if conditional else None,
            )  # fmt: skip
            draft.add("gates", document_of(gate))
