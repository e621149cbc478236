"""Files that are put in the place of those that a session reads: it says so, writes nothing, and what is there now is left whole."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from pmo_tui.store import Store, open_store
from pmo_tui.store.errors import Replaced
from tests.contract.test_sessions import until
from tests.contract.writes import add


def files_of(folder: Path) -> list[Path]:
    """The files of a store, without those of sessions."""
    return [path for path in folder.iterdir() if path.is_file() and ".session." not in path.name]


def removed_and_copied(folder: Path, backup: Path) -> None:
    for path in files_of(folder):
        path.unlink()
    for path in backup.iterdir():
        shutil.copy(path, folder / path.name)


def moved(folder: Path, backup: Path) -> None:
    (folder / "old").mkdir()
    for path in files_of(folder):
        path.rename(folder / "old" / path.name)
    for path in backup.iterdir():
        path.rename(folder / path.name)


def copied_over(folder: Path, backup: Path) -> None:
    for path in backup.iterdir():
        shutil.copy(path, folder / path.name)
    (folder / "pmo.json.lock").unlink()


@pytest.mark.parametrize("put_back", [removed_and_copied, moved, copied_over], ids=lambda each: each.__name__)
def test_a_backup_put_back_under_a_session_is_not_written_to(
    tmp_path: Path, put_back: Callable[[Path, Path], None]
) -> None:
    folder, backup = tmp_path / "store", tmp_path / "backup"
    folder.mkdir()
    backup.mkdir()
    with open_store(folder / "pmo.json", author="ann") as store:
        add(store, "risks", title="kept")
        store.backup(backup / "pmo.json")
        add(store, "risks", title="gone")
        store.listen(lambda found: None, lambda: None)
        assert store.trouble is None
        put_back(folder, backup)
        with pytest.raises(Replaced, match="leave and start again"):
            add(store, "risks", title="too late")
        assert until(lambda: isinstance(store.trouble, Replaced))
        assert [each["title"] for each in store.shelf("risks").values()] == ["kept", "gone"]
    assert titles(folder) == ["kept"]


def titles(folder: Path) -> list[object]:
    """What a session that begins now finds, and may go on with."""
    store: Store
    with open_store(folder / "pmo.json", author="bob") as store:
        found = [each["title"] for each in store.shelf("risks").values()]
        add(store, "risks", title="new")
        store.verify()
    return found
