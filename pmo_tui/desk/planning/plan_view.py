"""The tasks of one plan as the planning board lists them: an outline that folds, narrowed to what is critical, late, a milestone or near."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from pmo_tui.desk.planning.planning_board import LOOK_AHEAD, Board, BoardRow
from pmo_tui.desk.views.scope import members
from pmo_tui.desk.views.view import RegisterView
from pmo_tui.records.marks import N_
from pmo_tui.records.planning import Task
from pmo_tui.records.schema import FieldOf
from pmo_tui.wording.safe import safe
from pmo_tui.wording.shown_days import format_date

if TYPE_CHECKING:
    from pmo_tui.desk.desk import Desk

ALL, CRITICAL, LATE, MILESTONES, AHEAD = "all", "critical", "late", "milestones", "ahead"
KINDS: dict[str, str] = {
    ALL: N_("whole plan"),
    CRITICAL: N_("critical only"),
    LATE: N_("late only"),
    MILESTONES: N_("milestones only"),
    AHEAD: N_("next {weeks} weeks"),
}
"""What the board may be narrowed to, in the order in which it is stepped through."""
PLAN_ORDER = "position"
IN_ORDER = ("", PLAN_ORDER, "line")
"""Sort orders in which a plan is an outline."""
OPEN, FOLDED, MILESTONE = "▾", "▸", "◆"
MANUAL, INACTIVE, EXTERNAL = "M", "×", "E"
"""Marks before a name: what it is, and that a task keeps the dates of its record whatever its links say."""
OWN = frozenset({"name", "start", "finish", "line"})
"""Fields that the board shows in its own way."""


class PlanView(RegisterView):
    """The tasks of a plan that a filter and a kind leave. In plan order what stands under a folded summary is left out.

    `folded` does not count while the plan is narrowed: what is looked for is found inside folded summaries too.
    """

    def __init__(
        self,
        desk: Desk,
        board: Board,
        filter_text: str = "",
        sort: str = "",
        *,
        kind: str = ALL,
        weeks: int = LOOK_AHEAD,
        folded: set[str] | None = None,
    ) -> None:
        self.board = board
        self.folded = folded or set()
        self.outlined = sort in IN_ORDER
        super().__init__(desk, "tasks", filter_text, PLAN_ORDER if self.outlined else sort)
        if kind != ALL:
            horizon = desk.today() + timedelta(weeks=weeks)
            self.keys = [key for key in self.keys if _is(kind, board.row(key), desk, horizon)]
        elif self.outlined and self.folded and not filter_text.strip():
            self.keys = list(board.under_none_of(self.folded))

    def _all(self) -> list[str]:
        return [_number(key) for key in self.board.keys]

    def _column(self, item: FieldOf, rows: Sequence[str] | None = None) -> Mapping[str, Any]:
        if item.field.computed:
            return {_number(key): self.desk.computed(key, item.name) for key in self.board.keys}
        if item.name in self.register.fields:
            return {_number(key): getattr(task, item.name) for key, task in self.board.tasks.items()}
        return {_number(key): self.desk.values(key, [item.name]).get(item.name) for key in self.board.keys}

    def _text(self) -> Mapping[str, str]:
        return self.desk.columns.text_of("tasks", self._all())

    def _lines(self) -> None:
        return None

    def _members(self, word: str) -> set[str] | None:
        return members(self.desk, "tasks", word)

    # ---- cells -----------------------------------------------------------------------------------------------------------

    def cells(self, i: int, names: Sequence[str]) -> list[str]:
        """Row `i`: names indented under their summaries."""
        row = self.board.row(self.keys[i])
        plain = [name for name in names if name not in OWN]
        texts = dict(zip(plain, super().cells(i, plain), strict=True)) if plain else {}
        return [texts[name] if name in texts else self._own(row, name) for name in names]

    def _own(self, row: BoardRow, name: str) -> str:
        if name == "name":
            return ("" if not self.outlined else " " * row.depth) + self._marks(row) + safe(row.task.name)
        if name == "line":
            return str(row.line)
        day = row.start if name == "start" else row.finish
        return format_date(day) if day is not None else ""

    def _marks(self, row: BoardRow) -> str:
        first = ""
        if row.summary and self.outlined:
            first = FOLDED if row.task.key in self.folded else OPEN
        elif row.task.milestone:
            first = MILESTONE
        kept = {"manual": MANUAL, "inactive": INACTIVE, "external": EXTERNAL}.get(row.state, "")
        return (first + kept).ljust(2)

    def tones(self, i: int, names: Sequence[str]) -> list[str]:
        """Summaries stand out; the line of a critical task and the finish of a late one are stressed."""
        row = self.board.row(self.keys[i])
        return [self._tone(row, name) for name in names]

    def _tone(self, row: BoardRow, name: str) -> str:
        if name == "line":
            return "red" if row.critical else "faint"
        if name == "finish" and row.days_late:
            return "late"
        if name in ("start", "finish") and (getattr(row.task, name) is None or row.done):
            return "faint"
        if name == "name":
            return "strong" if row.summary else "faint" if row.done or not row.task.active else ""
        return ""


def _number(key: str) -> str:
    return key.rpartition("-")[2]


def _is(kind: str, row: BoardRow, desk: Desk, horizon: date) -> bool:
    """Whether a row is of a kind; summaries are of none, since what stands under them is."""
    task: Task = row.task
    if row.summary or not task.active:
        return False
    if kind == CRITICAL:
        return row.critical
    if kind == LATE:
        return row.days_late > 0
    if kind == MILESTONES:
        return task.milestone
    return not row.done and row.start is not None and row.start <= horizon
