"""The outline of a plan rearranged: rows under others and out again, up and down, new ones between; each in one transaction.

What follows from the outline follows in the same transaction: which rows are summaries and from when to when, and WBS codes where
they count the outline.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from pmo_tui.desk.writing import build, defaults, difference, understand, without_key
from pmo_tui.records.documents import document_of, record_of
from pmo_tui.records.errors import NotFound, Refused, WrongUse
from pmo_tui.records.marks import N_
from pmo_tui.records.planning import Task
from pmo_tui.records.registers import by_name
from pmo_tui.wording.languages import _

if TYPE_CHECKING:
    from pmo_tui.desk.desk import Desk
    from pmo_tui.store import Draft

LEAST_LEVEL = 1


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the outline."""

    task: Task
    level: int

    @property
    def key(self) -> str:
        """The task's key."""
        return self.task.key


Lines = list[Line]


def indent(desk: Desk, keys: Sequence[str]) -> int:
    """Put rows, each with all under it, under the row above; returns the sequence."""
    return _rearrange(desk, keys, lambda lines: levelled(lines, keys, 1), N_("Indent {tasks}"))


def outdent(desk: Desk, keys: Sequence[str]) -> int:
    """Take rows, each with all under it, out from under their summary."""
    return _rearrange(desk, keys, lambda lines: levelled(lines, keys, -1), N_("Outdent {tasks}"))


def shift(desk: Desk, key: str, step: int) -> int:
    """Put a row, with all under it, before the one above on its level (-1), or after the one below (1)."""
    return _rearrange(desk, [key], lambda lines: swapped(lines, key, step), N_("Order of {tasks}"))


def insert(desk: Desk, texts: Mapping[str, str], after: str) -> str:
    """Add a task below a row, on its level, or as the first under it where it is a summary; returns the key."""
    project = desk.plans.project(after)
    if project is None:
        raise _gone(after)
    register = by_name("tasks")
    values, problems = understand(desk, "tasks", texts, {})
    values = {"project": project, **defaults(desk, register, {"project": project}), **values}
    record, more = build(desk, register, values)
    if problems or more or not isinstance(record, Task):
        raise Refused(problems=[*problems, *more])
    made: list[str] = []

    def work(draft: Draft) -> None:
        lines = _lines(draft, project)
        place = _place(lines, after)
        above = lines[place]
        under = place + 1 < len(lines) and lines[place + 1].level > above.level
        level = max(LEAST_LEVEL, above.level + 1 if under else above.level)
        key = draft.new_key("tasks")
        made[:] = [key]
        task = replace(record, key=key, outline_level=level)
        new = [*lines[: place + 1], Line(task, level), *lines[place + 1 :]]
        found = {task.key: task for task in followed(lines, new)}
        draft.add("tasks", without_key(document_of(found.pop(key))), key)
        _change(draft, lines, found)

    desk.store.transact(work)
    return made[0]


# ---- in the lock -------------------------------------------------------------------------------------------------------------


def _rearrange(desk: Desk, keys: Sequence[str], arranged: Callable[[Lines], Lines], note: str) -> int:
    project = desk.plans.project(keys[0])
    if project is None:
        raise _gone(keys[0])

    def work(draft: Draft) -> None:
        lines = _lines(draft, project)
        _change(draft, lines, {task.key: task for task in followed(lines, arranged(lines))})

    return desk.store.transact(work, note=_(note).format(tasks=", ".join(keys)))


def _gone(key: str) -> NotFound:
    return NotFound(N_("There is no task {key}."), key=key)


def _lines(draft: Draft, project: str) -> Lines:
    """The rows of a plan as they stand in the lock."""
    register = by_name("tasks")
    tasks: list[Any] = [record_of(register, draft.get(key) or {}) for key in draft.find("tasks", "project", project)]
    tasks.sort(key=lambda task: (task.position, int(task.key.rpartition("-")[2])))
    return [Line(task, task.outline_level) for task in tasks]


def _change(draft: Draft, lines: Lines, found: Mapping[str, Task]) -> None:
    for line in lines:
        fields = difference(document_of(line.task), document_of(found[line.key]))
        if fields:
            draft.change(line.key, fields)


def _place(lines: Lines, key: str) -> int:
    found = next((place for place, line in enumerate(lines) if line.key == key), None)
    if found is None:
        raise _gone(key)
    return found


def _end(lines: Lines, place: int) -> int:
    """The place after a row and all under it."""
    end = place + 1
    while end < len(lines) and lines[end].level > lines[place].level:
        end += 1
    return end


# ---- rearranging ---------------------------------------------------------------------------------------------------------------


