"""The form of documents through the versions of the program: one function leads from each schema to the next.

A store of an older schema is brought up when it is opened for writing, by one transaction like any other; history and
past stay. What is only read, and the past, are brought up in memory. A store of a newer schema is refused untouched.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pmo_tui.records.registers import by_name
from pmo_tui.store.replica import Replica
from pmo_tui.store.values import Json, decode, same

Migration = Callable[[str, Json], Json]
"""Gives a document of a register its form in the next schema; it may change the one it is given. Its docstring says
what the version changed."""

MIGRATIONS: tuple[Migration, ...] = ()
"""The first leads from schema 1 to 2, and so on."""


def schema() -> int:
    """The schema that this program writes."""
    return 1 + len(MIGRATIONS)


def is_older(replica: Replica) -> bool:
    """Whether a replica holds documents of an older schema; an empty one is of any."""
    return replica.schema < schema() and replica.head() > 0


def migrated(replica: Replica) -> Iterator[tuple[str, Json]]:
    """Keys and new forms of the documents that look different in the schema of this program."""
    steps = MIGRATIONS[replica.schema - 1 :]
    for register in replica.registers():
        prefix = by_name(register).prefix
        for number, raw in replica.shelf(register).raws():
            document: Json = decode(raw)
            for step in steps:
                document = step(register, document)
            if not same(document, decode(raw)):
                yield f"{prefix}-{number}", document


def bring_up(replica: Replica) -> None:
    """Give the documents of a replica their present form, in memory alone."""
    if is_older(replica):
        for key, document in list(migrated(replica)):
            replica.put(key, document)
