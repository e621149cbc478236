"""Painting without detours: what changed is asked of the widget that shows it alone, and goes out before the key that changed it is done.

Textual tells a screen of a change by messages, paints when a timer comes round, and then asks every widget that the changed lines lie
between for all of its lines. Beside one step of a cursor that is most of the work.
"""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.control import Control
from textual._compositor import ChopsUpdate, Compositor, CompositorUpdate
from textual.geometry import Region
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget


class LinesUpdate(CompositorUpdate):
    """Lines to be written, each at its place: row, column, line."""

    def __init__(self, lines: Iterable[tuple[int, int, Strip]]) -> None:
        self.lines = sorted(lines, key=lambda line: line[:2])

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for y, x, strip in self.lines:
            yield Control.move_to(x, y).segment
            yield from strip

    def render_segments(self, console: Console) -> str:
        """What a terminal is sent."""
        return "".join([f"\x1b[{y + 1};{x + 1}H{strip.render(console)}" for y, x, strip in self.lines])


class LinesCompositor(Compositor):
    """Textual's, with a short way for changes of widgets that nothing lies upon.

    A widget that was taken away is known to it until the screen is laid out without it. It has no styles to be painted with any more, and
    a timer may come round in between: what the terminal shows is left then, as a layout, and all that changed with it, is on its way.
    """

    def render_update(
        self, full: bool = False, screen_stack: list[Screen[object]] | None = None, simplify: bool = False
    ) -> RenderableType | None:
        """What changed, or all; None where there is nothing, or not yet."""
        if not full and any(_is_gone(widget) for widget in self.visible_widgets):
            return None
        return super().render_update(full, screen_stack, simplify)

    def _get_renders(self, crop: Region | None = None) -> Iterable[tuple[Region, Region, list[Strip]]]:
        if any(_is_gone(widget) for widget in self.visible_widgets):
            here = {widget: place for widget, place in self.visible_widgets.items() if not _is_gone(widget)}
            self._visible_widgets = here
        return super()._get_renders(crop)

    def render_partial_update(self) -> ChopsUpdate | None:
        """The changed lines, from the widgets that show them where each is shown by one."""
        lines = self._lines_in_front()
        if lines is None:
            return super().render_partial_update()
        self._dirty_regions.clear()
        return LinesUpdate(lines) if lines else None  # type: ignore[return-value]  # either is a CompositorUpdate

    def _lines_in_front(self) -> list[tuple[int, int, Strip]] | None:
        """Row, column and line of what changed; None where a change is not that of one widget, or meets another."""
        screen = self.size.region
        changes = [region.intersection(screen) for region in self._dirty_regions]
        if any(one.overlaps(other) for place, one in enumerate(changes) for other in changes[:place]):
            return None
        lines = []
        for change in changes:
            found = self._in_front(change)
            if found is None:
                return None
            widget, region = found
            wanted = change.translate(-region.offset)
            lines += [(change.y + place, change.x, strip) for place, strip in enumerate(widget.render_lines(wanted))]
        return lines

    def _in_front(self, change: Region) -> tuple[Widget, Region] | None:
        """The widget that alone shows a part of the screen, with its own place there."""
        for widget, (region, clip) in self.visible_widgets.items():
            shown = region.intersection(clip)
            if shown.contains_region(change):
                return widget, region
            if shown.overlaps(change):
                return None
        return None


def _is_gone(widget: Widget) -> bool:
    """Whether a widget left what its screen is made of."""
    return widget._parent is None


def paint_with_the_rest(widget: Widget) -> None:
    """Let what a widget has new go out with what changes on its screen now, not a frame later as Textual's messages would."""
    widget._repaint_required = False
    widget.screen._dirty_widgets.add(widget)
    widget.screen.check_idle()


def paint_at_once(screen: Screen[object]) -> None:
    """Paint what changed on a screen now. Where widgets come, go or change their size, all is left to Textual's own time."""
    if screen.app._batch_count or not screen.is_current:
        return
    changed = [widget for widget in screen._compositor.visible_widgets if widget._repaint_required]
    if screen._layout_required or any(widget._layout_required or widget._scroll_required for widget in changed):
        return
    for widget in changed:
        widget._repaint_required = False
    screen._dirty_widgets.update(changed)
    screen._on_timer_update()
