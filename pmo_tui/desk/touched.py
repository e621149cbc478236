"""What each transaction touched, so that a figure is remade only when something it stands on may have changed.

A record's transaction touches the record, what it names (its project, its order, those of its lines), and what stands on those: a
receipt touches the projects of its order and the invoices that bill it. Suppliers and exchange rates are seldom changed and stand
under many figures: they touch everything, and so does a new day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from pmo_tui.analysis.supplier_money import key_in
from pmo_tui.desk.wanted import give_way
from pmo_tui.store import Op, Transaction
from pmo_tui.store.transactions import FORGET

if TYPE_CHECKING:
    from pmo_tui.desk.desk import Desk

T = TypeVar("T")
UNDER_EVERYTHING = frozenset({"suppliers", "exchange_rates"})


class Touched:
    """The keys that were touched since this desk began to count: one entry a transaction, None where everything was."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._head = desk.store.head()
        self._day = desk.today()
        self._log: list[frozenset[str] | None] = []

    def position(self) -> int:
        """How many entries there are by now."""
        head = self.desk.store.head()
        if head != self._head:
            self._log += [self._of(transaction) for transaction in self.desk.store.since(self._head)]
            self._head = head
        day = self.desk.today()
        if day != self._day:
            self._day = day
            self._log.append(None)
        return len(self._log)

    def after(self, position: int) -> list[frozenset[str] | None]:
        """The entries from a position on."""
        return self._log[position:]

    def _of(self, transaction: Transaction) -> frozenset[str] | None:
        """The keys that a transaction touched; one that took values out of the history may have reached any record."""
        return None if transaction.kind == FORGET else self._keys(transaction.ops)

    def _keys(self, ops: Iterable[Op]) -> frozenset[str] | None:
        found: set[str] = set()
        for op in ops:
            if op.register in UNDER_EVERYTHING:
                return None
            found.add(op.key)
            for document in (self.desk.store.get(op.key) or {}, op.old or {}):
                found.update(_named(document))
        for order in [key for key in found if key.startswith("PO-")]:
            found.update(_projects(self.desk.store.get(order) or {}))
            found.update(f"INV-{number}" for number in self.desk.store.shelf("invoices").where("order", order))
        return frozenset(found)


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
    """What `make` made of each key, until the key is touched."""

    def __init__(self, touched: Touched, make: Callable[[str], T]) -> None:
        self._touched = touched
        self._make = make
        self._made: dict[str, T] = {}
        self._position = touched.position()
        self._begun = 0

    def get(self, key: str) -> T:
        """The value for `key`, made now if it was not or may have changed."""
        return self.many((key,))[0]

    def many(self, keys: Iterable[str]) -> list[T]:
        """The values for several keys."""
        made = self._fresh()
        return [made[key] if key in made else self._new(key) for key in keys]

    def begun(self) -> int:
        """How often all was forgotten: while this is the same, what was made and not touched is still there."""
        self._fresh()
        return self._begun

    def _fresh(self) -> dict[str, T]:
        position = self._touched.position()
        if position != self._position:
            for keys in self._touched.after(self._position):
                if keys is None:
                    self._made = {}
                    self._begun += 1
                else:
                    for key in keys:
                        self._made.pop(key, None)
            self._position = position
        return self._made

    def _new(self, key: str) -> T:
        """Make a value, and keep it unless something was touched meanwhile."""
        position, made = self._position, self._made
        give_way()
        value = self._make(key)
        if self._touched.position() == position == self._position:
            made[key] = value
        return value
