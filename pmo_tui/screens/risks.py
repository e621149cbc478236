"""The risk log: heat map and exposure of the risks beside the list, and issues, actions and decisions in the same place."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import BindingType
from textual.containers import Container
from textual.widget import Widget

from pmo_tui.actions import EVERYWHERE, LIST, MOVE
from pmo_tui.analysis.figure import Figure
from pmo_tui.desk.raid.risk_log import OPEN, Picture
from pmo_tui.desk.raid.risk_view import PAIRS
from pmo_tui.records.raid import Risk
from pmo_tui.screens.figure import FigureScreen
from pmo_tui.screens.risk_list import KINDS, MANY, RiskList
from pmo_tui.screens.risk_pictures import (
    ASSESSMENTS,
    card_of,
    cells_of,
    figures_of,
    figures_to_come,
    legend,
    title_of,
)
from pmo_tui.widgets.bindings import bindings
from pmo_tui.widgets.figure_line import FigureLine
from pmo_tui.widgets.heat_map import HeatMap
from pmo_tui.widgets.lines import OneLine
from pmo_tui.widgets.table import RegisterTable
from pmo_tui.widgets.text_page import TextLine, TextPage, line
from pmo_tui.wording.languages import _
from pmo_tui.wording.numbers import format_number

if TYPE_CHECKING:
    from pmo_tui.desk.views.view import View

WIDE, TALL = 116, 20
"""From so many columns on the map stands beside the list; with fewer lines than that it is not shown above it."""
OF_LIST, WIDEST_SIDE = 88, 46
"""The list needs so many columns to show the status too; what is left is the map's, but not more than this."""


class Card(TextPage, can_focus=False):
    """The risk under the cursor."""


