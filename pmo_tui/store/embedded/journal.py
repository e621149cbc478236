"""The journal: segments of lines, only ever added to, and how far this session has read them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct

from pmo_tui.records.errors import Said
from pmo_tui.records.marks import N_
from pmo_tui.store.embedded.files import Names, open_private, sync_folder, write_all, write_durably
from pmo_tui.store.embedded.lockfile import Acknowledged
from pmo_tui.store.errors import FULL, Damaged, NoRoom, Stopped
from pmo_tui.store.lines import SUM, is_sealed, read_line, runs_on
from pmo_tui.store.transactions import Transaction


class End(NamedTuple):
    """A place between two lines: behind transaction `seq` with the sum `sum`, at `offset` in a segment."""

    seq: int
    sum: str
    segment: int
    offset: int


class Reading(Struct, frozen=True):
    """What lay behind an `End`: the transactions, the new end, and bytes of a cut-off line that nobody acknowledged."""

    transactions: list[Transaction]
    end: End
    tail: bytes


class Journal:
    """The segments of one store. `end` is how far this session has read."""

    def __init__(self, names: Names, *, read_only: bool) -> None:
        self.names = names
        self.read_only = read_only
        self.end = End(0, "", 1, 0)
        self._descriptor: int | None = None
        self._opened = 0
        self._inode = 0

    def is_at(self, acknowledged: Acknowledged | None) -> bool:
        """Whether nothing was committed or left behind the place that this session has read to."""
        if acknowledged is None or (acknowledged.segment, acknowledged.offset) != (self.end.segment, self.end.offset):
            return False
        return self._size(self.end.segment) == self.end.offset

    def read(self, acknowledged: Acknowledged | None, *, locked: bool = True) -> Reading:
        """All whole lines behind `end`; Damaged where a line does not follow or one that was acknowledged is missing.

        Not `locked`, somebody may be writing: then no further than what was acknowledged, where that is known.
        """
        found: list[Transaction] = []
        end, tail = self.end, b""
        limit = None if locked else acknowledged
        later = [first for first in self.names.segments() if first > end.segment]
        if limit is not None:
            later = [first for first in later if first <= limit.segment]
        while True:
            data = self._data(end)
            if limit is not None and end.segment == limit.segment:
                data = data[: max(0, limit.offset - end.offset)]
            end, transactions, tail = self._lines(data, end, acknowledged)
            found += transactions
            if not later:
                break
            if tail or later[0] != end.seq + 1:
                raise self.damage(end, BROKEN if tail else MISSING)
            end = End(end.seq, end.sum, later.pop(0), 0)
        self._compare(found, end, acknowledged)
        if acknowledged is None or end.seq > acknowledged.seq:
            self._flush(end.segment)
        if acknowledged is not None and acknowledged.segment > end.segment:
            end = End(end.seq, end.sum, acknowledged.segment, 0)
        return Reading(found, end, tail)

    def _lines(self, data: bytes, end: End, acknowledged: Acknowledged | None) -> tuple[End, list[Transaction], bytes]:
        """The whole lines in `data`, which begins at `end`; what is left over is a tail, or damage."""
        found: list[Transaction] = []
        start = 0
        file = str(self.names.segment(end.segment))
        while (stop := data.find(b"\n", start)) >= 0:
            text = data[start:stop]
            transaction = self._line(text, end, file)
            if transaction is None:
                break
            if transaction.sequence:
                found.append(transaction)
            end = End(transaction.sequence, transaction.sum, end.segment, end.offset + len(text) + 1)
            start = stop + 1
        tail = data[start:]
        if tail and not self._may_be_torn(tail, end, acknowledged):
            raise self.damage(end, BROKEN)
        return end, found, tail

    def _line(self, text: bytes, end: End, file: str) -> Transaction | None:
        if not is_sealed(end.sum, text):
            return None
        try:
            transaction = read_line(text, file)
        except ValueError:
            return None
        begins = end.seq == end.offset == transaction.sequence == 0
        return transaction if begins or transaction.sequence == end.seq + 1 else None

    def _may_be_torn(self, tail: bytes, end: End, acknowledged: Acknowledged | None) -> bool:
        """Whether bytes at the end are one line that was never acknowledged."""
        if acknowledged is None:
            possible = b"\n" not in tail
        else:
            reached = (end.segment, end.offset) >= (acknowledged.segment, acknowledged.offset)
            possible = reached and b"\n" not in tail[:-1]
        return possible and not runs_on(end.sum, tail)

    def _compare(self, found: list[Transaction], end: End, acknowledged: Acknowledged | None) -> None:
        """Damaged where the journal does not hold what was acknowledged."""
        if acknowledged is None:
            return
        if end.seq < acknowledged.seq:
            raise self.damage(end, SHORTER, SHORTER_HINT, acknowledged=acknowledged.seq)
        behind = end.seq - acknowledged.seq
        sum = found[-1 - behind].sum if behind < len(found) else self.end.sum
        if behind <= len(found) and sum != acknowledged.sum:
            raise self.damage(end, OTHER, SHORTER_HINT, acknowledged=acknowledged.seq)

    def damage(self, end: End, message: str, hint: str = "", **values: object) -> Damaged:
        """Damage at a place of the journal."""
        return Damaged(
            message, hint, file=str(self.names.segment(end.segment)), offset=end.offset, next=end.seq + 1, **values
        )

    def keep_tail(self, tail: bytes) -> Said:
        """Move a cut-off line out of the way, into a file beside; under the lock for writing. Says what was done."""
        end = self.end
        path = self.names.torn(end.segment, end.offset)
        try:
            write_durably(path, [tail])
            sync_folder(self.names.folder)
            descriptor = self._open(end.segment)
            os.ftruncate(descriptor, end.offset)
            os.fdatasync(descriptor)
        except OSError as error:
            raise self._trouble(error, path) from error
        return Said(TORN, {"bytes": len(tail), "file": str(path)})

    def append(self, line: bytes, sequence: int, meanwhile: Callable[[End], None]) -> None:
        """Write a line behind `end` and flush it; under the lock for writing, with everything read.

        `meanwhile` is called with the new end before the flush; when it raises, the line is taken away again.
        NoRoom when the disk is full: the line is taken away too. Stopped when it cannot be known what the disk holds.
        """
        end = self.end
        new = End(sequence, line[SUM].decode("ascii"), end.segment, end.offset + len(line))
        path = self.names.segment(end.segment)
        try:
            descriptor = self._open(end.segment)
        except OSError as error:
            raise self._trouble(error, path) from error
        try:
            write_all(descriptor, line, end.offset)
            meanwhile(new)
            os.fdatasync(descriptor)
            if end.offset == 0:
                sync_folder(self.names.folder)
        except BaseException as error:
            self._take_away(descriptor, end.offset, path)
            if isinstance(error, OSError):
                raise self._trouble(error, path) from error
            raise
        self.end = new

    def acknowledgement(self, end: End | None = None) -> Acknowledged:
        """The record of the lock file for an end, which is `self.end` where none is given."""
        end = end or self.end
        return Acknowledged(chain=self.names.chain, seq=end.seq, segment=end.segment, offset=end.offset, sum=end.sum)

    def _take_away(self, descriptor: int, offset: int, path: Path) -> None:
        try:
            os.ftruncate(descriptor, offset)
        except OSError as error:
            raise Stopped(str(path), error.strerror or str(error), taken_back=False) from error

    def _trouble(self, error: OSError, path: Path) -> NoRoom | Stopped:
        reason = error.strerror or str(error)
        return NoRoom(str(path), reason) if error.errno in FULL else Stopped(str(path), reason)

    def _open(self, segment: int) -> int:
        """The descriptor of a segment, kept for the next time; made when there is none and this session may write."""
        if self._descriptor is not None and self._opened == segment:
            return self._descriptor
        self.close()
        flags = os.O_RDONLY if self.read_only else os.O_RDWR | os.O_CREAT
        self._descriptor = open_private(self.names.segment(segment), flags)
        self._opened = segment
        self._inode = os.fstat(self._descriptor).st_ino
        return self._descriptor

    def _size(self, segment: int) -> int:
        """The size of the file that has the segment's name now; a descriptor of one that was put aside is let go."""
        try:
            found = os.stat(self.names.segment(segment))
        except FileNotFoundError:
            self.close()
            return 0
        if self._opened == segment and found.st_ino != self._inode:
            self.close()
        return found.st_size

    def _data(self, end: End) -> bytes:
        """The bytes of a segment behind a place; Damaged where the segment ends before it."""
        size = self._size(end.segment)
        if size < end.offset:
            raise Damaged(
                SHORT_FILE, SHORTER_HINT, file=str(self.names.segment(end.segment)), offset=size, next=end.seq + 1
            )
        if size == end.offset:
            return b""
        with open(self.names.segment(end.segment), "rb") as file:
            file.seek(end.offset)
            return file.read()

    def _flush(self, segment: int) -> None:
        """Make sure that lines which nobody acknowledged are durable before they are believed."""
        if self._size(segment):
            descriptor = os.open(self.names.segment(segment), os.O_RDONLY | os.O_CLOEXEC)
            try:
                os.fdatasync(descriptor)
            except OSError as error:
                raise self._trouble(error, self.names.segment(segment)) from error
            finally:
                os.close(descriptor)

    def close(self) -> None:
        """Let go of the segment."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


def last_line(path: Path) -> bytes:
    """The last whole line of a segment, without its newline; nothing where there is none."""
    with open(path, "rb") as file:
        size = file.seek(0, os.SEEK_END)
        reach = 4096
        while True:
            start = max(0, size - reach)
            file.seek(start)
            data = file.read(size - start)
            end = data.rfind(b"\n")
            begin = data.rfind(b"\n", 0, max(end, 0))
            if begin >= 0 or not start:
                return data[begin + 1 : max(end, 0)]
            reach *= 4


def lines_of(path: Path, start: int = 0) -> Iterator[tuple[int, bytes]]:
    """The lines of a segment with their offsets, from `start` on, without newline; a cut-off last one is left out."""
    with open(path, "rb") as file:
        file.seek(start)
        offset = start
        for text in file:
            if text.endswith(b"\n"):
                yield offset, text[:-1]
            offset += len(text)


BROKEN = N_("{file} is damaged at byte {offset}: transaction {next} is not as it was written.")
MISSING = N_("{file} ends at byte {offset}, and the segment that begins with transaction {next} is missing.")
SHORTER = N_(
    "{file} ends at byte {offset}, before transaction {next}, while everything up to {acknowledged} was acknowledged."
)
SHORT_FILE = N_("{file} ends at byte {offset}, before the place where transaction {next} stood.")
OTHER = N_("{file} holds, before byte {offset}, another transaction {acknowledged} than the one that was acknowledged.")
SHORTER_HINT = N_(
    "Nothing was changed. Putting back a backup on purpose? Remove the file ending in .lock while nobody is on."
)
TORN = N_("A change that was being written when its session died was not kept; its {bytes} bytes are in {file}.")
