"""The people of the tests about capacity, with their bookings."""

from __future__ import annotations

from pmo_tui.desk.desk import Desk


def fill_team(desk: Desk) -> Desk:
    """Jan (32 hours, Monday to Thursday) over-booked in two weeks of December, Esra booked softly and away at the year's end."""
    desk.set(["PER-1"], {"pattern": "8 8 8 8 0 0 0", "fte": "0.8", "unit": "Digital"})
    desk.add("people", {"name": "Zoë Esra", "function": "Architect", "unit": "Works"})
    desk.add("systems", {"name": "Zz lab"})
    booked(desk, "PER-1", "P-1", "16", "2026-11-02", "2027-06-30")
    booked(desk, "PER-1", "P-2", "20", "2026-12-07", "2026-12-20")
    booked(desk, "PER-3", "P-2", "40", "2026-11-23", "2026-12-20", status="soft", probability="50%")
    desk.add("absences", {"person": "PER-3", "start": "2026-12-21", "finish": "2026-12-31"})
    return desk


def booked(desk: Desk, person: str, project: str, hours: str, start: str, finish: str, **more: str) -> str:
    """A booking; its key."""
    texts = {"person": person, "project": project, "hours_per_week": hours, "start": start, "finish": finish}
    return desk.add("bookings", {**texts, **more})
