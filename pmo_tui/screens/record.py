"""One record with every field that holds something, and what refers to it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Any, ClassVar

import msgspec
from textual.binding import BindingType

from pmo_tui.actions import EVERYWHERE, MOVE, RECORD
from pmo_tui.desk.doubtful_numbers import doubt_words
from pmo_tui.records.registers import looks_like_key, register_of
from pmo_tui.records.schema import FieldOf, fields_of
from pmo_tui.screens.everywhere import Everywhere
from pmo_tui.screens.field_words import meaning
from pmo_tui.screens.text_screen import OneOfMany
from pmo_tui.screens.together import who_is_here
from pmo_tui.widgets.bindings import bindings
from pmo_tui.widgets.cutting import fit, width_of
from pmo_tui.widgets.text_page import TextLine, line, two_columns
from pmo_tui.wording.languages import _
from pmo_tui.wording.safe import safe, safe_lines

WIDEST_LABEL = 20
REFERRERS = 12
"""How many records that refer to this one are listed a register."""
FIELD = "field:"


class RecordScreen(OneOfMany):
    """A record. Enter on a reference opens what it refers to; `siblings` are the list it was opened from."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(RECORD)
    parts = (RECORD, EVERYWHERE, MOVE)

    def __init__(self, key: str, siblings: Sequence[str] = ()) -> None:
        super().__init__(key, siblings)
        self.who = ""

    def heading(self) -> str:
        """What kind of record, its key and its title."""
        title = self.desk.title(self.key)
        return f"{_(register_of(self.key).one)} {self.key}" + (f" · {safe(title)}" if title != self.key else "")

    def reload(self) -> None:
        """The fields as they are now."""
        if self.desk.record(self.key) is None:
            self.page.show(
                [
                    line(
                        self.keyed(
                            _(
                                "{key} was deleted. {undo} brings back what you deleted yourself; {record_history} says who did it."
                            ),
                            key=self.key,
                        ),
                        "late",
                    )
                ]
            )
            return
        self.page.show([*self._who(), *self._fields(), *self._referrers()])
        self.status.stand("", self.standing())

    def place(self) -> tuple[str, bool]:
        """This record."""
        return self.key, False

    def others_changed(self) -> None:
        """Who else is at the record stands on top of it."""
        if who_is_here(self.desk, self.key) != self.who:
            self.reload()

    # ---- what is shown -------------------------------------------------------------------------------------------------

    def _who(self) -> list[TextLine]:
        self.who = who_is_here(self.desk, self.key)
        return [line(self.who, "amber")] if self.who else []

    def _fields(self) -> list[TextLine]:
        entry = self.desk.entry(self.key)
        items = self.desk.fields(entry.register.name)
        width = min(WIDEST_LABEL, max(width_of(_(item.field.label)) for item in items.values()))
        found: list[TextLine] = []
        for name, value in entry.values.items():
            if value not in (None, "", []) and items[name].row is None and name != "revision":
                found += self._field(items[name], value, entry.values, width)
        for name, value in entry.values.items():
            if value and items[name].row is not None:
                found += self._rows(items[name], value, entry.values, width)
        return found

    def _field(self, item: FieldOf, value: Any, values: dict[str, Any], width: int) -> list[TextLine]:
        label = safe(_(item.field.label))
        if item.field.kind == "long":
            lines = safe_lines(value) or [""]
            first = two_columns(label, lines[0], width, "", FIELD + item.name)
            return [first, *(two_columns("", each, width) for each in lines[1:])]
        if item.field.kind == "reference" and looks_like_key(str(value)):
            title = self.desk.title(value)
            shown = value if title == value else f"{safe(title)}  {value}"
            return [two_columns(label, shown, width, "key", value)]
        shown = self.desk.cell(item, value, values)
        doubt = doubt_words(item.name, value)
        if doubt:
            shown = f"{shown}  ⚠ {safe(doubt)}"
        return [two_columns(label, shown, width, self.desk.tone(item, value, values), FIELD + item.name)]

    def _rows(self, item: FieldOf, rows: list[Any], values: dict[str, Any], width: int) -> list[TextLine]:
        if item.name == "predecessors":
            links = [(str(link.task), self.desk.predecessors([link], values.get("project"))) for link in rows]
            return [
                two_columns(
                    safe(_(item.field.label)) if not i else "",
                    f"{safe(text)}  {safe(self.desk.title(key))}",
                    width,
                    "key",
                    key,
                )
                for i, (key, text) in enumerate(links)
            ]
        assert item.row is not None
        inner = fields_of(item.row)
        plain = [
            msgspec.structs.asdict(row) if isinstance(row, msgspec.Struct) else {n: getattr(row, n) for n in inner}
            for row in rows
        ]
        used = [name for name in inner if any(row[name] not in (None, "", []) for row in plain)]
        cells = [[self.desk.cell(inner[name], row[name], {**values, **row}) for name in used] for row in plain]
        labels = [safe(_(inner[name].field.label)) for name in used]
        widths = [min(28, max(width_of(each[i]) for each in [labels, *cells])) for i in range(len(used))]
        rights = [inner[name].field.right for name in used]
        found = [line(), line(safe(_(item.field.label)), "strong", FIELD + item.name)]
        for each, tone in [(labels, "faint"), *((row, "") for row in cells)]:
            text = "  ".join(fit(part, size, right) for part, size, right in zip(each, widths, rights, strict=True))
            found.append(TextLine(((f"  {text.rstrip()}", tone),), "", 4))
        return found

    def _referrers(self) -> list[TextLine]:
        found: list[TextLine] = []
        for name, keys in self.desk.referrers(self.key).items():
            label = f"{_(self.desk.list_label(name))} ({len(keys)})"
            found += [line(), line(label, "strong")]
            for key in keys[:REFERRERS]:
                found.append(TextLine(((f"  {fit(key, 8)} ", "key"), (safe(self.desk.summary(key)), "")), key, 11))
            if len(keys) > REFERRERS:
                found.append(line(_("  … and {count} more").format(count=len(keys) - REFERRERS), "faint"))
        return found

    def field_in_focus(self) -> str:
        """The field of the line under the cursor."""
        return self.page.target.removeprefix(FIELD) if self.page.target.startswith(FIELD) else ""

    def help_fields(self) -> list[tuple[str, str]]:
        """The fields of the register."""
        return [(name, meaning(item)) for name, item in self.desk.fields(register_of(self.key).name).items()]

    # ---- the way back to it ----------------------------------------------------------------------------------------------

    def again(self) -> Callable[[], Everywhere]:
        """The record, and the list it was opened from."""
        key, others = self.key, self.others
        return lambda: RecordScreen(key, others)

    # ---- gestures --------------------------------------------------------------------------------------------------------

    async def action_follow(self) -> None:
        """Open what the line refers to, or the form at its field."""
        target = self.page.target
        await self.attempt(
            lambda: self.open_record(target) if looks_like_key(target) else self._form(target.removeprefix(FIELD))
        )

    async def action_edit_record(self) -> None:
        """Change the record."""
        await self.attempt(lambda: self._form(""))

    def _form(self, field: str) -> Awaitable[Any]:
        from pmo_tui.screens.form import FormScreen

        self.desk.entry(self.key)
        return self.app.push_screen(FormScreen("", self.key, at=field), self._saved)

    def _saved(self, key: str | None) -> None:
        if key:
            self.look()
            self.say(self.keyed(_("{key} written; {undo} takes it back"), key=key))

    def action_delete_record(self) -> None:
        """Delete it."""
        self.start(self._delete())

    async def _delete(self) -> None:
        await self.write(lambda: self.desk.delete([self.key]))
        self.say(self.keyed(_("deleted: {keys}; {undo} brings it back"), keys=self.key))

    async def action_record_history(self) -> None:
        """Who changed it."""
        from pmo_tui.screens.history import HistoryScreen

        await self.app.push_screen(HistoryScreen(self.key))

    async def action_record_why(self) -> None:
        """Where the figure comes from."""
        from pmo_tui.screens.why import WhyScreen

        name = self.page.target.removeprefix(FIELD)
        await self.attempt(lambda: self.app.push_screen(WhyScreen(self.key, name).asked()))

    def action_record_copy(self) -> None:
        """The page as text to the clipboard."""
        from pmo_tui.screens.clipboard import send

        self.say(send(self.office, self.page.text))

    def action_next_record(self) -> None:
        """The next of the list."""
        self.step(1)

    def action_previous_record(self) -> None:
        """The one before."""
        self.step(-1)
