"""The terminal app: its screens by digit, its keys, its colours, and what wakes it when others write."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from rich.text import Text
from textual._keyboard_protocol import MODIFIER_FUNCTIONAL_KEYS
from textual.css.query import NoMatches
from textual.driver import Driver
from textual.events import Event, Key, Paste
from textual.filter import Monochrome, NoColor

from pmo_tui.actions import action, keys_of
from pmo_tui.desk.home.crash import report
from pmo_tui.desk.home.kept import chosen_theme
from pmo_tui.keymap_faults import faults_of_keymap
from pmo_tui.records.errors import WrongUse
from pmo_tui.records.marks import N_
from pmo_tui.screens.at_ease import collect_seldom
from pmo_tui.screens.everywhere import Everywhere
from pmo_tui.screens.frame import Frame
from pmo_tui.screens.office import Office
from pmo_tui.screens.stylesheet import KeptStylesheet
from pmo_tui.screens.too_small import TooSmallScreen, is_too_small
from pmo_tui.screens.type_ahead import TypeAhead
from pmo_tui.widgets.at_once import paint_at_once
from pmo_tui.widgets.line_view import LineView
from pmo_tui.widgets.themes import ANSI, THEMES, USUAL, has_few_colours, legible
from pmo_tui.wording.languages import _
from pmo_tui.wording.safe import safe

if TYPE_CHECKING:
    from pmo_tui.desk.desk import Desk
    from pmo_tui.store import Transaction

PATIENCE = 10.0
"""Seconds that threads get to come to an end after a fault of the program."""


NO_KEYS = MODIFIER_FUNCTIONAL_KEYS | {"caps_lock", "num_lock", "scroll_lock"}
"""What some terminals report by itself, and starts nothing anywhere."""


def over_a_line(profile: str, environ: Mapping[str, str] = os.environ) -> bool:
    """Whether this session comes over SSH, or was told to behave as if."""
    return profile == "ssh" or (
        profile == "auto" and any(environ.get(name) for name in ("SSH_CONNECTION", "SSH_TTY", "SSH_CLIENT"))
    )


def end_within(seconds: float, code: int) -> None:
    """Let the process end by then, though a thread may be at work that never gets done: what follows a fault is anybody's guess."""
    last = threading.Timer(seconds, os._exit, (code,))
    last.daemon = True
    last.start()


def frugal_driver() -> type[Driver] | None:
    """The driver that sends little and sleeps; None where the terminal is not a Unix one, for Textual's own."""
    if sys.platform == "win32":
        return None
    from pmo_tui.terminal.driver import FrugalDriver

    return FrugalDriver


def _register(name: str) -> Callable[[], Everywhere]:
    def make() -> Everywhere:
        from pmo_tui.screens.register_screens import register_screen

        return register_screen(name)

    return make


def _risks() -> Everywhere:
    from pmo_tui.screens.risks import RisksScreen

    return RisksScreen()


def _today() -> Everywhere:
    from pmo_tui.screens.today import TodayScreen

    return TodayScreen()


def _status() -> Everywhere:
    from pmo_tui.screens.status import StatusScreen

    return StatusScreen()


def _reports() -> Everywhere:
    from pmo_tui.screens.reports import ReportsScreen

    return ReportsScreen()


def _portfolio() -> Everywhere:
    from pmo_tui.screens.portfolio import PortfolioScreen

    return PortfolioScreen()


def _invoices() -> Everywhere:
    from pmo_tui.screens.invoices import InvoicesScreen

    return InvoicesScreen()


def _resources() -> Everywhere:
    from pmo_tui.screens.resources import ResourcesScreen

    return ResourcesScreen()


def _planning() -> Everywhere:
    from pmo_tui.screens.planning import PlanningScreen

    return PlanningScreen()


def _registers() -> Everywhere:
    from pmo_tui.screens.registers import RegistersScreen

    return RegistersScreen()


