"""What a screen's keys do, what its fields mean, and what a key would start."""

from __future__ import annotations

from asyncio import Future
from collections.abc import Mapping, Sequence
from typing import ClassVar

from msgspec import Struct
from textual.binding import BindingType
from textual.events import Key

from pmo_tui.actions import EVERYWHERE, FORM, HEADINGS, LIST, MOVE, STATUS_FORM, Action, actions_of, key_name, keys_of
from pmo_tui.desk.views.filter_reference import ALL, FORMS
from pmo_tui.keymaps import NOTHING, PRESET_HELP, as_bound, help_of, meanings
from pmo_tui.screens.text_screen import TextScreen
from pmo_tui.widgets.bindings import bindings
from pmo_tui.widgets.cutting import fit, width_of
from pmo_tui.widgets.prompt import Asked
from pmo_tui.widgets.text_page import TextLine, line
from pmo_tui.wording.languages import _
from pmo_tui.wording.safe import safe

MARGIN, MOST, FIELD = 2, 26, 20
"""Before a line; keys and names of actions are as wide as they need, within this; names of fields."""
Part = tuple[str, Sequence[TextLine]]
"""A heading and the lines under it."""


class Subject(Struct, frozen=True):
    """What help is asked about: a screen's heading, its parts, what actions do there `otherwise`, its fields and the one that the
    cursor is in, its signs and what those are called."""

    heading: str
    parts: Sequence[str]
    otherwise: Mapping[str, str]
    fields: Sequence[tuple[str, str]]
    first: str
    signs: Sequence[tuple[str, str]]
    signs_title: str


class HelpScreen(TextScreen):
    """Help on the screen that it was asked on."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("help")
    parts = ("help", EVERYWHERE, MOVE)

    def __init__(self, about: Subject) -> None:
        super().__init__()
        self.about = about
        self.words = ""
        """What the lines are narrowed by."""
        self.asked_for: Part | None = None
        """What was said about a key."""
        self.awaits_key = False

    def heading(self) -> str:
        """Help on what."""
        return _("Help: {about}").format(about=self.about.heading)

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
        fields = dict(self.about.fields)
        if self.about.first in fields:
            found.append((_("Where the cursor is"), _explained([(self.about.first, fields[self.about.first])])))
        taken: set[str] = set()
        for part in self.about.parts:
            found.append((_(HEADINGS[part]), self._keys(part, taken)))
            if part == self.about.parts[0]:
                found.append((_(self.about.signs_title), _explained(self.about.signs)))
        if LIST in self.about.parts:
            found.append(
                (
                    _("The filter"),
                    [line(f"  {_(ALL)}", "faint", "", 2), *_explained([(form, _(meaning)) for form, meaning in FORMS])],
                )
            )
        found.append((_("Fields, as the filter and the command line name them"), _explained(self.about.fields)))
        return found

    def _keys(self, part: str, taken: set[str]) -> list[TextLine]:
        """The keys of a part but those `taken`: what a screen does with a key comes before what every list does with it."""
        rows: list[tuple[str, str, str]] = []
        free = set(taken)
        for each in actions_of(part):
            own = [key for key in keys_of(each, self.office.keymap) if key not in free]
            if own:
                taken.update(own)
                rows.append((" ".join(map(key_name, own)), _(each.label), self._help_of(each)))
        keys, labels = (min(MOST, max((width_of(row[i]) for row in rows), default=0)) + 1 for i in (0, 1))
        return [
            TextLine(
                ((f"{' ' * MARGIN}{fit(key, keys)}", "key"), (fit(label, labels), ""), (f" {words}", "faint")),
                "",
                MARGIN + keys + labels + 1,
            )
            for key, label, words in rows
        ]

    def _help_of(self, each: Action) -> str:
        return help_of(each, self.office.keymap, self.about.otherwise)

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
        return len(words.strip()) == 1 or any(meanings(as_bound(words), self.about.parts, self.office.keymap))

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
        here, elsewhere = meanings(key, self.about.parts, self.office.keymap)
        lines = []
        name = safe(key_name(key))
        begins = [f"{sign} {words}" for sign, words in self.about.signs if sign.startswith(key)]
        if here is not None:
            part = here.part_in(self.about.parts) or here.where
            lines.append(line(f"  {_meaning(here, part, self._help_of(here))}", "", "", 4))
        elif self._is_typed(key):
            lines.append(line("  " + _("is typed into the field that you are in"), "", "", 4))
        elif begins:
            lines.append(line(f"  {_(self.about.signs_title)}: {' · '.join(begins)}", "", "", 4))
        else:
            lines.append(line("  " + _(NOTHING), "late", "", 4))
        told = [_meaning(each, each.where, help_of(each, self.office.keymap)) for each in elsewhere]
        lines += [line(f"  {_('elsewhere')}: {words}", "faint", "", 4) for words in told]
        return _("The key {key}").format(key=name), lines

    def _is_typed(self, key: str) -> bool:
        return bool({FORM, STATUS_FORM}.intersection(self.about.parts)) and (len(key) == 1 or len(key_name(key)) == 1)


def _meaning(each: Action, part: str, words: str) -> str:
    return f"{_(HEADINGS[part])}: {_(each.label)} – {words}"


def _explained(words: Sequence[tuple[str, str]]) -> list[TextLine]:
    return [TextLine(((f"  {fit(name, FIELD)}", "key"), (f" {meaning}", "")), "", FIELD + 3) for name, meaning in words]
