"""Which projects a scope holds, for whoever plans them one by one or side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pmo_tui.desk.views.scope import ME, nodes
from pmo_tui.desk.views.view import by_number

if TYPE_CHECKING:
    from pmo_tui.desk.desk import Desk

RUNNING = ("active", "closing", "paused")


def _word(scope: str) -> str:
    return scope.replace('"', "").removeprefix("@")


def projects_in(desk: Desk, scope: str) -> list[str]:
    """The projects inside a scope by number: all of them for none, and for @me, which narrows their tasks instead."""
    word = _word(scope)
    if not word or word.casefold() == ME:
        return [f"P-{number}" for number in desk.store.shelf("projects").numbers()]
    return sorted((key for key in nodes(desk, word) if key.startswith("P-")), key=by_number)


def several(desk: Desk, scope: str) -> bool:
    """Whether a scope is a node with several projects, which are looked at side by side."""
    word = _word(scope)
    return bool(word) and word.casefold() != ME and len(projects_in(desk, scope)) > 1


def planned(desk: Desk, scope: str) -> list[str]:
    """The projects inside a scope that have tasks."""
    shelf = desk.store.shelf("tasks")
    return [key for key in projects_in(desk, scope) if shelf.where("project", key)]


def first_plan(desk: Desk, scope: str) -> str:
    """The project whose plan is shown first: one that runs and has tasks, else any; "" where there is none."""
    found = planned(desk, scope)
    records: Any = (desk.record(key) for key in found)
    running = next((record.key for record in records if record.status in RUNNING), "")
    return running or (found or projects_in(desk, scope) or [""])[0]
