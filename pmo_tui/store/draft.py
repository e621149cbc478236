"""What a transaction may see and do while it holds the lock: read, draw keys, add, change, delete."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pmo_tui.records.errors import Conflict, NotFound, Problem, Refused, Said
from pmo_tui.records.marks import N_
from pmo_tui.records.registers import by_name
from pmo_tui.store.errors import Edited
from pmo_tui.store.replica import Replica
from pmo_tui.store.shelf import Shelf
from pmo_tui.store.transactions import Transaction, key_parts, number_of, register_name
from pmo_tui.store.values import Json, decode, encoded

Written = tuple[str, Json | None, Json | None]
"""A key, with its document before and after."""

LOOK_AGAIN = N_("Look at it as it is now, then make your change again.")


class Draft:
    """A transaction being made. It sees its own changes; others see them when committed, all at once."""

    def __init__(self, replica: Replica, last_writer: Callable[[str], Transaction | None]) -> None:
        self.sequence = replica.head() + 1
        self._replica = replica
        self._last_writer = last_writer
        self._marks = dict(replica.marks)
        self._drawn: set[str] = set()
        self._before: dict[str, Json | None] = {}
        self._after: dict[str, bytes | None] = {}
        self._own: dict[str, Shelf] = {}

    def new_key(self, register: str) -> str:
        """The next key of a register: never given before, and never again once something is kept under it."""
        prefix = by_name(register).prefix
        number = self._marks[prefix] = self._marks.get(prefix, 0) + 1
        key = f"{prefix}-{number}"
        self._drawn.add(key)
        return key

    def get(self, key: str) -> Json | None:
        """The document with this key as this transaction leaves it so far, or None."""
        if key in self._after:
            raw = self._after[key]
            found: Json | None = None if raw is None else decode(raw)
            return found
        parts = key_parts(key)
        return None if parts is None else self._replica.shelf(parts[0]).get(parts[1])

    def exists(self, key: str) -> bool:
        """Whether there is a document with this key, as this transaction leaves it so far."""
        if key in self._after:
            return self._after[key] is not None
        parts = key_parts(key)
        return parts is not None and parts[1] in self._replica.shelf(parts[0])

    def find(self, register: str, path: str, value: Any) -> list[str]:
        """Keys of the documents of a register with `value` at a dotted path; see `Shelf.where`."""
        prefix = by_name(register).prefix
        found = (f"{prefix}-{number}" for number in self._replica.shelf(register).where(path, value))
        kept = [key for key in found if key not in self._after]
        return kept + [f"{prefix}-{number}" for number in self._shelf(register).where(path, value)]

    def _shelf(self, register: str) -> Shelf:
        """What this transaction itself wrote of a register, from the first question about it on."""
        found = self._own.get(register)
        if found is None:
            found = self._own[register] = Shelf()
            for key, raw in self._after.items():
                if raw is not None and register_name(key) == register:
                    found.put(number_of(key), None, decode(raw), raw)
        return found

    def add(self, register: str, document: Json, key: str | None = None) -> str:
        """Add a document, under a new key or the one given: drawn here, or above all its register ever had."""
        prefix = by_name(register).prefix
        if key is None:
            key = self.new_key(register)
        elif key not in self._drawn:
            self._claim(register, prefix, key)
        if self.exists(key):
            raise Conflict(N_("{key} is there already."), N_("Leave the key out, and it gets one."), key=key)
        self._write(key, {name: value for name, value in document.items() if value is not None}, None)
        return key

    def _claim(self, register: str, prefix: str, key: str) -> None:
        parts = key_parts(key)
        if parts is None or parts[0] != register:
            reason = Said(
                N_("is not a key of {register}; they look like {prefix}-12"), {"register": register, "prefix": prefix}
            )
            raise Refused(problems=[Problem(reason, "key", key)])
        if int(parts[1]) <= self._marks.get(prefix, 0):
            raise Conflict(
                N_("{key} was given before; a key is never given twice."),
                N_("Leave the key out, and it gets one."),
                key=key,
            )
        self._marks[prefix] = int(parts[1])
        self._drawn.add(key)

    def change(self, key: str, fields: Json, revision: int | None = None) -> None:
        """Change fields of a document; None removes one. Edited when its revision is not the one looked at."""
        before = self._found(key, revision)
        document = before.copy()
        for name, value in fields.items():
            if value is None:
                document.pop(name, None)
            else:
                document[name] = value
        self._write(key, document, before)

    def delete(self, key: str, revision: int | None = None) -> None:
        """Delete a document. Edited when it is no longer the `revision` that was looked at."""
        self._write(key, None, self._found(key, revision))

    def _found(self, key: str, revision: int | None) -> Json:
        document = self.get(key)
        if document is None:
            if revision is None:
                raise NotFound(N_("There is no {key}."), key=key)
            raise self.edited(key, N_("{key} was deleted by {author} on {time}."))
        seen = document["revision"] if key not in self._before else (self._before[key] or document)["revision"]
        if revision is not None and revision != seen:
            raise self.edited(
                key,
                N_("{key} was changed by {author} on {time}; you looked at revision {seen}, it is now {found}."),
                seen=revision,
                found=seen,
            )
        return document

    def edited(self, key: str, message: str, writer: Transaction | None = None, **values: int) -> Edited:
        """The conflict with whoever wrote `key` last."""
        last = writer or self._last_writer(key)
        if last is None:
            return Edited(message, LOOK_AGAIN, key=key, values=values)
        return Edited(
            message, LOOK_AGAIN, key=key, author=last.author, sequence=last.sequence, time=last.time, values=values
        )

    def replace(self, key: str, document: Json | None) -> None:
        """Let the whole document be this one, None for none; for undo, which brings keys back."""
        self._write(key, document, self.get(key))

    def _write(self, key: str, document: Json | None, before: Json | None) -> None:
        """Let `document` follow on `before`, which is the one that this transaction sees so far, in its own copy."""
        parts = key_parts(key)
        if parts is None:
            raise NotFound(N_("“{key}” is not a key of any register."), key=key)
        raw = None if document is None else encoded({**document, "key": key, "revision": self.sequence}, key)
        own = self._own.get(parts[0])
        if own is not None:
            own.put(parts[1], before if key in self._after else None, None if raw is None else decode(raw), raw)
        self._before.setdefault(key, before)
        self._after[key] = raw

    def written(self) -> list[Written]:
        """What was touched so far: keys, with the document before and after. Not to be changed."""
        return [(key, before, self.get(key)) for key, before in self._before.items()]

    def forget(self, key: str) -> None:
        """Leave a document as it was before this transaction."""
        if key in self._after:
            own = self._own.get(register_name(key))
            if own is not None:
                own.put(number_of(key), self.get(key), None)
            del self._before[key], self._after[key]

    def untouched_referrers(self, register: str, path: str, key: str) -> list[str]:
        """Keys of documents that this transaction leaves alone and that have `key` at a path."""
        prefix = by_name(register).prefix
        found = (f"{prefix}-{number}" for number in self._replica.shelf(register).where(path, key))
        return [referrer for referrer in found if referrer not in self._after]
