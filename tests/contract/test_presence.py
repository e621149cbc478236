"""Who is on, and at which record, as the others see it."""

from __future__ import annotations

import os
import signal
import threading

import pytest

from pmo_tui.store import Store
from tests.contract.places import Place
from tests.contract.test_sessions import until
from tests.contract.writes import add
from tests.store.children import ended, kill, start


class Ear:
    """Hears when who is on changed, and keeps what it saw then."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.times = 0
        store.listen(lambda found: None, self._heard)

    def _heard(self) -> None:
        self.times += 1

    def sees(self) -> list[tuple[str, str, bool]]:
        """Author, record, and whether it is edited."""
        return [(each.author, each.key, each.edits) for each in self.store.others()]


def test_where_a_colleague_is_shows_by_itself(place: Place, store: Store) -> None:
    ear = Ear(store)
    other = place.open("bob")
    assert until(lambda: ear.sees() == [("bob", "", False)])
    heard = ear.times
    other.be_at("R-1")
    assert until(lambda: ear.times > heard and ear.sees() == [("bob", "R-1", False)])
    first = store.others()[0].at_since
    other.be_at("R-1", edits=True)
    assert until(lambda: ear.sees() == [("bob", "R-1", True)])
    again = store.others()[0].at_since
    assert first is not None
    assert again is not None
    assert again >= first
    other.be_at("")
    assert until(lambda: ear.sees() == [("bob", "", False)])
    assert store.others()[0].at_since is None
    heard = ear.times
    other.close()
    assert until(lambda: ear.times > heard and ear.sees() == [])


def test_who_is_killed_is_gone(place: Place, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pmo_tui.store.postgres.watching.LOOK_EVERY", 0.5)  # a server tells of nobody's death
    add(store, "risks", title="x")
    ear = Ear(store)

    def sit() -> None:
        place.open("cas").be_at("R-1", edits=True)
        signal.pause()

    child = start(sit)
    assert until(lambda: ear.sees() == [("cas", "R-1", True)])
    kill(child)
    assert until(lambda: ear.sees() == [])


def test_who_only_reads_sees_the_others_and_is_not_seen(place: Place, store: Store) -> None:
    add(store, "risks", title="x")
    reader = place.open("cas", read_only=True)
    reader.be_at("R-1", edits=True)
    ear = Ear(reader)
    store.be_at("R-1")
    assert until(lambda: ear.sees() == [("ann", "R-1", False)])
    assert store.others() == []


def test_two_sessions_of_one_person_are_two(place: Place, store: Store) -> None:
    again = place.open("ann")
    again.be_at("R-1")
    assert [(each.author, each.key) for each in store.others()] == [("ann", "R-1")]


def test_commits_go_on_while_many_come_and_go(place: Place, store: Store) -> None:
    heard: list[int] = []
    store.listen(lambda found: heard.extend(each.sequence for each in found), lambda: None)
    other = place.open("bob")
    done = threading.Event()

    def move() -> None:
        number = 0
        while not done.is_set():
            number += 1
            other.be_at(f"R-{number}")
            done.wait(0.002)

    thread = threading.Thread(target=move)
    thread.start()
    for number in range(10):
        add(other, "risks", title=str(number))
    assert until(lambda: len(heard) == 10)
    done.set()
    thread.join()


@pytest.mark.parametrize("stop", [signal.SIGSTOP])
def test_a_suspended_program_is_not_here_until_it_goes_on(
    tmp_path: object, stop: signal.Signals, place: Place, store: Store
) -> None:
    if "://" in place.location:
        pytest.skip("a server is told by the program itself when it is suspended")

    def sit() -> None:
        place.open("cas")
        signal.pause()

    child = start(sit)
    assert until(lambda: [each.author for each in store.others()] == ["cas"])
    os.kill(child, stop)
    assert until(lambda: store.others() == [])
    os.kill(child, signal.SIGCONT)
    assert until(lambda: [each.author for each in store.others()] == ["cas"])
    os.kill(child, signal.SIGKILL)
    ended(child)
