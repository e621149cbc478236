"""Taking back a transaction by its inverse, as a new transaction, guarded against losing what others wrote since."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator

from msgspec import Struct

from pmo_tui.records.errors import Conflict
from pmo_tui.records.marks import N_
from pmo_tui.store.draft import Draft
from pmo_tui.store.references import Dangling, dangling, referred, refuse
from pmo_tui.store.transactions import FINAL, IMPORT, REDO, UNDO, Op, Transaction, backward, operations, register_name

NOTHING_LEFT = N_("There is nothing of yours left to undo.")


class Undone(Struct, frozen=True):
    """`sequence` took back `undone`; `skipped` are keys of an import that stay: edited or used since."""

    sequence: int
    undone: int
    skipped: tuple[str, ...]


def inverse_kind(transaction: Transaction) -> str:
    """What the inverse of a transaction is: the inverse of an undo is a redo."""
    return REDO if transaction.kind == UNDO else UNDO


class Trail:
    """One author's changes, oldest first: those that can be undone, and the undoings that can be redone."""

    def __init__(self, author: str) -> None:
        self._author = author
        self.done: list[int] = []
        self.taken_back: list[int] = []
        self.changed = False

    def take_in(self, transactions: Iterable[Transaction]) -> None:
        """Follow the transactions, oldest first."""
        for transaction in transactions:
            self._follow(transaction)

    def _follow(self, transaction: Transaction) -> None:
        number, undoes = transaction.sequence, transaction.undoes
        if undoes in self.done:
            self.done.remove(undoes)
        if transaction.author != self._author or transaction.kind in FINAL:
            return
        if undoes in self.taken_back:
            self.taken_back.remove(undoes)
        if transaction.kind == UNDO:
            self.taken_back.append(number)
            return
        self.done.append(number)
        if transaction.kind != REDO:
            self.taken_back.clear()
            self.changed = True


def last_own(author: str, pieces: Iterable[list[Transaction]], but: Collection[int] = ()) -> int | None:
    """The author's last change that is not undone, and none of `but`. `pieces` hold the journal, the newest piece first."""
    return _search(author, pieces, lambda trail: [one for one in trail.done if one not in but], lambda trail: False)


def last_undo(author: str, pieces: Iterable[list[Transaction]]) -> int | None:
    """The author's last undo, where no new change of the author came after it."""
    return _search(author, pieces, lambda trail: trail.taken_back, lambda trail: trail.changed)


def _search(
    author: str,
    pieces: Iterable[list[Transaction]],
    wanted: Callable[[Trail], list[int]],
    stop: Callable[[Trail], bool],
) -> int | None:
    known: list[list[Transaction]] = []
    for piece in pieces:
        known.append(piece)
        trail = Trail(author)
        for part in reversed(known):
            trail.take_in(part)
        if wanted(trail):
            return wanted(trail)[-1]
        if stop(trail):
            return None
    return None


def writers_since(transaction: Transaction, later: Iterable[Transaction]) -> dict[str, Transaction | None]:
    """Who wrote each document of `transaction` last, after it; None for one that stands as the transaction left it.

    What was taken back meanwhile does not count: the document then stands as it stood.
    """
    standing = {op.key: _Standing(transaction) for op in transaction.ops}
    for after in later:
        for key in (op.key for op in after.ops if op.key in standing):
            standing[key].take_in(after)
    return {key: None if found.as_left() else found.last for key, found in standing.items()}


class _Standing:
    """What one document is made of since a transaction: a pile of writings, each with those that brought it back.

    An undo takes the top away, a redo puts it back, and either of a writing and its redo may be undone again.
    """

    def __init__(self, transaction: Transaction) -> None:
        self.last = transaction
        self._first = {transaction.sequence}
        self._pile = [self._first]
        self._taken: dict[int, set[int]] = {}

    def take_in(self, after: Transaction) -> None:
        self.last = after
        number, undoes = after.sequence, after.undoes
        if undoes is not None and self._pile and undoes in self._pile[-1]:
            self._taken[number] = self._pile.pop()
        elif undoes is not None and undoes in self._taken:
            self._pile.append(self._taken[undoes])
            self._pile[-1].add(number)
        else:
            self._pile.append({number})

    def as_left(self) -> bool:
        return len(self._pile) == 1 and self._pile[0] is self._first


def take_back(draft: Draft, transaction: Transaction, later: Iterable[Transaction]) -> tuple[str, ...]:
    """Put the inverse of `transaction` into `draft`; the keys that were skipped, which only an import may have."""
    if transaction.kind in FINAL:
        raise Conflict(
            N_("Transaction {sequence} cannot be undone: it is a {kind}."),
            sequence=transaction.sequence,
            kind=transaction.kind,
        )
    writers = writers_since(transaction, later)
    edited = {key: writer for key, writer in writers.items() if writer is not None}
    piecemeal = transaction.kind == IMPORT and len(transaction.ops) > 1
    if edited and (not piecemeal or len(edited) == len(writers)):
        raise _edited(draft, transaction, edited)
    for op in reversed(transaction.ops):
        if op.key not in edited:
            draft.replace(op.key, backward(op, draft.get(op.key)))
    skipped = set(edited)
    while found := dangling(draft, draft.written()):
        blamed = set(_blamed(found)) if piecemeal else set()
        if not blamed:
            refuse(found)
        skipped |= _leave(draft, blamed, {op.key: op for op in transaction.ops})
    if not operations(draft.written()):
        raise Conflict(
            N_("Nothing of transaction {sequence} can be undone: all of it was edited or is used."),
            sequence=transaction.sequence,
        )
    return tuple(op.key for op in transaction.ops if op.key in skipped)


def _edited(draft: Draft, transaction: Transaction, edited: dict[str, Transaction]) -> Conflict:
    key, writer = next(iter(edited.items()))
    if writer.undoes == transaction.sequence:
        message = N_("Transaction {undoing} was undone already, by {author} on {time}.")
    else:
        message = N_("{key} was changed by {author} on {time}, after transaction {undoing}; that is not undone.")
    return draft.edited(key, message, writer, undoing=transaction.sequence)


def _blamed(found: list[Dangling]) -> Iterator[str]:
    """The documents whose undoing breaks a reference: the deleted one, or the one that would point at nothing again."""
    for item in found:
        yield item.key if item.deleted else item.referrer


def _leave(draft: Draft, blamed: set[str], ops: dict[str, Op]) -> set[str]:
    """Leave documents as they are, and with them what they refer to and the undoing would delete."""
    left: set[str] = set()
    waiting = [key for key in blamed if key in ops]
    while waiting:
        key = waiting.pop()
        if key in left:
            continue
        draft.forget(key)
        left.add(key)
        referred_to = referred(draft.get(key), register_name(key))
        waiting += [other for other in referred_to if other in ops and other not in left and not draft.exists(other)]
    return left
