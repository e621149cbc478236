"""What a screen's keys do, and what its fields mean."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual.widget import Widget

from pmo_tui.actions import EVERYWHERE, HEADINGS, MOVE, actions_of, key_name, keys_of
from pmo_tui.keymaps import PRESET_HELP
from pmo_tui.screens.everywhere import Everywhere
from pmo_tui.widgets.cutting import fit
from pmo_tui.widgets.text_page import TextLine, TextPage, line
from pmo_tui.wording.languages import _

KEYS, LABEL, FIELD = 14, 16, 20


class HelpScreen(Everywhere):
    """Help on the screen that it was asked on."""

    parts = (EVERYWHERE, MOVE)

    def __init__(
        self,
        about: str,
        parts_of_it: Sequence[str],
        fields: Sequence[tuple[str, str]],
        signs: Sequence[tuple[str, str]],
    ) -> None:
        super().__init__()
        self.about = about
        self.parts_of_it = tuple(parts_of_it)
        self.fields = list(fields)
        self.signs_of_it = list(signs)

    def heading(self) -> str:
        """Help on what."""
        return _("Help: {about}").format(about=self.about)

    def body(self) -> Iterable[Widget]:
        """The page."""
        yield TextPage(id="page")

    def on_mount(self) -> None:
        """The keys go to the page."""
        super().on_mount()
        self.focus_on(self.query_one(TextPage))

    def reload(self) -> None:
        """The screen's own keys and signs, then keys part by part, then fields."""
        preset = PRESET_HELP.get(self.desk.config.keys)
        lines = [line(_(preset), "strong"), line()] if preset else []
        taken: set[str] = set()
        for part in self.parts_of_it:
            lines += self._part(_(HEADINGS[part]), self._keys(part, taken))
            if part == self.parts_of_it[0]:
                lines += self._part(_("Signs"), _explained(self.signs_of_it))
        lines += self._part(_("Fields, as the filter and the command line name them"), _explained(self.fields))
        self.query_one(TextPage).show(lines)

    def _part(self, heading: str, lines: Sequence[TextLine]) -> list[TextLine]:
        return [line(heading, "strong"), *lines, line()] if lines else []

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
            pieces = ((f"  {fit(keys, KEYS)}", "key"), (fit(_(each.label), LABEL), ""), (f" {_(each.help)}", "faint"))
            found.append(TextLine(pieces, "", KEYS + LABEL + 3))
        return found


def _explained(words: Sequence[tuple[str, str]]) -> list[TextLine]:
    return [TextLine(((f"  {fit(name, FIELD)}", "key"), (f" {meaning}", "")), "", FIELD + 3) for name, meaning in words]
