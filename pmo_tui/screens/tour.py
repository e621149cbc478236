"""Two minutes over the real screens: a sentence above the status line asks for one key, and goes on when it was pressed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.css.query import NoMatches
from textual.events import Key
from textual.widgets import Static

from pmo_tui.actions import SCREENS, action, keys_of
from pmo_tui.records.marks import N_
from pmo_tui.widgets.lines import StatusLine
from pmo_tui.wording.languages import _

if TYPE_CHECKING:
    from pmo_tui.desk.home.kept import Kept
    from pmo_tui.screens.frame import Frame
    from pmo_tui.screens.office import Office

KEPT = "tour"
"""Under this name it is kept that the tour was offered, left or finished: it never comes back by itself."""
ANSWER = "enter"


@dataclass(frozen=True, slots=True)
class Step:
    """What is said (ids of actions in braces are their keys), and the action whose key it waits for; none is the answer to what is asked."""

    text: str
    action: str = ""


STEPS = (
    Step(N_("Each digit is a screen, 1 to 9. Press {screen_portfolio} for the portfolio."), "screen_portfolio"),
    Step(N_("Nearly every screen is a list, and all lists have the same keys. The arrows move: press {down}."), "down"),
    Step(N_("{filter} narrows a list while you type. Press {filter}."), "filter"),
    Step(N_("Type a word of what you look for, or rag:red, or nothing, and press ⏎.")),
    Step(
        N_("{screen_registers} and two letters open any register: su the suppliers. Press {screen_registers}."),
        "screen_registers",
    ),
    Step(N_("{palette} finds every action, register and record by name. Press {palette}."), "palette"),
    Step(N_("Type help and press ⏎: what is found is done.")),
    Step(
        N_(
            "{help} explains wherever you are, {undo} takes your last change back, {ask_quit} leaves. Press {screen_today} to begin."
        ),
        "screen_today",
    ),
)


class TourLine(Static):
    """The sentence of the step."""

    DEFAULT_CSS = "TourLine { height: auto; background: $panel; color: $text-accent; text-style: bold; padding: 0 1; }"

    def __init__(self, text: str) -> None:
        super().__init__(text, markup=False)


def may_offer(kept: Kept) -> bool:
    """Whether nobody was ever told of the tour here."""
    return not kept.get(KEPT)


class Tour:
    """The tour as it goes on: which step it is at."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.place = 0

    def takes(self, event: Key, screen: Frame) -> bool:
        """Whether the key is the tour's own: esc. The one that it waits for does its work, and the tour goes on with it."""
        asking = screen.prompt.asking
        if event.key == "escape":
            self.end(screen)
            return not asking
        if self.place == len(STEPS):
            return False
        step = STEPS[self.place]
        if not step.action:
            awaited = asking and event.key == ANSWER
        else:
            found = action(step.action)
            here = not asking and found.part_in(screen.parts) is not None
            awaited = here and event.key in keys_of(found, self.office.keymap)
        if awaited:
            self._go_on(screen)
        return False

    def show(self, screen: Frame) -> None:
        """Say the step on a screen; behind the last one, that it is over."""
        if self.place == len(STEPS):
            self.end(screen)
            return
        words = f"{self.place + 1}/{len(STEPS)}  {screen.keyed(_(STEPS[self.place].text))}  {_('(esc leaves)')}"
        try:
            screen.query_one(TourLine).update(words)
        except NoMatches:
            screen.mount(TourLine(words), before=screen.query_one(StatusLine))

    def _go_on(self, screen: Frame) -> None:
        """The last step leads to the first screen, and is over when that shows."""
        self.place += 1
        if self.place < len(STEPS) or screen.screen_name == SCREENS[0][0]:
            self.show(screen)

    def end(self, screen: Frame) -> None:
        """It was left, or is over; `:` finds it again."""
        self.office.end_tour()
        screen.say(screen.keyed(_("The tour is over; {palette}tour or {tour} starts it again.")))
