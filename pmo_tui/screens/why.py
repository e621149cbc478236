"""Where a figure comes from: formula in words and what went into it, down to the fields of records."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from msgspec.structs import replace
from textual.binding import Binding

from pmo_tui.actions import EVERYWHERE, MOVE
from pmo_tui.records.registers import looks_like_key, register_of
from pmo_tui.screens.everywhere import Everywhere
from pmo_tui.screens.places import Spot
from pmo_tui.screens.text_screen import TextScreen
from pmo_tui.widgets.text_page import TextLine
from pmo_tui.wording.languages import _
from pmo_tui.wording.safe import safe

if TYPE_CHECKING:
    from pmo_tui.desk.why_words import Step


class WhyScreen(TextScreen):
    """The trace of one figure. Enter opens the record that a line names."""

    BINDINGS = [Binding("enter", "open_line", show=False)]
    parts = (EVERYWHERE, MOVE)

    def __init__(self, key: str, figure: str) -> None:
        super().__init__()
        self.key = key
        self.figure = figure

    def asked(self) -> WhyScreen:
        """Itself. NotFound where there is no such figure, so that it is said on the screen on which one asked."""
        for _step in self.steps():
            break
        return self

    def heading(self) -> str:
        """Why what."""
        item = self.desk.fields(register_of(self.key).name).get(self.figure)
        name = self.figure if item is None else _(item.field.label)
        return _("Why: {figure} of {key}").format(figure=safe(name), key=self.key)

    def reload(self) -> None:
        """The trace as it is now."""
        lines = []
        for step in self.steps():
            pieces = [("  " * step.depth, ""), (safe(step.name), "strong" if not step.depth else "")]
            pieces += [(f"  {safe(step.value)}", "green" if not step.depth else "key")] if step.value else []
            pieces += [(f"  {safe(step.formula)}", "faint")] if step.formula else []
            lines.append(TextLine(tuple(pieces), step.key, 2 * step.depth + 4))
        self.page.show(lines)

    def again(self) -> Callable[[], Everywhere]:
        """The same figure, worked out anew."""
        key, figure = self.key, self.figure
        return lambda: WhyScreen(key, figure)

    def spot(self) -> Spot | None:
        """The record whose figure it is, and the line."""
        found = super().spot()
        return None if found is None else replace(found, record=self.key)

    def steps(self) -> Iterable[Step]:
        """The lines of the trace. Raw text."""
        from pmo_tui.desk.why import trace

        return trace(self.desk, self.key, self.figure)

    async def action_open_line(self) -> None:
        """Open the record that the line names."""
        target = self.page.target
        if looks_like_key(target) and self.desk.record(target) is not None:
            await self.open_record(target)
