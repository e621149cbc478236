"""Undo and redo: the inverse as a new transaction, guarded against losing what others wrote, through the same checks."""

from __future__ import annotations

import pytest

from pmo_tui.records.errors import Conflict, NotFound, Refused
from pmo_tui.store import Draft, Edited, StillReferred, Store
from tests.contract.places import Place
from tests.contract.writes import add, change, delete, state


def title(store: Store, key: str) -> object:
    return (store.get(key) or {}).get("title")


def test_an_addition_a_change_and_a_deletion_are_taken_back(store: Store) -> None:
    key = add(store, "risks", title="one", probability=1)
    change(store, key, title="two", probability=None, impact=5)
    assert store.undo().undone == 2
    assert store.get(key) == {"key": key, "revision": 3, "title": "one", "probability": 1}
    delete(store, key)
    store.undo()
    assert store.get(key) == {"key": key, "revision": 5, "title": "one", "probability": 1}
    assert store.undo().undone == 1
    assert store.get(key) is None


def test_twice_goes_two_back_and_redo_comes_forward_again(store: Store) -> None:
    key = add(store, "risks", title="0")
    for number in range(1, 4):
        change(store, key, title=str(number))
    assert [(store.undo().undone, title(store, key)) for _ in range(3)] == [(4, "2"), (3, "1"), (2, "0")]
    assert [(store.redo().sequence, title(store, key)) for _ in range(3)] == [(8, "1"), (9, "2"), (10, "3")]
    with pytest.raises(NotFound):
        store.redo()
    assert store.undo().undone == 10
    assert title(store, key) == "2"


def test_an_undone_redone_and_again_undone_change_does_not_stand_in_the_way(store: Store) -> None:
    key = add(store, "risks", title="0")
    change(store, key, title="1")
    store.undo()
    store.redo()
    store.undo()
    assert store.undo().undone == 1
    assert store.get(key) is None
    assert [store.redo().undone, store.redo().undone] == [6, 5]
    assert title(store, key) == "1"
    assert store.undo(2).undone == 2
    assert title(store, key) == "0"


def test_a_new_change_ends_what_can_be_redone(store: Store) -> None:
    key = add(store, "risks", title="0")
    change(store, key, title="1")
    store.undo()
    change(store, key, title="2")
    with pytest.raises(NotFound):
        store.redo()
    store.undo()
    assert title(store, key) == "0"


def test_nothing_is_left_to_undo_in_the_end(store: Store) -> None:
    with pytest.raises(NotFound):
        store.undo()
    add(store, "risks", title="0")
    store.undo()
    with pytest.raises(NotFound):
        store.undo()


def test_undo_goes_on_after_opening_again(place: Place, store: Store) -> None:
    key = add(store, "risks", title="0")
    change(store, key, title="1")
    store.undo()
    store.close()
    again = place.open("ann")
    assert again.redo().undone == 3
    assert title(again, key) == "1"


def test_undo_takes_ones_own_last_change_and_leaves_a_colleagues(store: Store, other: Store) -> None:
    mine, hers = add(store, "risks", title="mine"), add(other, "risks", title="hers")
    assert store.undo().undone == 1
    assert (title(store, mine), title(store, hers)) == (None, "hers")


def test_the_last_own_change_but_for_some(store: Store, other: Store) -> None:
    for title in ("1", "2", "3"):
        add(store, "risks", title=title)
    add(other, "risks", title="hers")
    assert store.last_own() == 3
    assert store.last_own({3}) == 2
    assert store.last_own({3, 2, 1}) is None
    store.undo(2)
    assert store.last_own({3}) == 1


def test_a_colleagues_change_is_taken_back_by_its_number(store: Store, other: Store) -> None:
    key = add(store, "risks", title="mine")
    change(other, key, title="hers")
    assert store.undo(2).undone == 2
    assert title(store, key) == "mine"
    with pytest.raises(NotFound):
        other.redo()
    assert store.redo().undone == 3
    assert title(store, key) == "hers"


