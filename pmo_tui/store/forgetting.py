"""Taking personal values out of a store: from every line of the history, not only from the record as it stands."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

import msgspec
from msgspec import Struct

from pmo_tui.records.errors import NotFound, Problem, Refused
from pmo_tui.records.marks import N_
from pmo_tui.records.registers import by_name
from pmo_tui.store.lines import Line, OpLine, Removal, transaction_of
from pmo_tui.store.replica import Replica
from pmo_tui.store.transactions import KEPT_BY_STORE, Transaction, key_parts, register_name
from pmo_tui.store.values import Json

SHORTEST = 4
"""Characters that a text must have to be looked for in other records; shorter ones stand everywhere."""


BETWEEN = r"(?:[\W_]|\\n){1,4}"
"""What may stand between two words of a text; a report keeps the end of a line within a text as `\\n`."""


class Forgotten(Struct, frozen=True):
    """Transaction `sequence` says that it happened; `values` different ones were removed.

    `replaced` are keys of records that repeat or once repeated one of them, such as an issued report: the key stands there
    now. `mentioned` are keys of others that have or once had one of them within a text; those texts are left.
    """

    sequence: int
    values: int
    replaced: tuple[str, ...]
    mentioned: tuple[str, ...]


class Forgetting:
    """What is to be taken out: the values of `fields` of the record `key`, wherever they stand in its history.

    A text that the record cannot do without becomes the key. So does an author or a login that equals one of the
    values: who did what is still told, by key. In the registers `repeating`, whose records repeat what others said and are
    never edited, the key takes the place of each value, and of the texts `besides`; `replaced` collects where that was.
    """

    def __init__(
        self,
        key: str,
        fields: Iterable[str],
        history: Iterable[Transaction],
        note: str,
        *,
        repeating: Iterable[str] = (),
        besides: Iterable[str] = (),
    ) -> None:
        self.key = key
        self.replaced: set[str] = set()
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
        self._repeating = frozenset(repeating) - {register_name(key)}
        self._pattern = _pattern({*self.texts, *besides} - {key})

    def needles(self) -> list[bytes]:
        """Bytes of which a line must hold one where something in it is to be removed, or is to be told."""
        keys = [f'"key":"{self.key}"', *(f'"key":"{by_name(name).prefix}-' for name in sorted(self._repeating))]
        return [each.encode() for each in keys] + [msgspec.json.encode(text)[1:-1] for text in self.texts]

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
        if op.key == self.key:
            return msgspec.structs.replace(op, old=self.document(op.old), new=self.document(op.new))
        if register_name(op.key) not in self._repeating:
            return op
        return msgspec.structs.replace(op, old=self.repeated(op.key, op.old), new=self.repeated(op.key, op.new))

    def repeated(self, key: str, document: Json | None) -> Json | None:
        """A document of a register that repeats others, or the changed fields of one, with the key for the values."""
        found: Json | None = self._without(document)
        if found != document:
            self.replaced.add(key)
        return found

    def _without(self, value: Any) -> Any:
        if isinstance(value, str):
            return value if self._pattern is None else self._pattern.sub(self.key, value)
        if isinstance(value, dict):
            return {name: self._without(each) for name, each in value.items()}
        return [self._without(each) for each in value] if isinstance(value, list) else value

    def repeaters(self, replica: Replica) -> Iterator[tuple[str, Json]]:
        """Keys and documents that repeat a value, without it."""
        for name in sorted(self._repeating):
            for number, document in replica.shelf(name).items():
                key = f"{by_name(name).prefix}-{number}"
                found = self.repeated(key, document)
                if found is not None and found != document:
                    yield key, found

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
    for key, repeater in list(plan.repeaters(forgetful)):
        forgetful.put(key, repeater)
    return forgetful


def _pattern(texts: Iterable[str]) -> re.Pattern[str] | None:
    """Finds the texts as whole words; those of several words also in other letters and with other signs in between, as
    in the name of a file or at the end of a line. None where there is nothing to look for.
    """
    found = set()
    for text in texts:
        for form in {text, _plain(text)} if len(text) >= SHORTEST else ():
            words = [re.escape(word) for word in re.split(r"[\W_]+", form) if word]
            if len(words) > 1:
                found.add(f"(?i:{BETWEEN.join(words)})")
            elif words:
                found.add(re.escape(form))
    if not found:
        return None
    longest_first = sorted(found, key=lambda each: (-len(each), each))
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(longest_first)})(?![^\W_])")


def _plain(text: str) -> str:
    """A text without its accents, as names of files have it."""
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()


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
