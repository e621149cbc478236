"""The milestones of many plans by week: projects in rows, weeks in columns, with how late and how far behind the baseline they are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import msgspec

from pmo_tui.analysis.milestones import Milestone
from pmo_tui.desk.planning.planning_board import is_done
from pmo_tui.desk.views.lists import fields_named
from pmo_tui.desk.views.view import RegisterView, View
from pmo_tui.records import fields as f
from pmo_tui.records.documents import ready
from pmo_tui.records.marks import N_
from pmo_tui.records.planning import Task
from pmo_tui.records.registers import by_name
from pmo_tui.records.schema import FieldOf

if TYPE_CHECKING:
    from pmo_tui.desk.desk import Desk

WEEK = "week:"
"""A column's name is this and the Monday."""
OWN_FIELDS = fields_named(
    late=f.integer(N_("Late"), help="milestones that should have been reached"),
    slip=f.integer(
        N_("Slip"), unit="d", help="calendar days by which the milestone that is furthest behind its baseline is"
    ),
)
MILESTONE, REACHED, LATE = "◆", "✓", "!"


def monday_of(day: date) -> date:
    """The Monday of the week that a day lies in."""
    return day - timedelta(day.weekday())


class Milestones:
    """The milestones of all plans by project, with a day, in order; kept until a task, a baseline or the day changes."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._kept: tuple[tuple[object, ...], dict[str, list[Milestone]]] = ((), {})

    def by_project(self) -> Mapping[str, list[Milestone]]:
        """Projects without milestones are left out."""
        store = self.desk.store
        at = (store.version("tasks"), store.version("baselines"), self.desk.today())
        if self._kept[0] != at:
            found: dict[str, list[Milestone]] = {}
            shelf = store.shelf("tasks")
            decode = msgspec.json.Decoder(ready(Task)).decode
            for number in shelf.where("milestone", True):
                task = decode(shelf.raw(number))
                if task.active and task.finish is not None:
                    agreed = self.desk.plans.baseline(task, "finish")
                    each = Milestone(task.key, task.project, task.name, task.finish, agreed, is_done(task), task.owner)
                    found.setdefault(task.project, []).append(each)
            for listed in found.values():
                listed.sort(key=lambda each: (each.finish or date.max, each.key))
            self._kept = (at, found)
        return self._kept[1]

    def of_week(self, project: str, monday: date) -> list[Milestone]:
        """The milestones of a project in a week."""
        last = monday + timedelta(6)
        found = self.by_project().get(project, ())
        return [each for each in found if each.finish is not None and monday <= each.finish <= last]

    def late(self, project: str) -> list[Milestone]:
        """Those that should have been reached."""
        today = self.desk.today()
        return [each for each in self.by_project().get(project, ()) if each.days_late(today)]

    def slip(self, project: str) -> int | None:
        """How far the one furthest behind its baseline is, of those not reached yet."""
        return worst_slip(self.by_project().get(project, ()), self.desk.today())


def worst_slip(found: Iterable[Milestone], today: date) -> int | None:
    """The largest slip of those not reached; None where none has a baseline."""
    slips = [slip for each in found if not each.done and (slip := each.slip(today)) is not None]
    return max(slips, default=None)


class MilestoneView(RegisterView):
    """The projects that a filter leaves and that have milestones. Beside the fields of a project it knows `late`, `slip` and weeks."""

    def __init__(self, desk: Desk, milestones: Milestones, filter_text: str = "", sort: str = "") -> None:
        self.milestones = milestones
        self.register = by_name("projects")
        View.__init__(self, desk, {**desk.fields("projects"), **OWN_FIELDS}, filter_text, sort)

    def _all(self) -> list[str]:
        has = self.milestones.by_project()
        return [number for number in super()._all() if f"P-{number}" in has]

    def _column(self, item: FieldOf, rows: Sequence[str] | None = None) -> Mapping[str, Any]:
        if item.name == "late":
            return {number: len(self.milestones.late(f"P-{number}")) for number in self._all()}
        if item.name == "slip":
            return {number: self.milestones.slip(f"P-{number}") for number in self._all()}
        return super()._column(item, rows)

    def cells(self, i: int, names: Sequence[str]) -> list[str]:
        """Row `i`: of each week what is reached in it, by when it slipped."""
        plain = [name for name in names if not _own(name)]
        texts = dict(zip(plain, super().cells(i, plain), strict=True))
        return [texts[name] if name in texts else self._text_of(self.keys[i], name) for name in names]

    def _text_of(self, project: str, name: str) -> str:
        if name == "late":
            return str(len(self.milestones.late(project)) or "")
        if name == "slip":
            slip = self.milestones.slip(project)
            return "" if slip is None else f"{slip:+d}"
        return week_text(self.milestones.of_week(project, week_of(name)), self.desk.today())

    def tones(self, i: int, names: Sequence[str]) -> list[str]:
        """Late ones are red, slipped ones amber, reached ones green."""
        plain = [name for name in names if not _own(name)]
        tones = dict(zip(plain, super().tones(i, plain), strict=True))
        return [tones[name] if name in tones else self._tone_of(self.keys[i], name) for name in names]

    def _tone_of(self, project: str, name: str) -> str:
        if name == "late":
            return "red"
        today = self.desk.today()
        found = self.milestones.of_week(project, week_of(name)) if name.startswith(WEEK) else []
        if any(each.days_late(today) for each in found):
            return "red"
        if found and all(each.done for each in found):
            return "green"
        slip = worst_slip(found, today) if name.startswith(WEEK) else self.milestones.slip(project)
        return "amber" if slip is not None and slip > 0 else ""


def _own(name: str) -> bool:
    return name.startswith(WEEK) or name in OWN_FIELDS


def week_of(name: str) -> date:
    """The Monday that a column of a week is named after."""
    return date.fromisoformat(name.removeprefix(WEEK))


def week_text(found: Sequence[Milestone], today: date) -> str:
    """`◆` one to come, `2◆+5` two of which one is five days behind its baseline, `!◆+9` late, `✓` reached."""
    if not found:
        return ""
    count = str(len(found)) if len(found) > 1 else ""
    if all(each.done for each in found):
        return count + REACHED
    slip = worst_slip(found, today)
    late = LATE if any(each.days_late(today) for each in found) else ""
    return f"{late}{count}{MILESTONE}" + (f"{slip:+d}" if slip else "")
