"""Checkpoints: made by a process of their own when the journal has grown long, and of no consequence to anybody."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from pmo_tui.store import Draft, open_store
from pmo_tui.store.checkpoint import checkpoint
from pmo_tui.store.embedded import log, snapshot
from tests.contract.writes import add, change, state
from tests.store import children


def until(condition: Callable[[], bool]) -> bool:
    """Whether it becomes true in time; a checkpoint gives way to all who work, and may take long beside them."""
    end = time.monotonic() + 90
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.01)
    return True


def in_snapshot(path: Path) -> int:
    """The sequence that the snapshot holds."""
    meta = snapshot.head(path)
    assert meta is not None
    return meta.sequence


def test_five_thousand_lines_call_for_one() -> None:
    assert log.CHECKPOINT_AFTER == 5_000


def test_a_long_journal_is_checkpointed_by_a_process_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log, "CHECKPOINT_AFTER", 40)
    path = tmp_path / "pmo.json"
    with open_store(path, author="ann") as store:
        for number in range(39):
            add(store, "risks", title=str(number))
        assert in_snapshot(path) == 0
        slowest = 0.0
        for number in range(39, 45):
            began = time.monotonic()
            add(store, "risks", title=str(number))
            slowest = max(slowest, time.monotonic() - began)
        assert until(lambda: in_snapshot(path) >= 40)
        assert until(lambda: not list(tmp_path.glob("*.new")))
        add(store, "risks", title="after")
        assert until(lambda: len(list(tmp_path.glob("*.jsonl"))) >= 1)
        assert store.verify().sequence == 46
        kept = state(store)
    with open_store(path, author="bob") as store:
        assert state(store) == kept


def test_a_large_import_calls_for_one_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log, "CHECKPOINT_BYTES", 100_000)
    path = tmp_path / "pmo.json"

    def many(draft: Draft) -> None:
        for number in range(1_000):
            draft.add("risks", {"title": str(number), "notes": "n" * 100})

    before = children_of_this()
    with open_store(path, author="ann") as store:
        add(store, "risks", title="small")
        assert children_of_this() <= before
        store.transact(many, kind="import")
        assert until(lambda: in_snapshot(path) == 2)
        assert until(lambda: children_of_this() <= before)
        add(store, "risks", title="small")
        assert children_of_this() <= before
        assert store.verify().sequence == 3


def test_others_go_on_committing_meanwhile(tmp_path: Path) -> None:
    path = tmp_path / "pmo.json"

    def many(draft: Draft) -> None:
        for number in range(20_000):
            draft.add("risks", {"title": str(number), "notes": "n" * 100})

    with open_store(path, author="ann") as store:
        store.transact(many)
        child = children.start(lambda: checkpoint(path))
        committed = 0
        while in_snapshot(path) == 0:
            change(store, "R-1", title=f"t{committed}")
            committed += 1
        assert children.ended(child) == 0
        change(store, "R-2", title="after")
        assert store.verify().sequence == 2 + committed
        kept = state(store)
        print(f"{committed} transactions while the snapshot was written")
    assert len(list(tmp_path.glob("*.jsonl"))) == 2
    assert committed > 3
    with open_store(path, author="bob") as store:
        assert state(store) == kept
        assert [line.sequence for line in store.history("R-1")] == list(range(1, committed + 2))


def test_two_at_once_make_one(tmp_path: Path) -> None:
    path = tmp_path / "pmo.json"
    with open_store(path, author="ann") as store:
        add(store, "risks", title="x")
        running = [children.start(lambda: checkpoint(path)) for _ in range(4)]
        assert [children.ended(child) for child in running] == [0] * 4
        assert in_snapshot(path) == 1
        assert not checkpoint(path)
        store.checkpoint()
        add(store, "risks", title="y")
        assert store.verify().sequence == 2


def test_the_journal_goes_on_in_a_new_segment_and_old_ones_stay(tmp_path: Path) -> None:
    path = tmp_path / "pmo.json"
    with open_store(path, author="ann") as store, open_store(path, author="bob") as other:
        for number in range(4):
            add(store, "risks", title=str(number))
            other.checkpoint()
            add(other, "issues", title=str(number))
        names = sorted(file.name for file in tmp_path.glob("*.jsonl"))
        assert names == [f"pmo.json.{first:012d}.jsonl" for first in (1, 2, 4, 6, 8)]
        assert [line.sequence for line in store.history("R-3")] == [5]
        store.refresh()
        assert [line.sequence for line in store.since(3)] == [4, 5, 6, 7, 8]
        assert store.undo(3).undone == 3
        assert store.verify().sequence == 9


def test_a_lost_snapshot_is_made_anew_from_the_journal(tmp_path: Path) -> None:
    path = tmp_path / "pmo.json"
    with open_store(path, author="ann") as store:
        for number in range(5):
            add(store, "risks", title=str(number))
            store.checkpoint()
        kept = state(store)
    path.unlink()
    with open_store(path, author="bob") as store:
        assert state(store) == kept
        assert add(store, "risks", title="next") == "R-6"
        store.checkpoint()
    assert in_snapshot(path) == 6


def test_an_older_snapshot_put_back_catches_up(tmp_path: Path) -> None:
    path = tmp_path / "pmo.json"
    with open_store(path, author="ann") as store:
        add(store, "risks", title="0")
        store.checkpoint()
        older = path.read_bytes()
        for number in range(1, 4):
            add(store, "risks", title=str(number))
            store.checkpoint()
        kept = state(store)
    path.write_bytes(older)
    with open_store(path, author="bob") as store:
        assert state(store) == kept
        assert store.verify().sequence == 4


def children_of_this() -> set[int]:
    """The children of this process, running or dead and not waited for; other tests may have left some that go on."""
    found = set()
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            parent = int(path.read_text(errors="replace").rpartition(")")[2].split()[1])
            if parent == os.getpid():
                found.add(int(path.parent.name))
    return found


def test_the_process_that_made_it_is_not_left_dead(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log, "CHECKPOINT_AFTER", 10)
    before = children_of_this()
    with open_store(tmp_path / "pmo.json", author="ann") as store:
        for number in range(10):
            add(store, "risks", title=str(number))
        assert until(lambda: children_of_this() <= before)
    assert in_snapshot(tmp_path / "pmo.json") == 10
