"""The three single lines of the frame: on top where one is, below how it stands, at the foot the keys."""

from __future__ import annotations

from collections.abc import Sequence

from rich.segment import Segment
from textual.messages import Update
from textual.strip import Strip
from textual.widget import Widget

from pmo_tui.widgets.cutting import fit, width_of

SEPARATOR = " · "


class OneLine(Widget):
    """A line with a left part that gives way and a right part that stays."""

    DEFAULT_CSS = """
    OneLine { height: 1; background: $panel; color: $foreground; }
    TopLine { text-style: bold; }
    TopLine.-past { background: $warning; color: $background; }
    StatusLine { background: $surface; }
    StatusLine.-error { background: $error-muted; color: $text-error; text-style: bold; }
    KeyFooter { color: $text-muted; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._left = self._right = ""

    def put(self, left: str, right: str = "") -> None:
        """Show these; what is given is safe text already. Nothing is painted when nothing changed."""
        if (left, right) != (self._left, self._right):
            self._left, self._right = left, right
            self.refresh()
            if self.is_attached:
                self.screen.post_message(
                    Update(self)
                )  # now, so that it is painted with the lines that moved, not a frame later

    @property
    def text(self) -> str:
        """What is shown."""
        return f"{self._left} {self._right}".strip()

    def render_line(self, y: int) -> Strip:
        """The line."""
        width = self.size.width
        right = f" {self._right} " if self._right else ""
        room = max(0, width - width_of(right))
        return Strip([Segment(fit(f" {self._left}", room) + fit(right, width - room), self.rich_style)], width)


class TopLine(OneLine):
    """Screen and scope; date and week, store, who else is on. What there is no room for gives way from its left."""

    def __init__(self) -> None:
        super().__init__()
        self._parts: list[str] = []

    def head(self, left: str, parts: Sequence[str]) -> None:
        """Show `left`, and of `parts` the last ones that fit."""
        self._parts = list(parts)
        room = self.size.width - width_of(left) - 4
        while parts and width_of(SEPARATOR.join(parts)) > room > 0:
            parts = parts[1:]
        self.put(left, SEPARATOR.join(parts))

    def on_resize(self) -> None:
        """There is more or less room."""
        self.head(self._left, self._parts)


class StatusLine(OneLine):
    """How the list stands, and over it what just happened, until the next key."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._standing = ""
        self._said = ""

    def stand(self, left: str, right: str = "") -> None:
        """How the list stands."""
        self._standing = left
        self.put(self._said or left, right)

    def tell(self, text: str, *, error: bool = False) -> None:
        """What happened; nothing lets the standing show again."""
        self._said = text
        self.set_class(error and bool(text), "-error")
        self.put(text or self._standing, self._right)


class KeyFooter(Widget):
    """At most eight keys, each with what it does."""

    MOST = 8
    COMPONENT_CLASSES = {"key-footer--key"}
    DEFAULT_CSS = """
    KeyFooter { height: 1; background: $panel; color: $text-muted; }
    KeyFooter > .key-footer--key { color: $accent; text-style: bold; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._keys: list[tuple[str, str]] = []

    def put(self, keys: Sequence[tuple[str, str]]) -> None:
        """Show these keys and labels."""
        self._keys = list(keys)[: self.MOST]
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """As many as there is room for, whole ones."""
        width = self.size.width
        key_style = self.get_component_rich_style("key-footer--key")
        segments = [Segment(" ", self.rich_style)]
        room = width - 1
        for key, label in self._keys:
            size = width_of(key) + width_of(label) + 3
            if size > room:
                break
            segments += [Segment(key, key_style), Segment(f" {label}  ", self.rich_style)]
            room -= size
        return Strip(segments).adjust_cell_length(width, self.rich_style)
