"""A task does not wait for the summary it stands under, however that comes about."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmo_tui.analysis.scheduling_loops import loop_in
from pmo_tui.analysis.scheduling_network import Network
from pmo_tui.analysis.working_time import Calendars
from pmo_tui.desk.desk import Desk
from pmo_tui.records.errors import Fault, Refused
from pmo_tui.records.planning import Link, Task
from tests.desk.plan_help import BUILDING, DESIGN, DRAWING, ROOF, WALLS, portal

DATED = {"mode": "manual", "start": date(2026, 11, 2), "finish": date(2026, 11, 3)}
ROWS = st.lists(
    st.tuples(
        st.integers(1, 3),
        st.lists(st.tuples(st.integers(0, 6), st.sampled_from(("FS", "SS", "FF", "SF"))), max_size=2),
        st.sampled_from(({}, {}, {}, {"active": False}, DATED, {"percent_complete": Decimal(50)})),
    ),
    min_size=1,
    max_size=7,
)


@settings(max_examples=300, deadline=None)
@given(ROWS)
def test_a_loop_is_found_where_the_plan_cannot_be_scheduled_for_one(
    rows: list[tuple[int, list[tuple[int, str]], dict[str, object]]],
) -> None:
    tasks = [
        Task(
            key=f"T-{place}", revision=1, project="P-1", name="x", position=place, outline_level=level, duration="1d",
            predecessors=[Link(task=f"T-{to}", type=kind) for to, kind in links if to != place], **more,  # type: ignore[arg-type]
        )
        for place, (level, links, more) in enumerate(rows)
    ]  # fmt: skip
    try:
        Network(tasks, Calendars(()))
        expected = False
    except Fault as fault:
        expected = "wait for one another" in str(fault)
    found = loop_in(tasks)
    assert bool(found) == expected
    if found:
        assert found[0] == found[-1]
        assert len(found) > 1


def test_a_link_from_a_summary_to_what_stands_under_it_is_refused_and_named(desk: Desk) -> None:
    portal(desk)
    for key, before in ((WALLS, BUILDING), (BUILDING, WALLS), (DRAWING, BUILDING)):
        with pytest.raises(Refused, match=r"makes a loop of links: .*T-") as refused:
            desk.set([key], {}, {"predecessors": [{"task": before}]})
        assert key in str(refused.value) or before in str(refused.value)
    desk.set([BUILDING], {}, {"predecessors": [{"task": DESIGN}]})


def test_putting_a_task_under_the_summary_it_waits_for_is_refused(desk: Desk) -> None:
    portal(desk)
    desk.set([ROOF], {"outline_level": "1"}, {"predecessors": [{"task": BUILDING}]})
    with pytest.raises(Refused, match="makes a loop"):
        desk.set([ROOF], {"outline_level": "2"})
