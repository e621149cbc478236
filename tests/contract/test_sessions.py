"""Several sessions on one store: who hears of what, and what each thread sees."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import pytest

from pmo_tui.store import Draft, Store, Transaction
from tests.contract.places import Place
from tests.contract.writes import add, change

SOON = 30.0
"""Seconds after which something that should have happened did not."""


def until(condition: Callable[[], bool]) -> bool:
    """Whether it becomes true in time."""
    end = time.monotonic() + SOON
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.002)
    return True


def test_a_second_session_hears_of_each_commit_once_and_in_order(store: Store, other: Store) -> None:
    heard: list[Transaction] = []
    other.listen(heard.extend)
    for number in range(20):
        add(store, "risks", title=str(number))
        if number % 3 == 0:
            other.refresh()
        if number % 5 == 0:
            add(other, "issues", title="own")
    assert until(lambda: len(heard) >= 20)
    time.sleep(0.05)
    assert [op.key for transaction in heard for op in transaction.ops] == [f"R-{number}" for number in range(1, 21)]
    assert {transaction.author for transaction in heard} == {"ann"}


def test_the_replica_is_up_to_date_when_a_listener_is_called(store: Store, other: Store) -> None:
    seen: list[object] = []
    other.listen(lambda found: seen.append(other.get(found[-1].ops[0].key)))
    add(store, "risks", title="x")
    assert until(lambda: bool(seen))
    assert seen == [{"key": "R-1", "revision": 1, "title": "x"}]


def test_who_stopped_listening_hears_nothing_more(store: Store, other: Store) -> None:
    first: list[Transaction] = []
    second: list[Transaction] = []
    stop = other.listen(first.extend)
    other.listen(second.extend)
    add(store, "risks", title="1")
    assert until(lambda: len(second) == 1)
    stop()
    add(store, "risks", title="2")
    assert until(lambda: len(second) == 2)
    assert len(first) == 1


def test_a_session_that_only_reads_hears_of_commits_too(place: Place, store: Store) -> None:
    add(store, "risks", title="1")
    reader = place.open("cas", read_only=True)
    heard: list[Transaction] = []
    reader.listen(heard.extend)
    add(store, "risks", title="2")
    assert until(lambda: len(heard) == 1)
    assert len(reader.shelf("risks")) == 2


def test_one_sees_who_else_is_on(place: Place, store: Store, other: Store) -> None:
    assert [(session.author, session.login) for session in store.others()] == [("bob", "bob.l")]
    other.close()
    assert store.others() == []


def test_threads_of_one_session_commit_one_after_the_other(store: Store) -> None:
    add(store, "risks", title="t", probability=0)

    def more(draft: Draft) -> None:
        draft.change("R-1", {"probability": (draft.get("R-1") or {})["probability"] + 1})

    threads = [threading.Thread(target=lambda: [store.transact(more) for _ in range(10)]) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (store.get("R-1") or {})["probability"] == 40
    assert store.head() == 41


def test_a_transaction_inside_a_transaction_is_a_mistake_that_says_so(store: Store) -> None:
    def work(draft: Draft) -> None:
        add(store, "risks", title="x")

    with pytest.raises(RuntimeError, match="draft"):
        store.transact(work)
    add(store, "risks", title="x")


def test_readers_see_whole_transactions(store: Store, other: Store) -> None:
    add(store, "risks", title="0")
    add(store, "issues", title="0")
    torn: list[tuple[object, object]] = []
    done = threading.Event()

    def look() -> None:
        while not done.is_set():
            other.refresh()
            with other.steady():
                pair = [(other.get(key) or {}).get("title") for key in ("R-1", "I-1")]
            if pair[0] != pair[1]:
                torn.append((pair[0], pair[1]))

    thread = threading.Thread(target=look)
    thread.start()

    def both(title: str) -> Callable[[Draft], None]:
        def work(draft: Draft) -> None:
            draft.change("R-1", {"title": title})
            draft.change("I-1", {"title": title})

        return work

    for number in range(1, 60):
        store.transact(both(str(number)))
    done.set()
    thread.join()
    assert torn == []
    other.refresh()
    assert (other.get("I-1") or {})["title"] == "59"


def test_nothing_is_taken_in_while_a_reader_holds_the_store_steady(store: Store, other: Store) -> None:
    key = add(store, "risks", title="0")
    other.refresh()
    change(store, key, title="1")
    with other.steady():
        thread = threading.Thread(target=other.refresh)
        thread.start()
        thread.join(0.1)
        assert (other.get(key) or {})["title"] == "0"
    thread.join()
    assert (other.get(key) or {})["title"] == "1"
