"""Measures the embedded store: ./pmo bench store [--large] [--folder PATH].

Committing beside SQLite (journal in WAL and in DELETE mode, synchronous=FULL, with an audit row that holds the old values) and beside
a bare append with fdatasync, in turns in one run, so that the ratios hold on any machine; opening with and without 5,000 lines of journal; queries; the past. `--large`
adds a million documents and a million lines of journal. Point `--folder` at the disk that is meant: a folder in memory
flushes for nothing.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from pmo_tui.store import Draft, Store, open_store
from pmo_tui.store.embedded.files import Names
from pmo_tui.store.lines import SUM, Line, OpLine, write_line
from pmo_tui.store.values import decode, encode

ROUNDS = 300
"""Commits of each kind at each size."""
JOURNAL = 5_000
"""Lines behind the snapshot when the next one is due."""


def document(number: int) -> dict[str, Any]:
    """A risk such as officers write."""
    return {
        "title": f"The supplier of part {number} delivers late",
        "project": None,
        "cause": "one supplier only; the contract has no penalty for delay",
        "effect": "the test bench stands still for two weeks",
        "kind": "threat",
        "probability": 1 + number % 5,
        "impact": 1 + number % 4,
        "status": ("open", "mitigating", "closed")[number % 3],
        "next_review": f"2026-{1 + number % 12:02d}-15",
        "tags": ["supply", f"t{number % 50}"],
    }


def fill(path: Path, count: int) -> None:
    """A store with this many documents, in its snapshot."""

    def work(draft: Draft) -> None:
        for number in range(count):
            draft.add("risks", document(number))

    with open_store(path, author="bench") as store:
        store.transact(work, kind="import")
        store.checkpoint()


# ---- committing --------------------------------------------------------------------------------------------------------


def appends(folder: Path) -> Callable[[int], None]:
    """Append a line of the length that a journal line has, and flush it."""
    descriptor = os.open(folder / "bare", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    line = b"x" * 279 + b"\n"

    def commit(number: int) -> None:
        os.write(descriptor, line)
        os.fdatasync(descriptor)

    return commit


TABLES = """
PRAGMA synchronous=FULL;
PRAGMA foreign_keys=ON;
CREATE TABLE doc (id INTEGER PRIMARY KEY, revision INTEGER NOT NULL, project INTEGER REFERENCES doc (id), body TEXT NOT NULL);
CREATE TABLE audit (
    seq INTEGER PRIMARY KEY, ts TEXT NOT NULL, author TEXT NOT NULL, login TEXT NOT NULL, tx TEXT NOT NULL,
    id INTEGER NOT NULL REFERENCES doc (id), was INTEGER NOT NULL, old TEXT NOT NULL, new TEXT NOT NULL
);
BEGIN;
"""
FILL = "INSERT INTO doc (id, revision, body) VALUES (?, 1, ?)"
READ = "SELECT revision, body FROM doc WHERE id = ?"
CHANGE = "UPDATE doc SET body = ?, revision = ? WHERE id = ? AND revision = ?"
TELL = "INSERT INTO audit (ts, author, login, tx, id, was, old, new) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"


def sqlite_commits(folder: Path, count: int, mode: str) -> Callable[[int], None]:
    """What a careful program does with SQLite: in one transaction change a document, where its revision is as it was
    read, and add a row that tells who changed which fields, from what to what. Keys and references are checked; FULL
    flushes before COMMIT returns, in either `mode` of its journal."""
    base = sqlite3.connect(folder / f"{mode}.db", isolation_level=None)
    assert base.execute(f"PRAGMA journal_mode={mode}").fetchone()[0] == mode.lower()
    base.executescript(TABLES)
    base.executemany(FILL, ((n, encode(document(n)).decode()) for n in range(1, count + 1)))
    base.execute("COMMIT")

    def commit(number: int) -> None:
        key = 1 + number * 7919 % count
        fields = {"probability": number % 5, "status": f"s{number}"}
        base.execute("BEGIN IMMEDIATE")
        revision, body = base.execute(READ, (key,)).fetchone()
        before = decode(body)
        old, new = (encode({name: each[name] for name in fields}).decode() for each in (before, fields))
        done = base.execute(CHANGE, (encode(before | fields).decode(), revision + 1, key, revision))
        assert done.rowcount == 1
        moment = datetime.now(UTC).isoformat()
        base.execute(TELL, (moment, "bench", "", os.urandom(8).hex(), key, revision, old, new))
        base.execute("COMMIT")

    return commit


def store_commits(store: Store, count: int) -> Callable[[int], None]:
    """Change one document in a transaction of the store."""

    def commit(number: int) -> None:
        key = f"R-{1 + number * 7919 % count}"
        store.transact(lambda draft: draft.change(key, {"probability": number % 5, "status": f"s{number}"}))

    return commit


def measure_commits(folder: Path, count: int) -> list[str]:
    """One row: medians, and ratios with their spread."""
    fill(folder / "pmo.json", count)
    with open_store(folder / "pmo.json", author="bench") as store:
        kinds = [
            appends(folder),
            sqlite_commits(folder, count, "WAL"),
            sqlite_commits(folder, count, "DELETE"),
            store_commits(store, count),
        ]
        times: list[list[float]] = [[] for _ in kinds]
        for number in range(ROUNDS + 10):
            for place in range(len(kinds)):
                kind = (number + place) % len(kinds)
                began = time.perf_counter()
                kinds[kind](number)
                times[kind].append(1000 * (time.perf_counter() - began))
    bare, wal, delete, own = (each[10:] for each in times)
    medians = [statistics.median(each) for each in (bare, wal, delete, own)]
    return [
        f"{count:,}",
        *(f"{each:.2f}" for each in medians),
        f"{medians[3] - medians[0]:+.2f}",
        f"{quiet(own) - quiet(bare):+.2f}",
        f"{quiet(own) / quiet(wal):.2f}",
        ratio(own, bare),
        ratio(own, wal),
        ratio(own, delete),
        ratio(wal, bare),
    ]


def quiet(times: list[float]) -> float:
    """What it takes while nobody else wants the machine: a tenth is quicker."""
    return sorted(times)[len(times) // 10]


def ratio(one: list[float], other: list[float]) -> str:
    """The median of the ratios of neighbours, and where nine in ten of them lie."""
    found = sorted(a / b for a, b in zip(one, other, strict=True))
    low, high = found[len(found) // 20], found[-1 - len(found) // 20]
    return f"{statistics.median(found):.2f} ({low:.1f}–{high:.1f})"


# ---- opening -----------------------------------------------------------------------------------------------------------


def write_journal(path: Path, lines: int, documents: int, *, segment: int = 20_000) -> None:
    """Let a store have this many more lines of journal, a minute apart from now on, without flushing each."""
    with open_store(path, author="bench") as store:
        sequence, sum, revisions = store.head(), store.head_sum(), [1] * (documents + 1)
    names = Names(path)
    moment = datetime.now(UTC)
    first = sequence + 1
    file = open(names.segment(first), "wb")  # noqa: SIM115  # closed and opened again, segment by segment
    for number in range(lines):
        sequence += 1
        if number and number % segment == 0:
            file.close()
            file = open(names.segment(sequence), "wb")  # noqa: SIM115
        document = 1 + number * 7919 % documents
        op = OpLine(
            key=f"R-{document}",
            new={"status": f"s{number}", "seen": number},
            old={"status": "open"},
            was=revisions[document],
        )
        revisions[document] = sequence
        line = Line(
            seq=sequence, ts=moment + timedelta(minutes=number), author="bench", login="", tx="0" * 16, ops=[op]
        )
        text = write_line(sum, line)
        sum = text[SUM].decode()
        file.write(text)
    file.close()
    names.lock.unlink()


def child_opens(path: str) -> None:
    """Open a store and print what that took: seconds, and megabytes beyond the program itself."""
    import gc

    before = resident()
    gc.disable()
    began, worked = time.perf_counter(), time.process_time()
    store = open_store(path, author="bench")
    took, worked = time.perf_counter() - began, time.process_time() - worked
    gc.enable()
    size = sum(len(store.shelf(name)) for name in store.registers())
    print(json.dumps({"seconds": took, "processor": worked, "megabytes": resident() - before, "documents": size}))
    store.close()


def resident() -> float:
    """Megabytes of memory that this process has now."""
    return int(Path("/proc/self/statm").read_text(encoding="utf-8").split()[1]) * resource.getpagesize() / 1e6


def measure_opening(path: Path, times: int = 5) -> tuple[float, float, float]:
    """Median seconds, seconds of the processor and megabytes of opening, each in a process of its own."""
    found = []
    for _ in range(times):
        command = [sys.executable, __file__, "--open", str(path)]
        found.append(json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout))
    seconds, processor, megabytes = (
        statistics.median(each[name] for each in found) for name in ("seconds", "processor", "megabytes")
    )
    return seconds, processor, megabytes


def opening_rows(folder: Path, count: int) -> Iterator[list[str]]:
    path = folder / "pmo.json"
    fill(path, count)
    bare, least, memory = measure_opening(path)
    yield [f"{count:,}", "none", f"{bare:.3f}", f"{least:.3f}", f"{memory:.0f}", ""]
    write_journal(path, JOURNAL, count)
    longer, most, memory = measure_opening(path)
    yield [f"{count:,}", f"{JOURNAL:,}", f"{longer:.3f}", f"{most:.3f}", f"{memory:.0f}", f"{most - least:+.3f}"]


# ---- queries and the past -------------------------------------------------------------------------------------------------


def timed(work: Callable[[], object], times: int = 1) -> float:
    """Median milliseconds."""
    found = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        found.append(1000 * (time.perf_counter() - began))
    return statistics.median(found)


def query_rows(folder: Path, count: int) -> Iterator[list[str]]:
    from tinydb import where

    from pmo_tui.store.tinydb_storage import tinydb

    path = folder / "pmo.json"
    fill(path, count)
    with open_store(path, author="bench") as store:
        shelf = store.shelf("risks")
        yield ["index of a text, the first time", f"{timed(lambda: shelf.where('status', 'closed')):.2f}"]
        yield ["index of a list, the first time", f"{timed(lambda: shelf.where('tags', 't7')):.2f}"]
        yield ["index, from then on (2,000 found)", f"{timed(lambda: shelf.where('tags', 't7'), 50):.3f}"]
        yield ["column, the first time", f"{timed(lambda: shelf.column('next_review')):.2f}"]
        yield ["column, from then on", f"{timed(lambda: shelf.column('next_review'), 50):.3f}"]
        yield [
            "scan of a column for a text",
            f"{timed(lambda: [v for v in shelf.column('status') if v == 'open'], 5):.2f}",
        ]
        yield ["order by date, the first time", f"{timed(lambda: shelf.sorted_by('next_review')):.2f}"]
        yield ["one document", f"{timed(lambda: store.get('R-500'), 200):.4f}"]
        yield [
            "TinyDB search, all decoded",
            f"{timed(lambda: tinydb(store).table('risks').search(where('impact') == 4)):.1f}",
        ]


def past_rows(folder: Path, lines: int, documents: int) -> Iterator[list[str]]:
    path = folder / "pmo.json"
    fill(path, documents)
    write_journal(path, lines, documents)
    with open_store(path, author="bench") as store:
        store.checkpoint()
        last = next(store.since(store.head() - 1)).time
        for name, when in (("a day", 1), ("a month", 30), ("two months", 60)):
            if when * 1440 < lines:
                moment = last - timedelta(days=when)
                yield [f"{lines:,}", f"at, {name} ago", f"{timed(lambda moment=moment: store.at(moment)):.0f}"]  # type: ignore[misc]
        yield [f"{lines:,}", "at the beginning", f"{timed(lambda: store.at(1)):.0f}"]
        yield [f"{lines:,}", "history of one record", f"{timed(lambda: list(store.history('R-77'))):.0f}"]
        yield [f"{lines:,}", "verify everything", f"{timed(store.verify):.0f}"]


# ---- the table -----------------------------------------------------------------------------------------------------------


def table(title: str, heads: list[str], rows: list[list[str]]) -> None:
    widths = [max(len(row[column]) for row in [heads, *rows]) for column in range(len(heads))]
    print(f"\n{title}\n")
    for row in [heads, ["-" * width for width in widths], *rows]:
        print("| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |", flush=True)


class Folders:
    """A fresh folder a measurement, removed after it."""

    def __init__(self, place: str | None) -> None:
        self.place = place

    def __enter__(self) -> Path:
        self.folder = Path(tempfile.mkdtemp(prefix="pmo-bench-", dir=self.place))
        return self.folder

    def __exit__(self, *raised: object) -> None:
        shutil.rmtree(self.folder)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--large", action="store_true", help="a million documents and lines too; takes minutes")
    parser.add_argument("--folder", help="where to measure; the default is the folder for temporary files")
    parser.add_argument("--open", help=argparse.SUPPRESS)
    words = parser.parse_args()
    if words.open:
        child_opens(words.open)
        return
    fresh = Folders(words.folder)
    sizes = [1_000, 10_000, 100_000] + ([1_000_000] if words.large else [])
    rows = []
    for count in sizes:
        with fresh as folder:
            rows.append(measure_commits(folder, count))
    heads = [
        "documents",
        "bare ms",
        "WAL ms",
        "DELETE ms",
        "store ms",
        "store − bare",
        "in quiet",
        "store/WAL in quiet",
        "store/bare (90 %)",
        "store/WAL (90 %)",
        "store/DELETE (90 %)",
        "WAL/bare (90 %)",
    ]
    table(f"Committing a change of one document, {ROUNDS} in turns, medians", heads, rows)
    rows = []
    for count in sizes[1:]:
        with fresh as folder:
            rows.extend(opening_rows(folder, count))
    table(
        "Opening, each time in a process of its own",
        ["documents", "journal lines", "s", "processor s", "MB", "for the journal"],
        rows,
    )
    with fresh as folder:
        rows = list(query_rows(folder, 100_000))
    table("Queries, 100,000 documents", ["what", "ms"], rows)
    rows = []
    for lines in (100_000, *([1_000_000] if words.large else [])):
        with fresh as folder:
            rows.extend(past_rows(folder, lines, 10_000))
    table("The past, 10,000 documents", ["journal lines", "what", "ms"], rows)


if __name__ == "__main__":
    main()
