"""Scores, bands, heat map and trend."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmo_tui.analysis.risks import BANDS, Trend, Which, assessed, band, heat, is_open, score, trend
from pmo_tui.records.raid import BANDS as CHOICES
from pmo_tui.records.raid import Risk

levels = st.none() | st.integers(1, 5)
pairs = st.tuples(levels, levels)


def risk(**more: Any) -> Risk:
    return Risk(**{"title": "Delay", **more})


def test_score_of_each_look() -> None:
    found = risk(probability=2, impact=3, inherent_probability=4, inherent_impact=5, target_probability=1)
    assert [score(found, which) for which in ("residual", "inherent", "target")] == [6, 20, None]


@pytest.mark.parametrize(
    ("points", "name"), [(1, "low"), (4, "low"), (5, "medium"), (9, "medium"), (10, "high"), (15, "high"), (16, "very_high"), (25, "very_high"), (None, None)]
)  # fmt: skip
def test_bands(points: int | None, name: str | None) -> None:
    assert band(points) == name


def test_the_bands_are_those_that_a_risk_may_have() -> None:
    assert [name for _lowest, name in reversed(BANDS)] == list(CHOICES)


def test_bands_are_the_organisations() -> None:
    assert band(12, [(12, "stop"), (1, "go")]) == "stop"
    assert band(11, [(12, "stop"), (1, "go")]) == "go"


@pytest.mark.parametrize(
    ("status", "open_"), [("identified", True), ("monitoring", True), ("closed", False), ("occurred", False)]
)
def test_what_may_still_happen(status: str, open_: bool) -> None:
    assert is_open(risk(status=status)) is open_


@given(st.lists(st.tuples(pairs, pairs, pairs), max_size=12), st.sampled_from(["residual", "inherent", "target"]))
def test_every_risk_stands_once_on_the_heat_map(found: list[Any], which: Which) -> None:
    risks = [
        risk(
            key=f"R-{place}", probability=now[0], impact=now[1], inherent_probability=came[0], inherent_impact=came[1],
            target_probability=aim[0], target_impact=aim[1],
        )
        for place, (now, came, aim) in enumerate(found)
    ]  # fmt: skip
    shown = heat(risks, which)
    for each in risks:
        pair = assessed(each, which)
        assert each.key in (shown.unassessed if pair is None else shown.keys(*pair))
    counted = sum(shown.count(p, i) for p in range(1, 6) for i in range(1, 6))
    assert counted + len(shown.unassessed) == len(risks)


START = datetime(2026, 3, 1, tzinfo=UTC)


def days(count: int) -> datetime:
    return START + timedelta(days=count)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ([(0, 6), (5, 12)], Trend("up", 6, 12)),
        ([(5, 12), (0, 6)], Trend("up", 6, 12)),
        ([(0, 12), (5, 6)], Trend("down", 12, 6)),
        ([(0, 12), (5, 6), (6, 12)], Trend("same", 12, 12)),
        ([(0, 12)], Trend("same", 12, 12)),
        ([(4, 12)], Trend("new", None, 12)),
        ([(0, None), (4, 12)], Trend("new", None, 12)),
        ([(0, 12), (4, None)], Trend("", 12, None)),
        ([], Trend("", None, None)),
    ],
)
def test_trend_since_the_third_day(changes: list[tuple[int, int | None]], expected: Trend) -> None:
    assert trend([(days(day), points) for day, points in changes], days(3)) == expected
