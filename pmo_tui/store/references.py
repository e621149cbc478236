"""References hold at every commit: none points at nothing, and nothing that is referred to goes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pmo_tui.records.errors import Problem, Refused, Said
from pmo_tui.records.marks import N_
from pmo_tui.records.registers import REGISTERS, references
from pmo_tui.store.draft import Draft
from pmo_tui.store.errors import StillReferred
from pmo_tui.store.transactions import key_parts, register_name
from pmo_tui.store.values import Json, at_path


@dataclass(frozen=True, slots=True)
class Dangling:
    """A reference that would not hold: `referrer` has `key` at `path`. `deleted` when this transaction deletes that
    record.
    """

    referrer: str
    path: str
    key: str
    deleted: bool


def dangling(draft: Draft) -> list[Dangling]:
    """The references that would not hold after this transaction; only those it touches are looked at."""
    written = list(draft.written())
    deleted = {key for key, before, after in written if before is not None and after is None}
    found: list[Dangling] = []
    for key, before, after in written:
        if after is not None:
            found.extend(_in_document(draft, key, before, after, deleted))
    for key in sorted(deleted):
        found.extend(_to_deleted(draft, key))
    return found


def _in_document(draft: Draft, key: str, before: Json | None, after: Json, deleted: set[str]) -> Iterator[Dangling]:
    for reference in references(register_name(key)):
        path = reference.path.split(".")
        old = {str(value) for value in at_path(before, path)}
        for value in dict.fromkeys(str(value) for value in at_path(after, path)):
            if value in deleted:
                yield Dangling(key, reference.path, value, True)
            elif value not in old and not (_allowed(value, reference.registers) and draft.exists(value)):
                yield Dangling(key, reference.path, value, False)


def _allowed(key: str, registers: tuple[str, ...]) -> bool:
    parts = key_parts(key)
    return parts is not None and parts[0] in registers


def _to_deleted(draft: Draft, key: str) -> Iterator[Dangling]:
    register = register_name(key)
    for other in REGISTERS:
        for reference in references(other.name):
            if register in reference.registers:
                for referrer in draft.untouched_referrers(other.name, reference.path, key):
                    yield Dangling(referrer, reference.path, key, True)


def refuse(found: list[Dangling]) -> None:
    """Raise for references that would not hold: StillReferred for a deleted record, Refused for one that is not
    there.
    """
    missing = [item for item in found if not item.deleted]
    if missing:
        raise Refused(problems=[_problem(item) for item in missing])
    if found:
        key = found[0].key
        raise StillReferred(key, list(dict.fromkeys(item.referrer for item in found if item.key == key)))


def _problem(item: Dangling) -> Problem:
    register = register_name(item.referrer)
    allowed = next(ref.registers for ref in references(register) if ref.path == item.path)
    names = ", ".join(allowed)
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
