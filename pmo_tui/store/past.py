"""The registers as they stood: from now backwards, so that yesterday is cheap."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from pmo_tui.store.replica import Replica
from pmo_tui.store.transactions import Transaction, backward, number_of
from pmo_tui.store.values import Json


def as_of(replica: Replica, sequence: int, sum: str, time: datetime, later: Sequence[Transaction]) -> Replica:
    """A replica of its own as it stood after `sequence` (whose sum and time are given); `later` are the ones after
    it, in order.

    The version of a register that was touched since is `sequence`: it may have been touched earlier, never later.
    """
    versions = replica.versions()
    documents: dict[tuple[str, str], Json | None] = {}
    for transaction in reversed(later):
        for op in reversed(transaction.ops):
            place = (op.register, number_of(op.key))
            if place not in documents:
                documents[place] = replica.shelf(op.register).get(place[1])
            documents[place] = backward(op, documents[place])
            versions[op.register] = sequence
    then = replica.copy(sequence=sequence, sum=sum, time=time, versions=versions)
    for (register, number), document in documents.items():
        then.put(register, number, document)
    return then
