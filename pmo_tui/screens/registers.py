"""Every register, chosen by its two letters or with the cursor."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from textual import on
from textual.binding import Binding
from textual.events import Key
from textual.message import Message
from textual.widget import Widget

from pmo_tui.actions import EVERYWHERE, MOVE
from pmo_tui.keymaps import TOP_AGAIN, VIM
from pmo_tui.records.marks import N_
from pmo_tui.records.registers import REGISTERS, Register
from pmo_tui.screens.everywhere import Everywhere
from pmo_tui.screens.office import Office
from pmo_tui.widgets.cutting import fit
from pmo_tui.widgets.text_page import TextLine, TextPage, line
from pmo_tui.wording.languages import _
from pmo_tui.wording.numbers import format_number

GROUPS = {"planning": N_("Planning"), "money": N_("Money"), "people": N_("People"), "governance": N_("Governance")}
LABEL, COUNT, LETTERS = 26, 9, 6
MARGIN = 9
WIDE = 100
"""From so many columns on a line says what the list of its register shows."""


class LettersPage(TextPage):
    """A page whose lines are chosen by letters; the first of two waits for the second."""

    class Typed(Message):
        """Letters were typed that begin a register's."""

        def __init__(self, letters: str) -> None:
            super().__init__()
            self.letters = letters

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.begun = ""

    def on_key(self, event: Key) -> None:
        """Letters that begin a register's choose it; every other key means what it means elsewhere."""
        letter = event.character or ""
        if self.begun == letter == TOP_AGAIN and isinstance(self.app, Office) and self.app.desk.config.keys == VIM:
            event.stop()
            event.prevent_default()
            self.begun = ""
            self.action_first()
            return
        if len(letter) == 1 and letter.isalpha() and letter.islower():
            typed = self.begun + letter
            if any(register.letters.startswith(typed) for register in REGISTERS):
                event.stop()
                event.prevent_default()
                self.begun = typed
                self.post_message(self.Typed(typed))
                return
        self.begun = ""

    def action_first(self) -> None:
        """The first register, below the heading of its group."""
        super().action_first()
        for target in self.targets()[:1]:
            self.move_to(self.place_of(target) or 0)


class RegistersScreen(Everywhere):
    """The list of registers with how many records each holds."""

    BINDINGS = [Binding("enter", "open_line", show=False)]
    parts = (EVERYWHERE, MOVE)
    screen_name = "registers"

    def heading(self) -> str:
        """Registers."""
        return _("Registers")

    def body(self) -> Iterable[Widget]:
        """The page."""
        yield LettersPage(id="page")

    def on_mount(self) -> None:
        """The keys go to the page."""
        super().on_mount()
        self.focus_on(self.query_one(LettersPage))

    def footer_keys(self) -> list[tuple[str, str]]:
        """Letters or the cursor."""
        return [("ri …", _("two letters")), ("⏎", _("Open")), *super().footer_keys()]

    def reload(self) -> None:
        """How many there are now."""
        lines: list[TextLine] = []
        for group, registers in groupby(REGISTERS, key=lambda register: register.group):
            lines.append(line(_(GROUPS[group]), "strong"))
            for register in registers:
                count = format_number(self.desk.list_size(register.name))
                pieces = (
                    (f"  {fit(register.letters, LETTERS)}", "key"),
                    (fit(_(register.label), LABEL), ""),
                    (fit(count, COUNT, True), "faint"),
                    (self._columns_of(register), "faint"),
                )
                lines.append(TextLine(pieces, register.name))
        self.query_one(LettersPage).show(lines)

    def _columns_of(self, register: Register) -> str:
        """What its list shows of a record, where there is room to say so."""
        room = self.app.size.width - LETTERS - LABEL - COUNT - MARGIN
        labels = [_(item.field.label) for name, item in register.fields.items() if item.field.shown and name != "key"]
        return "   " + fit(" · ".join(labels), room) if self.app.size.width >= WIDE else ""

    def on_resize(self) -> None:
        """There is more or less room."""
        if self.is_mounted:
            self.reload()

    @on(LettersPage.Typed)
    async def _typed(self, event: LettersPage.Typed) -> None:
        """Open the register of two letters, or wait for the second."""
        letters = event.letters
        found = next((register for register in REGISTERS if register.letters == letters), None)
        page = self.query_one(LettersPage)
        if found is not None:
            page.begun = ""
            await self.open_register(found.name)
        else:
            self.say(_("{letters} …").format(letters=letters))

    async def action_open_line(self) -> None:
        """Open the register under the cursor."""
        target = self.query_one(LettersPage).target
        if target:
            await self.open_register(target)
