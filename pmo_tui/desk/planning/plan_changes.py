"""Changes of a plan that are looked at before they are kept: a move, a duration, links, a reschedule, each with all that follows.

A proposal is made, shown, and kept in one transaction with its reason, or dropped. Baselines stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from pmo_tui.desk.planning.plan_effects import Effect, Elsewhere, effects, elsewhere
from pmo_tui.records.errors import Fault, NotFound, Said, WrongUse
from pmo_tui.records.marks import N_
from pmo_tui.records.planning import Link, Task
from pmo_tui.wording.dates import parse_date
from pmo_tui.wording.durations import parse_duration

if TYPE_CHECKING:
    from pmo_tui.analysis.scheduling import Schedule
    from pmo_tui.analysis.scheduling_moves import Change, Impact
    from pmo_tui.desk.desk import Desk

SHIFT = re.compile(r"([+\-−])\s*(\S.*)")
FIXED = ("done", "summary")
"""States in which no other duration can be given; the analysis says why."""
SOME = 3
"""So many tasks are named in a title."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a change would do. `changed` are the records that it changes itself, `effects` all tasks that move, in plan order.

    `held` are changed tasks that stay where they are, since something else decides their days. `critical` counts tasks that come onto
    the critical path and that leave it. `revisions` are those of the records that were looked at.
    """

    project: str
    title: Said
    changed: tuple[Task, ...]
    effects: tuple[Effect, ...]
    held: tuple[str, ...]
    elsewhere: tuple[Elsewhere, ...]
    old_finish: date
    new_finish: date
    critical: tuple[int, int]
    revisions: Mapping[str, int]


@contextmanager
def plainly() -> Iterator[None]:
    """What cannot be done with a plan is said as any error is."""
    try:
        yield
    except Fault as fault:
        raise WrongUse(fault.reason.template, "", **fault.reason.values) from fault


# ---- what may be asked ------------------------------------------------------------------------------------------------------


def understood_move(text: str, start: date, today: date) -> Change:
    """What `+5d`, `-2w`, `fri` or a date asks of a task that starts on `start`; Fault where it is not understood.

    A shift in days counts working days; one in weeks, months or longer, or in elapsed days, goes by the calendar. Other words are days
    as people type them, seen from today.
    """
    from pmo_tui.analysis.scheduling_moves import Change

    found = SHIFT.fullmatch(text.strip())
    if found is None:
        return Change(start=parse_date(text, today))
    sign = "+" if found[1] == "+" else "-"
    try:
        duration = parse_duration(found[2])
    except Fault:
        return Change(start=parse_date(sign + found[2], start))
    whole = duration.amount == duration.amount.to_integral_value()
    if not whole or duration.unit not in ("d", "ed", "w", "ew", "mo", "emo"):
        raise Fault(N_("“{text}”: a task is moved by whole days, weeks or months, such as +5d or -2w"), text=text)
    count = int(sign + str(int(duration.amount)))
    if duration.unit == "d":
        return Change(shift=count)
    if duration.unit == "ed":
        return Change(start=start + timedelta(count))
    return Change(start=parse_date(f"{sign}{abs(count)}{duration.unit.removeprefix('e')}", start))


@plainly()
def propose_move(desk: Desk, keys: Sequence[str], text: str) -> Proposal:
    """Tasks of one plan somewhere else."""
    from pmo_tui.analysis.scheduling_moves import impact

    project, schedule = _plan_of(desk, keys)
    today = desk.today()
    changes = {key: understood_move(text, _days(schedule, key)[0], today) for key in _topmost(schedule, keys)}
    title = Said(N_("Move {tasks}: {text}"), {"tasks": _named(desk, keys), "text": text.strip()})
    return _proposal(desk, project, schedule, title, impact(schedule, changes))


@plainly()
def propose_duration(desk: Desk, keys: Sequence[str], text: str) -> Proposal:
    """Tasks of one plan that take another time."""
    from pmo_tui.analysis.scheduling_moves import Change, impact

    project, schedule = _plan_of(desk, keys)
    duration = str(parse_duration(text))
    title = Said(N_("Duration of {tasks}: {text}"), {"tasks": _named(desk, keys), "text": duration})
    changes = {key: Change(duration=duration) for key in keys}
    return _proposal(desk, project, schedule, title, impact(schedule, changes))


@plainly()
def propose_finish(desk: Desk, keys: Sequence[str], text: str) -> Proposal:
    """Tasks of one plan that end on another day: they start as they do and take longer, or less; what takes no time is moved."""
    from pmo_tui.analysis.scheduling_moves import Change, duration_until, impact, shifted

    project, schedule = _plan_of(desk, keys)
    changes = {}
    for key in keys:
        node, old = schedule.network.nodes[schedule.place(key)], _days(schedule, key)[1]
        asked = understood_move(text, old, desk.today())
        if not node.duration and node.state != "summary":
            changes[key] = asked
            continue
        day = asked.start or shifted(node.calendar, old, asked.shift)
        changes[key] = Change(
            duration=_now(schedule, key) if node.state in FIXED else duration_until(schedule, key, day)
        )
    title = Said(N_("Finish of {tasks}: {text}"), {"tasks": _named(desk, keys), "text": text.strip()})
    return _proposal(desk, project, schedule, title, impact(schedule, changes))


def propose_nothing(desk: Desk, keys: Sequence[str]) -> Proposal:
    """The duration of tasks as it is: WrongUse says why it cannot become another one, before one is asked for."""
    _project, schedule = _plan_of(desk, keys)
    return propose_duration(desk, keys, _now(schedule, keys[0]))


@plainly()
def propose_links(desk: Desk, key: str, text: str) -> Proposal:
    """A task after other ones, in planner's notation; none where `text` is empty."""
    from pmo_tui.analysis.scheduling_moves import effect

    project, schedule = _plan_of(desk, [key])
    item = desk.fields("tasks")["predecessors"]
    found = desk.parse(item, text, {"project": project}) or []
    links = [Link(**each) for each in found]
    if any(link.task == key for link in links):
        raise Fault(N_("a task cannot depend on itself"))
    schedule = _with_others(desk, schedule, links)
    task = replace(_task(schedule, key), predecessors=links)
    title = Said(N_("Links of {tasks}: {text}"), {"tasks": _named(desk, [key]), "text": text.strip() or "–"})
    return _proposal(desk, project, schedule, title, effect(schedule, {key: task}))


