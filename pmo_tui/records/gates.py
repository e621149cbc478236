"""Stage gates: the moments a board decides whether a project goes on."""

from datetime import date
from typing import Annotated

from pmo_tui.records import fields as f
from pmo_tui.records.base import NODES, Record, record
from pmo_tui.records.marks import N_


@record
class Gate(Record):
    """A gate of a project: when it is planned, when it was passed, and what the board decided."""

    project: Annotated[str, f.ref(N_("Project"), *NODES, shown=True)]
    name: Annotated[str, f.text(N_("Gate"), 24, shown=True)]
    position: Annotated[int, f.integer(N_("Position"), 0)] = 0
    planned_on: Annotated[date | None, f.day(N_("Planned"), shown=True)] = None
    passed_on: Annotated[date | None, f.day(N_("Passed"), shown=True)] = None
    status: Annotated[str, f.choice(N_("Status"), "planned", "go", "conditional", "no_go", shown=True)] = "planned"
    decided_by: Annotated[str | None, f.text(N_("Decided by"), 18, shown=True)] = None
    recorded_by: Annotated[str | None, f.ref(N_("Recorded by"), "people")] = None
    conditions: Annotated[str | None, f.long(N_("Conditions"))] = None
