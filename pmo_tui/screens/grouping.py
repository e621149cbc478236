"""How often each value of a field stands in a list, its share, and what the rows add up to; enter narrows the list to a value."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from textual.binding import Binding

from pmo_tui.actions import EVERYWHERE, MOVE
from pmo_tui.desk.views.grouping import Group, frequencies, is_summed, total_of, word_for
from pmo_tui.records.schema import FieldOf
from pmo_tui.screens.text_screen import TextScreen
from pmo_tui.widgets.cutting import fit
from pmo_tui.widgets.text_page import TextLine, line
from pmo_tui.wording.languages import _
from pmo_tui.wording.money import format_compact, format_money
from pmo_tui.wording.numbers import format_number
from pmo_tui.wording.safe import safe

if TYPE_CHECKING:
    from pmo_tui.desk.views.view import View

VALUE, COUNT, SHARE, SUM, BAR = 26, 7, 6, 12, 24
MOST = 2000
"""So many values are listed; the rest of a column of which nearly every value is another one is only counted."""
QUICK = 5000
"""Up to so many rows are counted within the time of a key."""


def sum_words(group: Group, fields: Mapping[str, FieldOf]) -> dict[str, str]:
    """What a group adds up to, by field, as a table shows it; amounts of several currencies do not add up."""
    found = {}
    for name, sums in group.sums.items():
        if sums.mixed:
            found[name] = _("several")
        elif sums.whole is not None:
            money = fields[name].field.kind == "money"
            found[name] = format_money(sums.whole, sums.currency) if money else format_number(sums.whole)
    return found


class GroupScreen(TextScreen):
    """The values of one field, most frequent first. Dismissed with a filter word."""

    BINDINGS = [Binding("enter", "narrow", show=False)]
    parts = (EVERYWHERE, MOVE)

    def __init__(self, view: View, item: FieldOf) -> None:
        super().__init__()
        self.view = view
        self.item = item

    def heading(self) -> str:
        """By what."""
        return f"{_('Frequency')}: {safe(_(self.item.field.label))}"

    def footer_keys(self) -> list[tuple[str, str]]:
        """Enter narrows."""
        return [("⏎", _("Narrow to it")), *super().footer_keys()]

    def _summed(self) -> list[str]:
        """The fields that are added up: amounts, counts and hours of the narrow table, as many as there is room for."""
        fields = self.view.fields
        names = [
            name for name, item in fields.items() if item.field.shown and is_summed(item) and name != self.item.name
        ]
        room = max(0, (self.app.size.width - VALUE - COUNT - SHARE - 4) // (SUM + 1))
        return names[:room]

    def reload(self) -> None:
        """Count, a long list beside the keys."""
        summed = self._summed()
        if len(self.view) <= QUICK:
            self._show(frequencies(self.view, self.item, summed), summed)
        else:
            self.page.show([line(_("counting …"), "faint")])
            self.start(self._count_beside(summed))

    async def _count_beside(self, summed: Sequence[str]) -> None:
        self._show(await asyncio.to_thread(frequencies, self.view, self.item, summed), summed)

    def _show(self, groups: Sequence[Group], summed: Sequence[str]) -> None:
        if not groups:
            self.page.show([line(_("nothing here"), "faint")])
            return
        labels = "".join(" " + fit(safe(_(self.view.fields[name].field.label)), SUM, True) for name in summed)
        head = f"{fit('', VALUE)} {fit(_('Count'), COUNT, True)} {fit(_('Share'), SHARE, True)}{labels}"
        lines = [line(head, "faint")]
        rows, most = len(self.view), groups[0].count
        for group in groups[:MOST]:
            lines.append(TextLine(self._pieces(group, summed, rows, most), word_for(self.item, group)))
        if len(groups) > MOST:
            lines.append(line(_("… and {count} more values").format(count=format_number(len(groups) - MOST)), "faint"))
        lines.append(TextLine(self._pieces(self._total(groups), summed, rows, 0)))
        page = self.page
        page.show(lines)
        self.status.stand("", _("{count} values").format(count=format_number(len(groups))))

    def _total(self, groups: Sequence[Group]) -> Group:
        """All rows; where a row counts for several values their counts are more than the rows."""
        total = total_of(groups)
        if self.item.field.kind == "list":
            total.count, total.sums = len(self.view), {}
        return total

    def _pieces(self, group: Group, summed: Sequence[str], rows: int, most: int) -> tuple[tuple[str, str], ...]:
        shown = safe(_("Total")) if not most else self._shown(group)
        share = f"{format_number(Decimal(100 * group.count) / max(1, rows), 1)}%"
        sums = "".join(" " + fit(self._sum(group, name), SUM, True) for name in summed)
        bar = "█" * max(1, round(BAR * group.count / most)) if most and not summed else ""
        return (
            (fit(shown or "–", VALUE), "" if most else "strong"),
            (f" {fit(format_number(group.count), COUNT, True)}", "strong"),
            (f" {fit(share, SHARE, True)}", "faint"),
            (sums, "" if most else "strong"),
            (f" {bar}" if bar else "", "blue"),
        )

    def _shown(self, group: Group) -> str:
        if self.item.field.kind == "rows":
            return group.text
        return self.desk.cell(self.item, group.value, self._around(group))

    def _around(self, group: Group) -> Mapping[str, object]:
        """What a cell needs to know about its row: an amount its currency."""
        currency = self.item.field.currency
        return {currency: self.view.value(self.view.key(group.first), currency)} if currency in self.view.fields else {}

    def _sum(self, group: Group, name: str) -> str:
        sums = group.sums.get(name)
        if sums is None:
            return ""
        return _("several") if sums.mixed else format_compact(sums.whole or Decimal(0))

    def action_narrow(self) -> None:
        """Narrow the list to the value."""
        self.dismiss(self.page.target or None)
