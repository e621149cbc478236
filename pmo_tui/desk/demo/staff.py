"""The people of the demo: who there is, who works on what, who is away, and for whom somebody is still asked."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from pmo_tui.desk.demo.days import WorkingDays
from pmo_tui.desk.demo.plan import Plan, Span
from pmo_tui.desk.demo.stories import Story, number_of
from pmo_tui.desk.demo.words import FAMILY, FUNCTIONS, GIVEN, MANAGER, OFFICER, WORKS, Function
from pmo_tui.records.documents import document_of
from pmo_tui.records.people import Absence, Booking, Person, System
from pmo_tui.records.requests import Request
from pmo_tui.store import Draft

PER = 12
"""The counts in `FUNCTIONS` are for so many projects."""
A_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Need:
    """A role in some phases of a plan (by place, counted from 0): hours a week."""

    function: str
    hours: int
    phases: tuple[int, ...]
    for_full: bool = False


NEEDS: dict[bool, tuple[Need, ...]] = {
    True: (
        Need("Civil engineer", 24, (1, 2)), Need("Civil engineer", 12, (3, 4)), Need("Buyer", 8, (2,)), Need("Site supervisor", 20, (3, 4)),
        Need("Change manager", 8, (4, 5)), Need("Civil engineer", 12, (1, 2), True),
    ),
    False: (
        Need("Business analyst", 20, (0, 1)), Need("Architect", 12, (1, 2)), Need("Buyer", 8, (2,)), Need("Developer", 32, (3,)),
        Need("Business analyst", 8, (3, 4)), Need("Tester", 24, (4,)), Need("Change manager", 16, (5,)), Need("Developer", 24, (3, 4), True),
    ),
}  # fmt: skip
"""What a plan asks for, by whether it is one of works."""


@dataclass(slots=True)
class Somebody:
    """A person with what is booked already: first day, last day and hours a week, soft ones weighed like hard ones."""

    key: str
    name: str
    function: Function
    hours: int
    until: date | None = None
    booked: list[tuple[date, date, int]] = field(default_factory=list)

    def peak(self, first: date, last: date) -> int:
        """The most hours a week that are booked between two days."""
        near = [each for each in self.booked if each[0] <= last and each[1] >= first]
        starts = [first, *(each[0] for each in near if each[0] > first)]
        return max((sum(hours for begin, end, hours in near if begin <= day <= end) for day in starts), default=0)


class Staff:
    """Everybody, and the keys of the systems that are booked like people."""

    def __init__(self, random: Random, days: WorkingDays, today: date, projects: int) -> None:
        self.random = random
        self.days = days
        self.today = today
        self.projects = projects
        self.by_function: dict[str, list[Somebody]] = {}
        self.systems: list[str] = []
        self.over = max(2, projects // PER)
        """How many bookings may still go over what somebody has."""
        self.answered = max(3, projects // 4)
        """How many bookings still are the answer to a request."""

    @property
    def managers(self) -> list[Somebody]:
        """The project managers."""
        return self.by_function[MANAGER]

    @property
    def officers(self) -> list[Somebody]:
        """The project officers; the first is whoever made the demo."""
        return self.by_function[OFFICER]

    def hire(self, draft: Draft, calendar: str, author: str, externals: list[str]) -> None:
        """Write the people, their absences, and the systems. `author` becomes the first officer's login; `externals` are suppliers."""
        names = [f"{given} {family}" for family in FAMILY for given in GIVEN]
        self.random.shuffle(names)
        place = 0
        for function in FUNCTIONS:
            count = max(function.count, function.count * self.projects // PER)
            for number in range(count):
                name = names[place % len(names)] + (f" {place // len(names) + 1}" if place >= len(names) else "")
                login = author if function.name == OFFICER and not number else None
                self._person(draft, function, name, place, calendar, login, externals)
                place += 1
        for place in range(max(2, self.projects // 5)):
            name = f"Test environment {chr(65 + place)}" if place < 26 else f"Test environment {place + 1}"
            system = System(name=name, kind="environment", owner=self.officers[0].key)
            self.systems.append(draft.add("systems", document_of(system)))

    def _person(
        self,
        draft: Draft,
        function: Function,
        name: str,
        place: int,
        calendar: str,
        login: str | None,
        externals: list[str],
    ) -> None:
        part_time = place % 4 == 2
        external = function.name in ("Developer", "Tester", "Site supervisor") and place % 3 == 0
        until = self.days.plus(self.today + timedelta(days=self.random.choice((24, 52, 86))), 0) if external else None
        person = Person(
            name=name, function=function.name, skills=function.skills, unit=function.unit, calendar=calendar, login=login,
            email=f"{name.split()[0].casefold()}.{place + 1}@oosterwaard.example", fte=Decimal("0.8") if part_time else Decimal(1),
            pattern="8 8 8 8 0 0 0" if part_time else "8 8 8 8 8 0 0", paid_by="invoice" if external else "payroll",
            supplier=self.random.choice(externals) if external else None,
            rate=Decimal(function.rate + (25 if external else self.random.choice((-6, -3, 0, 4)))), finish=until,
        )  # fmt: skip
        key = draft.add("people", document_of(person))
        somebody = Somebody(key, name, function, 32 if part_time else 40, until)
        self.by_function.setdefault(function.name, []).append(somebody)
        self._away(draft, key, place)

    def _away(self, draft: Draft, key: str, place: int) -> None:
        christmas = date(self.today.year, 12, 28)
        spans = []
        if place % 5 == 1:
            spans.append((self.today + timedelta(days=self.random.randint(-12, 40)), self.random.randint(1, 9)))
        if place % 9 == 4 and 0 < (christmas - self.today).days < 90:
            spans.append((christmas, 3))
        for day, count in spans:
            first = self.days.plus(day, 0)
            draft.add("absences", document_of(Absence(person=key, start=first, finish=self.days.plus(first, count))))

    def team(
        self, draft: Draft, project: str, story: Story, plan: Plan, manager: Somebody, officer: Somebody
    ) -> list[Somebody]:
        """Book whom a plan needs, phase by phase; where nobody has time, ask. Returns who works on it, the manager first."""
        team = [manager]
        hours = {"full": 12, "standard": 8, "light": 4}[story.profile]
        self._book(draft, project, manager, plan.start, plan.finish, hours, MANAGER, soft=False)
        self._book(draft, project, officer, plan.start, plan.finish, max(2, hours // 2), OFFICER, soft=False)
        needs = [need for need in NEEDS[story.kind == WORKS] if story.profile == "full" or not need.for_full]
        for need in needs:
            first, last = plan.phases[need.phases[0]], plan.phases[need.phases[-1]]
            somebody = self._fill(draft, project, story, need, first, last)
            if somebody is not None and somebody not in team:
                team.append(somebody)
        if story.kind != WORKS:
            test = plan.phases[4]
            if test.actual[1] >= self.today:
                system = self.systems[number_of(story.short) % len(self.systems)]
                booking = Booking(
                    person=system, project=project, start=test.actual[0], finish=test.actual[1], hours_per_week=Decimal(24),
                    status="hard" if test.actual[0] < self.today + 8 * A_WEEK else "soft", role="Test", probability=Decimal(100),
                )  # fmt: skip
                draft.add("bookings", document_of(booking))
        return team

    def _fill(self, draft: Draft, project: str, story: Story, need: Need, first: Span, last: Span) -> Somebody | None:
        start, finish = first.actual[0], last.actual[1]
        hours = need.hours if story.profile != "light" else max(4, need.hours // 2)
        best = min(
            self.by_function[need.function],
            key=lambda each: (each.until is not None and each.until < finish, each.peak(start, finish) - each.hours),
        )
        free = best.hours - best.peak(start, finish)
        later = (start - self.today).days
        over = free < hours and finish >= self.today and later < 60 and self.over > 0
        if best.until is not None and best.until < finish:
            self._ask(draft, project, need, hours, self.days.plus(best.until, 1), finish, best, "submitted")
            finish = best.until
        if finish <= start or (free < hours and not over and finish >= self.today):
            self._ask(draft, project, need, hours, start, finish, best)
            return None
        self.over -= over
        booking = self._book(draft, project, best, start, finish, hours, need.function, soft=later > 45)
        if 10 < later < 90 and self.answered > 0:
            self.answered -= 1
            self._ask(draft, project, need, hours, start, finish, best, "booked", booking)
        return best

    def _book(
        self, draft: Draft, project: str, who: Somebody, start: date, finish: date, hours: int, role: str, *, soft: bool
    ) -> str:
        who.booked.append((start, finish, hours))
        booking = Booking(
            person=who.key, project=project, role=role, start=start, finish=finish, hours_per_week=Decimal(hours),
            status="soft" if soft else "hard", probability=Decimal(self.random.choice((50, 60, 80)) if soft else 100),
        )  # fmt: skip
        return draft.add("bookings", document_of(booking))

    def _ask(
        self, draft: Draft, project: str, need: Need, hours: int, start: date, finish: date, best: Somebody, status: str = "",
        booking: str | None = None,
    ) -> None:  # fmt: skip
        """A request for somebody; the sooner it is needed, the further it has come."""
        begin = max(start, self.days.plus(self.today, 5))
        weeks = (begin - self.today).days // 7
        status = status or ("proposed" if weeks < 4 else "submitted" if weeks < 20 else "draft")
        asked = self.days.minus(self.today, self.random.randint(1, 15))
        request = Request(
            role=need.function, skills=best.function.skills, project=project, start=begin, finish=max(finish, begin),
            hours_per_week=Decimal(hours), needed_by=self.days.minus(begin, 10) if weeks > 3 else self.days.plus(self.today, 2),
            status=status, person=best.key if status in ("proposed", "booked") else None, booking=booking, location="Oosterwaard",
            max_rate=Decimal(best.function.rate + 30), requested_by=self.officers[0].key, requested_on=None if status == "draft" else asked,
        )  # fmt: skip
        draft.add("requests", document_of(request))

    def extra_request(self, draft: Draft, project: str, story: Story, place: int) -> None:
        """Now and then somebody is asked for beyond the plan, and it comes to nothing."""
        status = {4: "rejected", 8: "released", 10: "draft", 7: "submitted"}.get(place % PER)
        if status is not None:
            need = NEEDS[story.kind == WORKS][place % 3]
            start = self.days.plus(self.today + timedelta(days=28 + 7 * (place % 5)), 0)
            best = self.by_function[need.function][0]
            self._ask(draft, project, need, need.hours, start, start + 6 * A_WEEK - timedelta(days=3), best, status)