class PmoApp(Office):
    """One officer before one store."""

    TITLE = "pmo"
    ENABLE_COMMAND_PALETTE = False
    MODES = {
        "today": _today,
        "status": _status,
        "planning": _planning,
        "risks": _risks,
        "invoices": _invoices,
        "resources": _resources,
        "portfolio": _portfolio,
        "registers": _registers,
        "reports": _reports,
    }
    DEFAULT_MODE = "today"

    def __init__(self, desk: Desk, **more: Any) -> None:
        self.quiet = over_a_line(desk.config.profile)
        super().__init__(desk, **{"driver_class": frugal_driver(), **more})
        self.stylesheet = KeptStylesheet(variables=self.theme_variables)
        faults = faults_of_keymap(self.keymap)
        if faults:
            raise WrongUse(
                N_("The keymap in the configuration is wrong: {faults}"),
                N_("pmo docs lists the actions and their keys."),
                faults="; ".join(faults),
            )
        self.set_keymap(dict(self.keymap))
        self._take_theme()
        if self.quiet:
            self.animation_level = "none"
        self._type_ahead = TypeAhead(self)
        self._faulty = False
        self._deaf: Callable[[], None] | None = None

    def _take_theme(self) -> None:
        """The theme that was chosen last, or is configured; the terminal's own colours where it has no more than sixteen."""
        for ours in THEMES:
            self.register_theme(ours)
        configured = self.desk.config.theme
        if configured and configured not in self.available_themes:
            raise WrongUse(
                N_("The theme “{theme}” in the configuration is not one of {themes}."),
                theme=configured,
                themes=", ".join(sorted(self.available_themes)),
            )
        few = has_few_colours(os.environ.get("TERM", ""), self.console.color_system)
        theme = chosen_theme(self.kept, configured) or (ANSI.name if few else "")
        if theme in self.available_themes:
            self.theme = theme
        self.watch_theme()

    def watch_theme(self) -> None:
        """Without colours (NO_COLOR) a theme of numbered colours is left to the terminal's two; greys are made of one of our own.

        Textual chooses for its first theme, and would make greys of numbered colours as well, all of them black.
        """
        if self.no_color:
            fitting = NoColor() if self.native_ansi_color else Monochrome()
            self._filters = [fitting if isinstance(each, NoColor | Monochrome) else each for each in self._filters]

    def get_css_variables(self) -> dict[str, str]:
        """The colours of the theme, made legible where they are not; those of the usual one are."""
        found = super().get_css_variables()
        return found if self.theme == USUAL else legible(found)

    def on_mount(self) -> None:
        """Listen to what others write, and keep half-filled forms when the line drops."""
        self._listen()
        self.call_after_refresh(self._started)
        if hasattr(signal, "SIGHUP"):
            import asyncio

            asyncio.get_running_loop().add_signal_handler(signal.SIGHUP, self._hung_up)

    async def on_event(self, event: Event) -> None:
        """Every key first lets go of what the status line said about the one before, and is done before the next."""
        if not isinstance(event, Key | Paste) or event.is_forwarded:
            await super().on_event(event)
            return
        if isinstance(event, Key) and event.key in NO_KEYS:
            return
        if self._type_ahead.hold(event):
            return
        if isinstance(self.screen, TooSmallScreen):
            await self._key_in_no_room(event)
            self._type_ahead.done()
            return
        if isinstance(self.screen, Frame) and self.screen.is_mounted:
            self.screen.key_pressed()
            if self.tour is not None and isinstance(event, Key) and self.tour.takes(event, self.screen):
                self._type_ahead.done()
                return
            if isinstance(event, Key) and self.screen.takes(event):
                self._type_ahead.done()
                return
        target = self.focused or self.screen
        if isinstance(event, Key) and isinstance(target, LineView) and target.move(event.key):
            paint_at_once(self.screen)
            self._type_ahead.done()
            return
        await super().on_event(event)
        self._type_ahead.follow(target)

    async def _check_bindings(self, key: str, priority: bool = False) -> bool:
        """A key that nothing here is bound to is answered too."""
        done = await super()._check_bindings(key, priority)
        if not done and not priority and isinstance(self.screen, Frame) and self.screen.is_mounted:
            self.screen.starts_nothing(key)
        return done

    async def _key_in_no_room(self, event: Key | Paste) -> None:
        """Nothing is done unseen: only leaving at once works."""
        if isinstance(event, Key) and event.key in keys_of(action("quit"), self.keymap):
            await self.action_quit()

    def on_resize(self) -> None:
        """Where there is no room, one sentence says so until there is."""
        self.call_later(self._fit)

    async def _fit(self) -> None:
        if not self.screen_stack:
            return
        if isinstance(self.screen, TooSmallScreen):
            self.screen.follow(self.size)
        elif is_too_small(self.size):
            await self.push_screen(TooSmallScreen(self))

    def redraw(self) -> None:
        """Send the whole screen again: something else may have written over it."""
        forget = getattr(self._driver, "forget", None)
        if forget is not None:
            forget()
        super().redraw()

    def on_unmount(self) -> None:
        """Listen no more, and remember up to where everything was seen."""
        desk = self.present or self.desk
        if desk.known_on is None:
            desk.last_seen.keep(desk.store.head())
        if self._deaf is not None:
            self._deaf()

    def _tell_notices(self) -> None:
        """What the store had to put right when it was opened, such as the cut-off end that a dead session left."""
        notices = [safe(each.words(_)) for each in self.desk.store.notices]
        if notices:
            self.say_on_top(" · ".join(notices))

    def _listen(self) -> None:
        self._deaf = self.desk.store.listen(self._heard, self._heard_of_others)

    def change_desk(self, desk: Desk) -> None:
        """Look at the past, or back: one that began in the past hears of others only from then on."""
        began_in_the_past = self.present is None and self.desk.known_on is not None
        super().change_desk(desk)
        if began_in_the_past and desk.known_on is None:
            self._listen()

    def _started(self) -> None:
        """The first paint is done: what waited for that."""
        self._tell_notices()
        collect_seldom()
        if self.desk.last_seen.sequence is None and isinstance(self.screen, Frame):
            self.offer_tour(self.screen)

    def _heard(self, transactions: list[Transaction]) -> None:
        """In the listener's thread."""
        if self.is_running:
            self.call_from_thread(self.tell_changed, transactions[-1].author)

    def _heard_of_others(self) -> None:
        """In the listener's thread."""
        if self.is_running:
            self.call_from_thread(self.tell_others)

    def keep_drafts(self) -> None:
        """Keep what stands half-filled in any form."""
        for stack in self._screen_stacks.values():
            for screen in stack:
                if isinstance(screen, Frame):
                    screen.keep()

    def _hung_up(self) -> None:
        self.keep_drafts()
        self.exit()

    def _handle_exception(self, error: Exception) -> None:
        """A fault of the program: what stands half-filled is kept, a report is written, the officer reads one sentence.

        A screen that opens while the program is being left gets no widgets any more; that it misses them is no fault.
        """
        if self._exit and isinstance(error, NoMatches):
            return
        self.keep_drafts()
        if self.is_headless:
            super()._handle_exception(error)
            return
        path = report(error, self.desk.folders.state)
        if self._faulty:
            return
        self._faulty = True
        text = _("This is a fault of the program; half-filled forms are kept, and a report is in {path}").format(
            path=safe(path)
        )
        end_within(PATIENCE, 1)
        self.exit(return_code=1, message=Text(text))

    def start(self) -> int:
        """Run in this terminal until it is left; the exit code."""
        self.run(mouse=self.desk.config.mouse and not self.quiet)
        return int(self.return_code or 0)

    async def action_quit(self) -> None:
        """Leave at once."""
        self.keep_drafts()
        self.exit()

    def action_help_quit(self) -> None:
        """ctrl+c does nothing but say how one leaves: it is too near ctrl+v."""
        if isinstance(self.screen, Frame):
            self.screen.say(self.screen.keyed(_("{ask_quit} or {quit} leaves")))
