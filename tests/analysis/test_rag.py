"""Status colours by rule, and how they roll up."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from pmo_tui.analysis.figure import Figure, undefined
from pmo_tui.analysis.rag import BADNESS, Child, Thresholds, better, colour, dimension, overall, roll_up, worst

LETTERS = {"red": "R", "amber": "A", "green": "G", "grey": "–", "blue": "B"}
LENIENT = Thresholds(used=Decimal(80))


@pytest.mark.parametrize(
    ("deviation", "expected"),
    [(-5, "green"), (0, "green"), (5, "green"), ("5.1", "amber"), (10, "amber"), ("10.1", "red")],
)
def test_colours_of_a_deviation(deviation: object, expected: str) -> None:
    assert colour(Decimal(str(deviation)), Decimal(10)) == expected


def test_an_approved_exception_plan_makes_a_breach_amber() -> None:
    assert colour(Decimal(11), Decimal(10), planned=True) == "amber"


def test_how_much_green_may_use_is_a_threshold() -> None:
    assert colour(Decimal(8), Decimal(10), LENIENT) == "green"


def test_without_tolerance_every_deviation_is_a_breach() -> None:
    assert colour(Decimal("0.01"), Decimal(0)) == "red"
    assert colour(Decimal(0), Decimal(0)) == "green"


def test_a_dimension_that_is_not_known_is_grey_and_says_why() -> None:
    found = dimension("Cost", undefined("Over budget", "there is no budget"), Decimal(10))
    assert found.value == "grey"
    assert found.reason is not None
    assert found.reason.words() == "there is no budget"


def dim(rag: str) -> Figure:
    return Figure("Cost", rag)


@pytest.mark.parametrize(
    ("colours", "closed", "reported", "expected"),
    [
        (["green", "amber"], False, True, "amber"),
        (["green", "grey"], False, True, "green"),
        (["green"], False, False, "grey"),
        (["green", "red"], False, False, "red"),
        (["grey"], False, True, "grey"),
        ([], False, True, "grey"),
        (["red"], True, True, "blue"),
    ],
)
def test_a_project_is_as_its_worst_dimension(colours: list[str], closed: bool, reported: bool, expected: str) -> None:
    assert overall(map(dim, colours), closed=closed, reported=reported).value == expected


def test_which_colour_is_better() -> None:
    assert better("green", "red")
    assert not better("red", "green")
    assert not better("green", "green")
    assert not better("grey", "red")
    assert not better(None, "red")


def child(rag: str, budget: object = None, critical: bool = False) -> Child:
    return Child(rag, None if budget is None else Decimal(str(budget)), critical)


@pytest.mark.parametrize(
    ("children", "expected"),
    [
        ([child("red", 21), child("green", 79)], "red"),
        ([child("red", 20), child("green", 80)], "amber"),
        ([child("red", 1, critical=True), child("green", 99)], "red"),
        ([child("amber", 1, critical=True), child("green", 99)], "green"),
        ([child("amber", 31), child("green", 69)], "amber"),
        ([child("amber", 30), child("green", 70)], "green"),
        ([child("red"), child("green"), child("green")], "red"),
        ([child("red"), *[child("green")] * 4], "amber"),
        ([child("red", 30), child("green", 20), child("blue", 900)], "red"),
        ([child("grey", 30), child("green", 20)], "green"),
        ([child("grey", 30)], "grey"),
        ([child("blue", 30)], "blue"),
        ([], "grey"),
    ],
)
def test_roll_up(children: list[Child], expected: str) -> None:
    assert roll_up(children).rag == expected


def test_worst_of_is_an_option() -> None:
    children = [child("red", 1), child("green", 99)]
    assert roll_up(children).rag == "amber"
    assert roll_up(children, Thresholds(worst_of=True)).rag == "red"


def test_the_distribution_is_always_there() -> None:
    children = [child("red")] * 3 + [child("amber")] * 7 + [child("green")] * 40 + [child("grey")] * 2
    assert roll_up(children).text(LETTERS) == "R3 A7 G40 –2"
    assert roll_up(children).text({**LETTERS, "amber": "O"}) == "R3 O7 G40 –2"
    assert roll_up([child("green")]).text(LETTERS) == "G1"


colours = st.sampled_from(["green", "amber", "red", "grey", "blue"])
children = st.builds(Child, colours, st.none() | st.decimals(0, 10**6, places=0), st.booleans())
thresholds = st.builds(
    Thresholds,
    red_share=st.decimals(0, 100, places=0),
    amber_share=st.decimals(0, 100, places=0),
    worst_of=st.booleans(),
)


@given(st.lists(children, max_size=10), thresholds)
def test_the_distribution_counts_every_project(found: list[Child], limits: Thresholds) -> None:
    assert sum(roll_up(found, limits).counts.values()) == len(found)


@given(st.lists(children, min_size=1, max_size=8), thresholds, st.data())
def test_a_project_that_gets_worse_makes_no_node_better(
    found: list[Child], limits: Thresholds, data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(found) - 1))
    before = roll_up(found, limits).rag
    if found[place].rag not in BADNESS:
        return
    darker = [rag for rag in BADNESS if BADNESS[rag] >= BADNESS[found[place].rag]]
    worse = [*found]
    worse[place] = replace(found[place], rag=data.draw(st.sampled_from(darker)))
    assert not better(roll_up(worse, limits).rag, before)


@given(st.lists(children, max_size=8), thresholds)
def test_a_roll_up_is_never_worse_than_its_worst_project(found: list[Child], limits: Thresholds) -> None:
    assert not better(worst(each.rag for each in found), roll_up(found, limits).rag)
