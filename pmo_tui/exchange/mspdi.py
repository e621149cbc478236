"""A plan in MS Project's XML (MSPDI, `http://schemas.microsoft.com/project`): tasks, links, calendars, people, bookings, baselines.

Written by MS Project, ProjectLibre and many others. What the file is the whole truth of (the tasks, the bookings, the calendars) is
changed when it is imported again; what it merely names (people, and the project once it is there) is found or added, and left alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePath
from typing import Any

from pmo_tui.exchange.incoming import Batch, Find, Incoming, To
from pmo_tui.exchange.mspdi_baselines import add_baselines
from pmo_tui.exchange.mspdi_calendars import OFFICE_WEEK, PlanCalendar, calendar_of, read_calendars
from pmo_tui.exchange.mspdi_hours import last_working_day
from pmo_tui.exchange.mspdi_links import read_links
from pmo_tui.exchange.mspdi_part import Part, Plan, local
from pmo_tui.exchange.mspdi_resources import add_bookings, add_people, workers
from pmo_tui.exchange.mspdi_tasks import PlanDays, PlanTask, add_tasks, read_tasks
from pmo_tui.exchange.xml_file import parse_xml
from pmo_tui.records.errors import Refused
from pmo_tui.records.marks import N_

SYMBOLS = {"€": "EUR", "£": "GBP"}
"""Signs that mean one currency only."""
NO_TITLE = re.compile(r"Project ?\d*", re.IGNORECASE)
"""What planners call a plan that nobody gave a name."""


def read(data: bytes, name: str, *, project: str | None = None, known_as: Sequence[str] = ()) -> Batch:
    """The records that a plan makes. `project` is the key of the one it belongs to; without it the file makes one of its own.

    Refused where the file is no plan at all; values that are wrong are problems of the batch, each with its row. A record is known
    again by file name and UID (`msproject:plan.xml#17`), within the project where one is given, so that two projects may both have
    a `plan.xml`. `known_as` are the scopes, in the place of that name, under which a plan of this project came before.
    """
    root = parse_xml(data, name)
    if local(root.tag) != "Project":
        message = N_("{name} is not a plan from MS Project: its root is “{root}”, not “Project”.")
        hint = N_("Export the plan as XML: in MS Project by File, Save As, XML format.")
        raise Refused(message, hint, name=name, root=local(root.tag))
    plan = Plan(root, name, project, known_as)
    plan.currency = _currency(plan.head)
    _fill(plan)
    return plan.batch


def _fill(plan: Plan) -> None:
    calendars = read_calendars(plan)
    standard = calendar_of(plan.head, calendars)
    title = _title(plan.head)
    tasks = read_tasks(plan, title or _stem(plan.name))
    if isinstance(plan.project, To):
        name = title or _title_row(tasks) or _stem(plan.name)
        plan.batch.records.insert(0, _project(plan, plan.project, standard, name))
    elif standard is not None and (standard.whole_week != OFFICE_WEEK or standard.all_different):
        message = N_("the plan was made on the calendar “{calendar}”; give it to the project if its days should count")
        plan.note(message, calendar=standard.name)
    resources = add_people(plan, calendars, standard)
    days = PlanDays(calendars, standard, workers(plan, resources))
    add_tasks(plan, tasks, days, read_links(plan, tasks))
    add_bookings(plan, tasks, resources)
    add_baselines(plan, tasks, days)
    _tell(plan, tasks)


def _currency(head: Part) -> str | None:
    code = head.line("CurrencyCode").upper()
    return code if re.fullmatch("[A-Z]{3}", code) else SYMBOLS.get(head.line("CurrencySymbol"))


def _title(head: Part) -> str:
    title = head.line("Title")
    return "" if NO_TITLE.fullmatch(title) else title


def _title_row(tasks: dict[int, PlanTask]) -> str:
    """The name of the row that stands for the plan as a whole."""
    return next((task.name for task in tasks.values() if task.level == 0), "")


def _stem(name: str) -> str:
    return PurePath(name).stem or name


def _project(plan: Plan, project: To, standard: PlanCalendar | None, title: str) -> Incoming:
    head = plan.head
    start, finish = head.moment("StartDate"), head.moment("FinishDate")
    values: dict[str, Any] = {
        "name": title,
        "start": None if start is None else start.date(),
        "finish": last_working_day(start, finish, [] if standard is None else [standard]),
        "calendar": None if standard is None else To(standard.source_key),
    }
    if plan.currency is not None:
        values["currency"] = plan.currency
    if manager := head.line("Manager"):
        values["manager"] = Find(("people",), manager, ("name", "email"))
    return Incoming("projects", project.source_key, values, update=False, place=head.place)


def _tell(plan: Plan, tasks: dict[int, PlanTask]) -> None:
    """What the file holds that is not taken over, or not as one might think."""
    if not tasks:
        plan.note(N_("there are no tasks in this plan"))
    if not plan.head.flag("ScheduleFromStart", missing=True):
        plan.note(N_("the plan is scheduled backwards from its finish; here it is scheduled from its start"))
    symbol = plan.head.line("CurrencySymbol")
    if plan.currency is None and symbol:
        plan.note(
            N_("amounts are in “{symbol}”, which may be several currencies; set that of the project"), symbol=symbol
        )
    names = {
        part.line("FieldID"): part.line("Alias") or part.line("FieldName") for part in plan.parts("ExtendedAttributes")
    }
    used: dict[str, None] = {}
    for task in tasks.values():
        for part in task.part.parts("ExtendedAttribute"):
            field = part.line("FieldID")
            used[names.get(field) or field] = None
    plan.note_several(N_("{count} fields of the planner's own are not taken over: {names}"), list(used))
