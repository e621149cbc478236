"""A disk that keeps only what it must: from a log of file operations, the states in which a power failure may leave it.

Nothing is promised but this: what was written to a file before a flush of that file is in it; a name that was made,
replaced or removed before a flush of the folder is so. All else may be there, or not, or by half, in any order; only a
sector is written whole or not at all.
"""

from __future__ import annotations

import os
import random
import stat
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.store.calls import Call

SECTOR = 512
Chooser = random.Random | bool
"""Whether what need not be there is: by chance, always or never."""


@dataclass
class File:
    """The content that is sure, and the writes since, each an offset with bytes, or a length to cut to."""

    sure: bytes = b""
    since: list[tuple[int, bytes | None]] = field(default_factory=list)

    def flush(self) -> None:
        self.sure = _after(self.sure, self.since)
        self.since = []

    def perhaps(self, choose: Chooser) -> bytes:
        """The content after a failure."""
        chosen = [_torn(each, choose) for each in self.since if _happens(choose)]
        return _after(self.sure, chosen)


def _happens(choose: Chooser) -> bool:
    return choose if isinstance(choose, bool) else choose.random() < 0.6


def _torn(write: tuple[int, bytes | None], choose: Chooser) -> tuple[int, bytes | None]:
    """A write of which perhaps only the beginning, or only the end, reached the disk; the rest reads as zeros."""
    offset, data = write
    if data is None or isinstance(choose, bool) or choose.random() < 0.6:
        return write
    cuts = [cut - offset for cut in range(offset - offset % SECTOR, offset + len(data), SECTOR)][1:]
    if not cuts:
        return write
    cut = choose.choice(cuts)
    return (offset, data[:cut]) if choose.random() < 0.5 else (offset, bytes(cut) + data[cut:])


def _after(content: bytes, writes: list[tuple[int, bytes | None]]) -> bytes:
    for offset, data in writes:
        if data is None:
            content = content[:offset].ljust(offset, b"\0")
        else:
            content = content.ljust(offset, b"\0")
            content = content[:offset] + data + content[offset + len(data) :]
    return content


Change = dict[str, File | None]
"""Names that an operation on the folder sets, at once; None removes one."""


class Disk:
    """Follows the calls of a store in one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.files: dict[int, File] = {}
        self.sure: dict[str, File] = {}
        self.since: list[Change] = []
        for path in folder.iterdir():
            self.sure[path.name] = self.files[path.stat().st_ino] = File(path.read_bytes())

    def follow(self, call: Call) -> Any:
        """Let a call happen, and note what it does."""
        there = call.name == "open" and os.path.exists(call.arguments[0])
        moved = self._named(call.arguments[0]) if call.name == "replace" else None
        done = call.do()
        if call.name == "open":
            self._opened(call, done, there)
        elif call.name in ("pwrite", "ftruncate"):
            self._written(call, done)
        elif call.name in ("fsync", "fdatasync"):
            self._flushed(call.arguments[0])
        elif call.name == "replace":
            self.since.append({Path(call.arguments[0]).name: None, Path(call.arguments[1]).name: moved})
        elif call.name == "unlink":
            self.since.append({Path(call.arguments[0]).name: None})
        else:
            raise AssertionError(f"{call.name} is not known here")
        return done

    def _opened(self, call: Call, descriptor: int, there: bool) -> None:
        inode = os.fstat(descriptor).st_ino
        if not there:
            self.files[inode] = File()
            self.since.append({Path(call.arguments[0]).name: self.files[inode]})
        elif call.arguments[1] & os.O_TRUNC:
            self.files[inode].since.append((0, None))

    def _written(self, call: Call, done: int | None) -> None:
        file = self.files[os.fstat(call.arguments[0]).st_ino]
        if call.name == "ftruncate":
            file.since.append((call.arguments[1], None))
        else:
            file.since.append((call.arguments[2], bytes(call.arguments[1])[:done]))

    def _flushed(self, descriptor: int) -> None:
        status = os.fstat(descriptor)
        if stat.S_ISDIR(status.st_mode):
            self.sure = self._names(self.since)
            self.since = []
        else:
            self.files[status.st_ino].flush()

    def _named(self, path: str | Path) -> File:
        return self.files[os.stat(path).st_ino]

    def _names(self, changes: list[Change]) -> dict[str, File]:
        names: dict[str, File | None] = dict(self.sure)
        for change in changes:
            names |= change
        return {name: file for name, file in names.items() if file is not None}

    def fail(self, choose: Chooser) -> dict[str, bytes]:
        """What a power failure at this moment leaves: contents by name."""
        names = self._names([change for change in self.since if _happens(choose)])
        return {name: file.perhaps(choose) for name, file in names.items()}
