"""Which computed lists there are, and where each is defined; the definitions are loaded when they are asked for."""

from __future__ import annotations

LISTS: dict[str, str] = {
    "portfolio": "computed_lists:PORTFOLIO",
    "milestones": "computed_lists:MILESTONES",
    "ageing": "attention_lists:AGEING",
    "exposure": "computed_lists:EXPOSURE",
    "exceptions": "attention_lists:EXCEPTIONS",
    "status_updates": "status_list:STATUS_UPDATES",
    "steering_reports": "report_list:STEERING_REPORTS",
    "load": "people_lists:LOAD",
    "roll_offs": "people_lists:ROLL_OFFS",
    "demand": "people_lists:DEMAND",
    "resources": "resource_lists:RESOURCES",
    "crowds": "resource_lists:CROWDS",
}
"""Each list by name: the module of this package and the definition in it."""


def is_list(name: str) -> bool:
    """Whether `name` is a computed list."""
    return name in LISTS
