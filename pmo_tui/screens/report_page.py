"""The page of a report on the screen: as it would be issued, or as it was; every figure says where it comes from."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, ClassVar

from textual.binding import BindingType

from pmo_tui.actions import EVERYWHERE, MOVE, PAGE
from pmo_tui.analysis.status import period_named
from pmo_tui.desk.files.exporting import put_file
from pmo_tui.desk.reports import reporting
from pmo_tui.desk.reports.report_files import format_of, report_bytes, usual_name
from pmo_tui.desk.reports.report_why import EXPLAINED, figure_of
from pmo_tui.records.errors import WrongUse
from pmo_tui.records.marks import N_
from pmo_tui.records.report_page import Page
from pmo_tui.records.reports import ISSUED
from pmo_tui.screens.everywhere import Everywhere
from pmo_tui.screens.figure import FigureScreen
from pmo_tui.screens.overwriting import write_over
from pmo_tui.screens.page_lines import page_lines
from pmo_tui.screens.places import Spot
from pmo_tui.screens.text_screen import OneOfMany
from pmo_tui.widgets.bindings import bindings
from pmo_tui.widgets.text_page import line
from pmo_tui.wording.languages import _
from pmo_tui.wording.safe import safe


class PageScreen(OneOfMany):
    """The page of a node for the period of a day, or of a report. `siblings` are the rows of the list it was opened from.

    Dismissed with what was done, None for nothing.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings(PAGE)
    parts = (PAGE, EVERYWHERE, MOVE)

    def __init__(self, key: str, day: date | None = None, siblings: Sequence[str] = ()) -> None:
        super().__init__(key, siblings)
        self.day = day
        self.report: Page | None = None
        self._asked_for = self._composed = 0
        self._issuing = False
        self._wanted: Spot | None = None
        """Where to put the cursor once the page is composed."""

    # ---- what is shown -------------------------------------------------------------------------------------------------

    def heading(self) -> str:
        """Whose report, and whether it is issued."""
        if self.report is None:
            return _("Report")
        state = _("issued") if self.report.status == ISSUED else _("draft")
        return f"{_('Report')} {self.report.node} · {self.report.period} · {state}"

    def reload(self) -> None:
        """Compose it anew, beside the keys where that takes time."""
        self._asked_for += 1
        if reporting.is_quick(self.desk, self.key):
            self._take(reporting.page(self.desk, self.key, self.day))
        else:
            if self.report is None or self.report.node != self.key:
                self.page.show([line(_("reading …"), "faint")])
            self.start(self._beside(self._asked_for, self.key))

    async def _beside(self, asked_for: int, key: str) -> None:
        page = await asyncio.to_thread(reporting.page, self.desk, key, self.day)
        if asked_for == self._asked_for:
            self._take(page)

    def _take(self, page: Page) -> None:
        self.report, self._composed = page, self._asked_for
        self.page.show(page_lines(page, self.size.width or 80))
        if self._wanted is not None:
            wanted, self._wanted = self._wanted, None
            self.page.stand_on(wanted.line, wanted.row)
        self.status.stand(_("journal {sum} …").format(sum=page.head_sum[:16]) if page.head_sum else "", self.standing())
        self.dress()

    def on_resize(self) -> None:
        """Columns are laid out for the width."""
        if self.report is not None and self.is_mounted:
            self.page.show(page_lines(self.report, self.size.width))

    def _shown(self) -> Page:
        if self.report is None:
            raise WrongUse(N_("The page is not composed yet."), N_("Wait a moment."))
        return self.report

    # ---- the way back to it --------------------------------------------------------------------------------------------

    def again(self) -> Callable[[], Everywhere]:
        """The page of the same node or report, and the list it was opened from."""
        key, day, others = self.key, self.day, self.others
        return lambda: PageScreen(key, day, others)

    def stand_at(self, spot: Spot) -> None:
        """The same page, the cursor on the same line as soon as that is there."""
        super().stand_at(spot)
        if self._composed != self._asked_for:
            self._wanted = spot

    # ---- gestures ----------------------------------------------------------------------------------------------------------

    async def action_issue(self) -> None:
        """Freeze it."""
        if not self._issuing:
            await self._guarded(self._issue())

    async def _issue(self) -> None:
        page = self._shown()
        if page.status == ISSUED:
            hint = N_("Record a new status for the period, and the correction is issued as the next version.")
            raise WrongUse(N_("{node} is issued for {period} already."), hint, node=page.node, period=page.period)
        self._issuing = True
        try:
            key = await self.write(lambda: reporting.issue(self.desk, page.node, period_named(page.period).start))
        finally:
            self._issuing = False
        self.look()
        words = _("{key} issued, version {version}; {page_file} writes it to a file, {undo} takes it back")
        self.say(self.keyed(words, key=key, version=self._shown().version))

    def action_page_file(self) -> None:
        """Write it to a file."""
        page = self.report
        if page is not None:
            names = [usual_name(page, "md"), usual_name(page, "html")]
            self.ask(self._to_file, _("Report to"), names[0], offers=lambda text: [(name, name) for name in names])

    async def _to_file(self, name: str) -> None:
        if name.strip():
            await write_over(self, Path(name.strip()).expanduser(), lambda: self._file(name))

    async def _file(self, name: str) -> None:
        page = self._shown()
        if name.strip():
            data = report_bytes(page, format_of(name.strip()))
            await asyncio.to_thread(put_file, Path(name.strip()).expanduser(), data)
            self.say(_("written: {file}").format(file=safe(name.strip())))

    async def action_page_why(self) -> None:
        """Where the figure of the line comes from."""
        await self.attempt(self._why)

    def _why(self) -> Awaitable[Any]:
        page, target = self._shown(), self.page.target
        office = self.office
        return self.app.push_screen(FigureScreen(lambda: figure_of(office.desk, page, target)))

    async def action_page_open(self) -> None:
        """Open the record that the line is about, or say why of a line that is a figure."""
        await self.attempt(self._open)

    def _open(self) -> Awaitable[Any] | None:
        section, _colon, name = self.page.target.partition(":")
        if section in ("milestones", "risks", "projects", "decisions", "changes"):
            return self.open_record(name)
        return self._why() if section in EXPLAINED else None

    async def action_page_status(self) -> None:
        """Change what is declared."""
        from pmo_tui.screens.status_form import StatusForm

        await self.attempt(
            lambda: self.app.push_screen(
                StatusForm([self._shown().node], period_named(self._shown().period).start), self._updated
            )
        )

    def _updated(self, written: str | None) -> None:
        if written:
            self.key = self._shown().node
            self.look()
            self.say(self.keyed(_("{keys} written; {undo} takes it back"), keys=written))

    def action_page_copy(self) -> None:
        """The page as Markdown to the clipboard."""
        from pmo_tui.screens.clipboard import send

        if self.report is not None:
            self.say(send(self.office, report_bytes(self.report, "md").decode()))

    def action_next_page(self) -> None:
        """The next of the list."""
        self.step(1)

    def action_previous_page(self) -> None:
        """The one before."""
        self.step(-1)
