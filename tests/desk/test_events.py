"""The end of the journal in words: the newest first, without reading what came before."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from pmo_tui.desk.desk import Desk
from pmo_tui.desk.events import AT_ONCE
from pmo_tui.store import Transaction

LINES = 2 * AT_ONCE + 5


@pytest.fixture
def long(desk: Desk) -> Desk:
    """A journal that is not read at once."""
    for number in range(LINES):
        desk.add("people", {"name": f"Person {number}"})
    return desk


@pytest.mark.parametrize("limit", [1, AT_ONCE, AT_ONCE + 1, LINES, LINES + 10])
def test_the_end_of_the_journal_is_the_end_of_all_of_it(long: Desk, limit: int) -> None:
    assert long.history(None, limit) == long.history()[:limit]


def test_no_more_than_the_end_is_read(long: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    since = long.store.since

    def noted(sequence: int) -> Iterator[Transaction]:
        asked.append(sequence)
        return since(sequence)

    monkeypatch.setattr(long.store, "since", noted)
    assert [event.key for event in long.history(None, 3)] == [f"PER-{LINES - back}" for back in range(3)]
    assert asked == [LINES - AT_ONCE]
