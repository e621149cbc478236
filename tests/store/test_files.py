"""Who may read the files, where they may lie, and that reading alone changes nothing."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from pmo_tui.records.errors import Exit, StoreTrouble
from pmo_tui.store import Busy, NotAStore, open_store
from pmo_tui.store.embedded import files, lockfile
from tests.contract.writes import add, change, state
from tests.store import children


@pytest.fixture(params=[0o000, 0o022, 0o077, 0o777], ids=oct)
def umask(request: pytest.FixtureRequest) -> Iterator[int]:
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


@pytest.mark.parametrize(("folder_mode", "expected"), [(0o700, 0o600), (0o755, 0o600), (0o2770, 0o660)], ids=oct)
def test_files_are_private_or_the_groups_in_a_setgid_folder(
    tmp_path: Path, umask: int, folder_mode: int, expected: int
) -> None:
    folder = tmp_path / "store"
    folder.mkdir()
    folder.chmod(folder_mode)
    with open_store(folder / "pmo.json", author="ann") as store:
        add(store, "risks", title="x")
        store.checkpoint()
        add(store, "risks", title="y")
        store.backup(folder / "copy.json")
        (folder / "pmo.json.000000000002.jsonl").open("ab").write(b"torn")
        with open_store(folder / "pmo.json", author="bob"):
            found = {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}
    kinds = ("pmo.json", "lock", "checkpoint", "jsonl", "session", "torn", "copy.json")
    assert all(any(kind in name for name in found) for kind in kinds)
    assert set(found.values()) == {expected}


def test_a_symbolic_link_leads_to_the_same_store_and_the_same_lock(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    (tmp_path / "here.json").symlink_to(tmp_path / "real" / "pmo.json")
    with (
        open_store(tmp_path / "link" / "pmo.json", author="ann") as store,
        open_store(tmp_path / "here.json", author="bob") as other,
    ):
        add(store, "risks", title="x")
        assert change(other, "R-1", title="y") == 2
        store.checkpoint()
    assert (tmp_path / "here.json").is_symlink()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["here.json", "link", "real"]


def mounts(folder: Path, kind: str) -> str:
    """What mountinfo says where `folder` is a mount of this type; its blanks are written as octal numbers."""
    point = str(folder).replace(" ", "\\040")
    return f"21 1 8:1 / / rw - ext4 /dev/sda1 rw\n30 21 0:40 / {point} rw,relatime shared:1 - {kind} host:/x rw\n"


NETWORKS = ["nfs", "nfs4", "cifs", "smb3", "ceph", "fuse.sshfs", "fuse.glusterfs", "lustre", "9p", "afs"]


@pytest.mark.parametrize("kind", NETWORKS)
def test_a_network_file_system_is_refused_for_writing_and_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    folder = tmp_path / "a share"
    with open_store(folder / "pmo.json", author="ann") as store:
        add(store, "risks", title="x")
    (tmp_path / "mountinfo").write_text(mounts(folder, kind))
    monkeypatch.setattr(files, "MOUNTS", tmp_path / "mountinfo")
    for path in (folder / "pmo.json", folder / "new" / "pmo.json"):
        with pytest.raises(NotAStore) as refused:
            open_store(path, author="ann")
        assert kind in str(refused.value)
        assert "PostgreSQL" in refused.value.hint.words()
    with open_store(folder / "pmo.json", author="ann", read_only=True) as store:
        assert len(store.shelf("risks")) == 1
    open_store(tmp_path / "beside.json", author="ann").close()


@pytest.mark.parametrize("kind", ["ext4", "xfs", "btrfs", "tmpfs", "overlay", "zfs", "fuseblk", "fuse.encfs"])
def test_a_local_file_system_is_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    (tmp_path / "mountinfo").write_text(mounts(tmp_path, kind))
    monkeypatch.setattr(files, "MOUNTS", tmp_path / "mountinfo")
    assert files.filesystem_of(tmp_path) == kind
    open_store(tmp_path / "pmo.json", author="ann").close()


def listing(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Every file with its content and the time it was last written."""
    return {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.iterdir()}


@pytest.mark.parametrize("lock", [True, False], ids=["with a lock file", "without one"])
def test_reading_only_changes_no_file_and_makes_none(tmp_path: Path, lock: bool) -> None:
    folder = tmp_path / "store"
    with open_store(folder / "pmo.json", author="ann") as store:
        add(store, "risks", title="x")
        store.checkpoint()
        change(store, "R-1", title="y")
        kept = state(store)
    (folder / "pmo.json.000000000002.jsonl").open("ab").write(b'{"sum":"torn')
    if not lock:
        (folder / "pmo.json.lock").unlink()
    before = listing(folder)
    os.chmod(folder, 0o500)
    with open_store(folder / "pmo.json", author="bob", read_only=True) as store:
        assert state(store) == kept
        store.refresh()
        assert store.others() == []
        assert state(store.at(1))["R-1"]["title"] == "x"
        assert store.verify().sequence == 2
        store.listen(lambda found: None)
        assert listing(folder) == before
    os.chmod(folder, 0o700)
    assert listing(folder) == before


def test_a_writer_that_hangs_is_named_and_readers_do_not_wait(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "pmo.json"
    with open_store(path, author="ann") as store:
        add(store, "risks", title="x")
    into, out = os.pipe()

    stay, go = os.pipe()

    def hold() -> None:
        def work(draft: object) -> None:
            os.write(out, b"!")
            os.read(stay, 1)

        with open_store(path, author="bob") as store:
            store.transact(work)

    monkeypatch.setattr(lockfile, "PATIENCE", 0.1)
    with open_store(path, author="ann") as store, open_store(path, author="cas", read_only=True) as reader:
        child = children.start(hold)
        assert os.read(into, 1) == b"!"
        with pytest.raises(Busy) as busy:
            add(store, "risks", title="y")
        assert busy.value.code == Exit.STORE
        assert "bob" in busy.value.hint.words()
        assert store.refresh() == reader.refresh() == []
        with open_store(path, author="dan", read_only=True) as another:
            assert len(another.shelf("risks")) == 1
        os.write(go, b"!")
        assert children.ended(child) == 0
        assert add(store, "risks", title="y") == "R-2"


def test_dead_sessions_are_not_on(tmp_path: Path) -> None:
    path = tmp_path / "pmo.json"

    def die() -> None:
        open_store(path, author="bob")
        os.kill(os.getpid(), 9)

    with open_store(path, author="ann") as store:
        assert children.ended(children.start(die)) == -9
        assert len(list(tmp_path.glob("*.session.*"))) == 2
        assert store.others() == []
        assert len(list(tmp_path.glob("*.session.*"))) == 1
    assert list(tmp_path.glob("*.session.*")) == []


@pytest.mark.parametrize("what", ["folder", "pipe"])
def test_what_is_no_file_is_refused(tmp_path: Path, what: str) -> None:
    path = tmp_path / "pmo.json"
    if what == "folder":
        path.mkdir()
    else:
        os.mkfifo(path)
    with pytest.raises(NotAStore):
        open_store(path, author="ann")


def test_a_url_of_no_known_kind_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreTrouble):
        open_store("mysql://host/pmo", author="ann")
