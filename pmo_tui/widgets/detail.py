"""Lines about the row under a list's cursor. They take the keys when they are gone into; enter opens the record that a line names."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message
from textual.strip import Strip

from pmo_tui.widgets.text_page import TextPage


class Detail(TextPage):
    """What is told of the row. The cursor shows only while it has the keys."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open_line", show=False),
        Binding("escape", "leave", show=False),
    ]

    class Opened(Message):
        """Enter was pressed on a line that names a record."""

        def __init__(self, key: str) -> None:
            super().__init__()
            self.key = key

    class Left(Message):
        """Escape was pressed."""

    def paint(self, line: int, width: int, at_cursor: bool) -> Strip:
        """A line; the cursor shows while this has the keys."""
        return super().paint(line, width, at_cursor and self.has_focus)

    def action_open_line(self) -> None:
        """Open the record that the line names."""
        if self.target:
            self.post_message(self.Opened(self.target))

    def action_leave(self) -> None:
        """Back to the list."""
        self.post_message(self.Left())

    def on_focus(self) -> None:
        """The cursor shows."""
        self.repaint()

    def on_blur(self) -> None:
        """The cursor goes, and the page back to its first line."""
        self.cursor = self.top = 0
        self.repaint()
