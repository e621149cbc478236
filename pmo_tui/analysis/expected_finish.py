"""When a project is expected to end by what is known on a day, beside the day agreed on.

Work that is not done cannot have ended before today: the end of a plan with undone tasks is today at the earliest, as it is for
milestones, and so is the end of a project without a plan that is not over.
"""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from pmo_tui.analysis.figure import Figure, Source
from pmo_tui.records.errors import Said
from pmo_tui.records.marks import N_
from pmo_tui.records.projects import ENDED, Project


class Plan(Struct, frozen=True):
    """As much of a plan as tells when it ends: its last day (None where no task has one), and whether a task of it is undone."""

    finish: date | None = None
    undone: bool = False


NO_PLAN = Plan()


class Ending(Struct, frozen=True):
    """The end expected as a figure with what it stands on, the end agreed on with where it stands, and the calendar days between."""

    expected: Figure
    agreed: Source
    days: int
    said: Said
    """What is wrong where `days` is more than 0."""


def ending(project: Project, plan: Plan, today: date) -> Ending | None:
    """How the expected end of a project compares; None where no end was agreed on, or where no plan tells and it is not past yet.

    Where no finish was agreed on, a plan that ran out with tasks undone is held to its own last day.
    """
    going_on = project.status not in ENDED
    ran_out = going_on and plan.undone and plan.finish is not None and plan.finish < today
    agreed = project.finish or (plan.finish if ran_out else None)
    if agreed is None or (plan.finish is None and not (going_on and agreed < today)):
        return None
    expected = plan.finish if plan.finish is not None and not ran_out else today
    days = (expected - agreed).days
    values = {"days": days, "finish": agreed, "plan": plan.finish}
    return Ending(
        _expected(plan, expected, today),
        _agreed(project, agreed),
        days,
        Said(_sentence(project, plan, ran_out), values),
    )


def _expected(plan: Plan, expected: date, today: date) -> Figure:
    end = [] if plan.finish is None else [Source("", "", plan.finish, N_("end of the plan"))]
    now = [] if expected == plan.finish else [Source("", "", today, N_("today, since not all is done"))]
    return Figure(N_("Expected finish"), expected, "", N_("what is not done ends today at the earliest"), (*end, *now))


def _agreed(project: Project, agreed: date) -> Source:
    if project.finish is None:
        return Source("", "", agreed, N_("end of the plan"))
    return Source(project.key, "finish", agreed)


def _sentence(project: Project, plan: Plan, ran_out: bool) -> str:
    """What is wrong where the end expected is after the one agreed on; beside its rule in a list of 80 columns it has 45."""
    if plan.finish is None:
        return N_("not over, {days} d after the finish, {finish}")
    if not ran_out:
        return N_("plan ends {plan}, {days} d after the finish")
    if project.finish is None:
        return N_("the plan is not done, {days} d after its end")
    return N_("the plan is not done, {days} d after the finish")
