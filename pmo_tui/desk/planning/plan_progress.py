"""Progress of a plan's tasks: how much is done, when they started and finished; what stands above them adds up in the same transaction."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from pmo_tui.analysis.scheduling_nodes import length
from pmo_tui.desk.planning.facts import still_to_come
from pmo_tui.desk.planning.planning_board import ALL_DONE, Board, Boards
from pmo_tui.desk.writing import difference
from pmo_tui.records.documents import document_of, record_of
from pmo_tui.records.errors import Fault, Problem, Refused, WrongUse
from pmo_tui.records.marks import N_
from pmo_tui.records.planning import Task
from pmo_tui.records.registers import by_name
from pmo_tui.wording.languages import _

if TYPE_CHECKING:
    from pmo_tui.desk.desk import Desk
    from pmo_tui.store import Draft

NOTHING = Decimal(0)


def set_percent(desk: Desk, keys: Sequence[str], percent: Decimal) -> int:
    """So much is done. What is begun gets an actual start, what is done an actual finish: as planned, but not after today."""
    return _progress(
        desk, keys, lambda board, task: _at_percent(board, task, percent, desk.today()), N_("{percent}% done"), percent
    )


def set_started(desk: Desk, keys: Sequence[str], day: date) -> int:
    """They started on that day; Refused for one to come."""
    _refuse_to_come(desk, day)
    return _progress(desk, keys, lambda board, task: _begun(task, day), N_("Started"))


def set_finished(desk: Desk, keys: Sequence[str], day: date) -> int:
    """They finished on that day, and are done; Refused for one to come."""
    _refuse_to_come(desk, day)
    return _progress(desk, keys, lambda board, task: _ended(board, task, day), N_("Finished"))


def refuse_summaries(desk: Desk, keys: Sequence[str]) -> None:
    """WrongUse where one of some tasks is a summary: its progress follows from what stands under it."""
    boards = Boards(desk)
    for key in keys:
        _refuse_summary(boards.of_task(key), key)


def _refuse_summary(board: Board, key: str) -> None:
    if key in board.summaries:
        raise WrongUse(
            N_("{key} is a summary: its progress follows from the tasks under it."), N_("Go to one of those."), key=key
        )


def _refuse_to_come(desk: Desk, day: date) -> None:
    said = still_to_come(day, desk.today())
    if said is not None:
        raise Refused(problems=[Problem(said)])


def _at_percent(board: Board, task: Task, percent: Decimal, today: date) -> Task:
    row = board.row(task.key)
    start, finish = task.actual_start, None
    if percent == NOTHING:
        start = None
    elif start is None and row.start is not None:
        start = min(row.start, today)
    if percent >= ALL_DONE:
        finish = task.actual_finish or max(min(row.finish or today, today), start or date.min)
    return replace(
        task, percent_complete=percent, actual_start=start, actual_finish=finish, remaining_duration=None, actual_duration=None
    )  # fmt: skip


def _begun(task: Task, day: date) -> Task:
    if task.actual_finish is not None and task.actual_finish < day:
        raise WrongUse(
            N_("{key} finished on {day}, before that."), N_("A per cent done below 100 takes the finish back."), key=task.key, day=task.actual_finish
        )  # fmt: skip
    return replace(task, actual_start=day)


def _ended(board: Board, task: Task, day: date) -> Task:
    start = task.actual_start or min(board.row(task.key).start or day, day)
    if day < start:
        raise WrongUse(N_("{key} started on {day}, after that."), N_("a gives another start."), key=task.key, day=start)
    return replace(
        task, actual_start=start, actual_finish=day, percent_complete=ALL_DONE, remaining_duration=None, actual_duration=None
    )  # fmt: skip


def _progress(
    desk: Desk, keys: Sequence[str], change: Callable[[Board, Task], Task], note: str, percent: Decimal | None = None
) -> int:
    """Change tasks and what stands above them in one transaction; a summary itself follows from what stands under it."""
    boards = Boards(desk)
    found: dict[str, Task] = {}
    for key in keys:
        board = boards.of_task(key)
        _refuse_summary(board, key)
        found[key] = change(board, board.tasks[key])
    for board in {boards.of_task(key).project: boards.of_task(key) for key in keys}.values():
        found |= _added_up(board, found)
    revisions = {key: boards.of_task(key).tasks[key].revision for key in found}

    def work(draft: Draft) -> None:
        register = by_name("tasks")
        for key, task in found.items():
            document = draft.get(key)
            fields = (
                {} if document is None else difference(document_of(record_of(register, document)), document_of(task))
            )
            draft.change(key, fields, revisions[key])

    return desk.store.transact(work, note=_(note).format(percent=percent))


def _added_up(board: Board, changed: Mapping[str, Task]) -> dict[str, Task]:
    """The summaries above changed tasks with their per cent: what is done of the working time under them."""
    found: dict[str, Task] = {}
    for key in dict.fromkeys(above for each in changed if each in board.tasks for above in board.above(each)):
        task = board.tasks[key]
        under = [changed.get(each, board.tasks[each]) for each in board.under(key)[1:] if each not in board.summaries]
        percent = _share(board, [each for each in under if each.active])
        if task.mode == "auto" and percent is not None and percent != task.percent_complete:
            found[key] = replace(task, percent_complete=percent)
    return found


def _share(board: Board, tasks: Sequence[Task]) -> Decimal | None:
    """The per cent that is done of tasks, each weighing its duration; where they have none, each the same."""
    weights = [_minutes(board, task) for task in tasks]
    total = sum(weights)
    if not total:
        weights, total = [1] * len(tasks), len(tasks)
    if not total:
        return None
    done = sum((weight * task.percent_complete for weight, task in zip(weights, tasks, strict=True)), NOTHING)
    share = (done / total).quantize(Decimal(1), ROUND_HALF_UP)
    everything = all(task.percent_complete >= ALL_DONE for task in tasks)
    return share if everything else min(share, ALL_DONE - 1)


def _minutes(board: Board, task: Task) -> int:
    try:
        minutes, _elapsed = length(task, board.desk.plans.calendars().of(task.calendar))
    except Fault:
        return 0
    return minutes
