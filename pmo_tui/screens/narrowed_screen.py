"""A page of many lines that is narrowed by words and copied from line by line, by the keys that do so in lists."""

from __future__ import annotations

import asyncio
from asyncio import Future
from collections.abc import Sequence

from pmo_tui.records.errors import WrongUse
from pmo_tui.records.marks import N_
from pmo_tui.screens.text_screen import TextScreen
from pmo_tui.widgets.prompt import Asked
from pmo_tui.widgets.text_page import TextLine, line
from pmo_tui.wording.languages import _
from pmo_tui.wording.safe import safe


class NarrowedScreen(TextScreen):
    """A page that shows only the lines that say every word of some, until others are typed.

    A subclass shows them (`show_words`) from what its lines say, which is made once (`prepare`), beside the keys where that takes long.
    """

    def __init__(self) -> None:
        super().__init__()
        self.words = ""
        """What the page is narrowed by."""
        self._preparing = False

    # ---- what a subclass gives -----------------------------------------------------------------------------------------

    def is_prepared(self) -> bool:
        """Whether what the lines say is at hand."""
        raise NotImplementedError

    def prepare(self) -> None:
        """In a thread or not: make what the lines say."""
        raise NotImplementedError

    def show_words(self, words: Sequence[str]) -> None:
        """Show the lines that say all of some folded words; every line where there are no words."""
        raise NotImplementedError

    # ---- narrowing -----------------------------------------------------------------------------------------------------

    def show_narrowed(self) -> None:
        """Show what the words leave, at once or as soon as what the lines say is at hand; until then what stands there stays."""
        words = self.words.casefold().split()
        if not words or self._is_prepared_soon():
            self.show_words(words)
        else:
            self._prepare_beside()

    def _is_prepared_soon(self) -> bool:
        if not self.is_prepared() and self.desk.is_small():
            self.prepare()
        return self.is_prepared()

    def _prepare_beside(self) -> None:
        if not self._preparing:
            self._preparing = True
            self.start(self._prepared())

    async def _prepared(self) -> None:
        try:
            while not self.is_prepared():
                await asyncio.to_thread(self.prepare)
        finally:
            self._preparing = False
        if self.words:
            self.show_narrowed()

    def narrowed_words(self) -> list[str]:
        """The words for the status line, as lists say their filter; safe text."""
        return [f"/ {safe(self.words)}"] if self.words else []

    def none_holds(self) -> list[TextLine]:
        """What stands there when no line is left."""
        return [line(self.keyed(_("No line here holds that. {filter} changes the words.")), "faint")]

    def action_filter(self) -> None:
        """Narrow the page as one types."""
        asked = Asked("/", self.words, live=self._narrow)
        self.start(self._filter(self.prompt.ask(asked), self.words))
        if not self.is_prepared():
            self._prepare_beside()

    async def _filter(self, answer: Future[str | None], before: str) -> None:
        text = await answer
        self._narrow(before if text is None else text)

    def _narrow(self, text: str) -> None:
        self.words = text.strip()
        self.show_narrowed()

    # ---- copying -------------------------------------------------------------------------------------------------------

    async def action_copy(self) -> None:
        """Send what the line under the cursor says, in full, to the terminal's clipboard, cells between tabs."""
        await self.attempt(self._copy)

    def _copy(self) -> None:
        from pmo_tui.desk.files.block_text import as_tsv
        from pmo_tui.screens.clipboard import send

        cells = self.page.cells
        if not cells:
            raise WrongUse(N_("There is nothing here to do that with."), N_("Other lines can be copied."))
        self.say(send(self.app, as_tsv((), [cells])))
