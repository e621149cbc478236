"""A duration keeps its unit, reads canonical and ISO text, and loses nothing on the way through minutes."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmo_tui.records.durations import ELAPSED, WORKING, Duration, Unit
from pmo_tui.records.errors import Fault

AMOUNTS = st.decimals(min_value=-999_999, max_value=999_999, places=6, allow_nan=False)
UNITS: st.SearchStrategy[Unit] = st.sampled_from(WORKING + ELAPSED)


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("5d", "5d"), ("40h", "40h"), ("2w", "2w"), ("1.50d", "1.5d"), ("90m", "90m"), ("3mo", "3mo"), ("3ed", "3ed"),
        ("4eh", "4eh"), ("2ew", "2ew"), ("1emo", "1emo"), ("30em", "30em"), ("-2d", "-2d"), ("+2d", "2d"),
        ("-0d", "0d"), ("100d", "100d"), ("007d", "7d"), ("PT40H", "40h"), ("P5D", "5d"), ("P2W", "2w"),
        ("PT8H30M", "8.5h"), ("PT8H20M", "500m"), ("PT8H0M0S", "8h"), ("PT0H0M0S", "0h"), ("PT0H30M0S", "30m"),
        ("PT30S", "0.5m"), ("P1Y2M", "14mo"), ("-PT4H", "-4h"), ("PT1,5H", "1.5h"), ("P5DT0H", "5d"),
    ],
)  # fmt: skip
def test_is_read_and_written_canonically(text: str, canonical: str) -> None:
    assert str(Duration.parse(text)) == canonical


@pytest.mark.parametrize(
    "text", ["", "5", "d", "5 d", "1e5d", "1,5d", "5y", "P", "PT", "P5DT", "nand", "٥d", "5d\n", "--5d"]
)
def test_what_is_not_one_is_refused_and_named(text: str) -> None:
    with pytest.raises(Fault) as caught:
        Duration.parse(text)
    assert text in str(caught.value)


def test_days_and_hours_together_are_refused_because_only_a_calendar_knows_a_day() -> None:
    with pytest.raises(Fault, match="depends on the calendar"):
        Duration.parse("P1DT4H")


def test_nan_and_infinity_are_no_amounts() -> None:
    for amount in ("NaN", "Infinity", "9999999999", "1e999999", "1e-999"):
        with pytest.raises(Fault):
            Duration(Decimal(amount), "d")


@given(AMOUNTS, UNITS)
def test_canonical_text_reads_back_as_the_same(amount: Decimal, unit: Unit) -> None:
    duration = Duration(amount, unit)
    assert Duration.parse(str(duration)) == duration
    assert "E" not in str(duration)
    assert hash(Duration.parse(str(duration))) == hash(duration)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("1d", 450),
        ("1w", 2160),
        ("1mo", 20 * 450),
        ("2h", 120),
        ("30m", 30),
        ("1ed", 1440),
        ("1ew", 10080),
        ("1eh", 60),
        ("1emo", 43200),
    ],
)
def test_minutes_follow_the_calendar_and_elapsed_ones_the_clock(text: str, minutes: int) -> None:
    duration = Duration.parse(text)
    assert duration.minutes(Decimal("7.5"), Decimal(36), Decimal(20)) == minutes
    assert duration.elapsed == text[1:].startswith("e")


@given(
    st.decimals(min_value=-10_000_000, max_value=10_000_000, places=1, allow_nan=False),
    UNITS,
    st.sampled_from([Decimal(8), Decimal("7.5"), Decimal("7.2"), Decimal(24)]),
)
def test_made_from_minutes_nothing_is_lost(minutes: Decimal, unit: Unit, hours_per_day: Decimal) -> None:
    calendar = (hours_per_day, hours_per_day * 5, Decimal(20))
    duration = Duration.from_minutes(minutes, unit, *calendar)
    assert duration.minutes(*calendar) == minutes
    assert duration.elapsed == (unit in ELAPSED)


@pytest.mark.parametrize(
    ("minutes", "unit", "expected"),
    [(2400, "d", "5d"), (500, "h", "500m"), (60, "w", "0.025w"), (720, "d", "1.5d"), (100, "ed", "100em")],
)
def test_falls_to_the_smaller_unit_that_is_exact(minutes: int, unit: Unit, expected: str) -> None:
    assert str(Duration.from_minutes(Decimal(minutes), unit)) == expected
