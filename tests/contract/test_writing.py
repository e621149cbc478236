"""Adding, changing and deleting; keys, revisions and sequences; a transaction is whole or absent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from pmo_tui.records.errors import Conflict, NotFound, PmoError, Refused
from pmo_tui.store import Draft, Edited, Store
from tests.contract.places import Place
from tests.contract.writes import add, adding, change, delete, state


def test_a_new_store_is_empty_and_stands_at_nothing(store: Store) -> None:
    assert (store.head(), store.head_sum(), state(store)) == (0, "", {})


def test_what_was_added_has_a_key_and_the_revision_of_its_transaction(store: Store) -> None:
    key = add(store, "risks", title="Flood", probability=3)
    assert key == "R-1"
    assert store.get("R-1") == {"key": "R-1", "revision": 1, "title": "Flood", "probability": 3}
    assert store.head() == store.version("risks") == 1
    assert store.version("projects") == 0


def test_a_change_leaves_the_other_fields_and_none_removes_one(store: Store) -> None:
    key = add(store, "risks", title="Flood", status="open", probability=3)
    change(store, key, probability=4, status=None)
    assert store.get(key) == {"key": key, "revision": 2, "title": "Flood", "probability": 4}


def test_a_deleted_record_is_gone(store: Store) -> None:
    key = add(store, "risks", title="Flood")
    delete(store, key)
    assert store.get(key) is None
    assert len(store.shelf("risks")) == 0
    with pytest.raises(NotFound):
        change(store, key, title="Fire")


def test_revisions_are_the_sequences_of_transactions(store: Store) -> None:
    first, second = add(store, "risks", title="one"), add(store, "risks", title="two")

    def both(draft: Draft) -> None:
        draft.change(first, {"title": "1"})
        draft.change(second, {"title": "2"})

    assert store.transact(both) == 3
    assert [document["revision"] for document in store.shelf("risks").values()] == [3, 3]
    assert change(store, second, title="zwei") == 4
    assert [document["revision"] for document in store.shelf("risks").values()] == [3, 4]


def test_a_transaction_without_changes_is_none(store: Store) -> None:
    key = add(store, "risks", title="one")
    assert change(store, key, title="one") == 1
    assert store.transact(lambda draft: None) == 1
    assert store.transact(lambda draft: draft.delete(draft.add("risks", {"title": "x"}))) == 1
    assert store.get(key) == {"key": key, "revision": 1, "title": "one"}


@pytest.mark.parametrize("end", ["raises", "dangles", "refused"])
def test_what_is_refused_leaves_nothing_behind_in_memory_or_elsewhere(place: Place, store: Store, end: str) -> None:
    kept = add(store, "risks", title="one")
    before = state(store)

    def work(draft: Draft) -> None:
        draft.change(kept, {"title": "changed"})
        draft.add("risks", {"title": "new"})
        if end == "raises":
            raise RuntimeError("stop")
        draft.add("risks", {"title": "bad", "project": "P-9"} if end == "dangles" else {"title": float("nan")})

    with pytest.raises(RuntimeError if end == "raises" else Refused):
        store.transact(work)
    assert state(store) == before
    assert store.head() == 1
    assert store.shelf("risks").where("title", "changed") == []
    assert state(place.open("cas")) == before


def test_a_refused_transaction_gives_no_key_away(store: Store) -> None:
    add(store, "risks", title="one")
    with pytest.raises(Refused):
        add(store, "risks", title="bad", project="P-9")
    assert add(store, "risks", title="two") == "R-2"


def test_keys_are_never_given_twice(place: Place, store: Store) -> None:
    keys = [add(store, "risks", title=str(number)) for number in range(3)]
    delete(store, keys[2])
    assert add(store, "risks", title="after a delete") == "R-4"
    store.undo()
    assert add(store, "risks", title="after an undo") == "R-5"
    delete(store, "R-5")
    store.close()
    again = place.open()
    assert add(again, "risks", title="after opening again") == "R-6"
    again.checkpoint()
    delete(again, "R-6")
    again.checkpoint()
    again.close()
    assert add(place.open(), "risks", title="after a checkpoint") == "R-7"


def test_two_sessions_draw_different_keys(store: Store, other: Store) -> None:
    keys = [add(session, "risks", title="x") for session in (store, other, store, other)]
    assert keys == ["R-1", "R-2", "R-3", "R-4"]


def test_registers_count_their_keys_apart(store: Store) -> None:
    assert [add(store, name, name="x", title="x") for name in ("risks", "issues", "projects", "risks")] == [
        "R-1",
        "I-1",
        "P-1",
        "R-2",
    ]


def test_a_key_may_be_given_above_all_that_were(store: Store) -> None:
    store.transact(adding("risks", {"title": "imported"}, "R-40"))
    assert add(store, "risks", title="next") == "R-41"
    with pytest.raises(Conflict):
        store.transact(adding("risks", {"title": "late"}, "R-7"))
    with pytest.raises(Conflict):
        store.transact(adding("risks", {"title": "twice"}, "R-41"))


@pytest.mark.parametrize("key", ["P-3", "R-0", "R-01", "R-x", "R-", "", "R-٣", "R--1"])
def test_what_is_no_key_of_the_register_is_refused(store: Store, key: str) -> None:
    with pytest.raises(PmoError):
        store.transact(adding("risks", {"title": "x"}, key))
    assert store.head() == 0


VALUES: list[Any] = [
    0, -1, 2**53 + 1, 1.5, 1e300, True, False, "", "é", "日本", "\x1b[31m", '"}\n{"', [1, [2, {"a": None}]], {"a": {}}, [],
]  # fmt: skip


@pytest.mark.parametrize("value", VALUES, ids=ascii)
def test_values_come_back_as_they_were(place: Place, store: Store, value: Any) -> None:
    key = add(store, "risks", title="t", extra={"x": value})
    store.close()
    found = place.open().get(key)
    assert found is not None
    assert found["extra"]["x"] == value
    assert type(found["extra"]["x"]) is type(value)


def test_amounts_and_dates_are_kept_as_text(store: Store) -> None:
    key = add(store, "risks", title="t", amount=Decimal("10.00"), due=date(2026, 2, 28))
    assert store.get(key) == {"key": key, "revision": 1, "title": "t", "amount": "10.00", "due": "2026-02-28"}


@pytest.mark.parametrize(
    "value",
    [float("nan"), float("inf"), Decimal("NaN"), "\ud800", object(), {1: 2}],
    ids=lambda value: type(value).__name__,
)
def test_what_cannot_be_kept_is_refused_by_field(store: Store, value: Any) -> None:
    with pytest.raises(Refused) as refused:
        add(store, "risks", title="t", extra={"x": value})
    assert [problem.field.startswith("extra") for problem in refused.value.problems] == [True]


def test_one_and_true_and_one_point_zero_are_three_values(store: Store) -> None:
    key = add(store, "risks", title="t", extra={"x": 1})
    assert [change(store, key, extra={"x": value}) for value in (True, 1.0, 1, 1)] == [2, 3, 4, 4]


def test_a_draft_sees_its_own_changes_and_others_do_not_yet(store: Store, other: Store) -> None:
    key = add(store, "risks", title="old")
    other.refresh()
    seen: list[Any] = []

    def work(draft: Draft) -> None:
        new = draft.add("risks", {"title": "fresh"})
        draft.change(key, {"title": "changed"})
        seen.extend([draft.get(key), draft.exists(new), draft.find("risks", "title", "fresh"), other.get(key)])
        seen.append(draft.find("risks", "title", "old"))

    store.transact(work)
    assert seen[0]["title"] == "changed"
    assert seen[1:3] == [True, ["R-2"]]
    assert seen[3]["title"] == "old"
    assert seen[4] == []


def test_what_a_draft_finds_follows_what_it_goes_on_to_write(store: Store) -> None:
    kept, gone = add(store, "risks", title="a", tags=["x"]), add(store, "risks", title="a", tags=["x"])
    found: list[Any] = []

    def work(draft: Draft) -> None:
        def look() -> None:
            found.append([draft.find("risks", "title", "a"), draft.find("risks", "tags", "x")])

        new = draft.add("risks", {"title": "a"})
        look()
        draft.change(new, {"tags": ["x"]})
        draft.change(kept, {"title": "b"})
        draft.change(kept, {"tags": ["y"]})
        draft.delete(gone)
        look()
        draft.change(kept, {"title": "a"})
        draft.delete(new)
        look()

    store.transact(work)
    assert found[0] == [["R-1", "R-2", "R-3"], ["R-1", "R-2"]]
    assert found[1] == [["R-3"], ["R-3"]]
    assert found[2] == [["R-1"], []]
    assert list(state(store)) == ["R-1"]
    assert store.verify().sequence == 3


def test_what_a_change_was_given_may_go_on_changing(store: Store) -> None:
    key = add(store, "risks", title="t", tags=["a"])
    tags = ["b"]

    def work(draft: Draft) -> None:
        draft.change(key, {"tags": tags})
        tags.append("c")
        seen = draft.get(key) or {}
        seen["tags"].append("d")
        draft.change(key, {"title": "u"})

    store.transact(work)
    assert (store.get(key) or {})["tags"] == ["b"]
    last = list(store.history(key))[-1].ops[0]
    assert (last.old, last.new) == ({"title": "t", "tags": ["a"]}, {"title": "u", "tags": ["b"]})


def test_what_cannot_be_taken_into_memory_is_not_kept(
    store: Store, other: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = add(store, "risks", title="old")
    before = (store.head_sum(), state(store))

    def broken(transactions: Any) -> Any:
        raise MemoryError

    monkeypatch.setattr(store._replica, "prepare", broken)
    with pytest.raises(MemoryError):
        change(store, key, title="new")
    monkeypatch.undo()
    assert (store.head_sum(), state(store)) == before
    other.refresh()
    assert state(other) == before[1]
    change(store, key, title="newer")
    assert other.verify().sequence == 2


def test_what_a_caller_does_to_a_document_it_was_given_changes_nothing(store: Store) -> None:
    key = add(store, "risks", title="t", tags=["a"])
    found = store.get(key)
    assert found is not None
    found["tags"].append("b")
    assert store.get(key) == {"key": key, "revision": 1, "title": "t", "tags": ["a"]}


def test_no_update_is_lost_between_sessions(store: Store, other: Store) -> None:
    key = add(store, "risks", title="t", probability=0)

    def more(draft: Draft) -> None:
        draft.change(key, {"probability": (draft.get(key) or {})["probability"] + 1})

    for session in (store, other) * 5:
        session.transact(more)
    store.refresh()
    assert (store.get(key) or {})["probability"] == 10


def test_who_looked_at_an_older_revision_is_told_who_changed_it_and_when(store: Store, other: Store) -> None:
    key = add(store, "risks", title="t")
    seen = (other.get(key) or {}).get("revision", 1)
    change(store, key, title="Ann's")
    with pytest.raises(Edited) as edited:
        change(other, key, revision=seen, title="Bob's")
    found = edited.value
    assert (found.key, found.author, found.sequence) == (key, "ann", 2)
    assert found.time is not None
    assert datetime.now(UTC) - found.time < timedelta(minutes=1)
    assert key in str(found)
    assert "ann" in str(found)
    assert (other.get(key) or {})["title"] == "Ann's"


@pytest.mark.parametrize("then", [change, lambda store, key, revision: delete(store, key, revision=revision)])
def test_who_looked_at_a_record_that_was_deleted_is_told_by_whom(
    store: Store, other: Store, then: Callable[[Store, str, int], int]
) -> None:
    key = add(store, "risks", title="t")
    other.refresh()
    delete(store, key)
    with pytest.raises(Edited) as edited:
        then(other, key, 1)
    assert (edited.value.author, edited.value.sequence) == ("ann", 2)


def test_what_is_written_with_the_revision_of_now_is_written(store: Store, other: Store) -> None:
    key = add(store, "risks", title="t")
    change(store, key, title="u")
    assert change(other, key, revision=2, title="v") == 3
    assert delete(store, key, revision=3) == 4


def test_times_never_go_back(store: Store, other: Store) -> None:
    import time_machine

    for session, day in ((store, 20), (other, 10), (store, 15), (other, 21)):
        with time_machine.travel(datetime(2026, 3, day, 12, tzinfo=UTC)):
            add(session, "risks", title=str(day))
    assert [line.time.day for line in other.history()] == [20, 20, 20, 21]
