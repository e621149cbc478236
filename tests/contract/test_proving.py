"""A sum noted elsewhere proves the history up to it."""

from __future__ import annotations

from pathlib import Path

import pytest

from pmo_tui.records.errors import Exit, StoreTrouble, WrongUse
from pmo_tui.store import Store, open_store
from tests.contract.places import Place
from tests.contract.writes import add, change


@pytest.fixture
def sums(store: Store) -> list[str]:
    """The sums after each of four transactions, a checkpoint in between."""
    found = []
    for number in range(4):
        add(store, "risks", title=str(number))
        found.append(store.head_sum())
        if number == 1:
            store.checkpoint()
    return found


def test_every_sum_there_was_is_found_with_its_sequence(store: Store, sums: list[str]) -> None:
    assert [store.verify(noted).noted for noted in sums] == [1, 2, 3, 4]
    assert [store.verify(noted[:12].upper()).noted for noted in sums] == [1, 2, 3, 4]
    assert store.verify().noted is None


def test_an_old_sum_still_proves_its_part_after_more_was_written(place: Place, store: Store, sums: list[str]) -> None:
    change(store, "R-1", title="changed")
    store.undo()
    assert place.open("cas", read_only=True).verify(sums[2]).noted == 3


@pytest.mark.parametrize("noted", ["0" * 64, "abcdefabcdef"])
def test_a_sum_of_another_history_is_not_found(store: Store, sums: list[str], noted: str) -> None:
    with pytest.raises(StoreTrouble) as refused:
        store.verify(noted)
    assert refused.value.code == Exit.STORE
    assert noted in str(refused.value)


def test_the_same_transactions_written_again_have_other_sums(store: Store, sums: list[str], tmp_path: Path) -> None:
    with open_store(tmp_path / "again.json", author="ann", login="ann.l") as again:
        for number in range(4):
            add(again, "risks", title=str(number))
        with pytest.raises(StoreTrouble):
            again.verify(sums[3])


@pytest.mark.parametrize("noted", ["abc", "xyz" * 10, "a" * 65, "../../etc/passwd"])
def test_what_is_no_sum_is_wrong_use(store: Store, sums: list[str], noted: str) -> None:
    with pytest.raises(WrongUse):
        store.verify(noted)
