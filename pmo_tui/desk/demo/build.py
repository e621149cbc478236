"""Builds the demo portfolio in an empty store, project by project, each in one transaction."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from pmo_tui.desk.demo.days import office_calendar, plus
from pmo_tui.desk.demo.governance import GovernanceMaker
from pmo_tui.desk.demo.money import MoneyMaker
from pmo_tui.desk.demo.plan import PlanMaker
from pmo_tui.desk.demo.words import (
    FAMILY,
    FUNCTIONS,
    GIVEN,
    PROGRAMMES,
    PROJECTS,
    SUPPLIERS,
    UNITS,
)
from pmo_tui.records.documents import document_of
from pmo_tui.records.errors import Refused
from pmo_tui.records.marks import N_
from pmo_tui.records.own_fields import OwnField
from pmo_tui.records.people import Absence, Booking, Person, System
from pmo_tui.records.projects import Portfolio, Programme, Project
from pmo_tui.records.suppliers import Contract, Supplier
from pmo_tui.store import Draft, Store

Progress = Callable[[int, int], None]
"""Called with how many projects are done, of how many."""
LARGE = 100
"""From so many projects on each carries a full plan, so that 500 make 100,000 documents."""


def build(store: Store, *, projects: int, seed: int, today: date, progress: Progress = lambda done, of: None) -> None:
    """Fill an empty store with `projects` projects. The same seed on the same day gives the same records."""
    if store.head():
        hint = N_("Name another with --store PATH.")
        raise Refused(
            N_("{store} holds records already; the demo needs a store of its own."), hint, store=store.location
        )
    demo = Demo(store, Random(seed), projects, today)
    demo.common()
    for place in range(projects):
        demo.project(place)
        progress(place + 1, projects)


class Demo:
    """The demo as it grows: who and what the projects share."""

    def __init__(self, store: Store, random: Random, projects: int, today: date) -> None:
        self.store = store
        self.random = random
        self.projects = projects
        self.today = today
        self.large = projects >= LARGE
        self.people: list[str] = []
        self.managers: list[str] = []
        self.officers: list[str] = []
        self.programmes: list[str] = []
        self.suppliers: list[tuple[str, str]] = []
        self.systems: list[str] = []
        self.calendar = ""
        self.billed = 0

    def common(self) -> None:
        """The calendar, the people, the suppliers and the top of the tree, in one transaction."""
        self.store.transact(self._common, note="demo")

    def _common(self, draft: Draft) -> None:
        self.calendar = draft.add(
            "calendars", document_of(office_calendar(range(self.today.year - 2, self.today.year + 4)))
        )
        self._staff(draft, max(24, self.projects))
        for place, (name, city) in enumerate(SUPPLIERS):
            iban = dutch_iban("DEMO", 417_164_300 + place)
            supplier = Supplier(
                name=name, registration=str(30_100_200 + 1117 * place), vat_number=f"NL8{place}1234567B01", ibans=[iban],
                address=f"Industrieweg {place + 1}, {city}", country="NL", payment_days=30,
            )  # fmt: skip
            key = draft.add("suppliers", document_of(supplier))
            self.suppliers.append((key, iban))
            if place < 4:
                start = plus(self.today - timedelta(days=300 + 20 * place), 0)
                contract = Contract(
                    title=f"Framework agreement {name.split()[0]}", number=f"RO-{self.today.year - 1}-{place + 1:02}", supplier=key,
                    owner=self.officers[0], start=start, finish=start + timedelta(days=730), value=Decimal(400_000 * (place + 1)),
                    notice_by=self.today + timedelta(days=12 * (place + 1)),
                )  # fmt: skip
                draft.add("contracts", document_of(contract))
        portfolio = draft.add(
            "portfolios",
            document_of(Portfolio(name="Town of Oosterwaard", officer=self.officers[0], budget=Decimal(20_000_000))),
        )
        for place in range(min(len(PROGRAMMES), max(2, self.projects // 40))):
            programme = Programme(
                name=PROGRAMMES[place], parent=portfolio, manager=self.managers[place % len(self.managers)],
                officer=self.officers[place % len(self.officers)], budget=Decimal(4_000_000 + 2_500_000 * place),
                rag=self.random.choice(("green", "amber")),
            )  # fmt: skip
            self.programmes.append(draft.add("programmes", document_of(programme)))
        goal = OwnField(
            register="projects",
            name="goal",
            label="Council goal",
            kind="choice",
            choices=["safe", "green", "digital", "together"],
        )
        draft.add("fields", document_of(goal))

    def _staff(self, draft: Draft, count: int) -> None:
        names = [f"{given} {family}" for family in FAMILY for given in GIVEN]
        self.random.shuffle(names)
        for place in range(count):
            name = names[place % len(names)] + (f" {place // len(names) + 1}" if place >= len(names) else "")
            function, skills = FUNCTIONS[place % len(FUNCTIONS)]
            part_time = place % 5 == 3
            person = Person(
                name=name, function=function, skills=skills, unit=UNITS[place % len(UNITS)], calendar=self.calendar,
                email=f"{name.split()[0].casefold()}.{place}@oosterwaard.example", fte=Decimal("0.8") if part_time else Decimal(1),
                pattern="8 8 8 8 0 0 0" if part_time else "8 8 8 8 8 0 0", rate=Decimal(self.random.randint(55, 120)),
            )  # fmt: skip
            key = draft.add("people", document_of(person))
            group = (
                self.managers
                if function == "Project manager"
                else self.officers
                if function == "Project officer"
                else self.people
            )
            group.append(key)
            if place % 4 == 1:
                first = plus(self.today + timedelta(days=self.random.randint(-20, 60)), 0)
                draft.add(
                    "absences",
                    document_of(Absence(person=key, start=first, finish=plus(first, self.random.randint(0, 9)))),
                )
        for name in ("Test environment A", "Test environment B"):
            self.systems.append(
                draft.add("systems", document_of(System(name=name, kind="environment", owner=self.officers[0])))
            )

    def project(self, place: int) -> None:
        """One project with everything that belongs to it, in one transaction."""
        self.store.transact(lambda draft: self._project(draft, place), note="demo")

    def _project(self, draft: Draft, place: int) -> None:
        random = self.random
        name, short, profile, budget = PROJECTS[place % len(PROJECTS)]
        round_ = place // len(PROJECTS)
        manager = self.managers[place % len(self.managers)]
        start = plus(self.today - timedelta(days=random.randint(40, 260)), 0)
        team = [manager, *random.sample(self.people, min(6, len(self.people)))]
        key = draft.new_key("projects")
        plan = PlanMaker(draft, random, key, team, self.today)
        finish = plan.make(start, 130 if self.large else {"light": 14, "standard": 28, "full": 40}[profile])
        plan.baseline(start)
        over = finish < self.today
        project = Project(
            name=name + (f" {round_ + 1}" if round_ else ""), short_name=short + (str(round_ + 1) if round_ else ""),
            code=f"OW{self.today.year % 100}{place + 1:03}", parent=random.choice(self.programmes) if place % 6 else self.programmes[0],
            manager=manager, officer=self.officers[place % len(self.officers)], department=UNITS[place % len(UNITS)],
            profile=profile, start=start, finish=finish, phase="Closure" if over else "Build", calendar=self.calendar,
            status="closing" if over else "active", rag=random.choice(("green", "green", "green", "amber", "amber", "red", "grey")),
            rag_declared_by=manager, budget=Decimal(budget) if not round_ else Decimal(random.randint(5, 90) * 10_000),
            vat_recoverable=Decimal(random.choice((100, 100, 70))), extra={"goal": random.choice(("safe", "green", "digital", "together"))},
        )  # fmt: skip
        draft.add("projects", document_of(project), key)
        self._bookings(draft, key, project, team)
        money = MoneyMaker(draft, random, self.suppliers, team, self.today)
        money.number = self.billed
        money.make(key, project, 3 if self.large else {"light": 1, "standard": 2, "full": 3}[profile])
        self.billed = money.number
        GovernanceMaker(draft, random, team, self.today).make(key, project, 1 if profile == "light" else 2)

    def _bookings(self, draft: Draft, key: str, project: Project, team: list[str]) -> None:
        start, finish = project.start or self.today, project.finish or self.today
        for place, person in enumerate([*team, self.random.choice(self.systems)]):
            first = plus(start + timedelta(days=self.random.randint(0, 60)), 0)
            soft = place % 4 == 2
            booking = Booking(
                person=person, project=key, role="Project manager" if place == 0 else None, start=first, finish=max(first, finish),
                hours_per_week=Decimal(self.random.choice((8, 12, 16, 20, 24))), status="soft" if soft else "hard",
                probability=Decimal(60 if soft else 100),
            )  # fmt: skip
            draft.add("bookings", document_of(booking))


def dutch_iban(bank: str, account: int) -> str:
    """A well-formed IBAN of an invented bank: check digits by ISO 13616 (mod 97-10)."""
    body = f"{bank}{account:010}"
    digits = "".join(str(int(letter, 36)) for letter in f"{body}NL00")
    return f"NL{98 - int(digits) % 97:02}{body}"
