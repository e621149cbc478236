"""What a reader of a format hands to the desk: records not yet in the store, and what was noticed on the way.

Readers are pure: bytes in, a `Batch` out. They never look into the store. The desk finds the records that are there already,
shows what is new, changed and unchanged, and writes all of it in one transaction or nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from pmo_tui.records.errors import Problem


@dataclass(frozen=True, slots=True)
class To:
    """Stands where a key is expected: the record of this batch with that `source_key`."""

    source_key: str


@dataclass(frozen=True, slots=True)
class Find:
    """Stands where a key is expected: a record that should be in the store already.

    It is looked for in `registers` by key, by code, then by each of `by` (field names) equal to `text`. Not found: `missing`
    says whether that is a note (the field stays empty) or a problem (the import is refused). `having` are fields that it must have
    besides, each with its value: an order is one of that supplier.
    """

    registers: tuple[str, ...]
    text: str
    by: tuple[str, ...] = ()
    missing: Literal["note", "problem"] = "note"
    having: tuple[tuple[str, str | To], ...] = ()


@dataclass(frozen=True, slots=True)
class Share:
    """Stands where hours a week are expected: a per cent of somebody's week, as typed; whose is known when references are."""

    text: str


@dataclass(frozen=True, slots=True)
class Incoming:
    """One record read from a file.

    `values` holds only the fields that the file speaks of, as canonical values (dates, Decimals, text, lists of dicts; None to
    empty a field); other fields of a record that exists are left alone. `source_key` identifies it within its source. Where no
    record has that source key, `match` gives other ways to recognise one, tried in order: each a dict of field values that must
    all be equal, where text is compared without case and surrounding blanks. A value may be a `To`: the key that one resolves to.
    `update=False` finds or adds, but never changes what is there (a supplier that an invoice merely names). `once` holds values
    for a new record alone: afterwards they are the officer's. `row_id` is the field by which rows inside (an order's lines) are known
    again: what the file does not say of such a row, as the project it is coded to, stays. `revision` is the one the
    file was made from: where the record has moved on, a change from the file is a conflict. `existing` says that the file gives the
    record's own key: where there is none with it, that is a problem, not a new record. `as_planned` says that its days are those of
    another planner, which are taken as they stand. `place` names file and row for messages.
    """

    register: str
    source_key: str
    values: dict[str, Any]
    match: tuple[dict[str, Any], ...] = ()
    update: bool = True
    once: dict[str, Any] = field(default_factory=dict)
    row_id: str = ""
    revision: int | None = None
    existing: bool = False
    as_planned: bool = False
    place: str = ""


@dataclass(slots=True)
class Batch:
    """All that one file holds. `problems` refuse it whole; `notes` are told and change nothing.

    `complete_for` are beginnings of source keys for which the file is the whole truth: records in the store whose source key begins
    so, but which the file no longer holds, are named to the officer (never deleted). `places` are the rows of a table in their
    order, good and bad.
    """

    source: str
    format: str
    records: list[Incoming] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    complete_for: tuple[str, ...] = ()
    places: list[str] = field(default_factory=list)
