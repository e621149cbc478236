"""How a plan is looked at: which kind of tasks, what is folded, which days in which scale."""

from __future__ import annotations

from functools import cached_property

from pmo_tui.desk.planning.plan_view import AHEAD, ALL, IN_ORDER, KINDS
from pmo_tui.desk.planning.planning_board import LOOK_AHEAD
from pmo_tui.records.errors import Fault
from pmo_tui.screens.plan_acts import PlanActs
from pmo_tui.widgets.gantt import GanttTable
from pmo_tui.wording.languages import _
from pmo_tui.wording.safe import safe
from pmo_tui.wording.typed_numbers import parse_number

MOST_WEEKS = 104


class PlanLooks(PlanActs):
    """The gestures that change what of a plan is in sight, and nothing in it."""

    def __init__(self, register: str) -> None:
        super().__init__(register)
        self.kind = ALL
        self.weeks = LOOK_AHEAD
        self.folded: set[str] = set()

    @cached_property
    def table(self) -> GanttTable:
        """Outline and chart."""
        return self.query_one("#table", GanttTable)

    @property
    def narrowed(self) -> bool:
        """Whether the plan is narrowed to a kind of task."""
        return self.kind != ALL

    def kind_words(self) -> str:
        """The kind of tasks that is shown."""
        return _(KINDS[self.kind]).format(weeks=self.weeks)

    # ---- what of the plan ------------------------------------------------------------------------------------------------------

    def action_kind_of_rows(self) -> None:
        """The next kind of task alone."""
        kinds = list(KINDS)
        self._show_kind(kinds[(kinds.index(self.kind) + 1) % len(kinds)])

    def _show_kind(self, kind: str) -> None:
        self.kind = kind
        self.look()
        self.say(self.kind_words())

    def action_look_ahead(self) -> None:
        """What is open in the next weeks."""
        label = _("Look ahead, weeks (⏎ {weeks})").format(weeks=self.weeks)
        self.ask(self._look_ahead, label, wrong=self._no_weeks)

    def _no_weeks(self, text: str) -> str:
        if not text.strip():
            return ""
        try:
            weeks = parse_number(text)
        except Fault as fault:
            return safe(fault.reason.words(_))
        whole = weeks == weeks.to_integral_value() and 1 <= weeks <= MOST_WEEKS
        return "" if whole else _("so many whole weeks: 1 to {most}").format(most=MOST_WEEKS)

    async def _look_ahead(self, text: str) -> None:
        self.weeks = int(parse_number(text)) if text.strip() else self.weeks
        self._show_kind(AHEAD)

    def action_fold(self) -> None:
        """Fold the summary, or the one that the row stands under; or unfold it."""
        key = self.table.key
        if key is None or not self._foldable():
            return
        board = self.board()
        summary = key if key in board.summaries else board.parents[key]
        if summary is None:
            self.say(_("{key} stands under no summary").format(key=key))
        else:
            self._fold(self.folded ^ {summary}, summary)

    def action_fold_all(self) -> None:
        """Fold every summary below the outermost level."""
        board = self.board()
        outermost = min((task.outline_level for task in board.tasks.values()), default=0)
        root = len([task for task in board.tasks.values() if task.outline_level == outermost]) == 1
        kept = {key for key in board.summaries if root and board.tasks[key].outline_level == outermost}
        if self._foldable():
            self._fold(board.summaries - kept, self.table.key)

    def action_unfold_all(self) -> None:
        """Unfold every summary."""
        if self._foldable():
            self._fold(set(), self.table.key)

    def _foldable(self) -> bool:
        open_to = self.kind == ALL and not self.filter_text and self.sort in IN_ORDER
        if not open_to:
            self.say(_("folds show in the whole plan, in its own order"))
        return open_to

    def _fold(self, folded: set[str], key: str | None) -> None:
        self.folded = folded
        board = self.board()
        while key is not None and any(each in folded for each in board.above(key)):
            key = board.parents[key]
        self.look()
        place = self.view.index(key) if self.view is not None and key is not None else None
        if place is not None:
            self.table.move_to(place)

    # ---- time ------------------------------------------------------------------------------------------------------------------

    def action_farther(self) -> None:
        """A scale that shows more time; from the farthest back to the nearest."""
        if not self.table.zoom(-1):
            self.table.nearest()
        self._say_scale()

    def action_nearer(self) -> None:
        """A scale that shows single days better."""
        self.table.zoom(1)
        self._say_scale()

    def _say_scale(self) -> None:
        self.say(_("scale: {scale}").format(scale=_(self.table.scale.label)))

    def action_fit_plan(self) -> None:
        """The whole plan in sight."""
        self.table.fit_all()
        self._say_scale()

    def action_days_before(self) -> None:
        """Half a window earlier."""
        self.table.scroll_time(-1)

    def action_days_after(self) -> None:
        """Half a window later."""
        self.table.scroll_time(1)

    def action_to_today(self) -> None:
        """Today into sight."""
        self.table.show_day(self.desk.today())

    def action_to_bar(self) -> None:
        """The bar of the row into sight."""
        self.table.show_bar()

    def action_split(self) -> None:
        """Outline and chart, the outline alone, the chart alone."""
        self.table.next_split()
