"""Opening, read-only, verify, backup and the check inside the lock."""

from __future__ import annotations

from pathlib import Path

import pytest

from pmo_tui.records.errors import NotFound, Refused, StoreTrouble
from pmo_tui.store import Draft, ReadOnly, Store, Undone, open_store
from tests.contract.places import Place
from tests.contract.writes import add, change, delete, state


@pytest.mark.parametrize("options", [{"create": False}, {"read_only": True}, {"read_only": True, "create": False}])
def test_where_no_store_may_be_made_a_missing_one_is_not_found(place: Place, options: dict[str, bool]) -> None:
    with pytest.raises(NotFound):
        place.open(**options)  # type: ignore[arg-type]  # two flags
    place.open().close()
    assert place.open(**options).head() == 0  # type: ignore[arg-type]


def test_what_is_opened_for_reading_only_answers_and_writes_nothing(place: Place, store: Store) -> None:
    key = add(store, "risks", title="x")
    reader = place.open("cas", read_only=True)
    for write in (
        lambda: add(reader, "risks", title="y"),
        lambda: delete(reader, key),
        lambda: reader.undo(1),
        reader.undo,
        reader.redo,
        reader.checkpoint,
    ):
        with pytest.raises(ReadOnly):
            write()
    change(store, key, title="z")
    reader.refresh()
    assert (reader.get(key) or {})["title"] == "z"
    assert [line.sequence for line in reader.history(key)] == [1, 2]
    assert reader.verify().sequence == 2
    assert state(reader.at(1))[key]["title"] == "x"


def test_verify_tells_what_it_found_sound(store: Store, other: Store) -> None:
    assert store.verify().sequence == 0
    add(store, "risks", title="x")
    add(other, "projects", name="p")
    delete(other, "R-1")
    store.checkpoint()
    add(other, "risks", title="y")
    found = store.verify()
    assert (found.sequence, found.sum, found.documents) == (4, other.head_sum(), 2)


def test_a_backup_opens_and_goes_on_by_itself(place: Place, store: Store, other: Store, tmp_path: Path) -> None:
    add(store, "projects", name="p")
    add(store, "risks", title="x", project="P-1")
    store.checkpoint()
    change(other, "R-1", title="y")
    store.backup(tmp_path / "copy" / "saved.json")
    change(store, "R-1", title="z")
    with open_store(tmp_path / "copy" / "saved.json", author="cas") as saved:
        assert (saved.head(), state(saved)["R-1"]["title"]) == (3, "y")
        assert [line.author for line in saved.history()] == ["ann", "ann", "bob"]
        assert saved.verify().sequence == 3
        assert saved.undo(3) == Undone(4, 3, ())
        assert add(saved, "risks", title="next") == "R-2"
    assert (store.get("R-1") or {})["title"] == "z"


def test_a_backup_replaces_nothing(store: Store, tmp_path: Path) -> None:
    add(store, "risks", title="x")
    store.backup(tmp_path / "saved.json")
    with pytest.raises(StoreTrouble):
        store.backup(tmp_path / "saved.json")
    (tmp_path / "mine.txt").write_text("precious")
    with pytest.raises(StoreTrouble):
        store.backup(tmp_path / "mine.txt")
    assert (tmp_path / "mine.txt").read_text() == "precious"


class Rule:
    """No risk may be called “bad”; remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[list[str]] = []

    def __call__(self, draft: Draft, keys: list[str]) -> None:
        self.asked.append(keys)
        for key in keys:
            if (draft.get(key) or {}).get("title") == "bad":
                raise Refused("no")


def test_the_check_is_asked_about_every_transaction_undo_and_redo(place: Place) -> None:
    rule = Rule()
    store = place.open(check=rule)
    key = add(store, "risks", title="x")

    def work(draft: Draft) -> None:
        draft.change(key, {"title": "y"})
        draft.add("issues", {"title": "i"})

    store.transact(work)
    store.undo()
    store.redo()
    delete(store, key)
    assert rule.asked == [["R-1"], ["R-1", "I-1"], ["I-1", "R-1"], ["R-1", "I-1"], ["R-1"]]


def test_what_the_check_refuses_is_not_kept_anywhere(place: Place) -> None:
    strict, lax = place.open("ann", check=Rule()), place.open("bob")
    key = add(lax, "risks", title="bad")
    change(lax, key, title="good")
    for write in (
        lambda: add(strict, "risks", title="bad"),
        lambda: change(strict, key, title="bad"),
        lambda: strict.undo(2),
    ):
        with pytest.raises(Refused):
            write()
        assert strict.head() == 2
    assert [document["title"] for document in place.open("cas").shelf("risks").values()] == ["good"]
    lax.undo()
    strict.refresh()
    with pytest.raises(Refused):
        strict.undo(lax.redo().sequence)
    assert strict.verify().sequence == 4
    assert add(strict, "risks", title="fine") == "R-2"


def test_the_check_runs_inside_the_lock_on_what_others_committed(place: Place) -> None:
    def at_most_two(draft: Draft, keys: list[str]) -> None:
        if len(draft.find("risks", "status", "open")) > 2:
            raise Refused("full")

    first, second = place.open("ann", check=at_most_two), place.open("bob", check=at_most_two)
    add(first, "risks", status="open")
    add(second, "risks", status="open")
    with pytest.raises(Refused):
        add(first, "risks", status="open")


def test_a_check_that_breaks_keeps_nothing_either(place: Place) -> None:
    def broken(draft: Draft, keys: list[str]) -> None:
        raise ZeroDivisionError

    store = place.open(check=broken)
    with pytest.raises(ZeroDivisionError):
        add(store, "risks", title="x")
    assert (store.head(), state(store)) == (0, {})
    assert place.open("bob").head() == 0
