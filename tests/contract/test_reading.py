"""What the history answers: since, history, at; and TinyDB's queries on the live registers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from tinydb import where

from pmo_tui.records.errors import WrongUse
from pmo_tui.store import Draft, Store
from pmo_tui.store.tinydb_storage import tinydb
from tests.contract.places import Place
from tests.contract.writes import add, adding, change, delete, state


def told(store: Store) -> list[tuple[int, str, str]]:
    return [(line.sequence, line.author, line.note) for line in store.history()]


def test_since_gives_what_came_after_in_order(store: Store, other: Store) -> None:
    for session in (store, other, store):
        add(session, "risks", title="x")
    other.refresh()
    assert [[line.sequence for line in other.since(number)] for number in range(4)] == [[1, 2, 3], [2, 3], [3], []]


def test_history_says_who_when_why_and_what(store: Store) -> None:
    before = datetime.now(UTC)
    assert store.transact(adding("risks", {"title": "old"}), note="found at the meeting") == 1
    change(store, "R-1", title="new", probability=3)
    delete(store, "R-1")
    lines = list(store.history("R-1"))
    assert [(line.sequence, line.author, line.login, line.note) for line in lines] == [
        (1, "ann", "ann.l", "found at the meeting"),
        (2, "ann", "ann.l", ""),
        (3, "ann", "ann.l", ""),
    ]
    assert [(op.old, op.new, op.was) for line in lines for op in line.ops] == [
        (None, {"title": "old"}, 0),
        ({"title": "old"}, {"title": "new", "probability": 3}, 1),
        ({"title": "new", "probability": 3}, None, 2),
    ]
    assert all(before <= line.time <= datetime.now(UTC) for line in lines)
    assert len({line.tx for line in lines}) == 3


def test_history_of_one_record_leaves_out_those_that_only_mention_it(store: Store) -> None:
    add(store, "projects", name="x")
    add(store, "risks", title='"key":"P-1"', project="P-1")
    change(store, "P-1", name="y")
    assert [line.sequence for line in store.history("P-1")] == [1, 3]
    assert [line.sequence for line in store.history("P-7")] == []


def test_at_a_sequence_the_registers_stand_as_they_stood(store: Store) -> None:
    states = [state(store)]
    key = add(store, "risks", title="0")
    states.append(state(store))
    for work in (
        lambda: change(store, key, title="1", probability=2),
        lambda: add(store, "projects", name="p"),
        lambda: change(store, key, probability=None, project="P-1"),
        lambda: delete(store, key),
        lambda: store.undo(),
        store.checkpoint,
        lambda: change(store, "P-1", name="q"),
    ):
        work()
        if store.head() == len(states):
            states.append(state(store))
    assert len(states) == store.head() + 1
    for sequence, expected in enumerate(states):
        then = store.at(sequence)
        assert (then.head(), state(then)) == (sequence, expected)


def test_the_past_has_the_sum_it_had_then(store: Store) -> None:
    sums = [store.head_sum()]
    for number in range(3):
        add(store, "risks", title=str(number))
        sums.append(store.head_sum())
    assert [store.at(sequence).head_sum() for sequence in range(4)] == sums
    assert len(set(sums)) == 4


def test_at_a_time_it_is_the_last_transaction_at_or_before_it(store: Store) -> None:
    noon = datetime(2026, 3, 2, 12, tzinfo=UTC)
    for hour in range(3):
        with time_machine.travel(noon + timedelta(hours=hour), tick=False):
            add(store, "risks", title=str(hour))
    moments = [-1, 0, 1, 30, 60, 119, 120, 999]
    assert [store.at(noon + timedelta(minutes=minute)).head() for minute in moments] == [0, 1, 1, 1, 2, 2, 3, 3]
    assert [store.moment(noon + timedelta(minutes=minute)) for minute in moments] == [0, 1, 1, 1, 2, 2, 3, 3]
    assert store.at(noon.astimezone().replace(tzinfo=None)).head() == 1


@pytest.mark.parametrize("sequence", [-1, 2])
def test_a_sequence_that_never_was_is_wrong_use(store: Store, sequence: int) -> None:
    add(store, "risks", title="x")
    with pytest.raises(WrongUse):
        store.at(sequence)


def test_the_past_stays_as_it_is_while_the_present_goes_on(store: Store) -> None:
    key = add(store, "risks", title="then")
    then = store.at(1)
    change(store, key, title="now")
    assert (then.get(key) or {})["title"] == "then"
    assert then.shelf("risks").where("title", "then") == ["1"]


def test_indexes_columns_and_order_follow_every_change(store: Store, other: Store) -> None:
    for due, owner in (("2026-03-01", "a"), ("2026-01-01", "b"), (None, "a")):
        add(store, "actions", due=due, owner_name=owner)
    shelf = store.shelf("actions")
    assert shelf.where("owner_name", "a") == ["1", "3"]
    assert (shelf.sorted_by("due"), shelf.column("due")) == (["2", "1", "3"], ["2026-03-01", "2026-01-01", None])
    handed_out = shelf.column("due")
    change(other, "A-1", owner_name="b", due="2025-01-01")
    delete(other, "A-2")
    add(other, "actions", due="2024-01-01", owner_name="a")
    store.refresh()
    assert (shelf.where("owner_name", "a"), shelf.where("owner_name", "b")) == (["3", "4"], ["1"])
    assert (shelf.numbers(), shelf.column("due")) == (["1", "3", "4"], ["2025-01-01", None, "2024-01-01"])
    assert shelf.sorted_by("due") == ["4", "1", "3"]
    assert shelf.where("due", None) == ["3"]
    assert handed_out == ["2026-03-01", "2026-01-01", None]


def test_an_index_finds_what_stands_in_the_rows_of_a_document(store: Store) -> None:
    for name in "ab":
        add(store, "projects", name=name)
    add(store, "orders", lines=[{"project": "P-1"}, {"project": "P-2"}])
    add(store, "orders", lines=[{"project": "P-2"}])
    shelf = store.shelf("orders")
    assert (shelf.where("lines.project", "P-1"), shelf.where("lines.project", "P-2")) == (["1"], ["1", "2"])


def test_tinydb_queries_run_on_the_live_registers(store: Store, other: Store) -> None:
    def work(draft: Draft) -> None:
        for number in range(1, 6):
            draft.add("risks", {"title": f"risk {number}", "probability": number, "extra": {"a": [number]}})

    store.transact(work)
    table = tinydb(store).table("risks")
    high = where("probability") >= 4
    assert [found.doc_id for found in table.search(high)] == [4, 5]
    assert table.count(where("title").matches("risk [12]")) == 2
    assert table.get(doc_id=3) == {
        "key": "R-3",
        "revision": 1,
        "title": "risk 3",
        "probability": 3,
        "extra": {"a": [3]},
    }
    assert [found["key"] for found in table.search(where("extra").a.any([2]))] == ["R-2"]
    assert len(table.all()) == len(table) == 5
    change(other, "R-1", probability=5)
    store.refresh()
    assert [found.doc_id for found in table.search(high)] == [1, 4, 5]
    assert tinydb(store.at(1)).table("risks").count(high) == 2


def test_tinydb_does_not_write_past_the_journal(store: Store) -> None:
    add(store, "risks", title="x")
    with pytest.raises(TypeError):
        tinydb(store).table("risks").insert({"title": "y"})
    assert store.head() == 1
    assert len(store.shelf("risks")) == 1


def test_opened_again_everything_is_as_it_was(place: Place, store: Store) -> None:
    for number in range(4):
        add(store, "risks", title=str(number))
    change(store, "R-2", title="x")
    delete(store, "R-3")
    store.undo()
    kept = (state(store), store.head(), store.head_sum(), told(store), store.version("risks"))
    for _ in range(2):
        again = place.open()
        assert (state(again), again.head(), again.head_sum(), told(again), again.version("risks")) == kept
        again.checkpoint()
