"""How often each value of a column stands in a list; enter narrows the list to it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual.binding import Binding
from textual.widget import Widget

from pmo_tui.actions import EVERYWHERE, MOVE
from pmo_tui.records.schema import FieldOf
from pmo_tui.screens.everywhere import Everywhere
from pmo_tui.widgets.cutting import fit
from pmo_tui.widgets.text_page import TextLine, TextPage, line
from pmo_tui.wording.languages import _
from pmo_tui.wording.numbers import format_number
from pmo_tui.wording.safe import safe

if TYPE_CHECKING:
    from pmo_tui.desk.view import View

VALUE, COUNT, BAR = 30, 8, 30


class FrequencyScreen(Everywhere):
    """The values of one column, most frequent first. Dismissed with a filter word."""

    BINDINGS = [Binding("enter", "narrow", show=False)]
    parts = (EVERYWHERE, MOVE)

    def __init__(self, view: View, item: FieldOf) -> None:
        super().__init__()
        self.view = view
        self.item = item

    def heading(self) -> str:
        """Frequency of what."""
        return _("How often: {label}").format(label=safe(_(self.item.field.label)))

    def body(self) -> Iterable[Widget]:
        """The page."""
        yield TextPage(id="page")

    def on_mount(self) -> None:
        """The keys go to the page."""
        super().on_mount()
        self.focus_on(self.query_one(TextPage))

    def reload(self) -> None:
        """Count."""
        counts: Counter[str] = Counter()
        shown: dict[str, str] = {}
        for i in range(len(self.view)):
            value = self.view.value(self.view.key(i), self.item.name)
            text = self.desk.text(self.item, value)
            counts[text] += 1
            shown.setdefault(text, self.view.cells(i, [self.item.name])[0])
        most = max(counts.values(), default=1)
        lines = []
        for text, count in counts.most_common():
            word = f'{self.item.name}="{text}"' if text else f"{self.item.name}:none"
            bar = "█" * max(1, round(BAR * count / most))
            pieces = (
                (fit(shown[text] or "–", VALUE), ""),
                (f" {fit(format_number(count), COUNT, True)} ", "strong"),
                (bar, "blue"),
            )
            lines.append(TextLine(pieces, word))
        self.query_one(TextPage).show(lines or [line(_("nothing here"), "faint")])

    def action_narrow(self) -> None:
        """Narrow the list to the value."""
        self.dismiss(self.query_one(TextPage).target or None)
