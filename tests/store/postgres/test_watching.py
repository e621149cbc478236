"""Hearing of others' commits: by NOTIFY within 50 ms, and by looking where nobody notifies."""

from __future__ import annotations

import statistics
import threading
import time

import pytest

from pmo_tui.store import Store, Transaction
from pmo_tui.store.postgres import watching
from tests.contract.writes import add
from tests.store.postgres.conftest import Open, schema_of
from tests.store.postgres.ledger import soon
from tests.store.postgres.server import ask

PROMISED = 0.05
"""Seconds until another session has taken a commit in."""


class Ear:
    """Notes when it hears of each transaction."""

    def __init__(self, store: Store) -> None:
        self.heard: list[Transaction] = []
        self.times: list[float] = []
        self.stop = store.listen(self)

    def __call__(self, transactions: list[Transaction]) -> None:
        self.times.append(time.monotonic())
        self.heard += transactions


def settled(store: Store, ear: Ear) -> None:
    """Wait until the listener is on, by a commit that it hears."""
    add(store, "issues", title="first")
    assert soon(lambda: len(ear.heard) == 1)
    ear.times.clear()


def test_a_commit_is_seen_elsewhere_within_fifty_milliseconds(url: str, opened: Open) -> None:
    store, other = opened(url), opened(url, "bob")
    ear = Ear(other)
    settled(store, ear)
    delays: list[float] = []
    for number in range(20):
        add(store, "risks", title=str(number))
        done = time.monotonic()
        assert soon(lambda: len(ear.times) > len(delays))
        delays.append(ear.times[-1] - done)
    assert statistics.median(delays) < PROMISED
    assert [line.sequence for line in ear.heard] == list(range(1, 22))


def test_where_nobody_notifies_looking_finds_it(url: str, opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "LOOK_EVERY", 0.1)
    store, other = opened(url), opened(url, "bob")
    ear = Ear(other)
    settled(store, ear)
    silence(url)
    add(store, "risks", title="x")
    assert soon(lambda: len(ear.heard) == 2)


def silence(url: str) -> None:
    """Let commits notify another channel."""
    source = ask(f"SELECT pg_get_functiondef('{schema_of(url)}.append(text, text, jsonb)'::regprocedure)")[0][0]
    ask(source.replace(f"'pmo_{schema_of(url)}'", "'nobody_listens'"))


def test_a_listener_ends_with_its_store(url: str, opened: Open) -> None:
    store = opened(url)
    before = threading.active_count()
    Ear(store)
    assert threading.active_count() == before + 1
    store.close()
    assert soon(lambda: threading.active_count() == before)
    schema = f"%{schema_of(url)}%"
    assert soon(
        lambda: not ask("SELECT 1 FROM pg_stat_activity WHERE query LIKE %s AND pid <> pg_backend_pid()", schema)
    )
