"""Short ways to write one change, for the tests."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pmo_tui.store import Draft, Store


def add(store: Store, register: str, **fields: Any) -> str:
    """Add one document in a transaction of its own; its key."""
    keys: list[str] = []
    store.transact(lambda draft: keys.append(draft.add(register, fields)))
    return keys[0]


def adding(register: str, fields: dict[str, Any], key: str | None = None) -> Callable[[Draft], None]:
    """The work of a transaction that adds one document."""

    def work(draft: Draft) -> None:
        draft.add(register, fields, key)

    return work


def change(store: Store, key: str, revision: int | None = None, **fields: Any) -> int:
    """Change one document in a transaction of its own; the sequence."""
    return store.transact(lambda draft: draft.change(key, fields, revision))


def delete(store: Store, *keys: str, revision: int | None = None) -> int:
    """Delete documents in one transaction; the sequence."""

    def work(draft: Draft) -> None:
        for key in keys:
            draft.delete(key, revision)

    return store.transact(work)


def state(store: Any) -> dict[str, dict[str, Any]]:
    """All documents of a store or of its past, by key."""
    return {document["key"]: document for name in store.registers() for document in store.shelf(name).values()}
