"""What a store does to its files, one thing a scenario: a beginning, and a step that may go wrong anywhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pmo_tui.store import open_store
from pmo_tui.store.checkpoint import checkpoint
from tests.contract.writes import add, change


def path_in(folder: Path) -> Path:
    """The store of a scenario."""
    return folder / "pmo.json"


def nothing(folder: Path) -> None:
    """No store."""


def three(folder: Path) -> None:
    """Three transactions, two of them behind a snapshot."""
    with open_store(path_in(folder), author="ann") as store:
        add(store, "projects", name="p")
        add(store, "risks", title="one", project="P-1")
        store.checkpoint()
        change(store, "R-1", title="two", notes="n" * 200)


def torn(folder: Path) -> None:
    """Three transactions, and the beginning of a fourth that nobody acknowledged."""
    three(folder)
    with open(max(folder.glob("*.jsonl")), "ab") as journal:
        journal.write(b'{"sum":"0123456789abcdef')


def write(folder: Path) -> None:
    """One transaction."""
    with open_store(path_in(folder), author="bob") as store:
        add(store, "risks", title="new", notes="m" * 300)


def undo(folder: Path) -> None:
    """Take Ann's last one back."""
    with open_store(path_in(folder), author="ann") as store:
        store.undo()


def snapshot(folder: Path) -> None:
    """A checkpoint, and a transaction that begins a new segment."""
    with open_store(path_in(folder), author="bob") as store:
        store.checkpoint()
        add(store, "risks", title="new", notes="m" * 300)


def other_snapshot(folder: Path) -> None:
    """A checkpoint as a process of its own makes it."""
    checkpoint(path_in(folder))


VALUES = ("Jan Vermeulen", "jv@example.org", "jverm")


def person(folder: Path) -> None:
    """Somebody with a name, in several segments, in a cut-off end that was kept, and as an author."""
    with open_store(path_in(folder), author="ann") as store:
        add(store, "people", name=VALUES[0], email=VALUES[1])
        store.checkpoint()
        change(store, "PER-1", login=VALUES[2], function="engineer")
        store.checkpoint()
    with open(path_in(folder).with_name("pmo.json.000000000003.jsonl"), "ab") as journal:
        journal.write(f'{{"sum":"","author":"{VALUES[0]}'.encode())
    with open_store(path_in(folder), author=VALUES[0], login=VALUES[2]) as store:
        change(store, "PER-1", name=f"{VALUES[0]} jr")


def forget(folder: Path) -> None:
    """Take the person's values out."""
    with open_store(path_in(folder), author="ann") as store:
        store.forget("PER-1", ["name", "email", "login"])


@dataclass(frozen=True, slots=True)
class Scenario:
    """`begin` makes a folder's content, `step` is what happens then."""

    begin: Callable[[Path], None]
    step: Callable[[Path], None]


SCENARIOS = {
    "first transaction": Scenario(nothing, write),
    "transaction": Scenario(three, write),
    "undo": Scenario(three, undo),
    "checkpoint": Scenario(three, snapshot),
    "checkpoint by a child": Scenario(three, other_snapshot),
    "cut-off line": Scenario(torn, write),
    "forgetting": Scenario(person, forget),
}
