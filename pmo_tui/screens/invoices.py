"""Supplier invoices against contract and order: ageing on top, the list, and below it the chain of what was ordered, came in and is left."""

from __future__ import annotations

from collections.abc import Awaitable, Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.binding import BindingType
from textual.widget import Widget

from pmo_tui.actions import EVERYWHERE, LIST, MOVE, action, key_name, keys_of
from pmo_tui.analysis.figure import Figure
from pmo_tui.desk.money.ageing_sums import AgeingSums, ageing_sums
from pmo_tui.desk.money.invoice_lines import loose
from pmo_tui.desk.money.invoice_view import InvoiceView, legend
from pmo_tui.records.invoices import BUCKETS, Invoice
from pmo_tui.screens.invoice_booking import InvoiceBooking
from pmo_tui.screens.money_card import card
from pmo_tui.widgets.ageing_bar import AgeBar, AgeingBar
from pmo_tui.widgets.bindings import bindings
from pmo_tui.widgets.detail import Detail
from pmo_tui.widgets.lines import OneLine
from pmo_tui.widgets.table import Column, RegisterTable
from pmo_tui.widgets.text_page import TextLine, line
from pmo_tui.wording.languages import _
from pmo_tui.wording.money import format_compact, format_money
from pmo_tui.wording.numbers import format_number

if TYPE_CHECKING:
    from pmo_tui.desk.views.view import View

TONES = dict(zip(BUCKETS, ("green", "yellow", "amber", "red", "red", "blue"), strict=True))
WIDE = 110
"""From so many columns on amounts are written out."""
LOWEST, HIGHEST = 8, 16
"""Lines of the chain below the list: a third of the screen within these."""
LEAST = 18
"""With fewer lines than that there is no room for it."""
NARROW: dict[str, dict[str, int]] = {
    "invoices": {
        "key": 8, "noticed": 2, "supplier": 12, "number": 10, "open": 15, "due_date": 13, "match": 11, "status": 10, "project": 8,
        "order": 8, "net": 15,
    },
    "orders": {"key": 7, "title": 16, "supplier": 12, "project": 8, "value": 15, "order_left": 15, "status": 9},
}  # fmt: skip
"""The columns that stand first, and how wide: those of a narrow screen, then what a wider one adds."""
FLEXIBLE = {"invoices": "number", "orders": "title"}
SIGN = "!"
OF_INVOICES = ("ask_holder", "approve", "accept")


