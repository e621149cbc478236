"""What each start of the command line loads, and what it leaves alone; who may know whom is held by import-linter.

A verb waits for every module that it loads, so the heavy ones come when something needs them.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
HEAVY = {
    "textual",
    "pydantic",
    "holidays",
    "babel",
    "icalendar",
    "lxml",
    "rich",
    "xlsxwriter",
    "python_calamine",
    "jinja2",
    "tinydb",
}
READS = "import sys, json; sys.argv[1:] = json.loads(sys.argv[1]); from pmo_tui.__main__ import main; main(); "
TELLS = "print(json.dumps(sorted({name.partition('.')[0] for name in sys.modules})), file=sys.stderr)"


def loaded(folder: Path, *words: str) -> set[str]:
    """The top-level modules that a run has loaded when it is done."""
    environ = {
        "HOME": str(folder),
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "PMO_STORE": str(folder / "pmo.json"),
    }
    command = [sys.executable, "-c", READS + TELLS, json.dumps(words)]
    done = subprocess.run(command, env=environ, cwd=folder, capture_output=True, text=True, timeout=60, check=True)
    return set(json.loads(done.stderr.splitlines()[-1]))


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a store of one risk."""
    folder = tmp_path_factory.mktemp("rooms")
    assert "pydantic" in loaded(folder, "add", "risks", "title=Rain", "impact=3", "next_review=fri")
    return folder


@pytest.fixture(scope="module")
def full_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the store of the example."""
    folder = tmp_path_factory.mktemp("full")
    loaded(folder, "demo", "--no-open", "--projects", "2")
    return folder


@pytest.mark.parametrize(
    "words",
    [
        ("list", "risks", "--json"), ("list", "risks", "score>3", "next_review<+2w", "--json"), ("list", "risks", "--csv"),
        ("list", "projects", "--json"), ("show", "R-1"), ("history", "--json"), ("history",), ("verify",), ("undo", "99"),
        ("list", "risks", "--at", "#1", "--json"), ("export", "-", "--as", "risks.csv"), ("list", "bogus"),
    ],
    ids=" ".join,
)  # fmt: skip
def test_reading_loads_nothing_heavy(store: Path, words: tuple[str, ...]) -> None:
    assert not loaded(store, *words) & HEAVY


LEAVES_ALONE = {
    "projects": {"pmo_tui.analysis.exceptions", "pmo_tui.analysis.duplicates", "pmo_tui.analysis.scheduling", "pmo_tui.records.people"},
    "invoices": {
        "pmo_tui.analysis.allocation", "pmo_tui.analysis.standing", "pmo_tui.records.people", "pmo_tui.records.raid", "pmo_tui.records.reports",
        "pmo_tui.records.planning",
    },
    "risks": {"pmo_tui.analysis.project_money", "pmo_tui.records.invoices", "pmo_tui.records.planning", "pmo_tui.records.people"},
}  # fmt: skip
"""What a list with all its figures does not wait for: what works out the figures of other registers."""


@pytest.mark.parametrize("register", LEAVES_ALONE)
def test_a_list_loads_only_what_works_its_own_figures_out(full_store: Path, register: str) -> None:
    tells = "print(*sorted(sys.modules), file=sys.stderr)"
    environ = {"HOME": str(full_store), "PATH": os.environ["PATH"], "PMO_STORE": str(full_store / "pmo.json")}
    command = [sys.executable, "-c", READS + tells, json.dumps(["list", register, "--json"])]
    done = subprocess.run(command, env=environ, cwd=ROOT, capture_output=True, text=True, timeout=60, check=True)
    assert json.loads(done.stdout)
    assert sorted(set(done.stderr.split()) & LEAVES_ALONE[register]) == []


def test_rich_comes_for_columns_alone(store: Path) -> None:
    assert loaded(store, "list", "risks") & HEAVY == {"rich"}


@pytest.mark.parametrize(
    "words",
    [
        ("add", "risks", "title=Wind"), ("set", "R-1", "impact=4"), ("add", "risks", "titel=Wind"), ("delete", "R-1"), ("undo",),
    ],
    ids=" ".join,
)  # fmt: skip
def test_writing_loads_what_validates(store: Path, words: tuple[str, ...]) -> None:
    assert not loaded(store, *words) & HEAVY - {"pydantic"}


BEFORE_THE_FIRST_PAINT = """
import sys
from pmo_tui.desk.opening import Settings, prepare
desk = prepare(Settings())()
from pmo_tui.app import PmoApp
from pmo_tui.screens.today import TodayScreen
from pmo_tui.desk.agenda import agenda
PmoApp(desk), TodayScreen(), agenda(desk, at_hand=True)
desk.store.close()
print(*sorted(sys.modules))
"""
NOT_YET = {
    "click", "email", "http", "pmo_tui.analysis", "pmo_tui.cli.main", "pmo_tui.desk.computed", "pmo_tui.desk.exceptions",
    "pmo_tui.desk.portfolio", "pmo_tui.desk.planning", "pmo_tui.desk.typed", "pmo_tui.desk.views.lists", "pmo_tui.records.money", "pmo_tui.records.planning",
    "pmo_tui.records.projects", "pmo_tui.records.reports", "pmo_tui.wording.days", "pmo_tui.wording.money", "pmo_tui.wording.periods",
}  # fmt: skip
"""What a start of the app leaves alone until its frame and the first rows are painted."""


def test_the_app_paints_before_it_loads_what_reads_words_and_works_figures_out(store: Path) -> None:
    environ = {"HOME": str(store), "PATH": os.environ["PATH"], "PMO_STORE": str(store / "pmo.json")}
    command = [sys.executable, "-c", BEFORE_THE_FIRST_PAINT]
    done = subprocess.run(command, env=environ, cwd=ROOT, capture_output=True, text=True, timeout=60, check=True)
    modules = set(done.stdout.split())
    assert sorted(modules & ((HEAVY - {"textual", "rich"}) | NOT_YET)) == []


def test_a_start_without_work_loads_neither_the_desk_nor_the_store(tmp_path: Path) -> None:
    code = "import sys, pmo_tui.cli.main; print(*sorted(name for name in sys.modules if name.startswith('pmo_tui.')))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    modules = set(done.stdout.split())
    assert not modules & {
        "pmo_tui.desk.desk",
        "pmo_tui.store",
        "pmo_tui.records.registers",
        "pmo_tui.exchange",
        "pmo_tui.analysis",
    }
    assert not loaded(tmp_path, "--version") & (HEAVY | {"msgspec"})
