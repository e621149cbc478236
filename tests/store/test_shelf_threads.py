"""Threads that read and write a store's tables at the same time: nobody waits for ever, nobody waits for an index, and none is wrong."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor

import pytest
from msgspec import Raw

from pmo_tui.store import shelf as module
from pmo_tui.store.indexes import HashIndex
from pmo_tui.store.shelf import Shelf
from pmo_tui.store.values import Json, encode

SOON = 10
"""Seconds after which whoever has not come back is taken to wait for ever."""


def table(count: int) -> Raw:
    """A table as a snapshot holds it."""
    documents = (b'"%d":%b' % (n, encode({"title": f"Risk {n}", "project": "P-1"})) for n in range(1, count + 1))
    return Raw(b"{" + b",".join(documents) + b"}")


def test_two_threads_that_take_tables_apart_do_not_wait_for_each_other() -> None:
    """One holds the store still and reads a table; another began to read one before, and has to wait for the first."""
    lock = threading.RLock()
    first, second = Shelf(table(3), lock), Shelf(table(5), lock)
    held, begun = threading.Event(), threading.Event()
    found: list[int] = []

    def hold_still() -> None:
        with lock:
            held.set()
            assert begun.wait(SOON)
            end.wait(0.2)  # until the other one stands before the lock
            found.append(len(second.numbers()))

    def read() -> None:
        assert held.wait(SOON)
        begun.set()
        found.append(len(first))

    end = threading.Event()
    threads = [threading.Thread(target=each, daemon=True) for each in (hold_still, read)]
    for each in threads:
        each.start()
    for each in threads:
        each.join(SOON)
    assert sorted(found) == [3, 5]


def test_all_threads_get_the_same_table() -> None:
    shelf, together = Shelf(table(2_000)), threading.Barrier(8)

    def read(place: int) -> list[str]:
        together.wait(SOON)
        return [title["title"] for title in shelf.values()] if place % 2 else shelf.where("project", "P-1")

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(read, range(8)))
    assert {tuple(each) for each in found[1::2]} == {tuple(f"Risk {number}" for number in range(1, 2_001))}
    assert {tuple(each) for each in found[::2]} == {tuple(str(number) for number in range(1, 2_001))}


class Gate:
    """Makes an index, but not before it is let."""

    def __init__(self, make: Callable[[str, Iterable[tuple[str, Raw]]], object]) -> None:
        self.make = make
        self.reached, self.open = threading.Event(), threading.Event()

    def __call__(self, name: str, documents: Iterable[tuple[str, Raw]]) -> object:
        taken = list(documents)
        self.reached.set()
        assert self.open.wait(SOON)
        return self.make(name, taken)


def in_time(work: Callable[[], object]) -> None:
    """Do it in a thread, which has to be done soon."""
    done = threading.Thread(target=work, daemon=True)
    done.start()
    done.join(SOON)
    assert not done.is_alive()


@pytest.mark.parametrize("kind", ["HashIndex", "SortedIndex"])
def test_while_an_index_is_made_others_read_and_write_and_it_is_right_then(
    kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf, gate = Shelf(table(4)), Gate(getattr(module, kind))
    monkeypatch.setattr(module, kind, gate)

    def ask() -> list[str]:
        return shelf.where("project", "P-2") if kind == "HashIndex" else shelf.sorted_by("project")

    def write() -> None:
        before = shelf["2"]
        shelf.put("2", before, before | {"project": "P-2"})
        made: Json = {"title": "Later", "project": "P-2"}
        shelf.put("9", None, made)
        shelf.put("9", made, made | {"project": "P-0"})
        shelf.put("1", shelf["1"], None)

    with ThreadPoolExecutor(1) as pool:
        asked = pool.submit(ask)
        assert gate.reached.wait(SOON)
        try:
            in_time(write)
            in_time(shelf.numbers)
        finally:
            gate.open.set()
        expected = ["2"] if kind == "HashIndex" else ["9", "3", "4", "2"]
        assert asked.result(SOON) == expected
    assert ask() == expected
    shelf.put("3", shelf["3"], None)
    assert ask() == [number for number in expected if number != "3"]


def test_an_index_that_two_threads_make_at_once_is_kept_up_to_date(monkeypatch: pytest.MonkeyPatch) -> None:
    shelf, gate = Shelf(table(3)), Gate(HashIndex)
    monkeypatch.setattr(module, "HashIndex", gate)
    with ThreadPoolExecutor(2) as pool:
        asked = [pool.submit(shelf.where, "project", "P-1") for _ in range(2)]
        assert gate.reached.wait(SOON)
        shelf.put("2", shelf["2"], None)
        gate.open.set()
        assert [each.result(SOON) for each in asked] == [["1", "3"]] * 2
    shelf.put("1", shelf["1"], None)
    assert shelf.where("project", "P-1") == ["3"]
