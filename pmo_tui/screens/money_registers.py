"""Invoices, orders, receipts, contracts and suppliers in one place: five registers under one scope, one after the other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pmo_tui.desk.money.money_chain import CHAIN, related
from pmo_tui.desk.views.saved_views import SavedView
from pmo_tui.records.errors import PmoError
from pmo_tui.records.marks import N_
from pmo_tui.screens.listing import ListScreen
from pmo_tui.widgets.cutting import width_of
from pmo_tui.widgets.lines import OneLine
from pmo_tui.wording.languages import _
from pmo_tui.wording.numbers import format_number

if TYPE_CHECKING:
    from collections.abc import Sequence

LABELS = {
    "invoices": N_("Invoices"), "orders": N_("Orders"), "receipts": N_("Receipts"), "contracts": N_("Contracts"),
    "suppliers": N_("Suppliers"),
}  # fmt: skip
OPEN = {
    "invoices": "-status:paid,credited,cancelled,returned", "orders": "status:open,draft", "receipts": "",
    "contracts": "-status:ended", "suppliers": "-status:ended",
}  # fmt: skip
"""What of each register still asks for something, as a filter."""
SORTED = {
    "invoices": "due_date", "orders": "-ordered_on", "receipts": "-received_on", "contracts": "notice_by", "suppliers": "name",
}  # fmt: skip
"""What stands first in each register until another order is asked for."""


@dataclass(frozen=True, slots=True)
class _Look:
    """How a register was looked at before another one was."""

    filter_text: str = ""
    sort: str = ""


class MoneyRegisters(ListScreen):
    """One of the five registers at a time; the cursor follows from an invoice to its order, receipt, contract and supplier."""

    def __init__(self) -> None:
        super().__init__("invoices", sort=SORTED["invoices"])
        self.settled_too = False
        self._looks: dict[str, _Look] = {}
        self._counted: tuple[object, dict[str, int]] = (None, {})

    # ---- what is shown ---------------------------------------------------------------------------------------------------

    def base_words(self) -> list[str]:
        """What the filter begins with, whatever is typed."""
        return [] if self.settled_too or not OPEN[self.register] else [OPEN[self.register]]

    def own_look(self) -> SavedView:
        """In the register's own order."""
        return SavedView("", SORTED[self.register])

    def reload(self) -> None:
        """The records as they are now."""
        self.base_filter = " ".join(self.base_words())
        super().reload()

    def taken(self) -> None:
        """The line of registers; where there is little room first the counts of the others give way, then the notes."""
        notes = "  ".join(self.notes())
        room = self.size.width - 2
        choices = [(self._registers(every=True), notes), (self._registers(every=False), notes)]
        found = next((each for each in choices if width_of("  ".join(each)) <= room), (choices[-1][0], ""))
        self.query_one("#registers", OneLine).put(*found)

    def notes(self) -> Sequence[str]:
        """What the list is narrowed to beyond the filter; safe text."""
        return [_("closed too")] if self.settled_too else []

    def _registers(self, *, every: bool) -> str:
        """The five of them, the one that is shown in brackets; how many ask for something of that one, or of `every` one."""
        found = []
        for name, count in self.counts().items():
            shown = name == self.register
            text = _(LABELS[name]) + (f" {format_number(count)}" if shown or every else "")
            found.append(f"[{text}]" if shown else f" {text} ")
        return " ".join(found)

    def counts(self) -> dict[str, int]:
        """How many of each register ask for something inside the scope; of the one that is shown inside its filter."""
        scope, words = self.office.scope, {self.register: self.filter_text}
        at = (self.desk.store.head(), scope, *words.items())
        if self._counted[0] != at:
            found = {name: len(self.desk.view(name, f"{OPEN[name]} {scope} {words.get(name, '')}")) for name in CHAIN}
            self._counted = (at, found)
        return self._counted[1]

    # ---- from one register to the next ---------------------------------------------------------------------------------------

    def action_money_next(self) -> None:
        """The next register."""
        self._step(1)

    def action_money_previous(self) -> None:
        """The one before."""
        self._step(-1)

    def _step(self, by: int) -> None:
        try:
            self.show_register(CHAIN[(CHAIN.index(self.register) + by) % len(CHAIN)])
        except PmoError as error:
            self.say_error(error)

    def show_register(self, name: str) -> None:
        """Show one of the five, at the record that belongs to the one under the cursor."""
        key = self.table.key
        there = related(self.desk, key, name) if key and self.desk.record(key) is not None else None
        self._looks[self.register] = _Look(self.filter_text, self.sort)
        look = self._looks.get(name) or _Look(*self.left(name, SORTED[name]))
        self.register, self.filter_text, self.sort = name, look.filter_text, look.sort
        self.recall_columns()
        self.table.unmark()
        self.table.cursor = 0
        self.dress()
        self.look()
        found = self.view.index(there) if self.view is not None and there else None
        if found is not None:
            self.table.move_to(found)

    def action_settled_too(self) -> None:
        """Show or hide what is settled."""
        self.settled_too = not self.settled_too
        self.look()
