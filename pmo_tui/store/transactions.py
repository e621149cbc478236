"""A transaction and its operations, and the algebra of changed fields that replay, undo and the past are made of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cache, lru_cache

import msgspec

from pmo_tui.records.registers import REGISTERS, register_of
from pmo_tui.store.values import Json, same

KEPT_BY_STORE = ("key", "revision")
"""Fields of a document that the store itself gives; they are never among the changed fields of an operation."""

IMPORT, UNDO, REDO, MIGRATION, FORGET, DEMO = "import", "undo", "redo", "migration", "forget", "demo"
"""Kinds of transaction that mean something to the store: undo treats an import document by document."""
FINAL = (MIGRATION, FORGET, DEMO)
"""Kinds that cannot be undone. A demo is among them: who undoes once too often would tear a hole in it."""


class Op(msgspec.Struct, frozen=True):
    """What a transaction did to one document: the changed fields before (`old`) and after (`new`).

    `old` None: created. `new` None: deleted. A field only in `new` was added, one only in `old` was removed. `was` is
    the document's revision before, 0 when it was created.
    """

    key: str
    register: str
    old: Json | None
    new: Json | None
    was: int = 0


class Transaction(msgspec.Struct, frozen=True):
    """One line of the journal: who (`author`, and the `login` it was done under), when (UTC), why, and what.

    `tx` is unique in the world, `kind` what made it ("", "import", "undo" …), `undoes` the sequence of the
    transaction it takes back, `sum` the SHA-256 over this line and the previous sum, `schema` the form of documents.
    """

    sequence: int
    time: datetime
    author: str
    login: str
    tx: str
    note: str
    kind: str
    undoes: int | None
    ops: tuple[Op, ...]
    sum: str
    schema: int


@cache
def _registers() -> dict[str, str]:
    return {register.prefix: register.name for register in REGISTERS}


def register_name(key: str) -> str:
    """The name of the register that a key belongs to; NotFound where its prefix is no register's."""
    return _registers().get(key.rpartition("-")[0]) or register_of(key).name


def number_of(key: str) -> str:
    """The number in a key, as text: R-12 is 12."""
    return key.rpartition("-")[2]


@lru_cache(maxsize=1 << 14)
def key_parts(key: str) -> tuple[str, str] | None:
    """Register and number of a key, or None for a text that is no key of any register."""
    prefix, _, number = key.rpartition("-")
    register = _registers().get(prefix)
    if register is None or not (number.isascii() and number.isdecimal()) or number.startswith("0"):
        return None
    return register, number


def difference(key: str, before: Json | None, after: Json | None) -> Op | None:
    """The operation that leads from one document to the other, or None where nothing differs."""
    register = register_name(key)
    was = 0 if before is None else int(before["revision"])
    if before is None or after is None:
        if before is after:
            return None
        return Op(key, register, _fields(before), _fields(after), was)
    old: Json = {}
    new: Json = {}
    for name, value in after.items():
        if name in before:
            if same(value, before[name]) or name in KEPT_BY_STORE:
                continue
            old[name] = before[name]
        new[name] = value
    if before.keys() - after.keys():
        old = {name: value for name, value in before.items() if name in old or name not in after}
    return Op(key, register, old, new, was) if old or new else None


def operations(written: Iterable[tuple[str, Json | None, Json | None]]) -> tuple[Op, ...]:
    """The operations that lead from documents before to those after; none for a document that ends as it was."""
    return tuple(op for key, before, after in written if (op := difference(key, before, after)))


def _fields(document: Json | None) -> Json | None:
    if document is None:
        return None
    return {name: value for name, value in document.items() if name not in KEPT_BY_STORE}


def forward(op: Op, before: Json | None, sequence: int) -> Json | None:
    """The document after `op`, which transaction `sequence` did to it."""
    return _changed(op, before, op.old, op.new, sequence)


def backward(op: Op, after: Json | None) -> Json | None:
    """The document as it was before `op`."""
    return _changed(op, after, op.new, op.old, op.was)


def _changed(
    op: Op, document: Json | None, gone: Mapping[str, object] | None, come: Json | None, revision: int
) -> Json | None:
    if come is None:
        return None
    kept = {} if document is None or gone is None else {k: v for k, v in document.items() if k not in gone}
    return {**kept, **come, "key": op.key, "revision": revision}
