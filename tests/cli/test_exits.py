"""Exit codes, each reached, and what is said with them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.process import Pmo


def test_wrong_use_is_two(pmo: Pmo) -> None:
    assert "Did you mean list?" in pmo.fails(2, "lst")
    assert "Did you mean --json?" in pmo.fails(2, "list", "risks", "--jsno")
    assert "KEY... is missing" in pmo.fails(2, "show")
    assert "The verbs are demo, import" in pmo.fails(2, "xyzzy")


def test_not_found_is_four(pmo: Pmo) -> None:
    said = pmo.fails(4, "list", "risks")
    assert f"There is no store at {pmo.store}" in said
    assert "--store and PMO_STORE" in said
    assert not pmo.store.exists()
    assert "Did you mean risks?" in pmo.fails(4, "list", "risk")
    assert "The registers are portfolios" in pmo.fails(4, "list", "xyzzy")
    assert "There is no file nothing.csv" in pmo.fails(4, "import", "nothing.csv")


def test_failed_is_one(office: Pmo) -> None:
    (office.folder / "locked").mkdir(mode=0o500)
    assert "nowhere/at/all" in office.fails(1, "export", "nowhere/at/all/risks.csv")
    if os.geteuid():
        assert "locked" in office.fails(1, "export", "locked/risks.csv")
    assert "The app needs a terminal" in office.fails(1)


def test_a_damaged_store_is_six_and_stays_as_it_is(office: Pmo) -> None:
    (journal,) = office.folder.glob("pmo.json.*.jsonl")
    whole = journal.read_bytes()
    journal.write_bytes(whole.replace(b"Ground is polluted", b"Ground is POLLUTED"))
    said = office.fails(6, "verify")
    assert journal.name in said
    assert "backup" in said
    office.fails(6, "add", "risks", "title=x")
    journal.write_bytes(whole)
    assert len(office.list("risks")) == 2
    office.write("other.json", '{"some": "thing"}')
    assert "other.json" in office.fails(6, "--store", "other.json", "list", "risks")


def test_a_fault_of_the_program_leaves_a_report_and_no_traceback(office: Pmo) -> None:
    office.write("sitecustomize.py", "import json\njson.dumps = None\n")
    here = os.pathsep.join([str(office.folder), office.environ["PYTHONPATH"]])
    said = office.fails(1, "list", "risks", "--json", cold=True, PYTHONPATH=here)
    assert "a report is in" in said
    report = said.rpartition("a report is in ")[2].strip()
    assert "TypeError" in Path(report).read_text(encoding="utf-8")


def test_a_reader_that_stops_early_is_no_error(office: Pmo) -> None:
    words = [sys.executable, "-m", "pmo_tui", "list", "risks", "--json"]
    process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=office.environ)
    assert process.stdout is not None
    process.stdout.close()
    assert process.stderr is not None
    said = process.stderr.read()
    assert process.wait(60) == 0
    assert said == b""
    with open("/dev/full", "wb") as full:
        done = subprocess.run(words, stdout=full, stderr=subprocess.PIPE, env=office.environ, check=False)
    assert (done.returncode, done.stderr.decode().strip()) == (1, "pmo: No space left on device")


@pytest.mark.parametrize("verb", ["list", "import", "completion"])
def test_help_is_data_and_not_an_error(pmo: Pmo, verb: str) -> None:
    shown = pmo(verb, "-h")
    assert shown.out.startswith(f"Usage: pmo {verb}")
    assert "--at DATE" in shown.out
    assert shown.err == ""
