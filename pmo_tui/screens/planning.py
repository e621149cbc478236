"""The planning board: the outline of a project's plan with its Gantt chart; what is moved shows what moves before it is kept."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import ClassVar

from textual.binding import BindingType
from textual.widget import Widget

from pmo_tui.actions import EVERYWHERE, LIST, MOVE, action, key_name, keys_of
from pmo_tui.desk.planning.plan_baseline import baselines
from pmo_tui.desk.planning.plan_view import ALL, PlanView
from pmo_tui.desk.planning.planning_board import Board, Boards
from pmo_tui.desk.planning.plans_in_scope import first_plan, planned, projects_in, several
from pmo_tui.desk.said import said
from pmo_tui.desk.views.scope import ME
from pmo_tui.desk.views.view import View
from pmo_tui.records.errors import WrongUse
from pmo_tui.records.marks import N_
from pmo_tui.screens.plan_bars import bar_of, chart_of, row_words
from pmo_tui.screens.plan_looks import PlanLooks
from pmo_tui.widgets.bindings import bindings
from pmo_tui.widgets.gantt import GanttTable
from pmo_tui.widgets.table import Column, NoRows
from pmo_tui.wording.languages import _, ngettext
from pmo_tui.wording.numbers import format_number
from pmo_tui.wording.safe import safe

WIDTHS = {"line": 4, "name": 24, "duration": 5, "start": 10, "finish": 10, "percent_complete": 4, "predecessors": 12}
FIRST = (
    *WIDTHS,
    "total_float",
    "critical",
    "baseline_finish",
    "deadline",
    "owner",
    "mode",
    "constraint",
    "constraint_date",
)
LABELS = {"line": "#", "percent_complete": "%", "duration": N_("Takes")}
NOT_AT_THE_FOOT = frozenset({"delete", "sort", "palette", "edit", "new", "filter"})
"""Keys of every list that make room at the foot for the board's own."""
OFFERS = 8


