"""A list added up by one of its fields: how many rows have each value, and the sums of what is shown; enter narrows the list to one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from textual.binding import Binding
from textual.widget import Widget

from pmo_tui.actions import EVERYWHERE, MOVE
from pmo_tui.records.schema import FieldOf
from pmo_tui.screens.everywhere import Everywhere
from pmo_tui.widgets.cutting import fit
from pmo_tui.widgets.text_page import TextLine, TextPage, line
from pmo_tui.wording.languages import _
from pmo_tui.wording.money import format_compact
from pmo_tui.wording.numbers import format_number
from pmo_tui.wording.safe import safe

if TYPE_CHECKING:
    from pmo_tui.desk.views.view import View

VALUE, COUNT, SUM, BAR = 26, 7, 12, 24


@dataclass(slots=True)
class Group:
    """The rows with one value: how it is shown, how many they are, the sums of their figures by field."""

    shown: str
    count: int = 0
    sums: dict[str, Decimal] = field(default_factory=dict)


class GroupScreen(Everywhere):
    """The values of one field, most frequent first. Dismissed with a filter word."""

    BINDINGS = [Binding("enter", "narrow", show=False)]
    parts = (EVERYWHERE, MOVE)

    def __init__(self, view: View, item: FieldOf) -> None:
        super().__init__()
        self.view = view
        self.item = item

    def heading(self) -> str:
        """By what."""
        return _("By {label}").format(label=safe(_(self.item.field.label)))

    def body(self) -> Iterable[Widget]:
        """The page."""
        yield TextPage(id="page")

    def on_mount(self) -> None:
        """The keys go to the page."""
        super().on_mount()
        self.focus_on(self.query_one(TextPage))

    def _summed(self) -> list[str]:
        """The fields that are added up: amounts, counts and hours of the narrow table."""
        fields = self.view.fields
        kinds = ("money", "integer", "hours")
        names = [
            name
            for name, item in fields.items()
            if item.field.shown and item.field.kind in kinds and item is not self.item
        ]
        room = max(0, (self.app.size.width - VALUE - COUNT - 4) // (SUM + 1))
        return names[:room]

    def groups(self) -> dict[str, Group]:
        """The groups by the value as it would be typed."""
        found: dict[str, Group] = {}
        summed = self._summed()
        for i in range(len(self.view)):
            key = self.view.key(i)
            text = self.desk.text(self.item, self.view.value(key, self.item.name))
            group = found.get(text)
            if group is None:
                group = found[text] = Group(self.view.cells(i, [self.item.name])[0])
            group.count += 1
            for name in summed:
                value = self.view.value(key, name)
                if isinstance(value, Decimal | int) and not isinstance(value, bool):
                    group.sums[name] = group.sums.get(name, Decimal(0)) + value
        return found

    def reload(self) -> None:
        """Add up."""
        groups, summed = self.groups(), self._summed()
        if not groups:
            self.query_one(TextPage).show([line(_("nothing here"), "faint")])
            return
        labels = "".join(" " + fit(safe(_(self.view.fields[name].field.label)), SUM, True) for name in summed)
        lines = [line(f"{fit('', VALUE)} {fit(_('Count'), COUNT, True)}{labels}", "faint")]
        most = max(group.count for group in groups.values())
        for text, group in sorted(groups.items(), key=lambda pair: (-pair[1].count, pair[0])):
            word = f'{self.item.name}="{text}"' if text else f"{self.item.name}:none"
            lines.append(TextLine(self._pieces(group, summed, most), word))
        total = Group(_("Total"), sum(group.count for group in groups.values()))
        for name in summed:
            total.sums[name] = sum((group.sums.get(name, Decimal(0)) for group in groups.values()), Decimal(0))
        lines.append(TextLine(self._pieces(total, summed, 0)))
        self.query_one(TextPage).show(lines)

    def _pieces(self, group: Group, summed: list[str], most: int) -> tuple[tuple[str, str], ...]:
        sums = "".join(" " + fit(format_compact(group.sums.get(name, Decimal(0))), SUM, True) for name in summed)
        bar = "█" * max(1, round(BAR * group.count / most)) if most and not summed else ""
        return (
            (fit(group.shown or "–", VALUE), "" if most else "strong"),
            (f" {fit(format_number(group.count), COUNT, True)}", "strong"),
            (sums, "" if most else "strong"),
            (f" {bar}" if bar else "", "blue"),
        )

    def action_narrow(self) -> None:
        """Narrow the list to the value."""
        self.dismiss(self.query_one(TextPage).target or None)
