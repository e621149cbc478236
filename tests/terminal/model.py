"""A terminal to look at, cell by cell."""

from __future__ import annotations

import re
from functools import lru_cache

import pyte
from wcwidth import wcwidth

Seen = tuple[str, ...] | tuple[str, pyte.screens.Char]


_UNKNOWN = re.compile(
    r"\x1b\[[<=>][\d;:]*[@-~]|\x1b\[\??[\d;]*\$[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[P_^X][^\x1b]*\x1b\\"
)


@lru_cache(4096)
def seen(cell: pyte.screens.Char) -> Seen:
    """What can be seen of a cell: of a blank on which nothing is drawn its background alone."""
    if cell.data == " " and not (cell.reverse or cell.underscore or cell.strikethrough):
        return (" ", cell.bg)
    return (cell.data, cell)


@lru_cache(4096)
def is_wide(text: str) -> bool:
    """Whether a character takes two columns."""
    return text != "" and wcwidth(text[0]) == 2


class Screen(pyte.Screen):
    """As real terminals do: what is painted over half of a wide character leaves a blank of the other half."""

    def draw(self, data: str) -> None:
        super().draw(data)
        self._halve()

    def erase_characters(self, count: int | None = None) -> None:
        super().erase_characters(count)
        self._halve()

    def erase_in_line(self, how: int = 0, private: bool = False) -> None:
        super().erase_in_line(how, private)
        self._halve()

    def _halve(self) -> None:
        line = self.buffer[self.cursor.y]
        texts = [line[x].data for x in range(self.columns + 1)]
        if all(text.isascii() and text for text in texts):
            return
        for x in range(self.columns):
            lost = not texts[x] and not (x and is_wide(texts[x - 1]))
            if lost or (texts[x + 1] and is_wide(texts[x])):
                line[x] = line[x]._replace(data=" ")
                texts[x] = " "


class Model:
    """A terminal of a size that does not wrap lines, as the program asks for."""

    def __init__(self, width: int, height: int) -> None:
        self.screen = Screen(width, height)
        self.stream = pyte.Stream(self.screen)
        self.stream.feed("\x1b[?7l")

    def feed(self, data: str) -> None:
        """Show what a program sent; what the model does not know is left out."""
        self.stream.feed(_UNKNOWN.sub("", data))

    def resize(self, width: int, height: int) -> None:
        """The terminal gets another size; what it shows stays where it is."""
        if (width, height) != (self.screen.columns, self.screen.lines):
            self.screen.resize(height, width)

    def cells(self) -> list[list[Seen]]:
        """What can be seen, row by row."""
        rows = [self.screen.buffer[y] for y in range(self.screen.lines)]
        return [[seen(row[x]) for x in range(self.screen.columns)] for row in rows]
