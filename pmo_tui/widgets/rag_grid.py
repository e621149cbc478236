"""Status colours by dimension: last, by rule, and now, set by single keys; a comment beside each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.strip import Strip

from pmo_tui.widgets.cutting import fit
from pmo_tui.widgets.line_view import LineView
from pmo_tui.wording.languages import _
from pmo_tui.wording.rag import SHAPES, rag_text

KEYS: Mapping[str, str | None] = {"r": "red", "a": "amber", "o": "amber", "g": "green", "minus": None}
"""The colour of a key, in either language: Dutch has oranje."""
LABEL, COLOUR = 11, 7
GREY = "grey"


@dataclass(frozen=True, slots=True)
class RagLine:
    """A dimension: its name and label (safe text), what was declared last (`""` for nothing, also when it is too old), by rule."""

    name: str
    label: str
    last: str = ""
    rule: str = ""


class RagGrid(LineView):
    """A line a dimension. A letter sets the colour under the cursor and goes one down; `colours` and `comments` are by name."""

    head_lines = 1
    DEFAULT_CSS = """
    RagGrid { height: 9; background: $surface; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(key, f"colour('{key}')", show=False) for key in KEYS),
        Binding("c", "comment", show=False),
        Binding("enter", "leave", show=False),
    ]

    class Changed(Message):
        """A colour was set."""

    class CommentAsked(Message):
        """A comment is to be typed on a dimension."""

        def __init__(self, name: str) -> None:
            super().__init__()
            self.name = name

    class Left(Message):
        """Enter was pressed: on to the text."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.lines: list[RagLine] = []
        self.colours: dict[str, str | None] = {}
        self.comments: dict[str, str] = {}

    def show(self, lines: Sequence[RagLine], colours: Mapping[str, str | None], comments: Mapping[str, str]) -> None:
        """Show other dimensions; the cursor goes to the first."""
        self.lines = list(lines)
        self.colours = dict(colours)
        self.comments = dict(comments)
        self.cursor = 0
        self.keep_in_sight()
        self.repaint()

    def comment(self, name: str, text: str) -> None:
        """Put a comment (safe text) beside a dimension."""
        self.comments[name] = text
        self.repaint()

    @property
    def current(self) -> str:
        """The dimension under the cursor."""
        return self.lines[self.cursor].name if self.lines else ""

    def line_count(self) -> int:
        """One a dimension."""
        return len(self.lines)

    def paint_head(self, y: int, width: int) -> Strip:
        """What the columns are, and which keys set a colour."""
        head = self.line_style("head")
        text = " " + fit("", LABEL) + fit(_("last"), COLOUR) + fit(_("rule"), COLOUR) + fit(_("now"), COLOUR)
        text += _("comment (c)   colour: r a o g –")
        return Strip([Segment(fit(text, width), head)], width)

    def paint(self, line: int, width: int, at_cursor: bool) -> Strip:
        """A dimension."""
        found = self.lines[line]
        under = at_cursor and self.has_focus
        base = self.line_style("cursor" if under else "")
        now = self.colours.get(found.name) or ""
        better = found.rule in SHAPES and _BADNESS.get(now, 9) < _BADNESS.get(found.rule, -1)
        segments = [
            Segment(" ", base),
            Segment(fit(found.label, LABEL), base + self.tone("faint") if not under else base),
        ]
        for colour, is_rule in ((found.last, False), (found.rule, True), (now, False)):
            shown = colour if colour in SHAPES else GREY
            text = "" if is_rule and not colour else rag_text(shown)
            segments.append(Segment(fit(text, COLOUR), base + self.tone(shown)))
        if better:
            segments.append(Segment(_("better than by rule") + "  ", base + self.tone("amber")))
        segments.append(Segment(self.comments.get(found.name, ""), base))
        return Strip(segments).adjust_cell_length(width, base)

    # ---- gestures ----------------------------------------------------------------------------------------------------------

    def action_colour(self, key: str) -> None:
        """Set the colour and go one down."""
        if self.lines:
            self.colours[self.current] = KEYS[key]
            self.repaint()
            self.post_message(self.Changed())
            self.move_to(self.cursor + 1)

    def action_comment(self) -> None:
        """Ask for a comment on the dimension under the cursor; the whole has its text."""
        if self.lines and self.cursor:
            self.post_message(self.CommentAsked(self.current))

    def action_leave(self) -> None:
        """On to the text."""
        self.post_message(self.Left())

    def on_focus(self) -> None:
        """The cursor shows."""
        self.repaint()

    def on_blur(self) -> None:
        """The cursor goes."""
        self.repaint()


_BADNESS = {"green": 0, "amber": 1, "red": 2}
