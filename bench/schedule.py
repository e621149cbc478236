"""How long a plan takes to schedule, and a move to show its impact: medians, beside the promise, and beside a plain loop of this machine.

./pmo bench schedule
"""

from __future__ import annotations

import gc
import random
import statistics
import time
from collections.abc import Callable
from datetime import date

from pmo_tui.analysis.scheduling import Schedule, schedule
from pmo_tui.analysis.scheduling_moves import Change, impact
from pmo_tui.analysis.working_time import Calendars
from pmo_tui.records.calendars import OFFICE_DAY, Calendar, CalendarException
from pmo_tui.records.planning import Link, Task

START = date(2026, 1, 5)
PHASE = 20
"""Rows from one summary task to the next."""
REACH = 60
"""How many rows back a link may go."""


def calendars() -> list[Calendar]:
    """An office with the holidays of ten years, a part-time week based on it, and a week with Saturdays."""
    free = [(1, 1), (4, 27), (5, 5), (12, 25), (12, 26)]
    days = [date(year, month, day) for year in range(2025, 2036) for month, day in free]
    off = [CalendarException(start=day, finish=day) for day in days]
    office = Calendar(
        key="CAL-1", name="Office", monday=OFFICE_DAY, tuesday=OFFICE_DAY, wednesday=OFFICE_DAY, thursday=OFFICE_DAY,
        friday=OFFICE_DAY, exceptions=off,
    )  # fmt: skip
    part_time = Calendar(key="CAL-2", name="Part time", base="CAL-1", wednesday="08:00-12:00", friday="")
    saturdays = Calendar(key="CAL-3", name="Saturdays", base="CAL-1", saturday="09:00-13:00")
    return [office, part_time, saturdays]


def plan(count: int, links: int, seed: int = 1) -> list[Task]:
    """So many tasks in phases, and so many links of all kinds between them; one task in ten on a calendar of its own."""
    chance = random.Random(seed)
    linked: list[list[Link]] = [[] for _ in range(count)]
    leaves = [row for row in range(count) if row % PHASE]
    placed = 0
    while placed < links:
        row = leaves[placed + 1] if placed + 1 < len(leaves) else chance.choice(leaves[1:])
        before = chance.choice([other for other in range(max(1, row - REACH), row) if other % PHASE])
        if any(link.task == f"T-{before}" for link in linked[row]):
            continue
        kind = chance.choices(("FS", "SS", "FF", "SF"), (80, 10, 8, 2))[0]
        linked[row].append(
            Link(task=f"T-{before}", type=kind, lag=chance.choice(("", "", "", "2d", "-1d", "3ed", "50%")))
        )
        placed += 1
    return [_task(row, linked[row], chance) for row in range(count)]


def _task(row: int, links: list[Link], chance: random.Random) -> Task:
    summary = row % PHASE == 0
    return Task(
        key=f"T-{row}", project="P-1", name=f"Task {row}", position=row, outline_level=1 if summary else 2,
        duration=None if summary else f"{chance.choice((0, 1, 2, 3, 5, 8, 10))}d", predecessors=links,
        calendar=chance.choice(("CAL-2", "CAL-3")) if not summary and chance.random() < 0.1 else None,
    )  # fmt: skip


def scheduled(tasks: list[Task]) -> Schedule:
    """The schedule with the figures of every task, its calendars made ready too."""
    found = schedule(tasks, Calendars(calendars()), today=START, start=START, calendar="CAL-1")
    assert len(list(found.values())) == len(tasks)
    return found


def milliseconds(work: Callable[[], object], times: int) -> list[float]:
    """How long each run took."""
    taken = []
    for _ in range(times):
        gc.collect()
        began = time.perf_counter()
        work()
        taken.append((time.perf_counter() - began) * 1000)
    return taken


def plain_loop() -> int:
    """A million additions: what this machine and Python do in the meantime."""
    total = 0
    for number in range(1_000_000):
        total += number & 7
    return total


def main() -> None:
    """Measure and print."""
    loop = statistics.median(milliseconds(plain_loop, 9))
    large = plan(10_000, 15_000)
    whole = milliseconds(lambda: scheduled(large), 9)
    small = scheduled(plan(200, 300))
    change = {"T-1": Change(shift=60)}
    moved = len(impact(small, change).moves)
    move = milliseconds(lambda: impact(small, change), 50)
    print(f"a million additions: {loop:.1f} ms; all others are medians (least), and how many such loops they take")
    for what, taken, promise in (
        ("10,000 tasks, 15,000 links, 3 calendars: all figures of all", whole, 500),
        (f"a move in 200 tasks, 300 links: the {moved} tasks that move", move, 5),
    ):
        median = statistics.median(taken)
        met = "kept" if median <= promise else "NOT KEPT"
        print(f"{what}: {median:.1f} ms ({min(taken):.1f}), {median / loop:.2f} loops; promise {promise} ms: {met}")


if __name__ == "__main__":
    main()
