"""The resource sheet: who is over-booked and the way to what causes it, new bookings, requests, and the lists that look ahead."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import BindingType

from pmo_tui.actions import EVERYWHERE, LIST, MOVE, action, key_name, keys_of
from pmo_tui.analysis.periods import period_of
from pmo_tui.desk.people.sheet import Sheet
from pmo_tui.records.errors import WrongUse
from pmo_tui.records.marks import N_
from pmo_tui.screens.causes import CausesScreen, LoadTrace, booking_form
from pmo_tui.screens.sheet_rows import PeopleRows, legend, typed_name
from pmo_tui.screens.sheet_screen import SheetScreen
from pmo_tui.widgets.bindings import bindings
from pmo_tui.wording.languages import _
from pmo_tui.wording.numbers import format_number
from pmo_tui.wording.safe import safe

if TYPE_CHECKING:
    from pmo_tui.screens.copying import Block

NOT_AT_THE_FOOT = frozenset({"delete", "edit", "palette"})
"""Keys of every list that make room at the foot for the sheet's own."""


class ResourcesScreen(SheetScreen):
    """Screen 6."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("resources")
    parts = ("resources", LIST, EVERYWHERE, MOVE)
    screen_name = "resources"

    def footer_keys(self) -> list[tuple[str, str]]:
        """The sheet's own keys among those of every list."""
        left_out = {key_name(keys_of(action(id), self.office.keymap)[0]) for id in NOT_AT_THE_FOOT}
        return [pair for pair in super().footer_keys() if pair[0] not in left_out]

    def signs(self) -> list[tuple[str, str]]:
        """How to read the cells."""
        return legend()

    # ---- gestures of a list --------------------------------------------------------------------------------------------

    def _open(self) -> Awaitable[Any]:
        key, period = self._key(), self._period()
        if period is None:
            return self.open_record(key, [row.key for row in self.sheet.rows] if self.sheet is not None else [])
        return self.app.push_screen(CausesScreen(key, period))

    async def action_open(self) -> None:
        """What causes the cell; on a name the person."""
        await self.attempt(self._open)

    def _new(self) -> Awaitable[Any]:
        return self.app.push_screen(booking_form(self.new_values()), self._saved)

    def new_values(self) -> dict[str, str]:
        """A booking of the person under the cursor in the period under it, on the project that is looked at."""
        from pmo_tui.desk.raid.risk_log import node_of

        period = self._period() or period_of(self.granularity, self.desk.today())
        values = {"start": period.start.isoformat(), "finish": period.finish.isoformat()}
        if self.table.key is not None:
            values["person"] = typed_name(self.desk, self.table.key)
        project = node_of(self.desk, self.office.scope)
        return values | ({"project": typed_name(self.desk, project)} if project else {})

    async def action_delete(self) -> None:
        """A row is a person, whom nobody means to delete here."""
        error = WrongUse(
            N_("{delete} does not delete people here."),
            N_("{open} on a cell shows its bookings, where {delete} deletes one."),
            **self.named("delete", "open"),
        )
        self.say_error(error)

    async def action_frequency(self) -> None:
        """How often each function stands in the sheet."""
        await self.attempt(lambda: self.count_by(self.fields()["function"]))

    async def action_why(self) -> None:
        """Where the load of the cell comes from; on a name that of this period."""
        await self.attempt(self._why)

    def _why(self) -> Awaitable[Any]:
        period = self._period() or period_of(self.granularity, self.desk.today())
        return self.app.push_screen(LoadTrace(self.desk, self._key(), period))

    def export_name(self) -> str:
        """The file that is offered."""
        return "sheet.csv"

    def _export_names(self, text: str) -> list[tuple[str, str]]:
        return [(name, name) for name in ("sheet.csv", "sheet.xlsx") if name.startswith(text) and name != text]

    async def _export(self, name: str) -> None:
        from pmo_tui.desk.people.sheet_file import export_sheet

        sheet = self._chosen_rows() if self.table.marked else self.sheet
        if name.strip() and sheet is not None:
            count = await asyncio.to_thread(export_sheet, sheet, self.unit, name)
            self.say(_("{count} rows in {file}").format(count=format_number(count), file=safe(name)))

    def _chosen_rows(self) -> Sheet | None:
        """The sheet with the marked people, or the one under the cursor, alone."""
        chosen = set(self.table.chosen())
        rows = [] if self.sheet is None else [row for row in self.sheet.rows if row.key in chosen]
        return None if self.sheet is None else replace(self.sheet, rows=tuple(rows))

    def _copy(self) -> None:
        from pmo_tui.desk.files.block_text import as_tsv
        from pmo_tui.screens.clipboard import send

        block = self.block()
        self.say(send(self.app, as_tsv(block.head, block.rows)))

    def block(self) -> Block:
        """The marked rows with the periods in sight."""
        from pmo_tui.screens.copying import Block

        self._key()
        sheet = self._chosen_rows()
        if sheet is None or self.sheet is None:
            return Block((), (), "")
        first, last = self.table.in_sight
        names = ["name", *(period.name for period in sheet.periods[first : last + 1])]
        rows = PeopleRows(sheet, self.unit)
        under = "name" if self.table.place is None else sheet.periods[self.table.place].name
        cell = PeopleRows(self.sheet, self.unit).cells(self.table.cursor, [under])[0]
        return Block(names, [rows.cells(i, names) for i in range(len(rows))], cell)

    # ---- requests and lists --------------------------------------------------------------------------------------------

    async def action_request(self) -> None:
        """Ask for somebody in one line."""
        from pmo_tui.screens.request_line import RequestLine

        RequestLine(self).begin()

    async def action_requests(self) -> None:
        """What waits for an answer."""
        from pmo_tui.screens.open_requests import OpenRequestsScreen

        await self.app.push_screen(OpenRequestsScreen())

    async def action_load_list(self) -> None:
        """Who is over-booked when, week by week."""
        from pmo_tui.screens.load_list import LoadScreen

        await self.app.push_screen(LoadScreen())

    async def action_coming_free(self) -> None:
        """Whose work ends soon."""
        await self.open_register("roll_offs")

    async def action_demand_list(self) -> None:
        """Where people are missing: demand against capacity by function."""
        await self.open_register("demand", "gap<0")

    async def action_crowds(self) -> None:
        """Who is on too many projects at once."""
        await self.open_register("crowds")
