"""Many processes on one store: no update is lost, no reader sees half a transaction, each commit is seen at once."""

from __future__ import annotations

import os
import statistics
import struct
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pmo_tui.store import Draft, Transaction, open_store
from pmo_tui.store.embedded import watching
from tests.contract.writes import add
from tests.skipping import skip_loudly
from tests.store import children

WRITERS, READERS, EACH = 8, 8, 25


def count_up(path: Path, name: str) -> None:
    """Add one to the same counter in two registers, again and again, and a document of one's own each time."""

    def work(draft: Draft) -> None:
        for key in ("R-1", "A-1"):
            draft.change(key, {"probability": (draft.get(key) or {})["probability"] + 1})
        draft.add("issues", {"title": name})

    with open_store(path, author=name) as store:
        for _ in range(EACH):
            store.transact(work)


def read_all_along(path: Path, read_only: bool) -> None:
    """Look until all is written: what is seen fits together and never goes back."""
    with open_store(path, author="reader", read_only=read_only) as store:
        last = -1
        while last < WRITERS * EACH:
            store.refresh()
            with store.steady():
                seen = [(store.get(key) or {})["probability"] for key in ("R-1", "A-1")]
                issues = len(store.shelf("issues"))
            assert seen[0] == seen[1] == issues == store.head() - 2 >= last
            last = seen[0]


def test_eight_writers_and_eight_readers(tmp_path: Path) -> None:
    path = tmp_path / "pmo.json"
    with open_store(path, author="ann") as store:
        add(store, "risks", probability=0)
        add(store, "actions", probability=0)
    readers = [children.start(lambda number=number: read_all_along(path, number % 2 == 0)) for number in range(READERS)]  # type: ignore[misc]
    writers = [children.start(lambda number=number: count_up(path, f"w{number}")) for number in range(WRITERS)]  # type: ignore[misc]
    assert [children.ended(child) for child in writers + readers] == [0] * (WRITERS + READERS)
    with open_store(path, author="ann") as store:
        assert (store.get("R-1") or {})["probability"] == WRITERS * EACH
        assert store.verify().sequence == 2 + WRITERS * EACH
        titles = [issue["title"] for issue in store.shelf("issues").values()]
        assert all(titles.count(f"w{number}") == EACH for number in range(WRITERS))
    print(f"{WRITERS} writers, {READERS} readers, {WRITERS * EACH} transactions on the same two documents, none lost")


LONG = 2.0
"""Seconds for which writers do nothing but write."""


def write_on_and_on(path: Path, name: str, apart: float, out: int) -> None:
    """Commit again and again; send how often that was, and the longest time one took."""
    with open_store(path, author=name) as store:
        end, count, worst = time.monotonic() + LONG, 0, 0.0
        while time.monotonic() < end:
            time.sleep(apart)
            began = time.monotonic()
            add(store, "issues", title=name)
            worst = max(worst, time.monotonic() - began)
            count += 1
        os.write(out, struct.pack("id", count, worst))


def test_nobody_starves_beside_eight_who_write_all_the_time(tmp_path: Path) -> None:
    path = tmp_path / "pmo.json"
    open_store(path, author="ann").close()
    pipes = [os.pipe() for _ in range(WRITERS + 1)]
    aparts = [0.0] * WRITERS + [0.1]
    writers = [
        children.start(lambda number=number, out=out, apart=apart: write_on_and_on(path, f"w{number}", apart, out))  # type: ignore[misc]
        for number, ((_, out), apart) in enumerate(zip(pipes, aparts, strict=True))
    ]
    assert [children.ended(child) for child in writers] == [0] * (WRITERS + 1)
    found = []
    for into, out in pipes:
        found.append(struct.unpack("id", os.read(into, 64)))
        os.close(into)
        os.close(out)
    *busy, (_, patience) = found
    counts = [count for count, _ in busy]
    print(
        f"{WRITERS} writers {min(counts)} to {max(counts)} commits each, the longest wait {max(each for _, each in busy):.2f} s; "
        f"who saves now and then waits {patience:.2f} s at most"
    )
    assert min(counts) > sum(counts) / WRITERS / 4
    assert max(waited for _, waited in found) < LONG / 2


COMMITS, APART = 25, 0.01


def commit_now_and_then(path: Path, out: int) -> None:
    """Commit, and send the moment at which each commit was acknowledged."""
    with open_store(path, author="bob") as store:
        for number in range(COMMITS):
            time.sleep(APART)
            add(store, "risks", title=str(number))
            os.write(out, struct.pack("d", time.monotonic()))


