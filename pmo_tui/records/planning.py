"""Tasks with their links, and baselines."""

from dataclasses import field
from datetime import date
from decimal import Decimal
from typing import Annotated, ClassVar

from pmo_tui.records import fields as f
from pmo_tui.records.base import Record, Row, record
from pmo_tui.records.fields import Field
from pmo_tui.records.marks import N_

CONSTRAINTS = ("ASAP", "ALAP", "MSO", "MFO", "SNET", "SNLT", "FNET", "FNLT")
"""As soon / late as possible, must start / finish on, start / finish no earlier / later than (MSPDI's 0 to 7)."""
LINK_TYPES = ("FS", "SS", "FF", "SF")
LAG = r"-?\d+(\.\d+)?%|-?\d+(\.\d+)?(e?(m|h|d|w|mo))|"


@record
class Link(Row):
    """A dependency on another task: its key, the type, and the lag (`2d`, `-1d`, `3ed`, `50%` of the predecessor)."""

    task: Annotated[str, f.ref(N_("Predecessor"), "tasks")]
    type: Annotated[str, f.choice(N_("Type"), *LINK_TYPES)] = "FS"
    lag: Annotated[str, f.text(N_("Lag"), 8, pattern=LAG, help="a lag looks like 2d, -1d, 3ed or 50%")] = ""


@record
class Task(Record):
    """A row of a plan. `start` and `finish` are its scheduled days, both included; all early, late and float figures are computed.

    `position` orders the rows of a project, `outline_level` 1 is the outermost. A `manual` task and an inactive one keep
    their dates. `kind` names the rows of other planners that are not plain tasks: recurring, external.
    """

    natural_order: ClassVar[str] = "project,position"
    computed: ClassVar[dict[str, Field]] = {
        "line": f.integer(N_("Line"), computed=True),
        "early_start": f.day(N_("Early start"), computed=True),
        "early_finish": f.day(N_("Early finish"), computed=True),
        "late_start": f.day(N_("Late start"), computed=True),
        "late_finish": f.day(N_("Late finish"), computed=True),
        "total_float": f.duration(N_("Total float"), computed=True),
        "free_float": f.duration(N_("Free float"), computed=True),
        "critical": f.flag(N_("Critical"), computed=True),
        "baseline_start": f.day(N_("Baseline start"), computed=True),
        "baseline_finish": f.day(N_("Baseline finish"), computed=True),
    }

    project: Annotated[str, f.ref(N_("Project"), "projects", shown=True)]
    wbs: Annotated[str | None, f.text(N_("WBS"), 8, shown=True)] = None
    name: Annotated[str, f.text(N_("Name"), 34, shown=True)]
    position: Annotated[int, f.integer(N_("Position"), 0)] = 0
    outline_level: Annotated[int, f.integer(N_("Level"), 0, 99)] = 1
    summary: Annotated[bool, f.flag(N_("Summary"))] = False
    milestone: Annotated[bool, f.flag(N_("Milestone"), shown=True)] = False
    duration: Annotated[str | None, f.duration(N_("Duration"), shown=True)] = None
    start: Annotated[date | None, f.day(N_("Start"), shown=True)] = None
    finish: Annotated[date | None, f.day(N_("Finish"), shown=True)] = None
    percent_complete: Annotated[Decimal, f.percent(N_("% done"), shown=True)] = Decimal(0)
    predecessors: Annotated[list[Link], f.rows(N_("Predecessors"), width=14, shown=True)] = field(default_factory=list)
    work: Annotated[str | None, f.duration(N_("Work"))] = None
    actual_start: Annotated[date | None, f.day(N_("Actual start"))] = None
    actual_finish: Annotated[date | None, f.day(N_("Actual finish"))] = None
    actual_duration: Annotated[str | None, f.duration(N_("Actual duration"))] = None
    actual_work: Annotated[str | None, f.duration(N_("Actual work"))] = None
    remaining_duration: Annotated[str | None, f.duration(N_("Remaining duration"))] = None
    remaining_work: Annotated[str | None, f.duration(N_("Remaining work"))] = None
    mode: Annotated[str, f.choice(N_("Mode"), "auto", "manual")] = "auto"
    active: Annotated[bool, f.flag(N_("Active"))] = True
    kind: Annotated[str, f.choice(N_("Kind"), "task", "recurring", "external")] = "task"
    estimated: Annotated[bool, f.flag(N_("Estimated"))] = False
    constraint: Annotated[str, f.choice(N_("Constraint"), *CONSTRAINTS)] = "ASAP"
    constraint_date: Annotated[date | None, f.day(N_("Constraint date"))] = None
    deadline: Annotated[date | None, f.day(N_("Deadline"))] = None
    calendar: Annotated[str | None, f.ref(N_("Calendar"), "calendars")] = None
    levelling_delay: Annotated[str | None, f.duration(N_("Levelling delay"))] = None
    priority: Annotated[int, f.integer(N_("Priority"), 0, 1000)] = 500
    owner: Annotated[str | None, f.ref(N_("Owner"), "people")] = None
    fixed_cost: Annotated[Decimal | None, f.money(N_("Fixed cost"))] = None
    currency: Annotated[str | None, f.currency()] = None


@record
class BaselineTask(Row):
    """What one task looked like when the baseline was taken."""

    task: Annotated[str, f.ref(N_("Task"), "tasks")]
    start: Annotated[date | None, f.day(N_("Start"))] = None
    finish: Annotated[date | None, f.day(N_("Finish"))] = None
    duration: Annotated[str | None, f.duration(N_("Duration"))] = None
    work: Annotated[Decimal | None, f.hours(N_("Work"))] = None
    cost: Annotated[Decimal | None, f.money(N_("Cost"))] = None


@record
class Baseline(Record):
    """A plan frozen on a day: a snapshot that is never edited. `number` is 0 to 10, as planners count them."""

    project: Annotated[str, f.ref(N_("Project"), "projects", shown=True)]
    name: Annotated[str, f.text(N_("Name"), 24, shown=True)]
    number: Annotated[int, f.integer(N_("Number"), 0, 10, shown=True)] = 0
    taken_on: Annotated[date | None, f.day(N_("Taken on"), shown=True)] = None
    reason: Annotated[str | None, f.text(N_("Reason"), 30)] = None
    tasks: Annotated[list[BaselineTask], f.rows(N_("Tasks"), shown=True)] = field(default_factory=list)
