"""Forgetting leaves no trace in any file of the store, whenever it is interrupted."""

from __future__ import annotations

import errno
import os
import shutil
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from pmo_tui.records.errors import StoreTrouble
from pmo_tui.store import Damaged, Rewritten, Stopped, open_store
from tests.contract.writes import add, state
from tests.store import children
from tests.store.calls import Call, recorded, watched
from tests.store.scenarios import VALUES, forget, path_in, person
from tests.store.test_aimed_kills import dying_at, look, moments
from tests.store.test_faults import failing, trouble_of


def traces(folder: Path) -> list[tuple[str, str]]:
    """Which of the values stand in which file."""
    return [
        (value, path.name)
        for path in folder.iterdir()
        for value in VALUES
        if value.encode() in path.read_bytes() or value in path.name
    ]


@pytest.fixture
def folder(memory: Path) -> Path:
    folder = memory / "store"
    folder.mkdir()
    person(folder)
    return folder


def test_no_file_holds_a_trace(folder: Path) -> None:
    assert {name for _, name in traces(folder)} >= {
        "pmo.json",
        "pmo.json.000000000001.jsonl",
        "pmo.json.torn.000000000003.0",
    }
    with open_store(path_in(folder), author="bob") as other:
        forget(folder)
        assert traces(folder) == []
        other.refresh()
        other.checkpoint()
        add(other, "risks", title="x")
        other.backup(folder / "copy.json")
    assert traces(folder) == []
    with open_store(folder / "copy.json", author="bob") as copy:
        assert copy.verify().sequence == 5
    with open_store(path_in(folder), author="bob") as store:
        assert len(store.verify().notices) == 1


def test_the_new_history_begins_by_telling_of_it(folder: Path) -> None:
    with open_store(path_in(folder), author="ann") as store:
        before = store.head_sum()
        store.forget("PER-1", ["name", "email", "login"], "asked for")
    lines = (folder / "pmo.json.2.000000000001.jsonl").read_text().splitlines()
    assert '"seq":0' in lines[0]
    for word in ('"PER-1"', '"name","email","login"', '"ann"', '"asked for"', before):
        assert word in lines[0]
    assert '"seq":1' in lines[1]
    assert [path.name for path in sorted(folder.glob("*.jsonl"))] == [
        f"pmo.json.2.{first:012d}.jsonl" for first in (1, 2, 3)
    ]


def test_interrupted_anywhere_it_is_not_done_or_done_without_a_trace(folder: Path, memory: Path) -> None:
    done = memory / "done"
    shutil.copytree(folder, done)
    calls = recorded(lambda: forget(done))
    finished = 0
    for number, when in moments(calls):
        copy = memory / f"{number}-{when}"
        shutil.copytree(folder, copy)

        def step(copy: Path = copy, number: int = number, when: str = when) -> None:
            with watched(dying_at(number, when)):
                forget(copy)

        children.ended(children.start(step))
        if look(copy, read_only=False)["PER-1"]["name"] == "PER-1":
            finished += 1
            assert traces(copy) == []
        else:
            forget(copy)
            assert traces(copy) == []
        shutil.rmtree(copy)
    print(f"{len(moments(calls))} kills while forgetting, {finished} after it was done; no trace left")


@pytest.mark.parametrize("code", [errno.EIO, errno.ENOSPC], ids=errno.errorcode.get)
def test_a_disk_that_fails_anywhere_leaves_it_undone_or_done(folder: Path, memory: Path, code: int) -> None:
    base = memory / "base"
    shutil.copytree(folder, base)
    calls = recorded(lambda: forget(folder))
    said = 0
    for call in calls:
        shutil.rmtree(folder)
        shutil.copytree(base, folder)
        trouble = trouble_of(lambda: forget(folder), failing(code, call.number))
        said += trouble is not None
        found = look(folder, read_only=False)
        if found["PER-1"]["name"] == "PER-1":
            assert traces(folder) == []
        else:
            assert trouble is not None
            assert not list(folder.glob("pmo.json.2.*"))
            forget(folder)
        with open_store(path_in(folder), author="bob") as store:
            assert add(store, "risks", title="x") == "R-1"
            store.verify()
    print(f"{len(calls)} calls of forgetting failed with {errno.errorcode[code]}, {said} said so")


