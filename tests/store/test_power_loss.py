"""A power failure at any moment: whatever of what was not flushed reached the disk, acknowledged is present and whole."""

from __future__ import annotations

import random
import shutil
from pathlib import Path
from typing import Any

import pytest

from pmo_tui.store import Store, open_store
from tests.contract.writes import add, change, delete, state
from tests.store.calls import Call, watched
from tests.store.disk import Chooser, Disk
from tests.store.scenarios import path_in, person


class Recorder:
    """Fails the power again and again while a store works, and keeps what would be left, with what was promised then."""

    def __init__(self, folder: Path, chances: int) -> None:
        self.disk = Disk(folder)
        self.promised = 0
        self.left: list[tuple[int, str, dict[str, bytes]]] = []
        self._chances = chances
        self._calls = 0

    def __call__(self, call: Call) -> Any:
        done = self.disk.follow(call)
        self._calls += 1
        choices: list[Chooser] = [True, False, *(random.Random(f"{self._calls} {n}") for n in range(self._chances))]
        for number, choose in enumerate(choices):
            self.left.append(
                (self.promised, f"call {self._calls} {call.name}, choice {number}", self.disk.fail(choose))
            )
        return done


def work(store: Store, recorder: Recorder) -> dict[int, dict[str, Any]]:
    """Everything that writes files, once; the states by sequence."""
    states = {store.head(): state(store)}
    for step in (
        lambda: add(store, "risks", title="one", notes="n" * 3000),
        lambda: change(store, "R-1", title="two", notes="m" * 5000),
        store.checkpoint,
        lambda: change(store, "PER-1", function="lead", notes="l" * 1500),
        store.undo,
        lambda: store.forget("PER-1", ["name", "email", "login"]),
        lambda: delete(store, "R-1"),
        store.checkpoint,
        lambda: add(store, "risks", title="three", notes="o" * 2000),
    ):
        step()
        states[store.head()] = state(store)
        recorder.promised = store.head()
    return states


def fail_everywhere(folder: Path, chances: int) -> None:
    start = folder / "store"
    start.mkdir()
    person(start)
    recorder = Recorder(start, chances)
    recorder.promised = 3
    with watched(recorder), open_store(path_in(start), author="ann") as store:
        states = work(store, recorder)
    beyond = torn = 0
    for promised, moment, files in recorder.left:
        shutil.rmtree(start)
        start.mkdir()
        for name, content in files.items():
            (start / name).write_bytes(content)
        with open_store(path_in(start), author="bob", read_only=True) as reader:
            assert reader.head() >= promised, moment
            assert comparable(state(reader)) == comparable(states[reader.head()]), moment
        with open_store(path_in(start), author="bob") as store:
            assert store.head() >= promised, moment
            assert comparable(state(store)) == comparable(states[store.head()]), moment
            beyond += store.head() > promised
            torn += len(store.notices)
            assert store.verify().sequence == store.head()
            assert add(store, "issues", title="goes on") == "I-1"
    print(
        f"{len(recorder.left)} power failures: {beyond} kept more than was acknowledged, {torn} a cut-off line, lost 0"
    )


def comparable(documents: dict[str, Any]) -> dict[str, Any]:
    """The documents; a person's values apart, which are there before they are forgotten and not after."""
    hidden = ("name", "email", "login")
    return {
        key: {name: value for name, value in document.items() if key != "PER-1" or name not in hidden}
        for key, document in documents.items()
    }


def test_nothing_acknowledged_is_lost_when_the_power_fails(memory: Path) -> None:
    fail_everywhere(memory, 12)


@pytest.mark.slow
def test_nothing_acknowledged_is_lost_when_the_power_fails_often(memory: Path) -> None:
    fail_everywhere(memory, 100)
