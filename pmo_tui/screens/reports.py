"""Reports and outbox: every node with its report, what was issued, and the messages that were prepared."""

from __future__ import annotations

from collections.abc import Awaitable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import BindingType
from textual.widget import Widget

from pmo_tui.actions import EVERYWHERE, LIST, MOVE, action, key_name, keys_of
from pmo_tui.desk.agenda import quoted
from pmo_tui.desk.reports import report_list
from pmo_tui.desk.reports.outbox import overdue
from pmo_tui.desk.views.saved_views import SavedView
from pmo_tui.records.errors import WrongUse
from pmo_tui.records.marks import N_
from pmo_tui.records.messages import Message
from pmo_tui.screens.letters import LettersScreen
from pmo_tui.screens.listing import ListScreen
from pmo_tui.screens.report_page import PageScreen
from pmo_tui.widgets.bindings import bindings
from pmo_tui.widgets.lines import OneLine
from pmo_tui.widgets.table import RegisterTable
from pmo_tui.wording.languages import _
from pmo_tui.wording.numbers import format_number
from pmo_tui.wording.safe import safe

if TYPE_CHECKING:
    from pmo_tui.desk.agenda import Entry
    from pmo_tui.desk.views.view import View

NODES_, ISSUED, OUTBOX = report_list.NAME, "reports", "messages"
SECTIONS = (NODES_, ISSUED, OUTBOX)
TITLES = {NODES_: N_("Reports"), ISSUED: N_("Issued reports"), OUTBOX: N_("Outbox")}
FILTERS = {ISSUED: "status:issued"}
SORTED = {NODES_: "", ISSUED: "-issued_on,-key", OUTBOX: "-on,-key"}
ISSUED_COLUMNS = ("key", "project", "period", "rag", "issued_on", "declared_by", "recorded_by", "head_sum")
NOT_AT_THE_FOOT = frozenset({"new", "edit", "delete", "sort"})


