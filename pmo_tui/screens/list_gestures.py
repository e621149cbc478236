"""What is done in a list: records opened, added, changed, deleted, filled, copied, exported; one, or all that are marked at once."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from textual.events import Paste

from pmo_tui.records.errors import WrongUse
from pmo_tui.records.marks import N_
from pmo_tui.records.registers import is_register
from pmo_tui.records.schema import FieldOf
from pmo_tui.screens.list_looks import ListLooks
from pmo_tui.screens.office import LastChange
from pmo_tui.store import Edited
from pmo_tui.wording.languages import _
from pmo_tui.wording.numbers import format_number
from pmo_tui.wording.safe import safe

if TYPE_CHECKING:
    from pmo_tui.desk.agenda import Entry
    from pmo_tui.screens.copying import Block
    from pmo_tui.screens.office import Again


class ListGestures(ListLooks):
    """A list with what is done to its records."""

    async def action_open(self) -> None:
        """Open the record."""
        await self.attempt(lambda: self.open_record(self._key(), self._siblings()))

    def _siblings(self) -> Sequence[str]:
        return [] if self.view is None else [self.record_key(row) for row in self.view.keys]

    def new_values(self) -> dict[str, str]:
        """What a new record starts with, as typed text."""
        return {}

    async def action_new(self) -> None:
        """Add a record."""
        await self.attempt(self._new)

    def _new(self) -> Awaitable[Any]:
        if not is_register(self.register):
            raise WrongUse(
                N_("This list follows from other records; nothing is added here."),
                N_("{open} opens the record behind a row."),
                **self.named("open"),
            )
        return self._form("", self.new_values())

    def _form(self, key: str, values: dict[str, str] | None = None) -> Awaitable[Any]:
        from pmo_tui.screens.form import FormScreen

        return self.app.push_screen(FormScreen(self.register if not key else "", key, values), self._saved)

    def _saved(self, key: str | None) -> None:
        if key:
            self.look()
            found = self.view.index(key) if self.view is not None else None
            if found is not None:
                self.table.move_to(found)
            self.say(self.keyed(_("{key} written; {undo} takes it back"), key=key))

    async def action_edit(self) -> None:
        """Change the record, or one field of all marked ones."""
        await self.attempt(self._edit)

    def _edit(self) -> Awaitable[Any] | None:
        if not self.table.marked:
            return self._form(self._key())
        keys = self._keys()
        column = self.table.current_column
        label = _("Change {count} records, field=value").format(count=len(keys))
        start = f"{column.name}=" if column and column.name != "key" else ""
        self._ask_marked(keys, label, start)
        return None

    def _ask_marked(self, keys: Sequence[str], label: str, start: str) -> None:
        seen = self.desk.revisions(keys)

        async def answered(answer: str) -> None:
            name, equals, text = answer.partition("=")
            if not equals:
                raise WrongUse(N_("“{word}” is not field=value."), N_("Write it as status=closed."), word=answer)
            if not await self._kept(keys, {name.strip(): text.strip()}, seen):
                self._ask_marked(keys, label, answer)

        self.ask(answered, label, start, offers=self._field_offers)

    def _field_offers(self, text: str) -> list[tuple[str, str]]:
        name, equals, value = text.partition("=")
        item = self.fields().get(name)
        if equals and item is not None and item.field.choices:
            return [(f"{name}={word}", _(word)) for word in item.field.choices if word.startswith(value)]
        if equals and item is not None and item.field.refers:
            found = self.desk.complete(item.field.refers, value, 8)
            return [(f"{name}={key}", f"{key}  {safe(title)}") for key, title in found]
        known = self.fields().items()
        return [
            (f"{each}=", f"{each}  {_(item.field.label)}")
            for each, item in known
            if each.startswith(name) and not item.field.computed
        ][:8]

    async def _kept(self, keys: Sequence[str], texts: dict[str, str], seen: Mapping[str, int]) -> bool:
        """Whether it was written; where a colleague wrote the same first, that is said, and it is to be asked again."""
        try:
            await self._set(keys, texts, seen)
        except Edited as edited:
            self.say_error(edited)
            return False
        return True

    async def _set(self, keys: Sequence[str], texts: dict[str, str], seen: Mapping[str, int]) -> None:
        """Write what was typed over records as they were `seen`: in which revisions."""
        await self.write(lambda: self.desk.set(keys, texts, revisions=seen, each_field=True))
        self.repeatable(keys, lambda here, others: here._set(others, texts, here.desk.revisions(others)))
        self.say(self.keyed(_("changed: {keys}; {undo} takes it back"), keys=_some(keys)))

    async def action_edit_cell(self) -> None:
        """Change the field under the cursor."""
        await self.attempt(self._edit_cell)

    def _edit_cell(self) -> None:
        keys, item = self._keys(), self._typed_field()
        name = item.name
        before = self.desk.text(item, self.desk.values(keys[0], [name])[name])

        def offers(text: str) -> list[tuple[str, str]]:
            start = f"{name}="
            found = self._field_offers(start + text)
            return [
                (offer.removeprefix(start), shown)
                for offer, shown in found
                if offer.startswith(start) and offer != start
            ]

        label = safe(_(item.field.label)) + (f" ({len(keys)})" if len(keys) > 1 else "")
        wrong = lambda text: self._wrong_cell(keys[0], name, text)  # noqa: E731 - one line, used once

        def ask(value: str) -> None:
            seen = self.desk.revisions(keys)

            async def answered(text: str) -> None:
                if not await self._kept(keys, {name: text.strip()}, seen):
                    ask(text)

            self.ask(answered, label, value, offers=offers, wrong=wrong)

        ask(before)

    def _typed_field(self) -> FieldOf:
        """The field under the cursor; WrongUse where it is none that is typed."""
        column = self.table.current_column
        item = self.fields().get(column.name) if column else None
        if item is None or item.field.computed or item.name in ("key", "revision") or not is_register(self.register):
            raise WrongUse(
                N_("This field follows from others and is not typed."),
                N_("{why} says where it comes from."),
                **self.named("why"),
            )
        return item

    def _wrong_cell(self, key: str, name: str, text: str) -> str:
        if self.desk.store.get(key) is None:
            return ""  # whoever deleted it is told by the writing
        problems = self.desk.check(self.register, {name: text}, key)[1]
        return "; ".join(safe(problem.reason.words(_)) for problem in problems)

    async def action_fill(self) -> None:
        """The cell's value into the marked rows."""
        await self.attempt(self._fill)

    def _fill(self) -> None:
        key = self._key()
        others = [each for each in dict.fromkeys(map(self.record_key, self.table.chosen())) if each != key]
        if not self.table.marked or not others:
            raise WrongUse(
                N_("There are no marked rows to fill."),
                N_("{mark} marks a row, {mark_range} a range."),
                **self.named("mark", "mark_range"),
            )
        item = self._typed_field()
        text = self.desk.text(item, self.desk.values(key, [item.name])[item.name])
        self.start(self._set(others, {item.name: text}, self.desk.revisions(others)))

    async def action_paste(self) -> None:
        """How a block gets in."""
        self.say(_("now paste the cells with the terminal's own paste (ctrl+shift+v, or the middle button)"))

    async def on_paste(self, event: Paste) -> None:
        """A block from a spreadsheet: show what it would change."""
        if not self.prompt.asking and is_register(self.register):
            event.stop()
            await self.attempt(lambda: self._pasted(event.text))

    def _pasted(self, text: str) -> Awaitable[Any]:
        from pmo_tui.desk.files.pasting import block_of
        from pmo_tui.screens.pasting import PasteScreen

        self._key()
        block_of(text)
        table, view = self.table, self.view
        rows = table.chosen() if table.marked else [] if view is None else view.keys[table.row :]
        names = [column.name for column in table.columns[table.column :]]
        return self.app.push_screen(
            PasteScreen(self.register, text, [self.record_key(row) for row in rows], names), self._was_pasted
        )

    def _was_pasted(self, count: int | None) -> None:
        if count:
            self.look()
            self.say(self.keyed(_("{count} records changed; {undo} takes it back"), count=count))

    async def action_repeat(self) -> None:
        """The last change again, here."""
        await self.attempt(self._repeat)

    def _repeat(self) -> None:
        last = self.office.last_change
        if last.again is None or last.register != self.register or last.place != self.look_place:
            raise WrongUse(
                N_("There is no change in this list yet to make again."),
                N_("{edit} on marked rows makes one."),
                **self.named("edit"),
            )
        if not self.table.marked and last.keys == (self._key(),):
            self._go_on()
        self.start(last.again(self, self._keys()))

    def _go_on(self) -> None:
        """To the next row: this one was just changed."""
        before = self.table.key
        self.table.action_down()
        if self.table.key == before:
            raise WrongUse(N_("That was the last row."), N_("{undo} takes the last change back."), **self.named("undo"))

    def repeatable(self, keys: Sequence[str], again: Again) -> None:
        """What was just done to some records can be done to others by one key: `again` does it on a list, to the keys it is given."""
        self.office.last_change = LastChange(self.register, self.look_place, tuple(keys), again)

    async def action_delete(self) -> None:
        """Delete the record or the marked ones."""
        await self.attempt(lambda: self.start(self._delete(self._keys())))

    async def _delete(self, keys: list[str]) -> None:
        await self.write(lambda: self.desk.delete(keys))
        self.say(self.keyed(_("deleted: {keys}; {undo} brings it back"), keys=_some(keys)))

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
        self.ask(self._export, _("Export to"), self.export_name(), offers=self._export_names)

    def export_name(self) -> str:
        """The file that is offered."""
        return f"{self.register}.csv"

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
            self.table.marked.clear()
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
        await self.attempt(lambda: self.app.push_screen(WhyScreen(self._key(), column.name if column else "")))


def _some(keys: Sequence[str]) -> str:
    return ", ".join(keys[:4]) + (f" … ({len(keys)})" if len(keys) > 4 else "")
