"""The actions that work on every screen."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct
from textual import on
from textual.events import ScreenResume

from pmo_tui.actions import ACTIONS, MOVE, SCREENS, key_name, keys_of
from pmo_tui.desk.home.kept import keep_theme
from pmo_tui.desk.home.last_folder import keep_folder, last_folder
from pmo_tui.desk.taking_back import NotTakenBack
from pmo_tui.desk.views.list_names import LISTS
from pmo_tui.desk.views.scope import title_of_scope
from pmo_tui.exchange.headers import wordings
from pmo_tui.keymaps import TOP_AGAIN, VIM, help_of
from pmo_tui.records.base import NODES
from pmo_tui.records.errors import NotFound
from pmo_tui.records.marks import N_
from pmo_tui.records.registers import REGISTERS, is_register
from pmo_tui.screens.frame import Frame, words_of
from pmo_tui.screens.places import Spot
from pmo_tui.store import Undone
from pmo_tui.widgets.line_view import LineView
from pmo_tui.widgets.themes import MEANINGS, OFFERED
from pmo_tui.wording.languages import _
from pmo_tui.wording.safe import safe

PALETTE_ROWS = 8
MOST = 100
"""Among so many of the records that were taken back the cursor looks for its own."""
SOME = 4
"""So many keys are told of many."""


class Command(Struct, frozen=True):
    """What `:` offers: its name, how it is shown, what runs it, and other names by which it is found."""

    name: str
    shown: str
    run: Callable[[], Awaitable[Any]]
    also: Sequence[str] = ()


IMPORTED = "import"
"""Under what the folder of the last import is remembered."""


class Everywhere(Frame):
    """A frame with the actions that work on every screen."""

    # ---- going somewhere ---------------------------------------------------------------------------------------------------

    def spot(self) -> Spot | None:
        """Where this screen stands, for the way back to it; None for one that is no place of its own."""
        return Spot() if self.screen_name else None

    def stand_at(self, spot: Spot) -> None:
        """Stand where it stood."""

    @on(ScreenResume)
    def arrive(self) -> None:
        """One came to this screen."""
        self.office.places.arrive(self)

    async def action_go_back(self) -> None:
        """The list or record where one was before."""
        await self._go(-1)

    async def action_go_forth(self) -> None:
        """Forth again."""
        await self._go(1)

    async def _go(self, by: int) -> None:
        went, gone = await self.office.places.go(by)
        words = [] if went else [_("this is the first place") if by < 0 else _("this is the last place")]
        if gone:
            words.append(_("passed over, as deleted: {keys}").format(keys=", ".join(gone)))
        screen = self.app.screen
        if words and isinstance(screen, Frame):
            screen.call_after_refresh(screen.say, "; ".join(words))

    def action_back(self) -> None:
        """Where one came from."""
        if len(self.office.screen_stack) > 1:
            self.dismiss()

    def action_goto(self) -> None:
        """Open a record by key, code or name."""
        live = self._top_again if self.desk.config.keys == VIM else None
        self.ask(self._goto, _("Go to"), offers=self._records_like, take_offer=True, live=live)
        self._prepare_names()

    def _top_again(self, typed: str) -> None:
        """As in vim, the key of this twice goes to the first line."""
        if typed == TOP_AGAIN:
            self.prompt.settle(None)
            if isinstance(self.focused, LineView):
                self.focused.action_first()

    async def _goto(self, word: str) -> None:
        if word.strip():
            await self.open_record(self._meant(word))

    def _meant(self, word: str) -> str:
        """The record that a word means; the nearest where it is the name of none."""
        try:
            return self.desk.find(word)
        except NotFound:
            near = self.desk.lookup.complete((), word, 1, misspelt=True)
            if not near:
                raise
            return near[0][0]

    def _records_like(self, text: str) -> list[tuple[str, str]]:
        if len(text.strip()) < 2 or not self.desk.lookup.is_ready():
            return []
        found = self.desk.lookup.complete((), text, PALETTE_ROWS, misspelt=True)
        return [(key, f"{key}  {safe(title)}") for key, title in found]

    def _prepare_names(self) -> None:
        """In a large store the names are made ready beside the keys."""
        if not self.desk.lookup.is_ready():
            self.start(self._prepared())

    async def _prepared(self) -> None:
        await asyncio.to_thread(self.desk.lookup.prepare)
        self.prompt.offer_anew()

    def open_record(self, key: str, siblings: Sequence[str] = ()) -> Awaitable[Any]:
        """Show a record; `siblings` are the keys of the list it was opened from."""
        from pmo_tui.screens.record import RecordScreen

        if self.desk.record(key) is None:
            raise NotFound(N_("There is no record {key}."), N_("It may have been deleted meanwhile."), key=key)
        return self.app.push_screen(RecordScreen(key, siblings))

    def open_register(self, name: str, filter_text: str = "") -> Awaitable[Any]:
        """Show a register."""
        from pmo_tui.screens.register_screens import register_screen

        return self.app.push_screen(register_screen(name, filter_text))

    def action_palette(self) -> None:
        """Any action, register or record by name."""
        commands = self.commands()
        names = {each.name: each.run for each in commands}
        offers = [(each.name, each.shown) for each in commands]
        also = {each.name: each.also for each in commands}

        def like(text: str) -> list[tuple[str, str]]:
            """Actions and records together, the nearest first; of equally near ones the action."""
            from pmo_tui.wording.suggest import ranked

            records: list[tuple[int, tuple[str, str]]] = []
            if len(text.strip()) > 1 and self.desk.lookup.is_ready():
                found = self.desk.lookup.ranked((), text, PALETTE_ROWS, misspelt=True)
                records = [(rank, (key, f"{key}  {safe(title)}")) for rank, _folded, key, title in found]
            both = [*ranked(text, offers, also), *records]
            return [offer for _rank, offer in sorted(both, key=lambda pair: pair[0])][:PALETTE_ROWS]

        async def run(chosen: str) -> None:
            if chosen in names:
                await names[chosen]()
            elif chosen.strip():
                await self.open_record(self._meant(chosen))

        def live(text: str) -> None:
            if text.strip() and self.desk.lookup.is_ready() and not like(text):
                self.say(_("nothing is called so"))

        self.ask(run, ":", offers=like, take_offer=True, live=live)
        self._prepare_names()

    def commands(self) -> list[Command]:
        """What `:` offers beside records: the actions that work here, every register and every computed list."""
        found: list[Command] = []
        otherwise = self.otherwise()
        for each in ACTIONS:
            nothing = not otherwise.get(each.id, each.help)
            if each.part_in(self.parts) is None or each.where == MOVE or each.id == "palette" or nothing:
                continue
            keys = " ".join(key_name(key) for key in keys_of(each, self.office.keymap))
            label = _(each.label)
            said = wordings(each.label)
            words = help_of(each, self.office.keymap, otherwise)
            found.append(Command(label, f"{label}  {keys}  {words}", self._runner(each.id), said))
        taken = {each.name for each in found}
        for name in (*(register.name for register in REGISTERS), *LISTS):
            template = self.desk.list_label(name)
            kind = _("register") if is_register(name) else _("list")
            label = _(template) if _(template) not in taken else f"{_(template)} ({kind})"
            taken.add(label)
            found.append(Command(label, f"{label}  {kind}", self._opener(name), (*wordings(template), name)))
        return found

    def _runner(self, id: str) -> Callable[[], Awaitable[Any]]:
        return lambda: self.run_action(id)

    def _opener(self, register: str) -> Callable[[], Awaitable[Any]]:
        return lambda: self.open_register(register)

    # ---- undoing -------------------------------------------------------------------------------------------------------------

    def action_undo(self) -> None:
        """Take back one's own last change."""
        self.start(self._undo())

    def expect(self, *rows: str) -> None:
        """Put the cursor on the first of some rows that were just written, where there are rows."""

    async def _undo(self) -> None:
        stay = self.office.stay
        try:
            done = await self._write_of_old(lambda: self.desk.undo(but=stay))
        except NotTakenBack as stays:
            stay.add(stays.sequence)
            self.say(self._why_it_stays(stays), error=True)
            return
        except NotFound:
            stay.clear()
            raise
        keys = self._go_to_touched(done.undone)
        text = _("took back {what}").format(what=some_of(keys))
        self.say(
            text + (_("; left as edited since: {keys}").format(keys=", ".join(done.skipped)) if done.skipped else "")
        )

    async def _write_of_old(self, work: Callable[[], Undone]) -> Undone:
        """Take a change back or do it again: what can be made again elsewhere stays what it is."""
        last = self.office.last_change
        try:
            return await self.write(work)
        finally:
            self.office.last_change = last

    def _why_it_stays(self, stays: NotTakenBack) -> str:
        if stays.older is None:
            return words_of(stays)
        what = some_of([op.key for op in stays.older.ops])
        return (
            safe(stays.message.words(_))
            + " "
            + self.keyed(_("{undo} again passes over it, to your change before: {what}"), what=what)
        )

    def action_redo(self) -> None:
        """Take the last undo back."""
        self.start(self._redo())

    async def _redo(self) -> None:
        done = await self._write_of_old(self.desk.redo)
        keys = self._go_to_touched(done.undone)
        self.say(_("did {what} again").format(what=some_of(keys)))

    def _go_to_touched(self, sequence: int) -> list[str]:
        """The records of a transaction that was taken back or done again; the cursor goes to one of them that is there."""
        keys = self._touched(sequence)
        self.expect(*[key for key in keys[:MOST] if self.desk.store.get(key) is not None])
        return keys

    def _touched(self, sequence: int) -> list[str]:
        """The records that a transaction changed."""
        return [op.key for op in next(iter(self.desk.store.since(sequence - 1))).ops]

    # ---- the rest --------------------------------------------------------------------------------------------------------------

    def action_scope(self) -> None:
        """Narrow every screen to a part of the work."""
        self.ask(self._scope, "@", self.office.scope.removeprefix("@"), offers=self._scopes, take_offer=True)

    async def _scope(self, word: str) -> None:
        scope = f"@{word.strip().removeprefix('@')}" if word.strip() else ""
        if scope:
            title_of_scope(self.desk, scope)
        self.office.scope = f'@"{scope[1:]}"' if " " in scope else scope
        self.dress()
        self.look()

    def _scopes(self, text: str) -> list[tuple[str, str]]:
        own = [("me", _("whatever names me")), ("mine", _("the projects that I support or run"))]
        found = [(word, f"@{word}  {meaning}") for word, meaning in own if word.startswith(text)]
        if not text:
            found.insert(0, ("", _("everything")))
        return found + [
            (key, f"{key}  {safe(title)}") for key, title in self.desk.complete(NODES, text, PALETTE_ROWS - len(found))
        ]

    async def action_help(self) -> None:
        """Explain the screen."""
        await self.show_help()

    async def action_recent(self) -> None:
        """Who changed what, newest first."""
        from pmo_tui.screens.history import HistoryScreen

        await self.app.push_screen(HistoryScreen())

    def action_capture(self) -> None:
        """Take down a risk, issue, action or decision in one line."""
        from pmo_tui.screens.capture import Capture

        Capture(self).begin()

    def action_import_file(self) -> None:
        """Take a file in."""
        folder = last_folder(self.desk, IMPORTED)
        self._ask_file(f"{folder}/" if folder is not None and folder != Path.cwd() else "")

    def _ask_file(self, folder: str) -> None:
        from pmo_tui.screens.file_offers import tables_like

        self.ask(self._import_file, _("Import file"), folder, offers=tables_like)

    async def _import_file(self, name: str) -> None:
        from pmo_tui.desk.files.doors import IN_APP
        from pmo_tui.desk.files.sources import named
        from pmo_tui.screens.importing import ImportScreen

        name = name.strip()
        if name and os.path.isdir(os.path.expanduser(name)):
            self._ask_file(f"{name.rstrip('/')}/")
        elif name:
            names = named(name, IN_APP)
            keep_folder(self.desk, Path(names[0]), IMPORTED)
            await self.app.push_screen(ImportScreen(names))

    def action_ask_quit(self) -> None:
        """Leave, after asking."""
        self.ask(self._quit, _("Leave? (⏎ yes, esc no)"))

    async def _quit(self, answer: str) -> None:
        self.app.exit()

    def action_tour(self) -> None:
        """Show the program, key by key."""
        self.office.begin_tour(self)

    def action_theme(self) -> None:
        """Other colours, from now on and at the next start."""
        self.ask(self._theme, _("Theme"), offers=self._themes, take_offer=True, wrong=self._no_theme)

    def _themes(self, text: str) -> list[tuple[str, str]]:
        from pmo_tui.wording.suggest import fuzzy

        others = sorted(set(self.app.available_themes) - set(OFFERED))
        meanings = {name: _(meaning) for name, meaning in MEANINGS.items()}
        return fuzzy(text, [(name, f"{name}  {meanings.get(name, '')}".rstrip()) for name in (*OFFERED, *others)])

    def _no_theme(self, text: str) -> str:
        return "" if text.strip() in self.app.available_themes else _("there is no such theme")

    async def _theme(self, name: str) -> None:
        self.app.theme = name.strip()
        keep_theme(self.office.kept, name.strip(), self.desk.config.theme)
        self.say(_("{theme} is kept for the next start").format(theme=name.strip()))

    def action_time_travel(self) -> None:
        """The store as it was known on another day, or back to today."""
        from pmo_tui.screens.time_travel import travel

        travel(self)

    def action_redraw(self) -> None:
        """Paint everything again."""
        self.office.redraw()


def _screen_action(name: str) -> Callable[[Everywhere], Awaitable[None]]:
    async def go(self: Everywhere) -> None:
        await self.office.places.show(name)

    return go


for _name, _digit, _title in SCREENS:
    setattr(Everywhere, f"action_screen_{_name}", _screen_action(_name))


def some_of(keys: Sequence[str]) -> str:
    """The first of some keys, and how many there are; safe text."""
    return safe(", ".join(keys[:SOME])) + (f" … ({len(keys)})" if len(keys) > SOME else "")
