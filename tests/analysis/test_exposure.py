"""Expected value of a risk, and the exposure of a node."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmo_tui.analysis.amounts import NO_RATES, Rates
from pmo_tui.analysis.exposure import Exposure, Level, Scale, emv, exposure, together
from pmo_tui.analysis.risks import Which
from pmo_tui.records.raid import RISK_STATUSES, Risk

LEVEL = Level("P-1", Decimal(200_000), "EUR")


def risk(probability: int | None = 5, impact: int | None = 4, cost: object = None, **more: Any) -> Risk:
    amount = None if cost is None else Decimal(str(cost))
    return Risk(
        **{"key": "R-1", "title": "Delay", "probability": probability, "impact": impact, "cost_impact": amount, **more}
    )


@pytest.mark.parametrize(("probability", "expected"), [(1, 500), (2, 2500), (3, 5000), (4, 7500), (5, 9000)])
def test_probability_bands_carry_per_cents(probability: int, expected: int) -> None:
    assert emv(risk(probability, 3, 10_000), None).value == expected


def test_without_an_estimate_the_impact_is_a_share_of_the_levels_own_budget() -> None:
    small, large = Level("P-1", Decimal(50_000), "EUR"), Level("PG-1", Decimal(20_000_000), "USD")
    assert emv(risk(5, 4), small).value == Decimal(4500)
    assert (emv(risk(5, 4), large).value, emv(risk(5, 4), large).unit) == (Decimal(1_800_000), "USD")


def test_the_scale_is_configurable() -> None:
    scale = Scale(tuple(map(Decimal, (10, 20, 30, 40, 100))), tuple(map(Decimal, (1, 2, 3, 50, 100))))
    assert emv(risk(5, 4), LEVEL, scale).value == 100_000


def test_an_estimate_holds_for_the_impact_it_was_made_for() -> None:
    found = risk(3, 4, 10_000, inherent_probability=5, inherent_impact=4, target_probability=1, target_impact=1)
    looks: list[tuple[Which, int]] = [("residual", 5000), ("inherent", 9000), ("target", 100)]
    for which, value in looks:
        assert emv(found, LEVEL, which=which).value == value


@pytest.mark.parametrize(
    ("found", "level", "why"),
    [(risk(None), LEVEL, "not assessed"), (risk(impact=None), LEVEL, "not assessed"), (risk(), None, "no budget"), (risk(), Level("P-1", None, "EUR"), "no budget")],
)  # fmt: skip
def test_undefined_says_why(found: Risk, level: Level | None, why: str) -> None:
    figure = emv(found, level)
    assert figure.value is None
    assert figure.reason is not None
    assert why in figure.reason.words()


def test_the_figure_leads_to_the_fields() -> None:
    fields = [part.field for _, part in emv(risk(5, 4), LEVEL).walk() if hasattr(part, "field")]
    assert fields == ["probability", "impact", "", "budget"]


def test_threats_and_opportunities_are_netted_and_both_shown() -> None:
    found = [risk(5, 4, 10_000), risk(1, 1, 10_000, kind="opportunity"), risk(5, 5, 99, status="closed"), risk(5, 5)]
    shown = exposure([(each, emv(each, None)) for each in found], "EUR", NO_RATES)
    assert (shown.threats, shown.opportunities, shown.net) == (Decimal(9000), Decimal(500), Decimal(8500))
    assert (shown.open, shown.worst, shown.unweighed) == (3, 25, ("R-1",))


def test_other_currencies_are_converted_or_left_out_by_name() -> None:
    dollars = [(each := risk(5, 4, 1000, currency="USD"), emv(each, None))]
    assert exposure(dollars, "EUR", Rates({("USD", "EUR"): Decimal("0.5")})).threats == 450
    assert exposure(dollars, "EUR", NO_RATES).unweighed == ("R-1",)
    foreign = Exposure("USD", Decimal(1000), open=1)
    assert together([foreign, Exposure("EUR", Decimal(5))], "EUR", NO_RATES) == Exposure(
        "EUR", Decimal(5), open=1, no_rate=("USD",)
    )


risks = st.builds(
    risk, st.none() | st.integers(1, 5), st.integers(1, 5), st.none() | st.integers(0, 10**6),
    kind=st.sampled_from(["threat", "opportunity"]), status=st.sampled_from(RISK_STATUSES),
)  # fmt: skip


@given(st.lists(risks, max_size=6), st.lists(risks, max_size=6))
def test_the_whole_is_the_sum_of_its_parts(one: list[Risk], other: list[Risk]) -> None:
    first, second, both = (
        exposure([(each, emv(each, LEVEL)) for each in some], "EUR", NO_RATES) for some in (one, other, one + other)
    )
    assert together([first, second], "EUR", NO_RATES) == both
