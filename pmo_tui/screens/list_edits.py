"""Records written from a list: added, changed, filled, pasted, changed again, deleted; one, or all that are marked at once."""

from __future__ import annotations

from collections.abc import Awaitable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from textual.events import Paste

from pmo_tui.desk.together.form_texts import form_text, is_table
from pmo_tui.records.errors import WrongUse
from pmo_tui.records.marks import N_
from pmo_tui.records.registers import by_name, is_register
from pmo_tui.records.schema import FieldOf
from pmo_tui.screens.everywhere import some_of
from pmo_tui.screens.list_looks import ListLooks
from pmo_tui.screens.office import LastChange
from pmo_tui.screens.understood import offered_or_told
from pmo_tui.store import Edited
from pmo_tui.wording.languages import _, ngettext
from pmo_tui.wording.safe import safe

if TYPE_CHECKING:
    from pmo_tui.screens.office import Again


class ListEdits(ListLooks):
    """A list whose records are written."""

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
        label = ngettext("Change {count} record, field=value", "Change {count} records, field=value", len(keys))
        label = label.format(count=len(keys))
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

        self.ask(
            answered,
            label,
            start,
            offers=lambda text: self._field_offers(keys[0], text),
            wrong=lambda text: self._wrong_field(keys[0], text),
        )

    def _field_offers(self, key: str, text: str) -> list[tuple[str, str]]:
        name, equals, value = text.partition("=")
        item = self.fields().get(name)
        if equals and item is not None and not item.field.computed:
            return [(f"{name}={offer}", shown) for offer, shown in self._value_offers(key, item, value)]
        known = self.fields().items()
        return [
            (f"{each}=", f"{each}  {_(item.field.label)}")
            for each, item in known
            if each.startswith(name) and not item.field.computed
        ][:8]

    def _value_offers(self, key: str, item: FieldOf, text: str) -> list[tuple[str, str]]:
        """What a text may mean in a field of a record; of a day or an amount what it is taken for."""
        around = [name for name in ("project", item.field.currency, item.field.share_of) if name in self.fields()]
        return offered_or_told(self.desk, by_name(self.register), item, text, self.desk.values(key, around))

    def _wrong_field(self, key: str, text: str) -> str:
        """What is wrong with field=value on a record; a name that is no field's is told by the writing."""
        name, _equals, value = text.partition("=")
        item = self.fields().get(name.strip())
        return self._wrong_cell(key, item.name, value) if item is not None and not item.field.computed else ""

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
        before = self.desk.store.head()
        sequence = await self.write(lambda: self.desk.set(keys, texts, revisions=seen, each_field=True))
        self.repeatable(keys, lambda here, others: here._set(others, texts, here.desk.revisions(others)))
        touched = [] if sequence == before else self._touched(sequence)
        if set(keys).isdisjoint(touched):
            self.say(_("nothing changed: it was so already"))
        else:
            self.say(self.keyed(_("changed: {keys}; {undo} takes it back"), keys=some_of(touched)))

    async def action_edit_cell(self) -> None:
        """Change the field under the cursor."""
        await self.attempt(self._edit_cell)

    def _edit_cell(self) -> None:
        keys, item = self._keys(), self._typed_field()
        name = item.name
        value = self.desk.values(keys[0], [name])[name]
        register = by_name(self.register)
        before = self.desk.text(item, value) if is_table(item) else form_text(self.desk, register, item, value)
        offers = lambda text: self._value_offers(keys[0], item, text)  # noqa: E731 - one line, used once
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
        block = block_of(text)
        table, view = self.table, self.view
        if table.marked or [len(row) for row in block] == [1]:
            rows = table.chosen()  # one cell alone fills what is marked, and nothing else
        else:
            rows = [] if view is None else view.keys[table.row :]
        names = [column.name for column in table.columns[table.column :]]
        heads = {column.label: column.name for column in table.columns}
        return self.app.push_screen(
            PasteScreen(self.register, text, [self.record_key(row) for row in rows], names, heads), self._was_pasted
        )

    def _was_pasted(self, count: int | None) -> None:
        if count:
            self.look()
            words = ngettext(
                "{count} record changed; {undo} takes it back", "{count} records changed; {undo} takes it back", count
            )
            self.say(self.keyed(words, count=count))

    async def action_repeat(self) -> None:
        """The last change again, here."""
        await self.attempt(self._repeat)

    def _repeat(self) -> None:
        last = self.office.last_change
        if last is not None and last.again is None:
            raise WrongUse(N_("The last change is none that can be made again elsewhere."))
        if last is None or last.again is None or last.register != self.register or last.place != self.look_place:
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
        self.say(self.keyed(_("deleted: {keys}; {undo} brings it back"), keys=some_of(keys)))
