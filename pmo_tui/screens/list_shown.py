"""What a list shows: the rows that the filter and the scope leave, in groups; how it stands."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import TYPE_CHECKING

from textual import on

from pmo_tui.actions import FOLLOWS
from pmo_tui.desk.views.fitting import column_of
from pmo_tui.records.errors import PmoError, WrongUse
from pmo_tui.records.marks import N_
from pmo_tui.records.registers import is_register, register_of
from pmo_tui.records.schema import FieldOf
from pmo_tui.screens.at_ease import keep_what_was_made
from pmo_tui.screens.field_words import meaning
from pmo_tui.screens.list_columns import ListColumns
from pmo_tui.screens.together import row_signs
from pmo_tui.widgets.grouped_rows import GroupLine
from pmo_tui.widgets.table import RegisterTable
from pmo_tui.wording.languages import _
from pmo_tui.wording.numbers import format_number
from pmo_tui.wording.safe import safe

if TYPE_CHECKING:
    from pmo_tui.desk.views.view import View

NUMERIC = frozenset({"integer", "number", "money", "percent", "hours"})
SOON = 0.3
"""Seconds after which a list that is being read says so."""


class ListShown(ListColumns):
    """A list of the records of one register (or of one computed list) that a filter leaves.

    A subclass may put widgets around the table (`body`), fix a part of the filter (`base_filter`), choose columns (`column_names`).
    """

    # ---- rows ----------------------------------------------------------------------------------------------------------

    def on_mount(self) -> None:
        """What stands around the table follows its cursor."""
        self.table.follower = self.follow
        super().on_mount()

    def reload(self) -> None:
        """Filter and sort anew; a long list beside the keys."""
        self._asked_for += 1
        if self.is_ready():
            self._take(self._made(self.filter_text))
        else:
            self.read_beside()

    def is_ready(self) -> bool:
        """Whether the list, and what stands beside it, is shown within the time of a key."""
        return self.desk.is_quick(self.register)

    def work_out(self, view: View) -> None:
        """In a thread, before other rows are shown: the place to work out what the pictures beside the table stand on."""

    @property
    def looks_first(self) -> bool:
        """Whether what is shown is what was at hand, and the rest is being worked out."""
        return self._looked_first

    def first_look(self) -> View | None:
        """What is at hand of a list that has to be worked out, to be shown until it is; None where that is nothing."""
        return None

    def read_beside(self) -> None:
        """Filter and sort in a thread, one at a time: what was asked for meanwhile comes next, what was overtaken is not shown."""
        if self.view is None:
            self.status.stand(_("reading …"))
        if not self._reading:
            self._reading = True
            self.start(self._read())

    def _made(self, filter_text: str) -> View:
        words = [word for word in (self.base_filter, self.office.scope, filter_text) if word]
        return self.desk.view(self.register, " ".join(words), self.order)

    async def _read(self) -> None:
        first = self.view is None
        try:
            if first:
                await self.painted()
                await self._look_first()
            seen = 0
            while seen != self._asked_for:
                seen = self._asked_for
                await self._read_once(seen, self.filter_text)
        finally:
            self._reading = self._takes_long = False
            if first:
                keep_what_was_made()

    async def _look_first(self) -> None:
        view = await asyncio.to_thread(self.first_look)
        if view is not None:
            self._takes_long = self._looked_first = True
            self._take(view)
            await self.painted()

    async def _read_once(self, asked_for: int, filter_text: str) -> None:
        work = asyncio.create_task(asyncio.to_thread(self._made_with_lines, filter_text))
        done, _rest = await asyncio.wait({work}, timeout=SOON)
        if not done:
            self._takes_long = True
            self._say_reading()
        try:
            view, lines = await work
        except PmoError:
            if asked_for == self._asked_for:
                raise
            return
        if asked_for == self._asked_for:
            untouched = self._looked_first and self.table.row == 0 and not self.table.marked
            self._takes_long = self._looked_first = False
            self._lines = (view, lines)
            self._take(view)
            if untouched:
                self.table.move_to(0)

    def _say_reading(self) -> None:
        if self.view is None:
            self.status.stand(_("reading …"))
        else:
            self.show_standing()

    def _made_with_lines(self, filter_text: str) -> tuple[View, list[GroupLine]]:
        view = self._made(filter_text)
        self.work_out(view)
        return view, self._group_lines(view)

    def _take(self, view: View) -> None:
        self.view = view
        table = self.table
        words = view.sort.split(",")
        first = self.sort.split(",")[0] if self.sort else (words[1:] or [""])[0] if self.group else words[0]
        table.sorted_by = (first.lstrip("-"), first.startswith("-"))
        table.hint = self.hint(view)
        if self._lines[0] is not view:
            self._lines = (view, self._group_lines(view))
        table.show(view, self.shown_columns(), self._lines[1])
        if self._wanted_row:
            wanted, self._wanted_row = self._wanted_row, ""
            self.stand_on(wanted)
        self.show_standing()
        self.taken()
        self.moved()

    def _group_lines(self, view: View) -> list[GroupLine]:
        """The lines over the groups, and one for all of them at the end."""
        name = self.group.lstrip("-")
        if not name or name not in view.fields or not self.groupable or not len(view):
            return []
        from pmo_tui.desk.views.grouping import groups_of, is_summed, total_of
        from pmo_tui.screens.grouping import sum_words

        fields = view.fields
        columns = [column_of(word)[0] for word in self.chosen] or [each for each in fields if fields[each].field.shown]
        summed = [each for each in columns if each in fields and each != name and is_summed(fields[each])]
        groups = groups_of(view, fields[name], summed)
        label = safe(_(fields[name].field.label))
        found = [
            GroupLine(
                group.first,
                f"{label}: {view.cells(group.first, [name])[0] or '–'}",
                format_number(group.count),
                sum_words(group, fields),
            )
            for group in groups
        ]
        total = total_of(groups)
        return [*found, GroupLine(len(view), _("Total"), format_number(total.count), sum_words(total, fields))]

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

    def follow(self) -> None:
        """The cursor stands on another row."""
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
        self._stands()
        left = [_("reading …")] * self._takes_long + self.standing_words()
        place = f"{format_number(table.row + 1)} / {format_number(len(view))}" if len(view) else _("nothing here")
        if len(view) != view.total:
            place += " " + _("of {total}").format(total=format_number(view.total))
        self.status.stand("   ".join(left), place, whole=self.says_more_than_the_count())

    def says_more_than_the_count(self) -> bool:
        """Whether the status line says what is not to be cut for the count of rows at its right."""
        return False

    def others_changed(self) -> None:
        """A sign at the rows that colleagues edit or have open."""
        signs = row_signs(self.desk)
        if signs != self.table.signs:
            self.table.signs = signs
            self.table.repaint()

    def _stands(self) -> None:
        column = self.table.current_column
        self.stood = (self.table.key or "", column.name if column is not None else "")
        if self.remembered:
            self.desk.last_looks.places[self.look_name] = self.stood[0]

    def stand_on(self, row: str, column: str = "") -> None:
        """Put the cursor on a row, as soon as that is there, and into a column."""
        place = next((i for i, each in enumerate(self.table.columns) if each.name == column), None)
        if place is not None:
            self.table.go_to_column(place)
        found = self.table.rows.index(row) if row else None
        if found is not None:
            self.table.move_to(found)
        elif self.view is None:
            self._wanted_row = row

    def expect(self, *rows: str) -> None:
        """Put the cursor on the first of some rows that were just written: of those that are here now, else when the list has it."""
        here = next((row for row in rows if self.table.rows.index(row) is not None), None)
        if here is not None:
            self.stand_on(here)
        else:
            self._wanted_row = next((row for row in rows if register_of(row).name == self.register), "")

    def standing_words(self) -> list[str]:
        """What the status line says on its left: what the marked cells add up to, and the filter, which is what may be cut; safe text."""
        words = [f"/ {safe(self.filter_text)}"] if self.filter_text else []
        return [self._marked_sum(), *words] if self.table.marked else words

    def _marked_sum(self) -> str:
        """How many are marked; sum, mean and count of their cells in the cursor's column, where that holds figures."""
        table, view = self.table, self.view
        text = _("{count} marked").format(count=format_number(len(table.marked)))
        column = table.current_column
        item = self.fields().get(column.name) if column else None
        if view is None or item is None or item.field.kind not in NUMERIC:
            return text
        at = (id(view), item.name, len(table.marked), table.marking)
        if self._summed[0] != at:
            self._summed = (at, self._marked_words(view, item))
        return text + self._summed[1]

    def _marked_words(self, view: View, item: FieldOf) -> str:
        from pmo_tui.desk.views.grouping import sums_of_rows

        sums, count = sums_of_rows(view, item, self.table.marked)
        label = safe(_(item.field.label))
        if sums.mixed:
            return "; " + _("{label}: several currencies, count {count}").format(
                label=label, count=format_number(count)
            )
        if sums.whole is None:
            return ""
        words = _("{label}: sum {total}, mean {mean}, count {count}")
        return "; " + words.format(
            label=f"{label} {safe(sums.currency)}".rstrip(),
            total=format_number(sums.whole),
            mean=format_number(sums.whole / count, 2),
            count=format_number(count),
        )

    def otherwise(self) -> Mapping[str, str]:
        """Nothing is written in a list that follows from others; some have columns and groups of their own."""
        lacks = [id for id, has in (("columns", self.choosable), ("group", self.groupable)) if not has]
        return {**({} if is_register(self.register) else FOLLOWS), **dict.fromkeys(lacks, ""), **super().otherwise()}

    def field_in_focus(self) -> str:
        """The field of the column under the cursor."""
        columns = self.table.columns
        return columns[self.table.column].name if self.table.column < len(columns) else ""

    def help_fields(self) -> list[tuple[str, str]]:
        """The fields of the list, with what they mean."""
        return [(name, meaning(item)) for name, item in self.fields().items()]

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
