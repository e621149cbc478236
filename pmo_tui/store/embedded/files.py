"""The files of a store: their names, modes, and how they are made durable."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable
from pathlib import Path

from pmo_tui.records.marks import N_
from pmo_tui.store.errors import NotAStore

DIGITS = 12
"""How many digits the first sequence has in the name of a journal segment."""


class Names:
    """The names of a store's files. `base` is the snapshot, symbolic links followed, so that one store has one lock."""

    def __init__(self, location: Path) -> None:
        self.base = Path(os.path.realpath(location))
        self.folder = self.base.parent
        self.lock = Path(f"{self.base}.lock")
        self.checkpoint_lock = Path(f"{self.base}.checkpoint")
        self.beside = Path(f"{self.base}.new")
        self.chain = 1
        self._segments: dict[tuple[int, int], Path] = {}

    def segment(self, first: int) -> Path:
        """The journal segment that begins with the transaction `first`, in the chain that counts."""
        found = self._segments.get((self.chain, first))
        if found is None:
            chain = "" if self.chain == 1 else f".{self.chain}"
            found = self._segments[self.chain, first] = Path(f"{self.base}{chain}.{first:0{DIGITS}d}.jsonl")
        return found

    def torn(self, first: int, offset: int) -> Path:
        """Where the cut-off end of a segment is kept."""
        return Path(f"{self.base}.torn.{first:0{DIGITS}d}.{offset}")

    def session(self, pid: int, count: int) -> Path:
        """The file of one session."""
        return Path(f"{self.base}.session.{pid}.{count}")

    def sessions(self) -> list[Path]:
        """The files of all sessions, living or dead."""
        start = f"{self.base.name}.session."
        return [self.folder / name for name in os.listdir(self.folder) if name.startswith(start)]

    def torn_ends(self) -> list[Path]:
        """The cut-off ends that were kept."""
        start = f"{self.base.name}.torn."
        return [self.folder / name for name in os.listdir(self.folder) if name.startswith(start)]

    def segments(self) -> list[int]:
        """The first sequences of the journal segments there are, in order, in the chain that counts."""
        return sorted(self.chains().get(self.chain, ()))

    def chains(self) -> dict[int, dict[int, Path]]:
        """The journal segments by chain and first sequence. A new chain begins when values are taken out of the old."""
        found: dict[int, dict[int, Path]] = {}
        start, end = f"{self.base.name}.", ".jsonl"
        for name in os.listdir(self.folder):
            if name.startswith(start) and name.endswith(end):
                chain, _, first = name[len(start) : -len(end)].rpartition(".")
                if len(first) == DIGITS and first.isdecimal() and (chain.isdecimal() or not chain):
                    found.setdefault(int(chain or 1), {})[int(first)] = self.folder / name
        return found


def mode_in(folder: Path) -> int:
    """The mode of new files: for the owner alone, or for the group too in a folder that is setgid."""
    return 0o660 if folder.stat().st_mode & stat.S_ISGID else 0o600


def open_private(path: Path, flags: int) -> int:
    """Open a file of the store, made with the mode its folder asks for when it is new, whatever the umask."""
    try:
        return os.open(path, flags & ~os.O_CREAT | os.O_CLOEXEC)
    except FileNotFoundError:
        if not flags & os.O_CREAT:
            raise
    mode = mode_in(path.parent)
    descriptor = os.open(path, flags | os.O_CLOEXEC, mode)
    if os.fstat(descriptor).st_uid == os.geteuid():
        os.fchmod(descriptor, mode)
    return descriptor


def write_all(descriptor: int, data: bytes, offset: int) -> None:
    """Write all of `data` at `offset`, however many pieces the system makes of it."""
    view = memoryview(data)
    while view:
        written = os.pwrite(descriptor, view, offset)
        view, offset = view[written:], offset + written


def sync_folder(folder: Path) -> None:
    """Make new and renamed files in a folder durable."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_durably(path: Path, pieces: Iterable[bytes]) -> None:
    """Write a new file and flush it; one that was left there by a crash is replaced."""
    descriptor = open_private(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    try:
        offset = 0
        for piece in pieces:
            write_all(descriptor, piece, offset)
            offset += len(piece)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


NETWORK_TYPES = (
    "nfs", "cifs", "smb", "ceph", "fuse.ceph", "afs", "coda", "lustre", "gluster", "fuse.gluster", "beegfs", "gpfs", "orangefs", "ocfs2",
    "gfs2", "9p", "davfs", "fuse.sshfs", "fuse.rclone", "fuse.s3fs", "fuse.gcsfuse", "fuse.davfs", "fuse.mount.davfs",
)  # fmt: skip
"""How the names of file systems begin on which locks do not reach other machines, or a flush is not one."""
MOUNTS = Path("/proc/self/mountinfo")


def filesystem_of(folder: Path) -> str:
    """The type of the file system that holds `folder`, as mountinfo(5) names it; "" where the system does not tell."""
    try:
        lines = MOUNTS.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return ""
    best, found = -1, ""
    for line in lines:
        before, dash, after = line.partition(" - ")
        if not dash:
            continue
        point = before.split(" ")[4].encode("ascii", "surrogateescape").decode("unicode_escape")
        if len(point) >= best and Path(os.path.realpath(folder)).is_relative_to(point):
            best, found = len(point), after.split(" ")[0]
    return found


def refuse_network(folder: Path) -> None:
    """NotAStore where `folder` lies on a network file system."""
    kind = filesystem_of(folder)
    if kind.startswith(NETWORK_TYPES):
        raise NotAStore(
            N_("{folder} is on a network file system ({kind}), where locks and flushes cannot be relied on."),
            N_("Keep the store on a local disk, or in PostgreSQL when hosts share it; --read-only opens it here."),
            folder=str(folder),
            kind=kind,
        )
