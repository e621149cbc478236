"""Which computed lists there are, and where each is defined; the definitions are loaded when they are asked for."""

from __future__ import annotations

from pmo_tui.records.registers import is_register

LISTS: dict[str, str] = {
    "portfolio": "views.computed_lists:PORTFOLIO",
    "milestones": "views.computed_lists:MILESTONES",
    "ageing": "views.attention_lists:AGEING",
    "exposure": "views.computed_lists:EXPOSURE",
    "exceptions": "views.attention_lists:EXCEPTIONS",
    "status_updates": "reports.status_list:STATUS_UPDATES",
    "steering_reports": "reports.report_list:STEERING_REPORTS",
    "load": "people.people_lists:LOAD",
    "roll_offs": "people.people_lists:ROLL_OFFS",
    "demand": "people.people_lists:DEMAND",
    "resources": "people.resource_lists:RESOURCES",
    "crowds": "people.resource_lists:CROWDS",
}
"""Each list by name: the module of this package and the definition in it."""


def is_list(name: str) -> bool:
    """Whether `name` is a computed list."""
    return name in LISTS


def is_list_or_register(name: str) -> bool:
    """Whether `name` is something that `pmo list` lists."""
    return is_list(name) or is_register(name)
