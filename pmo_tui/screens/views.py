"""The views of a list: one's own and those that everybody may use; taken, kept, renamed, shared, forgotten by one key each."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar

from textual.binding import BindingType

from pmo_tui.actions import EVERYWHERE, MOVE
from pmo_tui.desk.views.fitting import column_of
from pmo_tui.desk.views.kept_views import KeptView, drop_view, keep_view, kept_views, rename_view, share_view
from pmo_tui.desk.views.saved_views import SavedView
from pmo_tui.records.errors import WrongUse
from pmo_tui.records.marks import N_
from pmo_tui.screens.text_screen import TextScreen
from pmo_tui.widgets.bindings import bindings
from pmo_tui.widgets.cutting import fit
from pmo_tui.widgets.text_page import TextLine, line
from pmo_tui.wording.languages import _
from pmo_tui.wording.safe import safe

OWN = "own"
NAME, WHOSE = 24, 12
INDENT = NAME + WHOSE + 3


class ViewsScreen(TextScreen):
    """Dismissed with the name and the view that were chosen."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("views")
    parts = ("views", EVERYWHERE, MOVE)

    def __init__(self, of: str, label: str, now: SavedView, own: SavedView, labels: Mapping[str, str]) -> None:
        super().__init__()
        self.of = of
        self.label = label
        self.now = now
        self.own = own
        self.labels = labels
        """What the fields are called, by name; safe text."""
        self._kept: list[KeptView] = []

    def heading(self) -> str:
        """Views of which list."""
        return _("Views: {list}").format(list=self.label)

    def on_mount(self) -> None:
        """The keys go to the page."""
        super().on_mount()
        here = next((place for place, each in enumerate(self._kept) if each.view == self.now), None)
        line_of_it = None if here is None else self.page.place_of(str(here))
        if line_of_it is not None:
            self.page.move_to(line_of_it)

    def reload(self) -> None:
        """The views as they are now; the one that is looked at is ticked."""
        self._kept = kept_views(self.desk, self.of)
        lines = [self._line(OWN, _("The list by itself"), "", self.own)]
        for place, each in enumerate(self._kept):
            whose = _("everybody") if each.shared else _("mine")
            lines.append(self._line(str(place), safe(each.name), whose, each.view))
        if not self._kept:
            told = self.keyed(
                _("No view is kept yet: {keep_own} keeps the list as it is now, {keep_shared} does so for everybody.")
            )
            lines += [line(), line(told, "faint")]
        known = any(each.view == self.now for each in self._kept) or self.now == self.own
        if not known:
            lines += [line(), line(_("now: {view}").format(view=words_of(self.now, self.labels)), "faint")]
        self.page.show(lines)

    def _line(self, target: str, name: str, whose: str, view: SavedView) -> TextLine:
        mark = "✓ " if view == self.now else "  "
        pieces = (
            (mark + fit(name, NAME), "strong" if view == self.now else ""),
            (" " + fit(whose, WHOSE), "key"),
            (" " + words_of(view, self.labels), "faint"),
        )
        return TextLine(pieces, target, INDENT)

    def _chosen(self) -> KeptView:
        target = self.page.target
        if not target.isdecimal():
            raise WrongUse(N_("The list by itself is no view that was kept."), N_("The arrows go to one."))
        return self._kept[int(target)]

    # ---- gestures ------------------------------------------------------------------------------------------------------

    def action_take_view(self) -> None:
        """Look at the list so."""
        target = self.page.target
        if target == OWN:
            self.dismiss((_("the list by itself"), self.own))
        elif target.isdecimal():
            kept = self._kept[int(target)]
            self.dismiss((kept.name, kept.view))

    def action_keep_own(self) -> None:
        """Keep the list as it is now."""
        self._ask_name(shared=False)

    def action_keep_shared(self) -> None:
        """Keep it for everybody."""
        self._ask_name(shared=True)

    def _ask_name(self, *, shared: bool) -> None:
        async def named(name: str) -> None:
            if name.strip():
                await self._do(lambda: keep_view(self.desk, self.of, name, self.now, shared=shared))
                told = (
                    _("kept as {name}, for everybody; {view} brings it back")
                    if shared
                    else _("kept as {name}; {view} brings it back")
                )
                self.say(self.keyed(told, name=safe(name)))

        label = _("Keep for everybody as") if shared else _("Keep for me as")
        self.ask(named, label, offers=lambda text: self._names(text, shared=shared))

    def _names(self, text: str, *, shared: bool) -> list[tuple[str, str]]:
        """Views that would be kept anew."""
        names = [each.name for each in self._kept if each.shared == shared]
        found = [name for name in names if name.casefold().startswith(text.casefold()) and name != text]
        return [(name, _("{name}  is kept anew").format(name=safe(name))) for name in found]

    async def action_rename_view(self) -> None:
        """Give it another name."""
        await self.attempt(self._rename)

    def _rename(self) -> None:
        kept = self._chosen()

        async def named(name: str) -> None:
            if name.strip():
                await self._do(lambda: rename_view(self.desk, self.of, kept, name))
                self.say(_("renamed: {name}").format(name=safe(name)))

        self.ask(named, _("Rename {name} to").format(name=safe(kept.name)), kept.name)

    async def action_share_view(self) -> None:
        """For everybody, or no longer."""
        await self.attempt(lambda: self.start(self._share(self._chosen())))

    async def _share(self, kept: KeptView) -> None:
        await self._do(lambda: share_view(self.desk, self.of, kept))
        told = _("{name}: now yours alone") if kept.shared else _("{name}: now for everybody")
        self.say(told.format(name=safe(kept.name)))

    async def action_forget_view(self) -> None:
        """Forget it."""
        await self.attempt(lambda: self.start(self._forget(self._chosen())))

    async def _forget(self, kept: KeptView) -> None:
        await self._do(lambda: drop_view(self.desk, self.of, kept))
        told = _("forgotten: {name}; {undo} brings it back") if kept.shared else _("forgotten: {name}")
        self.say(self.keyed(told, name=safe(kept.name)))

    async def _do(self, work: Callable[[], object]) -> None:
        try:
            await asyncio.to_thread(work)
        except OSError as error:
            raise WrongUse(N_("The view could not be kept: {why}"), why=error) from error
        self.office.tell_changed()
        self.look()


def words_of(view: SavedView, labels: Mapping[str, str]) -> str:
    """A view in words: `/ score>9 · by -Score · grouped by Owner · Key, Title`, fields as the list shows them; safe text."""

    def named(words: Sequence[str]) -> str:
        names = [(word[: len(word) - len(word.lstrip("-"))], column_of(word.lstrip("-"))[0]) for word in words]
        return ", ".join(minus + labels.get(name, safe(name)) for minus, name in names)

    parts = [f"/ {safe(view.filter)}"] if view.filter else []
    if view.sort:
        parts.append(_("by {fields}").format(fields=named(view.sort.split(","))))
    if view.group:
        parts.append(_("grouped by {field}").format(field=named([view.group])))
    if view.columns:
        parts.append(named(view.columns))
    return " · ".join(parts) or _("everything, as it comes")
