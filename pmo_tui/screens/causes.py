"""What somebody is booked on in one period: the largest booking first, with who booked it and when; here they are mended."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Iterable
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import BindingType
from textual.widget import Widget

from pmo_tui.actions import EVERYWHERE, LIST, MOVE
from pmo_tui.analysis.allocation import Cell
from pmo_tui.analysis.figure import Figure
from pmo_tui.analysis.periods import Period
from pmo_tui.desk.people.load_causes import causes_of
from pmo_tui.desk.views.lists import ListView
from pmo_tui.desk.views.view import View
from pmo_tui.records.schema import FieldOf
from pmo_tui.screens.figure import FigureScreen
from pmo_tui.screens.listing import ListScreen
from pmo_tui.screens.sheet_rows import load_words, period_words, tone_of, typed_name
from pmo_tui.widgets.bindings import bindings
from pmo_tui.widgets.table import RegisterTable
from pmo_tui.widgets.text_page import TextLine, TextPage
from pmo_tui.wording.languages import _, current
from pmo_tui.wording.numbers import format_number
from pmo_tui.wording.safe import safe

if TYPE_CHECKING:
    from pmo_tui.desk.desk import Desk
    from pmo_tui.screens.form import FormScreen


def booking_form(values: dict[str, str]) -> FormScreen:
    """The form of a new booking, at the first field that is not given."""
    from pmo_tui.screens.form import FormScreen

    return FormScreen("bookings", "", values, "hours_per_week" if "project" in values else "project")


class LoadPage(TextPage, can_focus=False):
    """How full somebody is, above the list."""

    DEFAULT_CSS = "LoadPage { height: 2; background: $surface; }"


class CausesScreen(ListScreen):
    """The bookings of one person or system in one period. Enter opens a booking, e changes it, d deletes it, u takes that back."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("causes")
    parts = ("causes", LIST, EVERYWHERE, MOVE)

    remembered = False
    groupable = False

    def __init__(self, who: str, period: Period) -> None:
        super().__init__("bookings")
        self.who = who
        self.period = period
        self.definition = causes_of(who, period)

    def heading(self) -> str:
        """Who and when."""
        return f"{safe(self.desk.title(self.who))} · {period_words(self.period)}"

    def body(self) -> Iterable[Widget]:
        """The load, then the list."""
        yield LoadPage(id="load")
        yield RegisterTable(id="table")

    # ---- what is shown -------------------------------------------------------------------------------------------------

    def fields(self) -> dict[str, FieldOf]:
        """Those of the causes."""
        return self.definition.fields

    def reload(self) -> None:
        """The bookings as they are now."""
        self._take(self._made(self.filter_text))

    def _made(self, filter_text: str) -> View:
        """Whatever the scope is: a cell is made of all its bookings."""
        return ListView(self.desk, self.definition, filter_text, self.sort)

    def hint(self, view: View) -> str:
        """What an empty list says."""
        if view.total:
            return super().hint(view)
        return self.keyed(_("Nothing is booked here. {new} books something, {back} goes back."))

    def taken(self) -> None:
        """The load above the list, and what it is made of."""
        cell = self._cell()
        over = tone_of(cell, self.period) if cell.alarm else "strong"
        lines = [TextLine(((load_words(cell), over),)), TextLine(((self._available_words(), "faint"),))]
        self.query_one(LoadPage).show(lines)

    def _cell(self) -> Cell:
        sheet = self.desk.allocation.sheet(granularity=self.period.granularity, first=self.period.start, count=1)
        place = sheet.places.get(self.who)
        return Cell() if place is None else sheet.rows[place].cells[0]

    def _available_words(self) -> str:
        """`available: Pattern 32 h, Days off -8 h`, from the trace of the load; absences have no reason."""
        _booked, available = self.desk.allocation.figure(self.who, self.period).inputs
        hour = current().hour
        parts = [
            f"{_(each.name)} {format_number(each.value)} {hour}"
            for each in (available.inputs if isinstance(available, Figure) else ())
            if isinstance(each, Figure) and isinstance(each.value, Decimal)
        ]
        return _("available: {parts}").format(parts=", ".join(parts))

    def show_standing(self) -> None:
        """How many, and what their hours add up to."""
        super().show_standing()
        view = self.view
        if view is None or self.table.marked or not len(view):
            return
        total = sum((view.value(key, "hours") for key in view.keys), Decimal(0))
        words = [f"/ {safe(self.filter_text)}"] if self.filter_text else []
        words.append(_("sum {hours}").format(hours=f"{format_number(total)} {current().hour}"))
        self.status.stand("   ".join(words), f"{format_number(self.table.row + 1)} / {format_number(len(view))}")

    # ---- gestures ------------------------------------------------------------------------------------------------------

    def new_values(self) -> dict[str, str]:
        """A booking of the same person in the same period."""
        return {
            "person": typed_name(self.desk, self.who),
            "start": self.period.start.isoformat(),
            "finish": self.period.finish.isoformat(),
        }

    def _new(self) -> Awaitable[Any]:
        return self.app.push_screen(booking_form(self.new_values()), self._saved)

    def export_name(self) -> str:
        """The bookings themselves are exported."""
        return "bookings.csv"

    async def _export(self, name: str) -> None:
        from pmo_tui.desk.files.exporting import export_file

        keys = self._keys() if self.table.marked else list(self._siblings())
        if name.strip() and keys:
            count = await asyncio.to_thread(export_file, self.desk, name, f"key={','.join(keys)}")
            self.say(_("{count} records in {file}").format(count=format_number(count), file=safe(name)))

    async def action_level(self) -> None:
        """What would relieve the period."""
        from pmo_tui.screens.levelling import LevellingScreen

        await self.app.push_screen(LevellingScreen(self.who, self.period))

    async def action_why(self) -> None:
        """Where the load comes from."""
        await self.attempt(self._why)

    def _why(self) -> Awaitable[Any]:
        return self.app.push_screen(LoadTrace(self.desk, self.who, self.period))


class LoadTrace(FigureScreen):
    """Where the load of somebody in a period comes from, down to bookings, pattern, days off and absences."""

    def __init__(self, desk: Desk, who: str, period: Period) -> None:
        super().__init__(lambda: desk.allocation.figure(who, period))
        self.about = f"{safe(desk.title(who))} · {period_words(period)}"

    def heading(self) -> str:
        """The load of whom and when."""
        return f"{super().heading()} · {self.about}"
