"""Things beside each other in one or two lines, one of them under the cursor while the line has the keys."""

from __future__ import annotations

from typing import ClassVar, Generic, Protocol, TypeVar

from textual.binding import Binding, BindingType
from textual.message import Message

from pmo_tui.widgets.line_view import LineView


class Named(Protocol):
    """What stands in such a line has a name."""

    @property
    def name(self) -> str:
        """What it is called, for who acts on it."""


Item = TypeVar("Item", bound=Named)


class SideBySide(LineView, Generic[Item]):
    """`items` beside each other; `column` is the one under the cursor."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", show=False),
        Binding("escape", "leave", show=False),
    ]

    class Chosen(Message):
        """Enter was pressed on an item."""

        def __init__(self, name: str) -> None:
            super().__init__()
            self.name = name

    class Left(Message):
        """Escape was pressed."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.items: list[Item] = []
        self.column = 0

    @property
    def current(self) -> str:
        """The name of the item under the cursor."""
        return self.items[self.column].name if self.items else ""

    def line_count(self) -> int:
        """One."""
        return 1

    def go(self, column: int) -> None:
        """Put the cursor on an item, or on the nearest that there is."""
        self.column = max(0, min(len(self.items) - 1, column))
        self.repaint()

    def action_left(self) -> None:
        """The item before."""
        self.go(self.column - 1)

    def action_right(self) -> None:
        """The next item."""
        self.go(self.column + 1)

    def action_first(self) -> None:
        """The first item."""
        self.go(0)

    def action_last(self) -> None:
        """The last item."""
        self.go(len(self.items) - 1)

    def action_choose(self) -> None:
        """Act on the item under the cursor."""
        if self.items:
            self.post_message(self.Chosen(self.current))

    def action_leave(self) -> None:
        """Back to where the keys came from."""
        self.post_message(self.Left())

    def on_focus(self) -> None:
        """The cursor shows."""
        self.repaint()

    def on_blur(self) -> None:
        """The cursor goes."""
        self.repaint()
