"""A list of records with every gesture of one; registers, and the screens that are a list with a picture beside it, are made of it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Iterable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.binding import BindingType
from textual.events import Paste
from textual.widget import Widget

from pmo_tui.actions import EVERYWHERE, LIST, MOVE
from pmo_tui.desk.views.saved_views import SavedView
from pmo_tui.records.errors import PmoError, WrongUse
from pmo_tui.records.marks import N_
from pmo_tui.records.registers import is_register
from pmo_tui.records.schema import FieldOf
from pmo_tui.screens.everywhere import Everywhere
from pmo_tui.screens.office import LastChange
from pmo_tui.widgets.bindings import bindings
from pmo_tui.widgets.line_view import LineView
from pmo_tui.widgets.prompt import Asked
from pmo_tui.widgets.table import Column, RegisterTable
from pmo_tui.wording.languages import _, pgettext
from pmo_tui.wording.numbers import format_number
from pmo_tui.wording.safe import safe
from pmo_tui.wording.suggest import fuzzy

if TYPE_CHECKING:
    from pmo_tui.desk.agenda import Entry
    from pmo_tui.desk.views.view import View

LABEL_ROOM = 6
"""So many columns a label may ask for beyond its field's own width; a longer one is cut."""
NUMERIC = frozenset({"integer", "number", "money", "percent", "hours"})


