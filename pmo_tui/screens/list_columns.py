"""The columns of a list: those it has by itself, those that were chosen, how wide; and how the list is looked at as a whole."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType
from textual.widget import Widget

from pmo_tui.actions import EVERYWHERE, LIST, MOVE
from pmo_tui.desk.views.fitting import column_of
from pmo_tui.desk.views.saved_views import SavedView
from pmo_tui.records.schema import FieldOf
from pmo_tui.screens.everywhere import Everywhere
from pmo_tui.widgets.bindings import bindings
from pmo_tui.widgets.cutting import width_of
from pmo_tui.widgets.grouped_rows import GroupLine
from pmo_tui.widgets.table import Column, RegisterTable
from pmo_tui.wording.languages import _, pgettext
from pmo_tui.wording.safe import safe

if TYPE_CHECKING:
    from pmo_tui.desk.views.view import View

LABEL_ROOM = 6
"""So many columns a label may ask for beyond its field's own width; a longer one is cut."""
LOOKED_AT, WIDEST = 200, 60
"""A column as wide as what it holds is as wide as its widest cell of so many rows, and no wider than that."""


class ListColumns(Everywhere):
    """A list by its columns; its rows are the next class's matter."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(LIST)
    parts: ClassVar[tuple[str, ...]] = (LIST, EVERYWHERE, MOVE)
    choosable: ClassVar[bool] = True
    """Whether the officer chooses the columns; False where they are a picture."""
    groupable: ClassVar[bool] = True
    """Whether rows may be put together; False where their order is the picture's."""
    own_sorts: ClassVar[frozenset[str]] = frozenset()
    """Orders that are none of a field's."""
    remembered: ClassVar[bool] = True
    """Whether the list comes back as it was left."""

    def __init__(self, register: str, filter_text: str = "", sort: str = "") -> None:
        super().__init__()
        self.register = register
        self.filter_text = filter_text
        self.sort = sort
        self.chosen: tuple[str, ...] = ()
        self.group = ""
        self.base_filter = ""
        self.view: View | None = None
        self.stood = ("", "")
        """The row and the column of the cursor, which last as long as the screen is remembered."""
        self._wanted_row = ""
        self._asked_for = 0
        self._reading = False
        self._takes_long = False
        self._looked_first = False
        self._summed: tuple[object, str] = (None, "")
        self._own = SavedView(filter_text, sort)
        self._lines: tuple[View | None, list[GroupLine]] = (None, [])

    # ---- what is shown -------------------------------------------------------------------------------------------------

    def body(self) -> Iterable[Widget]:
        """The table."""
        yield RegisterTable(id="table")

    def on_mount(self) -> None:
        """The keys go to the table."""
        super().on_mount()
        self.focus_on(self.table)

    @cached_property
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

    # ---- how it is looked at -------------------------------------------------------------------------------------------

    @property
    def look_place(self) -> str:
        """Under what the lists of this screen are remembered: one register may be looked at on several screens."""
        return self.screen_name or type(self).__name__

    @property
    def look_name(self) -> str:
        """Under what this list is remembered."""
        return f"{self.look_place}.{self.register}"

    def own_look(self) -> SavedView:
        """How the list comes by itself."""
        return self._own

    def look_now(self) -> SavedView:
        """How it is looked at."""
        fields = self.fields()
        known = self.sort in self.own_sorts or all(
            word.strip().lstrip("-") in fields for word in self.sort.split(",") if word.strip()
        )
        return SavedView(self.filter_text, self.sort if known else self.own_look().sort, self.chosen, self.group)

    @property
    def order(self) -> str:
        """The order that the rows are asked for in: by the group first."""
        if not self.group or not self.groupable:
            return self.sort
        from pmo_tui.desk.views.lists import natural_order

        return ",".join(word for word in (self.group, self.sort or natural_order(self.register)) if word)

    # ---- columns -------------------------------------------------------------------------------------------------------

    def shown_columns(self) -> list[Column]:
        """Those that were chosen, behind those that stay in sight; as the list has them where none were."""
        own = self.columns()
        if not self.chosen or not self.choosable:
            return own
        known = {column.name: column for column in own}
        widths = {column_of(word)[0]: column_of(word)[1:] for word in self.chosen}
        fields, stay = self.fields(), [column.name for column in own[: self.table.sticky]]
        names = [*stay, *(name for name in widths if name not in stay and name in fields)]
        found = []
        for name in names:
            column = known.get(name) or self._column(name, fields[name])
            width, by_content = widths.get(name, (0, False))
            if by_content:
                width = self.content_width(name, column.label)
            found.append(replace(column, width=width, flexible=False) if width else column)
        return found

    def content_width(self, name: str, label: str) -> int:
        """How wide a column is that is as wide as what the first rows hold."""
        view = self.view
        rows = range(min(LOOKED_AT, len(view))) if view is not None else range(0)
        widths = [width_of(view.cells(i, [name])[0]) for i in rows] if view is not None else []
        return min(WIDEST, max([width_of(label), *widths]))

    def _column(self, name: str, item: FieldOf) -> Column:
        field = item.field
        label = safe(_(field.label))
        if name == "key" and len(label) > field.columns:
            label = pgettext("narrow column", "Key")
        return Column(name, label, max(field.columns, min(len(label), LABEL_ROOM)), field.right)

    def columns(self) -> list[Column]:
        """The columns of the table as the list has them by itself."""
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
        return [replace(self._column(name, fields[name]), flexible=name == flexible) for name in names]
