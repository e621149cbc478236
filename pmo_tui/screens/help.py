"""What a screen's keys do, what its fields mean, and what a key would start."""

from __future__ import annotations

from asyncio import Future
from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual.binding import BindingType
from textual.events import Key

from pmo_tui.actions import EVERYWHERE, FORM, HEADINGS, LIST, MOVE, STATUS_FORM, Action, actions_of, key_name, keys_of
from pmo_tui.desk.views.filter_reference import ALL, FORMS
from pmo_tui.keymaps import PRESET_HELP, as_bound, help_of, meanings
from pmo_tui.screens.text_screen import TextScreen
from pmo_tui.widgets.bindings import bindings
from pmo_tui.widgets.cutting import fit
from pmo_tui.widgets.prompt import Asked
from pmo_tui.widgets.text_page import TextLine, line
from pmo_tui.wording.languages import _
from pmo_tui.wording.safe import safe

KEYS, LABEL, FIELD = 14, 16, 20
Part = tuple[str, Sequence[TextLine]]
"""A heading and the lines under it."""


class HelpScreen(TextScreen):
    """Help on the screen that it was asked on. `first` is the field that the cursor was in there."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("help")
    parts = ("help", EVERYWHERE, MOVE)

    def __init__(
        self,
        about: str,
        parts_of_it: Sequence[str],
        fields: Sequence[tuple[str, str]],
        signs: Sequence[tuple[str, str]],
        first: str = "",
    ) -> None:
        super().__init__()
        self.about = about
        self.parts_of_it = tuple(parts_of_it)
        self.fields = list(fields)
        self.signs_of_it = list(signs)
        self.first = first
        self.words = ""
        """What the lines are narrowed by."""
        self.asked_for: Part | None = None
        """What was said about a key."""
        self.awaits_key = False

    def heading(self) -> str:
        """Help on what."""
        return _("Help: {about}").format(about=self.about)

    def reload(self) -> None:
        """What a key does when that was asked, then what the words leave of the rest."""
        parts = [part for part in (self.asked_for, *self._narrowed()) if part is not None]
        lines: list[TextLine] = []
        for heading, found in parts:
            lines += [line(heading, "strong"), *found, line()] if found else []
        self.page.show(lines or [line(_("No line of help holds that."), "faint")])
        self.status.stand(f"/ {safe(self.words)}" if self.words else "")

    # ---- the lines -------------------------------------------------------------------------------------------------------

    def _parts(self) -> list[Part]:
        """The field under the cursor, the screen's own keys and signs, then keys part by part, then fields."""
        found: list[Part] = []
        preset = PRESET_HELP.get(self.desk.config.keys)
        if preset:
            found.append((_(preset), [line()]))
        fields = dict(self.fields)
        if self.first in fields:
            found.append((_("Where the cursor is"), _explained([(self.first, fields[self.first])])))
        taken: set[str] = set()
        for part in self.parts_of_it:
            found.append((_(HEADINGS[part]), self._keys(part, taken)))
            if part == self.parts_of_it[0]:
                found.append((_("Signs"), _explained(self.signs_of_it)))
        if LIST in self.parts_of_it:
            found.append(
                (
                    _("The filter"),
                    [line(f"  {_(ALL)}", "faint", "", 2), *_explained([(form, _(meaning)) for form, meaning in FORMS])],
                )
            )
        found.append((_("Fields, as the filter and the command line name them"), _explained(self.fields)))
        return found

    def _keys(self, part: str, taken: set[str]) -> list[TextLine]:
        """The keys of a part but those `taken`: what a screen does with a key comes before what every list does with it."""
        found = []
        free = set(taken)
        for each in actions_of(part):
            own = [key for key in keys_of(each, self.office.keymap) if key not in free]
            if not own:
                continue
            taken.update(own)
            keys = " ".join(key_name(key) for key in own)
            pieces = (
                (f"  {fit(keys, KEYS)}", "key"),
                (fit(_(each.label), LABEL), ""),
                (f" {help_of(each, self.office.keymap)}", "faint"),
            )
            found.append(TextLine(pieces, "", KEYS + LABEL + 3))
        return found

    # ---- narrowing -------------------------------------------------------------------------------------------------------

    def _narrowed(self) -> list[Part]:
        """The parts with the lines that hold all the words; of a single key what it starts comes first."""
        words = self.words.casefold().split()
        if not words:
            return self._parts()
        found: list[Part] = [
            (heading, [each for each in lines if all(word in each.text.casefold() for word in words)])
            for heading, lines in self._parts()
        ]
        return [self._about(as_bound(self.words)), *found] if self._is_key(self.words) else found

    def _is_key(self, words: str) -> bool:
        return len(words.strip()) == 1 or any(meanings(as_bound(words), self.parts_of_it, self.office.keymap))

    def action_search_help(self) -> None:
        """Narrow the page while one types."""
        self.start(self._searched(self.prompt.ask(Asked("/", self.words, live=self._narrow)), self.words))

    async def _searched(self, answer: Future[str | None], before: str) -> None:
        text = await answer
        self._narrow(before if text is None else text)

    def _narrow(self, text: str) -> None:
        self._show(text.strip(), None)

    def _show(self, words: str, asked_for: Part | None) -> None:
        self.words, self.asked_for = words, asked_for
        self.reload()
        self.page.move_to(0)

    # ---- a key ---------------------------------------------------------------------------------------------------------

    def action_explain_key(self) -> None:
        """Ask for a key; the very next one is explained, and starts nothing."""
        self.awaits_key = True
        self.say(_("press the key that you ask about"))

    def takes(self, event: Key) -> bool:
        """The key that was asked for."""
        if not self.awaits_key:
            return False
        self.awaits_key = False
        self._show("", self._about(event.key))
        return True

    def _about(self, key: str) -> Part:
        """What a key starts where one was, or that it starts nothing there, and where it does something else."""
        keymap = self.office.keymap
        here, elsewhere = meanings(key, self.parts_of_it, keymap)
        lines = []
        name = safe(key_name(key))
        if here is not None:
            lines.append(line(f"  {_meaning(here, keymap)}", "", "", 4))
        elif self._is_typed(key):
            lines.append(line("  " + _("is typed into the field that you are in"), "", "", 4))
        else:
            lines.append(line("  " + _("starts nothing here"), "late", "", 4))
        lines += [line(f"  {_('elsewhere')}: {_meaning(each, keymap)}", "faint", "", 4) for each in elsewhere]
        return _("The key {key}").format(key=name), lines

    def _is_typed(self, key: str) -> bool:
        return bool({FORM, STATUS_FORM}.intersection(self.parts_of_it)) and (len(key) == 1 or len(key_name(key)) == 1)


def _meaning(each: Action, keymap: Mapping[str, str]) -> str:
    return f"{_(HEADINGS[each.where])}: {_(each.label)} – {help_of(each, keymap)}"


def _explained(words: Sequence[tuple[str, str]]) -> list[TextLine]:
    return [TextLine(((f"  {fit(name, FIELD)}", "key"), (f" {meaning}", "")), "", FIELD + 3) for name, meaning in words]