class RisksScreen(RiskList):
    """Screen 4."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("risks")
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-low"), (TALL, "-tall")]
    DEFAULT_CSS = """
    RisksScreen #around { height: 1fr; layout: vertical; }
    RisksScreen #picture { height: 7; layout: horizontal; }
    RisksScreen #card { width: 1fr; height: 7; }
    RisksScreen.-low.-narrow #picture { display: none; }
    RisksScreen.-wide #around { layout: horizontal; }
    RisksScreen.-wide #picture { dock: right; height: 100%; layout: vertical; }
    RisksScreen.-wide #card { width: 100%; height: 1fr; }
    RisksScreen #picture.-off { display: none; }
    """
    parts = ("risks", LIST, EVERYWHERE, MOVE)
    screen_name = "risks"

    def __init__(self) -> None:
        super().__init__()
        self.map_wanted = True
        self.picture: Picture | None = None
        self._pictures: tuple[object, Picture | None] = (None, None)
        self._read_before: tuple[object, ...] = ()

    def body(self) -> Iterable[Widget]:
        """The registers, the figures, the map with the risk under the cursor beside it, the list."""
        yield OneLine(id="registers")
        yield FigureLine(id="figures")
        with Container(id="around"):
            with Container(id="picture"):
                yield HeatMap(id="map")
                yield Card(id="card")
            yield RegisterTable(id="table")

    async def _read_trends(self) -> None:
        """The journal is read beside the keys; arrows come when it is."""
        await asyncio.to_thread(self.desk.trends.read)
        self.table.repaint()
        self.moved()

    def notes(self) -> list[str]:
        """How many risks stand on no cell of the map, with what the list is narrowed to."""
        found = super().notes()
        if self.picture is not None and self.picture.unassessed:
            found.insert(0, _("{count} not assessed").format(count=format_number(self.picture.unassessed)))
        return found

    def signs(self) -> list[tuple[str, str]]:
        """How to read what the log of risks writes in signs."""
        return legend() if self.of_risks else []

    # ---- the pictures ------------------------------------------------------------------------------------------------------

    def is_ready(self) -> bool:
        """Map and figures are made of all open risks in the scope, which were read before."""
        if not super().is_ready():
            return False
        return not self.of_risks or self.desk.is_small() or self._read_before == self._to_read()

    def _to_read(self) -> tuple[object, ...]:
        return self.desk, self.office.scope, self.desk.risk_log.begun()

    def first_look(self) -> View | None:
        """The list without map and figures."""
        return self._made("") if self.of_risks and not self.filter_text else None

    def work_out(self, view: View) -> None:
        """The picture, how many there are of each register, and a card."""
        if self.of_risks:
            self._picture(self.filter_text)
            risk = self.desk.record(view.key(0)) if len(view) else None
            if isinstance(risk, Risk):
                card_of(self.desk, risk)
        self.counts()

    def taken(self) -> None:
        """Map and figures of all that the scope and the filter leave, whatever kind or cell the list is narrowed to."""
        self.query_one("#picture").set_class(not (self.map_wanted and self.of_risks), "-off")
        figures = self.query_one(FigureLine)
        figures.display = self.of_risks
        if self.looks_first:
            figures.show(figures_to_come())
            self._fit()
            return
        self.picture = self._picture(self.filter_text) if self.of_risks else None
        super().taken()
        if self.picture is None:
            return
        if not self.desk.trends.begun:
            self.start(self._read_trends())
        figures.show(figures_of(self.picture, full=self.has_class("-wide")))
        heat_map = self.query_one(HeatMap)
        heat_map.show(cells_of(self.picture, self.kind), title_of(self.picture), self.cell)
        self._fit()

    def _picture(self, filter_text: str) -> Picture:
        """What is in it stands until anything changes."""
        words = " ".join(word for word in (OPEN["risks"], self.office.scope, filter_text) if word)
        at = (self.desk, self.desk.store.head(), self.desk.today(), words, self.which)
        kept = self._pictures
        if kept[0] == at and kept[1] is not None:
            return kept[1]
        to_read = self._to_read()
        found = self.desk.risk_log.picture(self.desk.view("risks", words).keys, self.office.scope, self.which)
        self._pictures = (at, found)
        if not filter_text:
            self._read_before = to_read
        return found

    def _fit(self) -> None:
        """The map takes what it likes above the list, and beside it what the list leaves."""
        heat_map, side = self.query_one(HeatMap), self.query_one("#picture")
        if self.has_class("-wide"):
            heat_map.styles.width = "100%"
            side.styles.width = max(heat_map.least_width() + 1, min(WIDEST_SIDE, self.size.width - OF_LIST))
        else:
            heat_map.styles.width = heat_map.least_width(roomy=True) + 1
            side.styles.width = "100%"

    def on_resize(self) -> None:
        """Amounts are written out where there is room."""
        if self.view is not None and self.is_mounted:
            self.call_after_refresh(self.taken)
            self.call_after_refresh(self.moved)

    def moved(self) -> None:
        """The risk under the cursor, beside the map."""
        if self.of_risks and not self.looks_first:
            record = self.desk.record(self.table.key) if self.table.key else None
            self.query_one(Card).show(card_of(self.desk, record) if isinstance(record, Risk) else [self._no_risk()])

    def _no_risk(self) -> TextLine:
        hint = self.keyed(_("No risk here. {new} adds one; {capture}r takes one down from anywhere."))
        return line(hint, "faint")

    # ---- map and figures ---------------------------------------------------------------------------------------------------

    def action_map(self) -> None:
        """Into the map, or back to the list."""
        heat_map = self.query_one(HeatMap)
        if self._not_here():
            return
        if heat_map.has_focus:
            self.focus_on(self.table)
        else:
            self._want_map(True)
            self.focus_on(heat_map)

    def action_map_shown(self) -> None:
        """Show or hide it."""
        if not self._not_here():
            self._want_map(not self.map_wanted)

    def _not_here(self) -> bool:
        """Whether this is a register that has no such thing, which is said."""
        if not self.of_risks:
            self.say(self.keyed(_("only risks have that; {raid_next} goes on to them")))
        return not self.of_risks

    def _want_map(self, wanted: bool) -> None:
        self.map_wanted = wanted
        if not wanted and self.query_one(HeatMap).has_focus:
            self.focus_on(self.table)
        self.query_one("#picture").set_class(not (wanted and self.of_risks), "-off")

    @on(HeatMap.Chosen)
    def _cell_chosen(self, event: HeatMap.Chosen) -> None:
        """Narrow the list to a cell and go to it; the same cell again: no longer."""
        self.cell = None if event.place == self.cell else event.place
        self.focus_on(self.table)
        self.look()

    @on(HeatMap.Left)
    @on(FigureLine.Left)
    def _left(self) -> None:
        self.focus_on(self.table)

    def action_figures(self) -> None:
        """To the figures, or back to the list."""
        figures = self.query_one(FigureLine)
        if not self._not_here():
            self.focus_on(self.table if figures.has_focus else figures)

    @on(FigureLine.Chosen)
    def _figure_chosen(self, event: FigureLine.Chosen) -> None:
        self._show_figure(event.name)

    def _show_figure(self, name: str) -> None:
        """Why a figure is what it is, as the list was narrowed when it was asked."""
        filter_text = self.filter_text

        def make() -> Figure:
            return self._picture(filter_text).figure(name)

        self.app.push_screen(FigureScreen(make))

    async def action_why(self) -> None:
        """Where the figure under the cursor comes from."""
        figures = self.query_one(FigureLine)
        if figures.has_focus:
            self._show_figure(figures.current)
        else:
            await super().action_why()

    def action_back(self) -> None:
        """First off the cell of the map that the list is narrowed to."""
        if self.cell is not None:
            self.cell = None
            self.look()
        else:
            super().action_back()

    def action_kind(self) -> None:
        """Threats and opportunities, threats, opportunities."""
        if self._not_here():
            return
        self.kind = KINDS[(KINDS.index(self.kind) + 1) % len(KINDS)]
        self.say(_("showing {kind}").format(kind=_(MANY[self.kind]) if self.kind else _("threats and opportunities")))
        self.look()

    def action_assessment(self) -> None:
        """Scores as they stand, as they came in, as they should become."""
        if self._not_here():
            return
        every = list(PAIRS)
        scores = [PAIRS[which][2] for which in every]
        before = self.sort.lstrip("-")
        self.which = every[(every.index(self.which) + 1) % len(every)]
        self.cell = None
        if before in scores:
            self.sort = self.sort.replace(before, PAIRS[self.which][2])
        self.say(_("scores {assessment}").format(assessment=_(ASSESSMENTS[self.which])))
        self.look()
