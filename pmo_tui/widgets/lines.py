"""The three single lines of the frame: on top where one is, below how it stands, at the foot the keys."""

from __future__ import annotations

from collections.abc import Sequence

from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

from pmo_tui.widgets.at_once import paint_with_the_rest
from pmo_tui.widgets.cutting import fit, split, width_of
from pmo_tui.widgets.still import stands_still

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
        stands_still(self)
        self._left = self._right = ""

    def put(self, left: str, right: str = "") -> None:
        """Show these; what is given is safe text already. Nothing is painted when nothing changed."""
        if (left, right) != (self._left, self._right):
            self._left, self._right = left, right
            self.refresh()
            if self.is_attached:
                paint_with_the_rest(self)

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
    """How the list stands, and over it what just happened, until the next key. What happened is never cut where there is another way:
    the right part gives way, and `over` is what still does not fit, for the line below."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._standing = ""
        self._said = ""
        self._whole = False

    def stand(self, left: str, right: str = "", *, whole: bool = False) -> None:
        """How the list stands. A `whole` left part is not cut for the right one, which then gives way."""
        if whole != self._whole:
            self._whole = whole
            self.refresh()
        self._standing = left
        self.put(self._said or left, right)

    def tell(self, text: str, *, error: bool = False) -> None:
        """What happened; nothing lets the standing show again."""
        self._said = text
        self.set_class(error and bool(text), "-error")
        self.put(text or self._standing, self._right)

    @property
    def says(self) -> bool:
        """Whether something just happened that is still told."""
        return bool(self._said)

    @property
    def warns(self) -> bool:
        """Whether what is said went wrong."""
        return bool(self._said) and self.has_class("-error")

    @property
    def over(self) -> str:
        """What of the said there is no room for."""
        return self._broken()[1]

    def _broken(self) -> tuple[str, str]:
        room = self.size.width - 2
        return split(self._said, room) if self._said and room > 0 else (self._said, "")

    def render_line(self, y: int) -> Strip:
        """The line; the right part only beside what is whole."""
        width = self.size.width
        whole = self._said or (self._standing if self._whole else "")
        if not whole or width_of(whole) + width_of(self._right) + 3 <= width:
            return super().render_line(y)
        return Strip([Segment(fit(f" {self._broken()[0] or whole}", width), self.rich_style)], width)


class KeyFooter(Widget):
    """At most eight keys, each with what it does. The last of them, help, is the last to go where there is little room."""

    MOST = 8
    COMPONENT_CLASSES = {"key-footer--key"}
    DEFAULT_CSS = """
    KeyFooter { height: 1; background: $panel; color: $text-muted; }
    KeyFooter > .key-footer--key { color: $accent; text-style: bold; }
    KeyFooter.-said { background: $surface; color: $foreground; }
    KeyFooter.-error { background: $error-muted; color: $text-error; text-style: bold; }
    """

    def __init__(self) -> None:
        super().__init__()
        stands_still(self)
        self._keys: list[tuple[str, str]] = []
        self._instead = ""

    def put(self, keys: Sequence[tuple[str, str]]) -> None:
        """Show these keys and labels."""
        self._keys = [*keys[: self.MOST - 1], *keys[self.MOST - 1 :][-1:]]
        self.refresh()

    def instead(self, text: str, *, error: bool = False) -> None:
        """Show the rest of a long sentence where the keys are (safe text), until there is nothing more to say."""
        if text != self._instead:
            self._instead = text
            self.set_class(bool(text), "-said")
            self.set_class(error and bool(text), "-error")
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """As many as there is room for, whole ones."""
        width = self.size.width
        if self._instead:
            return Strip([Segment(fit(f" {self._instead}", width), self.rich_style)], width)
        key_style = self.get_component_rich_style("key-footer--key")
        segments = [Segment(" ", self.rich_style)]
        for key, label in self._fitting(width - 1):
            segments += [Segment(key, key_style), Segment(f" {label}  ", self.rich_style)]
        return Strip(segments).adjust_cell_length(width, self.rich_style)

    def _fitting(self, room: int) -> list[tuple[str, str]]:
        *first, last = self._keys or [("", "")]
        room -= _size(last)
        found = []
        for each in first:
            room -= _size(each)
            if room < 0:
                break
            found.append(each)
        return [*found, last]


def _size(key: tuple[str, str]) -> int:
    """Columns of a key and its label, with a blank between them and two after."""
    return width_of(key[0]) + width_of(key[1]) + 3