def levelled(lines: Lines, keys: Sequence[str], step: int) -> Lines:
    """Rows one level in or out, each with all under it once, from the top down."""
    new = list(lines)
    done = 0
    for place in sorted(_place(lines, key) for key in keys):
        if place < done:
            continue
        done = _end(lines, place)
        _check_level(new, place, step)
        for each in range(place, done):
            new[each] = replace(new[each], level=new[each].level + step)
    return new


def _check_level(lines: Lines, place: int, step: int) -> None:
    line = lines[place]
    if step > 0 and (place == 0 or lines[place - 1].level < line.level):
        raise WrongUse(N_("{key} has no row above it that it could stand under."), key=line.key)
    if step < 0 and line.level <= LEAST_LEVEL:
        raise WrongUse(N_("{key} stands on the outermost level."), key=line.key)


def swapped(lines: Lines, key: str, step: int) -> Lines:
    """A row, with all under it, before the one above on its level, or after the one below."""
    place = _place(lines, key)
    level, end = lines[place].level, _end(lines, place)
    if step > 0:
        if end >= len(lines) or lines[end].level < level:
            raise WrongUse(
                N_("{key} is the last one under its summary."), N_("It has to be taken out from there first."), key=key
            )
        after = _end(lines, end)
        return [*lines[:place], *lines[end:after], *lines[place:end], *lines[after:]]
    before = place - 1
    while before >= 0 and lines[before].level > level:
        before -= 1
    if before < 0 or lines[before].level < level:
        raise WrongUse(
            N_("{key} is the first one under its summary."), N_("It has to be taken out from there first."), key=key
        )
    return [*lines[:before], *lines[place:end], *lines[before:place], *lines[end:]]


# ---- what follows from the outline ------------------------------------------------------------------------------------------------


def followed(old: Lines, new: Lines) -> list[Task]:
    """The tasks as the new outline has them: positions, levels, summaries with their days, WBS codes where they count the outline."""
    positions = _positions(old, new)
    numbers = _numbers(new) if _counts(old) else None
    before, now, known = _children(old), _children(new), {line.key for line in old}
    found = []
    for place, line in enumerate(new):
        task = replace(line.task, position=positions[place], outline_level=line.level)
        if bool(now.get(line.key)) != bool(before.get(line.key)):
            task = replace(task, summary=bool(now.get(line.key)))
        if numbers is not None and (task.wbs is not None or line.key not in known):
            task = replace(task, wbs=numbers[place])
        if now.get(line.key) and now.get(line.key) != before.get(line.key):
            task = _spanned(task, new, place)
        found.append(task)
    return found


def _positions(old: Lines, new: Lines) -> list[int]:
    """Positions that rise; rows that only change places among themselves share theirs out anew."""
    order = {line.key: place for place, line in enumerate(old)}
    positions = [line.task.position if line.key in order else -1 for line in new]
    if len(old) == len(new):
        moved = [place for place, line in enumerate(new) if order[line.key] != place]
        shared = sorted(positions[place] for place in moved)
        for place, position in zip(moved, shared, strict=True):
            positions[place] = position
    last = -1
    for place, position in enumerate(positions):
        last = positions[place] = position if position > last else last + 1
    return positions


def _children(lines: Lines) -> dict[str, list[str]]:
    """All rows under each summary."""
    return {
        line.key: [each.key for each in lines[place + 1 : _end(lines, place)]]
        for place, line in enumerate(lines)
        if place + 1 < len(lines) and lines[place + 1].level > line.level
    }


def _numbers(lines: Lines) -> list[str]:
    """The outline's numbers: 1, 1.1, 1.2, 2; the row of the plan itself is 0."""
    found: list[str] = []
    counts: list[int] = []
    for line in lines:
        if line.level < LEAST_LEVEL:
            counts = []
            found.append("0")
            continue
        counts = [*counts, *[0] * (line.level - len(counts))][: line.level]
        counts[-1] += 1
        found.append(".".join(str(count) for count in counts))
    return found


def _counts(lines: Lines) -> bool:
    """Whether the WBS codes that there are count the outline."""
    coded = [(line.task.wbs, number) for line, number in zip(lines, _numbers(lines), strict=True) if line.task.wbs]
    return bool(coded) and all(wbs == number for wbs, number in coded)


def _spanned(task: Task, lines: Lines, place: int) -> Task:
    """A summary from the first to the last day of what stands under it, unless it is planned by hand."""
    under = [line.task for line in lines[place + 1 : _end(lines, place)] if line.task.active]
    starts = [each.start for each in under if each.start is not None]
    finishes = [each.finish for each in under if each.finish is not None]
    if task.mode == "manual" or not starts or not finishes:
        return task
    return replace(task, start=min(starts), finish=max(finishes))
