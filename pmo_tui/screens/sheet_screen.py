"""The sheet of people by periods as a screen shows it: which rows and periods, in which unit and order, where the cursor goes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import cached_property

from textual import on
from textual.widget import Widget

from pmo_tui.analysis.periods import A_DAY, Granularity, Period, period_of
from pmo_tui.desk.people.sheet import Row, Scope, Sheet
from pmo_tui.desk.people.sheet_units import UNITS, Unit
from pmo_tui.desk.views.scope import ME
from pmo_tui.desk.views.view import View
from pmo_tui.screens.listing import ListScreen
from pmo_tui.screens.sheet_rows import PeopleRows, cell_words, corner_words, period_words, shown_period, total_words
from pmo_tui.widgets.sheet import SheetTable
from pmo_tui.wording.languages import _
from pmo_tui.wording.numbers import format_number
from pmo_tui.wording.safe import safe

REGISTER = "resources"
COUNTS: dict[Granularity, int] = {"week": 26, "month": 12, "day": 28}
"""So many periods are looked at; they move on by half of them when the cursor reaches an edge."""
ZOOMS: tuple[Granularity, ...] = ("week", "month", "day")
OVER = "-over"
"""The order in which who is over-booked stands first."""


class SheetScreen(ListScreen):
    """People and systems that the filter and the scope leave, by weeks, months or days."""

    choosable = False
    groupable = False
    own_sorts = frozenset({OVER})

    def __init__(self) -> None:
        super().__init__(REGISTER)
        self.granularity: Granularity = "week"
        self.unit: Unit = "hours"
        self.only_over = False
        self.sheet: Sheet | None = None
        self._first: date | None = None

    def body(self) -> Iterable[Widget]:
        """The sheet."""
        yield SheetTable(id="table")

    @cached_property
    def table(self) -> SheetTable:
        """The sheet."""
        return self.query_one("#table", SheetTable)

    def heading(self) -> str:
        """Resources, and when it is only those who are over-booked."""
        return super().heading() + (
            _(": only over-booked in {span}").format(span=self._span()) if self.only_over else ""
        )

    # ---- what is shown -------------------------------------------------------------------------------------------------

    def _made(self, filter_text: str) -> View:
        """Who the filter leaves; a node as scope is left to the sheet, which knows who is booked there in its periods."""
        me = self.office.scope if self._scope_word() == ME else ""
        return self.desk.view(REGISTER, " ".join(word for word in (me, filter_text) if word))

    def _scope_word(self) -> str:
        return self.office.scope.replace('"', "").removeprefix("@")

    def _take(self, view: View) -> None:
        word = self._scope_word()
        everybody = self.desk.allocation.sheet(
            Scope(project="" if word == ME else word),
            self.granularity,
            self._first,
            COUNTS[self.granularity],
            order="over" if self.only_over or self.sort == OVER else "name",
        )
        rows = [row for row in everybody.rows if view.index(row.key) is not None]
        if self.only_over:
            rows = [row for row in rows if row.alarms]
        self.view = view
        self.sheet = replace(everybody, rows=tuple(rows))
        today = self.desk.today()
        periods = [shown_period(period, today) for period in self.sheet.periods]
        self.table.hint = self.hint(view)
        arrow = "▾" if self.only_over or self.sort == OVER else ""
        label = f"{_('Name')} {arrow}"
        self.table.show_sheet(PeopleRows(self.sheet, self.unit), periods, label, corner_words(self.sheet, self.unit))
        self.show_standing()

    def hint(self, view: View) -> str:
        """What an empty sheet says."""
        if not view.total:
            return self.keyed(
                _(
                    "Nobody here yet: {screen_registers} p e opens the people, {new} there adds one; {import_file} takes a file in, such as people.csv."
                )
            )
        if self.only_over and len(view):
            return self.keyed(
                _("Nobody is over-booked in {span}. {over_only} shows everybody, {earlier} and {later} other periods."),
                span=self._span(),
            )
        return self.keyed(
            _("The filter and the scope leave nobody of {total}. {filter} changes the filter, {scope} the scope."),
            total=format_number(view.total),
        )

    def _span(self) -> str:
        periods = self.sheet.periods if self.sheet is not None else ()
        return f"{period_words(periods[0])} … {period_words(periods[-1])}" if periods else ""

    def show_standing(self) -> None:
        """The cell under the cursor in words, what the sheet is narrowed to, which row of how many."""
        view, sheet, table = self.view, self.sheet, self.table
        if view is None or sheet is None:
            return
        notes = [f"/ {safe(self.filter_text)}"] if self.filter_text else []
        if table.marked:
            notes.append(self._marked_sum())
        elif (here := self._here()) is not None:
            notes.insert(0, cell_words(sheet, here[0], here[1]))
        count = len(sheet.rows)
        place = f"{format_number(table.cursor + 1)} / {format_number(count)}" if count else _("nobody")
        if count != view.total:
            place += " " + _("of {total}").format(total=format_number(view.total))
        self.status.stand("   ".join(notes), place)

    def _marked_sum(self) -> str:
        """What the marked people have together in the period under the cursor."""
        sheet, place = self.sheet, self.table.place
        text = _("{count} marked").format(count=len(self.table.marked))
        if sheet is None or place is None:
            return text
        together = replace(sheet, rows=tuple(row for row in sheet.rows if row.key in self.table.marked))
        return f"{text}; {total_words(together, place)}"

    def _here(self) -> tuple[Row, int] | None:
        """The row and the period under the cursor."""
        sheet, table = self.sheet, self.table
        if sheet is None or table.place is None or not 0 <= table.cursor < len(sheet.rows):
            return None
        return sheet.rows[table.cursor], table.place

    def _period(self) -> Period | None:
        here = self._here()
        return self.sheet.periods[here[1]] if here is not None and self.sheet is not None else None

    # ---- periods -------------------------------------------------------------------------------------------------------

    def _stand_on(self, day: date) -> None:
        """The cursor goes to the period that a day lies in."""
        periods = self.sheet.periods if self.sheet is not None else ()
        found = next((place for place, each in enumerate(periods) if each.start <= day <= each.finish), None)
        if found is not None:
            self.table.go_to_column(found + 1)

    def _shift(self, step: int) -> date | None:
        """Look at periods half a sheet earlier or later; the day on which the first of them begins."""
        sheet = self.sheet
        if sheet is None:
            return None
        half = len(sheet.periods) // 2
        day = sheet.periods[half].start if step > 0 else sheet.periods[0].start
        for _each in range(half if step < 0 else 0):
            day = period_of(self.granularity, day - A_DAY).start
        self._first = day
        self.look()
        return day

    @on(SheetTable.Edge)
    def _at_the_edge(self, event: SheetTable.Edge) -> None:
        """Periods beyond the last one, or before the first."""
        sheet = self.sheet
        if sheet is None or not sheet.periods:
            return
        beyond = sheet.periods[-1].finish + A_DAY if event.step > 0 else sheet.periods[0].start - A_DAY
        self._shift(event.step)
        self._stand_on(beyond)

    def action_earlier(self) -> None:
        """A screenful of periods back."""
        self.table.scroll_periods(-1)

    def action_later(self) -> None:
        """A screenful of periods on."""
        self.table.scroll_periods(1)

    def action_today(self) -> None:
        """The period of today first."""
        self._first = None
        self.table.first = 1
        self.look()
        self._stand_on(self.desk.today())

    def action_zoom(self) -> None:
        """Weeks, months, days."""
        period, today = self._period(), self.desk.today()
        self.granularity = ZOOMS[(ZOOMS.index(self.granularity) + 1) % len(ZOOMS)]
        day = today if period is None or period.start <= today <= period.finish else period.start
        self._first = None if day == today else day
        self.table.first = 1
        self.look()
        self._stand_on(day)

    def action_unit(self) -> None:
        """Hours, per cent, FTE."""
        self.unit = UNITS[(UNITS.index(self.unit) + 1) % len(UNITS)]
        self.look()

    # ---- order and alarms ----------------------------------------------------------------------------------------------

    def action_sort(self) -> None:
        """By name, or who is over-booked first."""
        self.sort = "" if self.sort == OVER else OVER
        self.look()
        self.say(_("over-booked first") if self.sort else _("by name"))

    def action_over_only(self) -> None:
        """Only who is over-booked, the fullest first, the cursor on the worst of it; again: everybody."""
        self.only_over = not self.only_over
        self.dress()
        self.look()
        if self.only_over and self.sheet is not None and self.sheet.rows:
            row = self.sheet.rows[0]
            alarms = [place for place, cell in enumerate(row.cells) if cell.alarm]
            self.table.move_to(0)
            self.table.go_to_column(max(alarms, key=lambda place: row.cells[place].over) + 1)

    def action_next_over(self) -> None:
        """The next over-booked cell, row by row."""
        self._to_alarm(1)

    def action_previous_over(self) -> None:
        """The over-booked cell before."""
        self._to_alarm(-1)

    def _to_alarm(self, step: int) -> None:
        sheet, table = self.sheet, self.table
        if sheet is None:
            return
        here = (table.cursor, -1 if table.place is None else table.place)
        found = [(i, place) for i, row in enumerate(sheet.rows) for place, cell in enumerate(row.cells) if cell.alarm]
        beyond = [each for each in found if each > here] if step > 0 else [each for each in found if each < here]
        if not beyond:
            self.say(_("no over-booked cell beyond this one"))
            return
        line, place = beyond[0] if step > 0 else beyond[-1]
        table.move_to(line)
        table.go_to_column(place + 1)
