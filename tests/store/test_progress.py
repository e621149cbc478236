"""What goes through a long history tells how far it is."""

from __future__ import annotations

from pathlib import Path

from pmo_tui.store import open_store
from tests.contract.writes import add, change


def test_long_ways_back_tell_how_far_they_are(memory: Path) -> None:
    told: list[tuple[int, int]] = []

    def tell(done: int, count: int) -> None:
        told.append((done, count))

    with open_store(memory / "pmo.json", author="ann") as store:
        add(store, "risks", title="x")
        for number in range(2_500):
            change(store, "R-1", title=str(number))
        store.at(1, tell)
        assert told == [(1000, 2500), (2000, 2500)]
        store.verify(progress=tell)
        assert told[2:] == [(1000, 2501), (2000, 2501)]
