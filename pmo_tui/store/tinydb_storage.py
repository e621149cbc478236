"""TinyDB's tables and queries on the live registers of a store. Writing goes through `Store.transact` alone."""

from __future__ import annotations

from typing import Any, TypeVar

from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Table
from tinydb.utils import LRUCache

from pmo_tui.store.replica import Replica
from pmo_tui.store.store import Store

K = TypeVar("K")
V = TypeVar("V")


class LiveStorage(Storage):
    """Hands the shelves of a store, or of its past, to stock TinyDB. Document ids are the numbers of the keys."""

    def __init__(self, store: Store | Replica) -> None:
        self._store = store

    def read(self) -> dict[str, dict[str, Any]] | None:
        """The shelves by register; they are mappings as TinyDB reads them, decoded document by document."""
        tables: dict[str, Any] = {name: self._store.shelf(name) for name in self._store.registers()}
        return tables

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        """Refused: TinyDB knows neither the lock nor the journal."""
        raise TypeError("write through Store.transact: it locks, checks references and keeps the history")


class _Forgetful(LRUCache[K, V]):
    """A query cache that keeps nothing: the registers change without TinyDB being told."""

    def set(self, key: K, value: V) -> None:
        """Keep nothing."""


class _LiveTable(Table):
    query_cache_class = _Forgetful


class _LiveTinyDB(TinyDB):
    table_class = _LiveTable


def tinydb(store: Store | Replica) -> TinyDB:
    """A TinyDB whose tables are the registers as they are now: `tinydb(store).table("risks").search(…)`."""
    return _LiveTinyDB(storage=lambda: LiveStorage(store))
