"""Where a figure over a list comes from: its formula, and what went into it down to the fields of records."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal

from textual.binding import Binding
from textual.widget import Widget

from pmo_tui.actions import EVERYWHERE, MOVE
from pmo_tui.analysis.figure import Figure, Source, Value
from pmo_tui.desk.said import said
from pmo_tui.records.registers import looks_like_key
from pmo_tui.screens.everywhere import Everywhere
from pmo_tui.widgets.text_page import TextLine, TextPage
from pmo_tui.wording.dates import format_date
from pmo_tui.wording.languages import _
from pmo_tui.wording.money import format_money
from pmo_tui.wording.numbers import format_number
from pmo_tui.wording.safe import safe

CURRENCY = 3
"""A unit of so many letters is an ISO currency."""
INDENT = 2


class FigureScreen(Everywhere):
    """The trace of a figure, made anew when anything changes. Enter opens the record that a line names."""

    BINDINGS = [Binding("enter", "open_line", show=False)]
    parts = (EVERYWHERE, MOVE)

    def __init__(self, make: Callable[[], Figure]) -> None:
        super().__init__()
        self.make = make
        self.figure = make()

    def heading(self) -> str:
        """Why what."""
        return _("Why: {figure}").format(figure=safe(_(self.figure.name)))

    def body(self) -> Iterable[Widget]:
        """The page."""
        yield TextPage(id="page")

    def on_mount(self) -> None:
        """The keys go to the page."""
        super().on_mount()
        self.query_one(TextPage).focus()

    def reload(self) -> None:
        """The trace as it is now."""
        self.figure = self.make()
        lines = [_of_source(part, depth) if isinstance(part, Source) else _of_figure(part, depth)
                 for depth, part in self.figure.walk()]  # fmt: skip
        self.query_one(TextPage).show(lines)

    def action_open_line(self) -> None:
        """Open the record that the line names."""
        target = self.query_one(TextPage).target
        if looks_like_key(target) and self.desk.record(target) is not None:
            self.open_record(target)


def _of_figure(figure: Figure, depth: int) -> TextLine:
    why = said(figure.reason) if figure.reason else _(figure.formula) if figure.formula else ""
    value = value_text(figure.value, figure.unit) or "–"
    pieces = (
        (" " * INDENT * depth, ""),
        (safe(_(figure.name)), "" if depth else "strong"),
        (f"  {value}", "key" if depth else "green"),
        (f"  {safe(why)}" if why else "", "faint"),
    )
    key = figure.name.partition(" ")[0]
    return TextLine(pieces, key if looks_like_key(key) else "", INDENT * depth + 4)


def _of_source(source: Source, depth: int) -> TextLine:
    name = " ".join(part for part in (source.key, source.field) if part) or _(source.label)
    told = _(source.label) if source.key and source.label else ""
    pieces = (
        (" " * INDENT * depth, ""),
        (safe(name), ""),
        (f"  {safe(value_text(source.value))}", "key"),
        (f"  {safe(told)}" if told else "", "faint"),
    )
    return TextLine(pieces, source.key, INDENT * depth + 4)


def value_text(value: Value, unit: str = "") -> str:
    """A value with its unit, as the language in use writes it; "" for none."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, date):
        return format_date(value)
    if isinstance(value, Decimal) and len(unit) == CURRENCY and unit.isupper():
        return format_money(value, unit)
    if isinstance(value, Decimal | int):
        return format_number(value) + (f" {unit}" if unit else "")
    return _(value)
