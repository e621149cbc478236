"""One project's status reports: what was declared week by week, in words that follow from its plan."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from pmo_tui.analysis.periods import Period
from pmo_tui.analysis.status import collected, step
from pmo_tui.desk.demo.governance import Facts
from pmo_tui.desk.demo.plan import Span
from pmo_tui.desk.demo.stories import LETTERS, A, G, R
from pmo_tui.desk.demo.words import COMMENTS, SENTENCES
from pmo_tui.desk.reports.estimates import carry
from pmo_tui.records.documents import document_of
from pmo_tui.records.reports import Comment, Report
from pmo_tui.store import Draft

PERIODS = 6
EARLIER = Decimal(500)
"""Estimates of earlier weeks differ by so much, or a multiple of it."""
HOW = ("mail", "mail", "phone", "meeting", "form")


class ReportMaker:
    """Makes the reports of projects for the last six weeks that are over or being collected."""

    def __init__(self, random: Random, today: date) -> None:
        self.random = random
        self.today = today
        last = collected("week", today)
        self.periods: list[Period] = [step(last, place + 1 - PERIODS) for place in range(PERIODS)]

    def make(self, draft: Draft, facts: Facts, estimate: Decimal | None) -> None:
        """A report for every period in which the project was there and was asked; what is still to come was more the earlier it was."""
        for place, (period, said) in enumerate(zip(self.periods, facts.story.declared, strict=True)):
            if said == "." or period.finish < facts.plan.start:
                continue
            told = said in LETTERS
            newest = place == PERIODS - 1
            report = self._told(facts, place, LETTERS[said], newest=newest) if told else self._asked(facts, period)
            if told and estimate is not None:
                then = estimate + EARLIER * (PERIODS - 1 - place) * (estimate // 50 // EARLIER)
                report = replace(report, etc=then, etc_on=report.declared_on)
            draft.add("reports", document_of(report))
            carry(draft, document_of(report))

    def _asked(self, facts: Facts, period: Period) -> Report:
        return Report(project=facts.key, period=period.name, status="requested", recorded_by=facts.officer)

    def _told(self, facts: Facts, place: int, rag: str, *, newest: bool) -> Report:
        period = self.periods[place]
        last = period.finish
        told = min(last - timedelta(days=2 + self.random.randint(0, 1)), self.today)
        cause = facts.story.cause if rag != G else ""
        colours = {cause: rag} if cause in ("time", "cost", "risk", "resources") else {}
        issued = last + timedelta(days=1)
        done = not newest and issued <= self.today
        return Report(
            project=facts.key, period=period.name, status="issued" if done else "draft", rag=rag, rag_time=colours.get("time", G),
            rag_cost=colours.get("cost", G), rag_scope=G, rag_quality=G, rag_benefit=G, rag_risk=colours.get("risk", G),
            rag_resources=colours.get("resources", G), declared_by=facts.manager, declared_how=self.random.choice(HOW), declared_on=told,
            recorded_by=facts.officer, summary=self._summary(facts, place, rag, cause), next_period=self._next(facts, last),
            comments=[Comment(dimension=cause, text=self.random.choice(COMMENTS[cause]))] if cause in COMMENTS else [],
            decisions_asked=self._decision(facts, rag, cause), issued_on=issued if done else None,
        )  # fmt: skip

    def _summary(self, facts: Facts, place: int, rag: str, cause: str) -> str:
        """What was finished, what is under way, and how it stands; the sentence is another one every week."""
        first, last = self.periods[place].start, self.periods[place].finish
        finished = [each.name for each in facts.plan.steps if first <= each.actual[1] <= last and each.done == 100]
        reached = [each.name for each in facts.plan.milestones if first <= each.actual[1] <= last and each.done == 100]
        running = [each.name for each in facts.plan.steps if each.actual[0] <= last < each.actual[1]]
        words = [
            f"Finished: {_listed(finished)}." if finished else "",
            f"Reached: {_listed(reached)}." if reached else "",
        ]
        words.append(f"Under way: {_listed(running)}." if running else "")
        sentences = SENTENCES.get((cause, rag)) or SENTENCES.get((cause, A)) or SENTENCES["", G]
        words.append(sentences[(place + facts.story.days) % len(sentences)].format(**facts.words))
        return " ".join(word for word in words if word)

    def _next(self, facts: Facts, last: date) -> str:
        ahead = last + timedelta(days=7)
        starts = [each.name for each in facts.plan.steps if last < each.actual[0] <= ahead]
        ends = [each.name for each in facts.plan.steps if last < each.actual[1] <= ahead]
        coming = [each for each in facts.plan.milestones if last < each.actual[1]]
        words = [f"Start: {_listed(starts)}." if starts else "", f"Finish: {_listed(ends)}." if ends else ""]
        words.append(_to_come(coming[0]) if coming else "Hand over and close.")
        return " ".join(word for word in words if word)

    def _decision(self, facts: Facts, rag: str, cause: str) -> str | None:
        if rag != R:
            return None
        if cause == "cost":
            return f"More budget for {facts.story.name}, or less scope: before {facts.words['day']}."
        return f"Accept that {facts.words['milestone']} moves {facts.words['days']} days, or add people."


def _listed(names: list[str]) -> str:
    kept = [names[0], *(name[0].lower() + name[1:] for name in names[1:3])]
    return ", ".join(kept) + (f" and {len(names) - 3} more" if len(names) > 3 else "")


def _to_come(milestone: Span) -> str:
    return f"{milestone.name} is planned for {milestone.actual[1]:%-d %B}."
