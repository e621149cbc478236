"""What every screen may ask of the program around it: the desk, the scope, where to go next."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from textual.app import App
from textual.await_complete import AwaitComplete
from textual.message import Message

from pmo_tui.desk.home.kept import Kept
from pmo_tui.keymaps import keymap_of
from pmo_tui.records.errors import PmoError
from pmo_tui.screens.places import Places
from pmo_tui.wording.languages import _
from pmo_tui.wording.safe import safe

if TYPE_CHECKING:
    from pmo_tui.desk.desk import Desk
    from pmo_tui.screens.frame import Frame
    from pmo_tui.screens.tour import Tour


class StoreChanged(Message):
    """Records changed, by this officer or by another. `by` is who did it, empty for oneself."""

    bubble = False

    def __init__(self, by: str = "") -> None:
        super().__init__()
        self.by = by

    def can_replace(self, message: Message) -> bool:
        """One repaint shows several changes."""
        return isinstance(message, StoreChanged) and message.by == self.by


class OthersChanged(Message):
    """Somebody came, left, or is at another record; or the server is gone, or back."""

    bubble = False

    def can_replace(self, message: Message) -> bool:
        """One look shows all of it."""
        return isinstance(message, OthersChanged)


Again = Callable[[Any, list[str]], Coroutine[Any, Any, None]]
"""Does something once more: on a list screen, to the records with these keys."""


class LastChange(Struct, frozen=True):
    """The last change made by hand, for `.` to make again: in which register, where it was looked at, to which records.

    Without `again` it is one that cannot be made again.
    """

    register: str = ""
    place: str = ""
    keys: tuple[str, ...] = ()
    again: Again | None = None


class Office(App[int]):
    """The program as its screens see it."""

    def __init__(self, desk: Desk, **more: Any) -> None:
        super().__init__(**more)
        self.desk = desk
        self.kept = Kept(desk.folders.state)
        self.tour: Tour | None = None
        self.scope = ""
        self.last_change: LastChange | None = None
        self.places = Places(self)
        self.present: Desk | None = None
        """The desk of today, while the past is looked at."""
        self.trouble: PmoError | None = None
        """What was told last to be wrong with the store, on whatever screen."""
        self.stay: set[int] = set()
        """One's own changes that were not taken back when it was asked for: the next time those before them are."""
        self.written: set[Path] = set()
        """Files that were written in this session: they may be written over."""
        self._at = ("", False)
        self._telling: asyncio.Task[None] | None = None

    @cached_property
    def keymap(self) -> Mapping[str, str]:
        """Keys by action id, where the configuration has others than ours."""
        return keymap_of(self.desk.config.keys, self.desk.config.keymap)

    def begin_tour(self, screen: Frame) -> None:
        """Show the program from here, from its first step."""
        from pmo_tui.screens.tour import Tour

        self.tour = Tour(self)
        self.tour.show(screen)

    def end_tour(self) -> None:
        """No tour any more, on any screen, nor by itself at a later start."""
        from pmo_tui.screens.tour import KEPT, TourLine

        self.tour = None
        for stack in self._screen_stacks.values():
            for screen in stack:
                screen.query(TourLine).remove()
        self.kept.put(**{KEPT: "seen"})

    def offer_tour(self, screen: Frame) -> None:
        """At the very first start, say that there is a tour; only once."""
        from pmo_tui.screens.tour import KEPT, may_offer

        if may_offer(self.kept):
            try:
                self.kept.put(**{KEPT: "offered"})
            except OSError:
                return
            screen.say(screen.keyed(_("New here? {tour} shows you round in two minutes; later: {palette}tour")))

    def redraw(self) -> None:
        """Paint the whole screen again, whatever the terminal may show."""
        self.screen.refresh(layout=True, repaint=True)

    def scope_title(self) -> str:
        """What every screen is narrowed to, as safe text; its word where the node is gone."""
        from pmo_tui.desk.views.scope import title_of_scope

        try:
            return safe(title_of_scope(self.desk, self.scope.replace('"', "")))
        except PmoError:
            return safe(self.scope)

    def change_desk(self, desk: Desk) -> None:
        """Look at the store as it was known another time, or is today: what is in front at once, the rest when it comes up again."""
        if self.desk.known_on is None:
            self.present = self.desk
        self.desk = desk
        if desk.known_on is None:
            self.present = None
        for stack in self._screen_stacks.values():
            for screen in stack:
                if hasattr(screen, "shown_at"):
                    screen.shown_at = -1
        self.screen.post_message(StoreChanged())
        self.screen.post_message(OthersChanged())

    def say_on_top(self, text: str) -> None:
        """One sentence in the status line of whatever screen is in front; safe text."""
        say = getattr(self.screen, "say", None)
        if say is not None:
            say(text)

    def be_at(self, key: str, edits: bool) -> None:
        """Let the others know which record this officer looks at or edits, beside the keys; "" for none."""
        if (key, edits) == self._at:
            return
        self._at = (key, edits)
        if self._telling is None or self._telling.done():
            self._telling = asyncio.create_task(self._tell_where())

    async def _tell_where(self) -> None:
        told = None
        while told != self._at:
            told = self._at
            await asyncio.to_thread(self.desk.store.be_at, told[0], edits=told[1])

    def push_screen(self, screen: Any, *more: Any, **named: Any) -> Any:
        """As in Textual; but what is there to write is not opened where nothing can be written, and it is said why."""
        refusal = self.desk.why_not_write() if getattr(screen, "writes", False) else None
        if refusal is None:
            return super().push_screen(screen, *more, **named)
        say = getattr(self.screen, "say_error", None)
        if say is not None:
            say(refusal)
        return AwaitComplete()

    def tell_others(self) -> None:
        """Let the visible screen show who is on."""
        self.screen.post_message(OthersChanged())

    def tell_changed(self, by: str = "") -> None:
        """Let the visible screen show what changed; the others look when they come up again. The past does not change."""
        if self.desk.known_on is not None:
            return
        self.screen.post_message(StoreChanged(by))
