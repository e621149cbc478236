"""The links of a plan: four kinds, lags in every unit, and links that contradict themselves."""

from __future__ import annotations

from graphlib import CycleError, TopologicalSorter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmo_tui.exchange.mspdi_links import loops
from tests.exchange.mspdi_help import link, plan, problems, read, task, tasks_of, to


def linked(**values: object) -> dict[str, object]:
    found: dict[str, object] = tasks_of(read(plan(task(1), task(2, "", link(1, **values)))))[2]["predecessors"][0]
    return found


@pytest.mark.parametrize(("code", "kind"), [(0, "FF"), (1, "FS"), (2, "SF"), (3, "SS"), (None, "FS")])
def test_the_four_kinds_of_links(code: int | None, kind: str) -> None:
    assert linked(Type=code) == {"task": to("1"), "type": kind, "lag": ""}


@pytest.mark.parametrize(
    ("tenths", "format_", "lag"),
    [
        (4800, 7, "1d"),
        (-72000, 7, "-15d"),
        (600, 5, "1h"),
        (10, 3, "1m"),
        (24000, 9, "1w"),
        (96000, 11, "1mo"),
        (43200, 8, "3ed"),
        (600, 6, "1eh"),
        (100800, 10, "1ew"),
        (4800, 39, "1d"),
        (50, 19, "50%"),
        (-25, 51, "-25%"),
        (2400, 7, "0.5d"),
        (0, 7, ""),
        (0, 19, ""),
        (4800, None, "1d"),
        (5, 7, "0.5m"),
    ],
)
def test_lags_are_tenths_of_a_minute_or_per_cent(tenths: int, format_: int | None, lag: str) -> None:
    assert linked(Type=1, LinkLag=tenths, LagFormat=format_)["lag"] == lag


def test_an_elapsed_percentage_is_told() -> None:
    batch = read(plan(task(1), task(2, "Dry", link(1, LinkLag=50, LagFormat=20))))
    assert tasks_of(batch)[2]["predecessors"][0]["lag"] == "50%"
    assert any("1 lags in elapsed per cent count as per cent of working time: 2 “Dry”" in note for note in batch.notes)


def test_several_links_keep_their_order_and_the_same_one_counts_once() -> None:
    data = plan(task(3, "", link(2), link(1, Type=3), link(2, Type=1)), task(1), task(2))
    assert tasks_of(read(data))[3]["predecessors"] == [
        {"task": to("2"), "type": "FS", "lag": ""},
        {"task": to("1"), "type": "SS", "lag": ""},
    ]


def test_links_to_what_is_not_in_the_file_are_told_and_left_out() -> None:
    data = plan(
        task(1, "Build", link(99), link(7, CrossProject=1, CrossProjectName="other.mpp\\7"), link(2)),
        task(2, "Dig"),
        task(7, "Same number"),
        task(8, "Ours", link(9, CrossProject=1)),
        task(9, "Theirs", ExternalTask=1),
    )
    batch = read(data)
    assert [each["task"] for each in tasks_of(batch)[1]["predecessors"]] == [to("2")]
    assert [each["task"] for each in tasks_of(batch)[8]["predecessors"]] == [to("9")]
    assert any(
        "2 links to tasks that are not in the file are left out: 1 “Build” ← 99, 1 “Build” ← other.mpp\\7" in note
        for note in batch.notes
    )


def test_a_task_that_depends_on_itself_is_named() -> None:
    found = problems(plan(task(4, "Pour", link(4), ID=12)))
    assert found == ["plan.xml, Task 4, row 12: PredecessorLink: the task 12 “Pour” depends on itself"]


def test_a_loop_is_named_with_all_its_tasks_in_order() -> None:
    data = plan(
        task(1, "Before", link(9)), task(9, "Start"),
        task(2, "Dig", link(4), link(1)), task(3, "Pour", link(2, Type=3)), task(4, "Dry", link(3)), task(5, "End", link(4)),
    )  # fmt: skip
    found = problems(data)
    assert found == ["plan.xml: PredecessorLink: the links go round in a loop: 2 “Dig” → 3 “Pour” → 4 “Dry” → 2 “Dig”"]


def test_wrong_links_are_refused() -> None:
    found = problems(plan(task(1), task(2, "", link(1, Type=4), link(1, LinkLag="2d"), "<PredecessorLink/>")))
    assert found == [
        "plan.xml, Task 2, row 2: Type: 4 is not a kind of link; they are 0 to 3",
        "plan.xml, Task 2, row 2: LinkLag: “2d” is not a number that a plan could hold",
        "plan.xml, Task 2, row 2: PredecessorUID: is needed",
    ]


GRAPHS = st.dictionaries(st.integers(1, 8), st.lists(st.integers(1, 8), max_size=4, unique=True), max_size=8)


@given(GRAPHS)
def test_a_loop_is_found_where_there_is_one_and_each_of_its_links_is_there(before: dict[int, list[int]]) -> None:
    found = list(loops(before))
    try:
        TopologicalSorter(before).prepare()
        assert found == []
    except CycleError:
        assert found
    for loop in found:
        assert loop[0] == loop[-1]
        assert all(first in before[then] for first, then in pairwise(loop))


def test_a_chain_of_many_thousands_is_walked() -> None:
    before = {uid: [uid - 1] for uid in range(1, 20_000)}
    assert list(loops(before)) == []
    assert len(next(loops({**before, 0: [19_999]}))) == 20_001
