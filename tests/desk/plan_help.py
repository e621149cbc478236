"""A plan to work on: a phase of design, a phase of building, a milestone at the end, from Monday 30 November 2026."""

from __future__ import annotations

from datetime import date
from typing import Any

from pmo_tui.desk.desk import Desk
from pmo_tui.records.planning import Task

DESIGN, SKETCH, DRAWING, BUILDING, WALLS, ROOF, OPENING = (f"T-{number}" for number in range(1, 8))


def portal(desk: Desk) -> Desk:
    """Project P-1 with seven rows on the days that their links give; Wednesday 25 November is today."""
    desk.add("projects", {"name": "Portal", "start": "2026-11-30"})
    rows: list[tuple[str, int, str, list[str]]] = [
        ("Design", 1, "", []),
        ("Sketch", 2, "3d", []),
        ("Drawing", 2, "2d", [SKETCH]),
        ("Building", 1, "", []),
        ("Walls", 2, "5d", [DRAWING]),
        ("Roof", 2, "3d", [WALLS]),
        ("Opening", 1, "0d", [ROOF]),
    ]
    for position, (name, level, duration, after) in enumerate(rows, 1):
        given: dict[str, Any] = {
            "position": position,
            "outline_level": level,
            "summary": not duration,
            "milestone": name == "Opening",
            "predecessors": [{"task": key} for key in after],
        }
        texts = {"project": "P-1", "name": name} | ({"duration": duration} if duration else {})
        desk.add("tasks", texts, given)
    for key, (start, finish) in desk.plans.reschedule("P-1").items():
        desk.set([key], {"start": str(start), "finish": str(finish)})
    return desk


def task(desk: Desk, key: str) -> Task:
    """A task as it stands."""
    found = desk.record(key)
    assert isinstance(found, Task)
    return found


def strayed(desk: Desk, key: str, start: str, finish: str) -> None:
    """A task on days that its links do not give, as a file of another planner may have it."""
    desk.store.transact(lambda draft: draft.change(key, {"start": start, "finish": finish}))


def days(desk: Desk, key: str) -> tuple[str, str]:
    """Start and finish as month and day."""
    found = task(desk, key)
    assert found.start is not None
    assert found.finish is not None
    return f"{found.start:%m-%d}", f"{found.finish:%m-%d}"


def december(day: int) -> date:
    """A day of December 2026."""
    return date(2026, 12, day)
