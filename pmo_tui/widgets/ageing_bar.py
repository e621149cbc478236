"""What is owed by age, over a list of invoices: amounts beside each other, each with a bar; one of them narrows the list.

     current 12     1-30 5       31-60 1     61-90 0    over 90 1    disputed 2
     2.0M █████   743k ██      12.5k ▏      0         9,400 ▏      31k ▏

It reads without colour: the words, how many, how much. `[ ]` is the cursor, `‹ ›` what the list is narrowed to.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from rich.segment import Segment
from textual import events
from textual.strip import Strip

from pmo_tui.widgets.cutting import fit, width_of
from pmo_tui.widgets.side_by_side import SideBySide

EIGHTHS = " ▏▎▍▌▋▊▉█"
FULL = EIGHTHS[-1]
LEAST_BAR = 2


@dataclass(frozen=True, slots=True)
class AgeBar:
    """One age: its name, its label and its amount as shown (safe text), the amount, how many, and what stresses it."""

    name: str
    label: str
    text: str
    amount: Decimal = Decimal(0)
    count: int = 0
    tone: str = ""


def bar(share: Decimal, width: int) -> str:
    """A bar of at most `width` columns, in eighths of one; what is more than nothing shows."""
    eighths = int(share * width * 8)
    if share > 0:
        eighths = max(1, eighths)
    whole, rest = divmod(eighths, 8)
    return (FULL * whole + EIGHTHS[rest].strip())[:width]


class AgeingBar(SideBySide[AgeBar]):
    """The ages beside each other, with a cursor on one while it has the keys."""

    DEFAULT_CSS = "AgeingBar { height: 2; background: $surface; }"

    class Chosen(SideBySide.Chosen):
        """Enter was pressed on an age."""

    class Left(SideBySide.Left):
        """Escape was pressed."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.chosen = ""

    def show(self, ages: Sequence[AgeBar], chosen: str) -> None:
        """Show other amounts; `chosen` is the age that the list is narrowed to, "" for none."""
        if (list(ages), chosen) != (self.items, self.chosen):
            self.items, self.chosen = list(ages), chosen
            self.column = max(0, min(self.column, len(self.items) - 1))
            self.repaint()

    def line_count(self) -> int:
        """Words, then amounts."""
        return 2

    def stops_at(self, line: int) -> bool:
        """The cursor goes from age to age."""
        return line == 0

    # ---- painting ----------------------------------------------------------------------------------------------------------

    def paint(self, line: int, width: int, at_cursor: bool) -> Strip:
        """The words with how many, or the amounts with their bars, all of them to one scale."""
        base, sizes = self.line_style(""), self._sizes(width)
        segments: list[Segment] = []
        room = min((size - width_of(age.text) - 3 for age, size in zip(self.items, sizes, strict=True)), default=0)
        for place, size in enumerate(sizes):
            segments += self._words(place, size) if line == 0 else self._amount(place, size, room)
        return Strip(segments).adjust_cell_length(width, base)

    def _sizes(self, width: int) -> list[int]:
        """How wide each age is: what its words need, and an equal part of what is left; all the same where there is too little."""
        count = len(self.items)
        if not count:
            return []
        needed = [max(width_of(f"[{age.label} {age.count}] "), width_of(age.text) + 2) for age in self.items]
        if sum(needed) > width:
            needed = [0] * count
        share, rest = divmod(width - sum(needed), count)
        return [size + share + (place < rest) for place, size in enumerate(needed)]

    def _words(self, place: int, size: int) -> list[Segment]:
        age = self.items[place]
        under, narrowed = self.has_focus and place == self.column, age.name == self.chosen
        style = self.line_style("cursor" if under else "marked" if narrowed else "")
        first, last = ("[", "]") if under else ("‹", "›") if narrowed else (" ", " ")
        count = f" {age.count}"
        label = fit(age.label, max(1, min(width_of(age.label), size - 2 - width_of(count))))
        tone = self.tone("" if under else age.tone if age.count else "faint")
        return [
            Segment(first + label, style + tone),
            Segment(count, style + self.tone("strong")),
            Segment(fit(last, size - 1 - width_of(label) - width_of(count)), style),
        ]

    def _amount(self, place: int, size: int, room: int) -> list[Segment]:
        age, base = self.items[place], self.line_style("")
        most = max((abs(each.amount) for each in self.items), default=Decimal(0))
        drawn = bar(abs(age.amount) / most, room) if most and room >= LEAST_BAR else ""
        text = fit(f" {age.text} ", min(size, width_of(age.text) + 2))
        tone = self.tone(age.tone) if age.count else self.tone("faint")
        return [Segment(text, base + tone), Segment(fit(drawn, size - width_of(text)), base + tone)]

    # ---- the mouse -------------------------------------------------------------------------------------------------------

    def on_click(self, event: events.Click) -> None:
        """The age that the mouse pressed."""
        right = 0
        for place, size in enumerate(self._sizes(self.size.width)):
            right += size
            if event.x < right:
                self.go(place)
                self.action_choose()
                return
