"""The registers as they stood: the present, with what was changed since put back, so that yesterday is cheap."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from msgspec import Struct

from pmo_tui.store.migrations import bring_up
from pmo_tui.store.replica import Replica
from pmo_tui.store.transactions import Op, Transaction
from pmo_tui.store.values import Json

Progress = Callable[[int, int], None]
"""Told how many transactions were gone through, and how many there are."""
GONE = object()
"""Stands for a field that was not there."""


class _Then(Struct):
    """What is known of a document as it stood: its revision, and the fields that were changed since.

    `whole` is set when these are all it had, `made_since` when it was not there at all.
    """

    revision: int
    fields: dict[str, object] = {}
    whole: bool = False
    made_since: bool = False

    def take_in(self, op: Op) -> None:
        """Learn from the next change after the moment; the first one to touch a field tells how it was."""
        if self.whole or self.made_since:
            return
        if op.old is None:
            self.made_since = True
            return
        for name, value in op.old.items():
            self.fields.setdefault(name, value)
        if op.new is None:
            self.whole = True
            return
        for name in op.new:
            self.fields.setdefault(name, GONE)

    def document(self, key: str, now: Json | None) -> Json | None:
        """The document as it stood; `now` is how it stands."""
        if self.made_since:
            return None
        base = {} if self.whole or now is None else now
        kept = {name: value for name, value in (base | self.fields).items() if value is not GONE}
        return kept | {"key": key, "revision": self.revision}


def counted(transactions: Iterable[Transaction], count: int, progress: Progress | None) -> Iterator[Transaction]:
    """The transactions, telling `progress` after each thousand how many of `count` there were."""
    for number, transaction in enumerate(transactions, 1):
        if progress is not None and number % 1000 == 0:
            progress(number, count)
        yield transaction


def as_of(replica: Replica, at: Transaction | None, later: Iterable[Transaction]) -> Replica:
    """A replica of its own as it stood after `at`, None for the beginning; `later` are the ones after it, in order.

    The version of a register that was touched since is the sequence of `at`: it may have been touched earlier, never
    later. Documents of an older schema are given their present form.
    """
    versions = replica.versions()
    touched: dict[str, _Then] = {}
    for transaction in later:
        for op in transaction.ops:
            then = touched.get(op.key)
            if then is None:
                then = touched[op.key] = _Then(op.was)
                versions[op.register] = at.sequence if at else 0
            then.take_in(op)
    past = replica.copy(at, versions)
    for key, then in touched.items():
        past.put(key, then.document(key, past.get(key)))
    bring_up(past)
    return past