class PlanningScreen(PlanLooks):
    """Screen 3."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("planning")
    parts = ("planning", LIST, EVERYWHERE, MOVE)
    screen_name = "planning"
    groupable = False

    def __init__(self) -> None:
        super().__init__("tasks")
        self.project = ""
        self._boards: Boards | None = None
        self._scope_seen: str | None = None
        self._at_milestones = False

    # ---- which plan ----------------------------------------------------------------------------------------------------------

    def board(self) -> Board:
        """The plan that is shown."""
        if not self.project or self.desk.store.get(self.project) is None:
            raise self.nothing_to_plan()
        return self._all_boards().of(self.project)

    def _all_boards(self) -> Boards:
        if self._boards is None or self._boards.desk is not self.desk:
            self._boards = Boards(self.desk)
        return self._boards

    def _choose(self) -> None:
        """The plan that was shown, where the scope holds it; else the first in the scope that has tasks."""
        if self.project not in projects_in(self.desk, self.office.scope):
            self._go_to(first_plan(self.desk, self.office.scope))

    def _go_to(self, project: str) -> None:
        if project != self.project:
            self.project = project
            self.folded = set()
            self.table.unmark()
            self.table.cursor = self.table.top = 0
            self.table.aim_anew()

    def show_plan(self, project: str, key: str = "") -> None:
        """Show the plan of a project, with the cursor on a task of it."""
        self._go_to(project)
        if key:
            self.kind, self.filter_text = ALL, ""
            self.folded -= set(self.board().above(key))
        self.dress()
        self.look()
        place = self.view.index(key) if self.view is not None and key else None
        if place is not None:
            self.table.move_to(place)
            self.table.show_bar()

    # ---- what is shown -------------------------------------------------------------------------------------------------------

    def heading(self) -> str:
        """Planning, and of what."""
        return _("Planning") + (f" · {self.project} {safe(self.desk.title(self.project))}" if self.project else "")

    def body(self) -> Iterable[Widget]:
        """Outline and chart."""
        yield GanttTable(id="table")

    @cached_property
    def table(self) -> GanttTable:
        """Outline and chart."""
        return self.query_one("#table", GanttTable)

    def footer_keys(self) -> list[tuple[str, str]]:
        """The board's own keys among those of every list."""
        left_out = {key_name(keys_of(action(id), self.office.keymap)[0]) for id in NOT_AT_THE_FOOT}
        return [pair for pair in super().footer_keys() if pair[0] not in left_out]

    def column_names(self) -> list[str]:
        """What a planner looks at first, then every other field but the project."""
        others = [name for name in super().column_names() if name not in FIRST and name != "project"]
        return [*FIRST, *others]

    def columns(self) -> list[Column]:
        """Narrow ones: the chart needs the room."""
        fields = self.fields()
        found = []
        for name in self.column_names():
            field = fields[name].field
            label = safe(_(LABELS.get(name, field.label)))
            found.append(Column(name, label, WIDTHS.get(name, field.columns), field.right, name == "name"))
        return found

    def reload(self) -> None:
        """The plan as it is now; in a large store the first one is found beside the keys."""
        self._asked_for += 1
        if self.project or self.desk.is_small():
            self._show()
        else:
            self.table.hint = _("reading …")
            self.status.stand(self.table.hint)
            self.start(self._find_first(self._asked_for))

    async def _find_first(self, asked_for: int) -> None:
        await self.painted()
        await asyncio.to_thread(self._make_first)
        if asked_for == self._asked_for:
            self._show()

    def _make_first(self) -> None:
        """In a thread: the first plan alone, with its schedule."""
        project = first_plan(self.desk, self.office.scope)
        if project:
            self._all_boards().of(project).strays()

    def _show(self) -> None:
        """The plan; the milestones of all plans first, when the scope became a node above them."""
        changed, self._scope_seen = self._scope_seen != self.office.scope, self.office.scope
        self._choose()
        if not self.project:
            self._show_nothing()
            return
        self._take(self._made(self.filter_text))
        if changed:
            self.dress()
            if several(self.desk, self.office.scope) and not self._at_milestones:
                self.call_later(self.action_milestone_board)

    def _show_nothing(self) -> None:
        self.view = None
        self.table.hint = self.keyed(
            _(
                "No project here to plan. {screen_portfolio} {new} adds one, {import_file} takes a plan in, {scope} changes the scope."
            )
        )
        self.table.show(NoRows(), self.columns())
        self.status.stand("", _("nothing here"))
        self.dress()

    def hint(self, view: View) -> str:
        """What an empty plan says."""
        if not view.total:
            return self.keyed(
                _(
                    "No task here yet. {new} adds the first one, {import_file} takes a plan from MS Project in, {previous_plan} and {next_plan} go to other plans."
                )
            )
        if self.narrowed and not self.filter_text:
            return self.keyed(
                _("No task of {total} is of this kind: {kind}. {kind_of_rows} shows other ones."),
                total=format_number(view.total),
                kind=self.kind_words(),
            )
        return super().hint(view)

    def _made(self, filter_text: str) -> View:
        words = [word for word in (self._me(), filter_text) if word]
        return PlanView(
            self.desk, self.board(), " ".join(words), self.sort, kind=self.kind, weeks=self.weeks, folded=self.folded
        )

    def _me(self) -> str:
        """The scope as far as it narrows the tasks of one plan: @me."""
        word = self.office.scope.removeprefix("@").casefold()
        return self.office.scope if word == ME else ""

    def taken(self) -> None:
        """The bars of what is listed."""
        board = self.board()
        self.table.caption = self._caption(board)
        self.table.show_chart(chart_of(board), lambda key: bar_of(board, key))

    def _caption(self, board: Board) -> str:
        words = [self.kind_words()]
        taken = baselines(self.desk, board.project)
        if taken:
            words.append(_("against {baseline}").format(baseline=safe(taken[-1].name)))
        return " · ".join(words)

    def standing_words(self) -> list[str]:
        """What is wrong with the plan, then the task under the cursor."""
        words = super().standing_words()
        key = self.table.key
        if self.view is None or key is None or self.table.marked:
            return words
        board = self.board()
        trouble = board.trouble()
        if trouble is not None:
            return [*words, safe(said(trouble))]
        return [*words, " · ".join([*row_words(board, board.row(key)), *self._strays(board)])]

    def _strays(self, board: Board) -> list[str]:
        count = len(board.strays())
        told = ngettext("R: {count} is not where its links say", "R: {count} are not where their links say", count)
        return [told.format(count=format_number(count))] if count else []

    def signs(self) -> list[tuple[str, str]]:
        """The shapes of the chart."""
        return [
            ("━━━▒▒▒", _("done and to do")),
            ("━━━███", _("done and to do, on the critical path")),
            ("▛▀▀▀▀▜", _("a summary of what stands under it")),
            ("[▒▒▒▒]", _("planned by hand: keeps its days whatever its links say")),
            ("◆ ◈ ✓", _("milestone, critical milestone, reached")),
            ("◇", _("takes no time, but is not flagged as a milestone")),
            ("▁▁▒▒┃▒", _("the baseline: from the first ▁ to the last ▁ or ┃")),
            ("▽ ▼", _("deadline, missed deadline")),
            ("!5d +3d", _("late by five days; three days behind the baseline")),
            ("╌╌╌", _("switched off")),
            ("│ ·", _("today; a day off")),
        ]

    # ---- from plan to plan ---------------------------------------------------------------------------------------------------

    def action_choose_plan(self) -> None:
        """Another project's plan."""
        self.ask(self._chosen_plan, _("Plan of"), offers=self._plan_offers, take_offer=True)

    def _plan_offers(self, text: str) -> Sequence[tuple[str, str]]:
        inside = projects_in(self.desk, self.office.scope)
        found = self.desk.complete(("projects",), text, OFFERS * 4)
        return [(key, f"{key}  {safe(title)}") for key, title in found if key in inside][:OFFERS]

    async def _chosen_plan(self, word: str) -> None:
        if word.strip():
            project = self.desk.find(word, ("projects",))
            if project not in projects_in(self.desk, self.office.scope):
                raise WrongUse(
                    N_("{project} is not in the scope."),
                    N_("{scope} changes the scope."),
                    project=project,
                    **self.named("scope"),
                )
            self.show_plan(project)

    def action_next_plan(self) -> None:
        """The next plan that has tasks."""
        self._step_plan(1)

    def action_previous_plan(self) -> None:
        """The one before."""
        self._step_plan(-1)

    def _step_plan(self, step: int) -> None:
        inside = planned(self.desk, self.office.scope)
        place = inside.index(self.project) + step if self.project in inside else 0
        if 0 <= place < len(inside):
            self.show_plan(inside[place])
        else:
            self.say(_("that was the last one") if step > 0 else _("that was the first one"))

    async def action_milestone_board(self) -> None:
        """The milestones of all plans by week."""
        from pmo_tui.screens.milestones import MilestonesScreen

        self._at_milestones = True
        await self.app.push_screen(MilestonesScreen(), self._milestone_chosen)

    def _milestone_chosen(self, chosen: tuple[str, str] | None) -> None:
        """Back from there, whatever the scope became meanwhile."""
        self._at_milestones, self._scope_seen = False, self.office.scope
        if chosen is not None:
            self.show_plan(*chosen)
