"""A list added up by one of its fields: how many rows have each value, and the sums of its amounts, hours and counts."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import repeat
from typing import TYPE_CHECKING, Any

from pmo_tui.records.schema import FieldOf

if TYPE_CHECKING:
    from pmo_tui.desk.views.view import View

SUMMED = frozenset({"money", "integer", "hours"})
NOT_SUMMED = frozenset({
    "revision", "position", "line", "outline_level", "depth", "order", "number", "priority", "version", "within", "worst", "slip",
    "silent", "score", "inherent_score", "target_score", "days_late", "days", "payment_days",
})  # fmt: skip
"""Whole numbers of which a sum means nothing: places, ranks, scores, and days that pass for several at once."""


@dataclass(slots=True)
class Sums:
    """The sums of a field: one a currency, the whole under "" where it is no amount."""

    parts: dict[str, Decimal] = field(default_factory=dict)

    def add(self, value: Decimal, currency: str) -> None:
        """Count an amount in."""
        self.parts[currency] = self.parts.get(currency, Decimal(0)) + value

    def take(self, other: Sums) -> None:
        """Count all of another one in."""
        for currency, value in other.parts.items():
            self.add(value, currency)

    @property
    def whole(self) -> Decimal | None:
        """The sum; None where nothing has a value, and where there are several currencies."""
        return next(iter(self.parts.values())) if len(self.parts) == 1 else None

    @property
    def currency(self) -> str:
        """The currency of the whole."""
        return next(iter(self.parts), "") if len(self.parts) == 1 else ""

    @property
    def mixed(self) -> bool:
        """Whether there are several currencies, which do not add up."""
        return len(self.parts) > 1


@dataclass(slots=True)
class Group:
    """The rows with one value. `text` is the value as it would be typed, `first` the place of its first row in the list."""

    value: Any
    text: str
    first: int
    count: int = 0
    sums: dict[str, Sums] = field(default_factory=dict)


def is_summed(item: FieldOf) -> bool:
    """Whether the values of a field add up to something: amounts, hours, and whole numbers that count."""
    scale = item.field.high is not None and item.field.high <= 10
    return item.field.kind in SUMMED and item.name not in NOT_SUMMED and not scale


def groups_of(view: View, item: FieldOf, summed: Sequence[str] = ()) -> list[Group]:
    """The groups of a list by a field, in the order in which the list comes to each, with the sums of the fields `summed`."""
    return _added_up(view, item, summed, each_value=False)


def frequencies(view: View, item: FieldOf, summed: Sequence[str] = ()) -> list[Group]:
    """As `groups_of`, the most frequent first; of a field that holds several values each is counted."""
    found = _added_up(view, item, summed, each_value=item.field.kind == "list")
    return sorted(found, key=lambda group: -group.count)


def _added_up(view: View, item: FieldOf, summed: Sequence[str], *, each_value: bool) -> list[Group]:
    found: dict[Hashable, Group] = {}
    amounts = [(name, view.each(name), _currencies(view, name)) for name in summed]
    for place, value in enumerate(view.each(item.name)):
        row = [(name, next(values), next(coins)) for name, values, coins in amounts]
        for one in value if each_value and value else [value]:
            plain = _plain(item, one)
            group = found.get(plain)
            if group is None:
                shown = [one] if each_value and value else one
                group = found[plain] = Group(shown, _text(view, item, shown), place)
            group.count += 1
            for name, amount, coin in row:
                if isinstance(amount, Decimal | int) and not isinstance(amount, bool):
                    group.sums.setdefault(name, Sums()).add(Decimal(amount), str(coin or ""))
    return list(found.values())


def sums_of_rows(view: View, item: FieldOf, keys: Collection[str]) -> tuple[Sums, int]:
    """What some rows of a list add up to in a field, and how many of them have a value."""
    sums, count = Sums(), 0
    for key, value, coin in zip(view.keys, view.each(item.name), _currencies(view, item.name), strict=False):
        if key in keys and isinstance(value, Decimal | int) and not isinstance(value, bool):
            sums.add(Decimal(value), str(coin or ""))
            count += 1
    return sums, count


def _plain(item: FieldOf, value: Any) -> Hashable:
    """What tells groups apart; of small records inside a record it is how many there are."""
    if item.field.kind == "rows":
        return len(value or ())
    if value in ("", []):
        return None
    return value if isinstance(value, Hashable) else repr(value)


def _text(view: View, item: FieldOf, value: Any) -> str:
    return str(len(value or ())) if item.field.kind == "rows" else view.desk.text(item, value)


def _currencies(view: View, name: str) -> Iterator[Any]:
    currency = view.fields[name].field.currency
    return view.each(currency) if currency in view.fields else repeat("")


def word_for(item: FieldOf, group: Group) -> str:
    """The filter that leaves the rows of a group."""
    if item.field.kind == "rows":
        return f"{item.name}>={group.text} {item.name}<={group.text}"
    text = group.text.replace('"', "")
    if not text:
        return f"{item.name}:none"
    return f'{item.name}="{text}"' if text == group.text else f'{item.name}:"{text}"'


def total_of(groups: Sequence[Group]) -> Group:
    """All groups together."""
    total = Group(None, "", 0, sum(group.count for group in groups))
    for group in groups:
        for name, sums in group.sums.items():
            total.sums.setdefault(name, Sums()).take(sums)
    return total
