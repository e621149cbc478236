"""One project's reports, risks, issues, actions, decisions and gates."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from random import Random

from pmo_tui.desk.demo.days import plus
from pmo_tui.desk.demo.words import (
    ACTIONS,
    DECISIONS,
    ISSUES,
    NEXT,
    OPPORTUNITY,
    PHASES,
    RISKS,
    SUMMARIES,
)
from pmo_tui.records.documents import document_of
from pmo_tui.records.gates import Gate
from pmo_tui.records.projects import Project
from pmo_tui.records.raid import Action, Decision, Issue, Risk
from pmo_tui.records.reports import Report
from pmo_tui.store import Draft

RAGS = ("green", "green", "green", "amber", "amber", "red")


class GovernanceMaker:
    """Makes what a project office keeps about a project beside its plan and its money."""

    def __init__(self, draft: Draft, random: Random, people: list[str], today: date) -> None:
        self.draft = draft
        self.random = random
        self.people = people
        self.today = today

    def make(self, key: str, project: Project, size: int) -> None:
        """`size` scales the number of records: 1 for a small project."""
        self._reports(key, project)
        risks = [self._risk(key, project, place) for place in range(3 * size)]
        for place in range(size + 1):
            self._issue(key, risks[place % len(risks)] if place == 0 else None)
        for place in range(3 * size):
            self._action(key, risks[place % len(risks)] if place % 3 == 0 else None)
        for title in self.random.sample(DECISIONS, min(size, len(DECISIONS))):
            self._decision(key, title)
        self._gates(key, project)

    def _reports(self, key: str, project: Project) -> None:
        rag = self.random.choice(RAGS)
        for back in range(5, -1, -1):
            monday = self.today - timedelta(days=self.today.weekday() + 7 * (back + 1))
            year, week, _ = monday.isocalendar()
            late = back == 0 and self.random.random() < 0.3
            if project.start and monday < project.start:
                continue
            if back == 0 and project.rag:
                rag = project.rag
            friday = monday + timedelta(days=4)
            report = Report(
                project=key, period=f"{year}-w{week:02}", status="requested" if late else "issued" if back else "draft",
                rag=None if late else rag, rag_time=None if late else rag, rag_cost=None if late else "green",
                rag_scope=None if late else "green", rag_resources=None if late else self.random.choice(RAGS[:4]),
                declared_by=None if late else project.manager, declared_on=None if late else friday,
                recorded_by=None if late else project.officer, summary=SUMMARIES.get(rag) or None if not late else None,
                next_period=None if late else self.random.choice(NEXT), issued_on=friday if back and not late else None,
            )  # fmt: skip
            self.draft.add("reports", document_of(report))
            rag = self.random.choice((rag, rag, rag, self.random.choice(RAGS)))

    def _risk(self, key: str, project: Project, place: int) -> str:
        good = place % 7 == 6
        title, cause, effect, category = OPPORTUNITY if good else self.random.choice(RISKS)
        came = self.today - timedelta(days=self.random.randint(10, 150))
        probability, impact = self.random.randint(1, 5), self.random.randint(1, 5)
        closed = self.random.random() < 0.15
        risk = Risk(
            title=title, project=key, kind="opportunity" if good else "threat", cause=cause, effect=effect, category=category,
            inherent_probability=min(5, probability + 1), inherent_impact=impact, probability=probability, impact=impact,
            owner=self.random.choice(self.people), reported_by=project.manager,
            status="closed" if closed else self.random.choice(("assessed", "planned", "monitoring")),
            response="enhance" if good else self.random.choice(("reduce", "accept", "transfer", "avoid")),
            cost_impact=Decimal(self.random.randint(2, 60) * 1000), days_impact=self.random.randint(2, 30),
            next_review=None if closed else plus(self.today + timedelta(days=self.random.randint(-10, 40)), 0),
            identified_on=came, closed_on=self.today - timedelta(days=3) if closed else None,
        )  # fmt: skip
        return self.draft.add("risks", document_of(risk))

    def _issue(self, key: str, risk: str | None) -> None:
        raised = self.today - timedelta(days=self.random.randint(3, 60))
        issue = Issue(
            title=self.random.choice(ISSUES), project=key, owner=self.random.choice(self.people), risk=risk, raised_on=raised,
            priority=self.random.choice(("low", "medium", "medium", "high", "critical")),
            due=plus(self.today + timedelta(days=self.random.randint(-8, 25)), 0),
            status=self.random.choice(("open", "open", "escalated", "resolved")),
        )  # fmt: skip
        self.draft.add("issues", document_of(issue))

    def _action(self, key: str, about: str | None) -> None:
        done = self.random.random() < 0.35
        action = Action(
            title=self.random.choice(ACTIONS), project=key, owner=self.random.choice(self.people), about=about,
            due=plus(self.today + timedelta(days=self.random.randint(-15, 30)), 0), status="done" if done else "open",
            done_on=self.today - timedelta(days=self.random.randint(0, 10)) if done else None,
        )  # fmt: skip
        self.draft.add("actions", document_of(action))

    def _decision(self, key: str, title: str) -> None:
        taken = self.random.random() < 0.5
        decision = Decision(
            title=title, project=key, decided_by="Steering committee" if taken else None, status="taken" if taken else "asked",
            due=plus(self.today + timedelta(days=self.random.randint(1, 30)), 0),
            decided_on=self.today - timedelta(days=self.random.randint(1, 40)) if taken else None,
            recommendation="Proceed, with a review after six weeks.",
        )  # fmt: skip
        self.draft.add("decisions", document_of(decision))

    def _gates(self, key: str, project: Project) -> None:
        if not (project.start and project.finish):
            return
        whole = (project.finish - project.start).days
        for place, (phase, _names) in enumerate(PHASES[:4], 1):
            day = plus(project.start + timedelta(days=whole * place // 5), 0)
            passed = day < self.today
            gate = Gate(
                project=key, name=f"{phase} gate", position=place, planned_on=day, passed_on=day if passed else None,
                status="go" if passed else "planned", decided_by="Steering committee" if passed else None,
            )  # fmt: skip
            self.draft.add("gates", document_of(gate))
