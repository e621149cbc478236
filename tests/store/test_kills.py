"""Acknowledged is present after any kill; a transaction is whole or absent."""

from __future__ import annotations

import itertools
import os
import random
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from pmo_tui.store import Draft, Store, open_store
from tests.store import children

WRITERS = ("ann", "bob")


def write_until_killed(path: Path, name: str, ledger: Path, seed: int) -> None:
    """Commit pairs of documents for ever, each time noting in the ledger what was acknowledged."""
    chance = random.Random(seed)
    out = os.open(ledger, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    with open_store(path, author=name) as store:
        for number in itertools.count():
            token = f"{name}-{seed}-{number}"
            sequence = store.transact(_pair(token, "x" * chance.choice((1, 100, 9000))))
            os.write(out, f"{sequence} {token}\n".encode())
            if chance.random() < 0.1:
                store.checkpoint()


def _pair(token: str, filling: str) -> Callable[[Draft], None]:
    def work(draft: Draft) -> None:
        risk = draft.add("risks", {"title": token, "notes": filling})
        draft.add("actions", {"title": token, "about": risk})

    return work


def acknowledged(ledger: Path) -> dict[int, str]:
    """What the writers were told is kept: token by sequence. The last line may be cut off."""
    lines = ledger.read_text(encoding="utf-8").split("\n")[:-1]
    return {int(sequence): token for sequence, token in (line.split() for line in lines)}


def check(store: Store, ledger: Path) -> tuple[int, int]:
    """Compare a store with its ledger: how many were acknowledged, how many are kept beyond those."""
    promised = acknowledged(ledger)
    found = {line.sequence: {(op.new or {})["title"] for op in line.ops} for line in store.history()}
    lost = {sequence: token for sequence, token in promised.items() if found.get(sequence) != {token}}
    assert lost == {}
    assert list(found) == list(range(1, store.head() + 1))
    risks, actions = store.shelf("risks"), store.shelf("actions")
    assert [risk["title"] for risk in risks.values()] == [action["title"] for action in actions.values()]
    assert len(risks) == len(found) == store.verify().sequence
    return len(promised), len(found) - len(promised)


def kill_again_and_again(folder: Path, rounds: int) -> None:
    path, ledger = folder / "pmo.json", folder / "ledger"
    chance = random.Random(7)
    open_store(path, author="cas").close()
    ledger.touch()
    torn = kills = 0
    for number in range(rounds):
        writers = [
            children.start(lambda name=name, seed=seed: write_until_killed(path, name, ledger, seed))  # type: ignore[misc]
            for seed, name in enumerate(WRITERS, 10 * number)
        ]
        for writer in writers:
            time.sleep(chance.uniform(0.005, 0.05))
            children.kill(writer)
            kills += 1
        with open_store(path, author="cas") as store:
            torn += len(store.notices)
            if number % 10 == 9:
                check(store, ledger)
    with open_store(path, author="cas") as store:
        promised, beyond = check(store, ledger)
    print(f"kills {kills}, acknowledged {promised}, whole but not acknowledged {beyond}, cut off {torn}, lost 0")
    assert promised > 2 * rounds
    assert beyond <= kills


def test_nothing_acknowledged_is_lost_when_writers_are_killed(tmp_path: Path) -> None:
    kill_again_and_again(tmp_path, 25)


@pytest.mark.slow
def test_nothing_acknowledged_is_lost_when_writers_are_killed_for_long(tmp_path: Path) -> None:
    kill_again_and_again(tmp_path, 500)
