"""Reading the journal back: what came after, what happened to one record, when it was."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime

import msgspec

from pmo_tui.store.embedded.files import Names
from pmo_tui.store.embedded.journal import BROKEN, MISSING, SHORTER, last_line, lines_of
from pmo_tui.store.errors import Damaged
from pmo_tui.store.lines import BODY, SUM, is_sealed, read_line, sequence_of
from pmo_tui.store.transactions import Transaction


class _Moment(msgspec.Struct):
    """What tells when a line was written."""

    seq: int
    ts: datetime


_decode_moment = msgspec.json.Decoder(_Moment).decode


class History:
    """The segments of one store. Whatever it hands out was checked against its sum; Damaged where that is wrong."""

    def __init__(self, names: Names) -> None:
        self._names = names

    def since(self, sequence: int, head: int) -> Iterator[Transaction]:
        """The lines after `sequence` up to and including `head`."""
        segments = self._names.segments()
        start = max((first for first in segments if first <= sequence + 1), default=sequence + 1)
        for first in (first for first in segments if first >= start):
            for offset, before, text in self._lines(first):
                number = self._number(text, first, offset)
                if number > head:
                    return
                if number > sequence + 1:
                    raise self._damage(MISSING, first, offset, sequence + 1)
                if number == sequence + 1:
                    yield self._transaction(before, text, first, offset)
                    sequence = number
        if sequence < head:
            raise self._short(sequence + 1, head)

    def of(self, key: str, head: int) -> Iterator[Transaction]:
        """The lines up to `head` that name a key."""
        needle = b'"key":"%s"' % key.encode()
        next = 1
        for first in self._names.segments():
            if first > head:
                break
            if first != next:
                raise self._damage(MISSING, first, 0, next)
            for offset, before, text in self._lines(first):
                next = self._number(text, first, offset) + 1
                if next > head + 1:
                    return
                if needle in text:
                    transaction = self._transaction(before, text, first, offset)
                    if any(op.key == key for op in transaction.ops):
                        yield transaction
        if next <= head:
            raise self._short(next, head)

    def latest_first(self, head: int) -> Iterator[list[Transaction]]:
        """The segments, the newest first."""
        last = head
        for first in reversed(self._names.segments()):
            yield list(self.since(first - 1, last))
            last = min(last, first - 1)

    def moment(self, when: datetime, head: int) -> int:
        """The sequence of the last line at or before a time, 0 where there is none."""
        found = 0
        for first in reversed(self._names.segments()):
            for offset, text in lines_of(self._names.segment(first)):
                line = self._when(text, first, offset)
                if line.seq and (line.ts > when or line.seq > head):
                    break
                found = line.seq
            if found:
                break
        return found

    def _lines(self, first: int) -> Iterator[tuple[int, bytes, bytes]]:
        """The lines of a segment: offset, the sum of the line before, text."""
        earlier = [other for other in self._names.segments() if other < first]
        before = last_line(self._names.segment(earlier[-1]))[SUM] if earlier else b""
        for offset, text in lines_of(self._names.segment(first)):
            yield offset, before, text
            before = text[SUM]

    def _transaction(self, before: bytes, text: bytes, first: int, offset: int) -> Transaction:
        with suppress(ValueError):  # bytes that are no text are damage as well
            if is_sealed(before.decode("ascii"), text):
                return read_line(text, str(self._names.segment(first)))
        raise self._damage(BROKEN, first, offset, "?")

    def _number(self, text: bytes, first: int, offset: int) -> int:
        try:
            return sequence_of(text)
        except ValueError:
            raise self._damage(BROKEN, first, offset, "?") from None

    def _when(self, text: bytes, first: int, offset: int) -> _Moment:
        try:
            return _decode_moment(b"{" + text[BODY:])
        except ValueError:
            raise self._damage(BROKEN, first, offset, "?") from None

    def _short(self, next: int, head: int) -> Damaged:
        """The journal ends before its head."""
        last = (self._names.segments() or [1])[-1]
        path = self._names.segment(last)
        size = path.stat().st_size if path.exists() else 0
        return self._damage(SHORTER, last, size, next, acknowledged=head)

    def _damage(self, message: str, first: int, offset: int, next: int | str, **values: object) -> Damaged:
        return Damaged(message, "", file=str(self._names.segment(first)), offset=offset, next=next, **values)