def test_a_record_that_a_colleague_edited_since_is_not_taken_back(store: Store, other: Store) -> None:
    key = add(store, "risks", title="0")
    change(store, key, title="mine")
    change(other, key, probability=2)
    with pytest.raises(Edited) as edited:
        store.undo(2)
    assert (edited.value.key, edited.value.author, edited.value.sequence) == (key, "bob", 3)
    assert store.get(key) == {"key": key, "revision": 3, "title": "mine", "probability": 2}


def test_after_the_colleague_took_the_edit_back_it_can_be_undone(store: Store, other: Store) -> None:
    key = add(store, "risks", title="0")
    change(store, key, title="mine")
    change(other, key, title="hers")
    other.undo()
    store.undo()
    assert title(store, key) == "0"


def test_what_was_undone_is_not_undone_again(store: Store, other: Store) -> None:
    key = add(store, "risks", title="0")
    change(store, key, title="1")
    other.undo(2)
    with pytest.raises(Edited) as edited:
        store.undo(2)
    assert (edited.value.author, edited.value.sequence) == ("bob", 3)
    assert store.undo().undone == 1
    assert title(store, key) is None


@pytest.mark.parametrize("sequence", [0, -1, 7])
def test_a_transaction_that_is_not_there_cannot_be_undone(store: Store, sequence: int) -> None:
    add(store, "risks", title="0")
    with pytest.raises(NotFound):
        store.undo(sequence)


def test_an_addition_that_others_refer_to_is_not_undone(store: Store, other: Store) -> None:
    add(store, "projects", name="x")
    add(other, "risks", title="r", project="P-1")
    with pytest.raises(StillReferred) as refused:
        store.undo()
    assert refused.value.referrers == ("R-1",)


def test_a_deletion_is_not_undone_when_it_would_point_at_nothing(store: Store, other: Store) -> None:
    add(store, "projects", name="x")
    add(store, "risks", title="r", project="P-1")
    delete(store, "R-1")
    delete(other, "P-1")
    with pytest.raises(Refused):
        store.undo(3)
    assert state(store) == {}


def imported(store: Store, count: int = 3) -> list[str]:
    keys: list[str] = []

    def work(draft: Draft) -> None:
        keys.extend(draft.add("risks", {"title": f"row {number}"}) for number in range(count))

    store.transact(work, kind="import", note="risks.csv")
    return keys


def test_an_import_with_one_document_edited_since_is_undone_but_for_that_one(store: Store, other: Store) -> None:
    keys = imported(store)
    change(other, keys[1], title="hers")
    undone = store.undo()
    assert (undone.undone, undone.skipped) == (1, (keys[1],))
    assert list(state(store)) == [keys[1]]
    assert title(store, keys[1]) == "hers"
    store.redo()
    assert list(state(store)) == keys


def test_an_import_with_one_document_used_since_keeps_that_one_and_what_it_needs(store: Store, other: Store) -> None:
    def work(draft: Draft) -> None:
        draft.add("projects", {"name": "a"})
        draft.add("projects", {"name": "b", "parent": "P-1"})
        draft.add("projects", {"name": "c"})

    store.transact(work, kind="import")
    add(other, "risks", title="r", project="P-2")
    assert store.undo().skipped == ("P-1", "P-2")
    assert sorted(state(store)) == ["P-1", "P-2", "R-1"]


def test_an_import_of_which_all_was_edited_is_not_undone(store: Store, other: Store) -> None:
    for key in imported(store, 2):
        change(other, key, title="hers")
    with pytest.raises(Edited):
        store.undo()


def test_any_other_transaction_is_undone_whole_or_not_at_all(store: Store, other: Store) -> None:
    keys: list[str] = []
    store.transact(lambda draft: keys.extend(draft.add("risks", {"title": str(number)}) for number in range(2)))
    change(other, keys[1], title="hers")
    with pytest.raises(Conflict):
        store.undo()
    assert sorted(state(store)) == keys


def test_history_tells_what_undid_what(store: Store) -> None:
    key = add(store, "risks", title="0")
    change(store, key, title="1")
    store.undo()
    store.redo()
    assert [(line.kind, line.undoes) for line in store.history(key)] == [
        ("", None),
        ("", None),
        ("undo", 2),
        ("redo", 3),
    ]