def test_a_session_that_could_not_finish_goes_on_as_before(folder: Path) -> None:
    with open_store(path_in(folder), author="ann") as store:
        before = state(store)
        full = failing(errno.ENOSPC, names=("fsync",))
        assert "cannot be rewritten" in str(trouble_of(lambda: store.forget("PER-1", ["name"]), full))
        assert state(store) == before
        add(store, "risks", title="x")
        assert store.forget("PER-1", ["name"]).values == 2
        assert store.verify().sequence == 5


def test_a_disk_that_does_not_confirm_the_last_step_stops_the_session(folder: Path) -> None:
    with open_store(path_in(folder), author="ann") as store:
        done: list[str] = []

        def flush_after_the_snapshot(call: Call) -> Any:
            done.append(call.name)
            if call.name == "fsync" and "replace" in done:
                raise OSError(errno.EIO, os.strerror(errno.EIO))
            return call.do()

        trouble = trouble_of(lambda: store.forget("PER-1", ["name"]), flush_after_the_snapshot)
        assert isinstance(trouble, Stopped)
        with pytest.raises(Stopped):
            add(store, "risks", title="x")
    with open_store(path_in(folder), author="ann") as store:
        assert (store.get("PER-1") or {})["name"] == "PER-1"
        assert "Vermeulen" not in "".join(path.read_text() for path in folder.glob("*.jsonl"))


def test_damage_is_not_covered_up_by_it(folder: Path) -> None:
    first = folder / "pmo.json.000000000001.jsonl"
    first.write_bytes(first.read_bytes().replace(b"example.org", b"example.com"))
    before = {path.name: path.read_bytes() for path in folder.glob("pmo.json*[0-9ln]")}
    with open_store(path_in(folder), author="ann") as store, pytest.raises(Damaged):
        store.forget("PER-1", ["name"])
    assert {path.name: path.read_bytes() for path in folder.glob("pmo.json*[0-9ln]")} == before


def test_a_snapshot_that_is_lost_is_made_anew_from_the_new_history(folder: Path) -> None:
    forget(folder)
    with open_store(path_in(folder), author="ann") as store:
        add(store, "risks", title="x")
        kept = state(store)
    path_in(folder).unlink()
    with open_store(path_in(folder), author="ann") as store:
        assert state(store) == kept
        assert store.verify().sequence == 5
        assert add(store, "people", name="new") == "PER-2"
    assert traces(folder) == []


def test_with_two_histories_and_no_snapshot_nobody_guesses(folder: Path, memory: Path) -> None:
    old = memory / "old"
    shutil.copytree(folder, old)
    forget(folder)
    for path in old.glob("*.jsonl"):
        shutil.copy(path, folder)
    path_in(folder).unlink()
    for read_only in (True, False):
        with pytest.raises(StoreTrouble):
            open_store(path_in(folder), author="ann", read_only=read_only)
    assert len(list(folder.glob("*.jsonl"))) == 6


def test_who_reads_the_history_meanwhile_is_told_to_ask_again(folder: Path) -> None:
    with open_store(path_in(folder), author="bob") as other:
        begun = other.since(0)
        next(begun)
        forget(folder)
        for ask in (
            lambda: list(other.since(0)),
            lambda: list(other.history("PER-1")),
            lambda: list(begun),
            lambda: other.at(1),
            lambda: other.at(datetime(2020, 1, 1)),
        ):
            with pytest.raises(Rewritten):
                ask()
        other.refresh()
        assert len(list(other.history())) == 4
        assert other.at(1).head() == 1
