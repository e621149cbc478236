"""The system itself fails a session's writes, flushes and renames, or ends it there: strace injects it, call by call."""

from __future__ import annotations

import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from pmo_tui.store import open_store
from tests.contract.writes import add
from tests.skipping import skip_loudly
from tests.store.ledger_writer import STEPS
from tests.store.scenarios import path_in

ROOT = Path(__file__).parents[2]
CALLS = ("pwrite64", "fdatasync", "fsync", "rename")
"""The system calls by which a session writes its files, makes them durable, and puts a snapshot in place."""
PATIENCE = 60.0


@cache
def lacking() -> str:
    """Why nothing can be injected here; "" where it can."""
    strace = shutil.which("strace")
    if strace is None:
        return "strace is not on this machine: apt-get install strace"
    done = subprocess.run([strace, "-f", "-qq", "true"], capture_output=True, text=True, check=False)
    return "" if done.returncode == 0 else f"strace may not trace here (ptrace): {done.stderr.strip()}"


@dataclass(frozen=True, slots=True)
class Run:
    """What a session said of each step, what it did to the system, and how it ended."""

    said: dict[str, str]
    trace: str
    code: int


def run(folder: Path, *inject: str) -> Run:
    """Run the session on the store in `folder`, which is made where there is none, while the system fails it."""
    trace = folder.with_suffix(".trace")
    done = python(trace, inject, "-m", "tests.store.ledger_writer", str(path_in(folder)))
    said = dict(line.split() for line in done.stdout.splitlines())
    return Run(said, trace.read_text(), done.returncode)


def python(trace: Path, inject: Sequence[str], *words: str) -> subprocess.CompletedProcess[str]:
    """Run Python while the system fails it; what it called is in `trace`."""
    command = ["strace", "-f", "-qq", "-o", str(trace), "-e", f"trace={','.join(CALLS)},ftruncate"]
    for each in inject:
        command += ["-e", f"inject={each}"]
    command += [sys.executable, *words]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=PATIENCE)
    assert "Traceback" not in done.stderr, done.stderr
    return done


def fresh(memory: Path) -> Path:
    """An empty folder, in place of the one before."""
    folder = memory / "store"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    return folder


def made(trace: str) -> dict[str, int]:
    """How often each call was made."""
    return {name: len(re.findall(rf"\b{name}\(", trace)) for name in CALLS}


@pytest.fixture
def places(memory: Path) -> dict[str, int]:
    """How often a session makes each call when nothing fails; skipped, saying so, where nothing can be injected."""
    if lacking():
        skip_loudly(lacking())
    found = run(fresh(memory), "getppid:error=EIO")
    assert found.said == dict.fromkeys(STEPS, "kept")
    counts = made(found.trace)
    assert all(counts.values()), counts
    return counts


def check(folder: Path, found: Run) -> None:
    """The ledger: what was acknowledged is there, what was refused is not, the history is whole, and it goes on."""
    if not path_in(folder).exists():
        assert "kept" not in found.said.values()
        return
    with open_store(path_in(folder), author="bob") as store:
        there = [document["title"] for document in store.shelf("risks").values()]
        acknowledged = [step for step, outcome in found.said.items() if outcome == "kept" and step != "checkpoint"]
        # a session that was ended in a step could not say what became of it
        unsaid = next((step for step in STEPS if step not in found.said), "") if found.code else ""
        assert there in (acknowledged, [*acknowledged, unsaid]), found.said
        assert store.verify().sequence == store.head() == len(there)
        add(store, "risks", title="after")
        store.checkpoint()
        assert store.verify().sequence == len(there) + 1


def failing(places: dict[str, int], names: Sequence[str], fault: str) -> list[str]:
    """A fault at each call in turn."""
    return [f"{name}:{fault}:when={number}" for name in names for number in range(1, places[name] + 1)]


@pytest.mark.parametrize("code", ["EIO", pytest.param("ENOSPC", marks=pytest.mark.slow)])
def test_refused_is_absent_whichever_write_or_flush_the_system_fails(
    memory: Path, places: dict[str, int], code: str
) -> None:
    refused = 0
    faults = failing(places, CALLS, f"error={code}")
    for fault in faults:
        folder = fresh(memory)
        found = run(folder, fault)
        assert found.code == 0
        assert f"{code} " in found.trace, "the system was to fail this call"
        outcomes = list(found.said.values())
        refused += outcomes.count("kept") < len(outcomes)
        if "Stopped" in outcomes:
            stopped = outcomes.index("Stopped")
            assert "kept" not in outcomes[stopped:], "after a failed flush nothing more is written"
        if code == "ENOSPC" and "open" not in found.said:
            assert found.said["four"] in ("kept", "NoRoom"), "it goes on when there is room"
            assert "Stopped" not in outcomes
        check(folder, found)
    print(f"{len(faults)} calls failed with {code}, {refused} sessions were refused something, all of it absent")
    assert refused > len(faults) // 2


def test_a_flush_that_fails_and_a_line_that_cannot_be_taken_away_are_said_to_be_unsure(
    memory: Path, places: dict[str, int]
) -> None:
    for number in range(1, places["fdatasync"] + 1):
        folder = fresh(memory)
        found = run(folder, f"fdatasync:error=EIO:when={number}", "ftruncate:error=EIO")
        outcomes = list(found.said.values())
        assert outcomes[outcomes.index("Stopped") :].count("kept") == 0
        with open_store(path_in(folder), author="bob") as store:
            there = [document["title"] for document in store.shelf("risks").values()]
            acknowledged = [step for step, outcome in found.said.items() if outcome == "kept" and step != "checkpoint"]
            unsure = next(step for step, outcome in found.said.items() if outcome == "Stopped")
            assert there in (acknowledged, [*acknowledged, unsure])
            assert store.verify().sequence == len(there)


@pytest.mark.slow
def test_a_session_killed_in_any_write_or_flush_leaves_what_it_acknowledged(
    memory: Path, places: dict[str, int]
) -> None:
    faults = failing(places, CALLS, "signal=SIGKILL")
    for fault in faults:
        folder = fresh(memory)
        found = run(folder, fault)
        assert found.code in (-signal.SIGKILL, 128 + signal.SIGKILL), found
        check(folder, found)
    print(f"{len(faults)} sessions killed within a call, nothing acknowledged lost")


@pytest.mark.parametrize(
    ("code", "words"), [("EIO", "The disk did not confirm a write"), ("ENOSPC", "There is no room to write")]
)
def test_the_command_line_says_what_the_disk_did_and_nothing_is_there(
    memory: Path, places: dict[str, int], code: str, words: str
) -> None:
    folder = fresh(memory)
    with open_store(path_in(folder), author="bob") as store:
        add(store, "risks", title="before")
    program = (
        "-m",
        "pmo_tui",
        "--store",
        str(path_in(folder)),
        "--as",
        "ann",
        "--lang",
        "en",
        "add",
        "risks",
        "title=new",
    )
    done = python(folder.with_suffix(".trace"), [f"fdatasync:error={code}"], *program)
    assert (done.returncode, done.stdout) == (6, "")
    assert words in done.stderr
    with open_store(path_in(folder), author="bob") as store:
        assert [document["title"] for document in store.shelf("risks").values()] == ["before"]
        assert store.verify().sequence == 1
    assert python(folder.with_suffix(".trace"), [], *program).returncode == 0
