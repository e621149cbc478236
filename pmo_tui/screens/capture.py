"""`!` on any screen: a risk, issue, action or decision taken down in one line. What is not understood is asked; half a line is kept."""

from __future__ import annotations

from asyncio import Future
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from pmo_tui.analysis.risks import band
from pmo_tui.desk.captured import Captured, Unclear
from pmo_tui.desk.mentions import alike, resolve
from pmo_tui.desk.raid.capture import REGISTERS, is_capture, parse_capture
from pmo_tui.desk.raid.risk_log import node_of
from pmo_tui.desk.raid.risk_view import letter
from pmo_tui.records.base import NODES
from pmo_tui.records.errors import PmoError
from pmo_tui.records.marks import N_
from pmo_tui.records.registers import by_name, register_of
from pmo_tui.records.schema import FieldOf
from pmo_tui.screens.listing import ListScreen
from pmo_tui.screens.record import RecordScreen
from pmo_tui.widgets.cutting import fit, width_of
from pmo_tui.widgets.prompt import Asked, Offer
from pmo_tui.wording.languages import _
from pmo_tui.wording.safe import safe

if TYPE_CHECKING:
    from pmo_tui.screens.everywhere import Everywhere

DRAFT, LINE = "capture", "line"
MARK = "!"
NOTHING = "-"
"""What leaves a field empty that was not understood."""
MARKED: dict[str, tuple[str, ...]] = {"#": NODES, "@": ("people",)}
"""What a word that begins so names."""
EXAMPLES = {
    "r": N_("text @owner #project p3 i4"),
    "i": N_("text @owner #project fri"),
    "a": N_("text @owner #project fri"),
    "d": N_("text #project by board"),
}
MOST, MOST_LABEL = 8, 36


class Capture:
    """One line being taken down on a screen."""

    def __init__(self, screen: Everywhere) -> None:
        self.screen = screen
        self.desk = screen.desk
        self.line = ""
        self.project = looked_at(screen)

    def begin(self) -> None:
        """Ask for the line; the very next key is a letter of it."""
        draft = self.desk.drafts.load(DRAFT)
        self.line = draft.texts.get(LINE, "") if draft else ""
        answer = self.screen.prompt.ask(Asked(MARK, self.line, self.offers, self.live, self.wrong))
        if draft is not None and self.line:
            when = draft.time.strftime("%Y-%m-%d %H:%M")
            self.screen.say(_("what you typed on {when} is back").format(when=when))
        self.screen.start(self._go_on(answer))

    async def _go_on(self, answer: Future[str | None]) -> None:
        line = await answer
        if line is None:
            self._keep()
        elif line.strip(f" {MARK}"):
            await self._take(line)
        else:
            self.desk.drafts.drop(DRAFT)

    def _keep(self) -> None:
        """Given up: what was typed is offered again."""
        if self.line.strip():
            self.screen.say(self.screen.keyed(_("what you typed is kept; {capture} offers it again")))
        else:
            self.desk.drafts.drop(DRAFT)

    async def _take(self, line: str) -> None:
        found: Captured | None = self._parsed(line)
        for unclear in found.unclear if found else ():
            if found is not None:
                found = await self._answered(found, unclear)
        if found is None:
            self._keep()
            return
        register, texts = found.register, found.texts
        key = await self.screen.write(lambda: self.desk.add(register, texts))
        self.desk.drafts.drop(DRAFT)
        self._show(key)

    def _show(self, key: str) -> None:
        screen = self.screen
        if isinstance(screen, ListScreen):
            screen.look()
            row = (
                screen.view.index(key) if screen.view is not None and screen.register == register_of(key).name else None
            )
            if row is not None:
                screen.table.move_to(row)
        one, title = _(register_of(key).one), safe(self.desk.title(key))
        screen.say(
            self.screen.keyed(_("{one} {key} written: {title}; {undo} takes it back"), one=one, key=key, title=title)
        )

    def _parsed(self, line: str) -> Captured:
        return parse_capture(self.desk, MARK + line.strip().lstrip(MARK), self.project)

    # ---- what is not understood ----------------------------------------------------------------------------------------------

    async def _answered(self, found: Captured, unclear: Unclear) -> Captured | None:
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
        """What a line may begin with, or the records that its last word may name."""
        typed = text.lstrip(MARK)
        if not typed.strip():
            return [
                (f"{mark} ", f"{mark}  {_(by_name(name).one)}: {mark} {_(EXAMPLES[mark])}")
                for mark, name in REGISTERS.items()
            ]
        head, blank, word = text.rpartition(" ")
        if len(word) < 2 or word[0] not in MARKED:
            return []
        named = self.desk.complete(MARKED[word[0]], word[1:], MOST)
        return [(f"{head}{blank}{word[0]}{key} ", f"{key}  {safe(title)}") for key, title in named]

    def live(self, text: str) -> None:
        """Keep the line, and say what it means so far."""
        self.line = text
        self.desk.drafts.save(DRAFT, {LINE: text})
        if is_capture(MARK + text.lstrip(MARK)):
            self.screen.say(self.understood(text))

    def understood(self, text: str) -> str:
        """A line as it was understood: the record that it becomes, and what will be asked."""
        found = self._parsed(text)
        fields, texts = self.desk.fields(found.register), dict(found.texts)
        parts = [_(by_name(found.register).one), safe(texts.pop("title", "…"))]
        pair = [texts.pop(name, "") for name in ("probability", "impact")]
        if all(each.isdecimal() for each in pair):
            points = int(pair[0]) * int(pair[1])
            parts.append(f"{pair[0]} × {pair[1]} = {points} {letter(band(points) or '')}")
        for name, value in texts.items():
            if name not in ("identified_on", "raised_on", "recorded_by"):
                shown = self.desk.title(value) if fields[name].field.refers else value
                parts.append(f"{_(fields[name].field.label)} {safe(shown)}")
        parts += [f"{_(fields[each.field].field.label)} “{safe(each.text)}”?" for each in found.unclear if each.text]
        return " · ".join(parts)

    def wrong(self, text: str) -> str:
        """What keeps a line from being taken; what can be asked does not."""
        if not text.strip(f" {MARK}"):
            return ""
        try:
            self._parsed(text)
        except PmoError as error:
            return safe(f"{error.message.words(_)} {error.hint.words(_)}")
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
