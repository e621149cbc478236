"""What a pasted block would change, cell by cell, before anything is written; enter writes it in one transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual.binding import Binding

from pmo_tui.actions import EVERYWHERE, MOVE
from pmo_tui.desk.changed_words import ChangedWords
from pmo_tui.desk.files.pasting import PastePlan, plan_paste
from pmo_tui.records.errors import Conflict
from pmo_tui.screens.text_screen import TextScreen
from pmo_tui.widgets.cutting import fit
from pmo_tui.widgets.text_page import TextLine, line
from pmo_tui.wording.languages import _, ngettext
from pmo_tui.wording.numbers import format_number
from pmo_tui.wording.safe import safe

MOST = 500
"""Cells that are shown; the rest is counted."""


class PasteScreen(TextScreen):
    """The cells that a block would change. Dismissed with how many records were written, None for nothing."""

    BINDINGS = [Binding("enter", "take", show=False)]
    parts = (EVERYWHERE, MOVE)

    def __init__(
        self, register: str, text: str, keys: Sequence[str], names: Sequence[str], heads: Mapping[str, str]
    ) -> None:
        super().__init__()
        self.register = register
        self.text = text
        self.keys = list(keys)
        self.names = list(names)
        self.heads = heads
        self.plan = PastePlan()
        self.seen: dict[str, int] = {}

    def heading(self) -> str:
        """Paste into which list."""
        return _("Paste into {list}").format(list=_(self.desk.list_label(self.register)))

    def footer_keys(self) -> list[tuple[str, str]]:
        """Write it, or not."""
        return [("⏎", _("Write")), ("esc", _("Leave it"))]

    def reload(self) -> None:
        """What would change, with the records as they are now."""
        self.plan = plan_paste(self.desk, self.register, self.text, self.keys, self.names, self.heads)
        self.seen = self.desk.revisions(list(self.plan.texts()))
        self.page.show(self._lines(self.plan))
        self.status.stand(self._counts())

    def _counts(self) -> str:
        plan = self.plan
        cells, records = len(plan.cells), len(plan.texts())
        words = _("{cells} of {records} would change, {unchanged} stay as they are").format(
            cells=ngettext("{count} cell", "{count} cells", cells).format(count=format_number(cells)),
            records=ngettext("{count} record", "{count} records", records).format(count=format_number(records)),
            unchanged=format_number(plan.unchanged),
        )
        return (_("wrong, nothing can be written") + "; " if plan.problems else "") + words

    def _lines(self, plan: PastePlan) -> list[TextLine]:
        lines = [line(safe(problem.words(_)), "late", "", 4) for problem in plan.problems[:MOST]]
        if plan.left_over:
            words = ngettext(
                "{count} row of the block has no row to go to",
                "{count} rows of the block have no row to go to",
                plan.left_over,
            )
            lines.append(line(words.format(count=format_number(plan.left_over)), "amber"))
        last, told = "", ChangedWords(self.desk)
        for cell in plan.cells[:MOST]:
            if cell.key != last:
                lines.append(TextLine(((fit(cell.key, 8), "key"), (f" {safe(self.desk.title(cell.key))}", "strong"))))
                last = cell.key
            old, new = told.becomes(self.register, cell.key, cell.field, cell.new)
            pieces = (
                (f"    {told.label(self.register, cell.field)}: ", "faint"),
                (old or "–", "grey"),
                (" → ", ""),
                (new or "–", ""),
                (f"  “{safe(cell.new)}”" if cell.new not in (cell.understood, new) else "", "faint"),
            )
            lines.append(TextLine(pieces, "", 6))
        if len(plan.cells) > MOST:
            lines.append(line(_("… and {count} more").format(count=format_number(len(plan.cells) - MOST)), "faint"))
        return lines or [line(_("The block changes nothing."), "green")]

    def action_take(self) -> None:
        """Write it."""
        self.start(self._take())

    async def _take(self) -> None:
        texts = self.plan.texts()
        if self.plan.problems:
            self.say(self._counts(), error=True)
        elif not texts:
            self.dismiss(None)
        else:
            await self._write(texts)

    async def _write(self, texts: dict[str, dict[str, str]]) -> None:
        """Write the cells over the records as they were shown; where a colleague was first, show them as they are now."""
        seen = self.seen
        try:
            await self.write(lambda: self.desk.set_each(texts, revisions=seen, each_field=True))
        except Conflict as conflict:
            self.look()
            self.say_error(conflict)
            return
        self.dismiss(len(texts))
