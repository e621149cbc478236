"""The line of a transaction: `{"sum":"…","seq":…,"ts":…,"author":…,"login":…,"tx":…,"ops":[{key,new,old,was}],…}`.

`sum` is the SHA-256, in hexadecimal, of the previous line's sum followed by everything after this line's own sum:
checksum of the line and chain of the history in one. It stands first, at a fixed place, so that a line can be checked
before it is decoded.
"""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from typing import Any

import msgspec

from pmo_tui.records.errors import NotFound
from pmo_tui.records.marks import N_
from pmo_tui.store.errors import NotAStore
from pmo_tui.store.migrations import schema
from pmo_tui.store.transactions import Op, Transaction, register_name

OPENING = b'{"sum":"'
SUM = slice(len(OPENING), len(OPENING) + 64)
BODY = SUM.stop + 2
SEQUENCE = b'"seq":'
_NEWER = N_("{file} was written by a newer version of the program (schema {found}; this one knows {known}).")
_UNKNOWN = N_("{file} was written by a newer version of the program: {reason}")
_UPDATE = N_("Open it with that version, or a newer one.")


class OpLine(msgspec.Struct, kw_only=True, omit_defaults=True):
    """One operation in a line; the register follows from the key."""

    key: str
    new: dict[str, Any] | None
    old: dict[str, Any] | None
    was: int = 0


class Removal(msgspec.Struct, kw_only=True):
    """What was once taken out of the history: fields of a record, by whom, when, why, and told by transaction `seq`.

    `after` is the sum of the last line of the chain that ended then.
    """

    key: str
    fields: list[str]
    author: str
    login: str
    ts: datetime
    note: str
    seq: int
    after: str


class Line(msgspec.Struct, kw_only=True, omit_defaults=True):
    """A line without its sum. A chain that is not a store's first begins with a line 0, which holds `removed`."""

    seq: int
    ts: datetime
    author: str
    login: str
    tx: str
    ops: list[OpLine]
    note: str = ""
    kind: str = ""
    undoes: int | None = None
    schema: int = 1
    removed: list[Removal] = []


_decode = msgspec.json.Decoder(Line).decode
_encode = msgspec.json.Encoder().encode


def seal(before: str, body: bytes | memoryview) -> str:
    """The sum of a line: over the previous sum and the line's body."""
    digest = sha256(before.encode())
    digest.update(body)
    return digest.hexdigest()


def write_line(before: str, line: Line) -> bytes:
    """The line with its sum and its newline. `before` is the sum of the line before it, "" for the first."""
    return sealed(before, body_of(line))


def body_of(line: Line) -> bytes:
    """A line without its sum, as it stands behind it."""
    return _encode(line)[1:]


def sealed(before: str, body: bytes) -> bytes:
    """The line with a body, its sum and its newline."""
    return OPENING + seal(before, body).encode() + b'",' + body + b"\n"


def is_sealed(before: str, text: bytes) -> bool:
    """Whether a line (without its newline) is whole and follows the line with the sum `before`."""
    opens = text.startswith(OPENING) and text[SUM.stop : BODY] == b'",'
    return opens and text[SUM] == seal(before, memoryview(text)[BODY:]).encode()


def runs_on(before: str, text: bytes) -> bool:
    """Whether a whole line stands at the beginning of `text` and goes on with something else than its newline.

    Then bytes behind it were changed: a line that was only being written ends early, or in zeros.
    """
    digest = sha256(before.encode())
    start = BODY
    while (stop := text.find(b"}", start) + 1) > 0:
        digest.update(memoryview(text)[start:stop])
        start = stop
        if digest.hexdigest().encode() == text[SUM]:
            return text[stop:].strip(b"\0") not in (b"", b"\n")
    return False


def line_of(text: bytes) -> Line:
    """What stands in a line; ValueError where it is none."""
    return _decode(b"{" + text[BODY:])


def read_line(text: bytes, file: str) -> Transaction:
    """The transaction in a line, its sum not checked again. ValueError for no line, NotAStore for a newer one."""
    line = line_of(text)
    if line.schema > schema():
        raise too_new(file, line.schema)
    try:
        return transaction_of(line, text[SUM].decode("ascii"))
    except NotFound as error:
        raise NotAStore(_UNKNOWN, _UPDATE, file=file, reason=str(error)) from None


def transaction_of(line: Line, sum: str) -> Transaction:
    """The transaction that a line with this sum holds; NotFound for a key of no register."""
    ops = tuple(Op(op.key, register_name(op.key), op.old, op.new, op.was) for op in line.ops)
    return Transaction(
        line.seq, line.ts, line.author, line.login, line.tx, line.note, line.kind, line.undoes, ops, sum, line.schema
    )


def sequence_of(text: bytes) -> int:
    """The sequence in a line, without decoding it. ValueError where it is no line."""
    if text[BODY : BODY + len(SEQUENCE)] != SEQUENCE:
        raise ValueError("not a line of a journal")
    start = BODY + len(SEQUENCE)
    return int(text[start : text.index(b",", start)])


def too_new(file: str, found: int) -> NotAStore:
    """The refusal of a store of a newer schema."""
    return NotAStore(_NEWER, _UPDATE, file=file, found=found, known=schema())
