"""What risks may cost: expected monetary value of each, and the exposure of a node of the tree.

EMV = probability × impact in money. Probability bands carry per cents. The impact is the amount on the risk, or else what its band
means for the budget of its own level, so that a project of 50 thousand and a programme of 20 million do not add up as equals.
Exposure = Σ threats − Σ opportunities; both are shown.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from msgspec import Struct

from pmo_tui.analysis.amounts import HUNDRED, NOTHING, Rates, half_up
from pmo_tui.analysis.figure import Figure, Source, undefined
from pmo_tui.analysis.risks import Which, assessed, is_open, score
from pmo_tui.records.marks import N_
from pmo_tui.records.raid import Risk

EMV = N_("Expected value")


class Scale(Struct, frozen=True):
    """What the five levels mean: the probability in per cent, and the impact in per cent of the budget of the risk's own node."""

    probability: tuple[Decimal, ...] = tuple(map(Decimal, (5, 25, 50, 75, 90)))
    impact: tuple[Decimal, ...] = tuple(map(Decimal, (1, 3, 5, 10, 20)))


SCALE = Scale()


class Level(Struct, frozen=True):
    """The node a risk lies on: its key, budget and currency."""

    key: str
    budget: Decimal | None
    currency: str


def emv(risk: Risk, level: Level | None, scale: Scale = SCALE, which: Which = "residual") -> Figure:
    """The expected monetary value of a risk: in its own currency, or in that of its level where the budget tells the impact."""
    pair = assessed(risk, which)
    if pair is None:
        return undefined(EMV, N_("probability and impact are not assessed"), risk.currency)
    prefix = "" if which == "residual" else f"{which}_"
    likely = Figure(
        N_("Probability"), scale.probability[pair[0] - 1], "%", N_("per cent of its level"),
        (Source(risk.key, f"{prefix}probability", pair[0]),),
    )  # fmt: skip
    money = _impact(risk, pair[1], prefix, level, scale)
    if not isinstance(money.value, Decimal) or not isinstance(likely.value, Decimal):
        return Figure(EMV, None, money.unit, inputs=(likely, money), reason=money.reason)
    value = half_up(likely.value * money.value / HUNDRED)
    return Figure(EMV, value, money.unit, N_("probability × impact"), (likely, money))


def _impact(risk: Risk, level_of_impact: int, prefix: str, level: Level | None, scale: Scale) -> Figure:
    name = N_("Impact in money")
    as_it_stands = level_of_impact == risk.impact or risk.impact is None
    if risk.cost_impact is not None and as_it_stands:
        return Figure(
            name,
            risk.cost_impact,
            risk.currency,
            N_("as estimated"),
            (Source(risk.key, "cost_impact", risk.cost_impact),),
        )
    if level is None or level.budget is None:
        return undefined(name, N_("no cost impact is estimated, and there is no budget to tell it from"), risk.currency)
    share = scale.impact[level_of_impact - 1]
    inputs = (
        Source(risk.key, f"{prefix}impact", level_of_impact),
        Source("", "", share, N_("per cent of the budget at this level")),
        Source(level.key, "budget", level.budget),
    )
    return Figure(
        name, half_up(level.budget * share / HUNDRED), level.currency, N_("budget × per cent of its level"), inputs
    )


class Exposure(Struct, frozen=True):
    """The open risks of a node: `threats` and `opportunities` in money, how many are open, the highest score of a threat.

    The sums leave out the risks in `unweighed`, whose value is not known, and the amounts in the currencies of `no_rate`.
    """

    currency: str
    threats: Decimal = NOTHING
    opportunities: Decimal = NOTHING
    open: int = 0
    worst: int = 0
    unweighed: tuple[str, ...] = ()
    no_rate: tuple[str, ...] = ()

    @property
    def net(self) -> Decimal:
        """Threats less opportunities."""
        return self.threats - self.opportunities


def exposure(weighed: Iterable[tuple[Risk, Figure]], currency: str, rates: Rates) -> Exposure:
    """The exposure of open risks, each with its expected value, in one currency."""
    sums = {"threat": NOTHING, "opportunity": NOTHING}
    unweighed: list[str] = []
    count = worst = 0
    for risk, value in weighed:
        if not is_open(risk):
            continue
        count += 1
        if risk.kind == "threat":
            worst = max(worst, score(risk) or 0)
        amount = rates.convert(value.value, value.unit, currency) if isinstance(value.value, Decimal) else None
        if amount is None:
            unweighed.append(risk.key)
        else:
            sums[risk.kind] += amount
    return Exposure(currency, sums["threat"], sums["opportunity"], count, worst, tuple(unweighed))


def together(parts: Iterable[Exposure], currency: str, rates: Rates) -> Exposure:
    """The exposure of several nodes as one."""
    threats = opportunities = NOTHING
    count = worst = 0
    unweighed: list[str] = []
    no_rate: set[str] = set()
    for part in parts:
        count += part.open
        worst = max(worst, part.worst)
        unweighed += part.unweighed
        no_rate.update(part.no_rate)
        bad = rates.convert(part.threats, part.currency, currency)
        good = rates.convert(part.opportunities, part.currency, currency)
        if bad is None or good is None:
            no_rate.add(part.currency)
        else:
            threats += bad
            opportunities += good
    return Exposure(currency, threats, opportunities, count, worst, tuple(unweighed), tuple(sorted(no_rate)))
