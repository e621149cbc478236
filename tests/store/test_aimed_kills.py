"""Killed before, within or after any call that changes a file, a store opens as it was before the step or after it."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from pmo_tui.store import open_store
from tests.contract.writes import add, state
from tests.store import children
from tests.store.calls import Call, recorded, watched
from tests.store.scenarios import SCENARIOS, Scenario, path_in

State = dict[str, dict[str, Any]]


def look(folder: Path, *, read_only: bool) -> State:
    """What a store holds, checked as a whole; nothing where there is none."""
    if read_only and not path_in(folder).exists():
        return {}
    with open_store(path_in(folder), author="cas", read_only=read_only) as store:
        store.verify()
        return state(store)


def dying_at(number: int, when: str) -> Callable[[Call], Any]:
    """Kills the process at a call."""

    def then(call: Call) -> Any:
        if call.number != number:
            return call.do()
        with suppress(OSError):
            if when == "after":
                call.do()
            if when == "within":
                call.do_half()
        os.kill(os.getpid(), signal.SIGKILL)
        raise AssertionError("still alive")

    return then


def moments(calls: list[Call]) -> list[tuple[int, str]]:
    """Every call, and where in it to die."""
    return [
        (call.number, when)
        for call in calls
        for when in ("before", "within", "after")
        if when != "within" or call.writes
    ]


@pytest.mark.parametrize("scenario", SCENARIOS.values(), ids=SCENARIOS)
def test_killed_anywhere_it_is_before_or_after(memory: Path, scenario: Scenario) -> None:
    base, done = memory / "base", memory / "done"
    base.mkdir()
    scenario.begin(base)
    shutil.copytree(base, done)
    calls = recorded(lambda: scenario.step(done))
    before, after = look(base, read_only=True), look(done, read_only=True)
    seen = []
    for number, when in moments(calls):
        folder = memory / f"{number}-{when}"
        shutil.copytree(base, folder)
        ledger = folder / "ledger"

        def step(folder: Path = folder, ledger: Path = ledger, number: int = number, when: str = when) -> None:
            with watched(dying_at(number, when)):
                scenario.step(folder)
                ledger.touch()

        code = children.ended(children.start(step))
        assert code == -signal.SIGKILL or (when, number) == ("after", len(calls) - 1)
        for read_only in (True, False):
            found = look(folder, read_only=read_only)
            assert found in (before, after), (number, when)
            assert found == after or not ledger.exists()
        seen.append(found == after)
        with open_store(path_in(folder), author="dan") as store:
            add(store, "risks", title="goes on")
            store.verify()
        shutil.rmtree(folder)
    print(f"{len(seen)} kills at {len(calls)} calls: {seen.count(False)} before, {seen.count(True)} after")
    assert seen[0] is (before == after)


@pytest.mark.parametrize("name", ["transaction", "checkpoint", "forgetting"])
def test_a_session_that_lives_on_writes_where_everybody_reads(memory: Path, name: str) -> None:
    scenario, base, done = SCENARIOS[name], memory / "base", memory / "done"
    base.mkdir()
    scenario.begin(base)
    shutil.copytree(base, done)
    calls = recorded(lambda: scenario.step(done))
    for number, when in moments(calls):
        folder = memory / f"{number}-{when}"
        shutil.copytree(base, folder)

        def step(folder: Path = folder, number: int = number, when: str = when) -> None:
            with watched(dying_at(number, when)):
                scenario.step(folder)

        with open_store(path_in(folder), author="eve") as living:
            children.ended(children.start(step))
            key = add(living, "risks", title="lives on")
            assert state(living) == look(folder, read_only=True)
            assert look(folder, read_only=False)[key]["title"] == "lives on"
            assert add(living, "risks", title="goes on") != key
        shutil.rmtree(folder)
    print(f"{len(moments(calls))} kills beside a living session")
