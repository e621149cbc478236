"""Many processes on one store: no update is lost, no reader sees half a transaction, each commit is seen at once."""

from __future__ import annotations

import os
import statistics
import struct
import threading
import time
from pathlib import Path

import pytest

from pmo_tui.store import Draft, Transaction, open_store
from tests.contract.writes import add
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


COMMITS, APART = 25, 0.01


def commit_now_and_then(path: Path, out: int) -> None:
    """Commit, and send the moment at which each commit was acknowledged."""
    with open_store(path, author="bob") as store:
        for number in range(COMMITS):
            time.sleep(APART)
            add(store, "risks", title=str(number))
            os.write(out, struct.pack("d", time.monotonic()))


@pytest.mark.parametrize("read_only", [False, True])
def test_others_commits_are_seen_within_fifty_milliseconds(tmp_path: Path, read_only: bool) -> None:
    path = tmp_path / "pmo.json"
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


def switches(thread: int) -> int:
    """How often a thread of this process has woken up so far."""
    text = Path(f"/proc/self/task/{thread}/status").read_text()
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
