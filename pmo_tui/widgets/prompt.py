"""The line in which things are asked: a filter, a key, a file's name, one line to take down. Completion above it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

from msgspec import Struct
from rich.segment import Segment
from textual import on
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Input, Static

from pmo_tui.widgets.cutting import fit
from pmo_tui.widgets.line_view import LineView
from pmo_tui.widgets.typed_text import InPlace

Offer = tuple[str, str]
"""What is put into the line, and how the offer is shown (safe text)."""


class Asked(Struct, frozen=True):
    """What is asked: a `label`, the text to start with, offers for a text, what is done while one types, and what is wrong with a text.

    A text that is only `offered` is replaced by the first key. A wrong text for which one thing is offered is taken for that.
    """

    label: str
    value: str = ""
    offers: Callable[[str], Sequence[Offer]] | None = None
    live: Callable[[str], None] | None = None
    wrong: Callable[[str], str] | None = None
    take_offer: bool = False
    offered: bool = False


class Offers(LineView):
    """The offers, best first; one of them is chosen."""

    DEFAULT_CSS = "Offers { height: auto; max-height: 8; background: $surface; }"
    can_focus = False

    def __init__(self) -> None:
        super().__init__()
        self.offers: list[Offer] = []
        self.chosen = -1

    def show(self, offers: Sequence[Offer]) -> None:
        """Show these; none is chosen yet."""
        changed = len(offers) != len(self.offers)
        self.offers = list(offers)
        self.chosen = -1
        self.repaint()
        if changed:
            self.styles.height = min(8, len(self.offers))

    def choose(self, step: int) -> Offer | None:
        """The next or the one before."""
        if not self.offers:
            return None
        self.chosen = (
            (self.chosen + step) % len(self.offers) if self.chosen >= 0 else (0 if step > 0 else len(self.offers) - 1)
        )
        self.cursor = self.chosen
        self.keep_in_sight()
        self.repaint()
        return self.offers[self.chosen]

    def line_count(self) -> int:
        """One an offer."""
        return len(self.offers)

    def paint(self, line: int, width: int, at_cursor: bool) -> Strip:
        """An offer."""
        style = self.line_style("cursor" if line == self.chosen else "")
        return Strip([Segment(fit(f"   {self.offers[line][1]}", width), style)], width)


class PromptInput(Input):
    """The line itself; up, down and tab choose among the offers, or among what was said before."""

    BINDINGS = [
        Binding("up", "offer(-1)", show=False),
        Binding("down", "offer(1)", show=False),
        Binding("tab", "offer(1)", show=False),
        Binding("shift+tab", "offer(-1)", show=False),
        Binding("escape", "give_up", show=False),
    ]

    def action_offer(self, step: int) -> None:
        """Choose among the offers."""
        prompt = self.query_ancestor(Prompt)
        prompt.choose(step)

    def action_give_up(self) -> None:
        """Ask no more; what was wrong with the answer is told no longer."""
        prompt = self.query_ancestor(Prompt)
        prompt.tell("")
        prompt.settle(None)


class Prompt(Vertical):
    """Hidden until `ask` is called; it then takes the keys until it is answered or given up. What it is made of comes with the first question."""

    DEFAULT_CSS = """
    Prompt { height: auto; display: none; background: $surface; }
    Prompt.-asking { display: block; }
    Prompt Horizontal { height: 1; }
    Prompt #label { width: auto; color: $accent; text-style: bold; padding: 0 1; }
    Prompt PromptInput { border: none; height: 1; padding: 0; background: $surface; width: 1fr; }
    Prompt PromptInput:focus { border: none; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._asked: Asked | None = None
        self._answer: asyncio.Future[str | None] | None = None
        self._choosing = False
        self._focused: Widget | None = None
        self.tell: Callable[[str], None] = lambda text: None

    def _furnish(self) -> None:
        """Offers above the line."""
        line = Horizontal()
        self.mount(Offers(), line)
        line.mount(
            Static("", id="label", markup=False),
            PromptInput(compact=True, select_on_focus=False, highlighter=InPlace()),
        )

    @property
    def asking(self) -> bool:
        """Whether something is being asked."""
        return self._answer is not None

    def ask(self, asked: Asked) -> asyncio.Future[str | None]:
        """Ask, from this moment on: the next key is an answer's. The future holds what was answered, None when it was given up.

        Asking anew gives up what was asked before.
        """
        self.settle(None)
        answer: asyncio.Future[str | None] = asyncio.get_running_loop().create_future()
        self._asked, self._answer = asked, answer
        self._focused = self.screen.focused
        if not self.children:
            self._furnish()
        self.query_one("#label", Static).update(asked.label)
        field = self.query_one(PromptInput)
        field.cursor_blink = False
        with field.prevent(Input.Changed):
            field.value = asked.value
        field.cursor_position = len(asked.value)
        if asked.offered:
            field.select_all()
        self.add_class("-asking")
        self.screen.set_focus(field, scroll_visible=False)
        self._offer(asked.value)
        return answer

    def _close(self) -> None:
        self._asked = self._answer = None
        self.remove_class("-asking")
        self.query_one(Offers).show([])
        if self._focused is not None and self._focused.is_attached:
            self.screen.set_focus(self._focused, scroll_visible=False)
        self._focused = None

    def settle(self, text: str | None) -> None:
        """Answer with `text`."""
        answer = self._answer
        if answer is not None:
            self._close()
            if not answer.done():
                answer.set_result(text)

    def choose(self, step: int) -> None:
        """Put an offer into the line."""
        offer = self.query_one(Offers).choose(step)
        if offer is not None:
            field = self.query_one(PromptInput)
            self._choosing = True
            field.value = offer[0]
            field.cursor_position = len(offer[0])

    def offer_anew(self) -> None:
        """Show what is offered for the text as it stands: more may be known by now."""
        if self.asking and self.query_one(Offers).chosen < 0:
            self._offer(self.query_one(PromptInput).value)

    def _offer(self, text: str) -> None:
        if self._asked is not None:
            self.query_one(Offers).show(self._asked.offers(text) if self._asked.offers else [])

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        if self._asked is None:
            return
        if self._choosing:
            self._choosing = False
        else:
            self._offer(event.value)
        self.tell("")
        if self._asked.live is not None:
            self._asked.live(event.value)

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        asked, offers = self._asked, self.query_one(Offers)
        if asked is None:
            return
        text = event.value
        if asked.take_offer and offers.chosen < 0 and offers.offers:
            text = offers.offers[0][0]
        wrong = asked.wrong(text) if asked.wrong else ""
        meant = self._only_offer(text)
        if wrong and asked.wrong and meant and not asked.wrong(meant):
            text, wrong = meant, ""
        if wrong:
            self.tell(wrong)
        else:
            self.settle(text)

    def _only_offer(self, text: str) -> str:
        """What a text that is none yet is about to become, where only one thing is offered for it; "" else."""
        offers = self.query_one(Offers).offers
        return offers[0][0] if text.strip() and len(offers) == 1 else ""
