"""An older store is brought up when it is opened; a newer one is refused untouched."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pmo_tui.records.errors import Conflict, Exit, Refused
from pmo_tui.store import NotAStore, migrations, open_store
from pmo_tui.store.values import Json
from tests.contract.writes import add, change
from tests.store.test_files import listing


def owner_is_called_keeper(register: str, document: Json) -> Json:
    """Risks: `owner_name` is called `keeper`."""
    if register == "risks" and "owner_name" in document:
        document["keeper"] = document.pop("owner_name")
    return document


def keepers_are_several(register: str, document: Json) -> Json:
    """Risks: `keeper` is a list."""
    if register == "risks" and "keeper" in document:
        document["keeper"] = [document["keeper"]]
    return document


BOTH = (owner_is_called_keeper, keepers_are_several)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A store of schema 1."""
    with open_store(tmp_path / "pmo.json", author="ann") as store:
        add(store, "risks", title="one", owner_name="jan")
        add(store, "projects", name="p", owner_name="not a risk's")
        store.checkpoint()
        add(store, "risks", title="two", owner_name="piet")
        add(store, "risks", title="three")
    return tmp_path / "pmo.json"


def keepers(store: Any) -> list[Any]:
    return [document.get("keeper") for document in store.shelf("risks").values()]


def test_the_first_one_to_write_brings_a_store_up_in_one_transaction(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(migrations, "MIGRATIONS", BOTH)
    with open_store(path, author="bob") as store:
        assert keepers(store) == [["jan"], ["piet"], None]
        assert store.head() == 5
        last = list(store.history())[-1]
        assert (last.kind, last.author, last.note, last.schema) == ("migration", "bob", "schema 1 → 3", 3)
        assert sorted(op.key for op in last.ops) == ["R-1", "R-2"]
        assert (store.get("R-1") or {})["revision"] == 5
        assert (store.get("P-1") or {})["owner_name"] == "not a risk's"
        assert store.verify().sequence == 5
        store.checkpoint()
        change(store, "R-2", keeper=["joris"])
    with open_store(path, author="cas") as store:
        assert store.head() == 6
        assert store.verify().sequence == 6
        assert keepers(store) == [["jan"], ["joris"], None]


def test_the_past_is_shown_in_the_present_form(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migrations, "MIGRATIONS", BOTH)
    with open_store(path, author="bob") as store:
        assert [keepers(store.at(sequence)) for sequence in range(6)] == [
            [],
            [["jan"]],
            [["jan"]],
            [["jan"], ["piet"]],
            [["jan"], ["piet"], None],
            [["jan"], ["piet"], None],
        ]


def test_one_step_at_a_time_leads_to_the_same(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for count in (1, 2):
        monkeypatch.setattr(migrations, "MIGRATIONS", BOTH[:count])
        with open_store(path, author="bob") as store:
            assert store.head() == 4 + count
    with open_store(path, author="bob") as store:
        assert keepers(store) == [["jan"], ["piet"], None]
        assert keepers(store.at(4)) == keepers(store.at(5)) == [["jan"], ["piet"], None]
        assert store.verify().sequence == 6


def test_reading_alone_brings_it_up_in_memory_and_touches_nothing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = listing(path.parent)
    with open_store(path, author="old") as old:
        monkeypatch.setattr(migrations, "MIGRATIONS", BOTH)
        with open_store(path, author="bob", read_only=True) as store:
            assert keepers(store) == [["jan"], ["piet"], None]
            assert store.head() == 4
            assert store.verify().sequence == 4
            monkeypatch.setattr(migrations, "MIGRATIONS", ())
            add(old, "risks", title="four", owner_name="kees")
            monkeypatch.setattr(migrations, "MIGRATIONS", BOTH)
            store.refresh()
            assert keepers(store) == [["jan"], ["piet"], None, ["kees"]]
            assert store.shelf("risks").where("keeper", "kees") == ["4"]
    assert {name for name in listing(path.parent) if "session" not in name} == set(before)


def test_a_newer_store_is_refused_untouched(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migrations, "MIGRATIONS", BOTH)
    open_store(path, author="bob").close()
    for checkpointed in (False, True):
        if checkpointed:
            with open_store(path, author="bob") as store:
                store.checkpoint()
        before = listing(path.parent)
        monkeypatch.setattr(migrations, "MIGRATIONS", ())
        for read_only in (True, False):
            with pytest.raises(NotAStore) as refused:
                open_store(path, author="old", read_only=read_only)
            assert refused.value.code == Exit.STORE
            assert "schema 3" in str(refused.value)
        assert listing(path.parent) == before
        monkeypatch.setattr(migrations, "MIGRATIONS", BOTH)


def test_a_session_of_the_older_version_writes_nothing_more(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_store(path, author="old") as old:
        monkeypatch.setattr(migrations, "MIGRATIONS", BOTH)
        open_store(path, author="bob").close()
        monkeypatch.setattr(migrations, "MIGRATIONS", ())
        for use in (lambda: add(old, "risks", title="x"), old.refresh, old.undo):
            with pytest.raises(NotAStore):
                use()
        assert old.head() == 4


def test_an_empty_store_needs_no_bringing_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    open_store(tmp_path / "pmo.json", author="ann").close()
    monkeypatch.setattr(migrations, "MIGRATIONS", BOTH)
    with open_store(tmp_path / "pmo.json", author="ann") as store:
        assert store.head() == 0
        add(store, "risks", title="x", keeper=["jan"])
        store.checkpoint()
    with open_store(tmp_path / "pmo.json", author="ann") as store:
        assert (store.head(), keepers(store)) == (1, [["jan"]])


def test_a_migration_is_not_undone_and_what_came_before_is_guarded(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migrations, "MIGRATIONS", BOTH)
    with open_store(path, author="ann") as store:
        with pytest.raises(Conflict):
            store.undo(5)
        assert store.undo().undone == 4
        with pytest.raises(Conflict):
            store.undo(3)
        assert keepers(store) == [["jan"], ["piet"]]


def test_a_migration_that_would_break_a_reference_changes_nothing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def projects_go(register: str, document: Json) -> Json:
        """Risks: they belong to a project that is not there."""
        return document | ({"project": "P-77"} if register == "risks" else {})

    monkeypatch.setattr(migrations, "MIGRATIONS", (projects_go,))
    before = listing(path.parent)
    with pytest.raises(Refused):
        open_store(path, author="ann")
    assert {name: content for name, (content, _) in listing(path.parent).items()} == {
        name: content for name, (content, _) in before.items()
    }
    monkeypatch.setattr(migrations, "MIGRATIONS", ())
    with open_store(path, author="ann") as store:
        assert store.head() == 4
