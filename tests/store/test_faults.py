"""The disk fails at any call: refused is absent, no more is written after a failed flush, a full disk is survived."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pmo_tui.records.errors import Exit, StoreTrouble
from pmo_tui.store import NoRoom, Stopped, Store, open_store
from tests.contract.writes import add, change, state
from tests.store.calls import Call, recorded, watched
from tests.store.scenarios import path_in, three


def failing(code: int, *numbers: int, half: bool = False, names: tuple[str, ...] = ()) -> Callable[[Call], Any]:
    """Fails the calls with these numbers (or names) with an error, a write perhaps only after half of it was done."""

    def then(call: Call) -> Any:
        if call.number not in numbers and call.name not in names:
            return call.do()
        if half and call.writes:
            call.do_half()
        raise OSError(code, os.strerror(code))

    return then


def trouble_of(work: Callable[[], object], then: Callable[[Call], Any]) -> StoreTrouble | None:
    """Do some work while calls fail: what the store says of it, None where it did not notice."""
    try:
        with watched(then):
            work()
    except StoreTrouble as trouble:
        return trouble
    return None


def stuttering(call: Call) -> Any:
    """Writes half of what it was asked to."""
    return call.do_half() if call.writes else call.do()


@pytest.fixture
def folder(memory: Path) -> Path:
    folder = memory / "store"
    folder.mkdir()
    three(folder)
    return folder


def reopened(folder: Path) -> dict[str, Any]:
    with open_store(path_in(folder), author="cas") as store:
        store.verify()
        return state(store)


def test_short_writes_are_continued(folder: Path) -> None:
    with open_store(path_in(folder), author="ann") as store, watched(stuttering):
        add(store, "risks", title="new")
        store.checkpoint()
        add(store, "risks", title="newer")
        kept = state(store)
    assert reopened(folder) == kept
    assert len(kept) == 4


@pytest.mark.parametrize("half", [False, True])
@pytest.mark.parametrize("code", [errno.EIO, errno.ENOSPC, errno.EDQUOT], ids=errno.errorcode.get)
def test_a_transaction_that_fails_anywhere_is_not_there(folder: Path, memory: Path, code: int, half: bool) -> None:
    with open_store(path_in(folder), author="ann") as store:
        store.checkpoint()
    base = memory / "base"
    shutil.copytree(folder, base)
    with open_store(path_in(folder), author="bob") as store:
        calls = recorded(lambda: add(store, "risks", title="new"))
    assert [call.name for call in calls] == ["open", "pwrite", "fdatasync", "fsync", "pwrite"]
    refused = 0
    for call in calls:
        shutil.rmtree(folder)
        shutil.copytree(base, folder)
        with open_store(path_in(folder), author="bob") as store:
            before = state(store)
            trouble = trouble_of(lambda: add(store, "risks", title="new"), failing(code, call.number, half=half))
            if trouble is None:
                assert call.number == len(calls) - 1, "only the acknowledgement in the lock file may fail unnoticed"
                assert (store.get("R-2") or {})["title"] == "new"
            else:
                refused += 1
                assert isinstance(trouble, Stopped if code == errno.EIO else NoRoom)
                assert trouble.code == Exit.STORE
                assert (state(store), store.head()) == (before, 3)
                assert reopened(folder) == before
                check_what_follows(store, before, stopped=code == errno.EIO)
        assert reopened(folder)["R-2"]["title"] == ("new" if trouble is None else "after")
    print(f"{len(calls)} calls failed with {errno.errorcode[code]}, {refused} transactions refused, all absent")
    assert refused == len(calls) - 1


def check_what_follows(store: Store, before: dict[str, Any], *, stopped: bool) -> None:
    """A session that was stopped writes nothing more until it is opened again; one without room goes on."""
    if not stopped:
        assert add(store, "risks", title="after") == "R-2"
        return
    for write in (
        lambda: add(store, "risks", title="after"),
        lambda: change(store, "R-1", title="after"),
        store.undo,
        store.checkpoint,
    ):
        with pytest.raises(Stopped):
            write()
    assert state(store) == before
    with open_store(store.location, author="bob") as again:
        assert add(again, "risks", title="after") == "R-2"
    store.refresh()
    assert (store.get("R-2") or {})["title"] == "after"


def test_what_could_not_be_taken_back_either_is_said_to_be_unknown(folder: Path) -> None:
    with open_store(path_in(folder), author="bob") as store:
        with pytest.raises(Stopped) as stopped, watched(failing(errno.EIO, names=("fdatasync", "ftruncate"))):
            add(store, "risks", title="new")
        assert "whether" in str(stopped.value).lower()
        assert store.head() == 3
        with pytest.raises(Stopped):
            add(store, "risks", title="newer")
    assert reopened(folder)["R-2"]["title"] == "new"


@pytest.mark.parametrize("code", [errno.EIO, errno.ENOSPC], ids=errno.errorcode.get)
def test_a_checkpoint_that_fails_anywhere_costs_nothing(folder: Path, memory: Path, code: int) -> None:
    base = memory / "base"
    shutil.copytree(folder, base)
    with open_store(path_in(folder), author="bob") as store:
        calls = recorded(store.checkpoint)
    for call in calls:
        shutil.rmtree(folder)
        shutil.copytree(base, folder)
        with open_store(path_in(folder), author="bob") as store:
            trouble_of(store.checkpoint, failing(code, call.number))
            add(store, "risks", title="after")
            store.checkpoint()
            kept = state(store)
            assert store.verify().sequence == 4
        assert reopened(folder) == kept
    print(f"{len(calls)} calls of a checkpoint failed with {errno.errorcode[code]}, nothing lost")


@pytest.mark.parametrize("code", [errno.EIO, errno.ENOSPC], ids=errno.errorcode.get)
def test_a_cut_off_line_that_cannot_be_put_aside_stays(folder: Path, memory: Path, code: int) -> None:
    with open(max(folder.glob("*.jsonl")), "ab") as journal:
        journal.write(b'{"sum":"0123')
    base = memory / "base"
    shutil.copytree(folder, base)
    calls = recorded(lambda: reopened(folder))
    refused = 0
    for call in calls:
        shutil.rmtree(folder)
        shutil.copytree(base, folder)
        refused += trouble_of(lambda: reopened(folder), failing(code, call.number)) is not None
        found = reopened(folder)
        assert (found["R-1"]["title"], len(found)) == ("two", 2)
        assert b"".join(path.read_bytes() for path in folder.glob("*.torn.*")) == b'{"sum":"0123'
    assert refused > 4


@pytest.mark.parametrize("code", [errno.EIO, errno.ENOSPC, errno.EROFS, errno.EACCES], ids=errno.errorcode.get)
def test_a_store_that_cannot_be_made_leaves_words_and_can_be_made_later(memory: Path, code: int) -> None:
    def make() -> None:
        open_store(memory / "new" / "pmo.json", author="ann").close()

    calls = recorded(make)
    for call in calls:
        shutil.rmtree(memory / "new")
        trouble = trouble_of(make, failing(code, call.number))
        assert trouble is None or str(memory) in str(trouble)
        make()
        with open_store(memory / "new" / "pmo.json", author="ann") as store:
            assert add(store, "risks", title="x") == "R-1"


def test_a_checkpoint_leaves_nothing_half_made_on_a_full_disk(folder: Path) -> None:
    with open_store(path_in(folder), author="bob") as store:
        full = failing(errno.ENOSPC, names=("pwrite",), half=True)
        assert "No space" in str(trouble_of(store.checkpoint, full))
    assert not list(folder.glob("*.new"))
