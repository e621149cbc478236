"""What goes well and what goes wrong with each project of the demo; everything that is made of it follows from here."""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random

from pmo_tui.desk.demo.words import DIGITAL, PHASES, WORKS

G, A, R = "green", "amber", "red"


@dataclass(frozen=True, slots=True)
class Story:
    """A project: `kind` chooses its plan, `days` is how many working days that takes, `under` the programme (None: the portfolio).

    Today it is in phase `phase` (from 0), `into` it by that share. `delays` are working days by which a step took or takes longer.
    `stuck` has the last milestone before today not reached. `declared` are the colours of the last six periods, the newest last
    (`G A R`, `-` asked and not told, `.` not even asked), and `cause` is the dimension behind what is not green. `spend` is the
    ordered part of the budget when all orders are out (where cost is the cause: of what is ordered so far), `exposure` the net expected value of its risks in per cent of it.
    """

    name: str
    short: str
    kind: str
    profile: str
    budget: int
    days: int
    phase: int
    into: float
    under: int | None
    declared: str
    cause: str = ""
    delays: tuple[tuple[str, int], ...] = ()
    stuck: bool = False
    spend: float = 0.86
    exposure: float = 5.0
    status: str = "active"
    orders: str = ""
    vat: int = 100


STORIES = (
    Story("Pumping station Oosterwaard", "PUMP", WORKS, "full", 2_400_000, 400, 3, 0.55, 0, "GGGAAA", "time",
          (("Foundations", 6),), orders="credit", exposure=8.2),
    Story("Case system renewal", "CASE", DIGITAL, "full", 1_850_000, 360, 3, 0.8, 1, "GGAARR", "cost", (("Interfaces", 3),),
          spend=1.06, orders="disputed", vat=70, exposure=7.4),
    Story("Dike section 4 reinforcement", "DIKE4", WORKS, "full", 6_300_000, 560, 2, 0.4, 0, "GGGGGG", orders="ahead", exposure=3.1),
    Story("Citizen portal", "PORTAL", DIGITAL, "standard", 740_000, 250, 4, 0.3, 1, "GGAAAA", "time", (("Configuration", 9), ("Integration", 8)),
          orders="unordered", vat=70, exposure=9.3),
    Story("Sewer renewal Lindelaan", "SEWER", WORKS, "standard", 980_000, 210, 3, 1.0, 0, "ARRAAA", "time", (("Foundations", 4),), stuck=True,
          orders="returned", exposure=6.0),
    Story("Records move to the cloud", "RECORDS", DIGITAL, "standard", 420_000, 190, 3, 0.8, 1, "GGGGGG", orders="dollars", exposure=2.6),
    Story("Cycle bridge Westerkade", "BRIDGE", WORKS, "full", 3_100_000, 480, 1, 0.6, None, "GGGGGG", "risk", exposure=13.0),
    Story("Payroll replacement", "PAYROLL", DIGITAL, "standard", 560_000, 240, 2, 0.5, 1, "GGG---", vat=70, exposure=5.4),
    Story("Smart traffic lights", "LIGHTS", WORKS, "standard", 870_000, 260, 3, 0.2, None, "GGGGAA", "risk", exposure=14.5, orders="twice"),
    Story("Library self-service", "LIBRARY", DIGITAL, "light", 85_000, 120, 6, 0.5, 1, "GGGGG-", exposure=1.5, status="closing", spend=0.9),
    Story("Solar roofs on schools", "SOLAR", WORKS, "standard", 640_000, 200, 0, 0.6, None, "...GG-", exposure=-1.5),
    Story("Accessible website", "ACCESS", DIGITAL, "light", 50_000, 110, 1, 0.5, 1, "GA....", "resources", status="paused", exposure=4.0),
)  # fmt: skip
LETTERS = {"G": G, "A": A, "R": R}
SPECIALS = (*("",) * 24, "credit", "disputed", "ahead", "unordered", "returned", "twice")


def stories(count: int, random: Random) -> list[Story]:
    """The first `count` projects: the twelve above, then more like them at other points of their lives."""
    return [STORIES[place] if place < len(STORIES) else _another(place, random) for place in range(count)]


def _another(place: int, random: Random) -> Story:
    like, round_ = STORIES[place % len(STORIES)], place // len(STORIES) + 1
    phases = PHASES[like.kind]
    phase = random.randrange(len(phases))
    red, amber = random.random() < 0.07, random.random() < 0.2
    cause = random.choice(("time", "cost", "risk", "resources")) if red or amber else ""
    delay = (8 if red else 5) if cause == "time" else 0
    before = [step.name for each in phases[:phase] for step in each.steps if not step.beside]
    return replace(
        like, name=f"{like.name} {round_}", short=f"{like.short}{round_}", budget=random.randint(4, 120) * 25_000, phase=phase,
        days=random.randint(90, 420), into=random.random(), under=random.randrange(6) if random.random() < 0.85 else None,
        declared=_declared(red, amber, random), cause=cause, stuck=False, status="active" if random.random() > 0.04 else "paused",
        delays=((random.choice(before), delay),) if delay and before else (), vat=random.choice((100, 100, 70)),
        spend=1.13 if red and cause == "cost" else 1.07 if cause == "cost" else random.uniform(0.75, 0.92),
        exposure=random.uniform(11, 17) if cause == "risk" else random.uniform(1, 7), orders=random.choice(SPECIALS),
    )  # fmt: skip


def _declared(red: bool, amber: bool, random: Random) -> str:
    if random.random() < 0.06:
        return "GGG---"
    last = "R" if red else "A" if amber else "G"
    turned = random.randint(1, 5)
    return "G" * (6 - turned) + ("A" + "R" * (turned - 1) if last == "R" else last * turned)


def number_of(text: str) -> int:
    """A number that is the same for the same text on every machine."""
    return sum(text.encode())