class ReportsScreen(ListScreen):
    """Screen 9: three lists, one at a time."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("reports")
    parts = ("reports", LIST, EVERYWHERE, MOVE)
    screen_name = "reports"

    def __init__(self) -> None:
        super().__init__(NODES_)
        self._looks: dict[str, tuple[str, str]] = {}

    def heading(self) -> str:
        """Reports and outbox."""
        return _("Reports and outbox")

    def body(self) -> Iterable[Widget]:
        """The line of lists, and the list."""
        yield OneLine(id="sections")
        yield RegisterTable(id="table")

    def footer_keys(self) -> list[tuple[str, str]]:
        """The keys of this screen among those of every list."""
        left_out = {key_name(keys_of(action(id), self.office.keymap)[0]) for id in NOT_AT_THE_FOOT}
        return [pair for pair in super().footer_keys() if pair[0] not in left_out]

    # ---- what is shown -------------------------------------------------------------------------------------------------

    def own_look(self) -> SavedView:
        """In the register's own order."""
        return SavedView("", SORTED[self.register])

    def reload(self) -> None:
        """The rows as they are now."""
        self.base_filter = FILTERS.get(self.register, "")
        super().reload()

    def column_names(self) -> list[str]:
        """Of issued reports first what tells them apart."""
        names = super().column_names()
        if self.register != ISSUED:
            return names
        return [*ISSUED_COLUMNS, *(name for name in names if name not in ISSUED_COLUMNS)]

    def taken(self) -> None:
        """The line of lists, the one that is shown in brackets."""
        counts = {NODES_: "", ISSUED: self._count(ISSUED), OUTBOX: self._count(OUTBOX)}
        titles = {name: f"{_(TITLES[name])} {counts[name]}".strip() for name in SECTIONS}
        shown = " ".join(f"[{text}]" if name == self.register else f" {text} " for name, text in titles.items())
        self.query_one("#sections", OneLine).put(shown, self._to_issue())

    def _count(self, register: str) -> str:
        words = " ".join(word for word in (FILTERS.get(register, ""), self.office.scope) if word)
        return format_number(len(self.desk.view(register, words)))

    def _to_issue(self) -> str:
        view = self.view
        if view is None or self.register != NODES_:
            return ""
        states = [view.value(key, "state") for key in view.keys]
        counts = {state: states.count(state) for state in report_list.TO_DO}
        return "  ".join(f"{_(state)} {format_number(count)}" for state, count in counts.items() if count)

    def hint(self, view: View) -> str:
        """What an empty list says."""
        if view.total:
            return super().hint(view)
        if self.register == NODES_:
            return self.keyed(
                _("Nothing to report on yet: {screen_registers} pr opens the projects, {new} there adds the first one.")
            )
        if self.register == ISSUED:
            return self.keyed(
                _("Nothing was issued yet: {section_next} to the reports, {open} shows a page, {issue} issues it.")
            )
        return self.keyed(
            _(
                "The outbox is empty: {chase} prepares messages about what is overdue, {message} on any list about marked rows."
            )
        )

    # ---- from one list to the next -----------------------------------------------------------------------------------------

    def action_section_next(self) -> None:
        """The next list."""
        self._step(1)

    def action_section_previous(self) -> None:
        """The list before."""
        self._step(-1)

    def _step(self, by: int) -> None:
        self.show_register(SECTIONS[(SECTIONS.index(self.register) + by) % len(SECTIONS)])

    def show_register(self, name: str) -> None:
        """Show one of the three, as it was looked at before."""
        self._looks[self.register] = (self.filter_text, self.sort)
        self.register = name
        self.filter_text, self.sort = self._looks.get(self.register) or self.left(self.register, SORTED[self.register])
        self.recall_columns()
        self.table.unmark()
        self.table.cursor = 0
        self.look()

    # ---- gestures ----------------------------------------------------------------------------------------------------------

    async def action_open(self) -> None:
        """The page of a report, or a message."""
        await self.attempt(self._open)

    def _open(self) -> Awaitable[Any]:
        if self.register == OUTBOX:
            return self.open_record(self._key(), self._siblings())
        return self.app.push_screen(PageScreen(self._key(), None, self._siblings()), self._page_left)

    def _page_left(self, told: str | None) -> None:
        self.look()

    async def action_chase(self) -> None:
        """Messages about everything that is overdue inside the scope."""
        scope = quoted(self.office.scope)
        await self.attempt(lambda: self.app.push_screen(LettersScreen(lambda: overdue(self.desk, scope)), self._put))

    def _put(self, told: str | None) -> None:
        self._written_to(told)
        if told and self.register != OUTBOX:
            self._step(SECTIONS.index(OUTBOX) - SECTIONS.index(self.register))
            self.say(told)

    def message_items(self) -> Sequence[Entry]:
        """What the marked rows are about; a message is not written about once more."""
        if self.register == OUTBOX:
            raise WrongUse(
                N_("A message is about records, not about messages."),
                N_("{chase} chases what is overdue."),
                **self.named("chase"),
            )
        return super().message_items()

    async def action_sent(self) -> None:
        """The message, or the marked ones, were sent."""
        await self.attempt(lambda: self.start(self._sent(self._messages())))

    def _messages(self) -> list[str]:
        if self.register != OUTBOX:
            raise WrongUse(
                N_("Only messages are sent."), N_("{section_next} goes to the outbox."), **self.named("section_next")
            )
        keys = self._keys()
        return [key for key in keys if isinstance(self.desk.record(key), Message)]

    async def _sent(self, keys: Sequence[str]) -> None:
        await self.write(lambda: self.desk.set(keys, {"status": "sent"}))
        self.repeatable(keys, lambda here, others: here._sent(others))
        self.say(self.keyed(_("{keys}: sent; {undo} takes it back"), keys=safe(", ".join(keys[:4]))))
