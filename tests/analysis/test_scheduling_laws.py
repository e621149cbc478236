"""What must hold for every plan: links respected, nothing later than it must be, floats that are just that, chains that are critical."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, note
from hypothesis import strategies as st

from pmo_tui.analysis.scheduling import Schedule
from pmo_tui.analysis.scheduling_forward import driving
from pmo_tui.analysis.scheduling_nodes import Node
from pmo_tui.analysis.scheduling_why import link_text
from pmo_tui.records.calendars import OFFICE_DAY, Calendar, CalendarException
from pmo_tui.records.planning import LINK_TYPES, Link, Task
from tests.analysis.scheduling_help import day, figures, task

OFFICE = Calendar(
    key="CAL-1", name="Office", monday=OFFICE_DAY, tuesday=OFFICE_DAY, wednesday=OFFICE_DAY, thursday=OFFICE_DAY, friday=OFFICE_DAY,
    exceptions=[CalendarException(start=day("03-05"), finish=day("03-06")), CalendarException(start=day("03-14"), finish=day("03-14"), hours="09:00-12:00")],
)  # fmt: skip
WEEKEND = Calendar(
    key="CAL-2", name="Weekend too", base="CAL-1", friday="", saturday="10:00-14:00", sunday="10:00-14:00"
)
NIGHT = Calendar(key="CAL-3", name="Night", monday="22:00-06:00", tuesday="22:00-06:00", thursday="22:00-00:00")
CALENDARS = [OFFICE, WEEKEND, NIGHT]

LAGS = st.sampled_from(["", "", "", "1d", "2d", "0.5d", "-1d", "-3d", "3h", "2ed", "-1ed", "50%", "-25%", "150%"])
LENGTHS = st.sampled_from(["0d", "1d", "2d", "5d", "0.5d", "3h", "2ed", "1w"])


@st.composite
def plans(
    draw: st.DrawFn, *, one_calendar: bool = False, outline: bool = True, lengths: st.SearchStrategy[str] = LENGTHS
) -> list[Task]:
    """Tasks with links to earlier rows, under summaries or not; no constraints. Tasks do not link to what they stand under."""
    count = draw(st.integers(1, 9))
    rows: list[Task] = []
    above: list[str] = []
    for place in range(count):
        level = draw(st.integers(1, len(above) + 1)) if outline else 1
        above = above[: level - 1]
        choice = [each.key for each in rows if each.key not in above]
        linked = draw(st.lists(st.sampled_from(choice), max_size=3, unique=True)) if choice else []
        links = [Link(task=key, type=draw(st.sampled_from(LINK_TYPES)), lag=draw(LAGS)) for key in linked]
        key = f"T-{place}"
        calendar = None if one_calendar else draw(st.sampled_from([None, "CAL-2", "CAL-3"]))
        rows.append(replace(task(key, draw(lengths)), outline_level=level, predecessors=links, calendar=calendar))
        above.append(key)
    return rows


def made(rows: list[Task]) -> Schedule:
    for row in rows:
        note(f"{row.outline_level * '  '}{row.key} {row.duration} {row.calendar} {[*map(link_text, row.predecessors)]}")
    return figures(*rows, calendars=CALENDARS, calendar="CAL-1")


class Instants:
    """When each task of a schedule starts and finishes, in minutes of the clock."""

    def __init__(self, plan: Schedule) -> None:
        self.plan = plan
        self.early = plan.passes.early
        self.nodes = plan.network.nodes

    def leaves(self, key: str) -> list[int]:
        place = self.plan.place(key)
        under = self.nodes[place].children
        return [leaf for child in under for leaf in self.leaves(self.nodes[child].task.key)] if under else [place]

    def start(self, place: int) -> int:
        return self.nodes[place].clock.instant(self.early.starts[place])

    def finish(self, place: int) -> int:
        return self.nodes[place].clock.instant(self.early.finishes[place])

    def end_of(self, link: Link) -> int:
        """Where the predecessor of a link starts or finishes; a summary by what stands under it."""
        leaves = self.leaves(link.task)
        return max(map(self.finish, leaves)) if link.type in ("FS", "FF") else min(map(self.start, leaves))

    def bounds(self, place: int) -> list[tuple[int, bool]]:
        """For each link into a task, or into a summary above it: the instant that it asks for, and whether of the finish."""
        found: list[tuple[int, bool]] = []
        node: Node = self.nodes[place]
        while True:
            for link in node.task.predecessors:
                found.append((self._with_lag(node, link), link.type in ("FF", "SF")))
            if node.parent < 0:
                return found
            node = self.nodes[node.parent]

    def _with_lag(self, node: Node, link: Link) -> int:
        instant = self.end_of(link)
        if link.lag.endswith("%"):
            source = self.nodes[self.plan.place(link.task)]
            minutes, elapsed = source.calendar.minutes(source.task.duration or "0d")
            minutes = round(minutes * int(link.lag[:-1]) / 100)
        else:
            minutes, elapsed = node.calendar.minutes(link.lag or "0d")
        return instant + minutes if elapsed else node.calendar.add(instant, minutes)


@given(plans())
def test_every_link_is_respected_and_no_task_starts_later_than_it_must(rows: list[Task]) -> None:
    plan = made(rows)
    at = Instants(plan)
    for place, node in enumerate(plan.network.nodes):
        if node.state != "auto":
            continue
        clock = node.clock
        start, finish = clock.worked(at.start(place)), clock.worked(at.finish(place))
        assert finish - start == node.duration
        least = clock.worked(plan.passes.forward.project_start)
        for instant, to_finish in at.bounds(place):
            asked = clock.worked(instant)
            assert (finish if to_finish else start) >= asked
            least = max(least, asked - node.duration if to_finish else asked)
        assert start == least


@given(plans())
def test_nothing_is_late_before_it_is_early_and_floats_are_not_negative(rows: list[Task]) -> None:
    plan = made(rows)
    for found in plan.values():
        assert found.early_start <= found.late_start
        assert found.early_finish <= found.late_finish
        assert not found.total_float.startswith("-")
        assert not found.free_float.startswith("-")
    for place in range(len(plan)):
        assert 0 <= plan.floats.free(place) <= plan.floats.total(place) or plan.network.nodes[place].children


@given(plans())
def test_a_summary_spans_what_stands_under_it(rows: list[Task]) -> None:
    plan = made(rows)
    for place, node in enumerate(plan.network.nodes):
        if node.state == "summary":
            under = [plan[plan.network.nodes[child].task.key] for child in node.children]
            found = plan[node.task.key]
            assert found.early_start == min(each.early_start for each in under)
            assert found.early_finish == max(each.early_finish for each in under)
            assert found.critical == any(each.critical for each in under)
            assert plan.floats.total(place) == min(plan.floats.total(child) for child in node.children)


@given(plans(), st.data())
def test_a_longer_lag_moves_nothing_earlier(rows: list[Task], data: st.DataObject) -> None:
    linked = [
        (which, place) for which, row in enumerate(rows) for place, link in enumerate(row.predecessors) if not link.lag
    ]
    if not linked:
        return
    which, place = data.draw(st.sampled_from(linked))
    links = list(rows[which].predecessors)
    links[place] = replace(links[place], lag=data.draw(st.sampled_from(["1d", "4h", "3d"])))
    before, after = made(rows), made([*rows[:which], replace(rows[which], predecessors=links), *rows[which + 1 :]])
    for key in before:
        assert before[key].early_start <= after[key].early_start
        assert before[key].early_finish <= after[key].early_finish


ON_ONE_CLOCK = plans(one_calendar=True, outline=False, lengths=st.sampled_from(["0d", "1d", "2d", "5d", "0.5d", "3h"]))


def without_elapsed(rows: list[Task]) -> list[Task]:
    """Lags in working time alone, where float is exact to the minute."""
    return [
        replace(each, predecessors=[replace(link, lag=link.lag.replace("ed", "d")) for link in each.predecessors])
        for each in rows
    ]


@given(ON_ONE_CLOCK)
def test_a_critical_chain_leads_from_the_start_to_the_finish(rows: list[Task]) -> None:
    plan = made(without_elapsed(rows))
    early, nodes = plan.passes.early, plan.network.nodes
    place = max(range(len(plan)), key=lambda each: early.finishes[each] >> 1)
    floor = plan.passes.forward.floor(nodes[place].clock) >> 1
    for _ in range(len(plan)):
        assert plan[nodes[place].task.key].critical
        if early.starts[place] >> 1 == floor:
            return
        ties = driving(plan.passes.forward, early, place)
        assert ties
        assert plan[nodes[place].task.key].drivers == tuple(nodes[tie.source].task.key for tie in ties)
        place = ties[0].source
    raise AssertionError("the chain does not end")


def delayed_by(rows: list[Task], key: str, minutes: int) -> Schedule:
    return made([replace(each, levelling_delay=f"{minutes}m") if each.key == key else each for each in rows])


def finish_driven(plan: Schedule, place: int) -> bool:
    """Whether a link decides the finish: a delayed start then takes up what room there is before it."""
    return any(tie.to_finish for tie in plan.network.nodes[place].incoming)


@given(ON_ONE_CLOCK, st.data())
def test_float_is_how_far_a_task_can_slip(rows: list[Task], data: st.DataObject) -> None:
    rows = without_elapsed(rows)
    plan = made(rows)
    which = data.draw(st.sampled_from([place for place in range(len(rows)) if not finish_driven(plan, place)]))
    key = rows[which].key

    def end(found: Schedule) -> int:
        return max(finish >> 1 for finish in found.passes.early.finishes)

    def others(found: Schedule) -> list[tuple[int, int]]:
        early = found.passes.early
        places = [place for place in range(len(rows)) if place != which]
        return [(early.starts[place] >> 1, early.finishes[place] >> 1) for place in places]

    total, free = plan.floats.total(which), plan.floats.free(which)
    assert end(delayed_by(rows, key, total)) == end(plan)
    assert end(delayed_by(rows, key, total + 1)) > end(plan)
    assert others(delayed_by(rows, key, free)) == others(plan)
    slipped = delayed_by(rows, key, free + 1)
    assert others(slipped) != others(plan) or end(slipped) > end(plan)


@given(plans(), st.data())
def test_a_deadline_that_is_missed_makes_float_negative_and_moves_nothing(
    rows: list[Task], data: st.DataObject
) -> None:
    plan = made(rows)
    late = [key for key, each in plan.items() if each.early_finish > day("03-10")]
    if not late:
        return
    key = data.draw(st.sampled_from(late))
    capped = made([replace(each, deadline=day("03-02")) if each.key == key else each for each in rows])
    assert capped[key].total_float.startswith("-")
    assert capped[key].critical
    assert [(each.early_start, each.early_finish) for each in capped.values()] == [
        (each.early_start, each.early_finish) for each in plan.values()
    ]
