"""Which documents changed since a transaction, so that what was prepared of a register is mended instead of made again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pmo_tui.store.transactions import FORGET, MIGRATION

if TYPE_CHECKING:
    from pmo_tui.store import Store

MOST = 200
"""After so many transactions, or documents of one, making again is no more work than mending."""
ANYWHERE = (FORGET, MIGRATION)
"""Transactions of these kinds may have reached any document."""
Changed = dict[str, set[str]]
"""Numbers by register."""


class Upkeep:
    """What each transaction since the beginning of the session changed, read once for all that is prepared."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._begin: int | None = None
        self._log: list[list[tuple[str, str]] | None] = []

    def head(self) -> int:
        """The transaction that what is prepared now will be up to."""
        head = self._store.head()
        if self._begin is None:
            self._begin = head
        return head

    def since(self, sequence: int) -> Changed | None:
        """What changed after a transaction; None where that is too much to mend, or not known."""
        head = self.head()
        begin = self._begin or 0
        if sequence < begin or head - sequence > MOST:
            return None
        self._read(begin, head)
        found: Changed = {}
        for changed in self._log[sequence - begin : head - begin]:
            if changed is None:
                return None
            for register, number in changed:
                found.setdefault(register, set()).add(number)
        return found

    def _read(self, begin: int, head: int) -> None:
        known = begin + len(self._log)
        if head <= known:
            return
        read = [
            None
            if len(transaction.ops) > MOST or transaction.kind in ANYWHERE
            else [(op.register, op.key.rpartition("-")[2]) for op in transaction.ops]
            for transaction in self._store.since(known)
        ]
        if begin + len(self._log) == known:
            self._log = [*self._log, *read]
