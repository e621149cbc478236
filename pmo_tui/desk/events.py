"""The journal in words: who did what to which record, old and new."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING, Any, Literal

from pmo_tui.desk.own_fields import loaded
from pmo_tui.records.documents import record_of
from pmo_tui.records.registers import register_of
from pmo_tui.store import Op, Transaction

if TYPE_CHECKING:
    from pmo_tui.desk.desk import Desk

HIDDEN = frozenset({"key", "revision"})
AT_ONCE = 20
"""Lines of the journal that are read at once from its end."""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of one record: its old and new value as an officer would type them, empty where there was none."""

    field: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Event:
    """What one transaction did to one record; `old` and `new` are the stored values of the fields that it touched."""

    sequence: int
    time: datetime
    author: str
    login: str
    note: str
    key: str
    register: str
    what: Literal["created", "changed", "deleted"]
    changes: tuple[FieldChange, ...]
    old: Mapping[str, Any]
    new: Mapping[str, Any]


def events(desk: Desk, transactions: Iterator[Transaction], key: str | None) -> Iterator[Event]:
    """The events of `transactions`, of one record or of all."""
    for transaction in transactions:
        for op in transaction.ops:
            if key is None or op.key == key:
                yield _event(desk, transaction, op)


def latest(desk: Desk, limit: int) -> list[Event]:
    """The newest `limit` events of all records, newest first; of a long journal no more than its end is read."""
    found: list[Event] = []
    end = desk.store.head()
    while end > 0 and len(found) < limit:
        begin = max(0, end - AT_ONCE)
        lines = list(islice(desk.store.since(begin), end - begin))
        newest = ((line, op) for line in reversed(lines) for op in reversed(line.ops))
        found += [_event(desk, line, op) for line, op in islice(newest, limit - len(found))]
        end = begin
    return found


def _event(desk: Desk, transaction: Transaction, op: Op) -> Event:
    what: Literal["created", "changed", "deleted"] = (
        "created" if op.old is None else "deleted" if op.new is None else "changed"
    )
    old, new = op.old or {}, op.new or {}
    names = [name for name in {**old, **new} if name not in HIDDEN]
    changes = tuple(
        FieldChange(name, _text(desk, op, name, old.get(name)), _text(desk, op, name, new.get(name))) for name in names
    )
    return Event(
        transaction.sequence, transaction.time, transaction.author, transaction.login, transaction.note, op.key, op.register, what,
        changes, old, new,
    )  # fmt: skip


def _text(desk: Desk, op: Op, name: str, value: Any) -> str:
    if value is None:
        return ""
    fields = desk.fields(op.register)
    if name == "extra" and isinstance(value, dict):
        parts = [
            f"{own}={desk.text(fields[own], loaded(fields[own], each)) if own in fields else each}"
            for own, each in value.items()
        ]
        return ", ".join(parts)
    item = fields.get(name)
    if item is None:
        return str(value)
    if item.row is not None or isinstance(value, list):
        return desk.text(item, value)
    return str(value)


def decoded(key: str, document: dict[str, Any]) -> Any:
    """The record in a document of the store."""
    return record_of(register_of(key), document)
