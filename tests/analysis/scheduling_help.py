"""Small plans in few words, and their figures as text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from pmo_tui.analysis.scheduling import Schedule, Scheduled, schedule
from pmo_tui.analysis.working_time import Calendars
from pmo_tui.records.calendars import Calendar
from pmo_tui.records.planning import Link, Task

MONDAY = date(2026, 3, 2)
"""The first day of the plans here; March 2026 begins on a Sunday."""


def day(text: str) -> date:
    """`03-02` is 2 March 2026."""
    return date.fromisoformat(f"2026-{text}")


def link(text: str) -> Link:
    """`A`, `A SS+1d`, `A FF-50%`."""
    task, _, rest = text.partition(" ")
    kind, lag = rest[:2] or "FS", rest[2:].removeprefix("+")
    return Link(task=task, type=kind, lag=lag)


def task(key: str, duration: str | None = "5d", *predecessors: str, **more: Any) -> Task:
    """A task called by its key; dates among `more` may be written `03-02`."""
    more = {
        name: day(value) if isinstance(value, str) and re.fullmatch(r"\d\d-\d\d", value) else value
        for name, value in more.items()
    }
    return Task(
        key=key, project="P-1", name=key, duration=duration, predecessors=[link(text) for text in predecessors], **more
    )


def milestone(key: str, *predecessors: str, **more: Any) -> Task:
    return task(key, "0d", *predecessors, milestone=True, **more)


def figures(*tasks: Task, calendars: Sequence[Calendar] = (), **more: Any) -> Schedule:
    """The schedule of a plan that starts on Monday 2 March 2026; the rows keep the order in which they stand."""
    placed = [_at(place, each) for place, each in enumerate(tasks)]
    return schedule(placed, Calendars(calendars), **({"start": MONDAY, "today": MONDAY} | more))


def _at(place: int, each: Task) -> Task:
    return replace(each, position=place)


def early(found: Scheduled) -> str:
    return f"{found.early_start:%m-%d}..{found.early_finish:%m-%d}"


def late(found: Scheduled) -> str:
    return f"{found.late_start:%m-%d}..{found.late_finish:%m-%d}"


def all_early(plan: Schedule) -> dict[str, str]:
    return {key: early(found) for key, found in plan.items()}


def floats(plan: Schedule) -> dict[str, tuple[str, str]]:
    """Total and free float of each task."""
    return {key: (found.total_float, found.free_float) for key, found in plan.items()}
