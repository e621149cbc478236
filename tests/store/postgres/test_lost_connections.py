"""A connection that goes: nothing acknowledged is lost, nothing is doubled, and the session goes on by itself."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import psycopg
import pytest

from pmo_tui.records.errors import Conflict
from pmo_tui.store import Busy, Draft, Store, Transaction
from pmo_tui.store.postgres import writing
from pmo_tui.store.postgres.errors import Reconnecting, Unreachable, Unsure
from tests.contract.writes import add, change
from tests.store.postgres.conftest import Open, schema_of
from tests.store.postgres.ledger import REFUSED, Writer, all_wrote, compare, soon
from tests.store.postgres.server import PostgresServer, started
from tests.store.postgres.wire import AFTER, BEFORE, Wire


@pytest.fixture
def wire(postgres: PostgresServer) -> Iterator[Wire]:
    found = Wire(postgres.folder)
    yield found
    found.close()


def over(wire: Wire, url: str) -> str:
    """The same store, reached over the wire."""
    return url.replace(f"host={url.partition('host=')[2].partition('&')[0]}", f"host={wire.folder}")


def titles(store: Store) -> list[str]:
    store.refresh()
    return sorted(str(document["title"]) for document in store.shelf("risks").values())


@pytest.mark.parametrize("when", [BEFORE, AFTER])
def test_a_commit_whose_answer_is_lost_is_looked_up_and_there_once(
    url: str, opened: Open, wire: Wire, when: str
) -> None:
    store, other = opened(over(wire, url)), opened(url, "bob")
    add(store, "risks", title="first")
    wire.cut = when
    assert add(store, "risks", title="second") == "R-2"
    assert wire.cut == ""
    assert titles(store) == titles(other) == ["first", "second"]
    assert add(store, "risks", title="third") == "R-3"
    assert other.verify().sequence == 3


def test_a_commit_that_went_down_is_not_made_over_a_colleagues(url: str, opened: Open, wire: Wire) -> None:
    store, other = opened(over(wire, url)), opened(url, "bob")
    wire.cut, wire.meanwhile = BEFORE, lambda: add(other, "risks", title="bob's")
    with pytest.raises(Conflict):
        add(store, "risks", title="ann's")
    assert titles(store) == ["bob's"]
    assert add(store, "risks", title="ann's") == "R-2"


def test_a_commit_that_was_kept_is_acknowledged_though_a_colleague_went_on(url: str, opened: Open, wire: Wire) -> None:
    store, other = opened(over(wire, url)), opened(url, "bob")
    wire.cut, wire.meanwhile = AFTER, lambda: add(other, "risks", title="bob's")
    assert add(store, "risks", title="ann's") == "R-1"
    assert titles(store) == titles(other) == ["ann's", "bob's"]


@pytest.mark.parametrize(("when", "kept"), [(BEFORE, False), (AFTER, True)])
def test_what_stays_unsure_is_told_when_the_server_is_back(
    url: str, opened: Open, wire: Wire, when: str, kept: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "UNSURE_PATIENCE", 0.2)
    store = opened(over(wire, url))
    add(store, "risks", title="first")
    wire.cut, wire.meanwhile = when, lambda: setattr(wire, "refuse", True)
    with pytest.raises(Unsure, match="reconnecting"):
        add(store, "risks", title="second")
    assert store.head() == 1
    with pytest.raises(Reconnecting):
        add(store, "risks", title="third")
    wire.refuse = False
    key = add(store, "risks", title="third")
    assert key == ("R-3" if kept else "R-2")
    assert titles(store) == (["first", "second", "third"] if kept else ["first", "third"])
    (told,) = store.notices
    assert ("not kept" in told.words()) is not kept


def test_away_from_the_server_reads_go_on_and_writes_resume_by_themselves(url: str, opened: Open, wire: Wire) -> None:
    store, other = opened(over(wire, url)), opened(url, "bob")
    key = add(store, "risks", title="x")
    heard: list[Transaction] = []
    store.listen(heard.extend)
    assert soon(lambda: bool(store.others()))
    wire.refuse = True
    wire.break_all()
    assert (store.get(key) or {})["title"] == "x"
    assert store.shelf("risks").where("title", "x") == ["1"]
    for ask in (lambda: change(store, key, title="y"), store.refresh, lambda: list(store.history())):
        with pytest.raises(Reconnecting, match="reconnecting"):
            ask()
    assert [session.author for session in store.others()] == ["bob"]
    change(other, key, title="bob's")
    wire.refuse = False
    assert soon(lambda: len(heard) == 1)
    assert (store.get(key) or {})["title"] == "bob's"
    assert change(store, key, title="y") == 3
    assert [session.author for session in other.others()] == ["ann"]
    wire.break_all()
    assert change(store, key, title="z") == 4
    assert [line.sequence for line in store.history()] == [1, 2, 3, 4]


def test_a_connection_that_goes_while_a_change_is_worked_out_keeps_nothing(url: str, opened: Open, wire: Wire) -> None:
    store = opened(over(wire, url))

    def work(draft: Draft) -> None:
        draft.add("risks", {"title": "x"})
        wire.break_all()

    with pytest.raises(Reconnecting, match="Nothing was written"):
        store.transact(work)
    assert store.head() == 0
    assert add(store, "risks", title="y") == "R-1"
    assert store.verify().sequence == 1


def test_a_lock_that_stays_taken_is_said_with_who_is_on(url: str, opened: Open) -> None:
    store = opened(url.replace("&schema=", "&options=-c%20lock_timeout%3D100ms&schema="))
    opened(url, "bob")
    with psycopg.connect(url.partition("&schema=")[0]) as hanging:
        hanging.execute(f"SELECT FROM {schema_of(url)}.head FOR UPDATE".encode())
        with pytest.raises(Busy) as busy:
            add(store, "risks", title="x")
        assert "bob" in busy.value.hint.words()
        assert store.refresh() == []
    assert add(store, "risks", title="x") == "R-1"


def test_who_hangs_with_the_lock_loses_it(url: str, opened: Open) -> None:
    hanging = opened(
        url.replace("&schema=", "&options=-c%20idle_in_transaction_session_timeout%3D100ms&schema="), "bob"
    )
    store = opened(url)

    def work(draft: Draft) -> None:
        draft.add("risks", {"title": "bob's"})
        time.sleep(0.4)
        assert add(store, "risks", title="ann's") == "R-1"

    with pytest.raises(Reconnecting):
        hanging.transact(work)
    assert titles(hanging) == ["ann's"]


def test_a_server_that_never_answered_is_unreachable(url: str, opened: Open, wire: Wire) -> None:
    wire.refuse = True
    with pytest.raises(Unreachable):
        opened(over(wire, url))


def test_a_server_killed_and_started_again_loses_and_doubles_nothing(opened: Open) -> None:
    server = started()
    try:
        stop = threading.Event()
        writers = [Writer(opened(server.url(), f"w{number}"), number, stop) for number in range(WRITERS)]
        for writer in writers:
            writer.start()
        for _ in range(OUTAGES):
            assert all_wrote(writers, 5, seconds=30)
            server.kill()
            time.sleep(0.1)
            server.start()
        assert all_wrote(writers, 5, seconds=30)
        stop.set()
        for writer in writers:
            writer.join()
        found = opened(server.url(), "last", cache="none")
        there = compare(writers, found)
        assert sum(writer.count(REFUSED) for writer in writers) > 0
        assert found.verify().sequence == found.head() == there
        for store in (writer.store for writer in writers):
            store.refresh()
            assert store.verify().sum == found.head_sum()
    finally:
        server.stop()


WRITERS = 3
OUTAGES = 3
