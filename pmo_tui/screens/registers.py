"""Every register, chosen by its two letters or with the cursor."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.events import Key
from textual.message import Message
from textual.widget import Widget

from pmo_tui.actions import EVERYWHERE, MOVE
from pmo_tui.records.marks import N_
from pmo_tui.records.registers import REGISTERS, Register
from pmo_tui.screens.everywhere import Everywhere
from pmo_tui.widgets.bindings import bindings
from pmo_tui.widgets.cutting import fit
from pmo_tui.widgets.text_page import TextLine, TextPage, line
from pmo_tui.wording.languages import _
from pmo_tui.wording.numbers import format_number
from pmo_tui.wording.safe import safe

GROUPS = {"planning": N_("Planning"), "money": N_("Money"), "people": N_("People"), "governance": N_("Governance")}
LABEL, COUNT, LETTERS = 26, 9, 6
FULL = 2
"""So many letters a register has."""
MARGIN = 9
WIDE = 100
"""From so many columns on a line says what the list of its register shows."""


class LettersPage(TextPage):
    """A page whose lines are chosen by letters; the first of two waits for the second, and until that comes, or esc, no sign acts."""

    class Typed(Message):
        """Letters were typed: those that begin a register's, and after them what goes on with none, "" where nothing was wrong."""

        def __init__(self, letters: str, wrong: str = "") -> None:
            super().__init__()
            self.letters = letters
            self.wrong = wrong

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.begun = ""

    def on_key(self, event: Key) -> None:
        """Letters that begin a register's choose it; any other key means what it means elsewhere, but after a first letter."""
        sign = event.character if event.is_printable and event.character else ""
        goes_on = bool(sign) and bool(registers_of(self.begun + sign))
        if not goes_on and not (self.begun and (sign or event.key == "escape")):
            self.begun = ""
            return
        event.stop()
        event.prevent_default()
        if goes_on:
            self.begun += sign
        elif not sign:
            self.begun = ""
        self.post_message(self.Typed(self.begun, "" if goes_on else sign))

    def action_first(self) -> None:
        """The first register, below the heading of its group."""
        super().action_first()
        for target in self.targets()[:1]:
            self.move_to(self.place_of(target) or 0)


class RegistersScreen(Everywhere):
    """The list of registers with how many records each holds."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("registers")
    parts = ("registers", EVERYWHERE, MOVE)
    screen_name = "registers"
    signs_title = N_("Two letters open a register")

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
        return [("ri …", _("two letters")), *super().footer_keys()]

    def signs(self) -> list[tuple[str, str]]:
        """The letters of every register."""
        return [(register.letters, _(register.label)) for register in REGISTERS]

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
        """Open the register of two letters, or say how the first goes on."""
        found = registers_of(event.letters) if event.letters else []
        if len(event.letters) == FULL and not event.wrong:
            self.query_one(LettersPage).begun = ""
            await self.open_register(found[0].name)
            return
        goes_on = " · ".join(f"{register.letters} {_(register.label)}" for register in found)
        if event.wrong:
            text = _("no register is {letters}; esc leaves the letters: {registers}")
            self.say(text.format(letters=safe(event.letters + event.wrong), registers=goes_on), error=True)
        else:
            self.say(f"{event.letters} … {goes_on}" if goes_on else "")

    async def action_open_register(self) -> None:
        """Open the register under the cursor."""
        target = self.query_one(LettersPage).target
        if target:
            await self.open_register(target)


def registers_of(letters: str) -> list[Register]:
    """The registers whose letters begin so."""
    return [register for register in REGISTERS if register.letters.startswith(letters)]
