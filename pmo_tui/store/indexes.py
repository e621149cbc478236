"""Indexes of one register, made when first asked for and kept up to date from then on."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Callable, Hashable, Iterable
from typing import Any, Generic, TypeVar

from msgspec import Raw

from pmo_tui.store.values import Json, at_path, field_reader

T = TypeVar("T")


def index_key(value: Any) -> Hashable:
    """A JSON value as an index holds it: true is not 1. What cannot be looked up (an object) is None."""
    if isinstance(value, bool):
        return ("flag", value)
    return None if isinstance(value, dict | list) else value


class HashIndex:
    """Numbers of documents by the values at a path; None stands for documents that have nothing there."""

    def __init__(self, path: str, documents: Iterable[tuple[str, Raw]]) -> None:
        first, *rest = path.split(".")
        self._path = [first, *rest]
        self._numbers: dict[Hashable, dict[str, None]] = {}
        read = field_reader(first)
        found = self._numbers
        for number, raw in documents:
            value = read(raw)
            if value.__class__ is str:  # the plain case, which most are, without a detour
                found.setdefault(None if rest else value, {})[number] = None
            else:
                self._add(number, at_path(value, rest))

    def _add(self, number: str, values: Iterable[Any]) -> None:
        for value in {index_key(value) for value in values} or {None}:
            self._numbers.setdefault(value, {})[number] = None

    def put(self, number: str, old: Json | None, new: Json | None) -> None:
        """Take in a change of one document."""
        if old is not None:
            for value in {index_key(value) for value in at_path(old, self._path)} or {None}:
                found = self._numbers.get(value, {})
                found.pop(number, None)
                if not found:
                    self._numbers.pop(value, None)
        if new is not None:
            self._add(number, at_path(new, self._path))

    def where(self, value: Any) -> list[str]:
        """The numbers of the documents that have `value` at the path, in order."""
        return sorted(self._numbers.get(index_key(value), ()), key=int)


def order_key(value: Any) -> tuple[int, Any]:
    """Sorts values of different types: numbers, then texts; what has no value or no order comes last."""
    if isinstance(value, bool | int | float):
        return (0, value)
    return (1, value) if isinstance(value, str) else (2, 0)


class SortedIndex:
    """Numbers of documents in the order of one field, equal ones by number; documents without it come last."""

    def __init__(self, field: str, documents: Iterable[tuple[str, Raw]]) -> None:
        self._field = field
        read = field_reader(field)
        self._entries = sorted((order_key(read(raw)), int(number)) for number, raw in documents)

    def put(self, number: str, old: Json | None, new: Json | None) -> None:
        """Take in a change of one document."""
        if old is not None:
            entry = (order_key(old.get(self._field)), int(number))
            del self._entries[bisect_left(self._entries, entry)]
        if new is not None:
            insort(self._entries, (order_key(new.get(self._field)), int(number)))

    def numbers(self) -> list[str]:
        """All numbers, in order."""
        return [str(number) for _, number in self._entries]


class Lent(Generic[T]):
    """A list that is handed out without a copy and copied before its next change, so that what was handed out stays."""

    def __init__(self, values: list[T]) -> None:
        self._values = values
        self._lent = False

    def lend(self) -> list[T]:
        """The list; whoever gets it must not change it."""
        self._lent = True
        return self._values

    def own(self) -> list[T]:
        """The list, to be changed now."""
        if self._lent:
            self._values, self._lent = self._values[:], False
        return self._values


def column_reader(field: str) -> tuple[Callable[[Raw], Any], Callable[[Json], Any]]:
    """Readers of one value a document, from an undecoded and from a decoded one; a dotted path goes into objects."""
    first, *rest = field.split(".")
    read = field_reader(first)

    def inside(value: Any) -> Any:
        for name in rest:
            value = value.get(name) if isinstance(value, dict) else None
        return value

    return (lambda raw: inside(read(raw))), (lambda document: inside(document.get(first)))
