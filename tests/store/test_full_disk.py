"""A disk that is really full: refused is absent, nothing is lost, and it goes on when there is room."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from pmo_tui.records.errors import StoreTrouble
from pmo_tui.store import NoRoom, Store, open_store
from tests.contract.writes import add, state
from tests.skipping import skip_loudly


@pytest.fixture
def tiny(tmp_path: Path) -> Iterator[Path]:
    """A file system of 256 kB; skipped, saying so, where this user may not mount one."""
    folder = tmp_path / "tiny"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        skip_loudly(f"no small file system can be mounted here: {done.stderr.strip()}")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def fill(store: Store) -> int:
    """Add until there is no room: how many were added."""
    added = 0
    while there_was_room(store, added):
        added += 1
    return added


def there_was_room(store: Store, number: int) -> bool:
    """Add one more, if there is room."""
    try:
        add(store, "risks", title=str(number), notes="n" * 3000)
    except NoRoom:
        return False
    return True


def test_on_a_full_disk_nothing_is_lost_and_it_goes_on_when_there_is_room(tiny: Path) -> None:
    ballast = tiny / "ballast"
    ballast.write_bytes(b"x" * 60_000)
    with open_store(tiny / "pmo.json", author="ann") as store:
        added = fill(store)
        assert added > 20
        for _ in range(3):
            with pytest.raises(NoRoom):
                add(store, "risks", title="no", notes="n" * 3000)
        assert (store.head(), len(store.shelf("risks"))) == (added, added)
        with pytest.raises(StoreTrouble):
            store.checkpoint()
        assert not list(tiny.glob("*.new"))
        assert store.verify().sequence == added
        with open_store(tiny / "pmo.json", author="bob", read_only=True) as reader:
            assert state(reader) == state(store)
        ballast.unlink()
        assert add(store, "risks", title="yes", notes="n" * 3000) == f"R-{added + 1}"
        kept = state(store)
    with open_store(tiny / "pmo.json", author="ann") as store:
        assert state(store) == kept
        assert store.verify().sequence == added + 1
        print(f"{added} transactions until the disk was full, none lost, refused ones absent")


def test_no_store_is_half_made_on_a_full_disk(tiny: Path) -> None:
    (tiny / "ballast").write_bytes(b"x" * (256 * 1024 - 4096))
    for _ in range(2):
        with pytest.raises(StoreTrouble):
            open_store(tiny / "pmo.json", author="ann")
    (tiny / "ballast").unlink()
    with open_store(tiny / "pmo.json", author="ann") as store:
        assert add(store, "risks", title="x") == "R-1"


def test_a_store_that_finds_no_room_to_open_says_to_make_room_or_to_read_only(tiny: Path) -> None:
    with open_store(tiny / "pmo.json", author="ann") as store:
        add(store, "risks", title="kept")
        expected = state(store)
    for left in tiny.glob("*lock*"):
        left.unlink()
    with (tiny / "ballast").open("wb", buffering=0) as ballast, suppress(OSError):
        while True:
            ballast.write(b"x" * 4096)
    with pytest.raises(StoreTrouble) as refused:
        open_store(tiny / "pmo.json", author="ann")
    assert refused.value.hint.words() == "Make room, or open it with --read-only."
    with open_store(tiny / "pmo.json", author="ann", read_only=True) as store:
        assert state(store) == expected
