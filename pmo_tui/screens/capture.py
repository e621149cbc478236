"""`!` on any screen: a risk, issue, action or decision taken down in one line."""

from __future__ import annotations

from pmo_tui.analysis.risks import band
from pmo_tui.desk.captured import Captured
from pmo_tui.desk.home.drafts import Draft
from pmo_tui.desk.raid.capture import REGISTERS, is_capture, parse_capture
from pmo_tui.desk.raid.risk_view import letter
from pmo_tui.records.errors import PmoError
from pmo_tui.records.marks import N_
from pmo_tui.records.registers import by_name, register_of
from pmo_tui.screens.field_words import when_typed
from pmo_tui.screens.listing import ListScreen
from pmo_tui.screens.typed_line import TypedLine
from pmo_tui.widgets.prompt import Offer
from pmo_tui.wording.languages import _
from pmo_tui.wording.safe import safe

EXAMPLES = {
    "r": N_("text @owner #project p3 i4"),
    "i": N_("text @owner #project fri"),
    "a": N_("text @owner #project fri"),
    "d": N_("text #project by board"),
}


class Capture(TypedLine):
    """One line being taken down, and written at once."""

    mark = "!"
    draft_name = "capture"
    kept = N_("what you typed is kept; {capture} offers it again")

    def greet(self, draft: Draft | None) -> None:
        """When it was typed, if it was."""
        if draft is not None and self.line:
            self.screen.say(_("your text of {when} is back").format(when=when_typed(draft.time)))

    def parsed(self, line: str) -> Captured:
        """What the line means."""
        return parse_capture(self.desk, self.mark + line.strip().lstrip(self.mark), self.project)

    async def finish(self, found: Captured) -> None:
        """Write it, and show it where it is listed."""
        register, texts = found.register, found.texts
        key = await self.screen.write(lambda: self.desk.add(register, texts))
        self.held.drop()
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

    # ---- while one types -----------------------------------------------------------------------------------------------------

    def offers(self, text: str) -> list[Offer]:
        """What a line may begin with, or the records that its last word may name."""
        if text.strip(f" {self.mark}"):
            return super().offers(text)
        return [
            (f"{mark} ", f"{mark}  {_(by_name(name).one)}: {mark} {_(EXAMPLES[mark])}")
            for mark, name in REGISTERS.items()
        ]

    def understood(self, text: str) -> str:
        """The record that the line becomes, and what will be asked; nothing before it is said what kind of record."""
        if not is_capture(self.mark + text.lstrip(self.mark)):
            return ""
        found = self.parsed(text)
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
        if not text.strip(f" {self.mark}"):
            return ""
        try:
            self.parsed(text)
        except PmoError as error:
            return safe(f"{error.message.words(_)} {error.hint.words(_)}")
        return ""