class InvoicesScreen(InvoiceBooking):
    """Screen 5."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("invoices")
    DEFAULT_CSS = """
    InvoicesScreen #chain { height: 8; background: $surface; }
    InvoicesScreen #chain.-off { display: none; }
    """
    parts = ("invoices", LIST, EVERYWHERE, MOVE)
    screen_name = "invoices"

    def __init__(self) -> None:
        super().__init__()
        self.bucket = ""
        self.chain_wanted = True
        self._sums: tuple[object, AgeingSums | None] = (None, None)

    def body(self) -> Iterable[Widget]:
        """The registers, the ageing, the list, the chain."""
        yield OneLine(id="registers")
        yield AgeingBar(id="ageing")
        yield RegisterTable(id="table")
        yield Detail(id="chain")

    def heading(self) -> str:
        """Invoices, whichever of the registers is shown."""
        return _("Invoices")

    # ---- the list ----------------------------------------------------------------------------------------------------------

    def base_words(self) -> list[str]:
        """Open ones, of one age."""
        words = super().base_words()
        if self.of_invoices and self.bucket:
            words.append(f'bucket="{self.bucket}"')
        return words

    def _made(self, filter_text: str) -> View:
        if not self.of_invoices:
            return super()._made(filter_text)
        words = [word for word in (self.base_filter, self.office.scope, filter_text) if word]
        return InvoiceView(self.desk, "invoices", " ".join(words), self.order)

    def is_ready(self) -> bool:
        """What is owed is worked out for all invoices."""
        return super().is_ready() and self.desk.is_quick("ageing")

    def first_look(self) -> View | None:
        """The list without ageing, chain, and what follows from orders and the other invoices."""
        view = self._made("") if self.of_invoices and not self.filter_text and not self.bucket else None
        if isinstance(view, InvoiceView):
            view.at_hand = True
        return view

    def work_out(self, view: View) -> None:
        """What is owed by age, how many there are of each register, and a chain."""
        self.sums, self.counts()
        card(self.desk, view.record_key(view.key(0)) if len(view) else None)

    def column_names(self) -> list[str]:
        """First what a narrow screen has room for."""
        names = super().column_names()
        first = [*NARROW.get(self.register, ())]
        return first + [name for name in names if name not in first]

    def columns(self) -> list[Column]:
        """Narrower than their fields ask for, so that what matters stands on a narrow screen."""
        widths = NARROW.get(self.register, {})
        flexible = FLEXIBLE.get(self.register, "")
        if not widths:
            return super().columns()
        return [
            replace(
                column, width=widths.get(column.name, column.width), flexible=column.name == flexible,
                label=SIGN if column.name == "noticed" else column.label,
            )
            for column in super().columns()
        ]  # fmt: skip

    def footer_keys(self) -> list[tuple[str, str]]:
        """What is done to invoices is at the foot only where there are any."""
        found = super().footer_keys()
        if self.of_invoices:
            return found
        left_out = {key_name(keys_of(action(id), self.office.keymap)[0]) for id in OF_INVOICES}
        return [pair for pair in found if pair[0] not in left_out]

    def notes(self) -> Sequence[str]:
        """The age that the list is narrowed to, and what is due today."""
        found = [*super().notes()]
        if self.bucket:
            found.insert(0, _(self.bucket))
        due = self.sums.due_today
        if due:
            found.append(_("{count} due today").format(count=format_number(due)))
        if self.sums.left_out:
            found.append(_("{count} without rate").format(count=format_number(len(self.sums.left_out))))
        return found

    def signs(self) -> list[tuple[str, str]]:
        """How to read the badges of the list of invoices."""
        return legend() if self.of_invoices else []

    def hint(self, view: View) -> str:
        """What an empty list says."""
        if self.of_invoices and not self.desk.list_size("invoices"):
            return self.keyed(
                _(
                    "No invoices yet. {new} books one by hand, {book_file} takes e-invoices in from a folder; {money_next} goes to orders, where {new} adds one."
                )
            )
        return super().hint(view)

    # ---- the pictures ------------------------------------------------------------------------------------------------------

    @property
    def sums(self) -> AgeingSums:
        """What is owed by age inside the scope and the filter of invoices, made anew when anything changes."""
        words = self.filter_text if self.of_invoices else ""
        at = (self.desk.store.head(), self.desk.today(), self.office.scope, words)
        if self._sums[0] != at or self._sums[1] is None:
            left = self.desk.view("invoices", f"{self.office.scope} {words}").keys if words else None
            self._sums = (at, ageing_sums(self.desk, self.office.scope, left))
        found = self._sums[1]
        assert found is not None
        return found

    def taken(self) -> None:
        """Ageing of all that scope and filter leave, whatever age the list is narrowed to."""
        if self.looks_first:
            self._fit()
            return
        super().taken()
        self.query_one(AgeingBar).show(self._ages(), self.bucket)
        self._fit()

    def _ages(self) -> list[AgeBar]:
        sums = self.sums
        found: list[AgeBar] = []
        for name in BUCKETS:
            amount, count = sums.of(name)
            full = self.size.width >= WIDE
            text = (
                format_money(amount, sums.currency, 0)
                if full
                else format_compact(amount, "" if found else sums.currency)
            )
            found.append(AgeBar(name, _(name), text, amount, count, TONES[name]))
        return found

    def _fit(self) -> None:
        chain = self.query_one(Detail)
        chain.styles.height = max(LOWEST, min(HIGHEST, self.size.height // 3))
        chain.set_class(not self.chain_wanted or self.size.height < LEAST, "-off")

    def on_resize(self) -> None:
        """More or less room for amounts and chain."""
        if self.is_mounted and self.view is not None:
            self.call_after_refresh(self.taken)
            self.call_after_refresh(self.moved)

    def moved(self) -> None:
        """The chain of the record under the cursor."""
        if self.looks_first:
            return
        chain = self.query_one(Detail)
        if not chain.has_focus:
            chain.cursor = chain.top = 0
        chain.show([*card(self.desk, self.table.key), *self._what_to_do()])

    def _what_to_do(self) -> list[TextLine]:
        """Of an invoice whose lines are for no order and no project: how one says what they are for."""
        record = self.desk.record(self.table.key) if self.table.key and self.of_invoices else None
        if not isinstance(record, Invoice) or all(record.lines[place].project for place in loose(self.desk, record)):
            return []
        return [line(self.keyed(_("{match_lines} says which order line or which project each line bills.")), "faint")]

    # ---- ageing and chain --------------------------------------------------------------------------------------------------

    def action_ageing(self) -> None:
        """To the ageing, or back to the list."""
        ageing = self.query_one(AgeingBar)
        self.focus_on(self.table if ageing.has_focus else ageing)

    @on(AgeingBar.Chosen)
    def _age_chosen(self, event: AgeingBar.Chosen) -> None:
        """Narrow the list of invoices to an age and go to it; the same age again: no longer."""
        self.bucket = "" if event.name == self.bucket else event.name
        self.focus_on(self.table)
        if self.of_invoices:
            self.look()
        else:
            self.show_register("invoices")

    @on(AgeingBar.Left)
    @on(Detail.Left)
    def _left(self) -> None:
        self.focus_on(self.table)

    def action_chain(self) -> None:
        """Into the chain, or back to the list."""
        chain = self.query_one(Detail)
        if chain.has_focus:
            self.focus_on(self.table)
            return
        self._want_chain(True)
        self.focus_on(chain)

    def action_chain_shown(self) -> None:
        """Show or hide it."""
        self._want_chain(not self.chain_wanted)

    def _want_chain(self, wanted: bool) -> None:
        self.chain_wanted = wanted
        if not wanted and self.query_one(Detail).has_focus:
            self.focus_on(self.table)
        self._fit()

    @on(Detail.Opened)
    async def _open_of_chain(self, event: Detail.Opened) -> None:
        await self.attempt(lambda: self.open_record(event.key))

    async def action_why(self) -> None:
        """Where the figure under the cursor comes from."""
        ageing, chain = self.query_one(AgeingBar), self.query_one(Detail)
        if chain.has_focus:
            await self.attempt(lambda: self._why_of_line(chain.target, chain.figure))
            return
        if not ageing.has_focus:
            await super().action_why()
            return
        from pmo_tui.screens.figure import FigureScreen

        name = ageing.current

        def make() -> Figure:
            return self.sums.figure(name)

        await self.app.push_screen(FigureScreen(make))

    def _why_of_line(self, key: str, figure: str) -> Awaitable[Any] | None:
        """Where the figure of a line below the list comes from."""
        from pmo_tui.screens.why import WhyScreen

        if not figure:
            self.say(_("No figure stands on this line."))
            return None
        return self.app.push_screen(WhyScreen(key, figure).asked())

    def widen(self) -> bool:
        """The age too."""
        narrowed, self.bucket = bool(self.bucket), ""
        return super().widen() or narrowed

    def action_back(self) -> None:
        """First off the age that the list is narrowed to."""
        if self.bucket:
            self.bucket = ""
            self.look()
        else:
            super().action_back()
