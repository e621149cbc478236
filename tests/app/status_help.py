"""Three projects under a programme with what was reported last week: what the tests of status and reports work on."""

from __future__ import annotations

from pmo_tui.desk.desk import Desk


def collect(desk: Desk) -> Desk:
    """PG-1 with P-1 (Jan), P-2 (Jan) and P-3 (Piet), each reported for week 46; week 47 is being collected on Wednesday of week 48.

    P-1 was green, P-2 amber, P-3 green two weeks before that, which is too old. R-1 scores 12. P-1 has a milestone in December.
    """
    desk.add("people", {"name": "Piet Smit", "email": "piet@town.example"})
    desk.add("programmes", {"name": "Dry feet", "manager": "Piet Smit"})
    desk.add(
        "projects", {"name": "Pump house", "code": "PUMP", "manager": "Piet Smit", "budget": "50k", "parent": "PG-1"}
    )
    desk.set(["P-1", "P-2"], {"parent": "PG-1", "manager": "Jan de Vries", "officer": "Anna Bos"})
    desk.set(["PER-1"], {"email": "jan@town.example"})
    for project, period, rag in (
        ("P-1", "2026-w46", "green"),
        ("P-2", "2026-w46", "amber"),
        ("P-3", "2026-w44", "green"),
    ):
        desk.add(
            "reports",
            {
                "project": project,
                "period": period,
                "rag": rag,
                "rag_time": rag,
                "rag_scope": "green",
                "summary": f"Last words of {project}.\nAnd a second line.",
                "next_period": "Go on.",
                "declared_by": "Piet Smit",
                "declared_on": "2026-11-13",
                "status": "issued",
                "issued_on": "2026-11-16",
            },
        )
    return desk
