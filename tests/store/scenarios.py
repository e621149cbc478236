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
}
