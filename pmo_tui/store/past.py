"""The registers as they stood: from now backwards, so that yesterday is cheap."""

from __future__ import annotations

from collections.abc import Sequence

from pmo_tui.store.migrations import bring_up
from pmo_tui.store.replica import Replica
from pmo_tui.store.transactions import Transaction, backward
from pmo_tui.store.values import Json


def as_of(replica: Replica, at: Transaction | None, later: Sequence[Transaction]) -> Replica:
    """A replica of its own as it stood after `at`, None for the beginning; `later` are the ones after it, in order.

    The version of a register that was touched since is the sequence of `at`: it may have been touched earlier, never
    later. Documents of an older schema are given their present form.
    """
    versions = replica.versions()
    documents: dict[str, Json | None] = {}
    for transaction in reversed(later):
        for op in reversed(transaction.ops):
            if op.key not in documents:
                documents[op.key] = replica.get(op.key)
            documents[op.key] = backward(op, documents[op.key])
            versions[op.register] = at.sequence if at else 0
    then = replica.copy(at, versions)
    for key, document in documents.items():
        then.put(key, document)
    bring_up(then)
    return then
