"""Which transaction last touched what a figure stands on, so that a figure is remade only when it may have changed.

An order is touched by its receipts and invoices, a project by everything that names it, by its orders and what belongs to them.
Suppliers and exchange rates are seldom changed and stand under many figures: they touch everything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from pmo_tui.analysis.supplier_money import key_in
from pmo_tui.store import Op

if TYPE_CHECKING:
    from pmo_tui.desk.desk import Desk

T = TypeVar("T")
UNDER_EVERYTHING = frozenset({"suppliers", "exchange_rates"})


class Touched:
    """The sequence that last touched a key: a record's own, an order's, a project's."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._head = desk.store.head()
        self._everything = self._head
        self._keys: dict[str, int] = {}

    def sequence(self, key: str) -> int:
        """The transaction that last touched `key`, or the one this desk began with."""
        head = self.desk.store.head()
        if head != self._head:
            self._follow(head)
        return max(self._keys.get(key, 0), self._everything)

    def _follow(self, head: int) -> None:
        for transaction in self.desk.store.since(self._head):
            for op in transaction.ops:
                if op.register in UNDER_EVERYTHING:
                    self._everything = transaction.sequence
                for key in self._keys_of(op):
                    self._keys[key] = transaction.sequence
        self._head = head

    def _keys_of(self, op: Op) -> Iterator[str]:
        yield op.key
        for document in (self.desk.store.get(op.key) or {}, op.old or {}):
            for key in _named(document):
                yield key
                if key.startswith("PO-"):
                    yield from _projects(self.desk.store.get(key) or {})


def _named(document: Mapping[str, Any]) -> Iterator[str]:
    """The projects and orders that a document, or the changed part of one, names."""
    yield from _projects(document)
    if isinstance(document.get("order"), str):
        yield document["order"]
    for line in document.get("lines") or ():
        key = key_in(line.get("order_line") or "")
        if key:
            yield key


def _projects(document: Mapping[str, Any]) -> Iterator[str]:
    if document.get("project"):
        yield document["project"]
    for line in document.get("lines") or ():
        if line.get("project"):
            yield line["project"]


class Kept(Generic[T]):
    """What `make` made of a key, until the key is touched or a day has passed."""

    def __init__(self, desk: Desk, make: Callable[[str], T]) -> None:
        self.desk = desk
        self._make = make
        self._made: dict[str, tuple[int, int, T]] = {}

    def get(self, key: str) -> T:
        """The value for `key`, made now if it was not or may have changed."""
        at, day = self.desk.touched.sequence(key), self.desk.today().toordinal()
        kept = self._made.get(key)
        if kept is None or kept[0] != at or kept[1] != day:
            kept = self._made[key] = (at, day, self._make(key))
        return kept[2]
