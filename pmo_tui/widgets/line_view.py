"""The base of every list, text and picture: lines painted when they are visible, a cursor, an offset of its own.

A step repaints two lines and a page the lines below the head; nothing is measured or laid out for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property
from typing import ClassVar, Self

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import BindingType
from textual.geometry import Region, Spacing
from textual.strip import Strip
from textual.widget import Widget

from pmo_tui.actions import MOVE, actions_of, keys_of
from pmo_tui.widgets.bindings import bindings
from pmo_tui.widgets.cutting import width_of
from pmo_tui.widgets.still import filters_of

TONES = ("red", "amber", "yellow", "green", "grey", "blue", "late", "key", "faint", "strong", "good")
"""The colours that a cell or a piece of a line may be stressed with; each is a component class `tone--…`."""

MOST_KEPT = 600
"""So many painted lines are kept."""


def joined(pieces: Iterable[tuple[str, Style]], width: int, base: Style) -> Strip:
    """A line of pieces of text, cut or filled to `width` columns; neighbours of one style are one segment, as each costs time and bytes."""
    segments: list[Segment] = []
    texts: list[str] = []
    worn, used = base, 0
    for text, style in pieces:
        if style is not worn and style != worn:
            if texts:
                segments.append(Segment("".join(texts), worn))
            texts, worn = [], style
        texts.append(text)
        used += width_of(text)
    if used < width and worn != base:
        segments.append(Segment("".join(texts), worn))
        texts, worn = [], base
    texts.append(" " * (width - used))
    segments.append(Segment("".join(texts), worn))
    strip = Strip(segments, max(used, width))
    return strip if used <= width else strip.crop(0, width)


class LineView(Widget, can_focus=True):
    """A widget of lines. A subclass gives `line_count`, `paint` and, when it has sticky lines on top, `head_lines` and `paint_head`."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(MOVE)
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "line--head",
        "line--cursor",
        "line--aside",
        "line--marked",
        "line--column",
    } | {f"tone--{name}" for name in TONES}
    DEFAULT_CSS = """
    LineView {
        height: 1fr;
        background: $background;
        color: $foreground;
        & > .line--head { background: $panel; color: $foreground; text-style: bold; }
        & > .line--column { background: $panel; color: $accent; text-style: bold underline; }
        & > .line--cursor { background: $primary-muted; color: $foreground; text-style: $block-cursor-text-style; }
        & > .line--aside { background: $surface; color: $foreground; text-style: bold; }
        & > .line--marked { background: $secondary-muted; color: $foreground; }
        & > .tone--red { color: $text-error; text-style: bold; }
        & > .tone--late { color: $text-error; }
        & > .tone--amber { color: $text-warning; text-style: bold; }
        & > .tone--yellow { color: $text-warning; }
        & > .tone--green { color: $text-success; }
        & > .tone--good { color: $text-success; text-style: bold; }
        & > .tone--grey { color: $text-muted; }
        & > .tone--faint { color: $text-muted; }
        & > .tone--blue { color: $text-primary; }
        & > .tone--key { color: $text-accent; }
        & > .tone--strong { text-style: bold; }
    }
    """

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self.cursor = 0
        self.top = 0
        self.aside = False
        """Whether another view of lines has the keys: the cursor's place is then only hinted at."""
        self.follower: Callable[[], None] = lambda: None
        """Is called when the cursor stands on another line, or its line has become another."""
        self._strips: dict[tuple[int, bool], Strip] = {}
        self._heads: dict[int, Strip] = {}
        self._styles: dict[str, Style] = {}

    # ---- what a subclass gives ---------------------------------------------------------------------------------------

    def line_count(self) -> int:
        """How many lines there are, the head not counted."""
        return 0

    def paint(self, line: int, width: int, at_cursor: bool) -> Strip:
        """A line as it is shown."""
        raise RuntimeError("a view paints its lines")

    head_lines = 0
    """Lines on top that stay where they are."""

    def paint_head(self, y: int, width: int) -> Strip:
        """A sticky line."""
        return self.blank(width)

    def stops_at(self, line: int) -> bool:
        """Whether the cursor may rest on a line."""
        return True

    # ---- styles ----------------------------------------------------------------------------------------------------------

    def tone(self, name: str) -> Style:
        """The style of a tone; no style for an empty name. Only what the tone changes, so that it can lie over a cursor's."""
        if not name:
            return Style.null()
        return self._style(f"tone--{name}", partial=True)

    def line_style(self, name: str) -> Style:
        """The style of a whole line: head, column, cursor, marked; the widget's own for an empty name."""
        if self.aside and name == "cursor":
            name = "aside"
        return self._style(f"line--{name}") if name else self._style("")

    def _style(self, name: str, partial: bool = False) -> Style:
        found = self._styles.get(name)
        if found is None:
            found = self.get_component_rich_style(name, partial=partial) if name else self.rich_style
            self._styles[name] = found
        return found

    def blank(self, width: int) -> Strip:
        """An empty line."""
        return Strip([Segment(" " * width, self.line_style(""))], width)

    # ---- painting --------------------------------------------------------------------------------------------------------

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines in sight. Textual would work out anew for each how it is framed; these have no frame, and are kept as they go out."""
        if self.styles.gutter != Spacing() or self.opacity < 1:
            return super().render_lines(crop)
        first, cursor, head, kept = self.top - self.head_lines, self.cursor, self.head_lines, self._strips
        strips, filtered = [], None  # a step mostly finds every line kept, and no filter has to be looked up
        for y in crop.line_range:
            line = first + y
            place = (line, line == cursor)
            strip = kept.get(place) if y >= head else self._heads.get(y)
            if strip is None:
                filtered = filtered or filters_of(self)
                strip = filtered(self.render_line(y))
                if y < head:
                    self._heads[y] = strip
                elif place in kept:
                    kept[place] = strip
            strips.append(strip)
        span = crop.column_span
        return strips if span == (0, self.size.width) else [strip.crop(*span) for strip in strips]

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        """Paint anew; the sticky lines where they are among it."""
        if not regions or any(region.y < self.head_lines for region in regions):
            self._heads.clear()
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def render_line(self, y: int) -> Strip:
        """Line `y` of the widget."""
        width = self.size.width
        if y < self.head_lines:
            return self.paint_head(y, width)
        line = self.top + y - self.head_lines
        if not 0 <= line < self.line_count():
            return self.blank(width)
        at_cursor = line == self.cursor
        kept = self._strips.get((line, at_cursor))
        if kept is None:
            if len(self._strips) > MOST_KEPT:
                self._strips.clear()
            kept = self._strips[line, at_cursor] = self.paint(line, width, at_cursor)
        return kept

    def repaint(self, *lines: int) -> None:
        """Paint some lines again, or without any all of them."""
        if not lines:
            self._strips.clear()
            self.refresh()
            return
        width = self.size.width
        regions = []
        for line in lines:
            self._strips.pop((line, True), None)
            self._strips.pop((line, False), None)
            y = line - self.top + self.head_lines
            if self.head_lines <= y < self.size.height:
                regions.append(Region(0, y, width, 1))
        if regions:
            self.refresh(*regions)

    def notify_style_update(self) -> None:
        """Colours changed: forget what was painted."""
        super().notify_style_update()
        self._styles.clear()
        self._strips.clear()
        self._heads.clear()

    def on_resize(self, event: events.Resize) -> None:
        """What was painted is for another size."""
        self._strips.clear()
        self._heads.clear()
        self.keep_in_sight()
        self.refresh()

    def on_focus(self) -> None:
        """The keys come here."""
        for view in self.screen.query(LineView):
            view._stand_aside()

    def on_blur(self) -> None:
        """The keys go elsewhere; to a line that asks something, the cursor still says what about."""
        self._stand_aside()

    def _stand_aside(self) -> None:
        focused = self.screen.focused if self.is_attached else None
        aside = isinstance(focused, LineView) and focused is not self
        if aside != self.aside:
            self.aside = aside
            self.repaint()

    # ---- moving ------------------------------------------------------------------------------------------------------------

    @cached_property
    def _moves(self) -> dict[str, Callable[[], None]]:
        """What each key that moves the cursor does; the app may have a keymap."""
        keymap = getattr(self.app, "keymap", {})
        return {key: getattr(self, f"action_{each.id}") for each in actions_of(MOVE) for key in keys_of(each, keymap)}

    def move(self, key: str) -> bool:
        """Move as a key says, at once; whether it says so. As a binding it would first go up through every widget to the app."""
        move = self._moves.get(key)
        if move is None or hasattr(self, "on_key"):
            return False
        move()
        return True

    @property
    def page(self) -> int:
        """How many lines are in sight."""
        return max(1, self.size.height - self.head_lines)

    def move_to(self, line: int) -> None:
        """Put the cursor on a line, or on the nearest where it may rest, and show it."""
        count = self.line_count()
        if not count:
            self.cursor = self.top = 0
            return
        down = line >= self.cursor
        line = max(0, min(count - 1, line))
        line = self._resting(line, down)
        old = self.cursor
        if line == old:
            return
        self.cursor = line
        if not self._bring_in_sight(line):
            self.refresh_lines(old, line)
        self.follower()

    def _resting(self, line: int, down: bool) -> int:
        for step in (1, -1) if down else (-1, 1):
            found = line
            while 0 <= found < self.line_count():
                if self.stops_at(found):
                    return found
                found += step
        return line

    def refresh_lines(self, *lines: int) -> None:
        """Show lines as they are, without forgetting how they are painted."""
        width = self.size.width
        places = [line - self.top + self.head_lines for line in lines]
        self.refresh(*[Region(0, y, width, 1) for y in places if self.head_lines <= y < self.size.height])

    def _bring_in_sight(self, line: int) -> bool:
        """Bring a line into sight; whether that moved anything."""
        top = self.top
        if line < top:
            top = line
        elif line >= top + self.page:
            top = line - self.page + 1
        if top == self.top:
            return False
        self.top = top
        self.refresh(Region(0, self.head_lines, self.size.width, self.size.height - self.head_lines))
        return True

    def keep_in_sight(self) -> None:
        """After lines came or went, or the size changed: cursor and offset within what there is."""
        count = self.line_count()
        self.cursor = max(0, min(self.cursor, count - 1))
        self.top = max(0, min(self.top, count - self.page)) if self.size.height else 0
        if not self.size.height:
            return
        if self.cursor < self.top:
            self.top = self.cursor
        elif self.cursor >= self.top + self.page:
            self.top = self.cursor - self.page + 1

    def action_up(self) -> None:
        """A line up."""
        self.move_to(self.cursor - 1)

    def action_down(self) -> None:
        """A line down."""
        self.move_to(self.cursor + 1)

    def action_page_up(self) -> None:
        """A page up; the offset moves with the cursor, so that it stays where it was on the screen."""
        self._page(-self.page)

    def action_page_down(self) -> None:
        """A page down."""
        self._page(self.page)

    def _page(self, lines: int) -> None:
        top = max(0, min(self.top + lines, self.line_count() - self.page))
        moved, self.top = top != self.top, top
        self.move_to(self.cursor + lines)
        if moved:
            self.refresh(Region(0, self.head_lines, self.size.width, self.size.height - self.head_lines))
            self.call_after_refresh(self._paint_ahead, lines)

    def _paint_ahead(self, lines: int) -> None:
        """The page that another press of the same key would show is painted while nothing is pressed."""
        if not self.is_attached or not self.size.width or self.styles.gutter != Spacing() or self.opacity < 1:
            return
        kept, count, width = self._strips, self.line_count(), self.size.width
        if len(kept) > MOST_KEPT - self.page:
            kept.clear()
        filters, background = self.get_line_filters(), self.background_colors[1]
        first = max(0, min(self.top + lines, count - self.page))
        for line in range(first, min(first + self.page, count)):
            place = (line, line == self.cursor + lines)
            if place not in kept:
                strip = self.paint(line, width, place[1])
                for filter in filters:
                    strip = strip.apply_filter(filter, background)
                kept[place] = strip

    def action_first(self) -> None:
        """The first line."""
        self.move_to(0)

    def action_last(self) -> None:
        """The last line."""
        self.move_to(self.line_count() - 1)

    def action_left(self) -> None:
        """Nothing, where there are no columns."""

    def action_right(self) -> None:
        """Nothing, where there are no columns."""

    def on_click(self, event: events.Click) -> None:
        """The cursor goes where the mouse pressed."""
        line = self.top + event.y - self.head_lines
        if event.y >= self.head_lines and line < self.line_count():
            self.move_to(line)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Three lines down."""
        self.move_to(self.cursor + 3)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Three lines up."""
        self.move_to(self.cursor - 3)
