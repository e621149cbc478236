"""What is done in a list beside writing: records opened, marked, exported, copied, written about."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pmo_tui.screens.list_edits import ListEdits
from pmo_tui.wording.languages import _
from pmo_tui.wording.numbers import format_number
from pmo_tui.wording.safe import safe

if TYPE_CHECKING:
    from pmo_tui.desk.agenda import Entry
    from pmo_tui.screens.copying import Block


class ListGestures(ListEdits):
    """A list with what is done to its records."""

    async def action_open(self) -> None:
        """Open the record."""
        await self.attempt(lambda: self.open_record(self._key(), self._siblings()))

    def _siblings(self) -> Sequence[str]:
        return [] if self.view is None else [self.record_key(row) for row in self.view.keys]

    def action_mark(self) -> None:
        """Mark the row."""
        self.table.toggle_mark()

    def action_mark_range(self) -> None:
        """Mark up to here."""
        self.table.mark_range()

    def action_mark_all(self) -> None:
        """Mark all that is shown."""
        self.table.mark_all()

    def action_export(self) -> None:
        """Write the list to a file."""
        self.ask(self._export_to, _("Export to"), self.export_name(), offers=self._export_names)

    def export_name(self) -> str:
        """The file that is offered."""
        return f"{self.register}.csv"

    async def _export_to(self, name: str) -> None:
        from pmo_tui.screens.overwriting import write_over

        if name.strip():
            await write_over(self, Path(name.strip()).expanduser(), lambda: self._export(name))

    async def _export(self, name: str) -> None:

        if not name.strip():
            return
        count = await asyncio.to_thread(self._written, name.strip())
        self.say(_("{count} records in {file}").format(count=format_number(count), file=safe(name)))

    def _written(self, name: str) -> int:
        """Write the file: the rows as they are shown, the marked ones where there are any, in the chosen columns; another list as the
        filter leaves it."""
        from pmo_tui.desk.files.exporting import export_file, export_view, names_other

        view = self.view
        if view is None or names_other(name, self.register):
            words = [word for word in (self.base_filter, self.office.scope, self.filter_text) if word]
            return export_file(self.desk, name, " ".join(words))
        rows = (
            [row for key in self.table.chosen() if (row := view.index(key)) is not None] if self.table.marked else None
        )
        columns = [column.name for column in self.table.columns if column.name in view.fields] if self.chosen else None
        return export_view(self.desk, name, view, rows, columns)

    def _export_names(self, text: str) -> list[tuple[str, str]]:
        names = [f"{self.register}.csv", f"{self.register}.xlsx"]
        if self.register in ("tasks", "milestones"):
            names.insert(0, "milestones.ics")
        return [(name, name) for name in names if name.startswith(text) and name != text]

    async def action_copy(self) -> None:
        """Send the row or the marked rows to the terminal's clipboard, columns between tabs."""
        await self.attempt(self._copy)

    async def action_copy_as(self) -> None:
        """Copy the cell, or the rows in a shape that is asked for."""
        from pmo_tui.screens.copying import ask_copy

        await self.attempt(lambda: ask_copy(self, self.block()))

    def _copy(self) -> None:
        from pmo_tui.desk.files.block_text import as_tsv
        from pmo_tui.screens.clipboard import send

        self.say(send(self.app, as_tsv((), self.block().rows)))

    def block(self) -> Block:
        """The marked rows, or the one under the cursor, in the columns that are shown."""
        from pmo_tui.screens.copying import Block

        self._key()
        view, table = self.view, self.table
        if view is None:
            return Block((), (), "")
        usual = max(2, len([each for each in self.fields().values() if each.field.shown]))
        columns = table.columns if self.chosen else table.columns[:usual]
        places = [view.index(row) for row in table.chosen()]
        rows = [view.cells(i, [column.name for column in columns]) for i in places if i is not None]
        at, under = view.index(table.key or ""), table.current_column
        cell = view.cells(at, [under.name])[0] if at is not None and under is not None else ""
        return Block([column.label for column in columns], rows, cell)

    async def action_message(self) -> None:
        """Messages about the marked rows, to be looked at before they are written."""
        await self.attempt(lambda: self._message(self.message_items()))

    def _message(self, items: Sequence[Entry]) -> Awaitable[Any]:
        from pmo_tui.screens.letters import LettersScreen

        return self.app.push_screen(LettersScreen(lambda: items), self._written_to)

    def message_items(self) -> Sequence[Entry]:
        """What the messages are about."""
        from pmo_tui.desk.reports.outbox_items import items_about

        return items_about(self.desk, self._keys())

    def _written_to(self, told: str | None) -> None:
        if told:
            self.table.unmark()
            self.look()
            self.say(told)

    async def action_history(self) -> None:
        """Who changed the record."""
        from pmo_tui.screens.history import HistoryScreen

        await self.attempt(lambda: self.app.push_screen(HistoryScreen(self._key())))

    async def action_why(self) -> None:
        """Where the figure under the cursor comes from."""
        from pmo_tui.screens.why import WhyScreen

        column = self.table.current_column
        name = column.name if column else ""
        await self.attempt(lambda: self.app.push_screen(WhyScreen(self._key(), name).asked()))
