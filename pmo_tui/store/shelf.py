"""One register in memory: documents left undecoded until they are read."""

from __future__ import annotations

import threading
from bisect import bisect_left
from collections.abc import Callable, ItemsView, Iterable, Iterator, Mapping, ValuesView
from typing import Any, TypeVar

import msgspec
from msgspec import Raw

from pmo_tui.store.indexes import HashIndex, Lent, SortedIndex, column_reader
from pmo_tui.store.values import Json, decode, encode

Index = TypeVar("Index", HashIndex, SortedIndex)
Change = tuple[str, Json | None, Json | None]
"""The number of a document, the document before, and after; None where there is none."""
_decode_table = msgspec.json.Decoder(dict[str, Raw]).decode


class Shelf(Mapping[str, Json]):
    """The documents of one register by their number (as text). Reading one decodes it; the caller may keep and change
    it.

    A live shelf changes as transactions are taken in, always a whole one at a time. Lists that it hands out stay as
    they are; what must fit together (`numbers` and a `column`) is read under `Store.steady()`.
    """

    def __init__(self, raw: dict[str, Raw] | Raw | None = None, lock: threading.RLock | None = None) -> None:
        """Documents by number, or a table as it stands in a snapshot, in order of number: that is taken apart when a document is asked
        for."""
        self._raw: dict[str, Raw]
        self._lock = lock or threading.RLock()
        self._table = raw if isinstance(raw, Raw) else None
        if not isinstance(raw, Raw):
            self._raw = {} if raw is None else raw
        self._ordered = self._table is not None or not raw
        """Whether the documents are known to stand in order of number."""
        self._numbers: Lent[str] | None = None
        self._indexes: dict[str, HashIndex] = {}
        self._sorted: dict[str, SortedIndex] = {}
        self._missing: list[list[Change]] = []
        self._columns: dict[str, tuple[Lent[Any], Callable[[Json], Any]]] = {}

    def __getattr__(self, name: str) -> Any:
        """The documents, as long as the table was not taken apart: called for what is not there yet. One lock guards all, so that no two
        threads wait for each other."""
        if name != "_raw":
            raise AttributeError(name)
        with self._lock:
            if self._table is not None:
                self._raw, self._table = _decode_table(self._table), None
            return self._raw

    def __getitem__(self, number: str) -> Json:
        found: Json = decode(self._raw[number])
        return found

    def __contains__(self, number: object) -> bool:
        return number in self._raw

    def __iter__(self) -> Iterator[str]:
        return iter(self.numbers())

    def __len__(self) -> int:
        return len(self._raw)

    def items(self) -> ItemsView[str, Json]:
        """Numbers and documents as they are at this moment, in order of number."""
        return _Items(self)

    def values(self) -> ValuesView[Json]:
        """Documents as they are at this moment, in order of number."""
        return _Values(self)

    def raw(self, number: str) -> Raw:
        """The undecoded document; KeyError where there is none."""
        return self._raw[number]

    def undecoded(self, numbers: Iterable[str] | None = None) -> tuple[list[str], list[Raw]]:
        """All numbers in order, or those of `numbers` that are there, and beside them the undecoded documents, as they are at this
        moment. Do not change the lists."""
        with self._lock:
            if numbers is None and self._ordered:
                return self.numbers(), list(self._raw.values())
            there = self.numbers() if numbers is None else [number for number in numbers if number in self._raw]
            return there, list(map(self._raw.__getitem__, there))

    def raws(self) -> list[tuple[str, Raw]]:
        """Numbers and undecoded documents as they are at this moment, in order of number."""
        return list(zip(*self.undecoded(), strict=True))

    def numbers(self) -> list[str]:
        """The numbers in order. The list stays as it is; do not change it."""
        with self._lock:
            if self._numbers is None:
                self._numbers = Lent(list(self._raw) if self._ordered else sorted(self._raw, key=int))
            return self._numbers.lend()

    def where(self, path: str, value: Any) -> list[str]:
        """Numbers of the documents with `value` at a dotted path, in order.

        Lists on the way and at the end are walked: `where("lines.project", "P-1")` finds an order with that project
        in one of its lines. None finds the documents that have nothing there.
        """
        index = self._indexes.get(path) or self._index(self._indexes, path, HashIndex)
        with self._lock:
            return index.where(value)

    def sorted_by(self, field: str) -> list[str]:
        """The numbers in the order of a field, such as a date; documents without it come last."""
        index = self._sorted.get(field) or self._index(self._sorted, field, SortedIndex)
        with self._lock:
            return index.numbers()

    def _index(
        self, kept: dict[str, Index], name: str, make: Callable[[str, Iterable[tuple[str, Raw]]], Index]
    ) -> Index:
        """An index of all documents, kept from now on. Neither readers nor writers wait until it is made: it takes in afterwards what was
        put meanwhile."""
        missed: list[Change] = []
        with self._lock:
            documents = self.copy_raw()
            self._missing.append(missed)
        try:
            made = make(name, documents.items())
            with self._lock:
                for change in missed:
                    made.put(*change)
                return kept.setdefault(name, made)
        finally:
            with self._lock:
                self._missing = [each for each in self._missing if each is not missed]

    def column(self, field: str) -> list[Any]:
        """The values of a field, aligned with `numbers()`, None where there is none. Do not change the list."""
        with self._lock:
            if field not in self._columns:
                of_raw, of_document = column_reader(field)
                self._columns[field] = (Lent([of_raw(raw) for raw in self.undecoded()[1]]), of_document)
            return self._columns[field][0].lend()

    def copy_raw(self) -> dict[str, Raw]:
        """The undecoded documents of this moment, in a dictionary of their own."""
        with self._lock:
            return dict(self._raw)

    def become(self, other: Shelf) -> None:
        """Take over the documents of another shelf, one by one where they differ, so that indexes stay."""
        with self._lock:
            mine, theirs = self.copy_raw(), other.copy_raw()
            for number in {*mine, *theirs}:
                before, after = mine.get(number), theirs.get(number)
                if before is None or after is None or bytes(before) != bytes(after):
                    old, new = (None if raw is None else decode(raw) for raw in (before, after))
                    self.put(number, old, new)

    def put(self, number: str, old: Json | None, new: Json | None, raw: bytes | None = None) -> None:
        """Replace a document (`old`, as it is) by `new`; None is none. `raw` is `new` encoded. For the store alone."""
        with self._lock:
            self._place(number, old, new)
            if new is None:
                self._raw.pop(number, None)
            else:
                if self._ordered and number not in self._raw:
                    self._ordered = int(next(reversed(self._raw), 0)) < int(number)
                self._raw[number] = Raw(encode(new) if raw is None else raw)
            for index in self._indexes.values():
                index.put(number, old, new)
            for ordered in self._sorted.values():
                ordered.put(number, old, new)
            for missed in self._missing:
                missed.append((number, old, new))

    def _place(self, number: str, old: Json | None, new: Json | None) -> None:
        """Bring numbers and columns up to date, which lie side by side."""
        if self._numbers is None:
            return
        if old is not None and new is not None and not self._columns:
            return
        there = self._numbers.lend() if old is not None and new is not None else self._numbers.own()
        position = bisect_left(there, int(number), key=int)
        if old is None and new is not None:
            there.insert(position, number)
        elif new is None and old is not None:
            del there[position]
        for values, of_document in self._columns.values():
            column = values.own()
            if old is None and new is not None:
                column.insert(position, of_document(new))
            elif new is None and old is not None:
                del column[position]
            elif new is not None:
                column[position] = of_document(new)


class _Items(ItemsView[str, Json]):
    def __init__(self, shelf: Shelf) -> None:
        super().__init__(shelf)
        self._shelf = shelf

    def __iter__(self) -> Iterator[tuple[str, Json]]:
        numbers, raws = self._shelf.undecoded()
        return zip(numbers, map(decode, raws), strict=True)


class _Values(ValuesView[Json]):
    def __init__(self, shelf: Shelf) -> None:
        super().__init__(shelf)
        self._shelf = shelf

    def __iter__(self) -> Iterator[Json]:
        return map(decode, self._shelf.undecoded()[1])
