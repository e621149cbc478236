"""A form: a line or a box a field, what was understood or what is wrong beside it, offers for references and choices."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.message import Message
from textual.widgets import Input, Static, TextArea

from pmo_tui.widgets.prompt import Offer, Offers
from pmo_tui.widgets.typed_text import InPlace
from pmo_tui.wording.safe import safe_in_place

LABEL = 20
MOST_OFFERS = 6


@dataclass(frozen=True, slots=True)
class Entry:
    """One field of a form: its name, its label (safe text), its text, whether it has several lines, and whether those are rows of cells.

    What is `offered` is a text that nobody typed: the first key replaces it.
    """

    name: str
    label: str
    text: str = ""
    long: bool = False
    cells: bool = False
    needed: bool = False
    hint: str = ""
    offered: bool = False


@dataclass(frozen=True, slots=True)
class Heard:
    """What a text was understood as, what is wrong with it (both safe text), and what is taken for it when the field is left."""

    understood: str = ""
    wrong: str = ""
    taken: str = ""


Understand = Callable[[str, Mapping[str, str]], Heard]
"""For a field's name and all texts."""
Offer_for = Callable[[str, str], Sequence[Offer]]
"""Offers for a field's name and its text."""


class Line(Input):
    """A field of one line. Up and down go between fields, or through the offers once something was typed."""

    BINDINGS = [
        Binding("up", "go(-1)", show=False),
        Binding("down", "go(1)", show=False),
        Binding("tab", "take(1)", show=False),
        Binding("shift+tab", "take(-1)", show=False),
    ]
    typed = False

    def action_go(self, step: int) -> None:
        """Choose an offer, or go to another field."""
        form = self.query_ancestor(Form)
        if not (self.typed and form.choose(self, step)):
            form.go(step)

    def action_take(self, step: int) -> None:
        """Go to another field."""
        self.query_ancestor(Form).go(step)


class Box(TextArea):
    """A field of several lines; tab goes on, so that a form is walked through in one way."""

    BINDINGS = [
        Binding("tab", "go(1)", show=False),
        Binding("shift+tab", "go(-1)", show=False),
    ]
    goes_on = False
    """Whether one goes on at the end of the text: from when the keys come, so that its beginning is read first."""

    def on_focus(self) -> None:
        """To the end of a text that one goes on with."""
        if self.goes_on:
            self.goes_on = False
            self.move_cursor(self.document.end)

    def get_line(self, line_index: int) -> Text:
        """A line as it is painted."""
        return Text(safe_in_place(self.document.get_line(line_index)), end="", no_wrap=True)

    def action_go(self, step: int) -> None:
        """Go to another field."""
        self.query_ancestor(Form).go(step)


class FieldRow(Vertical):
    """A field with its label and what is said about it."""

    def __init__(self, entry: Entry) -> None:
        super().__init__(classes="-long" if entry.long else "")
        self.entry = entry
        self.field: Line | Box = self._box() if entry.long else self._line()
        """What is typed into."""
        self._words = Static("", classes="words", markup=False)
        self._said = ("", False)
        self._theirs: Static | None = None

    def _box_text(self, text: str) -> str:
        """A table is gone on with below what stands in it, so that the line that names its columns stays the first."""
        return f"{text.rstrip()}\n" if self.entry.cells and text.strip() else text

    def _box(self) -> Box:
        text = self._box_text(self.entry.text)
        box = Box(text, soft_wrap=not self.entry.cells, tab_behavior="focus", compact=True)
        if self.entry.cells:
            box.move_cursor(box.document.end)
        return box

    def _line(self) -> Line:
        line = Line(
            self.entry.text, compact=True, select_on_focus=False, placeholder=self.entry.hint, highlighter=InPlace()
        )
        if self.entry.offered:
            line.select_all()
        return line

    def compose(self) -> ComposeResult:
        """Label and field side by side, the words below."""
        self.field.cursor_blink = False
        with Horizontal():
            yield Static(self.entry.label + (" *" if self.entry.needed else ""), classes="label", markup=False)
            yield self.field
        yield self._words

    @property
    def text(self) -> str:
        """What stands in it."""
        field = self.field
        return field.text if isinstance(field, Box) else field.value

    def put(self, text: str, *, offered: bool = False) -> None:
        """Put a text into it; one that is only offered is replaced by the first key."""
        field = self.field
        if isinstance(field, Box):
            field.text = self._box_text(text)
            field.goes_on = not (self.entry.cells or field.has_focus)
            if not field.goes_on:
                field.move_cursor(field.document.end)
        else:
            field.value = text
            field.cursor_position = len(text)
            if offered:
                field.select_all()

    def say(self, words: str, *, wrong: bool = False) -> None:
        """Say what was understood, or what is wrong; nothing takes no room, and nothing is laid out anew for the same words."""
        if (words, wrong) == self._said:
            return
        self._said = (words, wrong)
        self._words.update(("✗ " if wrong else "") + words)
        self._words.set_class(bool(words), "-said")
        self._words.set_class(wrong, "-wrong")

    def tell(self, words: str, *, differs: bool = False) -> None:
        """Say what somebody else made of the field; where it `differs` from what stands here, so that it is seen. Nothing takes no room."""
        if self._theirs is None:
            if not words:
                return
            self._theirs = Static("", classes="words", markup=False)
            self.mount(self._theirs)
        self._theirs.update(("≠ " if differs else "← ") + words if words else "")
        self._theirs.set_class(bool(words), "-said")
        self._theirs.set_class(differs, "-differs")


