"""Bringing a deleted record back under its key."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pmo_tui.desk.together.changes_since import values_of
from pmo_tui.records.documents import document_of, record_of
from pmo_tui.records.errors import Conflict, NotFound
from pmo_tui.records.marks import N_
from pmo_tui.records.registers import register_of
from pmo_tui.store import Draft

if TYPE_CHECKING:
    from pmo_tui.desk.desk import Desk


def restore(desk: Desk, key: str, texts: Mapping[str, str]) -> int:
    """Write a deleted record anew as it last was, with `texts` laid over it; the sequence.

    Refused where that is wrong or what it refers to is gone too, Conflict where it is there again.
    """
    from pmo_tui.desk.writing import built, understand, without_key

    register, last = register_of(key), _last_document(desk, key)
    before = record_of(register, last)
    entered = {name: item for name, item in desk.fields(register.name).items() if not item.field.computed}
    values, problems = understand(desk, register.name, texts, {}, values_of(key, last, entered))
    document = without_key(document_of(built(desk, register, values, before, problems)))

    def work(draft: Draft) -> None:
        if draft.exists(key):
            raise Conflict(N_("{key} is there again."), N_("Look at it as it is now."), key=key)
        draft.replace(key, document)

    return desk.store.transact(work)


def _last_document(desk: Desk, key: str) -> dict[str, Any]:
    deleted = None
    for transaction in desk.store.history(key):
        for op in transaction.ops:
            if op.key == key and op.new is None:
                deleted = op
    if deleted is None or deleted.old is None:
        raise NotFound(N_("There is no {key}."), key=key)
    return {**deleted.old, "key": key, "revision": deleted.was}
