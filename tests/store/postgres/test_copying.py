"""A store moves from files to a server and back: the same lines, so the same sums; nothing is written over."""

from __future__ import annotations

from pathlib import Path

import pytest

from pmo_tui.records.errors import NotFound, StoreTrouble
from pmo_tui.store import Damaged, Draft, Store, copying, open_store
from pmo_tui.store.copying import copy
from tests.contract.writes import add, change, delete, state
from tests.store.postgres.conftest import Open, schema_of
from tests.store.postgres.server import ask


def quiet(done: int, of: int) -> None:
    """No progress."""


def busy(store: Store) -> None:
    """Ten transactions of every kind, the last after values were forgotten."""

    def three(draft: Draft) -> None:
        for name in ("Jan Vermeulen", "Zoë\0“x”", "Piet"):
            draft.add("people", {"name": name, "extra": {"x": 1.0, "y": 1e300}})

    store.transact(three, note="people.csv", kind="import")
    for number in range(4):
        add(store, "risks", title=str(number), owner="PER-2")
    change(store, "R-1", title="changed")
    store.undo()
    delete(store, "R-2")
    store.forget("PER-1", ["name"], "asked for")
    add(store, "risks", title="last")


def lines(store: Store) -> list[object]:
    return [(line.sequence, line.time, line.author, line.login, line.tx, line.note, line.kind, line.ops, line.sum) for line in store.history()]  # fmt: skip


def same(one: Store, other: Store) -> None:
    """Everything that two stores tell is the same."""
    assert lines(one) == lines(other)
    assert state(one) == state(other)
    assert [state(one.at(n)) for n in range(one.head() + 1)] == [state(other.at(n)) for n in range(other.head() + 1)]
    proofs = [store.verify() for store in (one, other)]
    assert proofs[0].sum == proofs[1].sum == one.head_sum() == other.head_sum()
    said = [[notice.words() for notice in proof.notices] for proof in proofs]
    assert said[0] == said[1]


@pytest.mark.parametrize("segment", [5_000, 3])
def test_there_and_back_it_is_the_same_history(
    url: str, opened: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, segment: int
) -> None:
    monkeypatch.setattr(copying, "CHECKPOINT_AFTER", segment)
    with open_store(tmp_path / "pmo.json", author="ann", login="ann.l") as files:
        busy(files)
        files.checkpoint()
        copied = copy(str(tmp_path / "pmo.json"), url, quiet)
        assert (copied.sequence, copied.sum) == (files.head(), files.head_sum())
        server = opened(url)
        same(files, server)
        back = copy(url, str(tmp_path / "deep" / "er" / "back.json"), quiet)
        assert back.sum == copied.sum
        with open_store(tmp_path / "deep" / "er" / "back.json", author="bob") as again:
            same(files, again)
            for store in (server, again):
                assert add(store, "risks", title="next") == "R-6"
                assert store.undo().undone == store.head() - 1
                assert store.verify().sequence == files.head() + 2


def test_what_a_server_wrote_and_forgot_comes_back_in_files(url: str, opened: Open, tmp_path: Path) -> None:
    store = opened(url)
    busy(store)
    copy(url, str(tmp_path / "copy.json"), quiet)
    store.backup(tmp_path / "backup.json")
    for name in ("copy.json", "backup.json"):
        with open_store(tmp_path / name, author="bob") as files:
            same(store, files)


def test_a_server_to_a_server(url: str, opened: Open) -> None:
    store = opened(url)
    busy(store)
    target = f"{url}_copy"
    try:
        copy(url, target, quiet)
        other = opened(target, "bob")
        same(store, other)
        assert other.others() == []
    finally:
        ask(f"DROP SCHEMA {schema_of(target)} CASCADE")


def test_an_empty_store_is_copied_too(url: str, opened: Open, tmp_path: Path) -> None:
    opened(url)
    copy(url, str(tmp_path / "empty.json"), quiet)
    with open_store(tmp_path / "empty.json", author="ann") as files:
        assert (files.head(), files.verify().sequence) == (0, 0)
        assert add(files, "risks", title="x") == "R-1"


def test_a_target_that_is_not_empty_is_left_as_it_is(url: str, opened: Open, tmp_path: Path) -> None:
    path = str(tmp_path / "pmo.json")
    with open_store(path, author="ann") as files:
        add(files, "risks", title="files")
    store = opened(url)
    add(store, "risks", title="server")
    for source, target in ((path, url), (url, path), (path, path), (url, url)):
        with pytest.raises(StoreTrouble, match="is there already"):
            copy(source, target, quiet)
    store.refresh()
    assert [document["title"] for document in store.shelf("risks").values()] == ["server"]
    with open_store(path, author="ann") as files:
        assert [document["title"] for document in files.shelf("risks").values()] == ["files"]


@pytest.mark.parametrize("to", ["files", "server"])
def test_a_damaged_source_leaves_nothing_behind(url: str, opened: Open, tmp_path: Path, to: str) -> None:
    path = tmp_path / "pmo.json"
    if to == "files":
        store = opened(url)
        for number in range(3):
            add(store, "risks", title=str(number))
        ask(f"UPDATE {schema_of(url)}.change SET sum = repeat('0', 64) WHERE seq = 3")
        with pytest.raises(Damaged):
            copy(url, str(path), quiet)
        assert list(tmp_path.glob("pmo.json*")) == []
        return
    with open_store(path, author="ann") as files:
        for number in range(3):
            add(files, "risks", title=str(number))
        files.checkpoint()
    (journal,) = tmp_path.glob("*.jsonl")
    journal.write_bytes(journal.read_bytes().replace(b'"title":"1"', b'"title":"7"'))
    with pytest.raises(Damaged):
        copy(str(path), url, quiet)
    assert opened(url).head() == 0


def test_a_missing_source_is_not_found_and_makes_no_target(url: str, tmp_path: Path) -> None:
    for source, target in ((url, str(tmp_path / "x.json")), (str(tmp_path / "none.json"), url)):
        with pytest.raises(NotFound):
            copy(source, target, quiet)
    assert list(tmp_path.iterdir()) == []
    assert ask("SELECT to_regnamespace(%s)", schema_of(url)) == [(None,)]


def test_progress_is_told(url: str, opened: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copying, "BATCH", 2)
    store = opened(url)
    for number in range(5):
        add(store, "risks", title=str(number))
    told: list[tuple[int, int]] = []
    copy(url, str(tmp_path / "x.json"), lambda done, of: told.append((done, of)))
    assert told == [(2, 5), (4, 5)]


def test_a_copy_goes_on_while_others_write(
    url: str, opened: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copying, "BATCH", 2)
    store = opened(url)
    for number in range(5):
        add(store, "risks", title=str(number))
    copied = copy(url, str(tmp_path / "x.json"), lambda done, of: print(add(store, "risks", title="meanwhile")))
    assert copied.sequence == 5
    assert store.head() == 7
    with open_store(tmp_path / "x.json", author="bob") as files:
        assert files.verify().sequence == 5
