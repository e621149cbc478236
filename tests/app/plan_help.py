"""A plan with a phase, a baseline and a deadline, and what tests of the planning board ask of the screen."""

from __future__ import annotations

from pmo_tui.desk.desk import Desk
from pmo_tui.desk.planning.plan_baseline import take_baseline
from pmo_tui.screens.planning import PlanningScreen
from pmo_tui.widgets.gantt import GanttTable
from tests.app.driving import Driver


def planned(desk: Desk) -> Desk:
    """The bridge of three tasks with a phase above two of them, a baseline, a deadline; and another plan with a milestone."""
    phase = {"project": "P-1", "name": "Works", "start": "2026-11-23", "finish": "2026-12-11"}
    desk.add("tasks", phase, {"position": 0, "outline_level": 1, "summary": True})
    for key in ("T-1", "T-2"):
        desk.set([key], {}, {"outline_level": 2})
    desk.set(["T-1"], {"percent_complete": "40", "actual_start": "2026-11-23"})
    desk.set(["T-2"], {"deadline": "2026-12-15"})
    take_baseline(desk, "P-1", "Agreed plan")
    desk.add("tasks", {
        "project": "P-2", "name": "Shelves", "duration": "0d", "milestone": "yes", "start": "2026-11-20", "finish": "2026-11-20",
    })  # fmt: skip
    return desk


def table(app: Driver) -> GanttTable:
    """Outline and chart."""
    assert isinstance(app.frame, PlanningScreen)
    return app.frame.table


def row_of(app: Driver, name: str) -> str:
    """The last line with a name on it."""
    return [line for line in app.lines() if name in line][-1]
