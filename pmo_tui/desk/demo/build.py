"""Builds the demo portfolio in an empty store, project by project, each in one transaction."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from random import Random

from pmo_tui.analysis.amounts import Rates
from pmo_tui.desk.demo.days import WorkingDays
from pmo_tui.desk.demo.estimates import estimate
from pmo_tui.desk.demo.governance import Facts, GovernanceMaker
from pmo_tui.desk.demo.money import DOLLAR, MoneyMaker, Party
from pmo_tui.desk.demo.plan import Plan, PlanMaker
from pmo_tui.desk.demo.reporting import ReportMaker
from pmo_tui.desk.demo.staff import Somebody, Staff
from pmo_tui.desk.demo.stories import LETTERS, Story, stories
from pmo_tui.desk.demo.words import PROGRAMMES, SUPPLIERS, TOWN, Trade
from pmo_tui.records.documents import document_of
from pmo_tui.records.errors import Refused
from pmo_tui.records.exchange_rates import ExchangeRate
from pmo_tui.records.marks import N_
from pmo_tui.records.own_fields import OwnField
from pmo_tui.records.projects import Portfolio, Programme, Project
from pmo_tui.records.suppliers import Contract, Supplier
from pmo_tui.store import Draft, Store
from pmo_tui.store.transactions import DEMO

Progress = Callable[[int, int], None]
"""Called with how many projects are done, of how many."""
LARGE = 100
"""From so many projects on each carries a full plan, so that 500 make 100,000 documents."""
NOTE = "demo"
"""The note of every transaction that makes the demo."""
RATES = Rates({("USD", "EUR"): DOLLAR})
GOALS = ("safe", "green", "digital", "together")


def build(store: Store, *, projects: int, seed: int, today: date, progress: Progress = lambda done, of: None) -> None:
    """Fill an empty store with `projects` projects. The same seed on the same day gives the same records.

    Whoever makes it is the first of its project officers, so that what is theirs is there to see.
    """
    if store.head():
        hint = N_("Name another with --store PATH.")
        raise Refused(
            N_("{store} holds records already; the demo needs a store of its own."), hint, store=store.location
        )
    demo = Demo(store, Random(seed), projects, today)
    store.transact(demo.common, note=NOTE, kind=DEMO)
    for place, story in enumerate(demo.stories):
        store.transact(partial(demo.project, place=place, story=story), note=NOTE, kind=DEMO)
        progress(place + 1, projects)


class Demo:
    """The demo as it grows: who and what the projects share."""

    def __init__(self, store: Store, random: Random, projects: int, today: date) -> None:
        self.random = random
        self.today = today
        self.large = projects >= LARGE
        self.author = store.author
        self.days = WorkingDays(today)
        self.stories = stories(projects, random)
        self.staff = Staff(random, self.days, today, projects)
        self.governance = GovernanceMaker(random, self.days, today)
        self.reports = ReportMaker(random, today)
        self.parties: list[Party] = []
        self.money: MoneyMaker | None = None
        self.calendar = self.portfolio = ""
        self.programmes: list[str] = []

    def common(self, draft: Draft) -> None:
        """The calendar, the suppliers, the people and the top of the tree."""
        self.calendar = draft.add("calendars", document_of(self.days.calendar()))
        for place, trade in enumerate(SUPPLIERS):
            self.parties.append(self._supplier(draft, trade, place))
        externals = [party.key for party in self.parties if party.trade in ("software", "engineering", "testing")]
        self.staff.hire(draft, self.calendar, self.author, externals)
        self._contracts(draft)
        self.money = MoneyMaker(self.random, self.days, self.today, self.parties, self.author)
        self._tree(draft)
        for currency, rate in (("USD", DOLLAR), ("GBP", Decimal("1.16"))):
            begins = date(self.today.year, 1, 1)
            draft.add("exchange_rates", document_of(ExchangeRate(currency=currency, rate=rate, valid_from=begins)))
        goal = OwnField(register="projects", name="goal", label="Council goal", kind="choice", choices=list(GOALS))
        draft.add("fields", document_of(goal))

    def _supplier(self, draft: Draft, trade: Trade, place: int) -> Party:
        abroad = trade.trade == "cloud"
        iban = dutch_iban("DEMO", 417_164_300 + 7 * place)
        supplier = Supplier(
            name=trade.name, registration=str(30_100_200 + 1117 * place), vat_number=None if abroad else dutch_vat(81_012_340 + place), ibans=[iban],
            address=f"Pier {place + 1}, {trade.city}" if abroad else f"Industrieweg {place + 1}, {trade.city}",
            country="US" if abroad else "NL", payment_days=trade.terms, email=f"invoices@{trade.trade}.example",
        )  # fmt: skip
        key = draft.add("suppliers", document_of(supplier))
        return Party(key, trade.name, trade.trade, iban, trade.terms, currency="USD" if abroad else "EUR")

    def _contracts(self, draft: Draft) -> None:
        """Framework agreements; one of them must be given notice of within weeks, one has ended."""
        terms = ((540, 190, 21), (400, 330, 95), (300, 430, 250), (690, 40, -50), (800, -30, -120))
        for place, (ago, left, notice) in enumerate(terms):
            party = self.parties[place]
            begins = self.today - timedelta(days=ago)
            contract = Contract(
                title=f"Framework agreement {party.name.removesuffix(' B.V.')}", number=f"RO-{begins.year}-{place + 1:02}", supplier=party.key,
                owner=self.staff.officers[place % len(self.staff.officers)].key, start=begins, finish=self.today + timedelta(days=left),
                notice_by=self.today + timedelta(days=notice), value=Decimal(800_000 - 120_000 * place), status="active" if left > 0 else "ended",
            )  # fmt: skip
            key = draft.add("contracts", document_of(contract))
            if left > 0:
                party.contract = key

    def _tree(self, draft: Draft) -> None:
        """Budgets on top are those of what lies below, and a reserve of five per cent."""
        officers, managers = self.staff.officers, self.staff.managers
        whole = sum(story.budget for story in self.stories)
        top = Portfolio(name=TOWN, officer=officers[0].key, budget=_reserve(whole))
        self.portfolio = draft.add("portfolios", document_of(top))
        for place in range(max(2, max((story.under or 0) for story in self.stories) + 1)):
            below = [story for story in self.stories if story.under == place]
            programme = Programme(
                name=PROGRAMMES[place], parent=self.portfolio, manager=managers[place % len(managers)].key, rag="amber",
                officer=officers[place % len(officers)].key, sponsor=managers[-1].key, budget=_reserve(sum(each.budget for each in below)),
                start=self.today - timedelta(days=700), finish=self.today + timedelta(days=1100),
            )  # fmt: skip
            self.programmes.append(draft.add("programmes", document_of(programme)))

    def project(self, draft: Draft, place: int, story: Story) -> None:
        """One project with everything that belongs to it."""
        assert self.money is not None
        managers, officers = self.staff.managers, self.staff.officers
        manager, officer = managers[place % len(managers)], officers[place % len(officers)]
        key = draft.new_key("projects")
        everybody = [each.key for people in self.staff.by_function.values() for each in people[:2]]
        plan = PlanMaker(draft, self.random, self.days, self.today, large=self.large).make(
            key, story, [manager.key, *everybody[6:14]]
        )
        team = self.staff.team(draft, key, story, plan, manager, officer)
        draft.add("projects", document_of(self._project(place, story, plan, manager, officer)), key)
        self.staff.extra_request(draft, key, story, place)
        people = [each.key for each in team]
        self.money.make(draft, key, story, plan, manager.key, people)
        facts = Facts(
            key, story, plan, manager.key, officer.key, people, self._supplier_of(story), self._words(story, plan)
        )
        self.governance.make(draft, facts)
        self.reports.make(draft, facts, estimate(key, story, self.money.spent, RATES))

    def _project(self, place: int, story: Story, plan: Plan, manager: Somebody, officer: Somebody) -> Project:
        said = [letter for letter in story.declared if letter in LETTERS]
        silent = story.declared.endswith("---") or not said
        other = self.staff.officers[(place + 1) % len(self.staff.officers)]
        return Project(
            name=story.name, short_name=story.short, code=f"OW{self.today.year % 100}{place + 1:03}",
            parent=self.portfolio if story.under is None else self.programmes[story.under], manager=manager.key, officer=officer.key,
            deputy=other.key, sponsor=self.staff.managers[-1].key, department=manager.function.unit, profile=story.profile, start=plan.start,
            finish=plan.agreed_finish, phase=plan.phase(self.today).name, calendar=self.calendar, status=story.status,
            rag=None if silent else LETTERS[said[-1]], rag_declared_by=None if silent else manager.key, budget=Decimal(story.budget),
            vat_recoverable=Decimal(story.vat), extra={"goal": self.random.choice(GOALS)},
        )  # fmt: skip

    def _supplier_of(self, story: Story) -> str:
        trade = "works" if story.kind == "works" else "software"
        return next(party.name for party in self.parties if party.trade == trade)

    def _words(self, story: Story, plan: Plan) -> dict[str, str]:
        """What sentences about a project are filled with."""
        milestone = plan.next_milestone() or plan.milestones[-1]
        delayed = [name for name, _ in story.delays] or [plan.phase(self.today).name]
        days = (milestone.actual[1] - milestone.agreed[1]).days
        return {
            "supplier": self._supplier_of(story), "milestone": milestone.name, "phase": milestone.name.removesuffix(" accepted"), "task": delayed[-1], "days": str(days or 3),
            "day": f"{milestone.actual[1]:%-d %B}",
        }  # fmt: skip


def _reserve(amount: int) -> Decimal:
    """An amount with a reserve of five per cent, rounded up to ten thousand."""
    return Decimal(-(-amount * 105 // 1_000_000) * 10_000)


def dutch_vat(body: int) -> str:
    """A well-formed VAT number of an invented company: eight digits and the ninth by the eleven-test, the next that has one."""
    while True:
        check = sum(int(digit) * weight for digit, weight in zip(f"{body:08}", range(9, 1, -1), strict=True)) % 11
        if check < 10:
            return f"NL{body:08}{check}B01"
        body += 100


def dutch_iban(bank: str, account: int) -> str:
    """A well-formed IBAN of an invented bank: check digits by ISO 13616 (mod 97-10)."""
    body = f"{bank}{account:010}"
    digits = "".join(str(int(letter, 36)) for letter in f"{body}NL00")
    return f"NL{98 - int(digits) % 97:02}{body}"
