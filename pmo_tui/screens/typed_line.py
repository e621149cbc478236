"""One line being typed on any screen: what is not understood of it is asked, half a line is kept and offered again."""

from __future__ import annotations

from asyncio import Future
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from pmo_tui.desk.captured import Captured, Unclear
from pmo_tui.desk.home.drafts import Draft, OpenDraft
from pmo_tui.desk.mentions import alike, resolve
from pmo_tui.desk.raid.risk_log import node_of
from pmo_tui.records.base import NODES
from pmo_tui.records.registers import register_of
from pmo_tui.records.schema import FieldOf
from pmo_tui.screens.record import RecordScreen
from pmo_tui.widgets.cutting import fit, width_of
from pmo_tui.widgets.prompt import Asked, Offer
from pmo_tui.wording.languages import _
from pmo_tui.wording.safe import safe

if TYPE_CHECKING:
    from pmo_tui.screens.everywhere import Everywhere

LINE = "line"
NOTHING = "-"
"""What leaves a field empty that was not understood."""
MARKED: dict[str, tuple[str, ...]] = {"#": NODES, "@": ("people",)}
"""What a word that begins so names."""
MOST, MOST_LABEL = 8, 36


class TypedLine:
    """A line that becomes a record. A kind of line says what it means (`parsed`), and what is done with it (`finish`)."""

    mark: ClassVar[str]
    """What the line begins with on the screen."""
    draft_name: ClassVar[str]
    """Under what name half a line is kept."""
    kept: ClassVar[str]
    """What is said when a line was given up and is kept."""

    def __init__(self, screen: Everywhere) -> None:
        self.screen = screen
        self.desk = screen.desk
        self.line = ""
        self.held: OpenDraft
        self.project = looked_at(screen)

    def begin(self) -> None:
        """Ask for the line; the very next key is a letter of it."""
        self.held = self.desk.drafts.open(self.draft_name)
        draft = self.held.draft
        self.line = draft.texts.get(LINE, "") if draft else ""
        answer = self.screen.prompt.ask(Asked(self.mark, self.line, self.offers, self.live, self.wrong))
        self.greet(draft)
        if draft is None and self.held.elsewhere:
            self.screen.say(_("this is being typed in another window; what you type here is kept apart"))
        self.screen.start(self._go_on(answer))

    async def _go_on(self, answer: Future[str | None]) -> None:
        try:
            line = await answer
        finally:
            self.held.close()
        if line is None:
            self.keep()
        elif line.strip(f" {self.mark}"):
            await self._take(line)
        else:
            self.held.drop()

    def keep(self) -> None:
        """Given up: what was typed is offered again."""
        if self.line.strip():
            self.screen.say(self.screen.keyed(_(self.kept)))
        else:
            self.held.drop()

    async def _take(self, line: str) -> None:
        found: Captured | None = self.parsed(line)
        for unclear in found.unclear if found else ():
            if found is not None:
                found = await self.answered(found, unclear)
        if found is None:
            self.keep()
        else:
            await self.finish(found)

    # ---- what a kind of line says of itself --------------------------------------------------------------------------------

    def greet(self, draft: Draft | None) -> None:
        """What is said beside the line that is asked; `draft` is what was typed before."""

    def parsed(self, line: str) -> Captured:
        """What the line means, and what of it is not understood."""
        raise NotImplementedError

    async def finish(self, found: Captured) -> None:
        """All is understood: write it, or show it first."""
        raise NotImplementedError

    def understood(self, text: str) -> str:
        """A line as it was understood so far."""
        raise NotImplementedError

    # ---- what is not understood ----------------------------------------------------------------------------------------------

    async def answered(self, found: Captured, unclear: Unclear) -> Captured | None:
        """The same with one field asked; None when that was given up."""
        item = self.desk.fields(found.register)[unclear.field]
        label = safe(_(item.field.label)) + (f" “{safe(unclear.text)}”?" if unclear.text else "")
        offers, wrong = self._offers_for(item, unclear), self._wrong_for(item)
        asked = Asked(fit(label, min(MOST_LABEL, width_of(label))), "", offers, None, wrong, take_offer=True)
        self.screen.say(safe(unclear.why.words(_)))
        text = await self.screen.prompt.ask(asked)
        if text is None:
            return None
        return found.chosen(unclear.field, "" if text == NOTHING else self._meant(item, text))

    def _meant(self, item: FieldOf, text: str) -> str:
        """The key of the record that was named; any other text as it is."""
        return (resolve(self.desk, item.field.refers, text).key or text) if item.field.refers else text

    def _offers_for(self, item: FieldOf, unclear: Unclear) -> Callable[[str], Sequence[Offer]]:
        refers = item.field.refers
        first = (unclear.offers or alike(self.desk, refers, unclear.text)) if refers else ()

        def offers(text: str) -> list[Offer]:
            if not refers:
                return [(word, f"{word}  {_(word)}") for word in item.field.choices if word.startswith(text)]
            empty = [] if item.required else [(NOTHING, f"{NOTHING}  {_('leave it empty')}")]
            if text == NOTHING:
                return empty
            named = self.desk.complete(refers, text, MOST - 1) if text else first[: MOST - 1]
            return [(key, f"{key}  {safe(title)}") for key, title in named] + empty

        return offers

    def _wrong_for(self, item: FieldOf) -> Callable[[str], str]:
        def wrong(text: str) -> str:
            if text == NOTHING and not item.required:
                return ""
            if item.field.refers:
                why = resolve(self.desk, item.field.refers, text).why
                return safe(why.words(_)) if why else ""
            try:
                value = self.desk.parse(item, text, {})
            except ValueError as error:
                return safe(error)
            return _("is needed") if value is None and item.required else ""

        return wrong

    # ---- while one types -----------------------------------------------------------------------------------------------------

    def offers(self, text: str) -> list[Offer]:
        """The records that the last word may name."""
        head, blank, word = text.rpartition(" ")
        if len(word) < 2 or word[0] not in MARKED:
            return []
        named = self.desk.complete(MARKED[word[0]], word[1:], MOST)
        return [(f"{head}{blank}{word[0]}{key} ", f"{key}  {safe(title)}") for key, title in named]

    def live(self, text: str) -> None:
        """Keep the line, and say what it means so far; a disk that takes no draft is told instead."""
        self.line = text
        try:
            self.held.save({LINE: text})
        except OSError as error:
            words = _("half a line cannot be kept now: {why}")
            self.screen.say(safe(words.format(why=error.strerror or error)), error=True)
        else:
            self.screen.say(self.understood(text))

    def wrong(self, text: str) -> str:
        """What keeps a line from being taken; what can be asked does not."""
        return ""


def looked_at(screen: Everywhere) -> str | None:
    """The project, programme or portfolio that is looked at: the one of an open record, or else the scope."""
    if isinstance(screen, RecordScreen):
        if register_of(screen.key).name in NODES:
            return screen.key
        project = (screen.desk.store.get(screen.key) or {}).get("project")
        if isinstance(project, str):
            return project
    return node_of(screen.desk, screen.office.scope) or None
