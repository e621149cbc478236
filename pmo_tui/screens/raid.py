"""Risks, issues, actions and decisions as one log: four registers under one scope, one after the other on the same screen."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pmo_tui.actions import action, key_name, keys_of
from pmo_tui.desk.raid import steps as raid
from pmo_tui.desk.raid.risk_log import OPEN, RAID, node_of, shared_words
from pmo_tui.desk.views.filter import TOKEN
from pmo_tui.desk.views.saved_views import SavedView
from pmo_tui.records.errors import PmoError
from pmo_tui.records.marks import N_
from pmo_tui.records.registers import by_name
from pmo_tui.screens.listing import ListScreen
from pmo_tui.widgets.lines import OneLine
from pmo_tui.widgets.table import Column
from pmo_tui.wording.languages import _, pgettext
from pmo_tui.wording.numbers import format_number
from pmo_tui.wording.safe import safe

if TYPE_CHECKING:
    from collections.abc import Sequence

SORTED = {"risks": "-score", "issues": "-priority,due", "actions": "due", "decisions": "due"}
"""What stands first in each register until another order is asked for."""
COLUMNS = {
    "issues": ("key", "title", "project", "priority", "owner", "due", "status", "raised_on"),
    "actions": ("key", "title", "project", "owner", "due", "status", "about"),
    "decisions": ("key", "title", "project", "due", "status", "decided_by", "decided_on"),
}
"""What stands first in each, so that a narrow screen shows when it is due."""
WIDTHS = {"key": 6, "title": 20, "project": 8, "priority": 8, "owner": 10, "status": 9, "due": 10}
NOT_AT_THE_FOOT = frozenset({"map", "reviewed", "happened", "delete", "sort", "palette"})
"""Keys that make room at the foot for others."""
SINCE = {"risks": "identified_on", "issues": "raised_on"}
"""What a new record says of when it came up."""


@dataclass(frozen=True, slots=True)
class _Kept:
    """How a register was looked at before another one was: the part of its filter that the others do not share, and its order."""

    filter_text: str
    sort: str


class RaidScreen(ListScreen):
    """One of the four registers at a time. What is closed is left out until it is asked for."""

    def __init__(self) -> None:
        super().__init__("risks", sort=SORTED["risks"])
        self.closed_too = False
        self._looks: dict[str, _Kept] = {}
        self._counted: tuple[object, dict[str, tuple[int, int]]] = (None, {})

    # ---- what is shown ---------------------------------------------------------------------------------------------------

    def base_words(self) -> list[str]:
        """What the filter begins with, whatever is typed."""
        return [] if self.closed_too else [OPEN[self.register]]

    def own_look(self) -> SavedView:
        """In the register's own order."""
        return SavedView("", SORTED[self.register])

    def reload(self) -> None:
        """The records as they are now."""
        self.base_filter = " ".join(self.base_words())
        super().reload()

    def taken(self) -> None:
        """The line of registers."""
        self.query_one("#registers", OneLine).put(self._registers(), "  ".join(self.notes()))

    def _registers(self) -> str:
        """The four of them with how many are open and late; the one that is shown in brackets."""
        found = []
        for name, (count, late) in self.counts().items():
            text = f"{_(by_name(name).label)} {format_number(count)}"
            if late and name == self.register:
                text += " " + _("({count} late)").format(count=format_number(late))
            found.append(f"[{text}]" if name == self.register else f" {text} ")
        return " ".join(found)

    def notes(self) -> list[str]:
        """What the list is narrowed to beyond the filter; safe text."""
        return [_("closed too")] if self.closed_too else []

    def counts(self) -> dict[str, tuple[int, int]]:
        """How many of each register are open inside the scope and the filter, and how many of those late; of the others only what they share
        of the filter."""
        words = {name: self.filter_text if name == self.register else self._shared(name)[0] for name in RAID}
        at = (self.desk.store.head(), self.desk.today(), self.office.scope, tuple(words.values()))
        if self._counted[0] != at:
            found = {name: self.desk.risk_log.count_open(name, f"{self.office.scope} {words[name]}") for name in RAID}
            self._counted = (at, found)
        return self._counted[1]

    def _shared(self, name: str) -> tuple[str, str]:
        return shared_words(self.filter_text, self.fields(), self.desk.fields(name))

    def column_names(self) -> list[str]:
        """First what a narrow screen has room for."""
        first = list(COLUMNS.get(self.register, ()))
        return first + [name for name in super().column_names() if name not in first]

    def columns(self) -> list[Column]:
        """Narrower than their fields ask for, for the same reason."""
        labels = {"key": pgettext("narrow column", "Key")}
        return [
            replace(column, width=WIDTHS.get(column.name, column.width), label=labels.get(column.name, column.label))
            for column in super().columns()
        ]

    def left_at_the_foot(self) -> frozenset[str]:
        """Which actions are not named at the foot."""
        return NOT_AT_THE_FOOT

    def footer_keys(self) -> list[tuple[str, str]]:
        """The log's own keys among those of every list."""
        left_out = {keys_of(action(id), self.office.keymap)[:1] for id in self.left_at_the_foot()}
        names = {key_name(keys[0]) for keys in left_out if keys}
        return [pair for pair in super().footer_keys() if pair[0] not in names]

    # ---- from one register to the next ---------------------------------------------------------------------------------------

    def action_raid_next(self) -> None:
        """The next register."""
        self._step(1)

    def action_raid_previous(self) -> None:
        """The one before."""
        self._step(-1)

    def _step(self, by: int) -> None:
        try:
            self.show_register(RAID[(RAID.index(self.register) + by) % len(RAID)])
        except PmoError as error:
            self.say_error(error)

    def show_register(self, name: str) -> None:
        """Show one of the four; the filter keeps what both know, and what was asked of this one before."""
        shared, own = self._shared(name)
        self._looks[self.register] = _Kept(own, self.sort)
        before = self._looks.get(name) or _Kept(*self.left(name, SORTED[name]))
        self.register, self.sort = name, before.sort
        self.filter_text = " ".join(dict.fromkeys([*TOKEN.findall(shared), *TOKEN.findall(before.filter_text)]))
        self.recall_columns()
        self.table.unmark()
        self.table.cursor = 0
        self.dress()
        self.look()

    # ---- gestures --------------------------------------------------------------------------------------------------------------

    def new_values(self) -> dict[str, str]:
        """A new record belongs to the node that is looked at, and came up today."""
        node = node_of(self.desk, self.office.scope)
        found = {"project": node} if node else {}
        if self.register in SINCE:
            found[SINCE[self.register]] = self.desk.today().isoformat()
        return found

    def action_closed_too(self) -> None:
        """Show or hide what is closed."""
        self.closed_too = not self.closed_too
        self.look()

    async def action_close(self) -> None:
        """Be done with the record or the marked ones."""
        await self.attempt(self._close)

    def _close(self) -> None:
        keys = self._keys()
        if self.register == "decisions":
            label = _("{keys}: decided by").format(keys=", ".join(keys[:3]))
            self.ask(
                lambda name: self._close_them(keys, name.strip()), label, offers=self._deciders, wrong=self._nobody
            )
        else:
            self.start(self._close_them(keys, ""))

    async def _close_them(self, keys: Sequence[str], decided_by: str) -> None:
        register = self.register
        await self.write(lambda: raid.close(self.desk, register, keys, decided_by))
        self.repeatable(keys, lambda here, others: here._close_them(others, decided_by))
        self.say(
            self.keyed(_("{keys}: {status}; {undo} takes it back"), keys=", ".join(keys[:4]), status=_(ENDED[register]))
        )

    def _nobody(self, text: str) -> str:
        return "" if text.strip() else _("Who decided? A board, or a person; not the office.")

    def _deciders(self, text: str) -> list[tuple[str, str]]:
        """Who decided before."""
        column = self.desk.columns.column("decisions", self.desk.fields("decisions")["decided_by"])
        names = sorted({name for name in column.values() if name and text.casefold() in name.casefold()})
        return [(name, safe(name)) for name in names[:8] if name != text]


ENDED = {"risks": N_("closed"), "issues": N_("closed"), "actions": N_("done"), "decisions": N_("taken")}
"""What a record of each register is when one is done with it."""
