"""Lines of what stands still on a screen: kept as they go out."""

from __future__ import annotations

from collections.abc import Callable

from textual._styles_cache import StylesCache
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget


class StillLines(StylesCache):
    """What a widget put out last, until something about it changes.

    Textual asks every widget of a screen for its lines whenever one of them has something new, and works out each time how they are
    framed, coloured and filtered; for a step of the cursor that was a fifth of the work. Whatever makes a widget paint again, a
    style, a theme, another size, passes `set_dirty` or `clear`.
    """

    def __init__(self, framed: bool) -> None:
        super().__init__()
        self._framed = framed
        self._kept: dict[Region, list[Strip]] = {}

    def set_dirty(self, *regions: Region) -> None:
        """Something is new."""
        super().set_dirty(*regions)
        self._kept.clear()

    def clear(self) -> None:
        """All is new."""
        super().clear()
        self._kept.clear()

    def render_widget(self, widget: Widget, crop: Region) -> list[Strip]:
        """The lines within `crop`."""
        found = self._kept.get(crop)
        if found is None:
            found = super().render_widget(widget, crop) if self._framed else bare(widget, crop)
            self._kept[crop] = found
        return found


def filters_of(widget: Widget) -> Callable[[Strip], Strip]:
    """What the app's filters make of a line of the widget before it goes out."""
    filters, background = widget.get_line_filters(), widget.background_colors[1]

    def filtered(strip: Strip) -> Strip:
        for filter in filters:
            strip = strip.apply_filter(filter, background)
        return strip

    return filtered


def bare(widget: Widget, crop: Region) -> list[Strip]:
    """The lines within `crop` of a widget without border, padding and opacity, in colours of its own: nothing has to be put around them."""
    filtered = filters_of(widget)
    strips = [filtered(widget.render_line(y)) for y in crop.line_range]
    span = crop.column_span
    return strips if span == (0, widget.size.width) else [strip.crop(*span) for strip in strips]


def stands_still(widget: Widget, *, framed: bool = False) -> None:
    """Keep the lines of a widget that paints itself by its own state alone; to be called when it is made.

    `framed` says that Textual has something to put around or under them.
    """
    widget._styles_cache = StillLines(framed)
