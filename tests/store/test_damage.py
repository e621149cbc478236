"""A journal cut anywhere, and with any byte changed: a cut-off last line is kept beside and reported, all else refused."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from pmo_tui.records.errors import Exit
from pmo_tui.store import Damaged, open_store
from pmo_tui.store.embedded.lockfile import of_record, to_record
from tests.contract.writes import add, change

KNOWN, BEHIND, UNKNOWN = "all acknowledged", "last line not acknowledged", "nobody knows what was acknowledged"
MASKS = (0x01, 0x80)


@dataclass
class Small:
    """A store of four lines in one segment, and copies of it to be spoiled."""

    base: Path
    work: Path
    good: bytes
    starts: list[int]

    @property
    def journal(self) -> Path:
        return self.work / "pmo.json.000000000001.jsonl"

    def spoil(self, data: bytes, acknowledged: str = KNOWN) -> None:
        """A copy with this journal. `acknowledged` is what the lock file says of it."""
        if not self.work.exists():
            shutil.copytree(self.base, self.work)
        self.journal.write_bytes(data)
        for path in self.work.glob("*.torn.*"):
            path.unlink()
        lock = self.work / "pmo.json.lock"
        if acknowledged == UNKNOWN:
            lock.unlink(missing_ok=True)
        else:
            lock.write_bytes((self.base / ("behind" if acknowledged == BEHIND else "pmo.json.lock")).read_bytes())

    def opened(self, *, read_only: bool = False) -> tuple[int, int]:
        """Open the copy: its head, and how many notices there are."""
        with open_store(self.work / "pmo.json", author="bob", read_only=read_only) as store:
            assert [document["key"] for document in store.shelf("risks").values()] == ["R-1", "R-2"][: store.head()]
            return store.head(), len(store.notices)

    def kept_beside(self) -> list[bytes]:
        """The contents of the files in which cut-off ends are kept."""
        return [path.read_bytes() for path in self.work.glob("*.torn.*")]

    def refused(self, offset: int | None, *, also_read_only: bool = True) -> None:
        """The copy is refused, naming the segment and the offset, and nothing in it is touched."""
        before = self.journal.read_bytes()
        for read_only in (True, False) if also_read_only else (False,):
            with pytest.raises(Damaged) as damaged:
                self.opened(read_only=read_only)
            assert damaged.value.code == Exit.STORE
            assert damaged.value.file == str(self.journal)
            assert offset is None or damaged.value.offset == offset
            assert f"byte {damaged.value.offset}" in str(damaged.value)
            assert self.journal.read_bytes() == before
            assert self.kept_beside() == []

    def line_of(self, offset: int) -> int:
        """Which line, from 0, the byte at an offset belongs to, its newline included."""
        return sum(start <= offset for start in self.starts) - 1

    def flips(self, mask: int) -> Iterator[tuple[int, bytes]]:
        """Every journal that differs from the good one in one byte, and where."""
        for offset in range(len(self.good)):
            yield offset, self.good[:offset] + bytes([self.good[offset] ^ mask]) + self.good[offset + 1 :]


@pytest.fixture
def small(memory: Path) -> Small:
    base = memory / "base"
    with open_store(base / "pmo.json", author="ann") as store:
        add(store, "risks", title="one")
        add(store, "risks", title="two")
        change(store, "R-1", title="é")
        behind = (base / "pmo.json.lock").read_bytes()
        change(store, "R-2", probability=3)
    (base / "behind").write_bytes(behind)
    good = (base / "pmo.json.000000000001.jsonl").read_bytes()
    starts = [0] + [offset + 1 for offset, byte in enumerate(good[:-1]) if byte == 10]
    assert len(starts) == 4
    return Small(base, memory / "work", good, starts)


def test_a_journal_shorter_than_what_was_acknowledged_is_damage(small: Small) -> None:
    for length in range(len(small.good)):
        small.spoil(small.good[:length], KNOWN)
        small.refused(small.starts[small.line_of(length)])
    print(f"{len(small.good)} cuts behind the acknowledgement, all refused")


def test_a_cut_off_last_line_is_kept_beside_and_reported(small: Small) -> None:
    start = small.starts[3]
    for length in range(len(small.good)):
        small.spoil(small.good[:length], BEHIND)
        if length < start:
            small.refused(small.starts[small.line_of(length)])
            continue
        tail = small.good[start:length]
        assert small.opened(read_only=True) == (3, 0)
        assert small.journal.read_bytes() == small.good[:length]
        assert small.opened() == (3, 1 if tail else 0)
        assert small.kept_beside() == ([tail] if tail else [])
        assert small.journal.read_bytes() == small.good[:start]
        assert small.opened() == (3, 0)
    print(f"{len(small.good)} cuts, {len(small.good) - start - 1} of them kept beside, none of acknowledged work lost")


def test_without_the_lock_file_a_cut_off_line_is_kept_beside_too(small: Small) -> None:
    for length in range(len(small.good)):
        small.spoil(small.good[:length], UNKNOWN)
        line = small.line_of(length)
        tail = small.good[small.starts[line] : length]
        assert small.opened() == (line, 1 if tail else 0)
        assert small.kept_beside() == ([tail] if tail else [])
    print(f"{len(small.good)} cuts without a lock file")


def test_every_changed_byte_of_what_was_acknowledged_is_refused_where_it_stands(small: Small) -> None:
    for mask in MASKS:
        for offset, data in small.flips(mask):
            small.spoil(data, KNOWN)
            small.refused(small.starts[small.line_of(offset)], also_read_only=mask == 1)
    print(f"{len(MASKS) * len(small.good)} flips, all refused")


def test_a_changed_byte_in_a_line_nobody_acknowledged_costs_that_line_alone(small: Small) -> None:
    """As long as it may be a line that was only being written. A whole line with a wrong newline is not."""
    kept = refused = 0
    for offset, data in small.flips(0x01):
        small.spoil(data, BEHIND)
        if small.line_of(offset) < 3 or offset == len(small.good) - 1:
            small.refused(small.starts[small.line_of(offset)])
            refused += 1
        elif b"\n" in data[small.starts[3] : -1]:
            small.refused(small.starts[3])
            refused += 1
        else:
            assert small.opened() == (3, 1)
            assert small.kept_beside() == [data[small.starts[3] :]]
            kept += 1
    print(f"{kept} flips kept beside, {refused} refused")


def test_without_the_lock_file_every_changed_byte_is_refused(small: Small) -> None:
    for offset, data in small.flips(0x02):
        small.spoil(data, UNKNOWN)
        small.refused(small.starts[small.line_of(offset)], also_read_only=False)
    print(f"{len(small.good)} flips without a lock file, all refused")


@pytest.mark.parametrize("acknowledged", [KNOWN, BEHIND, UNKNOWN])
@pytest.mark.parametrize("byte", [b" ", b"x", b"}", b"\r", b""])
def test_a_changed_newline_between_the_last_two_lines_drops_nothing(
    small: Small, acknowledged: str, byte: bytes
) -> None:
    end = small.starts[3] - 1
    small.spoil(small.good[:end] + byte + small.good[end + 1 :], acknowledged)
    small.refused(small.starts[2])


def test_the_same_when_the_lock_file_is_two_lines_behind(small: Small) -> None:
    """As after a power failure: the lock file is not flushed."""
    record = of_record((small.base / "behind").read_bytes())
    assert record is not None
    text = small.good[: small.starts[2]].splitlines()[1]
    behind = to_record(type(record)(chain=1, seq=2, segment=1, offset=small.starts[2], sum=text[8:72].decode()))
    end = small.starts[3] - 1
    for data in (
        small.good[:end] + b"x" + small.good[end + 1 :],
        small.good[: end - 9] + b"x" + small.good[end - 8 :],
    ):
        small.spoil(data)
        (small.work / "pmo.json.lock").write_bytes(behind)
        small.refused(small.starts[2])


@pytest.mark.parametrize("acknowledged", [KNOWN, UNKNOWN])
@pytest.mark.parametrize("more", [b"\n", b"{}\n", b"ab\ncd", b"ab\ncd\n", b"\n\n"])
def test_more_than_one_line_of_tail_is_refused(small: Small, acknowledged: str, more: bytes) -> None:
    small.spoil(small.good + more, acknowledged)
    if more.count(b"\n") == 1 and more.endswith(b"\n") and acknowledged == KNOWN:
        assert small.opened() == (4, 1)
        assert small.kept_beside() == [more]
    else:
        small.refused(len(small.good))


@pytest.mark.parametrize("acknowledged", [KNOWN, UNKNOWN])
@pytest.mark.parametrize("more", [b"{", b'{"sum":"', b"\x00" * 5000, b"x" * 100_000])
def test_the_beginning_of_a_line_behind_the_last_one_is_kept_beside(
    small: Small, acknowledged: str, more: bytes
) -> None:
    small.spoil(small.good + more, acknowledged)
    assert small.opened() == (4, 1)
    assert small.kept_beside() == [more]
    assert small.journal.read_bytes() == small.good


def test_lines_in_another_order_missing_or_twice_are_refused(small: Small) -> None:
    lines = small.good.splitlines(keepends=True)
    for data in (
        lines[0] + lines[2] + lines[1] + lines[3],
        lines[0] + lines[2] + lines[3],
        lines[0] + lines[1] + lines[1] + lines[2] + lines[3],
        lines[1] + lines[2] + lines[3],
    ):
        for acknowledged in (KNOWN, UNKNOWN):
            small.spoil(data, acknowledged)
            small.refused(None)


def test_another_history_of_the_same_length_is_refused(small: Small, memory: Path) -> None:
    with open_store(memory / "other" / "pmo.json", author="ann") as other:
        for title in "abcd":
            add(other, "risks", title=title)
    data = (memory / "other" / "pmo.json.000000000001.jsonl").read_bytes()
    small.spoil(data, KNOWN)
    small.refused(None)


def test_every_changed_byte_of_the_lock_file_is_put_right(small: Small) -> None:
    good = (small.base / "pmo.json.lock").read_bytes()
    for offset in range(len(good)):
        small.spoil(small.good)
        lock = small.work / "pmo.json.lock"
        lock.write_bytes(good[:offset] + bytes([good[offset] ^ 0x01]) + good[offset + 1 :])
        assert small.opened(read_only=True) == (4, 0)
        assert small.opened() == (4, 0)
        assert lock.read_bytes() == good
    print(f"{len(good)} flips in the lock file")


@pytest.mark.parametrize("gone", ["first", "last"])
def test_a_missing_segment_is_damage(memory: Path, gone: str) -> None:
    path = memory / "pmo.json"
    with open_store(path, author="ann") as store:
        for number in range(3):
            add(store, "risks", title=str(number))
            store.checkpoint()
        add(store, "risks", title="last")
    segments = sorted(memory.glob("*.jsonl"))
    assert len(segments) == 4
    segments[0 if gone == "first" else -1].unlink()
    with pytest.raises(Damaged), open_store(path, author="ann") as store:
        store.verify()
    if gone == "first":
        with open_store(path, author="ann") as store:
            for found in (store.history(), store.history("R-3"), store.since(0)):
                with pytest.raises(Damaged):
                    list(found)


def test_a_changed_byte_before_the_snapshot_is_found_by_verify_and_by_whoever_reads_that_line(memory: Path) -> None:
    path = memory / "pmo.json"
    with open_store(path, author="ann") as store:
        add(store, "risks", title="a fine title")
        change(store, "R-1", title="b")
        store.checkpoint()
        change(store, "R-1", title="c")
    segment = min(memory.glob("*.jsonl"))
    segment.write_bytes(segment.read_bytes().replace(b"a fine", b"a evil"))
    with open_store(path, author="ann") as store:
        for ask in (
            store.verify,
            lambda: list(store.history("R-1")),
            lambda: list(store.since(0)),
            lambda: store.at(0),
            lambda: store.undo(1),
        ):
            with pytest.raises(Damaged) as damaged:
                ask()
            assert (damaged.value.file, damaged.value.offset) == (str(segment), 0)
        assert [line.sequence for line in store.since(2)] == [3]
        assert store.undo().undone == 3