@plainly()
def propose_reschedule(desk: Desk, project: str, status: date | None = None) -> Proposal:
    """Every task on the days that its links give; with a `status` date what is not done comes after it."""
    from pmo_tui.analysis.scheduling import Schedule
    from pmo_tui.analysis.scheduling_moves import Impact, Move

    schedule = desk.plans.schedule(project)
    days = desk.plans.reschedule(project, status)
    moves = []
    for task in schedule.network.tasks:
        if task.key in days:
            first, last = days[task.key]
            old = task.start or first, task.finish or last
            moves.append(Move(task.key, task.name, *old, first, last))
    after = schedule if status is None else Schedule(replace(schedule.plan, status=status))
    stored = [finish for task in schedule.network.tasks if (finish := task.finish) is not None]
    found = Impact((), tuple(moves), max(stored, default=schedule.finish), after.finish)
    words = N_("Reschedule by the links") if status is None else N_("Reschedule what is not done after {day}")
    return _proposal(desk, project, schedule, Said(words, {} if status is None else {"day": status}), found, after)


# ---- what follows -----------------------------------------------------------------------------------------------------------


def _proposal(
    desk: Desk, project: str, schedule: Schedule, title: Said, found: Impact, after: Schedule | None = None
) -> Proposal:
    after = after or _after(schedule, found)
    shown = effects(desk, schedule, after, found)
    moved = {effect.key for effect in shown}
    before = {key for key in schedule if schedule[key].critical}
    then = {key for key in after if after[key].critical}
    touched = {task.key for task in found.changed} | moved
    return Proposal(
        project=project,
        title=title,
        changed=found.changed,
        effects=shown,
        held=tuple(task.key for task in found.changed if task.key not in moved),
        elsewhere=elsewhere(desk, project, found),
        old_finish=found.old_finish,
        new_finish=found.new_finish,
        critical=(len(then - before), len(before - then)),
        revisions={task.key: task.revision for task in schedule.plan.tasks if task.key in touched},
    )


def _after(schedule: Schedule, found: Impact) -> Schedule:
    """The schedule as it would become."""
    from pmo_tui.analysis.scheduling import Schedule

    changed = {task.key: task for task in found.changed}
    tasks = [changed.get(task.key, task) for task in schedule.plan.tasks]
    return Schedule(replace(schedule.plan, tasks=tasks, start=schedule.plan.first_day()))


def _plan_of(desk: Desk, keys: Sequence[str]) -> tuple[str, Schedule]:
    projects = {key: desk.plans.project(key) for key in keys}
    for key, found in projects.items():
        if found is None:
            raise NotFound(N_("There is no task {key}."), key=key)
    if len(set(projects.values())) != 1:
        raise Fault(N_("tasks of one plan can be moved at once, not of several"))
    project = str(projects[keys[0]])
    return project, desk.plans.schedule(project)


def _with_others(desk: Desk, schedule: Schedule, links: Sequence[Link]) -> Schedule:
    """The schedule with the tasks of other plans that new links name."""
    from pmo_tui.analysis.scheduling import Schedule

    known = {**schedule.plan.others, **dict.fromkeys(schedule)}
    new = {
        link.task: task for link in links if link.task not in known and isinstance(task := desk.record(link.task), Task)
    }
    return Schedule(replace(schedule.plan, others={**schedule.plan.others, **new})) if new else schedule


def _task(schedule: Schedule, key: str) -> Task:
    return schedule.network.tasks[schedule.place(key)]


def _now(schedule: Schedule, key: str) -> str:
    """The duration of a task; a day where it has none."""
    return _task(schedule, key).duration or "1d"


def _days(schedule: Schedule, key: str) -> tuple[date, date]:
    task, early = _task(schedule, key), schedule.early_days[schedule.place(key)]
    return task.start or early[0], task.finish or early[1]


def _topmost(schedule: Schedule, keys: Sequence[str]) -> list[str]:
    """Without those that stand under another one of them, which takes them along."""
    nodes = schedule.network.nodes
    chosen = {schedule.place(key) for key in keys}

    def above(place: int) -> bool:
        place = nodes[place].parent
        while place >= 0:
            if place in chosen:
                return True
            place = nodes[place].parent
        return False

    return [key for key in keys if not above(schedule.place(key))]


def _named(desk: Desk, keys: Sequence[str]) -> str:
    named = ", ".join(f"{key} {desk.title(key)}" for key in keys[:SOME])
    return named + (f" … ({len(keys)})" if len(keys) > SOME else "")
