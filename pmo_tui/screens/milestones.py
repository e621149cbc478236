"""The milestones of all plans in the scope by week; enter goes to the plan of one."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Iterable
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import BindingType
from textual.widget import Widget

from pmo_tui.actions import EVERYWHERE, LIST, MOVE, action, key_name, keys_of
from pmo_tui.analysis.milestones import Milestone
from pmo_tui.desk.planning.milestone_board import OWN_FIELDS, WEEK, Milestones, MilestoneView, monday_of, week_of
from pmo_tui.records.errors import WrongUse
from pmo_tui.records.marks import N_
from pmo_tui.records.schema import FieldOf
from pmo_tui.screens.listing import ListScreen
from pmo_tui.widgets.bindings import bindings
from pmo_tui.widgets.table import Column
from pmo_tui.widgets.week_table import WeekTable
from pmo_tui.wording.languages import _, pgettext
from pmo_tui.wording.numbers import format_number
from pmo_tui.wording.safe import safe
from pmo_tui.wording.shown_days import format_date

if TYPE_CHECKING:
    from pmo_tui.desk.views.view import View

WEEKS = 60
"""So many weeks are looked at; they move on by half of them."""
BEFORE = 2
"""Weeks before this one with which the board begins."""
NOT_AT_THE_FOOT = frozenset({"new", "edit", "delete", "sort"})
"""Keys of every list that would here act on projects."""
KEY, NAME, LATE, CELL = 5, 16, 4, 6


class MilestonesScreen(ListScreen):
    """Projects by weeks. Dismissed with the project and the task that were chosen."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("milestones")
    parts = ("milestones", LIST, EVERYWHERE, MOVE)
    choosable = False
    groupable = False

    def __init__(self) -> None:
        super().__init__("projects", sort="name")
        self.first: date | None = None
        self._milestones: Milestones | None = None

    @property
    def milestones(self) -> Milestones:
        """The milestones of all plans."""
        if self._milestones is None:
            self._milestones = Milestones(self.desk)
        return self._milestones

    def heading(self) -> str:
        """Milestones."""
        return _("Milestones by week")

    def body(self) -> Iterable[Widget]:
        """The board."""
        yield WeekTable(id="table")

    @cached_property
    def table(self) -> WeekTable:
        """The board."""
        return self.query_one("#table", WeekTable)

    def on_mount(self) -> None:
        """The cursor stands on this week."""
        super().on_mount()
        self.call_after_refresh(self._stand_on, self.desk.today())

    def footer_keys(self) -> list[tuple[str, str]]:
        """The board's own keys, and few of those of every list."""
        left_out = {key_name(keys_of(action(id), self.office.keymap)[0]) for id in NOT_AT_THE_FOOT}
        return [pair for pair in super().footer_keys() if pair[0] not in left_out]

    # ---- what is shown -------------------------------------------------------------------------------------------------

    def fields(self) -> dict[str, FieldOf]:
        """Those of a project, and what follows from its milestones."""
        return {**self.desk.fields("projects"), **OWN_FIELDS}

    def _made(self, filter_text: str) -> View:
        words = [word for word in (self.office.scope, filter_text) if word]
        return MilestoneView(self.desk, self.milestones, " ".join(words), self.sort)

    def _mondays(self) -> list[date]:
        first = self.first or monday_of(self.desk.today()) - timedelta(weeks=BEFORE)
        return [first + timedelta(weeks=week) for week in range(WEEKS)]

    def columns(self) -> list[Column]:
        """The project, how many are late, and the weeks."""
        fixed = [
            Column("key", pgettext("narrow column", "Key"), KEY),
            Column("name", _("Project"), NAME),
            Column("late", pgettext("narrow column", "Late"), LATE, True),
        ]
        weeks = [Column(f"{WEEK}{monday}", format_date(monday, "week"), CELL) for monday in self._mondays()]
        return [*fixed, *weeks]

    def taken(self) -> None:
        """The Mondays over the weeks."""
        table = self.table
        table.over = {f"{WEEK}{monday}": format_date(monday, "short") for monday in self._mondays()}
        table.now = f"{WEEK}{monday_of(self.desk.today())}"
        table.repaint()

    def hint(self, view: View) -> str:
        """What an empty board says."""
        if view.total:
            return super().hint(view)
        return self.keyed(
            _(
                "No plan has a milestone with a day yet. A task becomes one by milestone=yes; {import_file} takes a plan in."
            )
        )

    def standing_words(self) -> list[str]:
        """The milestones in the cell under the cursor."""
        words = super().standing_words()
        return words if self.table.marked else [*words, *(self._told(each) for each in self._here())]

    def _told(self, each: Milestone) -> str:
        today = self.desk.today()
        slip = each.slip(today)
        parts = [f"{slip:+d}d"] if slip else []
        if each.days_late(today):
            parts.append(_("late"))
        if each.done:
            parts.append(_("reached"))
        told = f"{safe(each.name)} {format_date(each.finish, 'short') if each.finish else ''}"
        return told + (f" ({', '.join(parts)})" if parts else "")

    def _here(self) -> list[Milestone]:
        """The milestones under the cursor: of a week, or the late ones."""
        key, column = self.table.key, self.table.current_column
        if key is None or column is None:
            return []
        if column.name == "late":
            return self.milestones.late(key)
        return self.milestones.of_week(key, week_of(column.name)) if column.name.startswith(WEEK) else []

    # ---- weeks -------------------------------------------------------------------------------------------------------------

    def _stand_on(self, day: date) -> None:
        name = f"{WEEK}{monday_of(day)}"
        place = next((place for place, each in enumerate(self.table.columns) if each.name == name), None)
        if place is not None:
            self.table.first = max(self.table.sticky, place - 1)
            self.table.go_to_column(place)

    def _shift(self, weeks: int) -> None:
        column = self.table.current_column
        here = week_of(column.name) if column is not None and column.name.startswith(WEEK) else self.desk.today()
        self.first = self._mondays()[0] + timedelta(weeks=weeks)
        self.look()
        mondays = self._mondays()
        self._stand_on(max(mondays[0], min(mondays[-1], here + timedelta(weeks=weeks))))

    def action_weeks_before(self) -> None:
        """Earlier weeks."""
        self._shift(-WEEKS // 4)

    def action_weeks_after(self) -> None:
        """Later weeks."""
        self._shift(WEEKS // 4)

    def action_this_week(self) -> None:
        """This week."""
        self.first = None
        self.look()
        self._stand_on(self.desk.today())

    def action_sort(self) -> None:
        """By the column; weeks are sorted by what is furthest behind."""
        column = self.table.current_column
        if column is not None:
            name = "slip" if column.name.startswith(WEEK) else column.name
            first = "name" if name == "name" else f"-{name}"
            self.sort = first if self.sort != first else first.removeprefix("-") if first != name else f"-{name}"
            self.look()

    # ---- a row is a project ------------------------------------------------------------------------------------------------

    def _new(self) -> Awaitable[Any]:
        raise WrongUse(
            N_("A row here is a project, and a milestone is a task of its plan."),
            N_("{open_plan} goes to the plan, where {new} adds one."),
            **self.named("open_plan", "new"),
        )

    async def action_delete(self) -> None:
        """A row is a project, which nobody means to delete here."""
        await self.attempt(self._no_delete)

    def _no_delete(self) -> None:
        raise WrongUse(
            N_("A row here is a project, and a milestone is a task of its plan."),
            N_("{open_plan} goes to the plan, where {delete} deletes one."),
            **self.named("open_plan", "delete"),
        )

    # ---- out ---------------------------------------------------------------------------------------------------------------

    def action_open_plan(self) -> None:
        """The plan of the project, at the milestone under the cursor."""
        key = self.table.key
        if key is not None:
            here = self._here()
            self.dismiss((key, here[0].key if here else ""))

    def export_name(self) -> str:
        """A calendar."""
        return "milestones.ics"

    async def _export(self, name: str) -> None:
        """The milestones of the projects that are shown or marked, or those projects."""
        from pmo_tui.desk.files.exporting import export_file, target_of

        if not name.strip() or self.view is None:
            return
        narrowed = self.table.marked or len(self.view) < self.view.total
        keys = ",".join(self._keys() if self.table.marked else self.view.keys) or "–"
        field = "key" if target_of(name).what == "projects" else "project"
        count = await asyncio.to_thread(export_file, self.desk, name, f"{field}={keys}" if narrowed else "")
        self.say(_("{count} records in {file}").format(count=format_number(count), file=safe(name)))

    def _export_names(self, text: str) -> list[tuple[str, str]]:
        names = [
            "milestones.ics",
            "milestones.csv",
            "milestones.xlsx",
            *(name for name, _ in super()._export_names(text)),
        ]
        return [(name, name) for name in names if name.startswith(text) and name != text]
