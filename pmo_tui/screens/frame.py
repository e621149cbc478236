"""The frame of every screen: a line on top, what is shown, the line in which things are asked, how it stands, the keys."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Mapping
from contextlib import suppress
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar, cast

from msgspec.structs import replace
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.events import Key, ScreenResume
from textual.screen import Screen
from textual.widget import Widget

from pmo_tui.actions import EVERYWHERE, HEADINGS, OTHERWISE, WRITING, Action, actions_of, key_name, keys_of
from pmo_tui.keymaps import Named, meanings, name_of
from pmo_tui.records.errors import NotFound, PmoError, Refused, StoreTrouble, WrongUse
from pmo_tui.records.marks import N_
from pmo_tui.screens.office import LastChange, Office, OthersChanged, StoreChanged
from pmo_tui.screens.top_words import around
from pmo_tui.widgets.at_once import LinesCompositor
from pmo_tui.widgets.bindings import bindings
from pmo_tui.widgets.lines import KeyFooter, StatusLine, TopLine
from pmo_tui.widgets.prompt import Asked, Prompt
from pmo_tui.widgets.still import stands_still
from pmo_tui.wording.languages import _
from pmo_tui.wording.safe import safe
from pmo_tui.wording.shown_days import format_date

if TYPE_CHECKING:
    from pmo_tui.desk.desk import Desk

T = TypeVar("T")
PAINTED_WITHIN = 0.2
"""Seconds."""
PLACES = 2
"""So many of the places are told in which a key does something that starts nothing here."""


class Frame(Screen[Any]):
    """A screen of the program. A subclass gives `heading`, `body`, and in `reload` shows the records as they are now.

    `parts` are the parts of the program whose actions work here, the nearest first; `screen_name` is its name in `SCREENS`,
    empty for one that is reached from another.
    """

    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = bindings(EVERYWHERE)
    DEFAULT_CSS = """
    Frame { layout: vertical; background: $background; }
    """
    parts: ClassVar[tuple[str, ...]] = (EVERYWHERE,)
    screen_name: ClassVar[str] = ""
    signs_title: ClassVar[str] = N_("Signs")

    def __init__(self) -> None:
        super().__init__()
        stands_still(self, framed=True)
        self._compositor = LinesCompositor()
        self.shown_at = -1
        self.shown_for = ""

    # ---- what a subclass gives ---------------------------------------------------------------------------------------

    def heading(self) -> str:
        """What the screen is called on top; safe text."""
        return ""

    def body(self) -> Iterable[Widget]:
        """The widgets between the lines."""
        return ()

    def reload(self) -> None:
        """Show the records as they are now."""

    def keep(self) -> None:
        """Keep what stands half-filled; the program may end now."""

    def place(self) -> tuple[str, bool]:
        """The record that the officer looks at here, "" for none, and whether it is being edited: what colleagues are told."""
        return "", False

    def otherwise(self) -> Mapping[str, str]:
        """What actions do here, by their ids, where that is other than their help says; "" for those that start nothing."""
        return OTHERWISE.get(self.parts[0], {})

    def signs(self) -> list[tuple[str, str]]:
        """The signs that the screen writes, with their meaning, for `?`."""
        return []

    def field_in_focus(self) -> str:
        """The name of the field that the cursor is in, for `?`; empty where it is in none."""
        return ""

    def takes(self, event: Key) -> bool:
        """Whether the screen itself does something with a key, before it could start anything."""
        return False

    def help_fields(self) -> list[tuple[str, str]]:
        """Fields and their meaning, for `?`."""
        return []

    async def show_help(self) -> None:
        """Explain the screen, what the cursor is in first."""
        from pmo_tui.screens.help import HelpScreen, Subject

        subject = Subject(
            self.heading(),
            self.parts,
            self.otherwise(),
            self.help_fields(),
            self.field_in_focus(),
            self.signs(),
            self.signs_title,
        )
        await self.app.push_screen(HelpScreen(subject))

    # ---- pictures ------------------------------------------------------------------------------------------------------

    async def action_picture(self) -> None:
        """Save the screen as a picture."""
        from pmo_tui.screens.picture import ask_where, of_screen

        await self.attempt(lambda: ask_where(self, of_screen(self), self.screen_name or self.heading()))

    async def action_picture_alone(self) -> None:
        """Save the drawing on the screen without what is around it."""
        from pmo_tui.screens.picture import ask_where, drawing, of_widget

        name = f"{self.screen_name or self.heading()}-{_('drawing')}"
        await self.attempt(lambda: ask_where(self, of_widget(drawing(self), self.heading()), name))

    # ---- the frame -----------------------------------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        """The lines around the body."""
        yield TopLine()
        yield from self.body()
        yield Prompt()
        yield StatusLine()
        yield KeyFooter()

    def on_mount(self) -> None:
        """Show what there is, once: Textual calls this for itself when a subclass has called it already."""
        if self.shown_at >= 0:
            return
        self.prompt.tell = self._tell_prompt
        self.dress()
        self.look()

    @property
    def office(self) -> Office:
        """The program."""
        return cast("Office", self.app)

    @property
    def desk(self) -> Desk:
        """The desk."""
        return self.office.desk

    @cached_property
    def prompt(self) -> Prompt:
        """The line in which things are asked."""
        return self.query_one(Prompt)

    @cached_property
    def status(self) -> StatusLine:
        """The line that says how it stands."""
        return self.query_one(StatusLine)

    @cached_property
    def foot(self) -> KeyFooter:
        """The line with the keys."""
        return self.query_one(KeyFooter)

    def dress(self) -> None:
        """Write the line on top and the keys."""
        self._head()
        self.foot.put(self.footer_keys())
        if self.office.tour is not None:
            self.office.tour.show(self)
        if self.is_current:
            self.office.be_at(*self.place())

    def _head(self) -> None:
        """Write the line on top: what the screen is about is a record too, and may have been renamed."""
        today = self.desk.today()
        left = self.heading() + (f" · {self.office.scope_title()}" if self.office.scope else "")
        parts = [format_date(today, "long"), format_date(today, "week"), safe(self.desk.store_name)]
        known_on = self.desk.known_on
        if known_on is not None:
            parts.append(_("as known on {day}").format(day=format_date(known_on)))
        elif self.desk.store.read_only:
            parts.append(_("read-only"))
        parts += around(self.desk)
        top = self.query_one(TopLine)
        top.set_class(known_on is not None, "-past")
        top.head(left, parts)

    def footer_keys(self) -> list[tuple[str, str]]:
        """The keys at the foot, as the keymap has them."""
        found: dict[str, Action] = {}
        otherwise = self.otherwise()
        for part in self.parts:
            for each in actions_of(part):
                keys = keys_of(each, self.office.keymap)
                if keys and each.footer and otherwise.get(each.id, each.help):
                    found.setdefault(keys[0], each)
        ranked = sorted(found.items(), key=lambda pair: pair[1].footer)
        return [(key_name(key), _(each.label)) for key, each in ranked]

    def keyed(self, text: str, **values: object) -> str:
        """A text with its values, and with the keys of the actions whose ids stand in its braces: “{undo} takes it back”."""
        return text.format_map(Named(self.office.keymap, values))

    def named(self, *ids: str) -> dict[str, str]:
        """The keys of actions by their ids, for an error whose hint names them."""
        return {id: name_of(id, self.office.keymap) for id in ids}

    def say(self, text: str, *, error: bool = False) -> None:
        """One sentence in the status line, going on over the keys where it is long; safe text."""
        if self.is_attached:
            self.status.tell(text, error=error)
            self.foot.instead(self.status.over, error=error)

    def _tell_prompt(self, text: str) -> None:
        self.say(text, error=bool(text))

    def say_error(self, error: PmoError) -> None:
        """What went wrong and what to do, in one line."""
        self.say(words_of(error), error=True)

    def key_pressed(self) -> None:
        """A key takes away what was said before it."""
        if self.status.says and not self.prompt.asking:
            self.say("")

    def starts_nothing(self, key: str) -> None:
        """Say of a key that it starts nothing here, and what it does elsewhere."""
        if self.prompt.asking or key == "escape" or key.startswith("media_"):
            return
        here, elsewhere = meanings(key, self.parts, self.office.keymap)
        if here is None:
            words = [_("{key} starts nothing here").format(key=safe(key_name(key)))]
            words += [f"{_(HEADINGS[each.where])}: {_(each.label)}" for each in elsewhere[:PLACES]]
            self.say(" · ".join(words))

    # ---- doing things off the event loop ---------------------------------------------------------------------------------

    def start(self, work: Coroutine[Any, Any, None]) -> None:
        """Run `work` beside the keys; an error that a person can read is said, any other is a fault of the program."""
        self.run_worker(self._guarded(work), exit_on_error=True)

    async def painted(self) -> None:
        """Wait until what is shown is on the screen: a thread at work would hold up its painting. Not for long, as another screen may
        come in front before."""
        done = asyncio.Event()
        self.call_after_refresh(done.set)
        with suppress(TimeoutError):
            await asyncio.wait_for(done.wait(), PAINTED_WITHIN)

    def focus_on(self, widget: Widget) -> None:
        """The keys go to a widget from now on, those that are typed ahead too."""
        self.set_focus(widget, scroll_visible=False)

    async def _guarded(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        except PmoError as error:
            self.say_error(error)
        except OSError as error:
            self.say_error(of_file(error))

    async def write(self, work: Callable[[], T]) -> T:
        """Run a command that writes in a thread, then show what changed. It is the last change, which cannot be made again as such."""
        refusal = self.desk.why_not_write()
        if refusal is not None:
            raise refusal
        try:
            result = await asyncio.to_thread(work)
        except StoreTrouble:
            self.dress()
            raise
        self.office.last_change = LastChange()
        self.office.tell_changed()
        return result

    def ask(self, then: Callable[[str], Coroutine[Any, Any, None]], label: str, value: str = "", **more: Any) -> None:
        """Ask something; the very next key is the answer's. `then` goes on with what was answered, and is not called when it is given up.

        An answer that is refused stands there again, to be put right. `more` is as in `Asked`.
        """
        asked = Asked(label, value, **more)
        self.start(self._answered(asked, self.prompt.ask(asked), then))

    async def _answered(
        self, asked: Asked, answer: asyncio.Future[str | None], then: Callable[[str], Coroutine[Any, Any, None]]
    ) -> None:
        text = await answer
        while text is not None:
            try:
                await then(text)
            except (WrongUse, Refused, NotFound) as error:
                if not self.is_current or self.prompt.asking:
                    raise
                answer = self.prompt.ask(replace(asked, value=text, offered=False))
                self.say(words_of(error), error=True)
                text = await answer
            else:
                return

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What only writes asks for nothing where nothing can be written: it is said why at once."""
        refusal = self.desk.why_not_write() if action in WRITING else None
        if refusal is None:
            return super().check_action(action, parameters)
        self.say_error(refusal)
        return False

    async def attempt(self, work: Callable[[], Awaitable[Any] | None]) -> None:
        """Do something at once, before the next key is looked at; an error that a person can read is said."""
        try:
            doing = work()
            if doing is not None:
                await doing
        except PmoError as error:
            self.say_error(error)
        except OSError as error:
            self.say_error(of_file(error))

    # ---- changes -----------------------------------------------------------------------------------------------------------

    def look(self) -> None:
        """Show the records as they are, and remember at which transaction and in which scope that was."""
        self.shown_at, self.shown_for = self.desk.store.head(), self.office.scope
        try:
            self.reload()
        except PmoError as error:
            self.say_error(error)

    @on(StoreChanged)
    def _changed(self, event: StoreChanged) -> None:
        self.look()
        self._head()
        if event.by:
            self.told_of(event.by)

    def told_of(self, by: str) -> None:
        """Say who changed what is shown; not over what went wrong, which is to be read first."""
        if not self.status.warns:
            self.say(_("changed by {name}").format(name=safe(by)))

    def others_changed(self) -> None:
        """Called when somebody came, left, or is at another record."""

    @on(OthersChanged)
    def _others_changed(self) -> None:
        self.dress()
        self.others_changed()
        trouble = self.desk.store.trouble
        if str(trouble) != str(self.office.trouble):
            self.office.trouble = trouble
            if trouble is None:
                self.say(_("connected again"))
            else:
                self.say_error(trouble)

    @on(ScreenResume)
    def _resumed(self) -> None:
        if self.is_mounted and (self.shown_at, self.shown_for) != (self.desk.store.head(), self.office.scope):
            self.look()
        if self.is_mounted:
            self.dress()
            self.others_changed()


def words_of(error: PmoError) -> str:
    """What went wrong and what to do, in one safe line."""
    problems = [problem.words(_) for problem in error.problems[:2]] if isinstance(error, Refused) else []
    return safe(" ".join(part for part in (error.message.words(_), *problems, error.hint.words(_)) if part))


def of_file(error: OSError) -> PmoError:
    """What is to be said of a file that cannot be read or written; the error itself, raised again, where it is of no file."""
    if not error.filename or not error.strerror:
        raise error
    return WrongUse(N_("{file}: {why}"), N_("Name another file."), file=error.filename, why=error.strerror)