class Form(VerticalScroll, can_focus=False):
    """The fields under each other."""

    DEFAULT_CSS = """
    Form { height: 1fr; background: $background; padding: 0 1; }
    Form FieldRow { height: auto; }
    Form FieldRow Horizontal { height: auto; }
    Form .label { width: 20; height: 1; color: $text-muted; }
    Form Line { border: none; height: 1; padding: 0 1; background: $surface; width: 1fr; }
    Form Line:focus { border: none; background: $primary-muted; }
    Form Box { border: none; height: 6; padding: 0 1; background: $surface; width: 1fr; }
    Form Box:focus { border: none; background: $primary-muted; }
    Form .words { display: none; height: auto; margin-left: 21; color: $text-muted; }
    Form .words.-said { display: block; }
    Form .words.-wrong { color: $text-error; text-style: bold; }
    Form .words.-differs { color: $text-warning; text-style: bold; }
    Form Offers { margin-left: 20; }
    """

    class Changed(Message):
        """Something was typed into a field."""

        def __init__(self, name: str) -> None:
            super().__init__()
            self.name = name

    class Submitted(Message):
        """Enter was pressed in a field of one line."""

    def __init__(
        self, understand: Understand, offer: Offer_for, entries: Sequence[Entry], *, id: str | None = None
    ) -> None:
        super().__init__(id=id)
        self._entries = list(entries)
        self._understand = understand
        self._offer = offer
        self._offers = Offers()
        self._choosing = False

    def compose(self) -> ComposeResult:
        """A row a field."""
        yield from (FieldRow(entry) for entry in self._entries)

    @property
    def rows(self) -> dict[str, FieldRow]:
        """The fields by name."""
        return {row.entry.name: row for row in self.query(FieldRow)}

    def texts(self) -> dict[str, str]:
        """What stands in every field."""
        return {name: row.text for name, row in self.rows.items()}

    async def show(self, entries: Sequence[Entry], at: str = "") -> None:
        """Show these fields; the cursor goes to the one called `at`, or the first."""
        with self.app.batch_update():
            await self.query(FieldRow).remove()
            await self.mount_all([FieldRow(entry) for entry in entries])
        self.begin(at)

    def begin(self, at: str = "") -> None:
        """The keys go to the field called `at`, or the first."""
        rows = self.rows
        row = rows.get(at) or next(iter(rows.values()), None)
        if row is not None:
            self.screen.set_focus(row.field)

    def row_of(self, widget: object) -> FieldRow | None:
        """The row a widget stands in."""
        return next((row for row in self.query(FieldRow) if widget is row.field), None)

    @property
    def current(self) -> FieldRow | None:
        """The row with the cursor."""
        return self.row_of(self.screen.focused)

    def go(self, step: int) -> None:
        """To the next field or the one before; round at the ends."""
        rows = list(self.query(FieldRow))
        current = self.current
        if rows:
            place = rows.index(current) + step if current in rows else 0
            self.screen.set_focus(rows[place % len(rows)].field)

    def mark(self, problems: Mapping[str, str]) -> None:
        """Say beside each field what is wrong with it, and go to the first; fields without a problem fall silent."""
        rows = self.rows
        first: FieldRow | None = None
        for name, row in rows.items():
            row.say(problems.get(name, ""), wrong=name in problems)
            first = first or (row if name in problems else None)
        if first is not None:
            self.screen.set_focus(first.field)

    # ---- while one types -------------------------------------------------------------------------------------------------

    @on(Input.Changed)
    @on(TextArea.Changed)
    def _changed(self, event: Input.Changed | TextArea.Changed) -> None:
        event.stop()
        widget = event.input if isinstance(event, Input.Changed) else event.text_area
        row = self.row_of(widget)
        if row is None or (row.text == row.entry.text and not getattr(widget, "typed", False)):
            return
        if isinstance(widget, Line):
            widget.typed = True
        heard = self._understand(row.entry.name, self.texts())
        row.say(heard.wrong or heard.understood, wrong=bool(heard.wrong))
        if self._choosing:
            self._choosing = False
        else:
            self._show_offers(row)
        self.post_message(self.Changed(row.entry.name))

    def _show_offers(self, row: FieldRow) -> None:
        offers = list(self._offer(row.entry.name, row.text))[:MOST_OFFERS] if not row.entry.long else []
        if offers and self._offers.parent is not row:
            if self._offers.is_attached:
                self._offers.remove()
                self._offers = Offers()
            row.mount(self._offers)
        if self._offers.is_attached or offers:
            self._offers.show(offers)

    def choose(self, line: Line, step: int) -> bool:
        """Put an offer into the line; False where there is none."""
        row = self.row_of(line)
        if row is None or self._offers.parent is not row:
            return False
        offer = self._offers.choose(step)
        if offer is None:
            return False
        self._choosing = True
        row.put(offer[0])
        return True

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        """The offers belong to the field with the cursor."""
        row = self.row_of(event.widget)
        if row is not None and isinstance(event.widget, Line):
            self._take_first(row, event.widget)
        if self._offers.is_attached:
            self._offers.show([])

    def _take_first(self, row: FieldRow, line: Line) -> None:
        """Left half-written, a field takes what its text was about to become."""
        taken = self._understand(row.entry.name, self.texts()).taken if line.typed else ""
        if taken:
            with line.prevent(Input.Changed):
                row.put(taken)
            row.say(self._understand(row.entry.name, self.texts()).understood)
        line.typed = False

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Choices are offered before anything is typed."""
        row = self.row_of(event.widget)
        if row is not None:
            row.scroll_visible(animate=False)
            self.post_message(self.Changed(""))

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        row = self.current
        if row is not None and isinstance(row.field, Line):
            self._take_first(row, row.field)
        self.post_message(self.Submitted())
