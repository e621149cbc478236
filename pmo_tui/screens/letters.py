"""Messages that are prepared: one a person with all their items, to be looked at before they are written as files."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import ClassVar

from textual.binding import BindingType

from pmo_tui.actions import EVERYWHERE, LETTERS, MOVE
from pmo_tui.desk.agenda import Entry
from pmo_tui.desk.reports.outbox import Letter, Prepared, outbox_folder, prepare, put
from pmo_tui.desk.said import said
from pmo_tui.records.errors import WrongUse
from pmo_tui.records.marks import N_
from pmo_tui.screens.text_screen import TextScreen
from pmo_tui.widgets.bindings import bindings
from pmo_tui.widgets.text_page import TextLine, line
from pmo_tui.wording.languages import _, ngettext
from pmo_tui.wording.numbers import format_number
from pmo_tui.wording.safe import safe, safe_lines

OUT = "out:"


class LettersScreen(TextScreen):
    """A preview: who gets what, and who is left out and why. Dismissed with what was done, None when nothing was written."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(LETTERS)
    parts = (LETTERS, EVERYWHERE, MOVE)

    def __init__(self, items: Callable[[], Sequence[Entry]]) -> None:
        super().__init__()
        self.items = items
        self.prepared: Prepared | None = None
        self._asked_for = 0
        self.left_out: set[str] = set()
        self.folder: Path | None = None
        self._writing = False

    def heading(self) -> str:
        """Messages."""
        return _("Messages")

    @property
    def letters(self) -> list[Letter]:
        """The messages that will be written."""
        found = self.prepared.letters if self.prepared is not None else ()
        return [letter for letter in found if letter.person not in self.left_out]

    def reload(self) -> None:
        """The messages as they would be now; in a large store they are made beside the keys."""
        self._asked_for += 1
        if self.desk.is_quick("milestones"):
            self._take(self._made())
        else:
            if self.prepared is None:
                self.page.show([line(_("reading …"), "faint")])
            self.start(self._beside(self._asked_for))

    def _made(self) -> Prepared:
        return prepare(self.desk, self.items())

    async def _beside(self, asked_for: int) -> None:
        prepared = await asyncio.to_thread(self._made)
        if asked_for == self._asked_for and self.is_attached:
            self._take(prepared)

    def _take(self, prepared: Prepared) -> None:
        self.prepared = prepared
        self._show()

    def _show(self) -> None:
        prepared, lines = self.prepared or Prepared((), ()), list[TextLine]()
        for letter in prepared.letters:
            lines += [*self._letter(letter), line()]
        if prepared.skipped:
            lines.append(line(_("Nobody is written to about these:"), "strong"))
            for each in prepared.skipped:
                name = safe(self.desk.title(each.person)) if each.person else ""
                keys = safe(", ".join(item.key for item in each.items))
                why = safe(said(each.why))
                pieces = ((f"  {name}  " if name else "  ", ""), (why, "amber"), (f"  {keys}", "faint"))
                lines.append(TextLine(pieces, "", 4))
        self.page.show(lines or [line(_("There is nobody to write to."), "faint")])
        place = safe(short(self.folder or outbox_folder(self.desk)))
        self.status.stand(_("into {folder}").format(folder=place), self._count())

    def _count(self) -> str:
        count = len(self.letters)
        return ngettext("{count} message", "{count} messages", count).format(count=format_number(count))

    def _letter(self, letter: Letter) -> Iterable[TextLine]:
        out = letter.person in self.left_out
        address = f"<{safe(letter.address)}>" if letter.address else _("(no address)")
        mark = "✗" if out else "▪"
        yield TextLine(
            ((f"{mark} {safe(letter.name)} ", "grey" if out else "strong"), (address, "faint")), letter.person
        )
        if out:
            yield line("    " + _("left out"), "grey")
            return
        yield line(f"    {safe(letter.subject)}", "key", "", 4)
        for each in safe_lines(letter.text):
            yield line(f"    {each}", "", "", 6)

    # ---- gestures ----------------------------------------------------------------------------------------------------------

    def action_leave_out(self) -> None:
        """Leave the message under the cursor out, or take it in again."""
        if self.page.target:
            self.left_out.symmetric_difference_update({self.page.target})
            self._show()

    def action_folder(self) -> None:
        """Ask for another folder."""
        self.ask(self._folder, _("Folder"), short(self.folder or outbox_folder(self.desk)))

    async def _folder(self, name: str) -> None:
        self.folder = Path(name.strip()).expanduser() if name.strip() else None
        self._show()

    async def action_write_letters(self) -> None:
        """Write them."""
        if not self._writing:
            await self._guarded(self._write())

    async def _write(self) -> None:
        letters = self.letters
        if self.prepared is None:
            raise WrongUse(N_("The messages are not made yet."), N_("Wait a moment."))
        if not letters:
            raise WrongUse(N_("There is nobody to write to."), N_("{back} goes back."), **self.named("back"))
        self._writing = True
        try:
            done = await self.write(lambda: put(self.desk, letters, self.folder))
        finally:
            self._writing = False
        words = ngettext("{count} message in {folder}; your mail program sends it, u takes the note back",
                         "{count} messages in {folder}; your mail program sends them, u takes the notes back", len(done))  # fmt: skip
        self.dismiss(words.format(count=format_number(len(done)), folder=safe(short(done[0].path.parent))))


def short(path: Path) -> str:
    """A path as one types it: what lies in the home folder begins with ~."""
    try:
        return str(Path("~") / path.relative_to(Path.home()))
    except ValueError:
        return str(path)
