"""Durations, loads and predecessors as people type them, and as they are read back."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmo_tui.records.durations import ELAPSED, WORKING, Duration
from pmo_tui.records.errors import Fault
from pmo_tui.records.planning import LAG, LINK_TYPES
from pmo_tui.wording import languages
from pmo_tui.wording.durations import format_duration, parse_duration
from pmo_tui.wording.hours import format_load, parse_load
from pmo_tui.wording.not_understood import Ambiguous, NotUnderstood
from pmo_tui.wording.predecessors import TypedLink, format_predecessors, parse_predecessors


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("5d", "5d"), ("5", "5d"), ("5 days", "5d"), ("5 dagen", "5d"), ("40h", "40h"), ("40 u", "40h"), ("1,5 wk", "1.5w"),
        ("0.5d", "0.5d"), ("2w?", "2w"), ("3ed", "3ed"), ("3 elapsed days", "3ed"), ("3 edays", "3ed"), ("2mnd", "2mo"),
        ("PT40H", "40h"), ("P5D", "5d"), ("-1d", "-1d"), ("30 min", "30m"), ("2 EW", "2ew"),
    ],
)  # fmt: skip
def test_durations_as_they_are_typed(typed: str, meant: str) -> None:
    assert str(parse_duration(typed)) == meant


@pytest.mark.parametrize("bad", ["", "d", "5 apples", "five days", "5d 3h", "1e9d", "5 eeds", "--1d"])
def test_what_is_no_duration_says_how_it_is_written(bad: str) -> None:
    with pytest.raises(Fault, match="5d"):
        parse_duration(bad)


def test_a_duration_that_could_be_two_is_asked() -> None:
    with pytest.raises(Ambiguous):
        parse_duration("1.234d")


@given(st.decimals(-9999, 9999, places=2), st.sampled_from([*WORKING, *ELAPSED]), st.sampled_from(["en", "nl"]))
def test_what_is_shown_is_read_back(amount: Decimal, unit: str, spoken: str) -> None:
    duration = Duration(amount, unit)  # type: ignore[arg-type]
    with languages.speaking(spoken):
        assert parse_duration(format_duration(duration)) == duration


@pytest.mark.parametrize(
    ("typed", "hours"),
    [("20", 20), ("20h", 20), ("20h/w", 20), ("20 u/wk", 20), ("50%", 20), ("0.5fte", 20), ("0,5 fte", 20), ("1fte", 40)],
)  # fmt: skip
def test_loads_as_they_are_typed(typed: str, hours: int) -> None:
    assert parse_load(typed, Decimal(40)) == hours


def test_a_per_cent_is_of_whom_the_caller_says_and_all_three_are_shown() -> None:
    assert parse_load("50%", Decimal(40), Decimal(32)) == 16
    assert format_load(Decimal(16), Decimal(40), Decimal(32)) == "16h/w = 50% = 0.4fte"


@pytest.mark.parametrize("bad", ["", "half", "20x", "%", "-5h"])
def test_what_is_no_load_says_how_it_is_written(bad: str) -> None:
    with pytest.raises(NotUnderstood, match="20h/w"):
        parse_load(bad, Decimal(40))


@pytest.mark.parametrize(
    ("typed", "links"),
    [
        ("3", [("3", "FS", "")]),
        ("3FS+2d", [("3", "FS", "2d")]),
        ("4SS-1d", [("4", "SS", "-1d")]),
        ("7FF+3ed", [("7", "FF", "3ed")]),
        ("9sf", [("9", "SF", "")]),
        ("2FS+50%", [("2", "FS", "50%")]),
        ("code:12FS", [("code:12", "FS", "")]),
        ("t-12ss", [("T-12", "SS", "")]),
        ("3EB+2 dagen", [("3", "FS", "2d")]),
        ("3, 4SS-1d;5", [("3", "FS", ""), ("4", "SS", "-1d"), ("5", "FS", "")]),
        ("3,4", [("3", "FS", ""), ("4", "FS", "")]),
        ("3FS+1,5d", [("3", "FS", "1.5d")]),
        ("3+0d", [("3", "FS", "")]),
    ],
)
def test_predecessors_in_the_planners_notation(typed: str, links: list[tuple[str, str, str]]) -> None:
    assert parse_predecessors(typed) == [TypedLink(*link) for link in links]


@pytest.mark.parametrize("bad", ["x", "3XX", "3FS+", "3FS+apples", "FS", "-3"])
def test_what_is_no_predecessor_is_named(bad: str) -> None:
    with pytest.raises(Fault, match=re.escape(bad) + "|duration"):
        parse_predecessors(bad)


LAGS = st.one_of(st.just(""), st.from_regex(r"-?[1-9][0-9]?(\.5)?(%|e?d|h|w)", fullmatch=True))


@given(
    st.lists(
        st.builds(
            TypedLink,
            st.from_regex(r"(P-[1-9]:)?[1-9][0-9]{0,2}|T-[1-9][0-9]?", fullmatch=True),
            st.sampled_from(LINK_TYPES),
            LAGS,
        )
    )
)
def test_links_that_are_shown_are_read_back(links: list[TypedLink]) -> None:
    assert parse_predecessors(format_predecessors(links)) == links
    assert all(re.fullmatch(LAG, link.lag) for link in links)