def on_disk(folder: Path) -> Path:
    """A store on whatever the folders of tests lie on."""
    return folder


def mounted(folder: Path, *words: str) -> Path:
    """A file system on a new folder; skipped, saying so, where this user may not mount one."""
    place = folder / "mounted"
    place.mkdir()
    done = subprocess.run(["mount", *words, str(place)], capture_output=True, text=True, check=False)
    if done.returncode:
        skip_loudly(f"nothing can be mounted here: {done.stderr.strip()}")
    return place


def in_memory(folder: Path) -> Path:
    """A store on a tmpfs."""
    return mounted(folder, "-t", "tmpfs", "tmpfs")


def in_layers(folder: Path) -> Path:
    """A store that an image came with: all its files lie in the lower layer of an overlay until somebody writes. The
    layers lie on a tmpfs, for an overlay does not lie on another one, as the folders of a container do."""
    layers = mounted(folder, "-t", "tmpfs", "tmpfs")
    for name in ("lower", "upper", "work"):
        (layers / name).mkdir()
    open_store(layers / "lower" / "pmo.json", author="ann").close()
    (folder / "above").mkdir()
    options = ",".join(f"{name}dir={layers / name.removesuffix('dir')}" for name in ("lower", "upper", "work"))
    return mounted(folder / "above", "-t", "overlay", "overlay", "-o", options)


Where = Callable[[Path], Path]


@pytest.fixture(params=[on_disk, in_memory, in_layers])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Path]:
    """A folder on one of the file systems on which people keep stores."""
    where: Where = request.param
    try:
        yield where(tmp_path)
    finally:
        for path in sorted(tmp_path.rglob("mounted"), key=lambda path: -len(path.parts)):
            subprocess.run(["umount", "-l", str(path)], capture_output=True, check=False)


@pytest.mark.parametrize("read_only", [False, True])
def test_others_commits_are_seen_within_fifty_milliseconds(place: Path, read_only: bool) -> None:
    path = place / "pmo.json"
    if not path.exists():
        open_store(path, author="ann").close()
    seen: list[float] = []
    done = threading.Event()

    def heard(transactions: list[Transaction]) -> None:
        seen.extend([time.monotonic()] * len(transactions))
        if len(seen) == COMMITS:
            done.set()

    into, out = os.pipe()
    with open_store(path, author="ann", read_only=read_only) as store:
        store.listen(heard)
        child = children.start(lambda: commit_now_and_then(path, out))
        assert done.wait(30)
        assert children.ended(child) == 0
    moments = [moment for (moment,) in struct.iter_unpack("d", os.read(into, 8 * COMMITS))]
    os.close(into)
    os.close(out)
    delays = [1000 * (there - sent) for sent, there in zip(moments, seen, strict=True)]
    print(
        f"seen after {statistics.median(delays):.1f} ms (median), {max(delays):.1f} ms at most, from the acknowledgement"
    )
    assert statistics.median(delays) < 50


def test_where_the_system_wakes_nobody_looking_finds_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "_inotify", lambda: None)
    path = tmp_path / "pmo.json"
    with open_store(path, author="ann") as store, open_store(path, author="bob") as other:
        heard = threading.Event()
        store.listen(lambda found: heard.set())
        add(other, "risks", title="x")
        began = time.monotonic()
        assert heard.wait(30)
        assert watching.LOOK_EVERY == 1.0
        print(f"without inotify seen after {time.monotonic() - began:.2f} s")


def switches(thread: int) -> int:
    """How often a thread of this process has woken up so far."""
    text = Path(f"/proc/self/task/{thread}/status").read_text(encoding="utf-8")
    return int(next(line for line in text.splitlines() if line.startswith("voluntary")).split()[1])


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="only Linux tells how often a thread woke up")
def test_who_listens_sleeps_until_somebody_commits(tmp_path: Path) -> None:
    path = tmp_path / "pmo.json"
    with open_store(path, author="ann") as store, open_store(path, author="bob") as other:
        heard = threading.Event()
        store.listen(lambda found: heard.set())
        watcher = next(thread for thread in threading.enumerate() if thread.name == "store watch")
        assert watcher.native_id is not None
        time.sleep(0.05)
        before = switches(watcher.native_id)
        time.sleep(0.5)
        assert switches(watcher.native_id) == before
        add(other, "risks", title="x")
        assert heard.wait(10)
