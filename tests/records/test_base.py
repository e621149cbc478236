"""A record class makes, compares and shows its records as a frozen dataclass of the standard library does."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmo_tui.records.base import Row, record


@dataclass(frozen=True, slots=True, kw_only=True)
class Theirs:
    """As the standard library makes it."""

    name: str
    size: int = 3
    of: list[str] = field(default_factory=list)


@record
class Ours(Row):
    """The same fields."""

    name: str
    size: int = 3
    of: list[str] = field(default_factory=list)


GIVEN = st.fixed_dictionaries(
    {"name": st.sampled_from("ab")},
    optional={"size": st.integers(2, 4), "of": st.lists(st.sampled_from("xy"), max_size=1)},
)


@given(GIVEN, GIVEN)
def test_two_are_equal_where_two_dataclasses_are(one: dict[str, Any], two: dict[str, Any]) -> None:
    assert (Ours(**one) == Ours(**two)) is (Theirs(**one) == Theirs(**two))
    assert repr(Ours(**one)) == repr(Theirs(**one)).replace("Theirs", "Ours")
    assert replace(Ours(**one), **two) == Ours(**one | two)
    assert Ours(**one) != Theirs(**one)


def test_equal_ones_have_one_hash_and_one_with_a_list_has_none() -> None:
    one, two = (Ours(name="a", of=()) for _ in range(2))  # type: ignore[arg-type]
    assert hash(one) == hash(two)
    with pytest.raises(TypeError, match="unhashable"):
        hash(Ours(name="a"))


def test_a_default_is_made_anew_for_each() -> None:
    assert Ours(name="a").of is not Ours(name="a").of


@pytest.mark.parametrize(("given", "told"), [({}, "needs name"), ({"name": "a", "colour": "red"}, "has no colour")])
def test_what_is_missing_or_unknown_is_named(given: dict[str, Any], told: str) -> None:
    with pytest.raises(TypeError, match=told):
        Ours(**given)
