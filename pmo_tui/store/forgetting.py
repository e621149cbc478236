"""Taking personal values out of a store: from every line of the history, not only from the record as it stands."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from pmo_tui.records.errors import NotFound, Problem, Refused
from pmo_tui.records.marks import N_
from pmo_tui.records.registers import by_name
from pmo_tui.store.lines import Line, OpLine, Removal, transaction_of
from pmo_tui.store.replica import Replica
from pmo_tui.store.transactions import KEPT_BY_STORE, Transaction, key_parts, register_name
from pmo_tui.store.values import Json

SHORTEST = 4
"""Characters that a text must have to be looked for in other records; shorter ones stand everywhere."""


@dataclass(frozen=True, slots=True)
class Forgotten:
    """Transaction `sequence` says that it happened; `values` different ones were removed.

    `mentioned` are keys of records that have or once had one of them within another text; those texts are left.
    """

    sequence: int
    values: int
    mentioned: tuple[str, ...]


class Forgetting:
    """What is to be taken out: the values of `fields` of the record `key`, wherever they stand in its history.

    A text that the record cannot do without becomes the key. So does an author or a login that equals one of the
    values: who did what is still told, by key.
    """

    def __init__(self, key: str, fields: Iterable[str], history: Iterable[Transaction], note: str) -> None:
        self.key = key
        self.fields = tuple(dict.fromkeys(fields))
        self._instead = _instead(key, self.fields)
        sides = list(_sides(key, history))
        if not sides:
            raise NotFound(N_("There is no {key}, and there never was."), key=key)
        found = [value for side in sides for value in self._values(side)]
        self.values = {msgspec.json.encode(value) for value in found} - {msgspec.json.encode(key)}
        self.texts = {value for value in found if isinstance(value, str) and value and value != key}
        if not self.values:
            raise NotFound(N_("{key} has nothing in {fields}, and never had."), key=key, fields=", ".join(self.fields))
        if any(text in note for text in self.texts):
            raise Refused(N_("The note holds one of the values that are to be removed."))

    def _values(self, side: Json) -> Iterator[Any]:
        for name in self.fields:
            place = side if name in self._instead else side.get("extra") or {}
            if place.get(name) is not None:
                yield place[name]

    def line(self, line: Line) -> Line:
        """A line without the values."""
        return msgspec.structs.replace(
            line, author=self.name(line.author), login=self.name(line.login), ops=[self._op(op) for op in line.ops]
        )

    def name(self, name: str) -> str:
        """An author or login; the key where it is one of the values."""
        return self.key if name in self.texts else name

    def _op(self, op: OpLine) -> OpLine:
        if op.key != self.key:
            return op
        return msgspec.structs.replace(op, old=self.document(op.old), new=self.document(op.new))

    def document(self, document: Json | None) -> Json | None:
        """A document, or the changed fields of one, without the values."""
        if document is None:
            return None
        kept: Json = {}
        for name, value in document.items():
            if name == "extra":
                own = {inner: each for inner, each in value.items() if inner not in self.fields}
                kept |= {name: own} if own else {}
            elif name not in self.fields:
                kept[name] = value
            elif self._instead[name] is not None:
                kept[name] = self._instead[name]
        return kept

    def mentions(self, line: Line) -> Iterator[str]:
        """Keys of records whose part of a line, or the note on it, has one of the values in a text."""
        texts = [msgspec.json.encode(text)[1:-1] for text in self.texts if len(text) >= SHORTEST]
        note = msgspec.json.encode(line.note)
        for op in line.ops:
            if any(text in note or text in msgspec.json.encode(op) for text in texts):
                yield op.key


def first_line(plan: Forgetting, line: Line, earlier: list[Removal], after: str) -> Line:
    """The line 0 of the new chain, which tells what was removed."""
    told = Removal(
        key=plan.key,
        fields=list(plan.fields),
        author=line.author,
        login=line.login,
        ts=line.ts,
        note=line.note,
        seq=line.seq,
        after=after,
    )
    return msgspec.structs.replace(line, seq=0, ops=[], removed=[*earlier, told])


def without_values(plan: Forgetting, line: Line, replica: Replica, sum: str) -> Replica:
    """The replica without the values, as it stands after `line`."""
    versions = replica.versions() | {register_name(plan.key): line.seq}
    forgetful = replica.copy(transaction_of(line, sum), versions)
    document = plan.document(forgetful.get(plan.key))
    if document is not None:
        forgetful.put(plan.key, document | {"revision": line.seq})
    return forgetful


def _instead(key: str, fields: Collection[str]) -> Mapping[str, str | None]:
    """What stands in place of a removed value of a built-in field. Refused for a field that cannot be left empty."""
    known = by_name(register_name(key)).fields
    instead: dict[str, str | None] = {}
    problems = []
    for name in fields:
        item = known.get(name)
        if name in KEPT_BY_STORE or name == "extra" or (item is not None and item.field.computed):
            problems.append(Problem(N_("cannot be removed"), name, key))
        elif item is not None and item.required and item.field.kind not in ("text", "long"):
            problems.append(Problem(N_("is needed and cannot be removed; delete the record"), name, key))
        elif item is not None:
            instead[name] = key if item.required else None
    if problems:
        raise Refused(problems=problems)
    return instead


def _sides(key: str, history: Iterable[Transaction]) -> Iterator[Json]:
    """What every transaction changed of a record, before and after."""
    if key_parts(key) is None:
        raise NotFound(N_("“{key}” is not a key of any register."), key=key)
    for transaction in history:
        for op in transaction.ops:
            if op.key == key:
                yield op.old or {}
                yield op.new or {}
