"""The snapshot: one TinyDB file, a table a register, one document a line in order of number, the same bytes for the
same state.

Table `_meta` stands on the first line: which transaction the snapshot holds and its sum, where the journal goes on,
the highest number given in each register (so that keys are never given twice), the schema, and a checksum over the
lines below it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zlib import crc32

import msgspec

from pmo_tui.records.marks import N_
from pmo_tui.store.embedded.files import Names, sync_folder, write_durably
from pmo_tui.store.errors import Damaged, NotAStore
from pmo_tui.store.lines import too_new
from pmo_tui.store.migrations import schema
from pmo_tui.store.replica import BEGINNING, Replica

PROGRAM = "pmo_tui"
LONGEST = 1 << 20
"""Bytes that are looked at for the first line; a file without one is something else."""
START = b'{"_meta":{"1":'


class Meta(msgspec.Struct, kw_only=True):
    """The first line. The journal goes on in the segment of `chain` that begins with `segment`, at `offset` bytes."""

    program: str
    schema: int
    sequence: int
    sum: str
    time: datetime
    chain: int
    segment: int
    offset: int
    marks: dict[str, int]
    versions: dict[str, int]
    check: str


EMPTY = Meta(
    program=PROGRAM,
    schema=1,
    sequence=0,
    sum="",
    time=BEGINNING,
    chain=1,
    segment=1,
    offset=0,
    marks={},
    versions={},
    check="",
)
"""The state before the first transaction, where a journal is replayed from its beginning."""

_decode_meta = msgspec.json.Decoder(Meta).decode
_decode_tables = msgspec.json.Decoder(dict[str, msgspec.Raw]).decode
_encode = msgspec.json.Encoder(order="deterministic").encode


def render(replica: Replica, chain: int, segment: int, offset: int) -> Iterator[bytes]:
    """The snapshot of a replica, in pieces. The journal goes on at `offset` in `segment` of `chain`."""
    tables = [b"".join(_table(name, replica)) for name in replica.registers() if len(replica.shelf(name))]
    tables.append(b"\n}\n")
    check = 0
    for table in tables:
        check = crc32(table, check)
    meta = Meta(
        program=PROGRAM,
        schema=replica.schema,
        sequence=replica.head(),
        sum=replica.head_sum(),
        time=replica.time,
        chain=chain,
        segment=segment,
        offset=offset,
        marks=replica.marks,
        versions=replica.versions(),
        check="",
    )
    yield START + _encode(msgspec.structs.replace(meta, check=_check(meta, check))) + b"}"
    yield from tables


def _check(meta: Meta, below: int) -> str:
    """The checksum over a whole snapshot; `below` is the one over the lines under the first."""
    return f"{crc32(_encode(msgspec.structs.replace(meta, check='')), below):08x}"


def _table(name: str, replica: Replica) -> Iterator[bytes]:
    yield b',\n"%s":{\n' % name.encode()
    lines = (b'"%s":%s' % (number.encode(), bytes(raw)) for number, raw in replica.shelf(name).raws())
    yield b",\n".join(lines)
    yield b"}"


def write(names: Names, replica: Replica, segment: int, offset: int) -> None:
    """Replace the snapshot; a crash at any step leaves the old one or the new one."""
    write_durably(names.beside, render(replica, names.chain, segment, offset))
    os.replace(names.beside, names.base)
    sync_folder(names.folder)


def head(path: Path) -> Meta | None:
    """The first line of a snapshot, None where the file is missing or is no snapshot."""
    try:
        with open(path, "rb") as file:
            return meta_of(file.readline(LONGEST))
    except FileNotFoundError:
        return None


def meta_of(line: bytes) -> Meta | None:
    """What a first line says, None where it is none."""
    text = line.rstrip(b"\n").removesuffix(b",")
    if not text.startswith(START) or not text.endswith(b"}}"):
        return None
    try:
        found = _decode_meta(text[len(START) : -1])
    except ValueError:
        return None
    return found if found.program == PROGRAM else None


def read(names: Names) -> tuple[Meta, Replica]:
    """The replica in a snapshot, EMPTY where there is no file; the chain that it says is set in `names`.

    NotAStore for a file of another kind or of a newer version of the program, Damaged for a changed one.
    """
    path = names.base
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        chains = names.chains()
        if len(chains) > 1:
            raise Damaged(SEVERAL, SEVERAL_HINT, file=str(path), offset=0) from None
        names.chain = next(iter(chains), 1)
        return msgspec.structs.replace(EMPTY, chain=names.chain), Replica()
    end = data.find(b"\n")
    meta = meta_of(data[:end]) if end > 0 else None
    if meta is None and names.chains():
        raise changed(path, 0)
    if meta is None:
        raise foreign(path)
    if meta.schema > schema():
        raise too_new(str(path), meta.schema)
    start = end - 1 if data[end - 1 : end] == b"," else end
    if _check(meta, crc32(memoryview(data)[start:])) != meta.check:
        raise changed(path, start)
    try:
        tables = _decode_tables(data)
    except ValueError:
        raise changed(path, start) from None
    del tables["_meta"]
    names.chain = meta.chain
    return meta, Replica(
        tables,
        sequence=meta.sequence,
        sum=meta.sum,
        time=meta.time,
        schema=meta.schema,
        marks=meta.marks,
        versions=meta.versions,
    )


SEVERAL = N_("{file} is missing, and there are two journals beside it.")
SEVERAL_HINT = N_("Put the newest {file} from a backup back: it says which of the two counts.")


def changed(path: Path, offset: int) -> Damaged:
    """The snapshot is not as it was written."""
    return Damaged(
        N_("{file} was changed from outside, at byte {offset} or later."),
        N_(
            "Move it aside: the journal beside it holds everything, and the next start makes the snapshot from it anew."
        ),
        file=str(path),
        offset=offset,
    )


def foreign(path: Path) -> NotAStore:
    """The file is something else."""
    return NotAStore(
        N_("{file} is not a store of this program."),
        N_("Name another file with --store; a register in another form comes in with pmo import."),
        file=str(path),
    )
