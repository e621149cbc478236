"""References hold at every commit: none points at nothing, and nothing that is referred to goes."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import cache

from msgspec import Struct

from pmo_tui.records.errors import Problem, Refused, Said
from pmo_tui.records.marks import N_
from pmo_tui.records.registers import REGISTERS, references
from pmo_tui.store.draft import Draft, Written
from pmo_tui.store.errors import StillReferred
from pmo_tui.store.transactions import key_parts, register_name
from pmo_tui.store.values import Json, at_path


class Dangling(Struct, frozen=True):
    """`referrer` would have `key` at `path`, where it is not, or is `deleted` by this transaction."""

    referrer: str
    path: str
    key: str
    deleted: bool


@cache
def _paths(register: str) -> tuple[tuple[str, tuple[str, ...], frozenset[str]], ...]:
    """Where a register refers to others: the path, its parts, and the registers allowed there."""
    found = references(register)
    return tuple((item.path, tuple(item.path.split(".")), frozenset(item.registers)) for item in found)


def dangling(draft: Draft, written: Sequence[Written]) -> list[Dangling]:
    """The references that would not hold after what the draft has `written`; only those it touches are looked at."""
    deleted = {key for key, before, after in written if before is not None and after is None}
    found: list[Dangling] = []
    for key, before, after in written:
        if after is not None:
            found.extend(_in_document(draft, key, before, after, deleted))
    for key in sorted(deleted):
        found.extend(_to_deleted(draft, key))
    return found


def _in_document(draft: Draft, key: str, before: Json | None, after: Json, deleted: set[str]) -> Iterator[Dangling]:
    for path, parts, allowed in _paths(register_name(key)):
        if after.get(parts[0]) is None:
            continue
        old = set(map(str, at_path(before, parts)))
        for value in dict.fromkeys(map(str, at_path(after, parts))):
            if value in deleted:
                yield Dangling(key, path, value, True)
            elif value not in old and not (_allowed(value, allowed) and draft.exists(value)):
                yield Dangling(key, path, value, False)


def _allowed(key: str, registers: Collection[str]) -> bool:
    parts = key_parts(key)
    return parts is not None and parts[0] in registers


def _to_deleted(draft: Draft, key: str) -> Iterator[Dangling]:
    register = register_name(key)
    for other in REGISTERS:
        for path, _, allowed in _paths(other.name):
            if register in allowed:
                for referrer in draft.untouched_referrers(other.name, path, key):
                    yield Dangling(referrer, path, key, True)


def referred(document: Json | None, register: str) -> Iterator[str]:
    """The keys that a document of a register refers to."""
    for _, parts, _ in _paths(register):
        yield from map(str, at_path(document, parts))


def refuse(found: list[Dangling]) -> None:
    """Raise for references that would not hold: StillReferred for deleted records, Refused for missing ones."""
    missing = [item for item in found if not item.deleted]
    if missing:
        raise Refused(problems=[_problem(item) for item in missing])
    if found:
        key = found[0].key
        raise StillReferred(key, list(dict.fromkeys(item.referrer for item in found if item.key == key)))


def _problem(item: Dangling) -> Problem:
    register = register_name(item.referrer)
    allowed = next(allowed for path, _, allowed in _paths(register) if path == item.path)
    names = ", ".join(sorted(allowed))
    if _allowed(item.key, allowed) or key_parts(item.key) is None:
        return Problem(
            Said(N_("{key} is not there ({registers})"), {"key": item.key, "registers": names}),
            item.path,
            item.referrer,
        )
    return Problem(
        Said(N_("{key} cannot stand here, only {registers}"), {"key": item.key, "registers": names}),
        item.path,
        item.referrer,
    )