class ListScreen(Everywhere):
    """A list of the records of one register (or of one computed list) that a filter leaves.

    A subclass may put widgets around the table (`body`), fix a part of the filter (`base_filter`), choose columns (`column_names`).
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings(LIST)
    parts: ClassVar[tuple[str, ...]] = (LIST, EVERYWHERE, MOVE)

    def __init__(self, register: str, filter_text: str = "", sort: str = "") -> None:
        super().__init__()
        self.register = register
        self.filter_text = filter_text
        self.sort = sort
        self.base_filter = ""
        self.view: View | None = None
        self._asked_for = 0

    # ---- what is shown -------------------------------------------------------------------------------------------------

    def body(self) -> Iterable[Widget]:
        """The table."""
        yield RegisterTable(id="table")

    def on_mount(self) -> None:
        """The keys go to the table."""
        super().on_mount()
        self.focus_on(self.table)

    @property
    def table(self) -> RegisterTable:
        """The table."""
        return self.query_one("#table", RegisterTable)

    def heading(self) -> str:
        """The register's label."""
        return _(self.desk.list_label(self.register))

    def fields(self) -> dict[str, FieldOf]:
        """The fields of the list."""
        return self.desk.list_fields(self.register)

    def column_names(self) -> list[str]:
        """The fields in the order of columns: those of a narrow screen first, then the others."""
        fields = self.fields()
        shown = [name for name, item in fields.items() if item.field.shown]
        return shown + [
            name for name, item in fields.items() if not item.field.shown and item.field.kind not in ("long", "extra")
        ]

    def columns(self) -> list[Column]:
        """The columns of the table."""
        fields = self.fields()
        names = self.column_names()
        flexible = next(
            (
                name
                for name in names[1:]
                if fields[name].field.kind in ("text", "long") and fields[name].field.columns >= 20
            ),
            "",
        )
        found = []
        for name in names:
            field = fields[name].field
            label = safe(_(field.label))
            if name == "key" and len(label) > field.columns:
                label = pgettext("narrow column", "Key")
            width = max(field.columns, min(len(label), LABEL_ROOM))
            found.append(Column(name, label, width, field.right, name == flexible))
        return found

    def reload(self) -> None:
        """Filter and sort anew; a long list beside the keys."""
        self._asked_for += 1
        if self.desk.is_quick(self.register):
            self._take(self._made(self.filter_text))
        else:
            if self.view is None:
                self.status.stand(_("reading …"))
            self.start(self._reload_beside(self._asked_for, self.filter_text))

    def _made(self, filter_text: str) -> View:
        words = [word for word in (self.base_filter, self.office.scope, filter_text) if word]
        return self.desk.view(self.register, " ".join(words), self.sort)

    async def _reload_beside(self, asked_for: int, filter_text: str) -> None:
        view = await asyncio.to_thread(self._made, filter_text)
        if asked_for == self._asked_for:
            self._take(view)

    def _take(self, view: View) -> None:
        self.view = view
        table = self.table
        first = self.sort.split(",")[0] if self.sort else view.sort.split(",")[0]
        table.sorted_by = (first.lstrip("-"), first.startswith("-"))
        table.hint = self.hint(view)
        table.show(view, self.columns())
        self.show_standing()
        self.taken()

    def hint(self, view: View) -> str:
        """What an empty list says."""
        if view.total:
            return self.keyed(
                _("The filter and the scope leave none of {total}. {filter} changes the filter, {scope} the scope."),
                total=format_number(view.total),
            )
        if not is_register(self.register):
            return _(
                "Nothing to show here, and that is good news or an empty store. This list follows from other records."
            )
        return self.keyed(
            _("Nothing here yet. {new} adds the first one, {import_file} takes a file in, {help} explains the screen.")
        )

    def taken(self) -> None:
        """Called when other rows are shown: the place to bring pictures beside the table up to date."""

    def moved(self) -> None:
        """Called when the cursor stands on another row."""

    @on(LineView.Moved)
    def _moved(self, event: LineView.Moved) -> None:
        if event.view is self.query_one("#table"):
            self.show_standing()
            self.moved()

    @on(RegisterTable.ColumnMoved)
    def _column_moved(self) -> None:
        self.show_standing()

    def show_standing(self) -> None:
        """How many rows, which filter, what the marked cells add up to."""
        view, table = self.view, self.table
        if view is None:
            return
        left = self.standing_words()
        place = f"{format_number(table.cursor + 1)} / {format_number(len(view))}" if len(view) else _("nothing here")
        if len(view) != view.total:
            place += " " + _("of {total}").format(total=format_number(view.total))
        self.status.stand("   ".join(left), place)

    def standing_words(self) -> list[str]:
        """What the status line says on its left: the filter, and what the marked cells add up to; safe text."""
        words = [f"/ {safe(self.filter_text)}"] if self.filter_text else []
        return [*words, self._marked_sum()] if self.table.marked else words

    def _marked_sum(self) -> str:
        table, view = self.table, self.view
        text = _("{count} marked").format(count=len(table.marked))
        column = table.current_column
        item = self.fields().get(column.name) if column else None
        if view is None or item is None or item.field.kind not in NUMERIC or len(table.marked) > 2000:
            return text
        values = [value for key in table.chosen() if isinstance(value := view.value(key, item.name), Decimal | int)]
        if not values:
            return text
        total = sum((Decimal(value) for value in values), Decimal(0))
        words = _("{text}; {label}: sum {total}, mean {mean}, count {count}")
        return words.format(
            text=text, label=safe(_(item.field.label)), total=format_number(total), mean=format_number(total / len(values), 2),
            count=len(values),
        )  # fmt: skip

    def help_fields(self) -> list[tuple[str, str]]:
        """The fields of the list, with what they mean."""
        found = []
        for name, item in self.fields().items():
            choices = " · ".join(_(word) for word in item.field.choices)
            found.append((name, "; ".join(part for part in (_(item.field.label), _(item.field.help), choices) if part)))
        return found

    # ---- gestures ----------------------------------------------------------------------------------------------------------

    def _key(self) -> str:
        key = self.table.key
        if key is None:
            raise WrongUse(
                N_("There is nothing here to do that with."),
                N_("{new} adds a record, {filter} changes the filter."),
                **self.named("new", "filter"),
            )
        return self.record_key(key)

    def record_key(self, row: str) -> str:
        """The record that a row stands for."""
        return self.view.record_key(row) if self.view is not None else row

    def _keys(self) -> list[str]:
        self._key()
        return list(dict.fromkeys(self.record_key(row) for row in self.table.chosen()))

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
        self.ask(lambda answer: self._edit_marked(keys, answer), label, start, offers=self._field_offers)
        return None

    async def _edit_marked(self, keys: Sequence[str], answer: str) -> None:
        name, equals, text = answer.partition("=")
        if not equals:
            raise WrongUse(N_("“{word}” is not field=value."), N_("Write it as status=closed."), word=answer)
        await self._set(keys, {name.strip(): text.strip()})

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

    async def _set(self, keys: Sequence[str], texts: dict[str, str]) -> None:
        await self.write(lambda: self.desk.set(keys, texts))
        self.office.last_change = LastChange(self.register, texts)
        self.say(self.keyed(_("changed: {keys}; {undo} takes it back"), keys=_some(keys)))

    async def action_edit_cell(self) -> None:
        """Change the field under the cursor."""
        await self.attempt(self._edit_cell)

    def _edit_cell(self) -> None:
        keys, column = self._keys(), self.table.current_column
        item = self.fields().get(column.name) if column else None
        if item is None or item.field.computed or item.name in ("key", "revision") or not is_register(self.register):
            raise WrongUse(
                N_("This field follows from others and is not typed."),
                N_("{why} says where it comes from."),
                **self.named("why"),
            )
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
        self.ask(lambda text: self._set(keys, {name: text.strip()}), label, before, offers=offers, wrong=wrong)

    def _wrong_cell(self, key: str, name: str, text: str) -> str:
        problems = self.desk.check(self.register, {name: text}, key)[1]
        return "; ".join(safe(problem.reason.words(_)) for problem in problems)

    async def action_fill(self) -> None:
        """The cell's value into the marked rows."""
        await self.attempt(self._fill)

    def _fill(self) -> None:
        key, column, table = self._key(), self.table.current_column, self.table
        others = [each for each in dict.fromkeys(self.record_key(row) for row in table.marked) if each != key]
        if column is None or not others:
            raise WrongUse(
                N_("There are no marked rows to fill."),
                N_("{mark} marks a row, {mark_range} a range."),
                **self.named("mark", "mark_range"),
            )
        item = self.fields()[column.name]
        text = self.desk.text(item, self.desk.values(key, [item.name])[item.name])
        self.start(self._set(others, {item.name: text}))

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
        rows = table.chosen() if table.marked else [] if view is None else view.keys[table.cursor :]
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
        if last.register != self.register or not last.texts:
            raise WrongUse(
                N_("There is no change in this list yet to make again."),
                N_("{edit} on marked rows makes one."),
                **self.named("edit"),
            )
        self.start(self._set(self._keys(), last.texts))

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

    def action_filter(self) -> None:
        """Narrow the list as one types."""
        asked = Asked("/", self.filter_text, self._filter_offers, self._narrow_to, self._wrong_filter)
        self.start(self._filter(self.prompt.ask(asked), self.filter_text))

    async def _filter(self, answer: Awaitable[str | None], before: str) -> None:
        text = await answer
        self.say("")
        self._narrow_to(before if text is None else text.strip())

    def _narrow_to(self, text: str) -> None:
        self.filter_text = text
        self.look()

    def _wrong_filter(self, text: str) -> str:
        try:
            self._made(text)
        except PmoError as error:
            return safe(f"{error.message.words(_)} {error.hint.words(_)}")
        return ""

    def _filter_offers(self, text: str) -> list[tuple[str, str]]:
        """The fields that the last word may begin, or the choices of its field."""
        head, blank, word = text.rpartition(" ")
        name, colon, value = word.partition(":")
        if not word:
            return []
        before = head + blank
        item = self.fields().get(name)
        if colon and item is not None:
            words = [each for each in item.field.choices if each.startswith(value) and each != value]
            return [(f"{before}{name}:{each} ", f"{name}:{each}  {_(each)}") for each in words]
        found = [(each, item) for each, item in self.fields().items() if each.startswith(word)][:8]
        return [(f"{before}{each}:", f"{each}:  {_(item.field.label)}") for each, item in found]

    def say_error(self, error: PmoError) -> None:
        """While a filter is typed its half-written words are no error yet."""
        if self.prompt.asking and isinstance(error, WrongUse):
            return
        super().say_error(error)

    def action_sort(self) -> None:
        """Sort by the cursor's column."""
        column = self.table.current_column
        if column is not None:
            self.sort = f"-{column.name}" if self.sort == column.name else column.name
            self.look()

    def action_view(self) -> None:
        """Recall a saved view, keep this one under a new name, or forget one."""
        self.ask(self._view, _("View (a new name keeps this one, -name forgets)"), offers=self._view_offers)

    def _view_offers(self, text: str) -> list[tuple[str, str]]:
        views = self.desk.views.names(self.register)
        return fuzzy(text, [(name, safe(f"{name}  / {view.filter}  {view.sort}")) for name, view in views.items()])

    async def _view(self, name: str) -> None:
        name = name.strip()
        kept = self.desk.views.get(self.register, name) if name else SavedView()
        if name.startswith("-"):
            gone = self.desk.views.drop(self.register, name[1:])
            self.say(
                _("forgotten: {name}").format(name=safe(name[1:]))
                if gone
                else _("there is no view {name}").format(name=safe(name[1:]))
            )
        elif kept is None:
            self.desk.views.keep(self.register, SavedView(self.filter_text, self.sort), name)
            self.say(self.keyed(_("kept as {name}; {view} brings it back"), name=safe(name)))
        else:
            self.sort = kept.sort
            self._narrow_to(kept.filter)

    def action_export(self) -> None:
        """Write the list to a file."""
        self.ask(self._export, _("Export to"), self.export_name(), offers=self._export_names)

    def export_name(self) -> str:
        """The file that is offered."""
        return f"{self.register}.csv"

    async def _export(self, name: str) -> None:
        from pmo_tui.desk.files.exporting import export_file

        if not name.strip():
            return
        words = [word for word in (self.base_filter, self.office.scope, self.filter_text) if word]
        if self.table.marked:
            words = ["key=" + ",".join(self._keys())]
        count = await asyncio.to_thread(export_file, self.desk, name, " ".join(words))
        self.say(_("{count} records in {file}").format(count=format_number(count), file=safe(name)))

    def _export_names(self, text: str) -> list[tuple[str, str]]:
        names = [f"{self.register}.csv", f"{self.register}.xlsx"]
        if self.register in ("tasks", "milestones"):
            names.insert(0, "milestones.ics")
        return [(name, name) for name in names if name.startswith(text) and name != text]

    async def action_copy(self) -> None:
        """Send the row or the marked rows to the terminal's clipboard, columns between tabs."""
        await self.attempt(self._copy)

    def _copy(self) -> None:
        from pmo_tui.screens.clipboard import send

        self._key()
        view = self.view
        names = [
            column.name
            for column in self.table.columns[: max(2, len([f for f in self.fields().values() if f.field.shown]))]
        ]
        if view is not None:
            rows = [view.index(row) for row in self.table.chosen()]
            lines = ["\t".join(view.cells(i, names)) for i in rows if i is not None]
            self.say(send(self.app, "\n".join(lines)))

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

    async def action_frequency(self) -> None:
        """How often each value of the column stands in the list."""
        from pmo_tui.screens.grouping import GroupScreen

        column, view = self.table.current_column, self.view
        if column is not None and view is not None:
            await self.attempt(
                lambda: self.app.push_screen(GroupScreen(view, self.fields()[column.name]), self._narrow)
            )

    def _narrow(self, word: str | None) -> None:
        if word:
            self.filter_text = f"{self.filter_text} {word}".strip()
            self.look()

    async def action_why(self) -> None:
        """Where the figure under the cursor comes from."""
        from pmo_tui.screens.why import WhyScreen

        column = self.table.current_column
        await self.attempt(lambda: self.app.push_screen(WhyScreen(self._key(), column.name if column else "")))


def _some(keys: Sequence[str]) -> str:
    return ", ".join(keys[:4]) + (f" … ({len(keys)})" if len(keys) > 4 else "")
