"""What others did to a record since it was looked at, field by field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from pmo_tui.desk.own_fields import loaded
from pmo_tui.records.documents import record_of
from pmo_tui.records.registers import register_of
from pmo_tui.records.schema import FieldOf
from pmo_tui.store import Op, Transaction
from pmo_tui.store.transactions import KEPT_BY_STORE, backward

if TYPE_CHECKING:
    from pmo_tui.desk.desk import Desk

EXTRA = "extra"
"""Where a document keeps the organisation's own fields."""


@dataclass(frozen=True, slots=True)
class Writing:
    """Who wrote, when (with its zone) and in which transaction."""

    author: str
    time: datetime
    sequence: int


@dataclass(frozen=True, slots=True)
class Since:
    """What became of a record after a revision: the document at that revision and now (None: not there), who wrote each field
    last, and who wrote the record last; None where nobody did.
    """

    before: Mapping[str, Any] | None
    now: Mapping[str, Any] | None
    fields: Mapping[str, Writing]
    last: Writing | None


def changes_since(desk: Desk, key: str, revision: int) -> Since:
    """What others made of `key` after the transaction `revision`."""
    now = desk.store.get(key)
    if now is not None and now["revision"] <= revision:
        return Since(now, now, {}, None)
    done = [(op, transaction) for transaction in desk.store.since(revision) for op in transaction.ops if op.key == key]
    before = now
    for op, _transaction in reversed(done):
        before = backward(op, before)
    fields = {name: _writing(transaction) for op, transaction in done for name in written_fields(op)}
    return Since(before, now, fields, _writing(done[-1][1]) if done else None)


def _writing(transaction: Transaction) -> Writing:
    return Writing(transaction.author, transaction.time, transaction.sequence)


def written_fields(op: Op) -> set[str]:
    """The names of the fields that an operation wrote, the organisation's own among them."""
    old, new = op.old or {}, op.new or {}
    names = {*old, *new} - {EXTRA, *KEPT_BY_STORE}
    own, own_now = old.get(EXTRA) or {}, new.get(EXTRA) or {}
    return names | {name for name in {*own, *own_now} if own.get(name) != own_now.get(name)}


def values_of(key: str, document: Mapping[str, Any], fields: Mapping[str, FieldOf]) -> dict[str, Any]:
    """The values of `fields` in a stored document."""
    register = register_of(key)
    record = record_of(register, document)
    return {
        name: getattr(record, name) if name in register.fields else loaded(item, record.extra.get(name))
        for name, item in fields.items()
    }
