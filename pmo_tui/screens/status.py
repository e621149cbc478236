"""Status updates: a row a project for a period, who has reported and who has not; taken down one after the other, copied, asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import BindingType
from textual.containers import Container
from textual.widget import Widget

from pmo_tui.actions import EVERYWHERE, LIST, MOVE, action, key_name, keys_of
from pmo_tui.analysis import status as rules
from pmo_tui.desk.raid.risk_log import node_of
from pmo_tui.desk.reports import status
from pmo_tui.desk.reports.outbox import status_item
from pmo_tui.desk.reports.status_list import LABELS, NAME, StatusView
from pmo_tui.exchange.report_blocks import day_words, period_words
from pmo_tui.records.errors import WrongUse
from pmo_tui.records.marks import N_
from pmo_tui.records.reports import DIMENSIONS
from pmo_tui.screens.listing import ListScreen
from pmo_tui.screens.report_page import PageScreen
from pmo_tui.screens.status_form import StatusForm
from pmo_tui.widgets.bindings import bindings
from pmo_tui.widgets.cutting import width_of
from pmo_tui.widgets.lines import OneLine
from pmo_tui.widgets.table import Column, RegisterTable
from pmo_tui.widgets.text_page import TextLine, TextPage, line, two_columns
from pmo_tui.wording.languages import _
from pmo_tui.wording.numbers import format_number
from pmo_tui.wording.rag import letter, rag_text
from pmo_tui.wording.safe import safe, safe_lines

if TYPE_CHECKING:
    from pmo_tui.desk.agenda import Entry
    from pmo_tui.desk.views.view import View

WIDE, TALL = 116, 20
SHORT = {"rag": N_("RAG"), "rag_computed": N_("Rule")}
NAME_AND_STATE = 25
"""Columns that both share; the name gets what the longest word for a state leaves."""
MOST_STATE = 9
LABEL = 10
SHOWN = ("red", "amber", "green", "grey", "blue")
FOOT = ("update", "as_last", "message", "show_page", "show_node_page", "period_before")
"""What stands at the foot, in that order."""


class Card(TextPage, can_focus=False):
    """What was said about the project under the cursor."""


class StatusScreen(ListScreen):
    """Screen 2."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("status")
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-low"), (TALL, "-tall")]
    DEFAULT_CSS = """
    StatusScreen #around { height: 1fr; layout: vertical; }
    StatusScreen #card { height: 6; background: $surface; }
    StatusScreen.-low.-narrow #card { display: none; }
    StatusScreen.-wide #around { layout: horizontal; }
    StatusScreen.-wide #table { width: 1fr; }
    StatusScreen.-wide #card { width: 38; height: 100%; }
    """
    parts = ("status", LIST, EVERYWHERE, MOVE)
    screen_name = "status"

    def __init__(self) -> None:
        super().__init__(NAME)
        self.day: date | None = None
        self.missing = False

    def heading(self) -> str:
        """The status of which period."""
        return f"{_('Status')} · {period_words(self.desk.statuses.period('', self.day).name)}"

    def body(self) -> Iterable[Widget]:
        """How many there are of each kind, the list, and what was said."""
        yield OneLine(id="counts")
        with Container(id="around"):
            yield RegisterTable(id="table")
            yield Card(id="card")

    def footer_keys(self) -> list[tuple[str, str]]:
        """The keys of this list before those of every one, and how the missing ones are asked."""
        found = [self._key_of(each) for each in FOOT]
        return [*found, *(pair for pair in super().footer_keys() if pair[0] in ("/", "?"))]

    def _key_of(self, id: str) -> tuple[str, str]:
        return key_name(keys_of(action(id), self.office.keymap)[0]), _(action(id).label)

    # ---- the list ----------------------------------------------------------------------------------------------------------

    def _made(self, filter_text: str) -> View:
        self.base_filter = "state:" + ",".join(sorted(rules.OPEN)) if self.missing else ""
        words = [word for word in (self.base_filter, self.office.scope, filter_text) if word]
        return StatusView(self.desk, self.day, " ".join(words), self.order)

    def first_look(self) -> View | None:
        """What was declared, without the colours by rule."""
        words = [word for word in (self.base_filter, self.office.scope) if word]
        return None if self.filter_text else StatusView(self.desk, self.day, " ".join(words), self.sort, at_hand=True)

    def columns(self) -> list[Column]:
        """Narrow ones, so that every dimension stands on a narrow screen."""
        state = min(MOST_STATE, max(width_of(_(each)) for each in rules.STATES))
        found = []
        for column in super().columns():
            if column.name in DIMENSIONS:
                column = replace(column, label=_(LABELS[column.name])[:4], width=4)
            elif column.name in SHORT:
                column = replace(column, label=_(SHORT[column.name]), width=4)
            elif column.name == "name":
                column = replace(column, width=NAME_AND_STATE - state, flexible=True)
            elif column.name == "key":
                column = replace(column, width=5)
            elif column.name == "state":
                column = replace(column, width=state)
            found.append(column)
        return found

    def hint(self, view: View) -> str:
        """What an empty list says."""
        if view.total:
            return super().hint(view)
        return self.keyed(
            _("No project reports yet. A project that is active reports: {screen_registers} pr, then {new} adds one.")
        )

    def signs(self) -> list[tuple[str, str]]:
        """How to read the colours."""
        shown = {"red": _("red"), "amber": _("amber"), "green": _("green"), "grey": _("nothing declared")}
        return [
            *((rag_text(colour), words) for colour, words in shown.items()),
            (
                f"{letter('red')}↑{rag_text('amber').replace(' ', '')}",
                _("last period's letter, better ↑, worse ↓ or the same →, this period's"),
            ),
            (_(SHORT["rag"]), _("as the project manager declares it")),
            (_(SHORT["rag_computed"]), self.keyed(_("as the figures have it; {why} says why"))),
        ]

    def taken(self) -> None:
        """How many are late, missing, sent; how many have which colour."""
        view = self.view
        if view is None:
            return
        states: Counter[str] = Counter()
        colours: Counter[str] = Counter()
        for key in view.keys:
            states[view.value(key, "state")] += 1
            colours[view.value(key, "rag") or "grey"] += 1
        left = "  ".join(f"{_(state)} {format_number(states[state])}" for state in rules.STATES if states[state])
        right = " ".join(f"{letter(each)}{colours[each]}" for each in SHOWN if colours[each])
        self.query_one("#counts", OneLine).put(left, right)

    def moved(self) -> None:
        """What was said about the project under the cursor."""
        self.query_one(Card).show(self._card())

    def _card(self) -> Sequence[TextLine]:
        view, key = self.view, self.table.key
        if view is None or key is None:
            return []
        row = {name: view.value(key, name) for name in view.fields}
        lines = [two_columns(_("Declared"), self._declared(row), LABEL)]
        if row["reason"] or row["better"]:
            lines.append(
                two_columns(_("Reason"), safe(row["reason"]) or _("better than by rule, no reason"), LABEL, "amber")
            )
        last = self.desk.statuses.before(key, self.desk.statuses.period(key, self.day))
        text = row["summary"] or (last.summary if last is not None else "") or ""
        for place, each in enumerate(safe_lines(text)):
            lines.append(
                two_columns(_("Said") if row["summary"] and not place else _("Last") if not place else "", each, LABEL)
            )
        if not text:
            lines.append(line(_("nothing was said yet"), "faint"))
        return lines

    def _declared(self, row: dict[str, Any]) -> str:
        if not row["declared_by"]:
            manager = self.desk.title(row["manager"]) if row["manager"] else ""
            return (
                _("nothing yet, {name} is to tell").format(name=safe(manager))
                if manager
                else _("nothing yet, no manager")
            )
        text = safe(self.desk.title(row["declared_by"])) + f", {day_words(row['declared_on'])}"
        if row["declared_how"]:
            text += f", {_(row['declared_how'])}"
        if row["recorded_by"]:
            text += "; " + _("recorded by {name}").format(name=safe(self.desk.title(row["recorded_by"])))
        return text

    # ---- periods -----------------------------------------------------------------------------------------------------------

    def action_period_before(self) -> None:
        """The period before."""
        self._step(-1)

    def action_period_after(self) -> None:
        """The next period."""
        self._step(1)

    def _step(self, by: int) -> None:
        now = self.desk.statuses.period()
        found = rules.step(self.desk.statuses.period("", self.day), by)
        self.day = None if found == now else found.start
        self.dress()
        self.look()

    def action_missing_only(self) -> None:
        """Only what is still to be collected, or all."""
        self.missing = not self.missing
        self.look()
        self.say(_("only what is still to be collected") if self.missing else _("all projects"))

    # ---- updates -----------------------------------------------------------------------------------------------------------

    async def action_update(self) -> None:
        """Take down one status after the other: the marked ones, or from here on those that are missing."""
        await self.attempt(lambda: self.app.push_screen(StatusForm(self._to_collect(), self.day), self._updated))

    def _to_collect(self) -> list[str]:
        here, view = self._key(), self.view
        if self.table.marked or view is None:
            return self._keys()
        place = view.index(here) or 0
        others = [*view.keys[place + 1 :], *view.keys[:place]]
        return [here, *(key for key in others if view.value(key, "state") in rules.OPEN)]

    def _updated(self, written: str | None) -> None:
        if written:
            self.table.unmark()
            self.look()
            self.say(self.keyed(_("{keys} written; {undo} takes it back"), keys=written.replace(" ", ", ")))

    async def action_as_last(self) -> None:
        """Last period's status as this one's, to be declared yet."""
        await self.attempt(lambda: self.start(self._copy_forward(self._keys())))

    async def _copy_forward(self, keys: Sequence[str]) -> None:
        made = await self.write(lambda: status.copy_forward(self.desk, keys, self.day))
        self.say(self.keyed(_("copied: {keys}; {update} declares, {undo} takes it back"), keys=", ".join(made[:4])))

    def message_items(self) -> Sequence[Entry]:
        """The status of the marked projects is asked for."""
        return [status_item(self.desk, key, self.day) for key in self._keys()]

    def new_values(self) -> dict[str, str]:
        """Nothing: a status is begun with enter."""
        return {}

    async def action_new(self) -> None:
        """A status is not added, it is taken down."""
        await self.action_update()

    async def action_delete(self) -> None:
        """A row is a project; its report is deleted among the reports."""
        await self.attempt(self._no_delete)

    def _no_delete(self) -> None:
        raise WrongUse(
            N_("A row here is a project, not a report."),
            N_("{undo} takes back an update; {screen_registers} rp lists the reports."),
            **self.named("undo", "screen_registers"),
        )

    # ---- pages -------------------------------------------------------------------------------------------------------------

    async def action_show_page(self) -> None:
        """The report of the project."""
        siblings = list(self.view.keys) if self.view is not None else []
        await self.attempt(lambda: self.app.push_screen(PageScreen(self._key(), self.day, siblings), self._issued))

    async def action_show_node_page(self) -> None:
        """The report of the node that is looked at, or else that the project belongs to."""
        await self.attempt(lambda: self.app.push_screen(PageScreen(self._node(), self.day), self._issued))

    def _node(self) -> str:
        node = node_of(self.desk, self.office.scope)
        if node:
            return node
        parents = self.desk.portfolio.tree().parents
        return parents.get(self._key()) or self._key()

    def _issued(self, told: str | None) -> None:
        self.look()
        if told:
            self.say(told)
