"""Status colours by rule, beside the ones that people declare, and how they roll up.

A dimension is green while the forecast is inside tolerance with at most part of it used, amber when more is used or when it is
broken with an approved exception plan, red when it is broken without one, grey while nothing is known, blue when the project is
closed (PRINCE2 highlight report).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import Decimal

from msgspec import Struct

from pmo_tui.analysis.amounts import HUNDRED, NOTHING
from pmo_tui.analysis.figure import Figure, Source
from pmo_tui.records.errors import Said
from pmo_tui.records.marks import N_
from pmo_tui.records.projects import RAG

GREEN, AMBER, RED, GREY, BLUE = RAG
BADNESS = {GREEN: 0, AMBER: 1, RED: 2}
SHOWN = (RED, AMBER, GREEN, GREY, BLUE)
"""The order of a distribution: R3 A7 G40 –2."""


class Thresholds(Struct, frozen=True):
    """Where colours change. All are the organisation's to set.

    Tolerances: `cost` in per cent of the budget, `time` in days, `risk` as net exposure in per cent of the budget; `used` is how many
    per cent of a tolerance green may use. In a roll-up more than `red_share` per cent of the budget in red makes red, more than
    `amber_share` in amber makes amber; `worst_of` takes the worst instead.
    """

    cost: Decimal = Decimal(10)
    time: Decimal = Decimal(10)
    risk: Decimal = Decimal(20)
    used: Decimal = Decimal(50)
    red_share: Decimal = Decimal(20)
    amber_share: Decimal = Decimal(30)
    worst_of: bool = False


THRESHOLDS = Thresholds()


def colour(
    deviation: Decimal, tolerance: Decimal, thresholds: Thresholds = THRESHOLDS, *, planned: bool = False
) -> str:
    """The colour of a forecast that deviates by so much, in the unit of its tolerance; `planned` with an approved exception plan."""
    if deviation > tolerance:
        return AMBER if planned else RED
    return AMBER if deviation * HUNDRED > tolerance * thresholds.used else GREEN


def dimension(
    name: str,
    deviation: Figure,
    tolerance: Decimal,
    thresholds: Thresholds = THRESHOLDS,
    *,
    planned: bool = False,
) -> Figure:
    """The colour of one dimension as a figure; grey, with the reason, while the deviation is not known."""
    value = deviation.value
    if isinstance(value, bool) or not isinstance(value, Decimal | int):
        return Figure(name, GREY, "", "", (deviation,), deviation.reason)
    inputs = (
        deviation,
        Source("", "", tolerance, N_("tolerance")),
        Source("", "", thresholds.used, N_("per cent green may use")),
    )
    formula = N_("green up to the part of the tolerance it may use, amber up to the tolerance, red above")
    return Figure(name, colour(Decimal(value), tolerance, thresholds, planned=planned), "", formula, inputs)


def overall(dimensions: Iterable[Figure], *, closed: bool = False, reported: bool = True) -> Figure:
    """The computed colour of a project: its worst dimension. Without a report that is good for now it cannot be green."""
    name = N_("RAG by rule")
    parts = tuple(dimensions)
    if closed:
        return Figure(name, BLUE, "", N_("the project is closed"), parts)
    found = worst(str(part.value) for part in parts)
    if found == GREEN and not reported:
        return Figure(name, GREY, "", "", parts, Said(N_("nothing is reported for the last period"), {}))
    if found == GREY:
        return Figure(name, GREY, "", "", parts, Said(N_("no dimension can be told"), {}))
    return Figure(name, found, "", N_("the worst of its dimensions"), parts)


def worst(colours: Iterable[str]) -> str:
    """The worst of some colours; what is grey or blue says nothing, and nothing at all is grey."""
    return max((each for each in colours if each in BADNESS), key=BADNESS.__getitem__, default=GREY)


def better(one: str | None, other: str | None) -> bool:
    """Whether one colour is a better one than another; grey and blue are neither."""
    return one in BADNESS and other in BADNESS and BADNESS[one] < BADNESS[other]


class Child(Struct, frozen=True):
    """What a roll-up knows of one project: its colour, the budget it weighs by, and whether it is marked critical."""

    rag: str
    budget: Decimal | None = None
    critical: bool = False


class RollUp(Struct, frozen=True):
    """The colour of a node, why, and how many of its projects have which colour."""

    rag: str
    why: str
    counts: Mapping[str, int]

    def text(self, letters: Mapping[str, str]) -> str:
        """`R3 A7 G40 –2`; colours that nobody has are left out. `letters` are those of the language in use."""
        return " ".join(f"{letters[each]}{self.counts[each]}" for each in SHOWN if self.counts.get(each))


def roll_up(children: Iterable[Child], thresholds: Thresholds = THRESHOLDS) -> RollUp:
    """The colour of a node. Projects weigh by their budget, all the same where none has one; closed ones do not count."""
    known = list(children)
    counts = Counter(child.rag for child in known)
    living = [child for child in known if child.rag != BLUE]
    if not living:
        return RollUp(
            BLUE if known else GREY, N_("every project is closed") if known else N_("there are no projects"), counts
        )
    if thresholds.worst_of:
        return RollUp(worst(child.rag for child in living), N_("the worst of its projects"), counts)
    if any(child.rag == RED and child.critical for child in living):
        return RollUp(RED, N_("a critical project is red"), counts)
    if _share(living, RED) > thresholds.red_share:
        return RollUp(RED, N_("more of the budget is red than the threshold"), counts)
    if counts[RED]:
        return RollUp(AMBER, N_("a project is red"), counts)
    if _share(living, AMBER) > thresholds.amber_share:
        return RollUp(AMBER, N_("more of the budget is amber than the threshold"), counts)
    if not any(child.rag in BADNESS for child in living):
        return RollUp(GREY, N_("no project is reported"), counts)
    return RollUp(GREEN, N_("too little of the budget is red or amber to matter"), counts)


def _share(children: list[Child], rag: str) -> Decimal:
    """How many per cent of the budget have a colour; of the projects, where no budget is known."""
    budgets = [(child, max(NOTHING, child.budget or NOTHING)) for child in children]
    if not any(budget for _, budget in budgets):
        budgets = [(child, Decimal(1)) for child in children]
    whole = sum((budget for _, budget in budgets), NOTHING)
    return sum((budget for child, budget in budgets if child.rag == rag), NOTHING) / whole * HUNDRED
